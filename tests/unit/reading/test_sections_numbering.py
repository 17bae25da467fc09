"""Sections by the style of their numbers: lists, annexes, tables of contents, texts that lost their line breaks."""

from time import perf_counter

import pytest

from whereas.reading.outlines.labels import read_label
from whereas.reading.sections import find_sections


def seen(text: str) -> list[tuple[str | None, int]]:
    return [(s.number, s.level) for s in find_sections(text)]


def test_lists_nest_by_style_not_by_order() -> None:
    text = (
        "1. Duties\n\n(a) The Mill shall:\n\n(i) grind the rye;\n\n(ii) bag the flour.\n\n(b) The Baker shall pay.\n\n"
        "2. Law\n\n(a) The laws of Iceland govern."
    )
    assert seen(text) == [("1", 1), ("(a)", 2), ("(i)", 3), ("(ii)", 3), ("(b)", 2), ("2", 1), ("(a)", 2)]


def test_the_letter_i_after_h_is_a_letter_and_a_figure_where_two_follows() -> None:
    letters = "1. Duties\n\n" + "\n\n".join(f"({letter}) The Mill grinds rye." for letter in "abcdefghijk")
    assert {level for number, level in seen(letters) if number != "1"} == {2}
    figures = "1. Duties\n\n" + "\n\n".join(f"({letter}) It grinds." for letter in "abcdefgh") + "\n\n(i) Rye.\n\n(ii) Oats.\n\n(i) Bread."
    assert seen(figures)[-3:-1] == [("(i)", 3), ("(ii)", 3)]


def test_a_list_whose_first_item_follows_the_heading_at_once() -> None:
    text = "Section 1. Fees. (a) The Baker pays a fee.\n\n(b) The Mill sends a bill."
    assert [(s.number, s.heading, s.level) for s in find_sections(text)] == [("1", "Fees", 1), ("(a)", None, 2), ("(b)", None, 2)]


def test_letters_under_figures() -> None:
    text = "1. GRIST.\n\n1.A. RYE.\n\nRye is ground.\n\n1.B. OATS.\n\nOats are rolled.\n\n2. BREAD."
    assert seen(text) == [("1", 1), ("1.A", 2), ("1.B", 2), ("2", 1)]


def test_numbers_with_nothing_between_them_and_the_text() -> None:
    text = "1.Grain.\nSection 1.1.Rye. The Mill grinds rye.\n\n(a)In winter it rests.\n\n(b)In spring it grinds.\n\n2.Bread."
    assert seen(text) == [("1", 1), ("1.1", 2), ("(a)", 3), ("(b)", 3), ("2", 1)]


def test_numbers_that_end_in_zero_are_of_the_first_level() -> None:
    assert seen("1.0 GRAIN.\n\n1.1 Rye is ground.\n\n2.0 BREAD.") == [("1.0", 1), ("1.1", 2), ("2.0", 1)]


def test_the_numbering_of_an_annex_begins_anew() -> None:
    text = (
        "1. Grain\n\n2. Bread\n\nIN WITNESS WHEREOF, the parties sign.\n\nEXHIBIT A\n\nORDER FORM\n\n1. Loaves\n\n(a) Rye\n\n"
        "Schedule 2 - Ovens\n\n1. Bricks"
    )
    assert seen(text) == [
        ("1", 1), ("2", 1), (None, 1), ("Exhibit A", 1), ("1", 2), ("(a)", 3), ("Schedule 2", 1), ("1", 2),
    ]  # fmt: skip
    assert find_sections(text)[3].heading == "ORDER FORM"


def test_the_head_of_each_page_of_an_annex_is_one_annex() -> None:
    text = "EXHIBIT A\n\nTo begin with, the ovens are of brick and stand in a row.\n\nEXHIBIT A\n\nThey are lit at four in the morning."
    assert seen(text) == [("Exhibit A", 1)]


def test_the_filing_stamp_of_a_paper_is_no_section() -> None:
    assert seen("Exhibit 10.4\n\nSUPPLY AGREEMENT\n\n1. Grain") == [(None, 1), ("1", 1)]


