"""Which files a command line means, and under which keys they are uploaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from whereas.documents.extensions import EXTENSIONS
from whereas.errors import InvalidRequestError

SUFFIXES: Final = frozenset(EXTENSIONS) - {".md", ".dotx", ".ott"}
"""What is taken from a folder. A file that is named itself is taken whatever its name, as its content decides."""


def collect(arguments: Sequence[Path]) -> tuple[list[tuple[Path, str]], int]:
    """Return the files that the arguments name, each with its key, in the order given, and how many of the folders' files were passed over.

    A file's key is its name, a folder's file's its path below the folder; where two would be equal, the later one gets a number.

    Raises:
        InvalidRequestError: a path does not exist, or nothing is left.
    """
    found: list[tuple[Path, str]] = []
    skipped = 0
    for argument in arguments:
        if argument.is_dir():
            inside = sorted(path for path in argument.rglob("*") if path.is_file() and not _hidden(path.relative_to(argument)))
            wanted = [path for path in inside if path.suffix.lower() in SUFFIXES]
            skipped += len(inside) - len(wanted)
            found += [(path, path.relative_to(argument).as_posix()) for path in wanted]
        elif argument.exists():
            found.append((argument, argument.name))
        else:
            raise InvalidRequestError(f"{argument} does not exist")
    if not found:
        raise InvalidRequestError(f"no file to process: the folders hold none that ends in {', '.join(sorted(SUFFIXES))}")
    return _unique(found), skipped


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _unique(found: Iterable[tuple[Path, str]]) -> list[tuple[Path, str]]:
    taken: set[str] = set()
    result = []
    for path, key in found:
        number, unique = 2, key
        while unique in taken:
            unique, number = f"{number}/{key}", number + 1
        taken.add(unique)
        result.append((path, unique))
    return result
