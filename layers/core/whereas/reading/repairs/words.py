"""Misread letters of words and names, undone where the document itself or English knows the word that was meant.

A word that English or its regular forms know is never touched. One that it does not know is held for misread where a single
exchange of like shapes makes it a word that the document holds oftener and surely read; or where no word is spelt so at all
(a digit, a bar or a capital inside) and the exchange makes an English one. A capital makes a name of it ("Olson" is no misread
"Olsen"): then the engine itself must have doubted it. Two candidates of like weight: no repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.reading.repairs.nearwords import NearWords
from whereas.reading.repairs.parts import joined, rejoined
from whereas.reading.repairs.vocabulary import DocumentWords, is_english, is_listed, replaced
from whereas.reading.wordlists import word_set
from whereas.types import PageText, Repair

# (seen, meant): counted in scans of known text (Tesseract 4 and 5; office scans, faxes, copies, photographs, 110 dpi).
_CONFUSIONS = (
    ("m", "rn"), ("rn", "m"), ("0", "o"), ("0", "O"), ("1", "l"), ("1", "I"), ("1", "i"), ("|", "i"), ("!", "i"), ("l", "I"),
    ("I", "l"), ("|", "I"), ("|", "l"), ("!", "l"), ("]", "l"), ("i", "l"), ("l", "i"), ("t", "l"), ("l", "t"), ("tt", "ll"),
    ("I", "t"), ("i", "t"), ("f", "t"), ("t", "f"), ("t", "r"), ("f", "r"), ("r", "t"), ("n", "ri"), ("m", "ni"), ("c", "e"),
    ("e", "c"), ("o", "c"), ("o", "e"), ("o", "a"), ("a", "o"), ("u", "n"), ("n", "u"), ("ii", "n"), ("ii", "u"), ("li", "h"),
    ("h", "b"), ("b", "h"), ("d", "cl"), ("cl", "d"), ("vv", "w"), ("n/", "rv"), ("nN", "rw"), ("é", "e"), ("5", "S"),
    ("8", "B"), ("6", "o"),
)  # fmt: skip
_CORE = re.compile(r"[^\W_](?:[^\W_]|[|!\]/](?=[^\W_])){1,24}|[|][^\W\d_]{1,24}")
_BROKEN_END = re.compile(r"[-\u2010\u00ad]\s{0,3}\n")
_BROKEN_START = re.compile(r"[-\u2010\u00ad]\s{0,3}\n\s{0,3}\Z")
# Under five letters too many words are one exchange apart: only these are looked for, by these shapes, where the document is full of them.
_SHORT = word_set("of or on to do so no not for from if in it is the this that they them their then")
_SHORT_SHAPES = frozenset({("0", "o"), ("0", "O"), ("l", "I"), ("|", "I"), ("I", "t")})
# What a sentence begins after.
_OPENS = re.compile(r"(?:^|[.;:)\n])[\s\"“]{0,2}\Z")
_ROMAN = frozenset({"I", "II", "III", "IV"})
_LONG = 5
_MANY = 5
# A misreading of another word's shape is rarer than that word; twice is the least that shows it.
_TIMES = 2
_JOINED_CONFIDENCE = 0.6
_DOUBTFUL = 0.9
_SURE = 0.95


def find_words(page: PageText, words: DocumentWords, near: NearWords) -> Iterator[Repair]:
    """Yield the repairs of single words on a page that was recognised from an image.

    Args:
        page: as read.
        words: of the whole document.
        near: of the same.
    """
    for start, end, confidence in _cores(page):
        core = page.text[start:end]
        if core.isalpha() and is_english(core.casefold()):
            continue
        if _BROKEN_END.match(page.text, end) or _BROKEN_START.search(page.text[max(0, start - 8) : start]):
            continue  # half a word, which the line end cut
        opens = _OPENS.search(page.text[max(0, start - 4) : start]) is not None
        meant = _meant(core, words, is_doubtful=confidence < _DOUBTFUL, opens=opens)
        if meant is None and confidence < _DOUBTFUL:
            meant = near.misread(core)
        if meant is None and confidence < _SURE and page.text[max(0, start - 1) : start] in {"", "\n"}:
            meant = near.cut(core)
        if meant is not None:
            kind = "misread_word" if is_english(meant.casefold()) else "misread_name"
            yield replaced(page, kind, start, end, meant)
        elif whole := rejoined(page.text, start, end, words):
            yield replaced(page, "split_word", *whole)
        elif confidence >= _JOINED_CONFIDENCE and (parted := joined(page.text, start, end, words)):
            yield replaced(page, "joined_words", start, end, parted)


def _cores(page: PageText) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, confidence) of what may be a word, the marks around it left off."""
    if page.words:
        for word in page.words:
            match = _CORE.search(word.text)
            if match is not None:
                yield word.start + match.start(), word.start + match.end(), 1.0 if word.confidence is None else word.confidence
    else:
        for match in _CORE.finditer(page.text):
            yield match.start(), match.end(), 1.0


def _meant(core: str, words: DocumentWords, *, is_doubtful: bool, opens: bool) -> str | None:
    """Return the one word that a misread one was, or None.

    Args:
        core: a word that English does not know.
        words: of the document.
        is_doubtful: the engine was not sure of it.
        opens: it stands where a sentence begins.
    """
    if core in _ROMAN:
        return None
    weights: dict[str, int] = {}
    for candidate, shapes in _candidates(core):
        if _is_cased(candidate) and _opens_right(candidate, core, shapes, opens=opens):
            weight = _weight(candidate, core, shapes, words, is_doubtful=is_doubtful)
            if weight is not None:
                weights[candidate] = weight
    if not weights:
        return None
    best = max(weights, key=weights.__getitem__)
    rivals = sum(_TIMES * weight >= weights[best] for weight in weights.values())
    return best if rivals == 1 else None


def _weight(candidate: str, core: str, shapes: tuple[str, str], words: DocumentWords, *, is_doubtful: bool) -> int | None:
    """Return how often the document surely has a candidate, 0 where English alone knows it; None where the evidence is too thin."""
    sure, own = words.sure_count(candidate), words.count(core)
    if len(candidate) < _LONG:
        is_common = candidate.casefold() in _SHORT and sure >= max(_MANY, _MANY * own)
        return sure if is_common and shapes in _SHORT_SHAPES else None
    is_odd = not _is_cased(core)
    if not (is_odd or is_doubtful or core.islower()):
        return None
    if sure >= _TIMES and sure > _TIMES * own:
        return sure
    is_telling = is_odd or (shapes == ("m", "rn") and core.islower())
    return 0 if is_telling and len(candidate) > _LONG and is_listed(candidate.casefold()) else None


def _opens_right(candidate: str, core: str, shapes: tuple[str, str], *, opens: bool) -> bool:
    """Whether the first letter has the case of its place: "0f" and "lf" show none. A stroke ("|nformation") is a capital's."""
    meant = shapes[1]
    if candidate[0] == core[0] or not core[1:].islower() or meant not in {"o", "O", "i", "I"}:
        return True
    if meant in {"i", "I"} and len(core) >= _LONG:
        return meant == "I"
    return candidate[0].isupper() == (opens or not is_english(candidate.casefold()))


def _candidates(core: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for shapes in _CONFUSIONS:
        seen, meant = shapes
        at = core.find(seen)
        while at >= 0:
            yield core[:at] + meant + core[at + len(seen) :], shapes
            at = core.find(seen, at + 1)


def _is_cased(word: str) -> bool:
    """Whether a word is spelt as words are: letters alone, capitals first or throughout."""
    return word.isalpha() and (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower()))
