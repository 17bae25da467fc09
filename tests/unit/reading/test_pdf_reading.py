"""PDF pages: text layer with boxes, the choice of OCR, and every way to be refused."""

import io
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from whereas.errors import PermanentError
from whereas.reading import OcrOptions, count_pages, read_pages
from whereas.reading.pages.layout import lines_of
from whereas.settings import Limits
from whereas.types import MediaType, PageText

BODY = (
    "This Services Agreement is made between Halvorsen Timber Company and",
    "Brightwater Logistics Limited, who have agreed on the terms set out below,",
    "and it takes effect on the first day of the month that follows its signature.",
)


def read(data: bytes, ocr: OcrOptions, limits: Limits, first: int = 1, last: int = 99) -> list[PageText]:
    return list(read_pages(data, MediaType.PDF, first=first, last=last, limits=limits, ocr=ocr))


def test_text_layer_gives_words_with_boxes(make_pdf: Callable[..., bytes], ocr: OcrOptions, limits: Limits) -> None:
    page = read(make_pdf(BODY), ocr, limits)[0]
    assert page.text == "\n".join(BODY)
    assert (page.source, page.reason, page.width, page.height) == ("text_layer", "sane_text_layer", 612, 792)
    assert all(page.text[word.start : word.end] == word.text for word in page.words)
    first = page.words[0]
    assert first.box is not None
    # The base line is 72 points from the top, the letters 12 points high.
    assert first.box[0] == pytest.approx(72, abs=1.5)
    assert 56 < first.box[1] < 72 < first.box[3] < 77


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_boxes_and_order_are_as_the_page_is_displayed(ocr: OcrOptions, limits: Limits, rotate: int) -> None:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(500, 500))
    pdf.setPageRotation(rotate)
    for row, line in enumerate(BODY[:2]):
        pdf.drawString(40, 440 - 14 * row, line[:59])
    pdf.save()
    page = read(out.getvalue(), ocr, limits)[0]
    assert page.text == f"{BODY[0][:59]}\n{BODY[1][:59]}"
    box = page.words[0].box
    assert box is not None
    # The first word begins 40 points from the left and 60 from the top of the sheet before it is turned clockwise.
    corner = {90: (500 - box[2], box[1]), 180: (500 - box[2], 500 - box[3]), 270: (box[0], 500 - box[3])}[rotate]
    expected = {90: (50, 40), 180: (40, 50), 270: (50, 40)}[rotate]
    assert corner == pytest.approx(expected, abs=6)
    lines = lines_of(page)
    assert [line.box[0] for line in lines] == pytest.approx([40, 40], abs=2)
    assert lines[1].box[1] - lines[0].box[1] == pytest.approx(14, abs=1)


def test_a_crop_box_moves_the_origin(ocr: OcrOptions, limits: Limits) -> None:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(612, 792), cropBox=(50, 100, 612, 792))
    for row, line in enumerate(BODY):
        pdf.drawString(72, 720 - 14 * row, line)
    pdf.save()
    page = read(out.getvalue(), ocr, limits)[0]
    assert (page.width, page.height) == (562, 692)
    assert page.words[0].box is not None
    assert page.words[0].box[0] == pytest.approx(22, abs=1.5)


def test_pages_are_read_from_first_to_last(make_pdf: Callable[..., bytes], ocr: OcrOptions, limits: Limits) -> None:
    data = make_pdf(*[[f"Clause {number} of the agreement"] for number in range(1, 6)])
    assert count_pages(data, MediaType.PDF, limits=limits) == 5
    assert [page.number for page in read(data, ocr, limits, 2, 4)] == [2, 3, 4]
    assert [page.text for page in read(data, ocr, limits, 5, 9)] == ["Clause 5 of the agreement"]


def test_a_word_broken_at_a_line_end_keeps_its_hyphen(make_pdf: Callable[..., bytes], ocr: OcrOptions, limits: Limits) -> None:
    page = read(make_pdf(["The parties to this agree-", "ment are bound by it for the whole of its term."]), ocr, limits)[0]
    assert page.text.startswith("The parties to this agree-\nment are")


def test_a_superscript_stays_on_its_line(ocr: OcrOptions, limits: Limits) -> None:
    out = io.BytesIO()
    pdf = canvas.Canvas(out)
    pdf.drawString(72, 700, "made as of December 9")
    x = 72 + pdf.stringWidth("made as of December 9")
    pdf.setFontSize(7)
    pdf.drawString(x, 704, "th")
    x += pdf.stringWidth("th", fontSize=7)
    pdf.setFontSize(12)
    pdf.drawString(x, 700, ", 2014 by and between the parties")
    pdf.save()
    assert read(out.getvalue(), ocr, limits)[0].text == "made as of December 9th, 2014 by and between the parties"


def test_a_page_without_text_layer_is_recognised(
    make_pdf: Callable[..., bytes], make_picture: Callable[..., Image.Image], ocr: OcrOptions, limits: Limits
) -> None:
    page = read(make_pdf(make_picture(BODY), size=(612, 260)), ocr, limits)[0]
    assert (page.source, page.reason) == ("ocr", "no_text_layer")
    assert "Halvorsen Timber Company" in page.text
    assert page.confidence is not None
    assert page.confidence > 0.8
    assert all(word.confidence is not None and word.box is not None for word in page.words)


def test_a_stamp_over_a_scan_does_not_pass_for_its_text(make_picture: Callable[..., Image.Image], ocr: OcrOptions, limits: Limits) -> None:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(612, 260))
    pdf.drawInlineImage(make_picture(BODY), 0, 0, width=612, height=260)
    pdf.drawString(40, 20, "Envelope 12AB-34CD")
    pdf.save()
    page = read(out.getvalue(), ocr, limits)[0]
    assert page.reason == "picture_with_little_text"
    assert "Brightwater Logistics" in page.text


