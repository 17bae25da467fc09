"""The tables of the HTML page: scores, slices, errors as differences, regression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

_KINDS = ("boundary", "type", "missed", "spurious")


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, text: bool = False, sums: int = 0) -> str:
    """Return an HTML table; cells are escaped, but for those marked by ``_Markup``.

    Args:
        head: column names.
        rows: cells, turned to strings.
        text: align to the left, for words.
        sums: how many of the last rows are totals.
    """
    rows = list(rows)
    body = []
    for i, row in enumerate(rows):
        style = ' class="sum"' if i >= len(rows) - sums else ""
        body.append(f"<tr{style}>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>")
    heads = "".join(f"<th>{escape(name)}</th>" for name in head)
    style = ' class="text"' if text else ""
    return f"<table{style}><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"


class _Markup(str):
    """HTML that is not to be escaped again."""

    __slots__ = ()


def _cell(value: object) -> str:
    return value if isinstance(value, _Markup) else escape(str(value))


def _share(value: object) -> str:
    return f"{float(str(value)):.3f}"


def _interval(row: Mapping[str, Any]) -> str:
    return "–".join(f"{v:.3f}" for v in row["interval"]) if row.get("interval") else ""


def scores(row: Mapping[str, Any], *, kinds: bool = True) -> str:
    """Return precision, recall, F1 and interval by type or field, then micro and macro; with ``kinds`` the kinds of errors."""
    parts = row.get("types") or row.get("fields") or {}
    kinds = kinds and "errors" in row["micro"]
    lines = []
    for name, one in [*parts.items(), ("micro", row["micro"])]:
        line = [name, _share(one["precision"]), _share(one["recall"]), _share(one["f1"]), _interval(one), one["gold"]]
        lines.append([*line, *(one["errors"][kind] for kind in _KINDS)] if kinds else line)
    if "macro" in row:
        lines.append(["macro", "", "", _share(row["macro"]["f1"]), _interval(row["macro"]), "", *([""] * (len(_KINDS) if kinds else 0))])
    head = ("", "precision", "recall", "F1", "95 % interval", "gold", *(_KINDS if kinds else ()))
    return table(head, lines, sums=1 + ("macro" in row))


def slices(groupings: Mapping[str, Any]) -> str:
    """Return one table a grouping."""
    parts = []
    for grouping, groups in groupings.items():
        lines = [
            [name, g["documents"], g["micro"]["gold"], _share(g["micro"]["f1"]), _interval(g["micro"]), _share(g["macro"]["f1"])]
            for name, g in groups.items()
        ]
        parts.append(table((grouping, "documents", "gold", "micro F1", "95 % interval", "macro F1"), lines))
    return "".join(parts)


def _context(text: str) -> _Markup:
    """Return text around an error with the place marked."""
    return _Markup(escape(text).replace("⟦", "<mark>").replace("⟧", "</mark>"))


def span_errors(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return the wrong and missed spans."""
    lines = [
        [
            e["document"], e["start"], e["kind"], e["gold"]["type"] if e["gold"] else "", e["found"]["type"] if e["found"] else "",
            e["found"]["text"] if e["found"] else "", "" if e["score"] is None else _share(e["score"]), e["source"] or "",
            _context(e["context"]),
        ]
        for e in errors
    ]  # fmt: skip
    return table(("document", "at", "error", "labelled", "found", "text found", "score", "source", "around"), lines, text=True)


def fact_errors(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return the values that differ from the gold, as lines with - for missed and + for spurious ones."""
    lines: list[list[object]] = []
    for e in errors:
        lines += [[e["document"], e["field"], f"− {value}", "", "", "", ""] for value in e["missed"]]
        for given in e["spurious"]:
            score = _share(given["score"]) if given.get("score") is not None else ""
            at = ", ".join(f"{start}–{end}" for start, end in given.get("evidence", ())[:2])
            around = _context(given.get("context", ""))
            lines.append([e["document"], e["field"], f"+ {given['value']}", score, given.get("source") or "", at, around])
    return table(("document", "field", "difference", "score", "source", "evidence at", "around"), lines, text=True)


def changes(sets: Mapping[str, Any]) -> str:
    """Return F1 of each field then and now, and what became right or wrong in between."""
    fields, documents = list[list[object]](), list[list[object]]()
    for name, row in sets.items():
        for field, f in row["fields"].items():
            low, high = f["difference"]
            fields.append([name, field, _share(f["baseline"]), _share(f["candidate"]), f"{low:+.3f} to {high:+.3f}"])
        for kind in ("newly_right", "newly_wrong"):
            documents += [[name, kind.replace("_", " "), *one] for one in row[kind]]
    return table(("set", "field", "F1 before", "F1", "difference, 95 %"), fields) + table(
        ("set", "", "document", "field", "difference from the gold"), documents, text=True
    )


def regression(sets: Mapping[str, Any]) -> str:
    """Return what each set loses and gains."""
    lines = []
    for name, row in sets.items():
        if not row["documents"]:
            continue
        low, high = row["difference"]
        rate = f"{row['rate']:.1%}"
        figures = [_share(row["baseline"]), _share(row["candidate"]), f"{low:+.3f} to {high:+.3f}"]
        lines.append([name, row["documents"], *figures, row["right"], row["lost"], row["gained"], rate])
    head = ("set", "documents", "baseline F1", "F1", "difference, 95 %", "right before", "lost", "gained", "regression rate")
    return table(head, lines)
