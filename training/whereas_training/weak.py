"""Patterns that label dates, durations, money, laws, organisations and places in raw contract text, for training alone.

All quantifiers are bounded: stacked unbounded white space backtracks for minutes on layout text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from whereas_training.labels import Span

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
    r"(?:\s{1,8}|-\s{0,2})(?:(?:calendar|business|working|consecutive|successive|additional|full)\s{1,8}){0,2}(?P<u>day|week|month|year)s?\b",
    re.I,
)
_AMOUNT = r"\d{1,3}(?:,\d{3}){0,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
_MONEY = re.compile(
    rf"(?:\b(?:US|USD|CAD|CDN|HK|RMB|AUD|EUR|GBP)\s?)?[$€£¥]\s?(?:{_AMOUNT})(?:\s(?:million|billion|thousand))?"
    rf"|\b(?:USD|RMB|EUR|GBP|CAD|AUD|HKD|CHF)\s?(?:{_AMOUNT})(?:\s(?:million|billion|thousand))?"
    rf"|\b(?:{_AMOUNT})\s(?:million\s|billion\s)?(?:U\.?S\.?\s)?(?:[Dd]ollars|DOLLARS|[Ee]uros|[Pp]ounds [Ss]terling|USD|RMB)\b"
)
_PERCENT = re.compile(
    rf"\b(?:{_NUMBER_WORD}\s{{0,3}}percent\s{{0,3}}\(\s?\d{{1,3}}(?:\.\d{{1,4}})?\s?%\s?\)|\d{{1,3}}(?:\.\d{{1,4}})?\s?(?:%|percent\b))",
    re.I,
)
_CAP = r"[A-Z][A-Za-z0-9.&'’-]{0,30}"
_LAW = re.compile(
    rf"\b{_CAP}(?:\s(?:{_CAP}|of|and|for|the|on)){{0,7}}\s(?:Act|Treaty|Regulations?|Convention)(?:\s(?:of|on)\s(?:\d{{4}}|{_CAP}))?(?:,\s(?:of\s)?\d{{4}})?"
    r"|\b\d{1,2}\sU\.?\s?S\.?\s?C\.?(?:\s?§{1,2})?\s?\d{1,5}[a-z]?|\b\d{1,2}\sC\.?F\.?R\.?(?:\s?§)?\s?(?:Part\s)?\d{1,5}(?:\.\d{1,4})?"
    r"|\b(?:Internal Revenue|Uniform Commercial|United States Bankruptcy|U\.S\. Bankruptcy|Bankruptcy|California Civil|Delaware) Code\b"
)  # fmt: skip
_FORM = (
    r"(?:Inc|INC|Incorporated|INCORPORATED|Corp|CORP|Corporation|CORPORATION|LLC|L\.L\.C|L\.\sL\.\sC|Ltd|LTD|Limited|LIMITED|LP|L\.P|LLP|L\.L\.P"
    r"|PLC|plc|P\.L\.C|GmbH|GMBH|AG|N\.V|NV|B\.V|BV|S\.A|SA|S\.p\.A|A/S|AB|Pty|N\.A|Company|COMPANY|Partnership|PARTNERSHIP)"
)
LEGAL_FORM = re.compile(rf"(?:,|\b)\s?{_FORM}\b\.?(?:\s?,?\s?(?:Ltd|LTD|Limited|L\.P|LP|Inc)\b\.?)?\s*$")
_ORG = re.compile(
    rf"\b(?!(?:AND|OR|BETWEEN|BY|WITH|THE|TO|FOR|OF|IF|The|This|THIS|Each|Any|Such|If)\b)[A-Z0-9][\w.&'’-]{{0,30}}"
    rf"(?:,?\s(?!(?:AND|OR|BETWEEN|BY|WITH|TO|FOR|A|AN|IS|The|This|Attn|Attention)\b)(?:of\s|OF\s|&\s)?[A-Z0-9(][\w.&'’()-]{{0,30}}){{0,5}}"
    rf",?\s(?:{_FORM})\b\.?(?:,?\s?(?:Ltd|LTD|Limited|L\.P|LP|Inc|Corporation)\b\.?)?"
)  # fmt: skip
_GAZETTEER: dict[str, list[str]] = json.loads(Path(__file__).with_name("places.json").read_text(encoding="utf-8"))


def _any_of(names: list[str]) -> str:
    return "|".join(re.escape(name).replace("’", "['’]") for name in names)


STATES = _any_of(_GAZETTEER["states"])
STATES_UPPER = _any_of([name.upper() for name in _GAZETTEER["states"]])
_PLACE = re.compile(rf"\b(?:{_any_of([name for names in _GAZETTEER.values() for name in names])})(?!\w)")
_PLACE_UPPER = re.compile(rf"\b(?:{_any_of([name.upper() for name in _GAZETTEER['states']])})(?!\w)")
_CITY = re.compile(rf"\b(?P<c>[A-Z][a-z]{{2,15}}(?:\s[A-Z][a-z]{{2,15}}){{0,2}}),\s(?:{STATES}|[A-Z]{{2}}\s\d{{5}})\b")
_PERSON = r"[A-Z][A-Za-z.'’-]{1,20}(?:\s[A-Z][A-Za-z'’-]{0,20}\.?){1,3}(?:,?\s(?:Jr|Sr|II|III|IV|Ph\.D|M\.D|Esq)\.?)?"
_STOP = (
    r"(?=\s{0,40}(?:Title|TITLE|Its|ITS|Date|DATE|Name|NAME|By|BY|Position|President|Chief|CEO|CFO|Chairman|Vice|Managing|Director|Authorized"
    r"|Secretary|Manager|General|\(|,|\n|/|$))"
)
_SIGNED = re.compile(rf"(?:/s/|/S/|\bName(?:\s(?:of|printed))?:|\bNAME:|\bPrint(?:ed)? Name:)[\s_]{{0,12}}(?P<n>{_PERSON}){_STOP}")
_NOT_NAMES = re.compile(
    r"\b(?:Title|Its|Date|Name|By|Position|President|Chief|CEO|Chairman|Vice|Managing|Director|Authorized|Secretary|Manager|General|Company"
    r"|Inc|Corp|LLC|Ltd|Limited|Agreement|Section|Signature|Officer|Executive|Attn|Phone|Fax|Email|Address|State|Street)\b",
    re.I,
)


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
    """Return a duration as (months, 'month') or (days, 'day'), weeks as days; None if it holds none."""
    m = _DURATION.search(phrase)
    count = number(m.group()[: m.start("u") - m.start()]) if m else None
    if not m or not count:
        return None
    unit = m.group("u").lower()
    return {"year": (12 * count, "month"), "month": (count, "month"), "week": (7 * count, "day"), "day": (count, "day")}[unit]


def find_durations(text: str) -> Iterator[tuple[int, int, tuple[int, str] | None]]:
    """Yield (start, end, length) of durations."""
    for m in _DURATION.finditer(text):
        yield m.start(), m.end(), length(m.group())


def find_signatories(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names that follow '/s/' or 'Name:'."""
    for m in _SIGNED.finditer(text):
        start, end = m.span("n")
        label = _NOT_NAMES.search(text[start:end])
        if label:
            end = start + len(text[start : start + label.start()].rstrip(" ,"))
        words = text[start:end].split()
        half = len(words) // 2
        if half and words[:half] == words[half:]:  # the signature and the name below it, run together
            end = start + len(text[start:end]) // 2
            end -= len(text[start:end]) - len(text[start:end].rstrip())
        if len(text[start:end].split()) >= 2:
            yield start, end


