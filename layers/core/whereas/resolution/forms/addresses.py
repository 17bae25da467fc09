"""Postal addresses as one span, from the street number, building or P.O. box to the postcode or country, over line breaks.

An address begins at an anchor: a street line ("12 Fir Street", "Hauptstrasse 104", "6 rue Haute"), a P.O. box, or whatever
follows a cue ("registered office is at", "Address:"). From there one part after the other is read (unit, second street line,
town, state, postcode, country); the span ends after the last part that only an address has. Units and buildings before the
street line belong to it. Every step is bounded, so that the work is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.addressforms import (
    AFTER_TOWN,
    ANCHOR,
    ANCHOR_STEMS,
    BEFORE,
    CLOSE,
    CUE,
    CUE_START,
    CUE_STEMS,
    ELL,
    INSIDE,
    NUMBERED,
    STREET_ENDS,
    STREET_WORD,
    TOWN,
    UNIT,
    UNIT_WORD,
    UNNAMED,
)
from whereas.resolution.forms.addressreader import AddressReader
from whereas.resolution.forms.windows import find_at, find_from
from whereas.resolution.view import View

_REGION_END: Final = re.compile(r"\b(?:District|Prefecture|Town|Township|County)\Z")
_COMMA: Final = re.compile(r",\s{1,60}")


def _begin(view: View, start: int, floor: int, cue: int | None = None) -> int:
    """Return where the units and buildings before a street line begin; ``start`` where there are none.

    What stands between a cue ("offices at") and the street line belongs to the address where a number or a building is in it.
    """
    if cue is not None and floor <= cue < start <= cue + 110 and INSIDE.match(view.shadow, cue, start):
        return cue
    word = UNIT_WORD.search(view.shadow, max(floor, start - 10), start)
    start = word.start() if word else start
    lead = BEFORE.search(view.shadow, max(floor, start - 110), start)
    return lead.start() if lead else start


def _single_town(view: View, at: int) -> int:
    """Return the end of the one town after a comma ("12 Fir Street, Salem;"), or ``at`` where none closes the address."""
    gap = _COMMA.match(view.shadow, at)
    end = gap.end() if gap else at
    for _ in range(3):
        town = TOWN.match(view.shadow, end)
        if not gap or not town:
            return at
        end = town.end()
        if view.shadow[end - 1] == "." and view.shadow[end : end + 1] in ("", "\n"):  # the sentence's, not an abbreviation's
            return end - 1
        if AFTER_TOWN.match(view.shadow, end):
            return end
        if view.shadow[end : end + 1] != " ":
            return at
        end += 1
    return at


def _cued(view: View, at: int, anchors: dict[int, int]) -> AddressReader | None:
    """Read what follows a cue; None where it is no address, or where a name stands before a street line of its own."""
    reader = AddressReader(view, at, at)
    number = CUE_START.match(view.shadow, at)
    name = TOWN.match(view.shadow, at) and not UNIT.match(view.shadow, at)
    if number:
        reader.at = reader.end = number.end() - 1
    elif not reader.part(at):
        return None
    reader.read()
    text = view.shadow[at : reader.end]
    street = bool(STREET_WORD.search(text))
    digits = any(c.isdigit() for c in text)
    if not (digits or (street and "," in text)) or reader.proof + bool(number or street or UNIT.search(text)) < 2:
        return None
    if name and any(at < a < reader.end for a in anchors):
        return None
    return reader


def _anchored(view: View, at: int, end: int, floor: int, cue: int | None) -> tuple[int, AddressReader] | None:
    """Read on from the street line or box [at, end); None where it is a lone number and word that only looks like one."""
    reader = AddressReader(view, at, end)
    reader.read()
    if reader.end == end:
        reader.end = _single_town(view, end)
    if reader.proof == 0 and UNNAMED.fullmatch(view.shadow, at, reader.end):
        return None
    return _begin(view, at, floor, cue), reader


def _closed(view: View, at: int, end: int, last: int) -> AddressReader | None:
    """Read the address that ends in the postcode [at, end) though no street word tells where it begins; None where none does."""
    floor = max(view.shadow.rfind("\n\n", at - 130, at), at - 130, last)
    for start in NUMBERED.finditer(view.shadow, floor, at):
        reader = AddressReader(view, start.start(), start.end())
        reader.read()
        if reader.end >= end and reader.proof > 1:
            return reader
    return None


def _anchor_starts(view: View) -> list[int]:
    """Return where a street line or box may begin: at a number, at words of foreign streets, not far before a German or Dutch street."""
    starts = {*view.figures, *(m.start() for m in ELL.finditer(view.shadow)), *view.word_starts(*ANCHOR_STEMS)}
    for at in view.places_of(*STREET_ENDS):
        starts.update(range(max(0, at - 60), at + 1))
    return sorted(starts)


def _close_starts(view: View) -> list[int]:
    """Return where a postcode may begin: at a digit or two letters before it, behind a blank or comma."""
    shadow = view.shadow
    near = {at for n in view.figures for at in (n - 2, n - 1, n) if at > 0}
    return sorted(at for at in near if shadow[at - 1] == "," or shadow[at - 1].isspace())


def find_addresses(view: View) -> Iterator[Candidate]:
    """Yield the postal addresses, none overlapping, sorted by start; ``value`` is the address on one line."""
    last = 0
    cue: int | None = None
    anchors = {m.start(): m.end() for m in find_at(view, ANCHOR, _anchor_starts(view))}
    closes = {m.start(): m.end() for m in find_at(view, CLOSE, _close_starts(view))}
    cues = {m.end() for m in find_from(view, CUE, *CUE_STEMS)}
    for at in sorted(cues | anchors.keys() | closes.keys()):
        if at < last:
            continue
        cue = at if at in cues else cue
        start = at
        reader: AddressReader | None
        if at in anchors:
            start, reader = _anchored(view, at, anchors[at], last, cue) or (at, None)
        elif at in cues:
            reader = _cued(view, at, anchors)
        else:
            reader = _closed(view, at, closes[at], last)
            start = _begin(view, reader.start, last) if reader else at
        if reader:
            if _REGION_END.search(view.shadow, start, reader.end):
                reader.end = _single_town(view, reader.end)
            last = reader.end
            value = " ".join(view.shadow[start:last].split())
            yield Candidate("ADDRESS", start, last, value, "address", 0.9 if reader.proof > 1 else 0.75)
