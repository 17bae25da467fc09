"""Pages a second of reading: text layer, OCR and cleanup, on the project's own sample contracts.

    .venv/bin/python benchmarks/reading.py [--rounds 5] [--ocr-pages 2] [--out benchmarks/results]

One process, one thread. The conditions take turns in every round, in an order that changes, so that a machine that slows down
hits all of them; medians and every round are recorded, in wall-clock seconds and in seconds of CPU (children included: OCR runs
in a program of its own). The paired comparison of OCR is Tesseract as it comes, against the same program behind
``whereas.reading`` (straightened picture, turned page, blank pages left out), on a level scan and on one fed in at three degrees;
accuracy is the share of the words of the born-digital twin that were read, in order. Results: ``reading.json`` and ``reading.png``.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "local")]

import matplotlib as mpl  # noqa: E402
import pypdfium2 as pdfium  # noqa: E402
from PIL import Image  # noqa: E402

from whereas.reading import OcrOptions, find_ocr, read_pages  # noqa: E402
from whereas.reading.cleanup import clean  # noqa: E402
from whereas.reading.ocr import engine_version, recognize  # noqa: E402
from whereas.reading.pictures.scan import read_scan  # noqa: E402
from whereas.settings import Limits  # noqa: E402
from whereas.types import MediaType, PageText  # noqa: E402
from whereas_local.samples import DEMO, generate  # noqa: E402

LIMITS = Limits()
DPI = 300
SKEW_DEGREES = 3.0


@dataclass(frozen=True)
class Condition:
    """One thing measured: ``run`` reads ``pages`` pages and returns their text."""

    name: str
    pages: int
    run: Callable[[], str]


def read_pdf(data: bytes, ocr: OcrOptions, *, last: int = 10_000) -> list[PageText]:
    """Read a PDF's pages up to ``last``."""
    return list(read_pages(data, MediaType.PDF, first=1, last=last, limits=LIMITS, ocr=ocr))


def pdfium_text(data: bytes) -> str:
    """Return what pdfium alone gives: characters in file order, no boxes, no lines."""
    document = pdfium.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def pictures(data: bytes, *, pages: int, skew: float) -> list[Image.Image]:
    """Render the pages of a PDF in grey, turned by ``skew`` degrees, with a scanner's noise."""
    document = pdfium.PdfDocument(data)
    try:
        level = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in islice(document, pages)]
    finally:
        document.close()
    turned = [image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255) for image in level]
    return [Image.blend(image, Image.effect_noise(image.size, 60), 0.2) for image in turned]


def plain_tesseract(images: Sequence[Image.Image], ocr: OcrOptions) -> str:
    """Recognise pictures as they are."""
    return "\n".join(word.text for image in images for word in recognize(image, dpi=DPI, page=1, options=ocr))


def straightened(images: Sequence[Image.Image], ocr: OcrOptions) -> str:
    """Recognise pictures the way the read stage does."""
    sizes = [(image, image.width * 72 / DPI, image.height * 72 / DPI) for image in images]
    return "\n".join(read_scan(i, number=1, width=w, height=h, dpi=DPI, reason="benchmark", options=ocr).text for i, w, h in sizes)


def accuracy(text: str, truth: str) -> float:
    """Return the share of the words of ``truth`` that ``text`` has, in order."""
    read, wanted = text.split(), truth.split()
    matched = SequenceMatcher(None, wanted, read, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matched) / len(wanted)


def measure(conditions: Sequence[Condition], *, rounds: int) -> dict[str, list[dict[str, float]]]:
    """Run every condition once a round, in an order that changes; return seconds a page."""
    order = list(conditions)
    shuffler = random.Random(3)
    results: dict[str, list[dict[str, float]]] = {condition.name: [] for condition in conditions}
    for condition in order:
        condition.run()
    for _ in range(rounds):
        shuffler.shuffle(order)
        for condition in order:
            wall, cpu = time.perf_counter(), cpu_seconds()
            condition.run()
            took = {"wall_s": time.perf_counter() - wall, "cpu_s": cpu_seconds() - cpu}
            results[condition.name].append({key: value / condition.pages for key, value in took.items()})
    return results


