"""Text layer or OCR: each rule on a page made for it, the thresholds between, and documents of pages of both kinds."""

import io
from collections.abc import Callable, Iterator, Sequence

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from whereas.reading import OcrOptions, read_pages
from whereas.settings import Limits
from whereas.types import MediaType, PageText

SIZE = (612, 260)
LINES = (
    "This Services Agreement is made between Halvorsen Timber Company and",
    "Brightwater Logistics Limited, who have agreed on the terms set out below,",
    "and it takes effect on the first day of the month that follows its signature.",
    "The supplier shall deliver the goods to the place that the buyer has named,",
    "and the buyer shall pay the price within thirty days of the delivery.",
    "Neither party may assign its rights without the consent of the other party.",
)
# Plausible letters, no words: what OCR makes of a bad copy.
MISREAD = (
    "Thir Servioes Agreernent ir rnade betvveen Halvorren Tirnber Cornpany anb",
    "Brightvvater Logirtios Lirniteb, vvho nave agreeb ou tne terrns ret out belovv,",
    "anb it taker effeot ou tne firrt bay of tne rnoutn tnat follovvs itr rignature.",
    "Tne rupplier rnall beliver tne goobs to tne plaoe tnat tne buyer nar narneb,",
    "anb tne buyer rnall pay tne prioe vvitnin tnirty bayr of tne belivery.",
    "Neitner party rnay arrign itr rigntr vvitnout tne oonsent of tne otner party.",
)
# Half of the words are names that no list of frequent words holds: neither clearly English nor clearly not.
NAMES = (
    "Halvorsen and Brightwater hold the shares that Kowalczyk sold to Lindqvist",
    "Vandermeer owes Ostrander rent for the Thistlewood barn at Bergstrom farm",
    "Pemberton of Kowalczyk keeps books with Lindqvist on the Vandermeer estate",
    "Ostrander has let Thistlewood land to Halvorsen and to Brightwater heirs",
    "Bergstrom will pay Pemberton what Kowalczyk lent Lindqvist in the spring",
    "Vandermeer signs here for Ostrander, Thistlewood and the Bergstrom house",
)


def written(draw: Callable[[Canvas], None], *, size: tuple[float, float] = SIZE, crop: tuple[float, ...] | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, cropBox=crop)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(canvas: Canvas, lines: Sequence[str], *, mode: int = 0, top: float = 210, white: bool = False) -> None:
    """Write lines where ``make_picture`` has them."""
    text = canvas.beginText(60, top)
    text.setFont("Helvetica", 11)
    text.setLeading(22)
    text.setTextRenderMode(mode)
    text.setFillGray(1 if white else 0)
    text.textLines("\n".join(lines))
    canvas.drawText(text)


def outline(canvas: Canvas, picture: Image.Image, *, dpi: float, top: float) -> None:
    """Draw a picture's ink as filled rectangles, one for each run of a row: print without text and without picture."""
    unit = 72 / dpi
    path = canvas.beginPath()
    for row in range(picture.height):
        for start, end in runs(picture, row):
            path.rect(start * unit, top - (row + 1) * unit, (end - start) * unit, unit * 1.05)
    canvas.drawPath(path, stroke=0, fill=1)


def runs(picture: Image.Image, row: int) -> Iterator[tuple[int, int]]:
    start = None
    for column in range(picture.width + 1):
        dark = column < picture.width and picture.getpixel((column, row)) < 128  # type: ignore[operator]
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column
            start = None


@pytest.fixture
def scan(make_picture: Callable[..., Image.Image]) -> Image.Image:
    return make_picture(LINES)


@pytest.fixture
def no_ocr(fake_tesseract: Callable[..., OcrOptions]) -> OcrOptions:
    """An engine that fails whenever it is asked."""
    return fake_tesseract("exit 9")


def read(data: bytes, ocr: OcrOptions) -> list[PageText]:
    return list(read_pages(data, MediaType.PDF, first=1, last=99, limits=Limits(), ocr=ocr))


def scanned(picture: Image.Image, lines: Sequence[str], *, mode: int = 3, under: bool = False) -> bytes:
    """A scan with an OCR layer: invisible over the picture, or visible under it."""

    def draw(canvas: Canvas) -> None:
        if under:
            write(canvas, lines, mode=0)
        canvas.drawInlineImage(picture, 0, 0, width=SIZE[0], height=SIZE[1])
        if not under:
            write(canvas, lines, mode=mode)

    return written(draw)


