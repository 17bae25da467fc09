"""Patterns that label dates, durations, money, percentages and laws in raw contract text, for training alone.

They follow docs/labels.md. All quantifiers are bounded: stacked unbounded white space backtracks for minutes on layout text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from whereas_training.labels import Span, drop_overlaps

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10,
    "november": 11, "december": 12,
}  # fmt: skip
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_S = r"\s{1,8}"
_YEAR = r"(?:19|20)\d{2}"
_DATES = (
    re.compile(rf"\b(?P<m>{_MONTH}){_S}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,3}},?\s{{0,8}}(?P<y>{_YEAR})\b", re.I),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_S}(?:day{_S})?(?:of{_S})?(?P<m>{_MONTH})\s{{0,3}},?\s{{0,8}}(?P<y>{_YEAR})\b", re.I),
    re.compile(r"\b(?P<n>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>(?:19|20)?\d{2})\b"),
    re.compile(r"\b(?P<y>(?:19|20)\d{2})-(?P<n>\d{2})-(?P<d>\d{2})\b"),
    re.compile(rf"\b(?P<m>{_MONTH})\s{{0,3}},?{_S}(?P<y>{_YEAR})\b", re.I),
)
_WHOLE_MONTH = "|".join(name.title() for name in MONTHS)
_YEARLESS = (
    re.compile(
        rf"\b(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|Q[1-4])\s(?:(?:calendar|fiscal)\s)?(?:quarter{_S})?(?:of{_S})?(?:fiscal\s)?{_YEAR}\b"
    ),
    re.compile(rf"\b(?:{_WHOLE_MONTH}|{_WHOLE_MONTH.upper()}){_S}\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s{{0,3}},?\s{{0,8}}\d)"),
    re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?{_S}(?:day{_S}of{_S})?(?:{_WHOLE_MONTH})\b(?!\s{{0,3}},?\s{{0,8}}\d)"),
)
_BARE_YEAR = re.compile(
    rf"(?:(?P<cue>\b(?:[Ii]n|[Yy]ears?|[Ss]ince|[Dd]uring|[Ff]iscal|FY|[Cc]alendar|through|until|and|or|from|end of){_S})|(?<![\w$.,/§#-]))"
    rf"(?P<y>{_YEAR})(?![\w%]|[.,/-]\d)"
)
ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBER_WORD = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[1:10])}))?|{'|'.join(sorted(ONES[1:], key=len, reverse=True))}"
    rf"|hundred|one{_S}hundred(?:{_S}and)?(?:{_S}\w{{3,9}})?)"
)
_DURATION = re.compile(
    rf"\b(?:(?:{_NUMBER_WORD}|\d{{1,3}})\s{{0,3}}\(\s{{0,2}}(?:\d{{1,3}}|{_NUMBER_WORD})\s{{0,2}}\)|{_NUMBER_WORD}|\d{{1,3}})"
    r"(?:\s{1,8}|-\s{0,2})(?:(?:calendar|business|banking|trading|working|consecutive|successive|additional|full)\s{1,8}){0,2}"
    r"(?P<u>day|week|month|year|hour|minute|quarter)s?\b",
    re.I,
)
_AMOUNT = r"\d{1,3}(?:,\d{3}){0,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
_SCALE = r"(?:\s(?:million|billion|thousand|MM|mm)\b)?"
_FIGURES = rf"(?:\b(?:US|USD|CAD|CDN|HK|RMB|AUD|EUR|GBP|U\.S\.)\s?)?[$€£¥]\s?(?:{_AMOUNT}){_SCALE}"
_COUNTING = rf"(?:{'|'.join(ONES[1:] + TENS)}|hundred|thousand|million|billion)"  # the words of "Two Million Five Hundred Thousand"
_COINS = r"(?:(?:U\.?S\.?|United\sStates|American|Canadian|Hong\sKong|Australian)\s)?(?:dollars|euros?|pounds(?:\ssterling)?)"
_MONEY = (
    re.compile(
        rf"\b{_COUNTING}(?:(?:[\s-]|\sand\s){_COUNTING}){{0,11}}(?:\sand\s(?:no|\d{{1,2}})/100)?\s{_COINS}"
        rf"(?:\s?\(\s?(?:{_FIGURES}|(?:USD|EUR|GBP|CAD)\s?(?:{_AMOUNT}))\s?\))?",
        re.I,
    ),
    re.compile(
        rf"{_FIGURES}|\b(?:USD|RMB|EUR|GBP|CAD|AUD|HKD|CHF)\s?(?:{_AMOUNT}){_SCALE}"
        rf"|\b(?:{_AMOUNT})\s(?:million\s|billion\s)?(?:U\.?S\.?\s)?(?:[Dd]ollars|DOLLARS|[Ee]uros|[Pp]ounds [Ss]terling|USD|RMB)\b"
    ),
)
_RATE = r"\d{1,3}(?:\.\d{1,4})?"
_PERCENT = re.compile(
    rf"\b(?:(?:one{_S}hundred|{_NUMBER_WORD})(?:{_S}and{_S}one-half)?\s{{0,3}}(?:(?:percent|per\scent)\s{{0,3}}\(\s?{_RATE}\s?%?\s?\)"
    rf"|\(\s?{_RATE}\s?%?\s?\)\s{{0,3}}(?:%|percent\b|per\scent\b)|\(\s?{_RATE}\s?%\s?\)|(?:percent|per\scent)\b)"
    rf"|{_RATE}\s?(?:%|percent\b|per\scent\b))",
    re.I,
)
_CAP = r"[A-Z][A-Za-z0-9.&'’-]{0,30}"
_LAW = re.compile(
    rf"\b(?!(?:The|This|That|Any|Such|Each|All|No|Under|If|In|By)\s){_CAP}(?:\s(?:{_CAP}|of|and|for|the|on)){{0,7}}\s(?:Act|Treaty|Regulations?|Convention)(?:\s(?:of|on)\s(?:\d{{4}}|{_CAP}))?(?:,\s(?:of\s)?\d{{4}})?"
    r"|\b\d{1,2}\sU\.?\s?S\.?\s?C\.?(?:\s?§{1,2})?\s?\d{1,5}[a-z]?|\b\d{1,2}\sC\.?F\.?R\.?(?:\s?§)?\s?(?:Part\s)?\d{1,5}(?:\.\d{1,4})?"
    r"|\b(?:Internal Revenue|Uniform Commercial|United States Bankruptcy|U\.S\. Bankruptcy|Bankruptcy|California Civil|Delaware) Code\b"
    r"|\b19(?:33|34|40)\sAct\b|\b(?:HIPAA|GDPR|ERISA|FCPA|CCPA|COPPA|CERCLA|HITECH Act)\b"
    r"|\bRule\s(?:10b-5|10b5-1|13d-1|144A?|145|405|415|424|501|506|701)(?:\([a-z0-9]{1,3}\)){0,3}|\bRegulation\s(?:S-[KTX]|[SDM])\b"
    r"|\b[A-Z][a-z]{3,12}(?:\s[A-Z][a-z]{2,12})?\s(?:General\s|Business\s|Limited\s|Liability\s){1,3}(?:Corporations?|Obligations|Company|Partnership)\s(?:Law|Act)\b"
)  # fmt: skip


def find_dates(text: str) -> Iterator[tuple[int, int, date | None]]:
    """Yield (start, end, value) of dates, not overlapping; the value is None where the day is not given or impossible."""
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for m in pattern.finditer(text):
            if any(m.start() < e and m.end() > s for s, e in taken):
                continue
            taken.append(m.span())
            yield m.start(), m.end(), _date(m.groupdict())


def _date(parts: dict[str, str | None]) -> date | None:
    year = int(parts["y"] or 0)
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    name = (parts.get("m") or "").lower().rstrip(".")
    month = next((i for m, i in MONTHS.items() if name and m.startswith(name[:3])), 0) or int(parts.get("n") or 0)
    try:
        return date(year, month, int(parts.get("d") or 0))
    except ValueError:
        return None


def number(words: str) -> int | None:
    """Return the number that figures or English words name: '90', 'ninety', 'twenty-four (24)'."""
    figures = re.search(r"\d+", words)
    if figures:
        return int(figures.group())
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in ONES:
            total += ONES.index(word)
        elif word in TENS:
            total += 20 + 10 * TENS.index(word)
        elif word == "hundred":
            total = max(total, 1) * 100
    return total or None


def length(phrase: str) -> tuple[int, str] | None:
    """Return a duration as (months, 'month') or (days, 'day'), weeks as days; None if it holds none of these."""
    m = _DURATION.search(phrase)
    count = number(m.group()[: m.start("u") - m.start()]) if m else None
    if not m or not count:
        return None
    sizes = {"year": (12, "month"), "month": (1, "month"), "week": (7, "day"), "day": (1, "day")}
    size = sizes.get(m.group("u").lower())
    return (size[0] * count, size[1]) if size else None


def find_durations(text: str) -> Iterator[tuple[int, int, tuple[int, str] | None]]:
    """Yield (start, end, length) of durations."""
    for m in _DURATION.finditer(text):
        yield m.start(), m.end(), length(m.group())


def _partial_dates(text: str) -> Iterator[Span]:
    """Yield quarters, days without a year, and years alone; a year that no word introduces is unsure."""
    for pattern in _YEARLESS:
        yield from (Span(*m.span(), ("DATE",)) for m in pattern.finditer(text))
    yield from (Span(*m.span("y"), ("DATE",), outside=m["cue"] is None) for m in _BARE_YEAR.finditer(text))


def values(text: str) -> list[Span]:
    """Return DATE, DURATION, MONEY, PERCENT and LAW spans, none overlapping; the more telling form wins."""
    spans = [Span(*m.span(), ("LAW",)) for m in _LAW.finditer(text)]
    spans += [Span(s, e, ("DATE",)) for s, e, _ in find_dates(text)]
    spans += [Span(*m.span(), ("MONEY",)) for pattern in _MONEY for m in pattern.finditer(text)]
    spans += [Span(*m.span(), ("PERCENT",)) for m in _PERCENT.finditer(text)]
    spans += [Span(s, e, ("DURATION",)) for s, e, _ in find_durations(text)]
    return drop_overlaps([*spans, *_partial_dates(text)])