def test_a_letterhead_picture_with_real_text_is_not_recognised(ocr: OcrOptions, limits: Limits) -> None:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(612, 792))
    pdf.drawInlineImage(Image.new("L", (60, 80), 250), 0, 0, width=612, height=792)
    for row in range(6):
        pdf.drawString(72, 700 - 14 * row, BODY[row % 3])
    pdf.save()
    assert read(out.getvalue(), ocr, limits)[0].source == "text_layer"


def test_an_empty_page_is_blank_without_ocr(
    make_pdf: Callable[..., bytes], fake_tesseract: Callable[..., OcrOptions], limits: Limits
) -> None:
    page = read(make_pdf([], ["Signed"]), fake_tesseract("exit 9"), limits)[0]
    assert (page.text, page.reason) == ("", "nothing_drawn")
    assert [(warning.code, warning.page) for warning in page.warnings] == [("blank_page", 1)]


def test_filled_form_fields_stand_where_they_are_seen(ocr: OcrOptions, limits: Limits) -> None:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(612, 792))
    for row, label in enumerate(("Name of the tenant:", "Town of the flat:", "Rent a month:")):
        pdf.drawString(72, 700 - 30 * row, label)
    for row, value in enumerate(("Marit Halvorsen", "Bergen", "900 crowns")):
        pdf.acroForm.textfield(name=f"f{row}", value=value, x=200, y=695 - 30 * row, width=200, height=18, fontSize=11)
    pdf.linkURL("http://example.invalid", (72, 100, 200, 120))
    pdf.save()
    page = read(out.getvalue(), ocr, limits)[0]
    assert [line for line in page.text.split("\n") if line] == [
        "Name of the tenant: Marit Halvorsen",
        "Town of the flat: Bergen",
        "Rent a month: 900 crowns",
    ]
    assert page.source == "text_layer"


def refused(data: bytes, limits: Limits) -> str:
    with pytest.raises(PermanentError) as caught:
        count_pages(data, MediaType.PDF, limits=limits)
    return caught.value.code


def test_a_password_is_encrypted(make_pdf: Callable[..., bytes], limits: Limits) -> None:
    assert refused(make_pdf(BODY, encrypt=StandardEncryption("secret", ownerPassword="other")), limits) == "encrypted"


def test_an_owner_password_alone_is_read(make_pdf: Callable[..., bytes], ocr: OcrOptions, limits: Limits) -> None:
    data = make_pdf(BODY, encrypt=StandardEncryption("", ownerPassword="other"))
    assert read(data, ocr, limits)[0].text.startswith("This Services")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_corrupt(make_pdf: Callable[..., bytes], limits: Limits, kept: float) -> None:
    data = make_pdf(*[BODY] * 4)
    assert refused(data[: int(len(data) * kept)], limits) == "corrupt"


def test_an_update_cut_short_is_corrupt(make_pdf: Callable[..., bytes], limits: Limits) -> None:
    assert refused(make_pdf(BODY) + b"\n9 0 obj\n<< /Type /Page", limits) == "corrupt"


def test_junk_behind_the_end_is_no_damage(make_pdf: Callable[..., bytes], limits: Limits) -> None:
    assert count_pages(make_pdf(BODY) + b"\r\n<!-- served in 3 ms -->\x00\x00", MediaType.PDF, limits=limits) == 1


def test_nonsense_with_a_pdf_header_is_corrupt(limits: Limits) -> None:
    assert refused(b"%PDF-1.4\nnonsense\nstartxref\n0\n%%EOF", limits) == "corrupt"


def test_no_pages_is_empty(limits: Limits) -> None:
    document = pdfium.PdfDocument.new()
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert refused(out.getvalue(), limits) == "empty"


def test_more_pages_than_the_limit(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf(*[["page"]] * 4)
    assert refused(data, Limits(max_pages=3)) == "too_many_pages"
    assert count_pages(data, MediaType.PDF, limits=Limits(max_pages=4)) == 4


def test_a_huge_sheet_is_rendered_smaller_or_refused(
    make_pdf: Callable[..., bytes], make_picture: Callable[..., Image.Image], ocr: OcrOptions
) -> None:
    picture = make_picture(BODY)
    sheet = make_pdf(picture, size=(612, 260))
    # 8.5 x 3.6 inches at 300 dpi are 2.8 million pixels: at a limit of 1.5 million the page is read at about 220 dpi.
    assert "Halvorsen" in read(sheet, ocr, Limits(max_pixels=1_500_000))[0].text
    with pytest.raises(PermanentError) as caught:
        read(make_pdf(picture, size=(7200, 7200)), ocr, Limits(max_pixels=60_000_000))
    assert (caught.value.code, caught.value.page) == ("too_many_pixels", 1)


def test_a_picture_too_large_to_unpack_is_refused(make_pdf: Callable[..., bytes], ocr: OcrOptions) -> None:
    data = make_pdf(Image.new("L", (3000, 3000), 255), size=(612, 792))
    with pytest.raises(PermanentError) as caught:
        read(data, ocr, Limits(max_pixels=8_500_000))
    assert caught.value.code == "too_many_pixels"


def test_a_text_page_of_any_size_is_read(make_pdf: Callable[..., bytes], ocr: OcrOptions) -> None:
    assert read(make_pdf(BODY, size=(14000, 14000)), ocr, Limits(max_pixels=1000))[0].source == "text_layer"
