"""Lists of known bodies, such as a company's vendors or the LEI register, and the id that such a list gives a name.

An ``Authority`` answers for names; ``CsvAuthority`` reads a table of any size that fits in memory. Columns by default: ``name``, ``id``
and, if there is one, ``aliases``, several of them parted by ``|``. The register of legal entity identifiers is read the same way: of
the GLEIF's "LEI-CDF concatenated file" as CSV the name stands in ``Entity.LegalName`` and the id in ``LEI`` (GLEIF, "Access and Use LEI
Data"): ``Columns(name="Entity.LegalName", id="LEI", aliases="Entity.OtherEntityNames.OtherEntityName.1")``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from whereas.errors import InvalidRequestError
from whereas.resolution.linking.blocking import blocks
from whereas.resolution.linking.similarity import similarity
from whereas.resolution.parties.names import normalise_name

LIKELY: Final = 0.92
"""From here on a name that is no exact match takes an authority's id: above ``similarity.LINK``, as nobody looks at it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns are called."""

    name: str = "name"
    id: str = "id"
    aliases: str = "aliases"


@dataclass(frozen=True, slots=True)
class Known:
    """What an authority knows of a name: its own id, the name as it lists it, how alike the two are, and why."""

    id: str
    name: str
    score: float
    reason: str


class Authority(Protocol):
    """Knows bodies by name."""

    def find(self, name: str) -> Known | None:
        """Return the one body that a name means, None where there is none or several are as likely."""


class CsvAuthority:
    """A list of known bodies in memory, indexed by normalised name and by block."""

    def __init__(self, rows: Iterable[Mapping[str, str | None]], *, columns: Columns | None = None) -> None:
        self._exact: dict[str, dict[str, str]] = {}
        self._blocks: dict[str, list[tuple[str, str]]] = {}
        self._columns = columns or Columns()
        for row in rows:
            self._add(row)

    def find(self, name: str) -> Known | None:
        """Return the body of this normalised name, or else the likeliest above ``LIKELY``; None where two are as likely."""
        exact = self._exact.get(normalise_name(name), {})
        if exact:
            return Known(*next(iter(exact.items())), 1.0, "same name") if len(exact) == 1 else None
        pool = {entry for block in blocks(name) for entry in self._blocks.get(block, ())}
        scored = sorted(((similarity(name, listed), id, listed) for id, listed in pool), key=lambda one: (-one[0].score, one[1:]))
        likely = [one for one in scored if one[0].score >= LIKELY]
        if not likely or any(one[1] != likely[0][1] and one[0].score == likely[0][0].score for one in likely):
            return None
        best, id, listed = likely[0]
        return Known(id, listed, best.score, best.reason)

    def _add(self, row: Mapping[str, str | None]) -> None:
        id, name = ((row.get(column) or "").strip() for column in (self._columns.id, self._columns.name))
        if not id or not name:
            return
        for spelled in (name, *(alias.strip() for alias in (row.get(self._columns.aliases) or "").split("|"))):
            if spelled and (key := normalise_name(spelled)):
                self._exact.setdefault(key, {}).setdefault(id, name)
                for block in blocks(spelled):
                    self._blocks.setdefault(block, []).append((id, spelled))


def read_authority(path: Path, *, columns: Columns | None = None) -> CsvAuthority:
    """Read a list of known bodies from a CSV file in UTF-8.

    Raises:
        InvalidRequestError: the file is not there, no CSV in UTF-8, or lacks the column of names or of ids.
    """
    wanted = columns or Columns()
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            missing = {wanted.name, wanted.id} - set(reader.fieldnames or ())
            if missing:
                raise InvalidRequestError(
                    f"{path.name} has no column {', '.join(sorted(missing))}; found {', '.join(reader.fieldnames or ())}"
                )
            return CsvAuthority(reader, columns=wanted)
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise InvalidRequestError(f"{path.name} could not be read as CSV in UTF-8 ({type(exc).__name__})") from exc
