"""Mentions that follow from their form alone: addresses on the net and on paper, references, identifiers, laws, definitions.

Every repetition is bounded, so that the work is linear in the length of the text. RULES_VERSION is part of a record's
lineage: raise it with every change of any rule in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from whereas.resolution.addresses import find_addresses
from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.dates import find_dates
from whereas.resolution.durations import find_durations
from whereas.resolution.identifiers import find_identifiers
from whereas.resolution.money import find_money, find_percentages, find_quantities
from whereas.resolution.references import find_references
from whereas.resolution.statutes import find_laws
from whereas.resolution.view import View

RULES_VERSION: Final = "1.2.0"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@-])")
_URL = re.compile(
    r"(?<![\w@/.])(?:(?:https?|ftp)://[^\s<>\"'()]{3,300}|(?:www\.)(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?:/[^\s<>\"'()]{0,200})?)",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w.$/-])(?:\+\d{1,3}[\s.-]{0,2}(?:\(\d{1,4}\)[\s.-]{0,2})?\d{1,4}(?:[\s.-]{1,2}\d{2,4}){1,4}"
    r"|\(\d{3}\)[\s.-]{0,2}\d{3}[\s.-]{1,2}\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\d/-])"
)
_DEFINED = re.compile(r"\"([A-Za-z0-9][^\"\n]{0,78}?)[,.]?\"")
_DEFINING_BEFORE = re.compile(
    r"\((?:[^()\"]{0,80}[\s,])?\Z|(?:hereinafter|hereafter|herein|the\s{1,3}term|referred\s{1,3}to\s{1,3}as|called|"
    r"known\s{1,3}as|defined\s{1,3}as|as|collectively|individually|or|and)\s{0,3}"
    r"(?:the\s{1,3}|a\s{1,3}|an\s{1,3})?\Z",
    re.I,
)
_DEFINING_AFTER = re.compile(
    r"\s{0,3}(?:\)|,?\s{0,2}(?:shall\s{1,3}|will\s{1,3})?(?:means?|includes?|refers?|has\s{1,3}the\s{1,3}meaning|"
    r"have\s{1,3}the\s{1,3}meaning)\b)",
    re.I,
)


def _plain(
    pattern: re.Pattern[str], kind: str, rule: str, score: float, normal: Callable[[str], str]
) -> Callable[[View], Iterator[Candidate]]:
    def find(view: View) -> Iterator[Candidate]:
        for match in pattern.finditer(view.shadow):
            end = match.end()
            while view.shadow[end - 1] in ".,;:" and kind == "URL":
                end -= 1
            yield Candidate(kind, match.start(), end, normal(view.shadow[match.start() : end]), rule, score)

    return find


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _phone(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)


def _definitions(view: View) -> Iterator[Candidate]:
    for match in _DEFINED.finditer(view.shadow):
        before = view.shadow[max(0, match.start() - 100) : match.start()]
        if _DEFINING_BEFORE.search(before) or _DEFINING_AFTER.match(view.shadow, match.end()):
            yield Candidate("DEFINED_TERM", match.start(1), match.end(1), _spaced(match.group(1)), "definition", 0.93)


_FINDERS: tuple[Callable[[View], Iterator[Candidate]], ...] = (
    _plain(_EMAIL, "EMAIL", "email", 0.99, str.lower),
    _plain(_URL, "URL", "url", 0.98, str),
    _plain(_PHONE, "PHONE", "phone", 0.9, _phone),
    find_addresses,
    find_references,
    find_laws,
    find_identifiers,
    _definitions,
)


def find_mentions(view: View) -> list[Candidate]:
    """Return every rule mention of the text, sorted by start; within a type none overlap, across types they may."""
    found = [c for find in _FINDERS for c in drop_overlaps(list(find(view)))]
    for find_values in (find_dates, find_durations, find_money, find_percentages, find_quantities):
        found += find_values(view)
    return sorted(found, key=lambda c: (c.start, -c.end, c.type))