def cpu_seconds() -> float:
    """Return the seconds of CPU that this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def summarise(results: dict[str, list[dict[str, float]]]) -> dict[str, dict[str, float]]:
    """Return medians as pages a second."""
    return {
        name: {
            "pages_per_s": round(1 / statistics.median(turn["wall_s"] for turn in turns), 3),
            "pages_per_cpu_s": round(1 / statistics.median(turn["cpu_s"] for turn in turns), 3),
        }
        for name, turns in results.items()
    }


def plot(summary: dict[str, dict[str, float]], shares: dict[str, float], path: Path) -> None:
    """Draw pages a second (log scale) and OCR accuracy."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (speed, right) = plt.subplots(1, 2, figsize=(11, 3.6), gridspec_kw={"width_ratios": [3, 2]})
    names = list(summary)
    values = [summary[name]["pages_per_cpu_s"] for name in names]
    bars = speed.barh(names, values, color="#3b6ea5")
    speed.bar_label(bars, labels=[f"{value:.3g}" for value in values], padding=3)
    speed.set(xscale="log", xlabel="pages a second of one core", xlim=(min(values) / 2, max(values) * 4))
    speed.invert_yaxis()
    bars = right.barh(list(shares), [100 * share for share in shares.values()], color="#7a9e57")
    right.bar_label(bars, labels=[f"{100 * share:.1f} %" for share in shares.values()], padding=3)
    right.set(xlabel="words read, in order", xlim=(0, 118))
    right.invert_yaxis()
    for axes in (speed, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measure, print, and write results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ocr-pages", type=int, default=2)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results")
    options = parser.parse_args()
    ocr = find_ocr()
    with tempfile.TemporaryDirectory() as folder:
        samples = generate(Path(folder), recipes=[recipe for recipe in DEMO if recipe.format == "pdf"])
        data, columns = (sample.path.read_bytes() for sample in samples)
    pages = read_pdf(data, ocr)
    truth = "\n".join(page.text for page in pages[: options.ocr_pages])
    level = pictures(data, pages=options.ocr_pages, skew=0.0)
    skewed = pictures(data, pages=options.ocr_pages, skew=SKEW_DEGREES)
    fast = [
        Condition("pdfium, bare text", len(pages), lambda: pdfium_text(data)),
        Condition("text layer with boxes", len(pages), lambda: "".join(page.text for page in read_pdf(data, ocr))),
        Condition("text layer, two columns", len(read_pdf(columns, ocr)), lambda: "".join(page.text for page in read_pdf(columns, ocr))),
        Condition("cleanup and sections", len(pages), lambda: clean(pages).text),
    ]
    slow = [
        Condition("OCR, level: Tesseract", len(level), lambda: plain_tesseract(level, ocr)),
        Condition("OCR, level: whereas", len(level), lambda: straightened(level, ocr)),
        Condition(f"OCR, {SKEW_DEGREES:g}° askew: Tesseract", len(skewed), lambda: plain_tesseract(skewed, ocr)),
        Condition(f"OCR, {SKEW_DEGREES:g}° askew: whereas", len(skewed), lambda: straightened(skewed, ocr)),
    ]
    results = measure(fast, rounds=options.rounds * 4) | measure(slow, rounds=max(2, options.rounds // 2))
    summary = summarise(results)
    shares = {condition.name: round(accuracy(condition.run(), truth), 4) for condition in slow}
    options.out.mkdir(parents=True, exist_ok=True)
    machine = {"machine": platform.machine(), "python": platform.python_version(), "engine": engine_version(ocr)[0]}
    report = {"about": machine, "dpi": DPI, "pages": summary, "ocr_word_accuracy": shares, "seconds_a_page": results}
    (options.out / "reading.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    plot(summary, shares, options.out / "reading.png")
    for name, figures in summary.items():
        words = f"  {100 * shares[name]:5.1f} % of words" if name in shares else ""
        print(f"{name:34} {figures['pages_per_cpu_s']:9.2f} pages/s of CPU{words}")


if __name__ == "__main__":
    main()
