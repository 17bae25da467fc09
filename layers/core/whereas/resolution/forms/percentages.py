"""Percentages: "one and one-half percent (1.5%)" is one span, its value the figure as a decimal string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.money import DIFFER
from whereas.resolution.forms.numbers import NUMERAL, spelled_number
from whereas.resolution.forms.windows import find_at
from whereas.resolution.view import View, rx
from whereas.types import Alternative

_SPELLED = rf"{NUMERAL}(?:(?:[\s,-]{{1,4}}|\s{{1,4}}and\s{{1,4}}){NUMERAL}){{0,16}}"
_SIGN = rx(r"%|\bper ?cent\b")
_FIGURE = rx(r"(?<![\w.,$])(\d{1,3}(?:\.\d{1,6})?|\.\d{1,4})(?:-?\d/\d)? ?\Z")
_FRACTION = r"(?: and (?:one-?(?:half|quarter|third)|a half|three-?quarters?|\d/\d))?"
_SHARE_BEFORE = rx(rf"(?<![\w-])(?:{_SPELLED}{_FRACTION}|one-half of one)(?: ?- ?| )\Z")
_SHARE_FIGURES = rx(rf"(?<![\w-])(?:{_SPELLED}{_FRACTION}|one-half of one)(?: ?-? ?per ?cent)? ?\( ?\Z")
_BRACKETED = rx(r" ?\( ?(\d{1,3}(?:\.\d{1,4})?) ?%? ?\)")
_WORDS_AFTER = rx(rf" ?\( ?{_SPELLED}{_FRACTION} ?-? ?per ?cent ?\)")
_FIGURES_BEFORE = rx(r"\( ?(\d{1,3}(?:\.\d{1,4})?) ?\) ?\Z")
_PER_CENT = re.compile(r"\s{1,3}per\s?cent\b")
# Whole numbers alone, for a check of words against figures: "ten", "twenty-five".
_WHOLE = rx(rf"\W{{0,3}}({_SPELLED})(?: ?-? ?per ?cent)?\W{{0,6}}")
# What shows that the words are the end of a longer number: "two point five", "one-half of one".
_CUT = rx(r"(?:\b(?:half|point|and)|\d|\b(?:half|quarters?|tenths?|hundredths?|thousandths?) of)[\s-]{1,3}\Z")


def _checked(view: View, found: Candidate, words: re.Match[str] | None) -> Candidate:
    """Return the percentage with a warning and the other reading where whole words differ from its figure."""
    whole = _WHOLE.fullmatch(words.group(0)) if words else None
    spelled = spelled_number(whole.group(1)) if whole else None
    if not words or not whole or not spelled or spelled > 100 or Decimal(str(found.value)) == spelled:
        return found
    if _CUT.search(view.shadow, max(0, words.start() - 24), words.start()):
        return found
    other = Alternative(str(spelled), " ".join(whole.group(1).split()), 0.4)
    return replace(found, score=0.55, warning=DIFFER, alternatives=(other,))


def _figured(view: View, sign: re.Match[str], figure: re.Match[str]) -> Candidate:
    begin, end = figure.start(), sign.end()
    words = _SHARE_FIGURES.search(view.shadow, max(0, begin - 90), begin) if view.shadow[end : end + 1] == ")" else None
    after = None if words else _WORDS_AFTER.match(view.shadow, end)
    again = None if words or after else _BRACKETED.match(view.shadow, end)
    begin, end = (words.start(), end + 1) if words else (begin, (after or again or sign).end())
    percent = _PER_CENT.match(view.shadow, end) if words else None
    found = Candidate("PERCENT", begin, percent.end() if percent else end, figure.group(1), "percent", 0.97)
    return _checked(view, found, words or after)


def _spelled(view: View, sign: re.Match[str]) -> Candidate | None:
    bracket = _FIGURES_BEFORE.search(view.shadow, max(0, sign.start() - 14), sign.start())
    at = bracket.start() if bracket else sign.start()
    words = _SHARE_BEFORE.search(view.shadow, max(0, at - 90), at)
    if not words:
        return None
    after = None if bracket else _BRACKETED.match(view.shadow, sign.end())
    again = bracket or after
    whole = spelled_number(re.sub(r"\band\s+(?:one|a|three)-?\s?\w+\s*\Z", "", words.group(0).strip(" -\n")))
    value = again.group(1) if again else str(whole)
    found = Candidate("PERCENT", words.start(), after.end() if after else sign.end(), value, "percent-words", 0.95)
    return _checked(view, found, words) if again else found


def _shares(view: View) -> Iterator[Candidate]:
    for sign in find_at(view, _SIGN, sorted([*view.places_of("%"), *view.word_starts("per")])):
        figure = _FIGURE.search(view.shadow, max(0, sign.start() - 16), sign.start())
        found = _figured(view, sign, figure) if figure else _spelled(view, sign) if sign.group(0) != "%" else None
        if found:
            yield found


def find_percentages(view: View) -> list[Candidate]:
    """Return the percentages, sorted by start; ``value`` is the figure as a decimal string."""
    return drop_overlaps(list(_shares(view)))
