"""Quantities: a number with a physical or trade unit, words and figures as one span ("ten (10) acres", "5,000 units", "30 MW").

Money, percentages and lengths of time are none, nor are counts of legal things ("two counterparts").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.numbers import NUMERAL, SCALES, spelled_number
from whereas.resolution.forms.windows import find_at
from whereas.resolution.view import View, rx

# The lower-case names of units, and the signs that only in this case are units.
_UNIT: Final = (
    r"(?:(?i:square (?:feet|foot|meters?|metres?|miles?|inch(?:es)?)|sq\. ?ft\.?|cubic (?:feet|meters?|metres?|yards?)|acres?|hectares?|"
    r"(?:(?:restricted|common|ordinary|preferred|depositary|class [a-z]|outstanding|capital|phantom) ){0,3}shares|units|"
    r"(?:common )?stock options|warrants|"
    r"pounds per square inch(?: gauge)?|pounds|lbs?|"
    r"kg|kilograms?|kilos|grams?|milligrams?|micrograms?|ounces|metric tons?|tons?|tonnes|lit(?:er|re)s?|millilit(?:er|re)s?|"
    r"gallons?|barrels|"
    r"bushels|miles|feet|inch(?:es)?|yards|kilomet(?:er|re)s|met(?:er|re)s|centimet(?:er|re)s|millimet(?:er|re)s|megawatts?|kilowatts?|"
    r"kilowatt[\s-]hours|dekatherms?|therms|mmbtus?|gigabytes?|megabytes?|terabytes?|kilobytes?|copies|users|licenses|pages|employees|"
    r"subscribers|seats|bottles|cases|cartons|pallets|containers|vials|tablets|capsules|doses|kits|pieces|vehicles|trucks|"
    r"rooms|characters|words|impressions|page views|visitors|unique visitors|tickets|samples|batches|servers|wells|stores|restaurants)|"
    r"m[Llg]|MG|ML|kW|MW|GW|[KMG]Wh?|kWh|MWh|GB|MB|TB|KB|Mbps|Gbps|kbps|GPM|GPD|Dth|MMBtu|Mcf|MMcf|Bcf|bbls?|mm|cm|km|kV|Hz|[KMG]Hz|"
    r"psi|RS[UA](?:'?s)?)"
)
_FIGURE = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,3})?|\d{1,9}(?:\.\d{1,3})?"
_SCALE = r"(?: (thousand|million|billion)(?= ))?"
_QUANTITY = rx(rf"({_FIGURE})(\))?{_SCALE}(?: |-|(?<=\d)(?=[A-Zmk]))({_UNIT})(?![\w-])(?:/(?:year|month|day|hour))?", 0)
# Where one may begin: at the first digit of a run, or within it where thousands or very many digits follow.
_FIRST = re.compile(r"\d(?:(?<!\d\d)|(?=\d{0,2},\d)|(?=\d{8}))")
_WORDS_BEFORE = rx(rf"(?<![\w-])({NUMERAL}(?:(?:[\s-]{{1,4}}| and ){NUMERAL}){{0,14}}) \(\Z")
_HEADING = re.compile(r"\d{1,2}\.\d{1,2}\s{1,6}[A-Z]")
_NOT_BEFORE: Final = frozenset(".,$€£/-#")


def _quantities(view: View) -> Iterator[Candidate]:
    for match in find_at(view, _QUANTITY, [m.start() for m in _FIRST.finditer(view.shadow)]):
        plain, bracket, scale, unit = match.groups()
        start, words = match.start(), None
        if bracket:
            words = _WORDS_BEFORE.search(view.shadow, max(0, start - 130), start)
            start = words.start() if words else start
        before = view.shadow[max(0, match.start() - 1) : match.start()]
        if (
            (bracket and not words)
            or before in _NOT_BEFORE
            or before.isalpha()
            or _HEADING.match(match.group(0))
            or "\n\n" in match.group(0)
        ):
            continue
        figure = plain.replace(",", "")
        if scale:
            figure = f"{float(figure) * SCALES[scale.lower()]:.10g}"
        # "two (3) units" is a slip that a reader has to see: the figure is given, with less trust.
        agree = words is None or scale or str(spelled_number(words.group(1))) == figure
        value = {"amount": figure, "unit": " ".join(unit.lower().split())}
        yield Candidate("QUANTITY", start, match.end(), value, "quantity", 0.85 if agree else 0.6)


def find_quantities(view: View) -> list[Candidate]:
    """Return counted or measured amounts other than money and time, sorted by start; ``value`` is {"amount", "unit"}."""
    return drop_overlaps(list(_quantities(view)))
