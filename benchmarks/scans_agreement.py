"""Whether a scan of a contract says the same as its original: F1 between the entities and facts found on the two.

    .venv/bin/python benchmarks/scans_agreement.py [--documents 6] [--data ../shared/data] [--model layers/model] [--results FOLDER]

Short born-digital contracts, real ones in a seeded choice and as many generated ones, go through the whole chain: reading, cleanup,
chunks, recognition, merging, resolution. Their pages are then rendered, damaged by ``whereas_local.samples.degrading``, made PDFs of
pictures and nothing else, and go through it again. Entities are compared as multisets of layer, type and text (white space and case
squeezed, quotes and dashes straightened), contract facts by field and value. F1 is twice what is common over the sum of both, intervals
are bootstrapped over documents. "Clean" below pools the clean scan and the one fed in sideways, "bad" the others. Results:
``reading-agreement.json`` and ``reading-agreement.png``.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "local")]

import matplotlib as mpl  # noqa: E402
import pypdfium2 as pdfium  # noqa: E402
from intervals import Estimate, ratio  # noqa: E402
from pages import documents, render, samples, to_pdf  # noqa: E402

from whereas.chunking.windows import split_chunks  # noqa: E402
from whereas.reading import OcrOptions, find_ocr, read_pages  # noqa: E402
from whereas.reading.cleanup import clean  # noqa: E402
from whereas.reading.locate import page_of  # noqa: E402
from whereas.recognition.merge import merge  # noqa: E402
from whereas.recognition.recognizer import Recognizer  # noqa: E402
from whereas.resolution import resolve  # noqa: E402
from whereas.settings import DEFAULT_LIMITS  # noqa: E402
from whereas.types import Contract, Fact, MediaType, PageText, Party, RelatedName, Resolution  # noqa: E402
from whereas_local.samples.degrading import DAMAGES, damage  # noqa: E402

GROUPS = {"clean": ("clean", "rotated"), "bad": tuple(kind for kind in DAMAGES if kind not in ("clean", "rotated"))}
AIMS = {"clean": 0.97, "bad": 0.90}
_MAX_PAGES = 6
_MIN_CHARACTERS = 3000
_PLAIN = str.maketrans("‘’“”–—", "''\"\"--")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the chain finds in a document, each with how often."""

    entities: Counter[Key]
    facts: Counter[Key]


def read(content: bytes, ocr: OcrOptions) -> list[PageText]:
    """Read a whole PDF."""
    return list(read_pages(content, MediaType.PDF, first=1, last=DEFAULT_LIMITS.max_pages, limits=DEFAULT_LIMITS, ocr=ocr))


def process(pages: Sequence[PageText], model: Recognizer) -> Found:
    """Take a document's pages through the rest of the chain."""
    cleaned = clean(pages)
    chunks = split_chunks(cleaned.text, model.tokenizer, max_tokens=model.schema.max_tokens, overlap=model.schema.overlap)
    found = merge(model.recognize(chunks))
    return compared(resolve(cleaned, found, document_id="benchmark", locate=lambda start, end: (page_of(cleaned, start), ())))


def compared(resolution: Resolution) -> Found:
    """Return what of a resolution is compared."""
    entities = Counter((entity.layer, entity.type, plain(entity.text)) for entity in resolution.entities)
    return Found(entities, Counter(values(resolution.contract)))


def values(contract: Contract) -> Iterator[Key]:
    """Yield the facts of a contract as field and value; parties and related names by canonical id; no clauses or definitions."""
    for field in fields(contract):
        given = getattr(contract, field.name)
        for fact in given if isinstance(given, tuple) else (given,):
            if isinstance(fact, Fact):
                value = plain(fact.value) if isinstance(fact.value, str) else json.dumps(fact.value, sort_keys=True, default=str)
                yield (field.name, value, fact.kind or "")
            elif isinstance(fact, Party | RelatedName):
                yield (field.name, fact.canonical_id)


def plain(text: str) -> str:
    """Return a text with one kind of white space, case, quote and dash."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold().split())


def originals(source: Iterable[tuple[str, bytes]], count: int, ocr: OcrOptions) -> Iterator[tuple[str, bytes, list[PageText]]]:
    """Yield the first ``count`` short contracts whose every page has a sound text layer."""

    def short() -> Iterator[tuple[str, bytes, list[PageText]]]:
        for name, content in source:
            document = pdfium.PdfDocument(content)
            length = len(document)
            document.close()
            if length <= _MAX_PAGES:
                pages = read(content, ocr)
                if all(page.source == "text_layer" for page in pages) and sum(len(page.text) for page in pages) >= _MIN_CHARACTERS:
                    yield name, content, pages

    return islice(short(), count)


def scanned(content: bytes, kind: str) -> bytes:
    """Return a PDF of the pictures of a PDF's pages after one damage."""
    document = pdfium.PdfDocument(content)
    try:
        return to_pdf([damage(render(page), kind, seed=number) for number, page in enumerate(document)])
    finally:
        document.close()


