"""The layout of signature blocks: names as headings, and the labelled fields under them ("By:", "Name:", "/s/")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from whereas.resolution.parties.headings import Heading, Signer, find_headings
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.view import View

_LABEL = re.compile(
    r"(?<!\w)(?P<by>By|BY|Signed\s{1,2}[Bb]y|Signature|SIGNATURE|Signed|SIGNED|Per|PER)\s{0,2}(?::|(?=\s{0,3}/s/)|(?=\s{0,3}_{3}))|"
    r"(?<!\w)(?<![Ll]egal )(?<!LEGAL )(?<![Cc]ompany )(?<!COMPANY )"
    r"(?P<name>(?:(?:Print(?:ed)?|PRINT(?:ED)?)\s{1,3})?(?:Name|NAME))\s{0,2}(?::|(?=\s{0,3}_{3}))|"
    r"(?<!\w)(?P<title>Title|TITLE|Its|ITS|Function|Position|POSITION|Designation|Capacity|Office)\s{0,2}(?::|(?=\s{0,3}_{3}))|"
    r"(?<!\w)(?P<date>Dated?|DATED?)\s{0,2}(?::|(?=\s{0,3}_{3}))|(?P<conformed>/[sS]/)"
)
_CUE = (
    r"\b(?:WITNESS(?:ES|ED)?|Witness(?:es|ed)?|ATTEST(?:ED)?|Attest(?:ed)?)\b(?!\s{1,3}(?:WHEREOF|whereof|HEREOF|my|MY|to\b))"
    r"(?:\s{1,3}(?:BY|[Bb]y))?[^\n\w]{0,8}"
)
_WITNESS = re.compile(_CUE + r"\s{0,3}\Z")
_WITNESS_COLUMN = re.compile(_CUE)
_NO_NAME = re.compile(r":|\b(?:AGREED|ACCEPTED|ACKNOWLEDGED|BEHALF|WITNESS|ATTEST)\b")
_ABOVE, _BELOW = 420, 320
"""How far above its first field a block's heading is looked for, and how far the last field's value may reach, in characters."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label of a signature block ("By", "Title", "/s/"): it begins at ``start``, its value lies in [at, stop)."""

    kind: str
    start: int
    at: int
    stop: int
    witness: bool


@dataclass
class Block:
    """The headings that stand together, and the fields under them."""

    heads: list[Heading] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)


def signing_windows(view: View, signatures: Sequence[Signature]) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which somebody signs, sorted, none overlapping: the lines above and below each signature."""
    start = end = -1
    for signature in sorted(signatures, key=lambda s: s.anchor):
        if start >= 0 and signature.anchor - _ABOVE > end:
            yield start, end
            start = -1
        if start < 0:
            start = max(end, 0, signature.anchor - _ABOVE)
        end = max(end, min(len(view.text), signature.anchor + _BELOW))
    if start >= 0:
        yield start, end


def read_blocks(view: View, signers: Sequence[Signer], start: int, end: int) -> Iterator[Block]:
    """Yield the blocks of [start, end): headings that stand together and all fields down to the next heading."""
    labels = list(_LABEL.finditer(view.shadow, start, end))
    heads = find_headings(view, signers, start, end)
    columns = _witness_columns(view, heads, start, end)
    heads += columns
    bounds = sorted([*(m.start() for m in labels), *(h.start for h in heads), end])
    events: list[Heading | Field] = [*heads]
    for match in labels:
        stop = bounds[bisect_right(bounds, match.start())]
        cue = _WITNESS.search(view.shadow, max(start, match.start() - 30), match.start())
        witness = cue is not None and all(cue.start() != c.start for c in columns)
        events.append(Field(str(match.lastgroup), match.start(), match.end(), max(stop, match.end()), witness))
    block = Block()
    for event in sorted(events, key=lambda e: e.start):
        if isinstance(event, Field):
            block.fields.append(event)
            continue
        if block.fields and _prints(view, block.fields[-1], event):
            continue
        if block.fields:
            yield block
            block = Block()
        if event.owner is None or all(h.owner != event.owner for h in block.heads):
            block.heads += [*_unknown_beside(view, event), event] if not block.heads else [event]
    yield block


def _prints(view: View, last: Field, head: Heading) -> bool:
    """Say whether a party's name repeats the signature before it: a person's printed name heads nothing."""
    written = view.shadow[last.at : last.stop].strip().lower()
    return bool(written) and written == view.shadow[head.start : head.end].lower()


def _witness_columns(view: View, heads: Sequence[Heading], start: int, end: int) -> list[Heading]:
    """Return the headings of witnesses that stand beside a party's name: "WITNESS: ACME, INC.", "ACME, INC. ATTEST:"."""
    found = []
    for match in _WITNESS_COLUMN.finditer(view.shadow, start, end):
        gaps = [view.shadow[match.end() : h.start] for h in heads if 0 <= h.start - match.end() <= 3]
        gaps += [view.shadow[h.end : match.start()] for h in heads if 0 <= match.start() - h.end <= 3]
        if any("\n" not in gap for gap in gaps):
            found.append(Heading(match.start(), match.end(), None, witness=True))
    return found


def _unknown_beside(view: View, head: Heading) -> list[Heading]:
    """Return a heading for the capitals left of ``head`` on its line: a first column whose name is no party's."""
    line = view.shadow.rfind("\n", max(0, head.start - 70), head.start) + 1
    left = re.sub(r"\bFOR\b", "", view.shadow[line : head.start]).strip() if line else ""
    return [Heading(line, head.start, None)] if len(left.split()) > 1 and left.isupper() and not _NO_NAME.search(left) else []


def signature_headings(view: View, signers: Sequence[Signer], signatures: Sequence[Signature]) -> list[Heading]:
    """Return the parties' names that head a signature, in text order."""
    return [h for start, end in signing_windows(view, signatures) for h in find_headings(view, signers, start, end) if h.owner is not None]