@pytest.mark.parametrize(
    "contents",
    [
        "TABLE OF CONTENTS\n\n1. Grain\n2. Bread\n\n",
        "1. Grain ........ 2\n2. Bread ........ 3\n\n",
        "1. Grain 2\n1.1 Rye 2\n2. Bread 3\n\n",
        "1. Grain\n2. Bread\n\n",
    ],
)
def test_tables_of_contents_are_no_sections(contents: str) -> None:
    body = "1. Grain\n\nThe Mill grinds grain for the Baker in all seasons.\n\n2. Bread\n\nThe Baker bakes bread from it every day."
    sections = find_sections(contents + body)
    assert [(s.number, s.heading) for s in sections] == [("1", "Grain"), ("2", "Bread")]
    assert sections[0].start == len(contents)


def test_page_numbers_and_initials_are_no_sections() -> None:
    assert seen("1. Grain\n\nThe Mill grinds.\n\n2\n\nA. Brook signed for the Mill.\n\n- 3 -\n\n2. Bread") == [("1", 1), ("2", 1)]


def test_sentences_that_begin_with_a_reference_are_no_sections() -> None:
    assert seen("1. Grain\n\nSection 2 of this Agreement is void.\n\nSection 2 and Section 3 stay.\n\n2. Bread") == [("1", 1), ("2", 1)]


def test_a_heading_between_the_items_of_a_list_leaves_the_list_whole() -> None:
    text = "1. Price\n\n1.1 It is:\n\n(i) the weight of rye\n\nMULTIPLIED BY\n\n(ii) the rate of the day.\n\n1.2 It is paid."
    assert seen(text) == [("1", 1), ("1.1", 2), ("(i)", 3), (None, 3), ("(ii)", 3), ("1.2", 2)]


def test_clauses_within_a_line_count_where_their_numbers_go_on() -> None:
    text = (
        "The parties agree as follows: 1. Grain 1.1 Rye. The Mill grinds rye for the Baker in all seasons of the year. 1.2 Oats. The Mill "
        "rolls oats under Section 1.1. The Baker says when. 2. Bread The Baker bakes bread from the flour that the Mill sends, see No. 3. "
        "The bread is sold. 3. Law. Icelandic law governs."
    )
    assert [(s.number, s.heading, s.level) for s in find_sections(text)] == [
        ("1", "Grain", 1), ("1.1", "Rye", 2), ("1.2", "Oats", 2), ("2", "Bread", 1), ("3", "Law", 1),
    ]  # fmt: skip


def test_numbers_go_on_after_some_were_lost() -> None:
    lost = "1. Grain\n\n6. Bread\n\n7. Tins\n\n8. Trays"
    assert seen(lost) == [("1", 1), ("6", 1), ("7", 1), ("8", 1)]
    assert seen("1. Grain\n\n6. Bread\n\n9. Tins\n\n40. Trays") == [("1", 1)]


def test_headings_end_where_their_sentence_does() -> None:
    text = (
        "1. LIMIT OF LIABILITY. NO PARTY IS LIABLE.\n\n2. Notices; Language. Notices are in Norse.\n\n3. Price adjustment. The price "
        "follows the index.\n\n4. Ada B. Brook signs whatever is to be signed by anyone at the Mill."
    )
    assert [s.heading for s in find_sections(text)] == ["LIMIT OF LIABILITY", "Notices; Language", "Price adjustment", None]


def test_a_party_in_capitals_is_no_heading() -> None:
    assert seen("1. Grain\n\nHALVORSEN MILL, INC.\n\nBy: Ada Brook") == [("1", 1)]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("ARTICLE IV", "article", "Article IV"),
        ("Section 4.02 Term", "decimal", "4.02"),
        ("(iv) the flour", "item", "(iv)"),
        ("b) the flour", "item", "b)"),
        ("Exhibit A-1", "annex", "Exhibit A-1"),
        ("Schedule No. 3: Ovens", "annex", "Schedule 3"),
        ("Appendix 2.1(b)", "annex", "Appendix 2.1(b)"),
    ],
)
def test_labels(line: str, kind: str, number: str) -> None:
    label = read_label(line, 0)
    assert label is not None
    assert (label.kind, label.number) == (kind, number)


@pytest.mark.parametrize("line", ["Section 5 shall stay.", "The Mill", "2,500 loaves", "etc. and more", "(see below)", "e.g. rye"])
def test_no_labels(line: str) -> None:
    assert read_label(line, 0) is None


def test_time_is_linear() -> None:
    def run(clauses: int) -> float:
        text = "\n\n".join(f"{n}. Grain. The Mill grinds rye (a) in winter. (b) In spring." for n in range(1, clauses)) + " (a)" * clauses
        began = perf_counter()
        find_sections(text)
        return perf_counter() - began

    run(50)
    assert run(3200) < 40 * max(run(200), 0.002)
