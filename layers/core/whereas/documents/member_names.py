"""Names of a container's members as parts of object keys: without ways out of their folder, printable, short, each once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

MAX_BYTES: Final = 200
"""Longest path of a member: the version item lists all of them, and DynamoDB takes 400 KB an item."""

_DRIVE = re.compile(r"[A-Za-z]:")
_LITTER_FOLDERS = frozenset({"__MACOSX", ".git", ".svn"})
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def is_litter(name: str) -> bool:
    """Return whether a member is what an operating system leaves behind, no file of its user."""
    parts = _parts(name)
    return not parts or bool(_LITTER_FOLDERS.intersection(parts)) or parts[-1] in _LITTER or parts[-1].startswith("._")


def safe_path(name: str, taken: set[str]) -> str:
    """Return the path of a member below its container's folder, and note it as taken.

    Args:
        name: as the container has it: it may climb (``../``), start at a root or a drive, hold backslashes and control characters.
        taken: the paths of the members before; a second one of the same path gets a number.
    """
    path = _shortened("/".join(_parts(name)) or "member")
    pure, number, unique = PurePosixPath(path), 2, path
    while unique in taken:
        unique, number = str(pure.with_name(f"{pure.stem}~{number}{pure.suffix}")), number + 1
    taken.add(unique)
    return unique


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    printable = "".join(character if character.isprintable() else "_" for character in plain)
    parts = [part.strip() for part in printable.split("/")]
    if parts and _DRIVE.fullmatch(parts[0]):
        parts = parts[1:]
    return [part for part in parts if part not in {"", ".", ".."}]


def _shortened(path: str) -> str:
    if len(path.encode()) <= MAX_BYTES:
        return path
    # The hash keeps two long names apart that begin alike.
    pure = PurePosixPath(path)
    ending = f"~{hashlib.sha256(path.encode()).hexdigest()[:12]}{pure.suffix[:12]}"
    stem = pure.stem.encode()[: MAX_BYTES - len(ending.encode())].decode(errors="ignore")
    return stem + ending
