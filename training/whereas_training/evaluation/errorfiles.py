"""Every value that differs from the gold, in one text file a set: expected, found, and where the found one was read.

The files quote the documents: they are for the folder of results, which is not committed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_LEGEND = "- expected, not found    + found, not expected    = found as expected"


def write_errors(documents: Mapping[str, Mapping[str, Any]], folder: Path) -> list[Path]:
    """Write ``errors-<set>.txt`` for each set of ``documents.document_scores`` and return the files.

    Those of an earlier run go first: of a set that is not measured now they would tell what no longer holds.
    """
    for old in folder.glob("errors-*.txt"):
        old.unlink()
    written = []
    for name, row in documents.items():
        path = folder / f"errors-{name}.txt"
        path.write_text("\n".join(lines(name, row)) + "\n", encoding="utf-8")
        written.append(path)
    return written


def lines(name: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of one set's file."""
    errors = row["errors"]
    yield f"{name}: {len(errors)} fields differ from the gold, in {len({e['document'] for e in errors})} of {row['documents']} documents."
    yield _LEGEND
    for error in errors:
        yield ""
        yield from difference(error)


def difference(error: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of one field of one document; ``error`` is one of ``facts.errors``."""
    yield f"@@ {error['document']}  {error['field']}"
    yield from (f"= {value}" for value in error["right"])
    yield from (f"- {value}" for value in error["missed"])
    if not (error["right"] or error["spurious"]):
        yield "    nothing was found"
    for given in error["spurious"]:
        yield f"+ {given['value']}"
        yield from (f"    {line}" for line in _evidence(given))


def _evidence(given: Mapping[str, Any]) -> Iterator[str]:
    if given.get("score") is None:
        yield "given by several facts together"
        return
    decided, proposed = given["source"], given.get("rule")
    by = decided if decided == f"rule:{proposed}" or not proposed else f"{decided}, proposed by {proposed}"
    at = ", ".join(f"{start}–{end}" for start, end in given["evidence"])
    yield f"score {given['score']:.3f}, {by}, at {at or 'no place'}"
    if given.get("derivation"):
        yield given["derivation"]
    if given["context"]:
        yield f"… {given['context']} …"
