"""What a function may import: the standard library, the Lambda runtime, and what its layers are locked to.

Everything is installed side by side here, so a function that imports what its layers lack would work on this machine and
fail in Lambda. ``confine`` makes it fail here too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Final

RUNTIME: Final = frozenset({"boto3", "botocore", "s3transfer", "jmespath", "urllib3", "python-dateutil", "six"})
"""Distributions that come with Lambda's Python (Lambda Developer Guide, "Runtime-included SDK versions")."""


class _Confinement(MetaPathFinder):
    """Refuses top-level packages of distributions that are not allowed; knows nothing of the rest."""

    def __init__(self, allowed: frozenset[str], owners: Mapping[str, Sequence[str]]) -> None:
        self._allowed = allowed
        self._owners = owners

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if path is not None or name in sys.stdlib_module_names:
            return None
        owners = {normal(owner) for owner in self._owners.get(name, ())}
        if owners and not owners & self._allowed:
            raise ModuleNotFoundError(f"{name} is in none of the function's layers", name=name)
        return None


def confine(layers: Sequence[Path], function: Path) -> None:
    """Keep this process from importing, from now on, what the layers and the function's own requirements do not hold."""
    sys.meta_path.insert(0, _Confinement(allowed(layers, function), owners()))


def allowed(layers: Sequence[Path], function: Path) -> frozenset[str]:
    """Return the distributions that a function finds in Lambda; ``layers`` are folders beside which ``requirements`` lies."""
    locks = [layer.parents[1] / "requirements" / f"{layer.name}.lock" for layer in layers]
    found = {"whereas"} | RUNTIME
    for path in [*locks, function / "requirements.txt"]:
        if path.is_file():
            found |= {normal(match) for match in re.findall(r"^([A-Za-z0-9._-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)}
    return frozenset(found)


@cache
def owners() -> Mapping[str, Sequence[str]]:
    """Return the distributions that each importable name belongs to."""
    return packages_distributions()


def normal(name: str) -> str:
    """Return a distribution's name as the index writes it (PyPA, "Name normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()
