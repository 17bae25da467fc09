"""``whereas demo``: sample contracts made, run through the stack, shown, and where to look next."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from whereas_local.processing import Result, process, write_json
from whereas_local.report import render_report
from whereas_local.samples import generate
from whereas_local.stack import TEMPLATE
from whereas_local.summary import print_summary


def demonstrate(out: Path, *, jobs: int | None = None, template: Path = TEMPLATE, console: Console | None = None) -> Result:
    """Generate the samples into ``out/samples``, process them, and write ``records.jsonl`` and ``report.html`` beside.

    Args:
        out: folder for all of it; made if need be.
        jobs: function calls at a time; None for one a processor core.
        template: the template to run.
        console: where the summary goes; standard output by default.
    """
    console = console or Console()
    console.print("Writing sample contracts ...", style="dim")
    samples = generate(out / "samples")
    result = process(
        [(sample.path, sample.path.name) for sample in samples],
        console=console,
        jobs=jobs,
        template=template,
        log=out / "functions.log",
        with_texts=True,
        with_images=True,
    )
    write_json(result.records, out / "records.jsonl")
    render_report(result.records, result.texts, out / "report.html", images=result.images)
    outputs: dict[str, Path | str] = {
        "Report": out / "report.html",
        "Records": out / "records.jsonl",
        "What went in": out / "samples",
        "Your own files": "whereas process FILES --html report.html",
        "A stack that stays": "whereas up",
    }
    print_summary(result.records, console, outputs=outputs)
    return result
