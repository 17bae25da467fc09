"""Whose name stands above a signature: the names and short names of parties, and of others, as headings of a signature block."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from whereas.resolution.parties.aliases import ROLE_WORDS
from whereas.resolution.parties.descriptors import written_form
from whereas.resolution.parties.names import is_legal_form
from whereas.resolution.parties.namespans import name_ends
from whereas.resolution.view import View

_FORMS = r"(?-i:Inc|INC|LLC|L\.L\.C|Ltd|LTD|Limited|LIMITED|Corp|CORP|Corporation|CORPORATION|L\.?P|GmbH|B\.?V|S\.?A)\.?"
_WORDS = re.compile(r"[^\W_]+")
_RUNNING_BEFORE = re.compile(
    r"(?:\b(?:and|between|among|of|to|by|with|from|as|for|that|if|WHEREOF,?|HEREOF,?|f/k/a|d/b/a|dba|formerly|addressed\s{1,3}to:)\s{1,3}(?:the\s{1,3})?|Source:\s{0,3}|\[[^\]\n]{0,80})\Z",
    re.I,
)
_ON_BEHALF = re.compile(r"\b(?:behalf\s{1,3}of|for|by)\s{0,3}:?\s{1,3}(?:the\s{1,3})?\Z", re.I)
_RUNNING_AFTER = re.compile(
    r"\s{0,3},?\s{1,3}(?:has|have|and\s{1,3}(?!by)|hereby|shall|or|to|with|the|is|are|will|agrees?|upon|may|which|that|10-|8-K|20-F|S-1)\b"
)
_NEXT_WORD = re.compile(r",?\s([A-Z][\w.]{1,20})")
_LINE_START = re.compile(r"(?:^|\n)[ ]{0,3}(?=[A-Z0-9])")
_OTHER_LINE = re.compile(r"[^\n]{0,60}[a-z][^\n]{0,60}\n[^a-z]{1,90}\Z")
"""Small letters, and a line of capitals under them: a person's office above a body's name, not one name."""
_ROLE_LINE = re.compile(
    r"(?<=\n)\s{0,3}\"?(?:THE\s|The\s)?([A-Za-z-]{4,16}(?:\s(?:PARTY|Party))?)\"?\s{0,2}"
    r"(?::?[ ]{0,3}(?=\n)|(?<=EMPLOYEE):|(?<=Employee):|(?<=Executive):|(?<=EXECUTIVE):)"
)
_CAPITALS_LINE = re.compile(r"(?<=\n)\s{0,3}([A-Z][A-Z&.' -]{2,40}):[ ]{0,3}(?=\n)")
_LABELS = frozenset({
    "by", "name", "title", "its", "date", "dated", "for", "signature", "signed", "per", "a", "an", "print", "address", "witness",
    "witnesses", "attest", "attested", "agreed", "accepted", "acknowledged", "approved", "place", "seal", "notice", "notices", "to",
    "attention",
})  # fmt: skip
_REPRESENTS = re.compile(r"(?<!TO )(?<!to )\b(?:By|BY|its|Its|ITS)\s{0,2}:?\s{1,3}(?:the\s{1,3})?\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """A name above a signature; ``owner`` is the party's number, None for one who is no party. ``witness``: the column of witnesses."""

    start: int
    end: int
    owner: int | None
    witness: bool = False


