"""Dates in figures: ISO 8601, and day and month in either order, which the document itself has to settle.

What settles the order, strongest first: another date of the document in which one number is above 12; its written dates ("4 March 2019"
or "March 4, 2019"); its spelling and the places that it names; else the American order, for it is the commoner in English contracts. The
other reading stays as an alternative unless both are the same day. Two-digit years below 50 are of this century.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.windows import find_at
from whereas.resolution.view import View, rx
from whereas.types import Alternative

DIGITS: Final = str.maketrans("OoIl", "0011")
"""What OCR makes of 0 and 1; undone inside dates alone."""
PIVOT: Final = 50

_N = r"[0-9OoIl]"
_ISO = re.compile(rf"(?<![\w./-])((?:19|20|2O|l9){_N}{{2}})([-/.])({_N}{{1,2}})\2({_N}{{1,2}})(?![./-]\d|\w)")
_NUMERIC = re.compile(rf"(?<![\w./$-])({_N}{{1,2}})([/.-])({_N}{{1,2}})\2({_N}{{4}}|{_N}{{2}})(?![\w%]|[/.-]\d)")
# Where either may begin: found faster, for a pattern that opens with a set of characters is searched for fastest.
_FIRST = re.compile(rf"{_N}(?<![\w./-].)(?={_N}{{0,3}}[-/.])")
_DAY_FIRST_HINT = rx(
    r"\b(?:England|Wales|Scotland|United Kingdom|Ireland|Australia|New Zealand|India|Singapore|Hong Kong|Malaysia|Germany|France|"
    r"Netherlands|organisation|colour|favour|honour|licence|behaviour|authoris\w+|utilis\w+|recognis\w+|labour|programme|endeavours)\b"
)
_MONTH_FIRST_HINT = rx(
    r"\b(?:United States|U\.S\.|USA|Delaware|New York|California|Texas|Florida|Nevada|Illinois|organization|color|favor|honor|behavior|"
    r"authoriz\w+|utiliz\w+|recogniz\w+|labor|efforts)\b"
)
_HINTED_CHARS: Final = 60_000
"""Of so much text the hints are counted: a contract names its places early, and long ones say nothing new."""


def full_year(raw: str) -> int | None:
    """Return the year of two or four digits, OCR damage repaired, or None."""
    digits = raw.translate(DIGITS)
    if not digits.isdigit():
        return None
    year = int(digits)
    return year if year > 99 else year + (2000 if year < PIVOT else 1900)


def make_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """Return the ISO 8601 date of the three numbers, or None where the calendar has no such day or the year is not in 1900..2100."""
    if year is None or month is None or day is None or not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _written_order(view: View, written: list[Candidate]) -> int:
    """How many more of the written dates begin with the day than with the month."""
    return sum(1 if view.shadow[c.start].isdigit() else -1 for c in written if c.rule == "date-written")


def _place_order(view: View) -> int:
    shadow = view.shadow
    count = sum(1 for _ in _DAY_FIRST_HINT.finditer(shadow, 0, _HINTED_CHARS))
    return count - sum(1 for _ in _MONTH_FIRST_HINT.finditer(shadow, 0, _HINTED_CHARS))


def _order(view: View, numbers: list[tuple[int, int]], written: list[Candidate], *, dotted: bool) -> tuple[bool, float]:
    """Return whether the day stands first, and how sure that is (the score of the reading it prefers)."""
    decided = sum(1 if 12 < first <= 31 and second <= 12 else -1 if 12 < second <= 31 and first <= 12 else 0 for first, second in numbers)
    if decided:
        return decided > 0, 0.9
    if dotted:
        return True, 0.75
    spelled = _written_order(view, written)
    # Months are written first in American papers only, but days come first in papers of both kinds ("this 4th day of March").
    if spelled < 0:
        return False, 0.85
    places = _place_order(view)
    return (True, 0.8) if places > 0 else (False, 0.75)


def find_numeric_dates(view: View, written: list[Candidate]) -> Iterator[Candidate]:
    """Yield the dates in figures; ``written`` are the document's dates in words, for they tell its order."""
    starts = [m.start() for m in _FIRST.finditer(view.shadow)]
    found = [(m, int(a), int(b)) for m in find_at(view, _NUMERIC, starts) if (a := _digits(m.group(1))) and (b := _digits(m.group(3)))]
    numbers = [(first, second) for _, first, second in found]
    orders: dict[bool, tuple[bool, float]] = {}
    for match, first, second in found:
        dotted, year = match.group(2) == ".", full_year(match.group(4))
        if dotted and len(match.group(4)) == 2 and not match.group(1).startswith("0") and first < 13 and second < 13:
            continue  # "1.2.14" is a clause number far oftener than a date
        american, european = make_date(year, first, second), make_date(year, second, first)
        if not american and not european:
            continue
        if dotted not in orders:
            orders[dotted] = _order(view, numbers, written, dotted=dotted)
        day_first, sure = orders[dotted]
        ranked = [v for v in ((european, american) if day_first else (american, european)) if v]
        ambiguous = len(ranked) == 2 and ranked[0] != ranked[1]
        text = view.text[match.start() : match.end()]
        others = (Alternative(ranked[1], text, round(1 - sure, 4)),) if ambiguous else ()
        score = sure if ambiguous else 0.95
        yield Candidate("DATE", match.start(), match.end(), ranked[0], "date-numeric", score, precision="day", alternatives=others)
    for match in find_at(view, _ISO, starts):
        value = make_date(full_year(match.group(1)), *(int(_digits(match.group(i)) or 0) for i in (3, 4)))
        if value:
            yield Candidate("DATE", match.start(), match.end(), value, "date-iso", 0.97, precision="day")


def _digits(raw: str) -> str | None:
    digits = raw.translate(DIGITS)
    return digits if digits.isdigit() and any(c.isdigit() for c in raw) else None
