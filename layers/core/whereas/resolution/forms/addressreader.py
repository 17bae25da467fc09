"""Reading an address part by part, from where it begins to the last part that only an address has."""

from __future__ import annotations

from typing import Final

from whereas.resolution.forms.addressforms import (
    BESIDE,
    COUNTRY,
    HOUSE,
    LINE,
    MORE,
    POSTCODE,
    REGION,
    SEPARATOR,
    STATE,
    TOWN,
    UNIT,
)
from whereas.resolution.forms.places import find_places
from whereas.resolution.view import View

_PARTS: Final = 24  # parts of one address at most: the longest foreign ones have about fifteen


class AddressReader:
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
        """Read the part that begins at ``at``; False where none does, or where the address is over after it."""
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
            # A postcode that comes before any town is followed by its town: "92150 Saint-Cloud".
            beside = None if self.proof or (self.towns and text[at - 1] != "\n") else BESIDE.match(text, postcode.end(), self.limit)
            self.closed = self.proof > 0
            return self._take((beside or postcode).end(), proof=True)
        state = STATE.match(text, at, self.limit)
        if state and not self.closed:
            return self._take(state.end(), proof=True)
        region = REGION.match(text, at, self.limit)
        if region and not self.closed:
            return self._take(region.end(), proof=True)
        town = TOWN.match(text, at, self.limit)
        if town and not self.closed and self.towns < 6 and self.named < 14:
            self.at = town.end()
            self.towns += 1
            self.named += 1
            return True
        return False
