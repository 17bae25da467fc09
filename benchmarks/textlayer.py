"""Pages a second of reading text layers, and of cleanup: sample contracts and, where there are any, real ones.

    .venv/bin/python benchmarks/textlayer.py [--documents 12] [--data ../shared/data] [--rounds 20] [--results FOLDER]

One process, one thread. The conditions take turns in every round, in an order that changes, so that a machine that slows down hits all
of them; medians over the rounds, in seconds of CPU and by the clock. Real contracts are a seeded choice of those that need no OCR at all,
read whole. pdfium's bare text, without boxes, lines or order, is what the layer costs at the least. Results: ``reading-textlayer.json``
and ``reading-textlayer.png``.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "local")]

import matplotlib as mpl  # noqa: E402
import pypdfium2 as pdfium  # noqa: E402
from pages import documents, samples  # noqa: E402

from whereas.reading import OcrOptions, find_ocr, read_pages  # noqa: E402
from whereas.reading.cleanup import clean  # noqa: E402
from whereas.settings import DEFAULT_LIMITS  # noqa: E402
from whereas.types import MediaType, PageText  # noqa: E402

SAMPLES = 6
_MAX_PAGES = 40


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing measured: ``run`` does ``pages`` pages."""

    name: str
    pages: int
    run: Callable[[], object]


def read(content: bytes, ocr: OcrOptions) -> list[PageText]:
    """Read a whole PDF."""
    return list(read_pages(content, MediaType.PDF, first=1, last=DEFAULT_LIMITS.max_pages, limits=DEFAULT_LIMITS, ocr=ocr))


def bare(content: bytes) -> list[str]:
    """Return what pdfium alone gives: characters in file order, no boxes, no lines."""
    document = pdfium.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def born_digital(data: Path, count: int, ocr: OcrOptions) -> list[bytes]:
    """Return real contracts of moderate length whose every page has a sound text layer; none where there is no data."""
    if not any(data.glob("*/pdf/*.pdf")):
        return []
    whole = (content for _, content in documents(data) if sum(map(len, texts := bare(content))) > 0 and len(texts) <= _MAX_PAGES
             and min(map(len, texts)) and all(page.source == "text_layer" for page in read(content, ocr)))  # fmt: skip
    return list(islice(whole, count))


def conditions(name: str, contents: Sequence[bytes], ocr: OcrOptions) -> list[Condition]:
    """Return what is measured of some contracts."""
    pages = [read(content, ocr) for content in contents]
    count = sum(map(len, pages))
    return [
        Condition(f"{name}: pdfium, bare text", count, lambda: [bare(content) for content in contents]),
        Condition(f"{name}: text layer with boxes", count, lambda: [read(content, ocr) for content in contents]),
        Condition(f"{name}: cleanup and sections", count, lambda: [clean(each) for each in pages]),
    ]


def measure(wanted: Sequence[Condition], *, rounds: int) -> dict[str, dict[str, float]]:
    """Run every condition once a round, after one that does not count; return pages a second."""
    order, shuffler = list(wanted), random.Random(3)
    cpu: dict[str, list[float]] = {condition.name: [] for condition in wanted}
    wall: dict[str, list[float]] = {condition.name: [] for condition in wanted}
    for turn in range(rounds + 1):
        shuffler.shuffle(order)
        for condition in order:
            before = time.process_time(), time.perf_counter()
            condition.run()
            after = time.process_time(), time.perf_counter()
            if turn:
                cpu[condition.name].append((after[0] - before[0]) / condition.pages)
                wall[condition.name].append((after[1] - before[1]) / condition.pages)
    return {
        c.name: {
            "pages": c.pages,
            "pages_per_cpu_s": round(1 / statistics.median(cpu[c.name]), 1),
            "pages_per_wall_s": round(1 / statistics.median(wall[c.name]), 1),
        }
        for c in wanted
    }


def plot(rows: dict[str, dict[str, float]], path: Path) -> None:
    """Draw pages a second of one core, on a log scale."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 0.5 * len(rows) + 0.8))
    values = [row["pages_per_cpu_s"] for row in rows.values()]
    bars = axes.barh(list(rows), values, color="#3b6ea5")
    axes.bar_label(bars, labels=[f"{value:.0f}" for value in values], padding=3)
    axes.set(xscale="log", xlabel="pages a second of one core", xlim=(min(values) / 2, max(values) * 3))
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measure, print, and write results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks/results")
    args = parser.parse_args()
    ocr = find_ocr()
    wanted = conditions("samples", [content for _, content in islice(samples(), SAMPLES)], ocr)
    real = born_digital(args.data, args.documents, ocr)
    if real:
        wanted += conditions("real contracts", real, ocr)
    rows = measure(wanted, rounds=args.rounds)
    about = {"machine": platform.machine(), "python": platform.python_version(), "rounds": args.rounds, "real_contracts": len(real)}
    args.results.mkdir(parents=True, exist_ok=True)
    (args.results / "reading-textlayer.json").write_text(
        json.dumps({"about": about, "conditions": rows}, indent=1) + "\n", encoding="utf-8"
    )
    plot(rows, args.results / "reading-textlayer.png")
    for name, row in rows.items():
        print(f"{name:40} {row['pages_per_cpu_s']:9.1f} pages/s of CPU over {row['pages']:.0f} pages")


if __name__ == "__main__":
    main()