def values(text: str) -> list[Span]:
    """Return sure DATE, DURATION, MONEY, PERCENT and LAW spans."""
    spans = [Span(s, e, ("DATE",)) for s, e, _ in find_dates(text)]
    spans += [Span(*m.span(), ("MONEY",)) for m in _MONEY.finditer(text)]
    spans += [Span(*m.span(), ("PERCENT",)) for m in _PERCENT.finditer(text)]
    spans += [Span(s, e, ("DURATION",)) for s, e, _ in find_durations(text)]
    return spans + [Span(*m.span(), ("LAW",)) for m in _LAW.finditer(text)]


def names(text: str) -> list[Span]:
    """Return ORGANIZATION spans that end in a legal form, LOCATION spans of a gazetteer, PERSON spans of signatures."""
    spans = [Span(s, e, ("PERSON",)) for s, e in find_signatories(text)]
    for m in _ORG.finditer(text):
        words = m.group().split()
        certain = 2 <= len(words) <= 6 and words[-1].lower().rstrip(".,") not in {"company", "partnership", "limited"}
        spans.append(Span(*m.span(), ("ORGANIZATION",), outside=not certain))
    spans += [Span(*m.span(), ("LOCATION",)) for p in (_PLACE, _PLACE_UPPER) for m in p.finditer(text)]
    return spans + [Span(*m.span("c"), ("LOCATION",)) for m in _CITY.finditer(text)]
