"""Place phrases: "New York County, New York", "the City of London, England" as one span with the most exact ISO 3166 code.

A phrase joins a city or county with the state and country that hold it; a city that stands alone has its code from ``seats.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from whereas.resolution.forms.places import find_places, place_name
from whereas.resolution.view import View, rx

_REALM: Final = r"(?:State|Commonwealth|Province|Republic|Kingdom|Principality|Emirate|Canton|country)"
_PART: Final = r"(?:City|County|Parish|Town|Township|Borough|Municipality|District)"
_POSTAL: Final = r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
_NAME: Final = r"(?:[A-Z][\w'.-]{1,20} ){0,3}[A-Z][\w'.-]{1,20}"
# What may stand before the name of a state or country and belong to it: "the State of", "Dallas County, ", "City and County of Denver, ".
_REALM_BEFORE = rx(rf"\b(?:the )?(?:{_REALM}|(?:Northern|Southern|Eastern|Western|Middle|Central) District) of (?:the )?\Z")
_LOCAL_BEFORE = rx(rf"(?:\b(?i:{_PART})(?: and (?i:{_PART}))? of )?(?<![\w.])({_NAME}),? ?\Z", 0)
_CITY_OF = rx(rf"\b(?:the )?{_PART}(?: and {_PART})? of \Z")
_COUNTY_AFTER = rx(rf",? (?:{_NAME} County|(?i:County of) {_NAME})\b", 0)
_JOIN = rx(rf"(?: {_PART})?(?: ?, ?| (?=in |[A-Z]))(?:in )?(?:the )?(?:{_REALM} of (?:the )?)?")
_PART_AFTER = rx(rf" (?:{_PART}|State)\b(?! courts?| or | and )")
_WORD = re.compile(r"\S{1,40}")
_COMMA = re.compile(r",\s{0,6}\Z")
_ARTICLE = rx(r"the ")
_POST_AFTER = rx(rf"(?<![\w.])[A-Z][\w.'-]{{0,20}}[a-z], ?({_POSTAL}(?!\w|\.\w)|[A-Z]\. ?[A-Z]\.)", 0)
# Words that open or hold a name in a heading or in capitals without being part of a place.
_NO_NAME: Final = frozenset(
    re.findall(
        r"\w+",
        "in at of the and or court courts federal state states within located shall be any all for by to under "
        "arbitration rules association agreement section article party parties company commercial superior supreme "
        "venue laws law international center centre chamber commerce inc llc corp ltd such each both either exclusive "
        "jurisdiction with",
    )
)


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place as the text names it, [start, end), with the code of the most exact state or country in it; ``exact`` where no city alone."""

    start: int
    end: int
    code: str
    exact: bool = True

    @property
    def name(self) -> str:
        """The plain English name of the state or country."""
        return place_name(self.code)


@cache
def _cities() -> tuple[re.Pattern[str], dict[str, str]]:
    table = tomllib.loads(resources.files(__package__).joinpath("seats.toml").read_text(encoding="utf-8"))["cities"]
    names = {name.upper(): code for name, code in table.items()}
    choices = "|".join(re.escape(n).replace(r"\ ", " ") for n in sorted(names, key=len, reverse=True))
    return rx(rf"(?<![\w.-])(?:{choices})(?![\w-])"), names


def _atoms(view: View, start: int, end: int) -> list[PlacePhrase]:
    """Return states, countries and known cities of [start, end), sorted, none overlapping; the longer name wins."""
    pattern, codes = _cities()
    found = [PlacePhrase(p.start, p.end, p.code or "") for p in find_places(view, start, end)]
    for match in pattern.finditer(view.shadow, start, end):
        if view.shadow[match.start()].isupper():
            found.append(PlacePhrase(match.start(), match.end(), codes[" ".join(match.group(0).upper().split())], exact=False))
    for match in _POST_AFTER.finditer(view.shadow, start, end):
        state = re.sub(r"[\s.]", "", match.group(1))
        if re.fullmatch(_POSTAL, state):
            found.append(PlacePhrase(match.start(1), match.end(1), f"US-{state}"))
    kept: list[PlacePhrase] = []
    for atom in sorted(found, key=lambda a: (a.start, -a.end)):
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _joined(view: View, first: PlacePhrase, second: PlacePhrase) -> PlacePhrase | None:
    """Return both as one phrase where the second holds the first ("London" and "England"), else None."""
    between = view.shadow[first.end : second.start]
    if len(between) > 40 or not _JOIN.fullmatch(between):
        return None
    part = bool(_PART_AFTER.match(between))
    country = second.code.split("-")[0]
    if "-" in second.code and (not first.exact or part or first.code == second.code):
        code = second.code
    elif "-" not in second.code and (first.code.split("-")[0] == country or (first.code, country) in {("HK", "CN"), ("MO", "CN")}):
        code = first.code
    elif not first.exact and "-" not in second.code:
        code = country
    else:
        return None
    return PlacePhrase(first.start, second.end, code)


def _local_start(view: View, floor: int, start: int) -> int:
    """Return where the city or county before the comma at ``start`` begins; ``start`` where none stands there."""
    local = _LOCAL_BEFORE.search(view.shadow, max(floor, start - 90), start)
    if not local:
        return start
    words = list(_WORD.finditer(view.shadow, local.start(1), local.end(1)))
    kept = len(words)
    while kept and words[kept - 1].group(0).lower().strip(".,") not in _NO_NAME:
        kept -= 1
    if kept == len(words):
        return start
    return words[kept].start() if kept else local.start()


def _widened(view: View, phrase: PlacePhrase, floor: int) -> PlacePhrase:
    """Return the phrase with "the State of", the city or the county before it, and "County" after it."""
    start, end = phrase.start, phrase.end
    realm = _REALM_BEFORE.search(view.shadow, max(floor, start - 50), start)
    start = realm.start() if realm else start
    if _COMMA.search(view.shadow, max(floor, start - 7), start):
        start = _local_start(view, floor, start)
    city = _CITY_OF.search(view.shadow, max(floor, start - 40), start)
    start = city.start() if city else start
    article = _ARTICLE.match(view.shadow, start, end)
    after = _PART_AFTER.match(view.shadow, end) or _COUNTY_AFTER.match(view.shadow, end)
    return PlacePhrase(article.end() if article else start, after.end() if after else end, phrase.code, exact=phrase.exact)


def find_place_phrases(view: View, start: int, end: int) -> Iterator[PlacePhrase]:
    """Yield the place phrases of [start, end), sorted by start."""
    last: PlacePhrase | None = None
    floor = start
    for atom in _atoms(view, start, end):
        joined = _joined(view, last, atom) if last else None
        if joined:
            last = joined
            continue
        if last:
            whole = _widened(view, last, floor)
            floor = whole.end
            yield whole
        last = atom
    if last:
        yield _widened(view, last, floor)
