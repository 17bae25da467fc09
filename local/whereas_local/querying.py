"""What ``whereas query`` prints: a few lines a hit for people, JSON lines for programs.

What documents say is printed as it is, never taken for markup, and long lines are left to the terminal, so that a pipe gets them whole.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from whereas_local.formatting import date_words, type_name, value_words

Row = Mapping[str, Any]

_DATES: Final = (
    ("agreement_date", "agreed"),
    ("effective_date", "effective"),
    ("expiration_date", "expires"),
    ("notice_deadline", "notice by"),
)


def print_json(rows: Iterable[Row], *, limit: int | None) -> int:
    """Write one JSON object a line to standard output; return how many there were."""
    count = 0
    for row in itertools.islice(rows, limit):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def print_documents(rows: Iterable[Row], console: Console, *, limit: int | None) -> int:
    """Print documents as the API lists them, a few lines each; return how many there were."""
    count = 0
    for row in itertools.islice(rows, limit):
        for line in _document_lines(row):
            console.print(line, soft_wrap=True)
        count += 1
    _tell(console, count, what="document")
    return count


def print_entities(rows: Iterable[Row], console: Console, *, limit: int | None) -> int:
    """Print entities of one document, a line each; return how many there were."""
    count, kind = 0, None
    for row in itertools.islice(rows, limit):
        if row["type"] != kind:
            kind = row["type"]
            console.print(Text(type_name(kind), style="bold"))
        console.print(_entity_line(row), soft_wrap=True)
        count += 1
    _tell(console, count, what="entity", plural="entities")
    return count


def _document_lines(row: Row) -> Iterator[Text]:
    """Yield what a list says of one document: its file and title, its id and status, its parties, its dates."""
    document, summary = row["document"], row.get("summary") or {}
    yield Text.assemble((document["source"], "bold"), f"  {summary['title']}" if summary.get("title") else "")
    yield Text(f"  {document['document_id']}  {_status(row)}", style="dim")
    parties = [party["name"] + (f" ({', '.join(party['roles'])})" if party.get("roles") else "") for party in summary.get("parties", [])]
    if parties:
        yield Text("  " + "; ".join(parties))
    dates = [f"{label} {date_words(summary[name])}" for name, label in _DATES if summary.get(name)]
    if dates:
        yield Text("  " + ", ".join(dates))


def _entity_line(row: Row) -> Text:
    normalized = row.get("normalized")
    value = value_words(normalized) if normalized is not None else ""
    page = f"page {row['page']}, " if row.get("page") else ""
    line = Text.assemble("  ", " ".join(row["text"].split()))
    if value and value != row["text"]:
        line.append(f" = {value}")
    return line.append(f"  {page}{row['start']}–{row['end']}, {row['score']:.2f} {row['source']}", style="dim")


def _status(row: Row) -> str:
    """Return the status of the latest version, and its reason; what is shown beside may be an earlier one's results."""
    latest = row.get("latest") or row["document"]
    reason = latest.get("reason")
    return f"{latest['status']} ({reason['code']})" if reason else str(latest["status"])


def _tell(console: Console, count: int, *, what: str, plural: str | None = None) -> None:
    console.print(f"{count} {what if count == 1 else plural or what + 's'}", style="dim")
