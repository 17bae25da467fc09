"""Dates that fell apart or were misread: a month, a day and a year stand together nowhere else, so each bears out the others.

A date is repaired whole. Its words and order stay as they are: making a value of it is not the reader's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whereas.reading.repairs.vocabulary import is_english, replaced
from whereas.types import PageText, Repair

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DIGITS = str.maketrans("OoQlI|!iSBZ", "00011111582")
"""What OCR makes of digits, undone where only a figure can stand."""

# One space at a time: a wider gap parts words.
_SPACED_MONTH = rf"(?P<month>{'|'.join(' ?'.join(month) for month in MONTHS)})"
_SPACED_DAY = r"(?P<day>\d(?: ?\d)?)"
_SPACED_YEAR = r"(?P<year>(?:1 ?9|2 ?0) ?\d ?\d)(?! ?\d)"
_ORDINAL, _OF = r"(?P<ordinal>st|nd|rd|th|)", r"(?P<of> day of| of|)"
_SPACED = (
    re.compile(rf"(?<!\w){_SPACED_MONTH} ?{_SPACED_DAY}(?P<comma> ?, ?| ){_SPACED_YEAR}"),
    re.compile(rf"(?<![\w.,$/-]){_SPACED_DAY} ?{_ORDINAL}{_OF} {_SPACED_MONTH}(?P<comma> ?, ?| ){_SPACED_YEAR}"),
)

_ANY_SPACED_YEAR = re.compile(r"[12] ?[09] ?\d ?\d(?! ?\d)")

_D = r"[0-9OoQlI|!iSBZ]"
_DAY, _YEAR = rf"(?P<day>{_D}{{1,2}})", rf"(?P<year>[12lI|]{_D}{{3}})(?![\w|])"
# A speck between the parts is read as a point, a dash or a quote; at most two, and never a bracket.
_SPECKS = r"(?P<comma>[,.]?(?: ?[.,:;_~*‘’'`-]){0,2} )"
_NAME = r"(?P<month>[\w|!\]]{3,10})"
_MISREAD = (
    re.compile(rf"(?<![\w|]){_NAME}[.,]? {_DAY}{_ORDINAL}{_SPECKS}{_YEAR}"),
    re.compile(rf"(?<![\w|.,$/-]){_DAY}{_ORDINAL}{_OF} [‘’'`*~]?{_NAME}{_SPECKS}{_YEAR}"),
)
_ANY_YEAR = re.compile(rf"[12lI|]{_D}{{3}}(?![\w|])")
_LONGEST = 48

# What OCR makes of the months' letters: "Ju1y", "0ctober", "Novernber", "lune".
_SHAPES = {
    "J": r"[JlI1\]]", "l": "[lI1|!]", "O": "[O0Q]", "m": "(?:m|rn|nn)", "u": "(?:u|ii|n)", "i": "[il1!]", "c": "[ce]",
    "e": "[ec]", "y": "[yv]",
}  # fmt: skip
_MONTH_SHAPES = {month: re.compile("".join(_SHAPES.get(letter, letter) for letter in month)) for month in MONTHS}
# Letters by which a word may differ from a month's name, by the length of the name: short ones have neighbours.
_ONE_OFF, _TWO_OFF = 5, 8


def find_broken_dates(page: PageText) -> Iterator[Repair]:
    """Yield the dates with a space inside a word or a number: "J une 1 , 2 0 1 9"."""
    for year in _ANY_SPACED_YEAR.finditer(page.text):
        for match in _ending(_SPACED, page.text, year):
            month, day, of_year = (match[part].replace(" ", "") for part in ("month", "day", "year"))
            is_broken = any(" " in match[part] for part in ("month", "day", "year"))
            if is_broken and 1 <= int(day) <= 31:
                yield replaced(page, "date_spacing", match.start(), match.end(), _spelt(match, month, day, of_year))


def find_misread_dates(page: PageText) -> Iterator[Repair]:
    """Yield the dates of a page that was recognised from an image in which letters stand for digits, or specks between the parts."""
    for year in _ANY_YEAR.finditer(page.text):
        for match in _ending(_MISREAD, page.text, year):
            day, of_year = match["day"].translate(DIGITS), match["year"].translate(DIGITS)
            month = _month(match["month"])
            if month is None or not 1 <= int(day) <= 31 or of_year[:2] not in {"19", "20"}:
                continue
            meant = _spelt(match, month, day, of_year)
            # A space before the comma is the author's as soon as the engine's.
            if meant != match[0].replace(" ,", ","):
                yield replaced(page, "date", match.start(), match.end(), meant)


def _ending(patterns: Sequence[re.Pattern[str]], text: str, year: re.Match[str]) -> Iterator[re.Match[str]]:
    """Yield the dates that end with a year: years are few, so that the patterns of whole dates are tried at few places."""
    for pattern in patterns:
        for match in pattern.finditer(text, max(0, year.start() - _LONGEST), year.end()):
            if match.end() == year.end():
                yield match


def _spelt(match: re.Match[str], month: str, day: str, year: str) -> str:
    """Return a date in the order in which it was read."""
    comma = "," if match["comma"].startswith((",", " ,")) else ""
    parts = match.groupdict()
    ordinal = parts.get("ordinal") or ""
    if match.start("month") < match.start("day"):
        return f"{month} {day}{ordinal}{comma} {year}"
    return f"{day}{ordinal}{parts['of']} {month}{comma} {year}"


def _month(name: str) -> str | None:
    """Return the month that a name was, or None."""
    for month, shapes in _MONTH_SHAPES.items():
        if shapes.fullmatch(name):
            return month
    if not name.isalpha() or is_english(name.casefold()):
        return None
    near = [month for month in MONTHS if _distance(name, month) <= (len(month) >= _ONE_OFF) + (len(month) >= _TWO_OFF)]
    return near[0] if len(near) == 1 else None


def _distance(one: str, other: str) -> int:
    """Return the letters to put in, leave out or exchange between two words (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, its in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != its))
    return row[-1]
