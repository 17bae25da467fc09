"""Writes sample contracts: which kind in which format, and the demo's own set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from whereas_local.samples import scan
from whereas_local.samples.composing import compose
from whereas_local.samples.document import Draft
from whereas_local.samples.layout import lay_out
from whereas_local.samples.markup import write_html, write_txt
from whereas_local.samples.page import A4, Looks
from whereas_local.samples.pdf import draw
from whereas_local.samples.truth import Sample
from whereas_local.samples.word import write_docx

Format = Literal["pdf", "scan", "docx", "txt", "html", "png", "tiff"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One sample: file name, kind of contract, format, and how it is set and scanned. ``png`` holds the first page alone."""

    name: str
    kind: str
    format: Format
    looks: Looks = field(default_factory=Looks)
    scanner: scan.Scanner = field(default_factory=scan.Scanner)


DEMO: tuple[Recipe, ...] = (
    Recipe("msa-born-digital.pdf", "msa", "pdf", Looks(size=11.5, margin=84, leading=1.45)),
    Recipe(
        "license-scanned.pdf", "license", "scan", Looks(signed=True, font="Helvetica", bold_font="Helvetica-Bold", size=10.5, leading=1.3)
    ),
    Recipe("nda.docx", "nda", "docx"),
    Recipe("supply-two-columns.pdf", "supply", "pdf", Looks(page_size=A4, size=9.5, margin=62)),
    Recipe("lease.html", "lease", "html"),
    Recipe("consulting.txt", "consulting", "txt"),
)

_PLAIN: dict[str, Callable[[Draft], bytes]] = {"docx": write_docx, "txt": write_txt, "html": write_html}


def _scanned(draft: Draft, recipe: Recipe, pdf: bytes) -> bytes:
    scanner = recipe.scanner
    images = scan.scan_pages(pdf, scanner, seed=draft.seed)
    if recipe.format == "tiff":
        return scan.images_to_tiff(images, dpi=scanner.dpi, quality=scanner.quality)
    if recipe.format == "png":
        return scan.image_to_png(images[0], dpi=scanner.dpi)
    return scan.images_to_pdf(images, dpi=scanner.dpi, quality=scanner.quality)


def write_sample(folder: Path, recipe: Recipe, *, seed: int) -> Sample:
    """Compose, render and write one sample into an existing folder."""
    draft = compose(recipe.kind, seed=seed)
    path = folder / recipe.name
    if recipe.format in _PLAIN:
        path.write_bytes(_PLAIN[recipe.format](draft))
        return Sample(path, draft.truth, None, scanned=False)
    pages = lay_out(draft, recipe.looks)
    pdf = draw(pages, recipe.looks, title=draft.truth.title)
    scanned = recipe.format != "pdf"
    path.write_bytes(_scanned(draft, recipe, pdf) if scanned else pdf)
    return Sample(path, draft.truth, 1 if recipe.format == "png" else len(pages), scanned=scanned)


def generate(folder: Path, *, seed: int = 7, recipes: Sequence[Recipe] = DEMO) -> list[Sample]:
    """Write the sample contracts and return them with what is true of each.

    Args:
        folder: where they go; made if it is missing.
        seed: decides everything; the same seed gives the same bytes.
        recipes: which ones; the demo's set by default.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [write_sample(folder, recipe, seed=seed) for recipe in recipes]
