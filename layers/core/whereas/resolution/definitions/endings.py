"""Stretches that are known by their form where they close the text before a bracket: a date, a time, "the other party"."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DATE = re.compile(
    rf"(?:(?:the\s{{1,3}})?\d{{0,2}}_{{0,20}}(?:st|nd|rd|th)?\s{{0,3}}(?:day\s{{1,3}}of\s{{1,3}})?"
    rf"{_MONTH}\.?,?\s{{1,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?\s?,?\s{{1,3}})?\d{{4}}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|the\s{{1,3}}date\s{{1,3}}hereof)\Z", re.I
)  # fmt: skip
_PARTY = re.compile(r"\b(?:one|each|either|either\s{1,3}of\s{1,3}the|the\s{1,3}other|any|a|another|such)\s{1,3}part(?:y|ies)\Z", re.I)
_ROLE = re.compile(r"\A(?:[\w-]{1,20}\s)?(?:Party|party|[A-Z][a-z]{2,}(?:er|or|ee|ent|ant))\Z")
_DAY = re.compile(r"\bDa(?:te|y)\Z", re.I)
_FAR = 140
_PERIOD = re.compile(r"\b(?:Period|Term)\Z", re.I)
_LASTING = re.compile(
    r"\b(?:during|throughout)\s{1,3}(?=(?:the|such|each)\b)|"
    r"(?:\b(?:an?|the|such)\s{1,3}(?:\w{1,12}\s{1,3}){0,3}period\s{1,3}of\s{1,3})?\b(?:[A-Za-z-]{2,20}\s?\(\d{1,4}\)|\d{1,3}|one|two|three|five|six|ten|twelve)\s{1,3}(?:\w{1,12}\s{1,3}|\w{1,12}-)?(?:days?|months?|years?|weeks?)\b",
    re.I,
)


def known_ending(term: str, text: str) -> int | None:
    """Return where in ``text`` begins what a "… Date", a "… Period" or a role word stands for; None where the form does not tell.

    Only the last 140 characters count: a time that stands further off belongs to something else.
    """
    if _DAY.search(term):
        found = _DATE.search(text, max(0, len(text) - 40))
        return found.end() - len(found.group(0).lstrip()) if found else None
    if _ROLE.search(term):
        found = _PARTY.search(text, max(0, len(text) - 30))
        return found.start() if found else None
    return _time(text) if _PERIOD.search(term) else None


def _time(text: str) -> int | None:
    """Return where the last time begins that is named at the text's end: "ten (10) days after receipt"."""
    starts = [m.end() if m.group(0)[-1].isspace() else m.start() for m in _LASTING.finditer(text, max(0, len(text) - _FAR))]
    return starts[-1] if starts and ";" not in text[starts[-1] :] else None
