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
    BEFORE,
    CLOSE,
    COUNTRY,
    CUE,
    CUE_START,
    HOUSE,
    LINE,
    MORE,
    NUMBERED,
    POSTCODE,
    SEPARATOR,
    STATE,
    STREET_WORD,
    TOWN,
    UNIT,
    UNIT_WORD,
    UNNAMED,
)
from whereas.resolution.forms.places import find_places
from whereas.resolution.view import View

_PARTS: Final = 24  # parts of one address at most: the longest foreign ones have about fifteen

_COMMA: Final = re.compile(r",\s{1,60}")


class _Reader:
    """Reads the parts of one address; ``end`` follows the last part that only an address has, ``proof`` counts such parts."""

    def __init__(self, view: View, start: int, at: int) -> None:
        self.view = view
        self.start = start
        self.at = at
        self.limit = min(len(view.shadow), start + 320)
        self.end = at
        self.proof = 0
        self.towns = 0
        self.named = 0
        self.closed = False

    def read(self) -> None:
        """Read parts until something else stands there."""
        for _ in range(_PARTS):
            gap = SEPARATOR.match(self.view.shadow, self.at, self.limit)
            if not gap or gap.group(0).count("\n") > 2:
                return
            if "," in gap.group(0):
                self.towns = 0
            if len(gap.group(0)) > 3 and "\n" not in gap.group(0) and "," not in gap.group(0) and MORE.match(self.view.shadow, gap.end()):
                return
            if not self.part(gap.end()):
                return

    def _take(self, end: int, *, proof: bool) -> bool:
        self.at = self.end = end
        self.proof += proof
        self.towns = 0
        return True

    def part(self, at: int) -> bool:
        text = self.view.shadow
        country = COUNTRY.match(text, at, self.limit)
        if country:
            return self._take(country.end(), proof=True) and not self.closed
        named = at + 4 if text.startswith("the ", at) else at
        place = next(iter(find_places(self.view, named, min(named + 60, self.limit))), None) if text[named : named + 1].isupper() else None
        if place and place.start == named:
            return self._take(place.end, proof=True)
        if not self.closed:
            # A house number follows its street ("Linden Plein 20"), a second line with a number comes before any town.
            numbered = () if self.proof else (HOUSE,) if self.named else (LINE,)
            for pattern in (MORE, UNIT, *numbered):
                found = pattern.match(text, at, self.limit)
                if found:
                    return self._take(found.end(), proof=False)
        postcode = POSTCODE.match(text, at, self.limit)
        if postcode and not self.closed:
            self.closed = self.proof > 0
            return self._take(postcode.end(), proof=True)
        state = STATE.match(text, at, self.limit)
        if state and not self.closed:
            return self._take(state.end(), proof=True)
        town = TOWN.match(text, at, self.limit)
        if town and not self.closed and self.towns < 6 and self.named < 14:
            self.at = town.end()
            self.towns += 1
            self.named += 1
            return True
        return False


def _begin(view: View, start: int, floor: int) -> int:
    """Return where the units and buildings before a street line begin; ``start`` where there are none."""
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
        if AFTER_TOWN.match(view.shadow, end):
            return end
        if view.shadow[end : end + 1] != " ":
            return at
        end += 1
    return at


def _cued(view: View, at: int, anchors: dict[int, int]) -> _Reader | None:
    """Read what follows a cue; None where it is no address, or where a name stands before a street line of its own."""
    reader = _Reader(view, at, at)
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


def _anchored(view: View, at: int, end: int, floor: int) -> tuple[int, _Reader] | None:
    """Read on from the street line or box [at, end); None where it is a lone number and word that only looks like one."""
    reader = _Reader(view, at, end)
    reader.read()
    if reader.end == end:
        reader.end = _single_town(view, end)
    if reader.proof == 0 and UNNAMED.fullmatch(view.shadow, at, reader.end):
        return None
    return _begin(view, at, floor), reader


def _closed(view: View, at: int, end: int, last: int) -> _Reader | None:
    """Read the address that ends in the postcode [at, end) though no street word tells where it begins; None where none does."""
    floor = max(view.shadow.rfind("\n\n", at - 130, at), at - 130, last)
    for start in NUMBERED.finditer(view.shadow, floor, at):
        reader = _Reader(view, start.start(), start.end())
        reader.read()
        if reader.end >= end and reader.proof > 1:
            return reader
    return None


def find_addresses(view: View) -> Iterator[Candidate]:
    """Yield the postal addresses, none overlapping, sorted by start; ``value`` is the address on one line."""
    last = 0
    anchors = {m.start(): m.end() for m in ANCHOR.finditer(view.shadow)}
    closes = {m.start(): m.end() for m in CLOSE.finditer(view.shadow)}
    cues = {m.end() for m in CUE.finditer(view.shadow)}
    for at in sorted(cues | anchors.keys() | closes.keys()):
        if at < last:
            continue
        start = at
        reader: _Reader | None
        if at in anchors:
            start, reader = _anchored(view, at, anchors[at], last) or (at, None)
        elif at in cues:
            reader = _cued(view, at, anchors)
        else:
            reader = _closed(view, at, closes[at], last)
            start = _begin(view, reader.start, last) if reader else at
        if reader:
            last = reader.end
            value = " ".join(view.shadow[start:last].split())
            yield Candidate("ADDRESS", start, last, value, "address", 0.9 if reader.proof > 1 else 0.75)
