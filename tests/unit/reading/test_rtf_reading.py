"""RTF: what its reader sees; notes at the end, fields as results, characters of every code page."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.errors import PermanentError
from whereas.reading.formats import rtf

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Cambria;}{\f1\fcharset204{\*\falt Old} Cyr;}"
    r"{\f2\fcharset2 Wingdings;}{\f3\fcharset128 Gothic;}{\f4\fcharset2 Symbol;}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}}{\info{\title No}{\author No}}{\*\generator Writer 1.0;}" + "\n"
)


def text_of(body: str) -> str:
    page = rtf.read((HEAD + body + "}").encode("latin-1"))
    assert (page.source, page.reason) == ("markup", "rtf")
    return page.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\pard One {\b bold}face.\par Two\line lines\par", "One boldface.\n\nTwo\nlines"),
        ("split over\nlines of the file\\par", "split overlines of the file"),
        (r"a\tab b\emdash c\ldblquote d\rdblquote\~e\_f\-g\{h\}\\", "a b—c“d”\u00a0e-fgh".replace("gh", "g{h}\\")),
        (r"caf\'e9 \u8364?5 \u-3841\'3f", "café €5 \uf0ff"),
        (r"\uc0\u8220 x\u8221  {\uc2\u8212\'81\'5cdash} \uc1\u8212- y", "“x” —dash — y"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"{\f1 \'c4\'ee\'e3\'ee\'e2\'ee\'f0} {\f3 \'8c\'5f\'96\'f1}", "Договор 契約"),
        (r"{\f2 \'fe}{\f4 \'b7} {\f2\'01}x", "☑• x"),
        (r"seen{\v hidden}{\v0  too} {\deleted struck}kept", "seen too kept"),
        (r"\pard first {\deleted\par}second\par", "first second"),
        (r"{\field{\*\fldinst PAGEREF x {\field{\*\fldinst A}{\fldrslt no}}}{\fldrslt see page 4}}", "see page 4"),
        (r"text{\footnote\ftnalt {\super 1} The note.} goes on.\par End.", "text goes on.\n\nEnd.\n\n1 The note."),
        (r"{\header\pard Draft Lease\par}{\headerf Draft LEASE\par}{\footer\chpgn Page 3 of 4\par}Body.", "Draft Lease\n\nBody."),
        (r"{\*\annotation no}{\xe no}{\pict 00ff}{\*\bkmkstart a}{\*\unknown no}{\object{\*\objdata 00}{\result shown}}", "shown"),
        (r"{\pict\bin5 {{{}}ab}after", "after"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard boxed\par}}{\shprslt no}}around\par next", "around\n\nboxed\n\nnext"),
        (r"{\upr{ascii}{\*\ud{\u1071?}}}", "Я"),
        (r"{\listtext\pard\plain 1.\tab}Term\par{\pntext 2.\tab}{\*\pn{\pntxta .}}Rent\par", "1. Term\n\n2. Rent"),
    ],
)  # fmt: skip
def test_words_and_groups(body: str, expected: str) -> None:
    assert text_of(body) == expected


ROW = r"\trowd\cellx1000\cellx2000 "


def test_tables() -> None:
    rows = ROW + r"\pard\intbl No.\cell Item\cell\row" + ROW + r"\pard\intbl{1}\cell \pard\intbl{\listtext\pard a)\tab}Oak\cell\row "
    signatures = ROW + r"\pard\intbl Dunholt\par By: _\cell Wexcombe\par By: _\cell\row\pard after"
    assert text_of(rows + signatures) == "No. Item\n1 a) Oak\nDunholt\nBy: _\nWexcombe\nBy: _\n\nafter"


def test_tables_in_tables_and_tables_never_ended() -> None:
    nested = (
        r"\pard\intbl\itap2 in 1\nestcell in 2\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables no\par}\pard\intbl x\cell\row\pard"
    )
    assert text_of(nested) == "in 1 in 2\nx"
    assert text_of(r"\pard\intbl left\cell right") == "left right"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (rb"{\rtf1 cut {\b short", "corrupt"),
        (rb"{\rtf1 " + b"{" * 600 + b"x" + b"}" * 601, "corrupt"),
        (rb"{\rtf1 {\info no}}", "empty"),
        (rb"{\rtf1 \bin99999 x}", "corrupt"),
    ],
)
def test_what_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(PermanentError) as caught:
        rtf.read(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("header", "expected"),
    [(rb"\mac", "é"), (rb"\ansi\ansicpg1251", "Ћ"), (rb"\ansi\ansicpg0", "Ž"), (rb"\ansi\ansicpg65001", "�"), (rb"\pc", "Ä")],
)
def test_the_documents_own_character_set(header: bytes, expected: str) -> None:
    assert rtf.read(rb"{\rtf1" + header + rb" \'8e}").text == expected


@given(st.text(alphabet=r"{}\'*abfulprdeintc0123 9-;" + "\n", max_size=80))
def test_any_groups_are_read_or_refused(body: str) -> None:
    with suppress(PermanentError):
        assert rtf.read(b"{\\rtf1 " + body.encode() + b"}").text.strip()
