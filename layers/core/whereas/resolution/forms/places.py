"""Places of law: ISO 3166 names through pycountry, with the spellings that contracts use.

US states win over countries of the same name (Georgia): a contract that means the country says so with its capital or
"Republic of". Subdivisions known are those of the federations whose law contracts choose: US, CA, AU, GB, AE.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

import pycountry

from whereas.resolution.candidates import Candidate
from whereas.resolution.view import View

_FEDERATIONS = ("AE", "AU", "CA", "GB", "US")
_SPOKEN = {
    "England and Wales": "GB-EAW", "Great Britain": "GB", "UK": "GB", "U.K.": "GB", "Hong Kong": "HK", "Hong Kong SAR": "HK",
    "PRC": "CN", "P.R.C.": "CN", "P.R. China": "CN", "PR China": "CN", "P. R. China": "CN", "P.R. of China": "CN", "PR of China": "CN",
    "Peoples' Republic of China": "CN", "People Republic of China": "CN", "R.O.C.": "TW", "ROC": "TW", "Republic of China": "TW",
    "Taiwan, R.O.C.": "TW", "Taiwan, Republic of China": "TW", "Taiwan (R.O.C.)": "TW", "State of Israel": "IL",
    "Hong Kong Special Administrative Region": "HK", "Macao": "MO", "Burma": "MM", "Ivory Coast": "CI",
    "People's Republic of China": "CN", "Peoples Republic of China": "CN",
    "Mainland China": "CN", "U.S.A.": "US", "USA": "US", "U.S.": "US", "United States of America": "US", "United States": "US",
    "Russia": "RU", "South Korea": "KR", "Korea": "KR", "Republic of Korea": "KR", "Taiwan": "TW", "Vietnam": "VN",
    "The Netherlands": "NL", "Holland": "NL", "British Virgin Islands": "VG", "Czech Republic": "CZ", "Iran": "IR", "Bolivia": "BO",
    "Venezuela": "VE", "Tanzania": "TZ", "Moldova": "MD", "Macau": "MO", "Turkey": "TR", "D.C.": "US-DC", "Washington, D.C.": "US-DC",
    "Washington D.C.": "US-DC", "Quebec": "CA-QC", "Newfoundland": "CA-NL", "Dubai": "AE-DU", "Abu Dhabi": "AE-AZ",
}  # fmt: skip
_NAMES = {
    "GB-EAW": "England and Wales", "US": "United States", "GB": "United Kingdom", "CN": "China", "HK": "Hong Kong", "KR": "South Korea",
    "TW": "Taiwan", "VN": "Vietnam", "VG": "British Virgin Islands", "RU": "Russia", "CA-QC": "Quebec", "CZ": "Czech Republic",
    "TR": "Turkey", "NL": "Netherlands", "AE-DU": "Dubai", "AE-AZ": "Abu Dhabi", "US-DC": "District of Columbia", "IR": "Iran",
    "BO": "Bolivia", "VE": "Venezuela", "TZ": "Tanzania", "MD": "Moldova", "MO": "Macau", "CA-NL": "Newfoundland and Labrador",
    "VI": "US Virgin Islands",
}  # fmt: skip
# Territories that ISO lists twice, and names that are words of their own in contracts.
_UNWANTED = {"US-UM", "US-AS", "US-GU", "US-MP", "US-PR", "US-VI"}
# Recognised pages drop spaces: "the laws ofthe State ofTexas".
# The look behind comes second: a pattern that opens with a set of characters is searched for far faster.
_WORD = re.compile(r"[A-Z](?:(?<![\w.@-].)|(?<=\bof.))[\w.']*")


@cache
def _gazetteer() -> dict[str, list[tuple[str, str]]]:
    """First word, upper-cased → (name upper-cased, code), longest name first."""
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "common_name", None), getattr(country, "official_name", None)):
            if name and "," not in name:
                names[name] = country.alpha_2
    for subdivision in pycountry.subdivisions:
        if subdivision.country_code in _FEDERATIONS and subdivision.code not in _UNWANTED:
            nation = subdivision.country_code != "GB" or subdivision.name in {"Scotland", "Northern Ireland", "England", "Wales"}
            if nation:
                names[re.sub(r"\s*\[.*", "", subdivision.name)] = subdivision.code
    names |= _SPOKEN
    table: dict[str, list[tuple[str, str]]] = {}
    for name, code in names.items():
        upper = name.upper()
        table.setdefault(upper.split()[0].rstrip(","), []).append((upper, code))
    for entries in table.values():
        entries.sort(key=lambda e: (-len(e[0]), e))
    return table


@cache
def place_name(code: str) -> str:
    """Return the plain English name of an ISO 3166 code ("US-NY" → "New York"); the code itself where ISO has none."""
    if code in _NAMES:
        return _NAMES[code]
    if "-" in code:
        subdivision = cast(Any, pycountry.subdivisions).get(code=code)
        return str(re.sub(r"\s*\[.*", "", subdivision.name)) if subdivision else code
    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", country.name)) if country else code


def find_places(view: View, start: int, end: int) -> list[Candidate]:
    """Return the countries and states named in [start, end), sorted by start; ``value`` is the name, ``code`` its ISO 3166 code."""
    table = _gazetteer()
    found: list[Candidate] = []
    last = start
    for match in _WORD.finditer(view.shadow, start, end):
        if match.start() < last:
            continue
        word = match.group(0).upper()
        bare = word.rstrip(".")
        for name, code in table.get(word) or table.get(bare) or table.get(f"{bare}.") or ():
            window = view.shadow[match.start() : min(match.start() + 60, end)]
            length = _match_length(window, name)
            if length:
                found.append(Candidate("LOCATION", match.start(), match.start() + length, place_name(code), "place", 0.8, code=code))
                last = match.start() + length
                break
    return found


def _match_length(window: str, name: str) -> int:
    """Length of ``name`` at the start of ``window``, white space aside; 0 where it does not stand there as whole words."""
    at = 0
    for char in name:
        if char == " ":
            space = len(window[at:]) - len(window[at:].lstrip())
            if not 0 < space <= 6:
                return 0
            at += space
        elif at < len(window) and window[at].upper() == char:
            at += 1
        else:
            return 0
    return 0 if at < len(window) and window[at].isalnum() else at
