"""Reading pictures of pages: error rates, speed and memory beside Tesseract's command line and OCRmyPDF, on damaged pages.

    .venv/bin/python benchmarks/reading.py [--pages 20] [--data ../shared/data] [--rounds 1] [--ocrmypdf PATH] [--results FOLDER]

Pages of text-layer PDFs, one a document in a seeded choice, are rendered at 300 dpi and damaged by ``whereas_local.samples.degrading``;
the layer is the truth. Every program reads every picture: Whereas as an upload of it, ``tesseract`` as it comes on the same file,
OCRmyPDF on a PDF of four with the same pixels, as it comes and with ``--rotate-pages --deskew``. All run one Tesseract build with the same
traineddata. They take turns batch by batch in an order that changes, so that a machine that slows down hits all of them; CPU time is that
of the program and its children. OCRmyPDF has an environment of its own, since nothing else needs what it brings:
``make .venv-ocrmypdf/.installed``; without it the others are compared.

Error rates are Levenshtein distances of characters and of words over their number in the layer, white space squeezed, at most 1 a page.
``cer`` is against the layer as Whereas orders it, ``cer_bare`` against pdfium's bare text, whose order owes nothing to Whereas. Intervals
are bootstrapped over pages, those of speeds over batches. Results: ``reading.json`` and ``reading.png``; ``textlayer.py`` has the pages
that need no OCR.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import random
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import readers
from intervals import Estimate, ratio
from pages import Sheet, encode, sheets, to_pdf
from rapidfuzz.distance import Levenshtein
from readers import ROOT, Batch, Reader

from whereas.reading import find_ocr
from whereas.reading.ocr import engine_version
from whereas_local.samples.degrading import DAMAGES, damage

BATCH = 4
_COLOURS = ("#3b6ea5", "#b0b0b0", "#d9a441", "#b5651d")


@dataclass
class Results:
    """What one program did with one damage.

    Attributes:
        errors: by page, a row of characters wrong and there, words wrong and there, characters wrong and there by the bare text.
        cpu_s: by batch, over all rounds.
        wall_s: the same by the clock.
        counts: pages of each of those batches.
        peak_mib: memory, on the first batch.
    """

    errors: list[tuple[int, ...]] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    wall_s: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    peak_mib: float = math.nan

    def rate(self, column: int) -> Estimate:
        """Return the error rate of one pair of columns of ``errors``."""
        return ratio([row[column] for row in self.errors], [row[column + 1] for row in self.errors])


Table = dict[str, dict[str, Results]]


def errors(read: str, sheet: Sheet) -> tuple[int, ...]:
    """Return how much of a page was read wrong; see ``Results.errors``."""
    text, truth, bare = (" ".join(part.split()) for part in (read, sheet.text, sheet.bare))
    pairs = ((text, truth), (text.split(), truth.split()), (text, bare))
    return tuple(number for got, wanted in pairs for number in (min(Levenshtein.distance(got, wanted), len(wanted)), len(wanted)))


def cpu_seconds() -> float:
    """Return the seconds of CPU that this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def batches(chosen: Sequence[Sheet], folder: Path) -> Iterator[tuple[str, int, Batch]]:
    """Yield each damage of each few pages, with the place of the first of them; damages take turns."""
    for start in range(0, len(chosen), BATCH):
        for kind in DAMAGES:
            pictures = [damage(sheet.image, kind, seed=start + place) for place, sheet in enumerate(chosen[start : start + BATCH])]
            files = []
            for place, (content, suffix) in enumerate(map(encode, pictures)):
                files.append(folder / f"{place}{suffix}")
                files[-1].write_bytes(content)
            (folder / "batch.pdf").write_bytes(to_pdf(pictures))
            yield kind, start, Batch(tuple(files), folder / "batch.pdf")


def measure(chosen: Sequence[Sheet], programs: Sequence[Reader], environment: dict[str, str], folder: Path, *, rounds: int) -> Table:
    """Let every program read every batch, ``rounds`` times; texts are those of the first."""
    table: Table = {kind: {program.name: Results() for program in programs} for kind in DAMAGES}
    shuffler, order = random.Random(3), list(programs)
    for turn in range(rounds):
        for kind, start, batch in batches(chosen, folder):
            shuffler.shuffle(order)
            for program in order:
                results = table[kind][program.name]
                cpu, wall = cpu_seconds(), time.perf_counter()
                texts = program.read(batch)
                results.cpu_s.append(cpu_seconds() - cpu)
                results.wall_s.append(time.perf_counter() - wall)
                results.counts.append(len(texts))
                if turn == 0:
                    pairs = zip(texts, chosen[start : start + BATCH], strict=True)
                    results.errors += [errors(text, sheet) for text, sheet in pairs]
                    if start == 0:
                        results.peak_mib = readers.peak_mib(program, batch, environment)
            print(f"{kind:8} pages {start + 1} to {start + len(batch.pictures)}", flush=True)
    return table


