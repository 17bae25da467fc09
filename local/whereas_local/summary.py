"""The console's account of what became of each contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from whereas_local.contract_rows import contract_rows
from whereas_local.formatting import fact_words, type_name

_WARNINGS_SHOWN = 5
_FRAME = 6 + 15  # columns that the panel's border and padding and the widest label with its gap take
_INFORMATION = frozenset({"running_lines_dropped", "blank_page"})
"""Warning codes that tell what was done and ask nothing of a person; the record has them."""


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2), expand=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _reading_words(document: Mapping[str, Any]) -> str:
    """Say how many pages were read and how: ``9 pages, 4 by OCR and 5 from the text layer``."""
    pages, scanned = document.get("pages"), document.get("ocr_pages") or 0
    if pages is None:
        return "no pages in this format"
    unit = f"{pages} page" + ("" if pages == 1 else "s")
    if document.get("media_type") not in {None, "application/pdf"} and not scanned:
        return f"{unit}, read from the file's text"
    if scanned == 0:
        return f"{unit}, all from the text layer"
    return f"{unit}, all by OCR" if scanned == pages else f"{unit}, {scanned} by OCR and {pages - scanned} from the text layer"


def _ocr_reasons(pages: Sequence[Mapping[str, Any]]) -> str:
    """Say why pages of a PDF were recognised rather than read: `` (no text layer 3, poor ocr layer 1)``."""
    reasons = Counter(page["reason"] for page in pages if page["source"] == "ocr" and page["reason"] != "image")
    named = ", ".join(f"{reason.replace('_', ' ')} {count}" for reason, count in reasons.most_common())
    return f" ({named})" if named else ""


def _machine_rows(record: Mapping[str, Any]) -> Iterator[tuple[str, RenderableType]]:
    """Yield what was done to make the record: counts, reading, times, versions, warnings."""
    counts = Counter(item["type"] for item in record.get("entities") or [])
    if counts:
        yield "Entities", Text(f"{counts.total()}: " + ", ".join(f"{type_name(name)} {count}" for name, count in counts.most_common()))
    yield "Read", Text(_reading_words(record["document"]) + _ocr_reasons(record.get("pages_read") or ()))
    stages = (record.get("run") or {}).get("stages") or {}
    if stages:
        yield "Time", Text(", ".join(f"{name} {timing['ms'] / 1000:.2f} s" for name, timing in stages.items()))
    lineage = record.get("lineage") or {}
    model = lineage.get("model")
    if model:
        yield "Model", Text(f"{model['name']} {model['version']} ({model['sha256'][:12]}), pipeline {lineage.get('pipeline')}")
    warnings = [warning for warning in record["document"].get("warnings") or [] if warning["code"] not in _INFORMATION]
    for index, warning in enumerate(warnings[:_WARNINGS_SHOWN]):
        page = f", page {warning['page']}" if warning.get("page") else ""
        yield "Warnings" if not index else "", Text(f"{warning['code']}{page}: {warning['message']}", style="yellow")
    if len(warnings) > _WARNINGS_SHOWN:
        yield "", Text(f"and {len(warnings) - _WARNINGS_SHOWN} more in the record", style="yellow")


def _complete_panel(record: Mapping[str, Any], width: int) -> Panel:
    contract = record.get("contract") or {}
    title = fact_words(contract.get("title")) or "no title found"
    facts, machine = _grid(), _grid()
    for label, value in contract_rows(contract, width - _FRAME):
        facts.add_row(label, value)
    for label, value in _machine_rows(record):
        machine.add_row(label, value)
    return Panel(
        Group(facts, Text(), machine),
        title=Text.assemble((title, "bold"), ("  " + record["document"]["source"], "dim")),
        title_align="left",
        border_style="green",
        box=box.ROUNDED,
        padding=(1, 2),
    )


def is_container(record: Mapping[str, Any]) -> bool:
    """Return whether the record is that of an archive or message whose files have records of their own."""
    return record["document"]["status"] == "COMPLETE" and record["document"].get("members") is not None


def _container_line(record: Mapping[str, Any]) -> Text:
    """Say how many files of a container were taken, and of each other one why not."""
    document = record["document"]
    refused = [member for member in document["members"] if member["status"] == "REFUSED"]
    text = Text.assemble(
        (document["source"], "bold"), f": {len(document['members']) - len(refused)} of {len(document['members'])} files taken"
    )
    for member in refused[:_WARNINGS_SHOWN]:
        name = str(member["key"]).removeprefix(f"{document['source']}.parts/")
        text.append(f"\n  {name}: {member['reason']['code']}: {member['reason']['message']}", style="yellow")
    if len(refused) > _WARNINGS_SHOWN:
        text.append(f"\n  and {len(refused) - _WARNINGS_SHOWN} more in the record", style="yellow")
    return text


def _quarantine_panel(records: Sequence[Mapping[str, Any]]) -> Panel:
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    table.add_column("File", overflow="fold", ratio=2)
    table.add_column("Reason", no_wrap=True)
    table.add_column("What to do", overflow="fold", ratio=4)
    for record in records:
        reason = record["document"].get("reason") or {"code": "unknown", "message": "See the log of the stage that stopped it."}
        page = f" p. {reason['page']}" if reason.get("page") else ""
        table.add_row(Text(record["document"]["source"]), Text(reason["code"] + page, style="red"), Text(reason["message"]))
    title = f"{len(records)} quarantined: the originals are kept"
    return Panel(table, title=title, title_align="left", border_style="red", box=box.ROUNDED, padding=(1, 2))


def _totals(records: Sequence[Mapping[str, Any]]) -> Text:
    states = Counter(record["document"]["status"] for record in records)
    pages = sum(record["document"].get("pages") or 0 for record in records)
    entities = sum(len(record.get("entities") or []) for record in records)
    text = Text(f"{states['COMPLETE']} of {len(records)} documents complete", style="bold")
    text.append(f", {pages} pages, {entities} entities", style="not bold")
    for status, style in (("QUARANTINED", "red"), ("PROCESSING", "yellow")):
        if states[status]:
            text.append(f", {states[status]} {status.lower()}", style=style)
    return text


def print_summary(records: Sequence[Mapping[str, Any]], console: Console, *, outputs: Mapping[str, Path | str] | None = None) -> None:
    """Print a panel for each contract, the quarantined documents with their reasons, and where to look next.

    Args:
        records: public records in the order in which they are shown.
        console: where to; its width decides the wrapping, and text of documents is never taken as markup.
        outputs: what was written and what to do next, label to path, address or command.
    """
    for record in records:
        if is_container(record):
            console.print(_container_line(record))
        elif record["document"]["status"] == "COMPLETE":
            console.print(_complete_panel(record, console.width))
    waiting = [record for record in records if record["document"]["status"] == "PROCESSING"]
    for record in waiting:
        console.print(Text(f"{record['document']['source']} is still being processed.", style="yellow"))
    quarantined = [record for record in records if record["document"]["status"] == "QUARANTINED"]
    if quarantined:
        console.print(_quarantine_panel(quarantined))
    console.print(_totals(records))
    if outputs:
        grid = _grid()
        for label, target in outputs.items():
            grid.add_row(label, Text(str(target), style="cyan"))
        console.print(Text("Where to look next", style="bold"))
        console.print(grid)