@dataclass(frozen=True)
class Signer:
    """A party as the signature block may spell it."""

    name: str
    aliases: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The name with or without its legal form, in any case, with any punctuation and spacing."""
        words = _bare_words(self.name)
        form = r"[\W_]{0,3}".join(map(re.escape, _WORDS.findall(written_form(self.name) or "")))
        spelled = r"(?<!\w)" + r"[\W_]{1,6}".join(map(_genitive, words)) + r"(?!\w)"
        return re.compile(spelled + (rf"(?:[\W_]{{1,4}}{form}(?!\w))?" if form else ""), re.I) if words else None

    @cached_property
    def labels(self) -> re.Pattern[str] | None:
        """A short name as a heading: "LICENSOR:", alone on its line, or with a legal form ("Acme, Inc.", short for "Acme Mills, Inc.")."""
        spelled = "|".join(re.escape(a) for a in sorted(self.aliases, key=len, reverse=True))
        pattern = rf"(?<=\n)\s{{0,3}}(?:The\s)?(?:{spelled})\s{{0,3}}(?=\n)|(?<!\w)(?:The\s)?(?:{spelled})\s{{0,2}}:|"
        pattern += rf"(?<!\w)(?:{spelled}),?\s{{1,2}}{_FORMS}(?!\w)"
        return re.compile(pattern, re.I) if spelled else None


def _bare_words(name: str) -> list[str]:
    """Return the words of a name without the legal form at its end."""
    form = written_form(name)
    text = name[: name.rfind(form)] if form else name
    words = _WORDS.findall(text.replace("'", "").replace("’", ""))
    return words[1:] if len(words) > 2 and words[0].lower() in {"the", "mr", "ms", "mrs", "dr"} else words


def _genitive(word: str) -> str:
    """Return the pattern of a word that a text may write with an apostrophe or without: "Miller's", "Millers"."""
    return re.escape(word[:-1]) + "'?s" if len(word) > 3 and word.lower().endswith("s") else re.escape(word)


def find_headings(view: View, signers: Sequence[Signer], start: int, end: int) -> list[Heading]:
    """Return the headings in [start, end) in text order, none overlapping; the longer of two at one place wins."""
    whole: list[Heading] = []
    cut: list[Heading] = []
    for number, signer in enumerate(signers):
        for heading, is_whole in _of_signer(view, signer, number, start, end):
            (whole if is_whole else cut).append(heading)
    # "ACME BETA", two names without their forms, side by side: the left one is whole where the right one begins.
    begins = {h.start for h in (*whole, *cut)}
    found = whole + [h for h in cut if any(h.end + gap in begins for gap in (1, 2, 3))]
    found += _of_others(view, signers, start, end)
    kept: list[Heading] = []
    for heading in sorted(found, key=lambda h: (h.start, h.owner is None, -h.end)):
        if kept and heading.start < kept[-1].end:
            if heading.end > kept[-1].end and kept[-1].start == heading.start and heading.owner is not None:
                kept[-1] = heading
            continue
        kept.append(heading)
    return kept


def _of_signer(view: View, signer: Signer, number: int, start: int, end: int) -> Iterator[tuple[Heading, bool]]:
    """Yield each heading that names the party, and whether it is a name to its end."""
    for match in signer.pattern.finditer(view.shadow, start, end) if signer.pattern else ():
        if is_heading(view, match.start(), match.end()):
            yield Heading(match.start(), match.end(), number), written_form(signer.name) is None or _is_whole(view, match.end())
    for match in signer.labels.finditer(view.shadow, start, end) if signer.labels else ():
        if match.group(0).rstrip().endswith((":", "\n")) or is_heading(view, match.start(), match.end()):
            yield Heading(match.start(), match.end(), number), True


def is_heading(view: View, start: int, end: int) -> bool:
    """Not in a running sentence, not after "By:" or "/s/"."""
    before = view.shadow[max(0, start - 90) : start]
    if (_RUNNING_BEFORE.search(before) and not _ON_BEHALF.search(before)) or _RUNNING_AFTER.match(view.shadow, end, end + 30):
        return False
    return not (_REPRESENTS.search(before[-15:]) or before.rstrip().endswith(("/s/", "/S/", "Name:", "NAME:")))


def _is_whole(view: View, end: int) -> bool:
    """Say whether a name ends here: "Oak Fund" of "Oak Fund GP, LLC" does not."""
    following = _NEXT_WORD.match(view.shadow, end, end + 30)
    if not following or "\n" in following.group(0) or "," in following.group(0):
        return True
    word = following.group(1)
    return is_legal_form(word) or word.lower().rstrip(".") in _LABELS


def _of_others(view: View, signers: Sequence[Signer], start: int, end: int) -> Iterator[Heading]:
    """Yield the names with a legal form that begin a line: a party's, misspelt, or another's, whose signature is no party's.

    A role alone on its line that is no party's short name ("GUARANTOR") is another's too, and so are capitals before a colon.
    """
    for line in _CAPITALS_LINE.finditer(view.shadow, start, end):
        if not _LABELS & set(re.findall(r"\w+", line.group(1).lower())):
            yield Heading(line.start(1), line.end(1), None)
    for role in _ROLE_LINE.finditer(view.shadow, start, end):
        if role.group(1).lower() in ROLE_WORDS or role.group(1).lower().endswith(" party"):
            yield Heading(role.start(1), role.end(1), None)
    for line in _LINE_START.finditer(view.shadow, start, end):
        stops = name_ends(view, line.end(), min(end, line.end() + 90))
        stop = max(stops, default=0)
        if stop and is_body(view, line.end(), stop):
            yield Heading(line.end(), stop, _nearest(view.shadow[line.end() : stop], signers))


def is_body(view: View, start: int, end: int) -> bool:
    """Say whether [start, end) is one name with a legal form that no sentence goes on from."""
    name = view.shadow[start:end]
    return bool(written_form(name)) and not _OTHER_LINE.match(name) and not _RUNNING_AFTER.match(view.shadow, end, end + 30)


def _nearest(name: str, signers: Sequence[Signer]) -> int | None:
    """Return the party whose name this one spells with a slip of a letter or two, or by its short name, or None."""
    words = " ".join(_bare_words(name)).lower()
    for number, signer in enumerate(signers):
        if words in (" ".join(_bare_words(a)).lower() for a in signer.aliases):
            return number
    best, ratio = None, 0.88
    for number, signer in enumerate(signers):
        score = difflib.SequenceMatcher(None, words, " ".join(_bare_words(signer.name)).lower()).ratio()
        if score > ratio:
            best, ratio = number, score
    return best
