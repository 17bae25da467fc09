"""HTML as a browser shows it; plain text in its encodings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.errors import PermanentError
from whereas.reading.formats import html, plain


def text_of(markup: str) -> str:
    return html.read(markup.encode()).text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>two\n  three</p>", "One\n\ntwo three"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        ("<h1>Title</h1>text <b>bold</b>face", "Title\n\ntext boldface"),
        ("&amp;&nbsp;&sect;&#8220;x&#x201d; &euro;5", "&\xa0§“x” €5"),
        ("<head><title>no</title></head><body>yes</body>", "yes"),
        ("<head><title>no</title><body>yes", "yes"),
        ("a<script>if (1 < 2) document.write('<p>no</p>')</script><style>p {}</style>b", "ab"),
        ("a<span style='DISPLAY: none'>no <span>no</span></span>b<div style='visibility:hidden'>no</div>", "ab"),
        ("<template><p>no</p></template><noscript>no</noscript>yes", "yes"),
        ("<!-- no --><p>yes<!-- <p>no</p> --></p>", "yes"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<pre>a  b\n  c</pre>d", "a b\nc\n\nd"),
        ("<p>a</table></td></tr></p>b", "a\n\nb"),
    ],
)
def test_blocks(markup: str, expected: str) -> None:
    assert text_of(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<table><tr><td>1<td>Oak<td>4.00<tr><td>2<td>Ash<td>3.00</table>after", "1 Oak 4.00\n2 Ash 3.00\n\nafter"),
        ("<table><tr><th><p>No.</p></th><th><div>Item</div></th></tr></table>", "No. Item"),
        ("<table><tr><td>A<br>By: _</td><td>B<br>By: _</td></tr></table>", "A\nBy: _\nB\nBy: _"),
        ("<table><tr><td></td><td> </td></tr><tr><td>x</td></tr></table>", "x"),
        ("<table><tr><td>out<table><tr><td>in 1</td><td>in 2</td></tr></table></td></tr></table>", "out\n\nin 1 in 2"),
        ("<table><tr><td>never closed", "never closed"),
        ("<table>loose<tr><td>cell</td></tr></table>", "loose\ncell"),
    ],
)
def test_tables(markup: str, expected: str) -> None:
    assert text_of(markup) == expected


@pytest.mark.parametrize(
    ("data", "expected", "encoding"),
    [
        (b'<meta charset="windows-1251"><p>\xc4\xee\xe3\xee\xe2\xee\xf0', "Договор", "windows-1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>\x93x\x94', "“x”", "cp1252"),
        (b'<meta charset="no-such-thing"><p>\x93x\x94', "“x”", "cp1252"),
        ('<meta charset="iso-8859-1"><p>“x”'.encode(), "“x”", "utf-8"),
    ],
)
def test_declared_encodings(data: bytes, expected: str, encoding: str) -> None:
    page = html.read(data)
    assert page.text == expected
    assert page.reason == f"html, encoding:{encoding}"


def test_no_text_is_empty() -> None:
    with pytest.raises(PermanentError, match="empty"):
        html.read(b"<html><body><script>x</script> </body></html>")


@given(st.text(alphabet="<>/tabledrscip ='x\"&;!-", max_size=80))
def test_any_markup_is_read_or_empty(markup: str) -> None:
    try:
        text = text_of(markup)
    except PermanentError:
        return
    assert text.strip()


@pytest.mark.parametrize(
    ("data", "expected", "encoding"),
    [
        ("Café – “x”".encode(), "Café – “x”", "utf-8"),
        (b"\xef\xbb\xbfx", "x", "utf-8-sig"),
        ("Café".encode("utf-16"), "Café", "utf-16"),
        (b"\xfe\xff" + "Café".encode("utf-16-be"), "Café", "utf-16"),
        ("Café – “x” €".encode("cp1252"), "Café – “x” €", "cp1252"),
        (b"a\x81b", "a\ufffdb", "cp1252"),
    ],
)
def test_text_in_its_encodings(data: bytes, expected: str, encoding: str) -> None:
    page = plain.read(data)
    assert (page.text, page.source, page.reason) == (expected, "plain_text", f"encoding:{encoding}")
    assert (page.words, page.width) == ((), None)


def test_line_ends_and_form_feeds() -> None:
    assert plain.read(b"a\r\nb\rc.\n\x0c\nd.\x0cE").text == "a\nb\nc.\n\nd.\n\nE"


@pytest.mark.parametrize("data", [b" \n \t", " \n".encode("utf-16")])
def test_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(PermanentError, match="empty"):
        plain.read(data)
