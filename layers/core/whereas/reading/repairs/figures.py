"""Letters read for digits, undone where only a figure can stand: in dates, in amounts, in clause numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.reading.repairs.vocabulary import MONTHS, replaced
from whereas.types import PageText, Repair

_DIGITS = str.maketrans("OoQlI|!iSBZ", "00011111582")
_D = r"[0-9OoQlI|!iSBZ]"

# What OCR makes of the months' letters: "Ju1y", "0ctober", "Novernber", "lune".
_SHAPES = {
    "J": r"[JlI1\]]", "l": "[lI1|!]", "O": "[O0Q]", "m": "(?:m|rn|nn)", "u": "(?:u|ii|n)", "i": "[il1!]", "c": "[ce]",
    "e": "[ec]", "y": "[yv]",
}  # fmt: skip
_MONTHS = {month: "".join(_SHAPES.get(letter, letter) for letter in month) for month in MONTHS}
_ANY_MONTH = rf"(?P<month>{'|'.join(_MONTHS.values())})"
_DAY, _YEAR = rf"(?P<day>{_D}{{1,2}})(?:st|nd|rd|th)?", rf"(?P<year>[12lI|]{_D}{{3}})(?![\w|])"
_DATES = (
    re.compile(rf"(?<!\w){_ANY_MONTH} {_DAY}[,.]? {_YEAR}"),
    re.compile(rf"(?<![\w|.,/-]){_DAY}(?: day)?(?: of)? {_ANY_MONTH},? {_YEAR}"),
)

_SIGN = r"(?:(?<![\w$])(?:US|CA|C|A|HK|S)?\$ ?|[€£¥] ?|(?<!\w)(?:USD|EUR|GBP) )"
_AMOUNT = re.compile(rf"{_SIGN}(?P<figure>[0-9OolI|SB][0-9OolI|SB,.]{{0,24}})(?![\w|])")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d\d?)?")
# "S1,000.00" for "$1,000.00": a letter before grouped thousands or cents is no word.
_DOLLAR = re.compile(r"(?<![\w$.-])S(?=\d{1,3}(?:,\d{3})+(?:\.\d\d)?(?![\w,])|\d{1,6}\.\d\d(?![\w.]))")

_CLAUSE = re.compile(
    r"(?<!\w)(?:Sections?|Articles?|Clauses?|Paragraphs?|SECTION|ARTICLE|CLAUSE) "
    r"(?P<number>[0-9OlI|]{1,2}(?:\.[0-9OlI|]{1,2}){0,3})(?![\w|])"
)
_LETTERED = re.compile(r"\d[l|]\Z")
_SECTION_SIGN = re.compile(r"(?:U\. ?S\. ?C\.?|C\. ?F\. ?R\.?) (?P<sign>[$S]) ?(?=\d)")


def find_figures(page: PageText) -> Iterator[Repair]:
    """Yield the repairs of figures on a page that was recognised from an image."""
    yield from _dates(page)
    yield from _amounts(page)
    yield from _clauses(page)


def _dates(page: PageText) -> Iterator[Repair]:
    for pattern in _DATES:
        for match in pattern.finditer(page.text):
            day, year = match["day"].translate(_DIGITS), match["year"].translate(_DIGITS)
            if not (1 <= int(day) <= 31 and year[:2] in {"19", "20"}):
                continue
            month = next(month for month, shape in _MONTHS.items() if re.fullmatch(shape, match["month"]))
            for part, meant in (("day", day), ("month", month), ("year", year)):
                if match[part] != meant:
                    yield replaced(page, "date", *match.span(part), meant)


def _amounts(page: PageText) -> Iterator[Repair]:
    for match in _AMOUNT.finditer(page.text):
        figure = match["figure"].rstrip(",.")
        meant = figure.translate(_DIGITS)
        if meant != figure and any(map(str.isdigit, figure)) and _FIGURE.fullmatch(meant):
            yield replaced(page, "amount", match.start("figure"), match.start("figure") + len(figure), meant)
    for match in _DOLLAR.finditer(page.text):
        yield replaced(page, "dollar_sign", match.start(), match.end(), "$")


def _clauses(page: PageText) -> Iterator[Repair]:
    for match in _CLAUSE.finditer(page.text):
        number = match["number"]
        meant = number.translate(_DIGITS)
        # "Article II" and "Section I.2" are Roman, "Section 5l" may be paragraph l of Section 5.
        if meant != number and "I" not in number and any(map(str.isdigit, number)) and not _LETTERED.search(number):
            yield replaced(page, "clause_number", *match.span("number"), meant)
    for match in _SECTION_SIGN.finditer(page.text):
        yield replaced(page, "section_sign", *match.span("sign"), "§")
