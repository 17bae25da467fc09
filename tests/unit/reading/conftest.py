"""Documents for the reading room's tests, made on the spot; every name in them is invented."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen import canvas

from whereas.reading import OcrOptions, find_ocr
from whereas.settings import Limits
from whereas.types import PageText, Word

LETTER = (612.0, 792.0)

PdfMaker = Callable[..., bytes]
DocxMaker = Callable[..., bytes]
PictureMaker = Callable[..., Image.Image]


@pytest.fixture(scope="session")
def ocr() -> OcrOptions:
    return find_ocr(timeout_s=60)


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture(scope="session")
def make_pdf() -> PdfMaker:
    """A PDF: each page a list of lines, or a picture that fills it."""

    def make(
        *pages: Sequence[str] | Image.Image, size: tuple[float, float] = LETTER, rotate: int = 0, left: float = 72, **options: object
    ) -> bytes:
        out = io.BytesIO()
        pdf = canvas.Canvas(out, pagesize=size, **options)
        for page in pages:
            if rotate:
                pdf.setPageRotation(rotate)
            if isinstance(page, Image.Image):
                pdf.drawInlineImage(page, 0, 0, width=size[0], height=size[1])
            else:
                for row, line in enumerate(page):
                    pdf.drawString(left, size[1] - 72 - 14 * row, line)
            pdf.showPage()
        pdf.save()
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def make_picture() -> PictureMaker:
    """A grey picture of lines of text, as a scanner at ``dpi`` would see 11-point letters."""

    def make(lines: Sequence[str], *, dpi: int = 150, size: tuple[float, float] = (612, 260)) -> Image.Image:
        scale = dpi / 72
        image = Image.new("L", (round(size[0] * scale), round(size[1] * scale)), 255)
        draw = ImageDraw.Draw(image)
        font = ImageFont.load_default(size=12 * scale)
        for row, line in enumerate(lines):
            draw.text((60 * scale, (40 + 22 * row) * scale), line, fill=0, font=font)
        return image

    return make


@pytest.fixture(scope="session")
def encode_picture() -> Callable[..., bytes]:
    def encode(image: Image.Image, kind: str, **options: object) -> bytes:
        out = io.BytesIO()
        image.save(out, kind, **options)
        return out.getvalue()

    return encode


@pytest.fixture(scope="session")
def make_docx() -> DocxMaker:
    """A DOCX from the XML inside its body, with further parts by name (``header1``, ``footnotes``, ``numbering``, ``styles``)."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    roots = {
        "header": "hdr",
        "footer": "ftr",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "numbering": "numbering",
        "styles": "styles",
        "settings": "settings",
    }

    def make(body: str, *, document: str | None = None, **parts: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            xml = document or f"<w:document {namespace}><w:body>{body}</w:body></w:document>"
            archive.writestr("word/document.xml", xml)
            links = ""
            for number, (name, content) in enumerate(parts.items()):
                kind = name.rstrip("0123456789")
                archive.writestr(f"word/{name}.xml", f"<w:{roots[kind]} {namespace}>{content}</w:{roots[kind]}>")
                links += f'<Relationship Id="r{number}" Type="{relation}/{kind}" Target="{name}.xml"/>'
            links += f'<Relationship Id="x" Type="{relation}/header" Target="http://example.invalid/h.xml" TargetMode="External"/>'
            archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def fake_tesseract(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], OcrOptions]:
    """OCR options whose program is a shell script; ``$2.tsv`` is where Tesseract would write its answer."""

    def make(script: str, *, timeout_s: float = 20.0, osd: bool = False) -> OcrOptions:
        folder = tmp_path_factory.mktemp("fake")
        program = folder / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        (folder / "eng.traineddata").write_bytes(b"data")
        return OcrOptions(executable=program, tessdata=folder, osd=folder if osd else None, timeout_s=timeout_s)

    return make


@pytest.fixture(scope="session")
def page_of_lines() -> Callable[..., PageText]:
    """A page of text with layout: letters 6 points wide, lines 14 points apart; a line may be (x, y, text) or just text."""

    def make(*lines: str | tuple[float, float, str], number: int = 1, source: str = "text_layer", height: float = 792.0) -> PageText:
        text, words, at, below = "", [], 0, 60.0
        for index, line in enumerate(lines):
            x, y, content = (72.0, below + 14, line) if isinstance(line, str) else line
            if index:
                gap = "\n\n" if y - below > 20 else "\n"
                text, at = text + gap, at + len(gap)
            below = y
            for word in content.split(" "):
                width = 6.0 * len(word)
                if word:
                    words.append(Word(word, at, at + len(word), (x, y, x + width, y + 11)))
                text, at, x = text + word + " ", at + len(word) + 1, x + width + 6
            text, at = text[:-1], at - 1
        return PageText(number, text, tuple(words), 612.0, height, source, "test")  # type: ignore[arg-type]

    return make


@pytest.fixture
def no_files_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that temporary files go to, to see whether any stay."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path
