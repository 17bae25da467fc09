"""Short forms and their long forms, by the letters."""

from __future__ import annotations

import pytest

from whereas.resolution.definitions.table import find_definitions
from whereas.resolution.parties.shortforms import is_short_form, long_form
from whereas.resolution.view import make_view
from whereas.types import CleanedText, DefinedTerm


def acronyms(text: str) -> dict[str, DefinedTerm]:
    found = find_definitions(make_view(CleanedText(text, ())), (), lambda start, end: (1, ()))
    return {d.term: d for d in found if d.kind == "acronym"}


@pytest.mark.parametrize(
    ("text", "short", "means"),
    [
        ("approved by the Bureau of Lake Fishing (BLF) today", "BLF", "Bureau of Lake Fishing"),
        ('approved by the Bureau of Lake Fishing ("BLF") today', "BLF", "Bureau of Lake Fishing"),
        ('approved by the Bureau of Lake Fishing (the "BLF") today', "BLF", "Bureau of Lake Fishing"),
        ("the BLF (Bureau of Lake Fishing) approves", "BLF", "Bureau of Lake Fishing"),
        ("the Tide and Current Office (TACO) reports", "TACO", "Tide and Current Office"),
    ],
)
def test_short_forms_in_both_orders(text: str, short: str, means: str) -> None:
    found = acronyms(text)[short].meaning
    assert found is not None
    assert text[found.start : found.end] == means


@pytest.mark.parametrize(
    "text",
    [
        "approved by the Lake Office (BLF) today",
        "Lot two of Annex (II) is sold",
        "the goods (NOT) sold",
        "at Seven Mile Road, Pinecroft, Idaho (SRC) stands",
        "Bureau of Lakes; Fishing (as defined)",
    ],
)
def test_letters_that_do_not_fit_are_no_acronym(text: str) -> None:
    assert acronyms(text) == {}


@pytest.mark.parametrize(
    ("text", "is_one"), [("BLF", True), ("PhD", True), ("Act", False), ("IV", False), ("A", False), ("ABCDEFGHIJKL", False), ("$5", False)]
)
def test_what_can_be_a_short_form(text: str, is_one: bool) -> None:
    assert is_short_form(text) is is_one


def test_letters_are_found_from_right_to_left_at_a_word_start() -> None:
    long = "sold by the Heat Shock Factor"
    assert long_form("HSF", long) == long.index("Heat")
    assert long_form("XYZ", long) is None
