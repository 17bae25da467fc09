"""Numbered clauses, articles, headings and schedules as a tree."""

from hypothesis import given
from hypothesis import strategies as st

from whereas.reading.sections import find_sections

CONTRACT = """SUPPLY AGREEMENT
between Halvorsen Timber Company
and Brightwater Logistics Limited

RECITALS

(A) The parties trade in oak.

1. Definitions

1.1 “Goods” means oak beams.

1.2 In 2020 the parties traded. See Section 3 for more.

2. Price and Payment

2.1 Payment. The price is due in 30 days.

2.2 Claims lapse 12 months after delivery.

Section 3. Law

This Agreement is governed by the laws of Norway.

SCHEDULE 1

PRICES

1. Oak beams

2. Ash beams

Exhibit B – Form of Order
"""


def test_the_tree_of_a_contract() -> None:
    sections = find_sections(CONTRACT)
    seen = [(s.section_id, s.number, s.heading, s.level, s.parent_id) for s in sections]
    assert seen == [
        ("s0001", None, "RECITALS", 1, None),
        ("s0002", "(A)", None, 2, "s0001"),
        ("s0003", "1", "Definitions", 1, None),
        ("s0004", "1.1", None, 2, "s0003"),
        ("s0005", "1.2", None, 2, "s0003"),
        ("s0006", "2", "Price and Payment", 1, None),
        ("s0007", "2.1", "Payment", 2, "s0006"),
        ("s0008", "2.2", None, 2, "s0006"),
        ("s0009", "3", "Law", 1, None),
        ("s0010", "Schedule 1", "PRICES", 1, None),
        ("s0011", "1", "Oak beams", 2, "s0010"),
        ("s0012", "2", "Ash beams", 2, "s0010"),
        ("s0013", "Exhibit B", "Form of Order", 1, None),
    ]
    law = next(s for s in sections if s.heading == "Law")
    assert CONTRACT[law.start : law.end].strip().endswith("Norway.")


def test_articles_hold_their_clauses() -> None:
    text = (
        "ARTICLE I DEFINITIONS\n\n1.01 “Goods” means oak.\n\nArticle II\nTERM\n\n"
        "Section 2.01 Duration. The term is a year.\n\n2.02 It ends."
    )
    seen = [(s.number, s.heading, s.level) for s in find_sections(text) if s.number]
    assert seen == [
        ("Article I", "DEFINITIONS", 1), ("1.01", None, 2), ("Article II", "TERM", 1), ("2.01", "Duration", 2), ("2.02", None, 2),
    ]  # fmt: skip


def test_rows_and_years_are_no_clauses() -> None:
    text = "1. Prices\n\n1 Oak beam 40.00\n2 Ash beam 30.00\n\n2020 Annual Report was read.\n\n99. Not the next one"
    assert [s.number for s in find_sections(text)] == ["1"]


def test_a_sentence_that_begins_with_a_schedule_is_no_heading() -> None:
    assert find_sections("Schedule A shall be read with this Agreement and prevails over it.") == ()


def test_no_sections_in_no_text() -> None:
    assert find_sections("") == ()


@given(st.lists(st.sampled_from(CONTRACT.split("\n")), max_size=30))
def test_sections_nest_and_are_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    sections = find_sections(text)
    by_id = {s.section_id: s for s in sections}
    assert [s.start for s in sections] == sorted(s.start for s in sections)
    for section in sections:
        assert 0 <= section.start < section.end <= len(text)
        if section.parent_id is not None:
            parent = by_id[section.parent_id]
            assert parent.level < section.level
            assert parent.start <= section.start
            assert section.end <= parent.end