def common(one: Counter[Key], other: Counter[Key]) -> tuple[int, int]:
    """Return numerator and denominator of the F1 between two multisets."""
    return 2 * (one & other).total(), one.total() + other.total()


def f1(pairs: Sequence[tuple[int, int]]) -> Estimate:
    """Return the F1 over documents."""
    return ratio([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def summarise(originals: Sequence[Found], copies: dict[str, list[Found]]) -> dict[str, dict[str, object]]:
    """Return the agreement by damage, and by group of damages."""
    rows: dict[str, dict[str, object]] = {}
    for name, kinds in [*((kind, (kind,)) for kind in DAMAGES), *((f"all {group}", kinds) for group, kinds in GROUPS.items())]:
        # A document's damages stay together: they are drawn anew as one.
        each = [[(first, copies[kind][place]) for kind in kinds] for place, first in enumerate(originals)]
        rows[name] = {
            part: f1([total(common(getattr(first, part), getattr(copy, part)) for first, copy in of) for of in each])
            for part in ("entities", "facts")
        }
    return rows


def total(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Add numerators and denominators."""
    above, below = zip(*pairs, strict=True)
    return sum(above), sum(below)


def by_type(originals: Sequence[Found], copies: dict[str, list[Found]]) -> dict[str, dict[str, float]]:
    """Return for each group the F1 of each layer's types and of each field, the least first."""
    result = {}
    for group, kinds in GROUPS.items():
        sums: dict[str, Counter[str]] = {}
        for first, copy in ((first, copies[kind][place]) for kind in kinds for place, first in enumerate(originals)):
            for part, depth in (("entities", 2), ("facts", 1)):
                one, other = getattr(first, part), getattr(copy, part)
                for key, count in (one + other).items():
                    row = sums.setdefault(" ".join((part, *key[:depth])), Counter())
                    row.update(common=2 * min(one[key], other[key]), all=count)
        rates = {name: round(row["common"] / row["all"], 4) for name, row in sums.items()}
        result[group] = dict(sorted(rates.items(), key=lambda item: item[1]))
    return result


def plot(rows: dict[str, dict[str, Estimate]], path: Path) -> None:
    """Draw the agreement by damage."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 3.6))
    for shift, part, colour in ((-0.2, "entities", "#3b6ea5"), (0.2, "facts", "#7a9e57")):
        found = [rows[kind][part] for kind in DAMAGES]
        ends = [[value.value - value.low for value in found], [value.high - value.value for value in found]]
        axes.bar([at + shift for at in range(len(found))], [value.value for value in found], 0.4, yerr=ends, color=colour, label=part)
    axes.set_xticks(range(len(DAMAGES)), labels=list(DAMAGES))
    axes.set(ylim=(0.5, 1.0), ylabel="F1 between scan and original")
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(frameon=False, ncols=2, loc="upper center")
    figure.tight_layout(rect=(0, 0, 1, 0.93))
    figure.savefig(path, dpi=150)


def main() -> None:
    """Measure, print, and write results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=6, help="real ones, and generated ones")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data", help="without it generated contracts alone")
    parser.add_argument("--model", type=Path, default=ROOT / "layers/model")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks/results")
    args = parser.parse_args()
    ocr, model = find_ocr(), Recognizer.load(args.model, threads=1)
    real = documents(args.data) if any(args.data.glob("*/pdf/*.pdf")) else iter(())
    chosen = [*originals(real, args.documents, ocr), *originals(samples(), args.documents, ocr)]
    first, copies = [], {kind: [] for kind in DAMAGES}
    for name, content, pages in chosen:
        first.append(process(pages, model))
        for kind in DAMAGES:
            copies[kind].append(process(read(scanned(content, kind), ocr), model))
        told = "  ".join(f"{kind} {f1([common(first[-1].entities, copies[kind][-1].entities)]).value:.3f}" for kind in DAMAGES)
        print(f"{name} ({len(pages)} pages): {told}", flush=True)
    rows = summarise(first, copies)
    about = {"machine": platform.machine(), "python": platform.python_version(), "model": model.card.version, "aims": AIMS}
    sources = [{"document": name, "pages": len(pages)} for name, _, pages in chosen]
    report = {"about": about, "f1": rows, "sources": sources, "f1_by_type": by_type(first, copies)}
    args.results.mkdir(parents=True, exist_ok=True)
    (args.results / "reading-agreement.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    plot(rows, args.results / "reading-agreement.png")
    for name, row in rows.items():
        print(f"{name:10} " + "  ".join(f"{part} {e.value:.4f} ({e.low:.4f} to {e.high:.4f})" for part, e in row.items()))


if __name__ == "__main__":
    main()