def summarise(table: Table) -> dict[str, dict[str, dict[str, object]]]:
    """Return by damage and program the rates with intervals, and beside Whereas the differences and ratios by the same pages."""
    summary: dict[str, dict[str, dict[str, object]]] = defaultdict(dict)
    for kind, row in table.items():
        ours = row["whereas"]
        for name, results in row.items():
            summary[kind][name] = {
                "cer": results.rate(0), "wer": results.rate(2), "cer_bare": results.rate(4),
                "pages_per_cpu_s": ratio(results.counts, results.cpu_s),
                "pages_per_wall_s": ratio(results.counts, results.wall_s), "peak_mib": results.peak_mib,
            }  # fmt: skip
            if name != "whereas":
                more = [theirs[0] - own[0] for theirs, own in zip(results.errors, ours.errors, strict=True)]
                summary[kind][name] |= {
                    "cer_above_whereas": ratio(more, [own[1] for own in ours.errors]),
                    "whereas_times_as_fast": ratio(results.cpu_s, ours.cpu_s),
                }
    return dict(summary)


def plot(table: Table, path: Path) -> None:
    """Draw error rates and pages a second of a core, by damage and program."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, panels = plt.subplots(2, 1, figsize=(9, 6.4), sharex=True)
    names = list(next(iter(table.values())))
    width = 0.8 / len(names)
    for place, name in enumerate(names):
        at = [index + (place - (len(names) - 1) / 2) * width for index in range(len(table))]
        rates = [row[name].rate(0) for row in table.values()]
        speeds = [ratio(row[name].counts, row[name].cpu_s) for row in table.values()]
        for axes, values, factor in ((panels[0], rates, 100), (panels[1], speeds, 1)):
            ends = [[factor * (v.value - v.low) for v in values], [factor * (v.high - v.value) for v in values]]
            style = {"color": _COLOURS[place], "label": name, "yerr": ends, "error_kw": {"elinewidth": 0.8}}
            axes.bar(at, [factor * v.value for v in values], width, **style)
    panels[0].set(ylabel="characters wrong, %", yscale="symlog", ylim=(0, 130))
    panels[0].set_yticks([0, 1, 10, 100], labels=["0", "1", "10", "100"])
    panels[1].set(ylabel="pages a second of one core")
    panels[1].set_xticks(range(len(table)), labels=list(table))
    panels[0].legend(frameon=False, ncols=len(names))
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measure, print, and write results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data", help="without it the sample contracts are read")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--ocrmypdf", type=Path, default=readers.find_ocrmypdf())
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks/results")
    args = parser.parse_args()
    ocr = find_ocr()
    chosen = sheets(args.data, args.pages, ocr=ocr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = readers.peer_environment(ocr, folder)
        programs = readers.readers(ocr, args.ocrmypdf, environment)
        table = measure(chosen, programs, environment, folder, rounds=args.rounds)
        about = {
            "machine": platform.machine(), "python": platform.python_version(), "engine": engine_version(ocr),
            "ocrmypdf": readers.version(args.ocrmypdf), "helpers": readers.helpers(), "pages": len(chosen), "rounds": args.rounds,
        }  # fmt: skip
    summary = summarise(table)
    by_page = {kind: {name: [round(row[0] / row[1], 4) for row in results.errors] for name, results in row.items()}
               for kind, row in table.items()}  # fmt: skip
    report = {"about": about, "damages": summary, "sources": [f"{s.document} {s.page}" for s in chosen], "cer_by_page": by_page}
    args.results.mkdir(parents=True, exist_ok=True)
    (args.results / "reading.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    plot(table, args.results / "reading.png")
    for kind, row in table.items():
        for name, results in row.items():
            rates = "  ".join(f"{label} {results.rate(column).value:.4f}" for label, column in (("CER", 0), ("WER", 2), ("bare", 4)))
            print(f"{kind:8} {name:15} {rates}  {ratio(results.counts, results.cpu_s).value:.2f} pages/CPU s  {results.peak_mib:.0f} MiB")


if __name__ == "__main__":
    main()
