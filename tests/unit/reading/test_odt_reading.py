"""ODT: what the reader of the accepted document sees, and the files that are refused."""

import io
import zipfile
from collections.abc import Callable

import pytest

from whereas.errors import PermanentError
from whereas.reading import OcrOptions, count_pages, read_pages
from whereas.settings import Limits
from whereas.types import MediaType

NAMES = ("office", "text", "table", "drawing", "style")
SPACES = " ".join(
    f'xmlns:{"draw" if name == "drawing" else name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES
) + ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'  # fmt: skip


def make(body: str, *, automatic: str = "", styles: str = "", content: str | None = None, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            content
            or f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>")
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return out.getvalue()


@pytest.fixture
def read(ocr: OcrOptions, limits: Limits) -> Callable[[bytes], str]:
    def text(data: bytes) -> str:
        assert count_pages(data, MediaType.ODT, limits=limits) == 1
        (page,) = read_pages(data, MediaType.ODT, first=1, last=1, limits=limits, ocr=ocr)
        assert (page.source, page.reason) == ("markup", "odt")
        return page.text

    return text


def p(text: str, tag: str = "p", **attributes: str) -> str:
    more = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<text:{tag}{more}>{text}</text:{tag}>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("SUPPLY", "h", outline_level="1") + p("one  two<text:s text:c='3'/>three<text:tab/>four"), "SUPPLY\n\none two three four"),
        (p("a<text:line-break/>b"), "a\nb"),
        (p("The <text:span>Buyer</text:span> <text:a>agrees</text:a>."), "The Buyer agrees."),
        (p("agreed<office:annotation><text:p>a comment</text:p></office:annotation> terms"), "agreed terms"),
        (p("paid<text:soft-page-break/> in full"), "paid in full"),
        (p("on <text:date>May 1, 2024</text:date><text:bookmark-start/>"), "on May 1, 2024"),
        (p("seen<text:span text:style-name='T1'>hidden</text:span>"), "seen"),
        (p("hidden", style_name="P1") + p("<text:hidden-paragraph text:is-hidden='true'/>gone") + p("seen"), "seen"),
        ("<text:section text:display='none'>" + p("no") + "</text:section><text:section>" + p("yes") + "</text:section>", "yes"),
        ("<text:tracked-changes><text:changed-region><text:deletion>" + p("struck") + "</text:deletion></text:changed-region>"
         "</text:tracked-changes>" + p("The term is <text:change text:change-id='a'/><text:change-start/>two<text:change-end/> years."),
         "The term is two years."),
        (p("in<draw:frame><draw:text-box>" + p("boxed") + "</draw:text-box></draw:frame> and after"), "in and after\n\nboxed"),
        ("<draw:frame><draw:text-box>" + p("on the page") + "</draw:text-box></draw:frame>" + p("x"), "on the page\n\nx"),
        ("<text:table-of-content><text:table-of-content-source>" + p("no") + "</text:table-of-content-source><text:index-body>"
         + p("1. Rent") + "</text:index-body></text:table-of-content>", "1. Rent"),
        (p("<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>above</text:ruby-text></text:ruby>"), "base"),
    ],
)  # fmt: skip
def test_blocks(read: Callable[[bytes], str], body: str, expected: str) -> None:
    hidden = "".join(
        f'<style:style style:name="{name}"><style:text-properties text:display="none"/></style:style>' for name in ("T1", "P1")
    )
    assert read(make(body, automatic=hidden)) == expected


def test_notes_stand_at_the_end(read: Callable[[bytes], str]) -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>" + p("Of each month.") + "</text:note-body></text:note>"
    assert read(make(p(f"Rent is due{note} in advance.") + p("End."))) == "Rent is due in advance.\n\nEnd.\n\nOf each month."


def test_tables(read: Callable[[bytes], str]) -> None:
    def row(*cells: str) -> str:
        return "<table:table-row>" + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells) + "</table:table-row>"

    inner = f"<table:table>{row(p('in 1'), p('in 2'))}</table:table>"
    table = (
        f"<table:table><table:table-header-rows>{row(p('No.'), p('Item'))}</table:table-header-rows>"
        f"<table:table-rows>{row(p('1'), p('Oak'))}<table:table-row><table:table-cell>{inner}</table:table-cell>"
        f"<table:covered-table-cell/></table:table-row></table:table-rows>"
        f"{row(p('Dunholt') + p('By: _'), p('Wexcombe') + p('By: _'))}</table:table>"
    )
    assert read(make(table)) == "No. Item\n1 Oak\nin 1 in 2\nDunholt\nBy: _\nWexcombe\nBy: _"


