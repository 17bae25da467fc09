"""What ``whereas query`` prints: tables for people, JSON lines for programs."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from whereas_local.formatting import type_name, value_words

Row = Mapping[str, Any]


def print_json(rows: Iterable[Row], *, limit: int | None) -> int:
    """Write one JSON object a line to standard output; return how many there were."""
    count = 0
    for row in itertools.islice(rows, limit):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def print_documents(rows: Iterable[Row], console: Console, *, limit: int | None) -> int:
    """Print documents as the API lists them; return how many there were."""
    table = _table("Document", "File", "Status", "Title", "Parties", "Effective", "Expires", "Notice by")
    count = 0
    for row in itertools.islice(rows, limit):
        document, summary = row["document"], row.get("summary") or {}
        parties = "\n".join(party["name"] for party in summary.get("parties", []))
        dates = [summary.get(name) or "" for name in ("effective_date", "expiration_date", "notice_deadline")]
        _add(table, document["document_id"], document["source"], _status(row), summary.get("title") or "", parties, *dates)
        count += 1
    _show(table, count, console, what="document")
    return count


def print_entities(rows: Iterable[Row], console: Console, *, limit: int | None) -> int:
    """Print entities of one document; return how many there were."""
    table = _table("Type", "Text", "Value", "Page", "Offsets", "Score", "Source")
    count = 0
    for row in itertools.islice(rows, limit):
        normalized = row.get("normalized")
        value = value_words(normalized) if normalized is not None else ""
        offsets = f"{row['start']}–{row['end']}"
        _add(table, type_name(row["type"]), row["text"], value, str(row["page"] or ""), offsets, f"{row['score']:.2f}", row["source"])
        count += 1
    _show(table, count, console, what="entity", plural="entities")
    return count


def _status(row: Row) -> str:
    """Return the status of the latest version, and its reason; what is shown beside may be an earlier one's results."""
    latest = row.get("latest") or row["document"]
    reason = latest.get("reason")
    return f"{latest['status']} ({reason['code']})" if reason else str(latest["status"])


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "Document")
    return table


def _add(table: Table, *cells: str) -> None:
    """Add a row; what documents say is never taken for markup."""
    table.add_row(*map(Text, cells))


def _show(table: Table, count: int, console: Console, *, what: str, plural: str | None = None) -> None:
    if count:
        console.print(table)
    console.print(f"{count} {what if count == 1 else plural or what + 's'}", style="dim")
