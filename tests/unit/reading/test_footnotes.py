"""Footnotes stand behind the paragraph that runs over their page; their marks do not stick to words."""

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from whereas.reading import OcrOptions, read_pages
from whereas.reading.cleanup import clean
from whereas.reading.locate import boxes_of
from whereas.reading.pages.lines import Token, merge_baselines
from whereas.reading.repairs.undoing import as_read
from whereas.settings import Limits
from whereas.types import MediaType, PageText, Word

Row = tuple[float, float, str]
OPEN = "The clerk who keeps the books of the harbour at the quay and at every other"
NOTES = [(700.0, 8.0, "1 The harbour was built in the year 1850 and belongs to the town."), (712.0, 8.0, "2 A quay of stone.")]


def page(number: int, *rows: Row, source: str = "text_layer") -> PageText:
    """A page of lines (y, height, text) from the left margin on, letters as wide as half their height."""
    text, words, above = "", [], rows[0][0]
    for y, height, content in rows:
        text += ("\n\n" if y - above > 20 else "\n") if text else ""
        above = y
        x = 72.0
        for index, word in enumerate(content.split(" ")):
            text += " " if index else ""
            words.append(Word(word, len(text), len(text) + len(word), (x, y, x + len(word) * height / 2, y + height)))
            text += word
            x += (len(word) + 1) * height / 2
    return PageText(number, text, tuple(words), 612.0, 792.0, source, "test")  # type: ignore[arg-type]


def body(*last: str) -> list[Row]:
    lines = [
        *(f"The clerk of the {name} writes down the ships and the goods in them day by day." for name in ("quay", "lock", "dock")),
        *last,
    ]
    return [(100 + 14 * row, 11, text) for row, text in enumerate(lines)]


def test_a_sentence_goes_on_past_the_footnotes() -> None:
    pages = [page(1, *body(OPEN), *NOTES), page(2, (100, 11, "place writes down the ships."), (160, 11, "A new paragraph begins."))]
    cleaned = clean(pages)
    text = cleaned.text
    assert "at every other place writes down the ships.\n" in text
    assert text.index("place writes") < text.index("1 The harbour was built") < text.index("2 A quay") < text.index("A new paragraph")
    at = text.index("A quay of stone")
    assert boxes_of(cleaned, pages, at, at + 15)[0] == 1
    assert as_read(cleaned, at, at + 15) == {1: [(pages[0].text.index("A quay of stone"), "A quay of stone")]}


def test_footnotes_stay_at_the_foot_where_the_sentence_ends() -> None:
    text = clean([page(1, *body(), *NOTES), page(2, (100, 11, "A new page begins here."))]).text
    assert text.index("day by day.\n\n1 The harbour") < text.index("A new page")


def test_footnotes_of_the_last_page_are_kept() -> None:
    assert clean([page(1, *body(OPEN), *NOTES)]).text.endswith("2 A quay of stone.")


@pytest.mark.parametrize("mark", ["*", "†", "(1)", "[3]", "12", "a)"])
def test_marks_in_many_forms(mark: str) -> None:
    text = clean([page(1, *body(OPEN), (700, 8, f"{mark} A quay of stone.")), page(2, (100, 11, "place writes down the ships."))]).text
    assert text.endswith(f"{mark} A quay of stone.")


@pytest.mark.parametrize(
    "line", [(700.0, 11.0, "1 A quay of stone."), (700.0, 8.0, "Prices without tax."), (700.0, 8.0, "1. A quay of stone.")]
)
def test_text_of_full_size_without_a_mark_or_with_a_clauses_number_is_no_footnote(line: Row) -> None:
    text = clean([page(1, *body(OPEN), line), page(2, (100, 11, "place writes down the ships."))]).text
    assert text.index(line[2]) < text.index("place writes")


def test_marks_that_ocr_misreads_still_begin_a_footnote() -> None:
    rows = [*body(OPEN), (700.0, 8.0, "' A quay of stone.")]
    for source, moved in (("ocr", True), ("text_layer", False)):
        text = clean([page(1, *rows, source=source), page(2, (100, 11, "place writes down the ships."))]).text
        assert text.endswith("A quay of stone.") is moved


def _raised(text: str, mark: str, rest: str) -> bytes:
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=(612, 792))
    x = 72.0
    for part, size, rise in ((text, 11, 0), (mark, 7, 4), (rest, 11, 0)):
        pdf.setFont("Times-Roman", size)
        pdf.drawString(x, 700 + rise, part)
        x += stringWidth(part, "Times-Roman", size)
    for row in range(8):
        pdf.setFont("Times-Roman", 11)
        pdf.drawString(72, 640 - 14 * row, "The clerk of the quay writes down the ships and the goods in them.")
    pdf.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("This Agreement", "1", " is made."), "This Agreement 1 is made."),
        (("of Halvorsen Limited", "12", ", a company."), "of Halvorsen Limited 12, a company."),
        (("a yard of 40 km", "2", " at the quay"), "a yard of 40 km2 at the quay"),
    ],
)
def test_raised_marks_do_not_stick_to_words(parts: Sequence[str], expected: str, limits: Limits, ocr: OcrOptions) -> None:
    read = next(iter(read_pages(_raised(*parts), MediaType.PDF, first=1, last=1, limits=limits, ocr=ocr)))
    assert read.text.split("\n")[0] == expected
    assert all(read.text[word.start : word.end] == word.text for word in read.words)


def test_a_figure_on_the_line_belongs_to_its_word(make_pdf: object, limits: Limits, ocr: OcrOptions) -> None:
    data = make_pdf(["Halvorsen Model4 of the quay is kept by the clerk of it"] * 8)  # type: ignore[operator]
    assert "Model4" in next(iter(read_pages(data, MediaType.PDF, first=1, last=1, limits=limits, ocr=ocr))).text


def test_a_raised_mark_of_its_own_stays_a_word() -> None:
    parts = [[Token("Agreement", (72, 80, 120, 91))], [Token("3", (120.2, 78, 124, 85))], [Token("is", (127, 80, 134, 91))]]
    assert [token.text for token in merge_baselines(parts)[0]] == ["Agreement", "3", "is"]