def level(number: int, form: str, **more: str) -> str:
    attributes = "".join(f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in more.items())
    return f'<text:list-level-style-number text:level="{number}" style:num-format="{form}"{attributes}/>'


LIST = (
    '<text:list-style style:name="L1">'
    + level(1, "1", style__num_suffix=".")
    + level(2, "1", text__display_levels="2")
    + level(3, "a", style__num_prefix="(", style__num_suffix=")")
    + '</text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    '<text:list-style style:name="L3">' + level(1, "I", loext__num_list_format="Article %1%", text__start_value="4") + "</text:list-style>"
)


def items(*contents: str, style: str = "L1", **attributes: str) -> str:
    more = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    inside = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    return f'<text:list text:style-name="{style}"{more}>{inside}</text:list>'


def test_lists_are_counted_as_the_reader_sees_them(read: Callable[[bytes], str]) -> None:
    deepest = f"<text:list><text:list-item>{p('d')}</text:list-item></text:list>"
    nested = p("b") + f"<text:list><text:list-item>{p('c')}{deepest}</text:list-item></text:list>"
    body = (
        items(p("a") + p("more of a"), nested)
        + p("between")
        + items(p("e"), continue_numbering="true")
        + items(p("f"), p("g"))
        + items(p("h"), style="L2")
        + items(p("i"), p("j"), style="L3")
        + items("", style="L3").replace("<text:list-item>", '<text:list-item text:start-value="9">' + p("k"))
    )
    assert read(make(body, automatic=LIST)).split("\n\n") == [
        "1. a", "more of a", "2. b", "2.1 c", "(a) d", "between", "3. e", "1. f", "2. g", "h", "Article IV i", "Article V j",
        "Article IX k",
    ]  # fmt: skip


def test_a_list_goes_on_where_another_left_off(read: Callable[[bytes], str]) -> None:
    first = items(p("a"), p("b")).replace("<text:list ", '<text:list xml:id="one" ')
    assert read(make(first + items(p("x")) + items(p("c"), continue_list="one"), automatic=LIST)) == "1. a\n\n2. b\n\n1. x\n\n3. c"


def test_headings_bear_the_outlines_numbers(read: Callable[[bytes], str]) -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
        '<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>'
    )
    headings = [("1", "Term"), ("2", "Start"), ("2", "End"), ("3", "Note"), ("1", "Rent"), ("2", "Sum")]
    body = "".join(p(text, "h", outline_level=at) for at, text in headings)
    assert read(make(body, styles=outline)).split("\n\n") == ["1. Term", "1.1 Start", "1.2 End", "Note", "2. Rent", "2.1 Sum"]


def code_of(data: bytes, limits: Limits, ocr: OcrOptions) -> str:
    with pytest.raises(PermanentError) as caught:
        list(read_pages(data, MediaType.ODT, first=1, last=1, limits=limits, ocr=ocr))
    return caught.value.code


def test_what_cannot_be_read(ocr: OcrOptions, limits: Limits) -> None:
    encrypted = make(p("x"), **{"META-INF__manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"})
    assert code_of(encrypted, limits, ocr) == "encrypted"
    assert code_of(make(p(" ")), limits, ocr) == "empty"
    assert code_of(make("", content="<office:document-content"), limits, ocr) == "corrupt"
    assert code_of(make("", content="<x/>"), limits, ocr) == "corrupt"
    assert code_of(make("<text:section>" * 60 + p("x") + "</text:section>" * 60), limits, ocr) == "corrupt"
    assert code_of(make(p("<text:span>" * 60 + "x" + "</text:span>" * 60)), limits, ocr) == "corrupt"
    whole = make(p("text " * 500))
    assert code_of(whole[: len(whole) // 2], limits, ocr) == "corrupt"


def test_a_zip_bomb_is_too_large_and_is_not_unpacked(ocr: OcrOptions) -> None:
    data, small = make(p("x" * 3_000_000)), Limits(max_bytes=1_000_000)
    assert len(data) < 20_000
    assert code_of(data, small, ocr) == "too_large"
    with pytest.raises(PermanentError, match="too_large"):
        count_pages(data, MediaType.ODT, limits=small)
