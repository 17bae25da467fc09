"""DOCX: what a reader of the accepted document sees, and the files that are refused."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from whereas.errors import PermanentError
from whereas.reading import OcrOptions, count_pages, read_pages
from whereas.settings import Limits
from whereas.types import MediaType

Docx = Callable[..., bytes]


@pytest.fixture
def read(ocr: OcrOptions, limits: Limits) -> Callable[[bytes], str]:
    def text(data: bytes) -> str:
        (page,) = read_pages(data, MediaType.DOCX, first=1, last=1, limits=limits, ocr=ocr)
        assert (page.source, page.reason, page.words) == ("markup", "docx", ())
        return page.text

    return text


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_paragraphs_and_tables_of_a_word_processor(read: Callable[[bytes], str]) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Supply Agreement No. 7"
    document.add_paragraph("The parties agree.")
    table = document.add_table(rows=2, cols=3)
    for row, cells in enumerate((("No.", "Item", "Price"), ("1", "Oak beam", "40.00"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.add_paragraph("Line one\nline two")
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()) == (
        "Supply Agreement No. 7\n\nThe parties agree.\n\nNo. Item Price\n1 Oak beam 40.00\n\nLine one\nline two"
    )


def test_signature_blocks_in_cells_stand_one_after_the_other(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "".join(cell.format(p(name) + p("By: ____")) for name in ("Halvorsen", "Brightwater"))
    assert read(make_docx(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")) == "Halvorsen\nBy: ____\nBrightwater\nBy: ____"


def test_tracked_changes_are_read_as_accepted(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    body = (
        '<w:p><w:r><w:t>The term is </w:t></w:r><w:del w:id="1"><w:r><w:delText>one year</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>two years</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>Joined </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>to this.</w:t></w:r></w:p>"
        '<w:p><w:moveFrom w:id="4"><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:moveTo w:id="5"><w:r><w:t>moved here</w:t></w:r></w:moveTo></w:p>'
        f'<w:tbl><w:tr><w:trPr><w:del w:id="6"/></w:trPr><w:tc>{p("struck row")}</w:tc></w:tr></w:tbl>'
    )
    assert read(make_docx(body)) == "The term is two years.\n\nJoined to this.\n\nmoved here"


def test_fields_hidden_text_breaks_and_boxes(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    body = (
        "<w:p><w:r><w:instrText>PAGEREF _1</w:instrText></w:r><w:r><w:t>see page 4</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:tab/><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t>"
        "<w:br/><w:t>next line</w:t></w:r>"
        f"<w:r><w:pict><w:txbxContent>{p('in a box')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    assert read(make_docx(body)) == "see page 4 non-stop\nnext line\n\nin a box"


def test_a_text_box_and_its_fallback_are_read_once(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    box = f"<w:txbxContent>{p('Halvorsen')}</w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read(make_docx(body)) == "Halvorsen"


def test_headers_once_page_numbers_never_notes_at_the_end(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    note = '<w:footnote w:type="separator"><w:p><w:r><w:t>___</w:t></w:r></w:p></w:footnote><w:footnote w:id="2">{}</w:footnote>'
    reference = '<w:p><w:r><w:t>Bo</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>dy.</w:t></w:r></w:p>'
    data = make_docx(
        reference,
        header1=p("Draft of Halvorsen"),
        header2=p("DRAFT OF HALVORSEN"),
        footer1=p("Page 1 of 3"),
        footnotes=note.format(p("A note.")),
    )
    assert read(data) == "Draft of Halvorsen\n\nBody.\n\nA note."


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="ARTICLE %1"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def number(list_id: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def test_numbers_are_counted_as_the_reader_sees_them(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (2, 0), (2, 0), (3, 0), (4, 0), (1, 0), (0, 0), (9, 0)]
    data = make_docx("".join(p("x", number(*place)) for place in places), numbering=NUMBERING)
    assert read(data).split("\n\n") == [
        "1. x", "1.1 x", "1.2 x", "(a) x", "(b) x", "2. x", "2.1 x", "ARTICLE IV x", "ARTICLE V x", "x", "7. x", "3. x", "x", "x",
    ]  # fmt: skip


def test_a_style_gives_its_paragraphs_their_numbers(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    styles = (
        f'<w:style w:styleId="Clause"><w:pPr>{number(1, 1)}</w:pPr></w:style>'
        '<w:style w:styleId="Child"><w:basedOn w:val="Clause"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = p("a", '<w:pStyle w:val="Clause"/>') + p("b", '<w:pStyle w:val="Child"/>') + p("c", '<w:pStyle w:val="Loop"/>')
    assert read(make_docx(body, numbering=NUMBERING, styles=styles)).split("\n\n") == ["1.1 a", "1.2 b", "c"]


def code_of(data: bytes, limits: Limits, ocr: OcrOptions) -> str:
    with pytest.raises(PermanentError) as caught:
        list(read_pages(data, MediaType.DOCX, first=1, last=1, limits=limits, ocr=ocr))
    return caught.value.code


def test_damaged_files_are_corrupt(make_docx: Docx, ocr: OcrOptions, limits: Limits) -> None:
    whole = make_docx(p("text " * 500))
    assert code_of(whole[: len(whole) // 2], limits, ocr) == "corrupt"
    assert code_of(make_docx("", document="<w:document"), limits, ocr) == "corrupt"
    assert code_of(make_docx("", document="<document/>"), limits, ocr) == "corrupt"
    broken = bytearray(whole)
    at = whole.index(b"word/document.xml") + 30
    broken[at : at + 20] = bytes(20)
    assert code_of(bytes(broken), limits, ocr) == "corrupt"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/other.xml", "<x/>")
    assert code_of(out.getvalue(), limits, ocr) == "corrupt"


def test_no_text_is_empty(make_docx: Docx, ocr: OcrOptions, limits: Limits) -> None:
    assert code_of(make_docx(p(" ")), limits, ocr) == "empty"


def test_a_zip_bomb_is_too_large_and_is_not_unpacked(make_docx: Docx, ocr: OcrOptions) -> None:
    data = make_docx(p("x" * 3_000_000))
    assert len(data) < 20_000
    small = Limits(max_bytes=1_000_000)
    assert code_of(data, small, ocr) == "too_large"
    with pytest.raises(PermanentError, match="too_large"):
        count_pages(data, MediaType.DOCX, limits=small)
    many = make_docx(p("x"), header1=p("y" * 600_000), header2=p("z" * 600_000))
    assert code_of(many, small, ocr) == "too_large"


def test_entities_are_not_expanded(make_docx: Docx, ocr: OcrOptions, limits: Limits) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'{bomb}<w:document xmlns:w="{main}"><w:body><w:p><w:r><w:t>x &b;</w:t></w:r></w:p></w:body></w:document>'
    (page,) = read_pages(make_docx("", document=document), MediaType.DOCX, first=1, last=1, limits=limits, ocr=ocr)
    assert page.text == "x"


def test_endless_nesting_is_corrupt(make_docx: Docx, ocr: OcrOptions, limits: Limits) -> None:
    assert code_of(make_docx("<w:sdt>" * 60 + p("x") + "</w:sdt>" * 60), limits, ocr) == "corrupt"


def test_a_docx_has_one_page(make_docx: Docx, ocr: OcrOptions, limits: Limits) -> None:
    data = make_docx(p("x"))
    assert count_pages(data, MediaType.DOCX, limits=limits) == 1
    assert list(read_pages(data, MediaType.DOCX, first=2, last=4, limits=limits, ocr=ocr)) == []
