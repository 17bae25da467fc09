"""The cleaned text: what is joined, mended and dropped; and that every character maps back to where it was read."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.reading.cleanup import clean
from whereas.types import CleanedText, PageText

Page = Callable[..., PageText]
FULL = "x" * 10 + " the wide line that reaches to the very right margin of this page ab"


def check_map(cleaned: CleanedText, pages: list[PageText]) -> None:
    """Pieces cover the text in order; one-to-one pieces hold the very characters of their page, white space aside."""
    texts = {page.number: page.text for page in pages}
    at = 0
    for piece in cleaned.pieces:
        assert piece.start == at < piece.end
        at = piece.end
        if piece.page is None:
            assert cleaned.text[piece.start : piece.end].isspace()
            continue
        here, there = cleaned.text[piece.start : piece.end], texts[piece.page][piece.source_start : piece.source_end]
        assert there
        if len(here) == len(there):
            assert all(a == b or (a.isspace() and b.isspace()) for a, b in zip(here, there, strict=True))
    assert at == len(cleaned.text)


def solid(text: str) -> str:
    """The text without what cleanup may take away: white space, invisible marks, hyphens; ligatures spelled out."""
    for ligature, letters in {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}.items():
        text = text.replace(ligature, letters)
    return re.sub(r"[\s\-\u2010\u00ad\u200b\u200d\u2060\ufeff\x00-\x1f]+", "", text)


def test_wrapped_lines_become_sentences_and_short_ones_stay(page_of_lines: Page) -> None:
    page = page_of_lines(
        "SUPPLY AGREEMENT",
        "between",
        "Halvorsen Timber Company",
        (72, 140, "The parties agree that the goods are delivered to the plant of the buyer"),
        (72, 154, "in the month that follows the order and are paid within thirty days of it"),
        (72, 168, "without deduction."),
    )
    assert clean([page]).text == (
        "SUPPLY AGREEMENT\nbetween\nHalvorsen Timber Company\n\n"
        "The parties agree that the goods are delivered to the plant of the buyer in the month that follows the order and are paid "
        "within thirty days of it without deduction."
    )


def test_signature_blocks_and_addresses_keep_their_lines(page_of_lines: Page) -> None:
    page = page_of_lines(
        "The parties have signed this agreement in two copies on the date written",
        (72, 120, "Halvorsen Timber Company"),
        (72, 134, "By: ______________________________________________________________"),
        (72, 148, "Name: Marit Halvorsen"),
        (72, 162, "Title: Director"),
    )
    assert clean([page]).text.split("\n")[-4:] == [
        "Halvorsen Timber Company",
        "By: ______________________________________________________________",
        "Name: Marit Halvorsen",
        "Title: Director",
    ]


def test_rows_of_a_table_stay_rows(page_of_lines: Page) -> None:
    rows = [(72, 100 + 14 * row, f"Item {row}" + " " * 30 + "delivered to the plant" + " " * 10 + f"{row}0.00") for row in range(4)]
    page = page_of_lines(*rows)
    assert clean([page]).text.split("\n") == [f"Item {row} delivered to the plant {row}0.00" for row in range(4)]


def test_list_items_begin_lines(page_of_lines: Page) -> None:
    page = page_of_lines(
        "The supplier shall at its own cost and within the time that is agreed on:",
        "(a) deliver the goods to the plant of the buyer in the agreed packing; and",
        "(b) hand over all of the papers that the buyer needs to use the goods here.",
    )
    assert clean([page]).text.count("\n(") == 2


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("of the agree-", "ment that was made", "of the agreement that was made"),
        ("keep it confi\u00ad", "dential at all", "keep it confidential at all"),
        ("a promise of non-", "competition that was made", "a promise of non-competition that was made"),
        ("the well-known cost-", "plus method", "the well-known cost-plus method"),
        ("the year 2020-", "2021 for which", "the year 2020-2021 for which"),
        ("the firm of Lowe-", "Mbeki and others", "the firm of Lowe-Mbeki and others"),
        ("a clause that ends -", "and goes on", "a clause that ends -\nand goes on"),
    ],
)
def test_words_broken_at_line_ends(page_of_lines: Page, above: str, below: str, expected: str) -> None:
    other = "The agreement is confidential; a cost-plus method is used in it, with plus and cost."
    page = page_of_lines(above, below, (72, 300, other))
    cleaned = clean([page])
    assert cleaned.text.split("\n\n")[0] == expected
    check_map(cleaned, [page])


def test_ligatures_odd_spaces_and_invisible_marks(page_of_lines: Page) -> None:
    text = "The\u00a0ﬁrst\u2003oﬃce\u200b of\u00ad the \ufeffﬂoor costs ½ of 10\u202f000 m²"
    page = PageText(1, text, (), None, None, "plain_text", "test")
    cleaned = clean([page])
    assert cleaned.text == "The first office of the floor costs ½ of 10 000 m²"
    check_map(cleaned, [page])
    at = cleaned.text.index("office")
    pieces = [piece for piece in cleaned.pieces if piece.start < at + 6 and piece.end > at]
    assert text[pieces[0].source_start : pieces[-1].source_end].endswith("oﬃce")


def test_a_sentence_goes_on_over_the_page_break(page_of_lines: Page) -> None:
    first = page_of_lines(
        (72, 700, "The wide line above has the full width that a line on this page can have"),
        "the sentence of the last line on this page goes on without any end on the",
        number=1,
    )
    second = page_of_lines("next page, where it ends.", number=2)
    third = page_of_lines("A new paragraph begins here.", number=3)
    text = clean([first, second, third]).text
    assert "without any end on the next page, where it ends.\n\nA new paragraph" in text


def test_markup_lines_are_never_joined() -> None:
    page = PageText(1, "The parties agree on the\nfollowing terms and\n\nmore of them", (), None, None, "markup", "test")
    assert clean([page]).text == page.text


def test_plain_text_wrapped_by_hand_is_joined() -> None:
    text = (
        "SUPPLY AGREEMENT\n\n     The parties agree that the goods are delivered to the plant in\n"
        "the month that follows the order and that they are paid within ten\ndays.\n\nSigned:\nHalvorsen\n"
    )
    page = PageText(1, text, (), None, None, "plain_text", "test")
    assert "delivered to the plant in the month" in clean([page]).text
    assert clean([page]).text.endswith("days.\n\nSigned:\nHalvorsen")
    check_map(clean([page]), [page])


def body(number: int) -> list[tuple[float, float, str]]:
    return [
        (72, 200 + 14 * row, f"Sentence {chr(97 + row)}{'abcdefgh'[number]} says something of its own to fill the page with.")
        for row in range(6)
    ]


def test_running_lines_are_dropped_and_counted(page_of_lines: Page) -> None:
    pages = [
        page_of_lines((72, 40, "Supply Agreement"), (300, 40, f"No. 77, page {n}"), *body(n), (300, 760, f"- {n} -"), number=n)
        for n in range(1, 6)
    ]
    cleaned = clean(pages)
    assert cleaned.text.count("Supply Agreement") == 1
    assert cleaned.text.startswith("Supply Agreement")
    assert "- 3 -" not in cleaned.text
    assert [warning.code for warning in cleaned.warnings] == ["running_lines_dropped"]
    assert "and 5 page numbers" in cleaned.warnings[0].message
    for n in range(1, 6):
        assert f"a{'abcdefgh'[n]} says" in cleaned.text
    check_map(cleaned, pages)


def test_a_header_that_starts_on_page_two_is_kept_once_at_the_end(page_of_lines: Page) -> None:
    pages = [page_of_lines((72, 40, "Letterhead of Halvorsen"), *body(1), number=1)]
    pages += [page_of_lines((72, 40, "Contract No. 4711"), *body(n), number=n) for n in range(2, 6)]
    cleaned = clean(pages)
    assert cleaned.text.endswith("\n\nContract No. 4711")
    assert cleaned.text.count("Contract No. 4711") == 1
    check_map(cleaned, pages)


def test_headings_that_differ_in_their_number_are_no_running_header(page_of_lines: Page) -> None:
    pages = [page_of_lines((72, 40, f"Exhibit {n}.{n * n}"), *body(n), number=n) for n in range(1, 6)]
    cleaned = clean(pages)
    assert all(f"Exhibit {n}.{n * n}" in cleaned.text for n in range(1, 6))
    assert cleaned.warnings == ()


def test_a_line_repeated_below_the_edge_is_body(page_of_lines: Page) -> None:
    pages = [
        page_of_lines(*body(n), (72, 400, "Initials: ____"), (72, 500, f"More of page {'abcdefgh'[n]}"), number=n) for n in range(1, 6)
    ]
    assert clean(pages).text.count("Initials: ____") == 5


def test_figures_at_the_foot_that_do_not_count_are_body(page_of_lines: Page) -> None:
    pages = [page_of_lines(*body(n), (300, 760, str(figure)), number=n) for n, figure in enumerate((1200, 7, 450), start=1)]
    text = clean(pages).text
    assert all(str(figure) in text for figure in (1200, 7, 450))


def test_roman_page_numbers_count_too(page_of_lines: Page) -> None:
    pages = [page_of_lines(*body(n), (300, 760, roman), number=n) for n, roman in enumerate(("ii", "iii", "iv", "v"), start=1)]
    assert not re.search(r"^(ii|iii|iv|v)$", clean(pages).text, re.MULTILINE)


def test_headers_of_scans_may_be_misread(page_of_lines: Page) -> None:
    heads = [
        "License Agreement of Halvorsen",
        "Licence Agreement of Halvorsen",
        "License Agreement 0f Halvorsen.",
        "‘License Agreement of Halvorsen",
    ]
    pages = [page_of_lines((72, 40, head), *body(n), number=n, source="ocr") for n, head in enumerate(heads, start=1)]
    cleaned = clean(pages)
    assert cleaned.text.count("Agreement") == 1


def test_warnings_of_the_pages_are_carried(page_of_lines: Page) -> None:
    page = page_of_lines("one line")
    from dataclasses import replace

    from whereas.types import Warning

    warning = Warning("low_ocr_confidence", "hard to read", 1)
    assert clean([replace(page, warnings=(warning,))]).warnings == (warning,)


def test_no_text_is_an_empty_text() -> None:
    cleaned = clean([PageText(1, "", (), 612, 792, "ocr", "no_text_layer")])
    assert (cleaned.text, cleaned.pieces, cleaned.sections) == ("", (), ())


WORDS = st.text(alphabet="abcdeABC12.,;()-\u00ad\u2010ﬁﬃ\u00a0\u200b\ufeff½é\t", min_size=1, max_size=12)
LINES = st.lists(st.lists(WORDS, min_size=0, max_size=9).map(" ".join), min_size=0, max_size=12)


@given(st.lists(LINES, min_size=1, max_size=3), st.sampled_from(["plain_text", "markup", "ocr"]))
def test_nothing_of_the_body_is_lost_and_everything_maps_back(lines: list[list[str]], source: str) -> None:
    pages = [PageText(n, "\n".join(page), (), None, None, source, "test") for n, page in enumerate(lines, start=1)]  # type: ignore[arg-type]
    cleaned = clean(pages)
    check_map(cleaned, pages)
    assert "  " not in cleaned.text
    assert cleaned.text == cleaned.text.strip()
    if not cleaned.warnings:
        assert solid(cleaned.text) == "".join(solid(page.text) for page in pages)


@given(LINES, st.integers(0, 400), st.integers(1, 80))
def test_any_span_can_be_traced_to_its_source(lines: list[str], start: int, length: int) -> None:
    page = PageText(1, "\n".join(lines), (), None, None, "plain_text", "test")
    cleaned = clean([page])
    span = cleaned.text[start : start + length]
    sources = [p for p in cleaned.pieces if p.start < start + length and p.end > start]
    low = min((p.source_start for p in sources), default=0)
    high = max((p.source_end for p in sources), default=0)
    assert solid(span) in solid(page.text[low:high])
