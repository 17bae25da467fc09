"""Texts as filed with the SEC: submissions of several documents, page marks, tables drawn with spaces; every name is invented."""

import pytest

from whereas.errors import PermanentError
from whereas.reading.cleanup import clean
from whereas.reading.formats import html, plain, texts
from whereas.reading.formats.pagemarks import mend


def document(kind: str, content: str, *, name: str = "a.txt") -> str:
    return f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>{name}\n<DESCRIPTION>AGREEMENT\n<TEXT>\n{content}\n</TEXT>\n</DOCUMENT>\n"


def submission(*documents: str) -> bytes:
    header = "<SEC-DOCUMENT>0000000000-01-000001.txt : 20010102\n<SEC-HEADER>\nCOMPANY CONFORMED NAME: DUNHOLT WORKS INC\n</SEC-HEADER>\n"
    return (header + "".join(documents) + "</SEC-DOCUMENT>\n").encode()


PICTURE = "begin 644 logo.jpg\nM_]C_X 02D9)1@ ! 0$ 8 !@  #_VP!# \n \nend"
HTML_EXHIBIT = "<HTML><BODY><P>SUPPLY AGREEMENT</P><P>Dunholt supplies Wexcombe&#146;s bakery.</P></BODY></HTML>"


def test_exhibits_are_read_in_order_and_pictures_left_out() -> None:
    data = submission(
        document("10-K", "Annual report of Dunholt Works."), document("EX-10.1", HTML_EXHIBIT), document("GRAPHIC", PICTURE),
        document("EX-99", f"<PDF>\n{PICTURE}\n</PDF>"),
        document("EX-101.INS", "<XBRL>\n<x/>\n</XBRL>"), document("EX-10.2", "Lease of a mill."),
    )  # fmt: skip
    page = texts.read(data, markup=False)
    assert page.text == ("Annual report of Dunholt Works.\n\nSUPPLY AGREEMENT\n\nDunholt supplies Wexcombe’s bakery.\n\nLease of a mill.")
    assert page.source == "plain_text"
    (warning,) = page.warnings
    assert (warning.code, "3 part(s)" in warning.message) == ("submission_parts_skipped", True)
    assert "GRAPHIC, EX-99, EX-101.INS" in warning.message


def test_one_wrapped_document_is_a_submission_too() -> None:
    page = texts.read(document("EX-10", HTML_EXHIBIT).encode(), markup=True)
    assert (page.source, page.warnings) == ("markup", ())
    assert page.text == "SUPPLY AGREEMENT\n\nDunholt supplies Wexcombe’s bakery."


def test_ascii_in_a_wrapper_keeps_its_lines_though_it_has_table_tags() -> None:
    table = "<TABLE>\n<CAPTION>\nPrices\n<S>          <C>       <C>\nOak beam      40.00     each\n</TABLE>"
    page = texts.read(document("EX-10", f"LEASE\n\nThe rent is set out below.\n\n{table}").encode(), markup=True)
    assert page.text == "LEASE\n\nThe rent is set out below.\n\nPrices\nOak beam      40.00     each"


def test_a_submission_of_pictures_alone_is_empty() -> None:
    with pytest.raises(PermanentError, match="empty"):
        texts.read(submission(document("GRAPHIC", PICTURE)), markup=False)


def test_wrappers_that_are_never_closed() -> None:
    page = texts.read(b"<DOCUMENT>\n<TYPE>EX-10\n<TEXT>\nfirst\n<DOCUMENT>\n<TYPE>EX-11\nsecond", markup=False)
    assert page.text.split("\n\n")[0] == "first"
    assert "second" in page.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lessee shall\n\n                 -12-\n<PAGE>\n\npay the rent.", "The Lessee shall\npay the rent."),
        ("It ends here.\n\n      Page 3 of 40\n<PAGE>\n\n   Section 4. Rent", "It ends here.\n\n   Section 4. Rent"),
        ("It ends here.\n<PAGE>   7\nNext page", "It ends here.\n\nNext page"),
        ("one.\n\x0c\n  iv\n\nTwo.", "one.\n\nTwo."),
        # A number in the column of a table is none of the page's.
        ("Item 4\n\x0c12\n13\n14", "Item 4\n\n12\n13\n14"),
        ("<PAGE>\n\nFIRST PAGE", "FIRST PAGE"),
        ("last words.\n\n   9\n<PAGE>\n", "last words."),
        ("AT&amp;T &#167; 5, R&D; &amp &nbsp;x", "AT&T § 5, R&D; &amp \xa0x"),
        ("a <PAGE> b", "a <PAGE> b"),
    ],
)
def test_page_marks_of_plain_text(text: str, expected: str) -> None:
    assert plain.tidy(text).strip("\n") == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>The Lessee shall</p><p align=center>12</p><hr><p>pay the rent.</p>", "The Lessee shall pay the rent."),
        ("<p>It ends.</p><p>- 12 -</p><div style='page-break-before: always'></div><p>Rent</p>", "It ends.\n\nRent"),
        ("<p>It ends.</p><p style='page-break-after:always'>iii</p><p>Rent</p>", "It ends.\n\nRent"),
        ("<p>Dunholt Works, Inc.<br>and</p><hr><p>Wexcombe</p>", "Dunholt Works, Inc.\nand\n\nWexcombe"),
        ("<p>Dunholt and</p><p>7</p><hr><p>Wexcombe agree.</p>", "Dunholt and Wexcombe agree."),
        ("<p>A rule</p><hr><p>Section 2</p>", "A rule\n\nSection 2"),
        ("<hr><p>alone</p><hr>", "alone"),
        ("<table><tr><td>4<hr></td><td>5</td></tr></table>", "4 5"),
    ],
)
def test_page_breaks_of_html(markup: str, expected: str) -> None:
    assert html.text_of(markup) == expected


def test_a_sentence_over_a_page_break_is_one_in_the_cleaned_text() -> None:
    page = plain.read(
        b"The Supplier shall deliver the goods to the warehouse of the\n\n      -3-\n<PAGE>\n\nCustomer on the first day of each month.\n"
    )
    assert clean([page]).text == "The Supplier shall deliver the goods to the warehouse of the Customer on the first day of each month."


def test_mending_takes_time_by_length() -> None:
    assert mend("\x0c".join(["1"] * 20_000), wrapped=True).count("\n") > 0
