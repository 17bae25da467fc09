"""Durations to ISO 8601: "three (3) years" is P3Y, "24 hours" PT24H, "one year and six months" P1Y6M.

Where words and figures disagree ("three (2) years") the words are taken, as courts do, and a warning says so. Business
days have no ISO form of their own and are given as days. A range with one unit ("ten (10) to twenty (20) days") is one span
with the longer time as its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.numbers import NUMBER_STEMS, NUMBER_WORD, ORDINAL_WORD, word_number
from whereas.resolution.forms.windows import find_at, find_in, windows
from whereas.resolution.view import View, rx

_LETTER = {"year": "Y", "month": "M", "week": "W", "day": "D", "annum": "Y", "hour": "H", "minute": "M"}
_UNIT = r"(years?|months?|weeks?|days?|hours?|minutes?)(?![\w])"
_TIME = re.compile(r"(?:[Yy]ear|[Mm]onth|[Ww]eek|[Dd]ay|[Hh]our|[Mm]inute|YEAR|MONTH|WEEK|DAY|HOUR|MINUTE)[sS]?(?![\w])")
_ADJECTIVE = (
    r"(?:(?:full|calendar|consecutive|successive|business|working|trading|banking|contract|additional|complete|whole|continuous) ){0,2}"
)
_WORDED = rx(
    rf"\b({NUMBER_WORD})(?: ?[-]?\(\s{{0,2}}(?:(\d{{1,4}})|[Il])\s{{0,2}}\) ?| ?[-~] ?| )(?:- ?)?{_ADJECTIVE}{_UNIT}",
)
_FIGURED = rx(rf"(?<![\d.,$/-])\(?(\d{{1,4}}(?:\.\d)?)\)?(?: ?[-~] ?| )(?:\(({NUMBER_WORD})\) )?{_ADJECTIVE}{_UNIT}")
_RANGE = rx(rf"(?<![\w.,$/-])(?:(?:{NUMBER_WORD})(?: ?\(\d{{1,4}}\))?|\(?\d{{1,4}}\)?)(?: ?- ?| (?:to|or) )\Z")
_FIGURE_RANGE = rx(rf"(?<![\w.,$/-])(\d{{1,4}}) ?- ?(\d{{1,4}}) {_ADJECTIVE}{_UNIT}")
_FIGURES_AFTER = rx(r" ?\((\d{1,4})\)")
_NUMBERED_HEADING = re.compile(r"\d{1,2}\.\d\s{1,6}[A-Z]")
_OF_A_MONTH = re.compile(
    r"\s{1,3}of\s{1,3}(?:the\s{1,3}month\s{1,3}of\s{1,3})?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|"
    r"December|_{2,}|\[)",
    re.I,
)
_JOIN = rx(r",? (?:and|plus) (?:a |an )?|, ")
_ANNIVERSARY = rx(
    rf"\b({ORDINAL_WORD}|\d{{1,2}}(?:st|nd|rd|th))\s{{0,3}}(?:\(\d{{1,2}}(?:st|nd|rd|th)?\) )?(?:year |annual )?anniversary\b"
)
_SINGLE = rx(
    r"\b(?:period of|for|additional|successive|each|every|an?) (?:(?:an?|additional|successive|further|full|subsequent) ){0,3}(year|"
    r"month)(?![\w-])(?! (?:end|of|in which|period|ended|ending))"
)
_RECURRENT = rx(
    r"\b(?:(annual|yearly|quarterly|monthly) (?:terms?|periods?|basis|increments?|intervals?|renewals?)|"
    r"(annually|yearly)(?= (?:thereafter|unless)|,))"
)
_RECURS = {"annual": "P1Y", "annually": "P1Y", "yearly": "P1Y", "quarterly": "P3M", "monthly": "P1M"}
_PERIODIC = rx(r"\b(year|month)[ -]to[ -](?:year|month)\b")


def _candidate(start: int, end: int, words: str | None, figures: str | None, unit: str, rule: str) -> Candidate | None:
    worded = word_number(words) if words else None
    figured = float(figures) if figures else None
    number = float(worded) if worded is not None else figured
    if number is None or not 0 < number < 5000:
        return None
    conflict = worded is not None and figured is not None and worded != figured
    small = unit.lower().startswith(("hour", "minute"))
    value = f"P{'T' * small}{number:g}{_LETTER[unit.lower().rstrip('s')]}"
    if number != int(number) and unit.lower().startswith("year") and (number * 12).is_integer():
        value = f"P{int(number)}Y{round((number - int(number)) * 12)}M"
    return Candidate(
        "DURATION", start, end, value, rule, 0.6 if conflict else 0.97, warning="words_and_figures_differ" if conflict else None
    )


def _simple(view: View) -> Iterator[Candidate]:
    near = windows(view, find_at(view, _TIME, view.places_of("year", "month", "week", "day", "hour", "minute")), before=150, after=1)
    for match in find_in(view, _WORDED, near, view.word_starts(*NUMBER_STEMS)):
        found = _candidate(match.start(), match.end(), match.group(1), match.group(2), match.group(3), "duration-words")
        if found:
            yield found
    for match in find_in(view, _FIGURE_RANGE, near, view.figures):
        if int(match.group(1)) < int(match.group(2)):
            found = _candidate(match.start(), match.end(), None, match.group(2), match.group(3), "duration-range")
            if found:
                yield found
    for match in find_in(view, _FIGURED, near, view.figures_behind("(")):
        # From the figure on: an opening bracket belongs to the span only with its closing one.
        start = match.start() if view.shadow[match.start()] == "(" and ")" in match.group(0) else match.start(1)
        found = _candidate(start, match.end(), match.group(2), match.group(1), match.group(3), "duration-figures")
        if found:
            yield found


def _compound(view: View, found: list[Candidate]) -> list[Candidate]:
    """Join "one (1) year" and "six (6) months" where only "and" or a comma stands between and the second unit is smaller."""
    order = "YMWD"
    joined: list[Candidate] = []
    for candidate in found:
        last = joined[-1] if joined else None
        if last and _JOIN.fullmatch(view.shadow, last.end, candidate.start):
            large, small = str(last.value), str(candidate.value)
            if "T" not in large + small and large[-1] in "YM" and order.index(large[-1]) < order.index(small[-1]) and small[-1] in "MD":
                joined[-1] = Candidate("DURATION", last.start, candidate.end, large + small[1:], "duration-compound", 0.95)
                continue
        joined.append(candidate)
    return joined


def _whole(view: View, found: Candidate) -> Candidate | None:
    """Return the duration with the range before it or the figures after it.

    None for a day of a month ("16 day of August") and for a heading ("5.8 Hours").
    """
    one_day = found.rule != "duration-words" and view.shadow[found.end - 3 : found.end].lower() == "day"
    if one_day and _OF_A_MONTH.match(view.shadow, found.end):
        return None
    text = view.shadow[found.start : found.end]
    if text.count("\n") > 2 or _NUMBERED_HEADING.match(text):
        return None
    first = _RANGE.search(view.shadow, max(0, found.start - 60), found.start)
    after = _FIGURES_AFTER.match(view.shadow, found.end) if "(" not in text else None
    if after and after.group(1) != re.sub(r"\D", "", str(found.value)):
        after = None
    return replace(found, start=first.start() if first else found.start, end=after.end() if after else found.end)


def find_durations(view: View) -> list[Candidate]:
    """Return the durations that carry a number, sorted by start, none overlapping; ``value`` is ISO 8601."""
    return _compound(view, [whole for found in drop_overlaps(list(_simple(view))) if (whole := _whole(view, found))])


def find_periods(view: View, start: int, end: int) -> list[Candidate]:
    """Return the durations without a number in [start, end): "an additional year", "year to year", "the third anniversary".

    They are durations only in the clauses that speak of a term, so callers ask for them there.
    """
    found: list[Candidate] = []
    for match in _ANNIVERSARY.finditer(view.shadow, start, end):
        number = word_number(match.group(1).rstrip("stndrh") if match.group(1)[0].isdigit() else match.group(1))
        if number:
            found.append(Candidate("DURATION", match.start(), match.end(), f"P{number}Y", "anniversary", 0.9))
    for pattern, rule in ((_PERIODIC, "period-to-period"), (_SINGLE, "period-single")):
        for match in pattern.finditer(view.shadow, start, end):
            found.append(Candidate("DURATION", match.start(1), match.end(), f"P1{_LETTER[match.group(1).lower()]}", rule, 0.8))
    for match in _RECURRENT.finditer(view.shadow, start, end):
        found.append(
            Candidate("DURATION", match.start(), match.end(), _RECURS[(match.group(1) or match.group(2)).lower()], "period-recurrent", 0.7)
        )
    return drop_overlaps(found)
