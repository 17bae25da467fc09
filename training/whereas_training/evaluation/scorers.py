"""The document-level scorers of a folder outside this repository (``cuad.py``, ``kleister.py``, ``normalize.py``), and what they compare.

They say what a gold answer's comparable values are and which values a record gives; counting, intervals and errors are ours.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

_MODULES = ("normalize", "kleister", "cuad")
Values = dict[str, Counter[str] | None]
"""Comparable values by field; None takes the document out of that field."""


class Scorer(Protocol):
    """Turns gold answers and records of one data set into comparable values."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in the scorer's order."""
        ...

    def gold(self, answers: Any) -> Values:
        """Return the values that lawyers or annotators gave."""
        ...

    def given(self, contract: Mapping[str, Any]) -> Values:
        """Return the values of a public record's ``contract``."""
        ...


@dataclass(frozen=True, slots=True)
class CuadScorer:
    """CUAD's fields by ``cuad.py``."""

    module: Any

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in the scorer's order."""
        return tuple(self.module.FIELDS)

    def gold(self, answers: Any) -> Values:
        """Return the comparable values of the lawyers' answers."""
        found = {field: self.module.gold_values(field, answers) for field in self.fields}
        return {field: None if values is None else Counter(values) for field, values in found.items()}

    def given(self, contract: Mapping[str, Any]) -> Values:
        """Return the comparable values of a record's ``contract``."""
        return {field: Counter(self.module.given_values(field, contract)) for field in self.fields}

    def oracle(self, answers: Mapping[str, str], names: list[str]) -> Values:
        """Return what the lawyers' own answers score when given in the record's shape; ``names`` are those of the parties."""
        contract: dict[str, Any] = {"parties": [{"name": name} for name in names]}
        contract["governing_law"] = [{"value": place.strip()} for place in answers.get("governing_law", "").split(";") if place.strip()]
        for field in self.module.DATES:
            contract[field] = {"value": self.module.iso_date(answers.get(field))}
        for field in self.module.DURATIONS:
            contract[field] = {"value": _iso(self.module.words_duration(answers.get(field)))}
        return self.given(contract)


def _iso(length: str | None) -> str | None:
    """Return '12 month' as P12M."""
    number, _, unit = (length or "").partition(" ")
    return f"P{number}{unit[:1].upper()}" if unit in {"month", "day"} else None


@dataclass(frozen=True, slots=True)
class KleisterScorer:
    """Kleister-NDA's keys by ``kleister.py``."""

    module: Any

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys in the scorer's order."""
        return tuple(self.module.KEYS)

    def gold(self, answers: Any) -> Values:
        """Return the comparable values of a document's ``key=value`` pairs."""
        return self._by_key(self.module.gold_pairs(answers))

    def given(self, contract: Mapping[str, Any]) -> Values:
        """Return the comparable values of a record's ``contract``."""
        return self._by_key(self.module.output_pairs(contract))

    def _by_key(self, pairs: Counter[tuple[str, str]]) -> Values:
        found: Values = {field: Counter() for field in self.fields}
        for (key, value), times in pairs.items():
            if isinstance(values := found.get(key), Counter):
                values[value] += times
        return found


def load(folder: Path) -> tuple[CuadScorer, KleisterScorer]:
    """Import the scorers of a folder.

    Raises:
        ImportError: one of them is not there.
    """
    sys.path.insert(0, str(folder.resolve()))
    try:
        modules = {name: importlib.import_module(name) for name in _MODULES}
    finally:
        sys.path.remove(str(folder.resolve()))
        # Their names are common words: nobody else shall import them by chance.
        for name in _MODULES:
            sys.modules.pop(name, None)
    return CuadScorer(modules["cuad"]), KleisterScorer(modules["kleister"])


def fragments(contract: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Mapping[str, Any]]]:
    """Yield each fact or party of a record's ``contract``, alone in a contract of its own, with itself."""
    for field, content in contract.items():
        for part in content if isinstance(content, list) else [content]:
            if isinstance(part, Mapping):
                yield {field: [part] if isinstance(content, list) else part}, part
