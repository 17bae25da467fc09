"""Unquoted short forms in brackets as definitions: "Food and Drug Administration (FDA)", "FDA (Food and Drug Administration)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.resolution.definitions.drafts import TermDraft
from whereas.resolution.forms.windows import find_at
from whereas.resolution.parties.shortforms import before_bracket, is_short_form, long_form
from whereas.resolution.view import View

_IN_BRACKETS = re.compile(r"\(\s{0,2}([A-Z0-9][\w&./-]{1,9}(?:\s[\w&./-]{1,6})?)\s{0,2}\)")
_LONG_IN_BRACKETS = re.compile(r"(?<![\w(.])([A-Z][\w&/-]{1,9})\s{1,2}\(\s{0,2}(?:the\s{1,3})?([A-Za-z][^()\"\n;:]{4,110})\)")


def acronym_definitions(view: View) -> Iterator[TermDraft]:
    """Yield unquoted short forms with their long forms, in both orders: "Food and Drug Administration (FDA)", "FDA (Food and …)"."""
    for match in _IN_BRACKETS.finditer(view.shadow):
        short = match.group(1)
        meaning = before_bracket(view, short, match.start()) if is_short_form(short) else None
        if meaning:
            yield _draft(view, match, meaning)
    for match in find_at(view, _LONG_IN_BRACKETS, _short_starts(view)):
        short, long = match.group(1), match.group(2).rstrip()
        if is_short_form(short) and long_form(short, long) == 0 and len(long.split()) <= min(len(short) + 5, 2 * len(short)):
            yield _draft(view, match, (match.start(2), match.start(2) + len(long)))


def _short_starts(view: View) -> list[int]:
    """Return the places right before a bracket at which a short form may begin."""
    shadow = view.shadow
    near = {at for bracket in view.places_of("(") for at in range(max(0, bracket - 12), bracket - 2)}
    return sorted(at for at in near if "A" <= shadow[at] <= "Z")


def _draft(view: View, match: re.Match[str], meaning: tuple[int, int]) -> TermDraft:
    term = view.text[match.start(1) : match.end(1)]
    return TermDraft(term, *match.span(1), match.start(), match.end(), "acronym-schwartz-hearst", 0.9, "", meaning, kind="acronym")
