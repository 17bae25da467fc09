"""Dates: every spelling that contracts use, to ISO 8601 with precision and, where the order is open, alternatives.

Calendars are checked by ``datetime.date``: an impossible date (February 30) is no date. OCR damage inside a date
("2O19", "l5 May", "Ju1y") is repaired only there. Two-digit years below 50 are of this century, as CUAD's answers have them; after the
name of a month they need an apostrophe or hyphens ("May '19", "05-MAY-19"), for "May 20" is a day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from dateutil.parser import parserinfo

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.numbers import NUMBER_STEMS, ORDINAL_WORD, word_number, word_year
from whereas.resolution.forms.numericdates import DIGITS, find_numeric_dates, full_year, make_date
from whereas.resolution.forms.windows import find_at, find_in, windows
from whereas.resolution.view import View, rx

_INFO = parserinfo()
# With what OCR makes of l and O: "Ju1y", "ApriI", "0ctober".
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:i[l1I])?|May|June?|Ju[l1I]y?|Aug(?:ust)?|Sept?(?:ember)?|[O0]ct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)"
)
_DAY = r"(?:[0-3OIl]?[0-9OIl]|[123] [0-9](?=(?:st|nd|rd|th)\b))"  # "the 1 5th of March"
_YEAR = r"(?:(?:19|20|2O|l9|I9)[0-9OolI]{2})"
_SPLIT_YEAR = rf"(?:{_YEAR}|(?:19|20) [0-9]{{2}})"  # "June 3, 20 15"
_WORD_YEAR = r"(?:two thousand|nineteen hundred|nineteen|twenty)(?:[\s-]{1,3}[a-z]{3,9}){0,3}"
_BLANK = r"(?:_{1,30}|\[[^\]\n]{0,12}\]|\.{3,20})"
_ORDINAL = r"(?: ?(?:s ?t|n ?d|r ?d|t ?h)\b)?"  # "14t h": superscripts fall apart in text layers

_MONTH_FIRST = rx(
    rf"\b({_MONTH})\.?\s{{0,3}}({_DAY}){_ORDINAL}\s{{0,2}}[,.]?\s{{0,3}}(?:in the year (?:of our Lord )?)?(?:of )?({_SPLIT_YEAR})\b"
)
_DAY_FIRST = rx(
    rf"\b({_DAY}){_ORDINAL}\s{{0,2}}(?:day )?(?:of )?(?:the month of "
    rf")?[,-]?\s{{0,2}}({_MONTH})\b\.?\s{{0,2}}[,-]?\s{{0,3}}(?:in the year )?(?:of )?({_SPLIT_YEAR})\b"
)
_DAY_WORD = rx(
    rf"\b({ORDINAL_WORD})\s{{0,2}}(?:\(\d{{1,2}}(?:st|nd|rd|th)?\) )?day of ({_MONTH})\b\s{{0,2}},?\s{{0,3}}(?:in the year "
    rf")?({_YEAR}|{_WORD_YEAR})\b"
)
_MONTH_FIRST_WORD_YEAR = rx(rf"\b({_MONTH}) ({_DAY}){_ORDINAL}\s{{0,2}},?\s{{0,3}}({_WORD_YEAR})\b")
# "05-MAY-19", "20 May '19", "May 5, '19"
_SHORT_DAY_FIRST = rx(rf"\b({_DAY})(?:-({_MONTH})-(\d{{2}})|{_ORDINAL} ({_MONTH})\.?,? ?'(\d{{2}}))(?![\w-])")
_SHORT_MONTH_FIRST = rx(rf"\b({_MONTH})\.? ({_DAY}){_ORDINAL},? ?'(\d{{2}})(?!\w)")
_DAY_WORD_BARE = rx(rf"\b({ORDINAL_WORD}) of ({_MONTH}),? ({_YEAR})\b")
# A month with a day, year or blank after it. The patterns are run around these only: "may" is a verb far oftener than a month.
_DATED_MONTH = re.compile(
    r"(?:J(?:an|AN|u[nl1I]|U[NL])|Feb|FEB|Ma[ry]|MA[RY]|A(?:pr|PR|ug|UG)|Sep|SEP|[O0]ct|OCT|Nov|NOV|Dec|DEC|jan|feb|ma[ry]|apr|ju[nl]|aug|sep|oct|"
    r"nov|dec)[A-Za-z1]{0,6}(?![A-Za-z])[\s.,'-]{0,20}(?:(?i:of\s{1,6}|in\s{1,6}the\s{1,6}year\s{1,6}(?:of\s{1,6}(?:our\s{1,6}Lord\s{1,6})?)?))?"
    r"(?:[\dOIl_\[.]|(?i:two|twenty|nineteen))"
)
_MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "ju1", "jul", "jui", "aug", "sep", "oct", "0ct", "nov", "dec")
# Where a day may begin, in any case, and how far before its month.
_DAY_START = re.compile(r"[0-9OoIiLl\u0130\u0131](?<!\w.)")
_LONGEST_DAY = 90
_BLANK_DAY = rx(rf"(?<!\w){_BLANK}{_ORDINAL}\s{{0,2}}(?:day )?(?:of )?({_MONTH})\b\s{{0,2}},?\s{{0,3}}({_YEAR})\b")
_BLANK_DAY_AFTER = rx(rf"\b({_MONTH})\s{{0,3}}{_BLANK}\s{{0,2}},?\s{{0,3}}({_YEAR})\b")
_DAY_BEFORE = rx(rf"\b\d{{1,2}}{_ORDINAL} ?(?:day )?(?:of )?\Z")
_MONTH_YEAR = rx(rf"\b({_MONTH})\.?\s{{0,2}},?\s{{0,3}}(?:of )?({_YEAR})\b")


_LETTERS = str.maketrans("10", "lo")


def _number(raw: str) -> int | None:
    digits = raw.translate(DIGITS).replace(" ", "")
    return int(digits) if digits.isdigit() else None


def _month(name: str) -> int | None:
    letters = name.translate(_LETTERS)
    found = _INFO.month(letters if letters.isupper() else letters.replace("I", "l"))
    return int(found) if found is not None else None


@dataclass(frozen=True)
class _Places:
    """Where a date may stand: the stretches around dated months, and in them where months, days and the words of days begin."""

    dated: list[tuple[int, int]]
    months: list[int]
    days: list[int]
    words: list[int]

    @classmethod
    def of(cls, view: View) -> _Places:
        months = view.places_of(*_MONTH_STEMS)
        dated = windows(view, find_at(view, _DATED_MONTH, months), before=150, after=120)
        inner = [at for start, end in dated for at in months[bisect_left(months, start) : bisect_left(months, end)]]
        days = {m.start() for at in inner for m in _DAY_START.finditer(view.shadow, max(0, at - _LONGEST_DAY), at)}
        return cls(dated, months, sorted(days), view.word_starts(*NUMBER_STEMS))


def _written(view: View, places: _Places) -> Iterator[Candidate]:
    for pattern, starts, order in (
        (_MONTH_FIRST, places.months, (2, 1, 3)),
        (_DAY_FIRST, places.days, (1, 2, 3)),
        (_MONTH_FIRST_WORD_YEAR, places.months, (2, 1, 3)),
    ):
        for match in find_in(view, pattern, places.dated, starts):
            day, name, year = (match.group(i) for i in order)
            value = make_date(_number(year) or word_year(year), _month(name), _number(day))
            if value:
                yield Candidate("DATE", match.start(), match.end(), value, "date-written", 0.99, precision="day")
    for match in find_in(view, _DAY_WORD, places.dated, places.words):
        day_number, year = word_number(match.group(1)), match.group(3)
        value = make_date(_number(year) or word_year(year), _month(match.group(2)), day_number)
        if value:
            yield Candidate("DATE", match.start(), match.end(), value, "date-words", 0.97, precision="day")
    yield from _short(view, places)


def _short(view: View, places: _Places) -> Iterator[Candidate]:
    """Written dates with a year of two digits, and those whose day is one word: "fifth of May, 2019"."""
    for match in find_in(view, _SHORT_DAY_FIRST, places.dated, places.days):
        day, name, year = match.group(1), match.group(2) or match.group(4), match.group(3) or match.group(5)
        value = make_date(full_year(year), _month(name), _number(day))
        if value:
            yield Candidate("DATE", match.start(), match.end(), value, "date-short", 0.95, precision="day")
    for match in find_in(view, _SHORT_MONTH_FIRST, places.dated, places.months):
        value = make_date(full_year(match.group(3)), _month(match.group(1)), _number(match.group(2)))
        if value:
            yield Candidate("DATE", match.start(), match.end(), value, "date-short", 0.95, precision="day")
    for match in find_in(view, _DAY_WORD_BARE, places.dated, places.words):
        value = make_date(_number(match.group(3)), _month(match.group(2)), word_number(match.group(1)))
        if value:
            yield Candidate("DATE", match.start(), match.end(), value, "date-words", 0.95, precision="day")


def _partial(view: View, places: _Places) -> Iterator[Candidate]:
    for pattern, starts in ((_BLANK_DAY, None), (_BLANK_DAY_AFTER, places.months), (_MONTH_YEAR, places.months)):
        for match in find_in(view, pattern, places.dated, starts):
            month, year = _month(match.group(1)), _number(match.group(2))
            if pattern is _MONTH_YEAR and _DAY_BEFORE.search(view.shadow, max(0, match.start() - 20), match.start()):
                continue  # "31 April 2020" is no day, and so no month either
            if month and year and 1900 <= year <= 2100 and match.group(1)[0].isupper():
                yield Candidate("DATE", match.start(), match.end(), f"{year:04d}-{month:02d}", "date-month", 0.9, precision="month")


def find_dates(view: View) -> list[Candidate]:
    """Return the dates of the text, sorted by start, none overlapping; ``value`` is YYYY-MM-DD, or YYYY-MM at month precision."""
    places = _Places.of(view)
    written = list(_written(view, places))
    return drop_overlaps([*written, *find_numeric_dates(view, written), *_partial(view, places)])
