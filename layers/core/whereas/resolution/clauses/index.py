"""The sections of one contract by their numbers: built once, so that a thousand references stay linear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from whereas.resolution.view import View
from whereas.types import Section

ANNEXES = {
    "schedule": "schedule",
    "exhibit": "exhibit",
    "annex": "annex",
    "annexure": "annex",
    "appendix": "appendix",
    "appendice": "appendix",
    "attachment": "attachment",
}
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {name: value for value, name in enumerate(_NAMES, 1)}
_MAX_RANGE = 40


def ordinal(number: str) -> str:
    """Return an article's number in figures: "4" for "IV", "4", "Four"; the number itself where it is none of these."""
    low = number.lower()
    if low in _WORDS:
        return str(_WORDS[low])
    if low and all(letter in _ROMAN for letter in low):
        values = [_ROMAN[letter] for letter in low]
        return str(sum(-v if v < max(values[at:]) else v for at, v in enumerate(values)))
    return low


def plain(number: str) -> str:
    """Return a decimal number without zeros that say nothing: "4.2" for "4.02", "4" for "4.0"."""
    return ".".join(part.lstrip("0") or "0" for part in number.removesuffix(".0").split("."))


class ClauseIndex:
    """Looks sections up by number, within the annex that holds them (None: the body of the contract)."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._by_id = {section.section_id: section for section in view.sections}
        self._keys: dict[tuple[str | None, str], str] = {}
        self._items: dict[tuple[str | None, str], str] = {}
        self._scopes: dict[str, str | None] = {}
        for section in view.sections:
            self._add(section)

    def _add(self, section: Section) -> None:
        kind, _, rest = (section.number or "").partition(" ")
        parent_scope = self._scopes.get(section.parent_id) if section.parent_id else None
        annex = kind.lower() in ANNEXES
        self._scopes[section.section_id] = section.section_id if annex else parent_scope
        if not section.number:
            return
        if annex:
            self._keys.setdefault((None, f"{ANNEXES[kind.lower()]} {rest.upper()}"), section.section_id)
        elif kind == "Article" and rest:
            self._keys.setdefault((parent_scope, f"article {ordinal(rest)}"), section.section_id)
        elif _DECIMAL.fullmatch(section.number) and not self._is_nested(section):
            self._keys.setdefault((parent_scope, section.number), section.section_id)
            self._keys.setdefault((parent_scope, plain(section.number)), section.section_id)
        else:
            token = section.number.strip("().[]").rpartition(".")[2]
            self._items.setdefault((section.parent_id, token), section.section_id)
            if section.level == 1:
                self._keys.setdefault((parent_scope, f"item {token}"), section.section_id)

    def _is_nested(self, section: Section) -> bool:
        """Say whether a figure counts a list inside a clause of its own number: "1." in "(a)" is no section 1."""
        parent = self._by_id.get(section.parent_id or "")
        return "." not in (section.number or "") and bool(parent and parent.number and parent.number.startswith("("))

    def scope_at(self, position: int) -> str | None:
        """Return the id of the annex that holds ``position``, None in the body."""
        section = self._view.section_at(position)
        return self._scopes[section.section_id] if section else None

    def find(self, key: str, scope: str | None) -> str | None:
        """Return the section of a key ("4.2", "article 4", "exhibit A") in the annex ``scope``, else in the body."""
        return self._keys.get((scope, key)) or (self._keys.get((None, key)) if scope else None)

    def child(self, parent_id: str | None, token: str) -> str | None:
        """Return the list item ``token`` ("a", "ii") right under a section."""
        return self._items.get((parent_id, token))

    def around(self, position: int) -> Iterator[Section]:
        """Yield the sections that hold ``position``, innermost first."""
        section = self._view.section_at(position)
        while section:
            yield section
            section = self._by_id.get(section.parent_id or "")

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """Return two sections and those of their level between them, in text order; no more than forty."""
        start, end = self._order[first], self._order[last]
        level = self._by_id[first].level
        inner = self._view.sections[start : end + 1] if start < end else ()
        same = tuple(s.section_id for s in inner if s.level == level)
        return same if 0 < len(same) <= _MAX_RANGE and same[-1] == last else (first, last)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {section.section_id: at for at, section in enumerate(self._view.sections)}


def unique(ids: Sequence[str | None]) -> tuple[str, ...]:
    """Return the ids without repeats and blanks, in order."""
    return tuple(dict.fromkeys(found for found in ids if found))
