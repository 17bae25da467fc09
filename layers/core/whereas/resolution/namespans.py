"""Names in running text: from a given start, where may a name end?

A name is a run of capitalised words, joined by "of", "&", "and" …, with a legal form after a comma where there is one.
Clauses are never swallowed: a comma that no legal form follows ends a name, and so does a descriptor ("a Delaware …").
"""

from __future__ import annotations

import re

from whereas.resolution.names import is_legal_form
from whereas.resolution.view import View

_TOKEN = re.compile(r"\s{0,6}(\([^()\"]{1,30}\)|[^\s,;:()\"]+)([,;:\")]?)")
_JOINERS = {
    "of",
    "the",
    "for",
    "de",
    "du",
    "la",
    "le",
    "van",
    "von",
    "der",
    "den",
    "del",
    "di",
    "da",
    "in",
    "at",
    "on",
    "y",
    "e",
    "et",
    "und",
    "to",
    "a.k.a.",
}
_STOP = {
    "whereas", "this", "that", "which", "who", "whose", "each", "collectively", "individually", "together", "hereinafter", "party", "parties", "agreement", "agreements",
    "witnesseth", "having", "with", "located", "incorporated-in", "organized", "by", "between", "among", "is", "are", "was", "were", "has", "have", "hereby",
    "shall", "will", "as", "or", "dated", "effective", "made", "entered", "attention", "attn", "re", "address", "date", "name", "title", "its", "it",
    "on", "acting", "doing", "formerly", "solely", "recitals", "background", "now", "therefore", "i", "you", "we", "from", "if", "a", "an", "(the", "under", "registered",
    "principal", "place", "hereafter", "referred", "signature", "tel", "telephone", "fax", "phone", "email", "e-mail", "facsimile", "d/b/a", "dba", "f/k/a", "a/k/a", "upon",
}  # fmt: skip
_CAPITAL = re.compile(r"(?:\"|')?(?:[A-Z0-9À-Þ][^\s]*|[a-z]{1,3}[A-Z][\w.]*|[a-z][\w-]*\.(?:com|net|org|ai|io)\b\.?)")
_SENTENCE_DOT = re.compile(r"[a-z]{3,}\.$")


def _is_name_word(word: str) -> bool:
    return bool(_CAPITAL.match(word)) and word.lower().rstrip(".") not in _STOP


def name_ends(view: View, start: int, limit: int) -> list[int]:
    """Return where a name that starts at ``start`` may end, likeliest first; [] where none starts there.

    The first is the longest reading without "and"; a reading across "and" ("Smith and Sons Ltd.") follows where its
    right part alone would be a poor name, and precedes where the joined name ends in a legal form the left part lacks.
    """
    ends: list[int] = []
    at, words, end, crossed = start, 0, start, False
    while at < limit and words < 16:
        match = _TOKEN.match(view.shadow, at, limit)
        if not match:
            break
        word, mark = match.group(1), match.group(2)
        if "\n" in match.group(0)[: match.start(1) - match.start()] and words and view.shadow[at:].lstrip(" ").startswith("\n\n"):
            break
        lower = word.lower()
        if lower in {"and", "&", "+"} and words:
            following = _TOKEN.match(view.shadow, match.end(), limit)
            if mark or not following or not (_is_name_word(following.group(1))):
                break
            if lower == "and":
                ends.append(end)
                crossed = True
                if is_legal_form(view.shadow[start:end].split()[-1]) and not re.fullmatch(
                    r"co|company", following.group(1).lower().rstrip(".,")
                ):
                    break
        elif word.startswith("(") and words:
            following = _TOKEN.match(view.shadow, match.end(), limit)
            if (
                not re.fullmatch(r"\([A-Z][\w. ]{1,20}\)", word)
                or not following
                or not (_is_name_word(following.group(1)) or is_legal_form(following.group(1)))
            ):
                break
        elif lower in _JOINERS and words:
            following = _TOKEN.match(view.shadow, match.end(), limit)
            if mark or not following or not (_is_name_word(following.group(1)) or following.group(1).lower() in {"the", "la"}):
                break
        elif not (_is_name_word(word) or (words and is_legal_form(word) and len(word) > 2)):
            break
        at, end, words = match.end(1), match.end(1), words + 1
        if mark:
            following = _TOKEN.match(view.shadow, match.end(), limit)
            if mark != "," or not following or not _continues(view, following):
                break
            at = match.end()
        elif (
            _SENTENCE_DOT.search(word)
            and not is_legal_form(word)
            and not re.fullmatch(r"(?:Jr|Sr|Mr|Mrs|Dr|St|Bros|Cos|Mfg|Intl|Int'l|Dept|Assoc|Natl)\.", word)
        ):
            end -= 1
            break
    if end > start:
        ends.append(end)
    ends = [_trim(view, start, e) for e in ends]
    ends = [e for n, e in enumerate(ends) if e > start and e not in ends[:n]]
    if crossed and len(ends) > 1 and _joined_is_better(view, start, ends):
        ends.reverse()
    return ends


def _continues(view: View, following: re.Match[str]) -> bool:
    """After a comma only a legal form goes on with the name: "Acme, Inc.", "John Smith, Jr.", "Bank One, N.A."."""
    word = following.group(1)
    return (is_legal_form(word) and word[0].isupper()) or bool(re.fullmatch(r"(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|JR|SR)\.?", word))


def _trim(view: View, start: int, end: int) -> int:
    text = view.shadow[start:end].rstrip(" \n'\"&,;:-")
    words = text.split()
    while words and words[-1].lower() in (_JOINERS | {"and"}):
        text = text[: -len(words[-1])].rstrip(" \n,")
        words = text.split()
    return start + len(text)


def _joined_is_better(view: View, start: int, ends: list[int]) -> bool:
    left, right = view.shadow[start : ends[0]].split(), view.shadow[ends[0] : ends[-1]].split()[1:]
    return is_legal_form(right[-1]) and not is_legal_form(left[-1]) and (len(right) <= 2 or len(left) == 1)
