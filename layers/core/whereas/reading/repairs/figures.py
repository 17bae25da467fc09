"""Letters read for digits, undone where only a figure can stand: in amounts, in clause numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.reading.repairs.dates import DIGITS
from whereas.reading.repairs.vocabulary import replaced
from whereas.types import PageText, Repair

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
_RUN_ON = re.compile(r"(?<!\w)(Section|Article|Clause)(\d{1,2}(?:\.\d{1,2}){0,3})(?!\w)")
_SECTION_SIGN = re.compile(r"(?:U\. ?S\. ?C\.?|C\. ?F\. ?R\.?) (?P<sign>[$S]) ?(?=\d)")


def find_figures(page: PageText) -> Iterator[Repair]:
    """Yield the repairs of figures on a page that was recognised from an image."""
    yield from _amounts(page)
    yield from _clauses(page)


def _amounts(page: PageText) -> Iterator[Repair]:
    for match in _AMOUNT.finditer(page.text):
        figure = match["figure"].rstrip(",.")
        meant = figure.translate(DIGITS)
        if meant != figure and any(map(str.isdigit, figure)) and _FIGURE.fullmatch(meant):
            yield replaced(page, "amount", match.start("figure"), match.start("figure") + len(figure), meant)
    for match in _DOLLAR.finditer(page.text):
        yield replaced(page, "dollar_sign", match.start(), match.end(), "$")


def _clauses(page: PageText) -> Iterator[Repair]:
    for match in _CLAUSE.finditer(page.text):
        number = match["number"]
        meant = number.translate(DIGITS)
        # "Article II" and "Section I.2" are Roman, "Section 5l" may be paragraph l of Section 5.
        if meant != number and "I" not in number and any(map(str.isdigit, number)) and not _LETTERED.search(number):
            yield replaced(page, "clause_number", *match.span("number"), meant)
    for match in _RUN_ON.finditer(page.text):
        yield replaced(page, "clause_number", match.start(), match.end(), f"{match[1]} {match[2]}")
    for match in _SECTION_SIGN.finditer(page.text):
        yield replaced(page, "section_sign", *match.span("sign"), "§")