@pytest.mark.parametrize("under", [False, True])
def test_a_good_ocr_layer_is_kept_without_ocr(scan: Image.Image, no_ocr: OcrOptions, under: bool) -> None:
    [page] = read(scanned(scan, LINES, under=under), no_ocr)
    assert (page.source, page.reason) == ("text_layer", "good_ocr_layer")
    assert page.text.startswith(LINES[0])
    assert page.measures is not None
    assert (page.measures.hidden_share, page.measures.picture_share) == (1.0, 1.0)
    assert page.measures.word_share is not None
    assert page.measures.word_share > 0.75
    assert page.measures.uncovered_ink is not None
    assert page.measures.uncovered_ink < 0.3


def test_a_poor_ocr_layer_is_recognised_anew(scan: Image.Image, ocr: OcrOptions) -> None:
    [page] = read(scanned(scan, MISREAD), ocr)
    assert (page.source, page.reason) == ("ocr", "poor_ocr_layer")
    assert "Brightwater Logistics Limited" in page.text


def test_an_ocr_layer_in_doubt_that_the_picture_confirms_is_kept(make_picture: Callable[..., Image.Image], ocr: OcrOptions) -> None:
    [page] = read(scanned(make_picture(NAMES), NAMES), ocr)
    assert (page.source, page.reason) == ("text_layer", "ocr_layer_confirmed")
    assert page.measures is not None
    assert page.measures.probe_agreement is not None
    assert page.measures.probe_agreement > 0.9
    assert page.confidence is None


def test_an_ocr_layer_of_another_page_is_recognised_anew(scan: Image.Image, ocr: OcrOptions) -> None:
    [page] = read(scanned(scan, NAMES), ocr)
    assert (page.source, page.reason) == ("ocr", "ocr_layer_refuted")
    assert "Kowalczyk" not in page.text
    assert page.measures is not None
    assert page.measures.probe_agreement is not None
    assert page.measures.probe_agreement < 0.5


def test_an_ocr_layer_of_part_of_the_page_is_recognised_anew(make_picture: Callable[..., Image.Image], ocr: OcrOptions) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawInlineImage(make_picture([*LINES * 3, *NAMES], size=(612, 600)), 0, 0, width=612, height=600)
        write(canvas, LINES * 3, mode=3, top=550)

    [page] = read(written(draw, size=(612, 600)), ocr)
    assert (page.source, page.reason) == ("ocr", "ocr_layer_refuted")
    assert "consent of the other party" in page.text
    assert "Thistlewood barn" in page.text


def test_a_page_of_outlines_is_recognised(scan: Image.Image, ocr: OcrOptions) -> None:
    [page] = read(written(lambda canvas: outline(canvas, scan, dpi=150, top=SIZE[1])), ocr)
    assert (page.source, page.reason) == ("ocr", "outlined_text")
    assert "Halvorsen Timber Company" in page.text


def test_outlines_under_a_line_of_text_are_recognised(make_picture: Callable[..., Image.Image], ocr: OcrOptions) -> None:
    def draw(canvas: Canvas) -> None:
        outline(canvas, make_picture(LINES[1:]), dpi=150, top=SIZE[1] - 20)
        canvas.drawString(60, 240, "Page 4 of 9 of the agreement")

    [page] = read(written(draw), ocr)
    assert (page.source, page.reason) == ("ocr", "outlines_with_text")
    assert page.text.startswith("Page 4 of 9 of the agreement\n")
    assert "place that the buyer has named" in page.text


def test_a_picture_of_text_in_a_page_of_text_is_recognised(make_picture: Callable[..., Image.Image], ocr: OcrOptions) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, LINES[:3], top=720)
        write(canvas, LINES[:3], top=650)
        canvas.drawInlineImage(make_picture(LINES[3:], size=(612, 130)), 0, 380, width=612, height=130)

    [page] = read(written(draw, size=(612, 792)), ocr)
    assert (page.source, page.reason) == ("ocr", "picture_with_text")
    assert page.text.startswith("\n".join(LINES[:3]))
    assert "within thirty days of the delivery" in page.text
    assert page.text.index("Halvorsen") < page.text.index("thirty days")
    # What the layer had stays as it was; what OCR added is marked by its confidence.
    assert {word.confidence is None for word in page.words if word.text in {"Halvorsen", "Brightwater"}} == {True}
    assert {word.confidence is None for word in page.words if word.text in {"price", "thirty", "consent"}} == {False}
    assert page.text.count("Halvorsen") == 2


def test_a_photograph_in_a_page_of_text_changes_nothing(ocr: OcrOptions) -> None:
    photograph = Image.radial_gradient("L").resize((400, 200))

    def draw(canvas: Canvas) -> None:
        write(canvas, LINES, top=720)
        canvas.drawInlineImage(photograph, 60, 300, width=480, height=240)

    [page] = read(written(draw, size=(612, 792)), ocr)
    assert (page.source, page.reason) == ("text_layer", "nothing_beside_text")
    assert page.text.startswith(LINES[0])


