"""Dates: every spelling that contracts use, to ISO 8601 with precision and, where the order is open, alternatives.

Calendars are checked by ``datetime.date``: an impossible date (February 30) is no date. OCR damage inside a date
("2O19", "l5 May") is repaired only there. Two-digit years below 50 are of this century, as CUAD's answers have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dateutil.parser import parserinfo

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.numbers import ORDINAL_WORD, word_number, word_year
from whereas.resolution.forms.windows import find_in, windows
from whereas.resolution.view import View, rx
from whereas.types import Alternative

_INFO = parserinfo()
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?)"
)
_DAY = r"(?:[0-3OIl]?[0-9OIl])"
_YEAR = r"(?:(?:19|20|2O|l9|I9)[0-9OolI]{2})"
_WORD_YEAR = r"(?:two thousand|nineteen hundred|nineteen|twenty)(?:[\s-]{1,3}[a-z]{3,9}){0,3}"
_BLANK = r"(?:_{1,30}|\[[^\]\n]{0,12}\]|\.{3,20})"
_ORDINAL = r"(?: ?(?:s ?t|n ?d|r ?d|t ?h)\b)?"  # "14t h": superscripts fall apart in text layers
_DIGITS = str.maketrans("OoIl", "0011")

_MONTH_FIRST = rx(
    rf"\b({_MONTH})\.?\s{{0,3}}({_DAY}){_ORDINAL}\s{{0,2}}[,.]?\s{{0,3}}(?:in the year (?:of our Lord )?)?(?:of )?({_YEAR})\b"
)
_DAY_FIRST = rx(
    rf"\b({_DAY}){_ORDINAL}\s{{0,2}}(?:day )?(?:of )?(?:the month of "
    rf")?[,-]?\s{{0,2}}({_MONTH})\b\.?\s{{0,2}}[,-]?\s{{0,3}}(?:in the year )?(?:of )?({_YEAR})\b"
)
_DAY_WORD = rx(
    rf"\b({ORDINAL_WORD})\s{{0,2}}(?:\(\d{{1,2}}(?:st|nd|rd|th)?\) )?day of ({_MONTH})\b\s{{0,2}},?\s{{0,3}}(?:in the year "
    rf")?({_YEAR}|{_WORD_YEAR})\b"
)
_MONTH_FIRST_WORD_YEAR = rx(rf"\b({_MONTH}) ({_DAY}){_ORDINAL}\s{{0,2}},?\s{{0,3}}({_WORD_YEAR})\b")
# A month with a day, year or blank after it. The patterns are run around these only: "may" is a verb far oftener than a month.
_DATED_MONTH = re.compile(
    r"(?:J(?:an|AN|un|UN|ul|UL)|Feb|FEB|Ma[ry]|MA[RY]|A(?:pr|PR|ug|UG)|Sep|SEP|Oct|OCT|Nov|NOV|Dec|DEC|jan|feb|ma[ry]|apr|ju[nl]|aug|sep|oct|"
    r"nov|dec)[A-Za-z]{0,6}\b[\s.,-]{0,20}(?:(?i:of\s{1,6}|in\s{1,6}the\s{1,6}year\s{1,6}(?:of\s{1,6}(?:our\s{1,6}Lord\s{1,6})?)?))?"
    r"(?:[\dOIl_\[.]|(?i:two|twenty|nineteen))"
)
_ISO = re.compile(r"(?<![\d./-])(\d{4})-(\d{2})-(\d{2})(?![\d./-]\d|\d)")
_NUMERIC = re.compile(r"(?<![\d./$-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d%]|[/.-]\d)")
_BLANK_DAY = rx(rf"(?<!\w){_BLANK}{_ORDINAL}\s{{0,2}}(?:day )?(?:of )?({_MONTH})\b\s{{0,2}},?\s{{0,3}}({_YEAR})\b")
_BLANK_DAY_AFTER = rx(rf"\b({_MONTH})\s{{0,3}}{_BLANK}\s{{0,2}},?\s{{0,3}}({_YEAR})\b")
_MONTH_YEAR = rx(rf"\b({_MONTH})\.?\s{{0,2}},?\s{{0,3}}(?:of )?({_YEAR})\b")


def _number(raw: str) -> int | None:
    digits = raw.translate(_DIGITS)
    return int(digits) if digits.isdigit() else None


def make_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """Return the ISO 8601 date of the three numbers, or None where the calendar has no such day or the year is not in 1900..2100."""
    if year is None or month is None or day is None or not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int | None:
    found = _INFO.month(name)
    return int(found) if found is not None else None


def _written(view: View, dated: list[tuple[int, int]]) -> Iterator[Candidate]:
    for pattern, order in ((_MONTH_FIRST, (2, 1, 3)), (_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST_WORD_YEAR, (2, 1, 3))):
        for match in find_in(view, pattern, dated):
            day, name, year = (match.group(i) for i in order)
            value = make_date(_number(year) or word_year(year), _month(name), _number(day))
            if value:
                yield Candidate("DATE", match.start(), match.end(), value, "date-written", 0.99, precision="day")
    for match in find_in(view, _DAY_WORD, dated):
        day_number, year = word_number(match.group(1)), match.group(3)
        value = make_date(_number(year) or word_year(year), _month(match.group(2)), day_number)
        if value:
            yield Candidate("DATE", match.start(), match.end(), value, "date-words", 0.97, precision="day")


def _partial(view: View, dated: list[tuple[int, int]]) -> Iterator[Candidate]:
    for pattern in (_BLANK_DAY, _BLANK_DAY_AFTER, _MONTH_YEAR):
        for match in find_in(view, pattern, dated):
            month, year = _month(match.group(1)), _number(match.group(2))
            if month and year and 1900 <= year <= 2100 and match.group(1)[0].isupper():
                yield Candidate("DATE", match.start(), match.end(), f"{year:04d}-{month:02d}", "date-month", 0.9, precision="month")


def _full_year(raw: str) -> int:
    year = int(raw)
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def _numeric(view: View) -> Iterator[Candidate]:
    matches = list(_NUMERIC.finditer(view.shadow))
    # One 23/08/2014 in a document says how all of its numeric dates are ordered; the commoner of the two wins.
    day_first = sum(12 < int(m.group(1)) <= 31 and int(m.group(3)) <= 12 for m in matches)
    month_first = sum(12 < int(m.group(3)) <= 31 and int(m.group(1)) <= 12 for m in matches)
    for match in matches:
        first, separator, second, year = int(match.group(1)), match.group(2), int(match.group(3)), _full_year(match.group(4))
        if separator == "." and len(match.group(4)) == 2 and not match.group(1).startswith("0") and first < 13 and second < 13:
            continue  # "1.2.14" is a clause number far oftener than a date
        american, european = make_date(year, first, second), make_date(year, second, first)
        prefer_european = day_first > month_first or (separator == "." and not month_first)
        ranked = [v for v in ((european, american) if prefer_european else (american, european)) if v]
        if not ranked:
            continue
        ambiguous = len(ranked) == 2 and ranked[0] != ranked[1]
        settled = prefer_european != (month_first > day_first) and day_first + month_first > 0
        score = 0.95 if not ambiguous else 0.9 if settled else 0.75
        text = view.text[match.start() : match.end()]
        others = (Alternative(ranked[1], text, round(1 - score, 4)),) if ambiguous else ()
        yield Candidate("DATE", match.start(), match.end(), ranked[0], "date-numeric", score, precision="day", alternatives=others)
    for match in _ISO.finditer(view.shadow):
        value = make_date(*(int(g) for g in match.groups()))
        if value:
            yield Candidate("DATE", match.start(), match.end(), value, "date-iso", 0.97, precision="day")


def find_dates(view: View) -> list[Candidate]:
    """Return the dates of the text, sorted by start, none overlapping; ``value`` is YYYY-MM-DD, or YYYY-MM at month precision."""
    dated = windows(view, _DATED_MONTH, before=150, after=120)
    return drop_overlaps([*_written(view, dated), *_numeric(view), *_partial(view, dated)])
