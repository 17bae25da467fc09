"""DOCX: what Word shows of a contract that many hands have worked on, and what it does not."""

import io
import zipfile
from collections.abc import Callable

import pytest

from whereas.errors import PermanentError
from whereas.reading import OcrOptions, read_pages
from whereas.settings import Limits
from whereas.types import MediaType, PageText

Docx = Callable[..., bytes]
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@pytest.fixture
def read_page(ocr: OcrOptions, limits: Limits) -> Callable[[bytes], PageText]:
    def page(data: bytes) -> PageText:
        (only,) = read_pages(data, MediaType.DOCX, first=1, last=1, limits=limits, ocr=ocr)
        return only

    return page


@pytest.fixture
def read(read_page: Callable[[bytes], PageText]) -> Callable[[bytes], str]:
    return lambda data: read_page(data).text


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>May 1, 2024</w:t></w:r></w:fldSimple>', "May 1, 2024"),
        (field("begin") + "<w:r><w:instrText>REF a</w:instrText></w:r>" + field("separate") + r("Section 4") + field("end"), "Section 4"),
        # Of an IF field the condition and both answers stand in the instruction, in runs of their own.
        (field("begin") + r("IF ") + field("begin") + r("DOCPROPERTY x") + field("separate") + r("no") + field("end") + r(' = "no" "y"')
         + field("separate") + r("shown") + field("end") + r(" after"), "shown after"),
        (field("end") + r("loose ends"), "loose ends"),
        (r("By") + '<w:r><w:sym w:font="Symbol" w:char="F0D4"/></w:r>' + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "By™☑"),
        ('<w:r><w:sym w:font="Arial" w:char="00A7"/></w:r>' + r("5") + '<w:r><w:sym w:font="Webdings" w:char="F031"/></w:r>', "§5"),
        ('<w:r><w:sym w:font="Arial" w:char="junk"/></w:r>' + r("x"), "x"),
        ("<w:r><w:t>agree</w:t><w:softHyphen/><w:t>ment</w:t></w:r>", "agreement"),
        ('<w:hyperlink w:anchor="a">' + r("the Annex") + "</w:hyperlink>" + r(" applies"), "the Annex applies"),
        ("<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>" + r("Wexcombe") + "</w:sdtContent></w:sdt>" + r(" Ltd"), "Wexcombe Ltd"),
        ('<w:commentRangeStart w:id="1"/>' + r("agreed")
         + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>', "agreed"),
        (r("seen", '<w:vanish w:val="0"/>') + r("gone", "<w:vanish/>") + r("gone", '<w:rStyle w:val="Hidden"/>'), "seen"),
        (r("shown after all", '<w:rStyle w:val="Hidden"/><w:vanish w:val="false"/>'), "shown after all"),
        (r("now") + "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t> shown</w:t></w:r>", "now shown"),
        ('<w:r><w:t>one</w:t><w:br w:type="page"/><w:t>two</w:t></w:r>', "one\n\ntwo"),
        ("<w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby>", "base"),
    ],
)  # fmt: skip
def test_runs(make_docx: Docx, read: Callable[[bytes], str], runs: str, expected: str) -> None:
    styles = (
        '<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Hidden"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    assert read(make_docx(p(runs), styles=styles)) == expected


def test_a_hidden_field_opens_and_closes(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    begin, end = (f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    assert read(make_docx(p(begin, r("XE entry", "<w:vanish/>"), end, r("the Term")))) == "the Term"


def test_an_open_field_hides_no_more_than_its_paragraph(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    assert read(make_docx(p(field("begin"), r("instruction")) + p(r("text that follows")))) == "text that follows"


def test_notes_stand_at_the_end_and_deleted_ones_nowhere(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    def ref(kind: str, number: int, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}" {more}/></w:r>'

    starred = '<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    body = p(r("The fee"), ref("footnote", 2), r(" is due"), starred, r(" now"), ref("endnote", 1), r("."))
    body += p("<w:del>" + ref("footnote", 4) + "</w:del>", r("End."))
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{p(r(text))}</w:footnote>' for number, text in ((3, "Third."), (2, "Second."), (4, "No."))
    )
    endnotes = f'<w:endnote w:id="1">{p(r("Last."))}</w:endnote>'
    text = read(make_docx(body, footnotes=footnotes, endnotes=endnotes))
    assert text == "The fee is due now.\n\nEnd.\n\nSecond.\n\nThird.\n\nLast."


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Article"/><w:lvlText w:val="Article %1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Section"/><w:lvlRestart w:val="0"/><w:isLgl/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="List"/></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="List"/><w:lvl w:ilvl="0"><w:numFmt w:val="ordinalText"/>'
    '<w:lvlText w:val="%1:"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="21"/><w:numFmt w:val="cardinalText"/>'
    '<w:lvlText w:val="Part %2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="11"/><w:numFmt w:val="ordinal"/><w:lvlText w:val="%3"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def number(list_id: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def test_levels_by_style_that_never_begin_anew(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    styles = "".join(
        f'<w:style w:styleId="{name}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' for name in ("Article", "Section")
    )
    body = "".join(p(r("x"), properties=f'<w:pStyle w:val="{name}"/>') for name in ("Article", "Section", "Section", "Article", "Section"))
    lines = read(make_docx(body, numbering=NUMBERING, styles=styles)).split("\n\n")
    assert lines == ["Article I x", "1.1 x", "1.2 x", "Article II x", "2.3 x"]


def test_numbers_in_words_of_a_list_style(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    body = "".join(p(r("x"), properties=number(2, level)) for level in (0, 0, 1, 1, 2, 2, 0))
    lines = read(make_docx(body, numbering=NUMBERING)).split("\n\n")
    assert lines == ["First: x", "Second: x", "Part Twenty-one x", "Part Twenty-two x", "11th x", "12th x", "Third: x"]


def test_deleted_paragraphs_are_not_counted(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    gone = number(2, 0) + "<w:rPr><w:del/></w:rPr>"
    moved = number(2, 0) + "<w:rPr><w:moveFrom/></w:rPr>"
    hidden = number(2, 0) + "<w:rPr><w:vanish/></w:rPr>"
    body = (
        p(r("a"), properties=number(2, 0))
        + p("<w:del><w:r><w:delText>b</w:delText></w:r></w:del>", properties=gone)
        + p("<w:moveFrom>" + r("c") + "</w:moveFrom>", properties=moved)
        + p(r("d", "<w:vanish/>"), properties=hidden)
        + p(r("e"), properties=number(2, 0))
        + p("<w:del><w:r><w:delText>f</w:delText></w:r></w:del>", properties=gone)
        + f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{p(r('g'))}</w:tc><w:tc>{p(r('h'))}</w:tc></w:tr></w:tbl>"
    )
    assert read(make_docx(body, numbering=NUMBERING)) == "First: a\n\nSecond: e\n\nh"


def test_nested_tables_and_wrapped_rows(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p(r('in 1'))}</w:tc><w:tc>{p(r('in 2'))}</w:tc></w:tr></w:tbl>"
    wrapped = f"<w:sdt><w:sdtContent><w:tc>{p(r('b'))}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr><w:tc>{p(r('a'))}</w:tc>{wrapped}</w:tr></w:sdtContent></w:sdt>"
    moved = f"<w:tr><w:trPr><w:moveFrom/></w:trPr><w:tc>{p(r('moved'))}</w:tc></w:tr>"
    assert read(make_docx(f"<w:tbl>{row}{moved}<w:tr><w:tc>{inner}{p()}</w:tc></w:tr></w:tbl>")) == "a b\nin 1 in 2"


def test_headers_that_no_page_shows(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    def sections(title_page: str) -> str:
        kinds = ("default", "first", "even")
        references = "".join(f'<w:headerReference {R} w:type="{kind}" r:id="r{number}"/>' for number, kind in enumerate(kinds))
        return p(r("Body.")) + f"<w:sectPr>{references}{title_page}</w:sectPr>"

    headers = {"header1": p(r("Running header")), "header2": p(r("First page header")), "header3": p(r("Even page header"))}
    assert read(make_docx(sections(""), **headers)) == "Running header\n\nBody."
    shown = read(make_docx(sections("<w:titlePg/>"), **headers, settings="<w:evenAndOddHeaders/>"))
    assert shown == "Running header\n\nFirst page header\n\nEven page header\n\nBody."


def test_the_strict_flavour_and_a_main_part_of_another_name(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    main, strict = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx(p(r("Strictly so."))))) as source, zipfile.ZipFile(out, "w") as target:
        document = source.read("word/document.xml").replace(main.encode(), strict.encode())
        target.writestr("word/document22.xml", document)
        kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
        target.writestr("_rels/.rels", f'<Relationships><Relationship Id="a" Type="{kind}" Target="word/document22.xml"/></Relationships>')
    assert read(out.getvalue()) == "Strictly so."


def test_documents_inserted_as_files_are_warned_of(make_docx: Docx, read_page: Callable[[bytes], PageText]) -> None:
    page = read_page(make_docx(p(r("Annex:")) + "<w:altChunk/>"))
    assert (page.text, [warning.code for warning in page.warnings]) == ("Annex:", ["embedded_document_skipped"])


def test_a_document_of_pictures_alone_says_what_to_do(make_docx: Docx, read: Callable[[bytes], str]) -> None:
    out = io.BytesIO(make_docx(p()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/image1.png", b"picture")
    with pytest.raises(PermanentError, match=r"1 picture.*save it as PDF") as caught:
        read(out.getvalue())
    assert caught.value.code == "empty"