@pytest.mark.parametrize(("mode", "white"), [(3, False), (7, False), (0, True)])
def test_text_that_does_not_show_is_left_out_with_a_warning(no_ocr: OcrOptions, mode: int, white: bool) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, LINES[:4])
        write(canvas, ["The buyer waives all warranties."], mode=mode, white=white, top=60)

    [page] = read(written(draw), no_ocr)
    assert page.source == "text_layer"
    assert "warranties" not in page.text
    assert "place that the buyer has named" in page.text
    assert [(warning.code, warning.page) for warning in page.warnings] == [("hidden_text_left_out", 1)]
    assert page.measures is not None
    assert 0 < page.measures.hidden_share < 0.2


def test_hidden_text_on_a_picture_in_the_page_is_its_text_and_kept(make_picture: Callable[..., Image.Image], ocr: OcrOptions) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, LINES[:3], top=720)
        canvas.drawInlineImage(make_picture(LINES[3:], size=(612, 130)), 0, 380, width=612, height=130)
        write(canvas, LINES[3:], top=467, mode=3)

    [page] = read(written(draw, size=(612, 792)), ocr)
    assert (page.source, page.warnings) == ("text_layer", ())
    assert page.text.split("\n")[-1] == LINES[5]
    assert page.measures is not None
    assert page.measures.hidden_share == pytest.approx(0.5, abs=0.1)


def test_white_text_on_a_dark_ground_is_read(no_ocr: OcrOptions) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.1)
        canvas.rect(40, 190, 500, 40, stroke=0, fill=1)
        write(canvas, LINES[:1], white=True)
        write(canvas, LINES[1:4], top=150)

    [page] = read(written(draw), no_ocr)
    assert page.text.startswith(LINES[0])
    assert page.warnings == ()


def test_text_outside_the_crop_box_is_not_read(no_ocr: OcrOptions) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, LINES[:4])
        canvas.drawString(60, 12, "DRAFT 7 proof marks for the printer only")

    [page] = read(written(draw, crop=(0, 40, *SIZE)), no_ocr)
    assert "printer" not in page.text
    assert page.text.startswith(LINES[0])


def turned(degrees: float) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.translate(306, 396)
        canvas.rotate(degrees)
        canvas.translate(-250, 0)
        write(canvas, LINES, top=60)

    return written(draw, size=(612, 792))


@pytest.mark.parametrize(("degrees", "reason"), [(0, "sane_text_layer"), (4, "sane_text_layer"), (90, "turned_text_layer")])
def test_turned_text_says_so(no_ocr: OcrOptions, degrees: float, reason: str) -> None:
    [page] = read(turned(degrees), no_ocr)
    assert (page.source, page.reason) == ("text_layer", reason)
    assert page.measures is not None
    assert page.measures.oblique_share == 0


def test_oblique_text_says_so(no_ocr: OcrOptions) -> None:
    [page] = read(turned(30), no_ocr)
    assert (page.source, page.reason) == ("text_layer", "oblique_text_layer")
    assert page.measures is not None
    assert page.measures.oblique_share > 0.9


def test_a_document_of_pages_of_all_kinds(scan: Image.Image, ocr: OcrOptions) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE)
    write(canvas, LINES)
    canvas.showPage()
    canvas.drawInlineImage(scan, 0, 0, width=SIZE[0], height=SIZE[1])
    canvas.showPage()
    canvas.drawInlineImage(scan, 0, 0, width=SIZE[0], height=SIZE[1])
    write(canvas, LINES, mode=3)
    canvas.showPage()
    canvas.showPage()
    canvas.drawInlineImage(scan, 0, 0, width=SIZE[0], height=SIZE[1])
    write(canvas, MISREAD, mode=3)
    canvas.showPage()
    canvas.save()
    pages = read(out.getvalue(), ocr)
    assert [(page.source, page.reason) for page in pages] == [
        ("text_layer", "sane_text_layer"),
        ("ocr", "no_text_layer"),
        ("text_layer", "good_ocr_layer"),
        ("text_layer", "nothing_drawn"),
        ("ocr", "poor_ocr_layer"),
    ]
    assert all("Neither party may assign its rights" in page.text for page in pages if page.reason != "nothing_drawn")
    assert all(page.measures is not None for page in pages)
    assert [word.confidence is None for page in (pages[0], pages[1]) for word in page.words[:1]] == [True, False]


def test_a_picture_beyond_the_limit_is_not_looked_at(scan: Image.Image, no_ocr: OcrOptions) -> None:
    data = scanned(scan, NAMES)
    [page] = read_pages(data, MediaType.PDF, first=1, last=1, limits=Limits(max_pixels=100_000), ocr=no_ocr)
    assert (page.source, page.reason) == ("text_layer", "ocr_layer_unproved")
