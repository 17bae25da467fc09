"""Pages to measure with: born-digital ones, their pictures after damage, and the files that readers are given."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from whereas.errors import PermanentError
from whereas.reading import OcrOptions, read_pages
from whereas.settings import DEFAULT_LIMITS
from whereas.types import MediaType
from whereas_local.samples import Recipe, generate
from whereas_local.samples.composing import KINDS
from whereas_local.samples.degrading import PRINT_DPI, Picture

MIN_CHARACTERS = 1200
JPEG_QUALITY = 90
SEED = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page: whose, its picture at ``PRINT_DPI``, and what its text layer says.

    Attributes:
        document: file name, with its folder.
        page: number, from 1.
        image: greyscale.
        text: the layer as ``whereas.reading`` puts it in order.
        bare: the layer as pdfium alone gives it, in the order of the file.
    """

    document: str
    page: int
    image: Image.Image
    text: str
    bare: str


def documents(data: Path) -> Iterator[tuple[str, bytes]]:
    """Yield PDFs in a seeded order: those of ``data/*/pdf``, or without them generated contracts without end."""
    files = sorted(data.glob("*/pdf/*.pdf"))
    if files:
        random.Random(SEED).shuffle(files)
        yield from ((f"{file.parents[1].name}/{file.name}", file.read_bytes()) for file in files)
        return
    yield from samples()


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield generated contracts of all kinds as PDFs, without end."""
    recipes = [Recipe(f"{kind}.pdf", kind, "pdf") for kind in KINDS]
    seed = SEED
    while True:
        with tempfile.TemporaryDirectory() as folder:
            for sample in generate(Path(folder), seed=seed, recipes=recipes):
                yield f"generated {seed}/{sample.path.name}", sample.path.read_bytes()
        seed += 1


def sheets(data: Path, count: int, *, ocr: OcrOptions) -> list[Sheet]:
    """Return one page of each of ``count`` documents, whose text layer is sound and has ``MIN_CHARACTERS``."""
    rng = random.Random(SEED)
    found: list[Sheet] = []
    for name, content in documents(data):
        sheet = _sheet(name, content, rng, ocr)
        if sheet:
            found.append(sheet)
        if len(found) == count:
            break
    return found


def _sheet(name: str, content: bytes, rng: random.Random, ocr: OcrOptions) -> Sheet | None:
    document = pdfium.PdfDocument(content)
    try:
        index = rng.randrange(len(document))
        bare = document[index].get_textpage().get_text_range()
        if len(bare) < MIN_CHARACTERS:
            return None
        [page] = read_pages(content, MediaType.PDF, first=index + 1, last=index + 1, limits=DEFAULT_LIMITS, ocr=ocr)
        if page.source != "text_layer" or len(page.text) < MIN_CHARACTERS:
            return None
        return Sheet(name, index + 1, render(document[index]), page.text, bare)
    except PermanentError:
        return None
    finally:
        document.close()


def render(page: pdfium.PdfPage) -> Image.Image:
    """Return the grey picture of a page at ``PRINT_DPI``."""
    return page.render(scale=PRINT_DPI / 72, grayscale=True).to_pil().convert("L")


def encode(picture: Picture) -> tuple[bytes, str]:
    """Return the file that scanning software would make of a picture, and its suffix: the smaller of a PNG and a good JPEG.

    Noise without loss is a multiple in size, and every program would spend its time unpacking it.
    """
    files = []
    for kind, suffix, options in (("PNG", ".png", {}), ("JPEG", ".jpg", {"quality": JPEG_QUALITY})):
        out = BytesIO()
        picture.image.save(out, kind, dpi=(picture.dpi, picture.dpi), **options)
        files.append((out.getvalue(), suffix))
    return min(files, key=lambda file: len(file[0]))


def to_pdf(pictures: Sequence[Picture]) -> bytes:
    """Return a PDF whose pages are these pictures, with the very pixels of ``encode``, and nothing else."""
    document, out = pdfium.PdfDocument.new(), BytesIO()
    try:
        for picture in pictures:
            width, height = (pixels * 72 / picture.dpi for pixels in picture.image.size)
            page, shown = document.new_page(width, height), pdfium.PdfImage.new(document)
            content, suffix = encode(picture)
            if suffix == ".jpg":
                shown.load_jpeg(BytesIO(content), inline=True)
            else:
                shown.set_bitmap(pdfium.PdfBitmap.from_pil(picture.image))
            shown.set_matrix(pdfium.PdfMatrix().scale(width, height))
            page.insert_obj(shown)
            page.gen_content()
            page.close()
        document.save(out)
    finally:
        document.close()
    return out.getvalue()
