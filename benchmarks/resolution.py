"""Milliseconds of resolution by the length of a contract, and where they go: mentions, facts, entities.

    .venv/bin/python benchmarks/resolution.py [--rounds 5] [--pages 5 20 60 200] [--results benchmarks/results]

The contracts are generated ones, one after the other as exhibits until the length is reached (3,000 characters a page), and what the
shipped model found in them goes in, as in the chain; reading and recognition are not timed. One process, one thread; lengths take turns
in every round. Results: ``resolution.json`` and ``resolution.png``.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "local")]

import matplotlib as mpl  # noqa: E402

from whereas.chunking.windows import split_chunks  # noqa: E402
from whereas.reading import read_pages  # noqa: E402
from whereas.reading.cleanup import clean  # noqa: E402
from whereas.recognition.merge import merge  # noqa: E402
from whereas.recognition.recognizer import Recognizer  # noqa: E402
from whereas.resolution import RULES_VERSION, resolve  # noqa: E402
from whereas.settings import DEFAULT_LIMITS  # noqa: E402
from whereas.types import CleanedText, MediaType, Recognition, Resolution  # noqa: E402
from whereas_local.samples.composing import KINDS, compose  # noqa: E402
from whereas_local.samples.markup import write_txt  # noqa: E402

PAGE_CHARACTERS = 3000
TARGET_MS, TARGET_PAGES = 150, 20


def contract_text(pages: int) -> bytes:
    """Return a contract of so many pages, exhibits included."""
    text, number = "", 0
    while len(text) < pages * PAGE_CHARACTERS:
        part = write_txt(compose(KINDS[number % len(KINDS)], seed=number)).decode()
        text += part if not text else f"\n\nEXHIBIT {chr(64 + number)}\n\n{part}"
        number += 1
    return text[: pages * PAGE_CHARACTERS].encode()


def prepare(pages: int, model: Recognizer) -> tuple[CleanedText, Recognition]:
    """Read and recognise one contract."""
    read = read_pages(contract_text(pages), MediaType.TEXT, first=1, last=1, limits=DEFAULT_LIMITS, ocr=None)
    cleaned = clean(list(read))
    chunks = split_chunks(cleaned.text, model.tokenizer, max_tokens=model.schema.max_tokens, overlap=model.schema.overlap)
    return cleaned, merge(model.recognize(chunks))


def once(cleaned: CleanedText, found: Recognition) -> tuple[float, Resolution]:
    """Resolve one contract; return the milliseconds of CPU and what came out."""
    began = time.process_time()
    made = resolve(cleaned, found, document_id="benchmark", locate=lambda start, end: (1, ()))
    return (time.process_time() - began) * 1000, made


def plot(rows: dict[int, dict[str, float]], path: Path) -> None:
    """Draw the milliseconds over the pages."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4))
    pages = sorted(rows)
    axes.plot(pages, [rows[p]["ms"] for p in pages], marker="o")
    axes.plot(TARGET_PAGES, TARGET_MS, marker="x", color="red", label=f"target: {TARGET_MS} ms at {TARGET_PAGES} pages")
    axes.set(xlabel="pages", ylabel="milliseconds of CPU", title=f"Resolution, rules {RULES_VERSION}")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main() -> None:
    """Measure, print, write JSON and plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, nargs="+", default=[5, 20, 60, 200])
    parser.add_argument("--model", type=Path, default=ROOT / "layers" / "model")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    args = parser.parse_args()
    model = Recognizer.load(args.model, threads=1)
    prepared = {pages: prepare(pages, model) for pages in args.pages}
    times: dict[int, list[float]] = {pages: [] for pages in args.pages}
    rows: dict[int, dict[str, float]] = {}
    for _ in range(args.rounds):
        for pages in random.sample(args.pages, len(args.pages)):
            ms, made = once(*prepared[pages])
            times[pages].append(ms)
            rows[pages] = {"ms": 0.0, "characters": len(prepared[pages][0].text), "entities": len(made.entities)}
    for pages, row in sorted(rows.items()):
        row["ms"] = round(statistics.median(times[pages]), 1)
        print(f"{pages:4d} pages: {row['ms']:8.1f} ms, {row['entities']} entities", flush=True)
    machine = {"python": platform.python_version(), "machine": platform.machine(), "rounds": args.rounds}
    report = {"rules": RULES_VERSION, **machine, "pages": {str(p): {**rows[p], "rounds_ms": times[p]} for p in sorted(rows)}}
    args.results.mkdir(parents=True, exist_ok=True)
    (args.results / "resolution.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    plot(rows, args.results / "resolution.png")


if __name__ == "__main__":
    main()
