"""The layout of signature blocks: names as headings, and the labelled fields under them ("By:", "Name:", "/s/")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from whereas.resolution.parties import cues as cue
from whereas.resolution.parties.headings import Heading, Signer, find_headings, is_body, is_heading
from whereas.resolution.parties.namespans import name_ends
from whereas.resolution.parties.signatures import Field, Signature, find_fields
from whereas.resolution.view import View

_WITNESS_COLUMN = re.compile(cue.WITNESSES)
_NO_NAME = re.compile(r":|\b(?:AGREED|ACCEPTED|ACKNOWLEDGED|BEHALF|WITNESS|ATTEST)\b")
_ABOVE, _BELOW, _RUN_ON = 420, 320, 90
"""How far above its first field a block's heading is looked for, how far the last field's value may reach, and how
long a name is that runs up to a field, in characters."""


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
    heads = find_headings(view, signers, start, end)
    columns = _witness_columns(view, heads, start, end)
    heads += columns
    fields = find_fields(view, start, end, bounds=[h.start for h in heads], columns=[c.start for c in columns])
    block = Block()
    heads += _run_on(view, fields, heads)
    events: list[Heading | Field] = [*heads, *fields]
    for event in sorted(events, key=lambda e: e.start):
        if isinstance(event, Field):
            block.fields.append(event)
            continue
        if block.fields and _prints(view, block.fields[-1], event):
            continue
        if block.fields:
            yield block
            block = Block()
        written = view.shadow[event.start : event.end]
        block.heads = [h for h in block.heads if view.shadow[h.start : h.end] != written]  # at the foot of the page above
        if event.owner is None or all(h.owner != event.owner for h in block.heads):
            block.heads += [*_unknown_beside(view, event), event] if not block.heads else [event]
    yield block


def _run_on(view: View, fields: Sequence[Field], heads: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the names with a legal form between a colon and a signature: "Accepted and agreed to: ACME, INC. By: /s/"."""
    for at in fields:
        start = view.shadow.rfind(": ", max(0, at.start - _RUN_ON), at.start - 1) + 2
        if at.kind != "by" or start < 2 or any(h.end > start for h in heads if h.start < at.start):
            continue
        stop = max(name_ends(view, start, at.start), default=0)
        if stop >= at.start - 3 and is_body(view, start, stop) and is_heading(view, start, stop):
            yield Heading(start, stop, None)


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
