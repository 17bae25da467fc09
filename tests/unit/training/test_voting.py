"""Several labellers, one label: agreement makes sure, a lone voice makes unsure, rules stand."""

from __future__ import annotations

import random

import pytest

from whereas_training import augment, values, voting
from whereas_training.cuad import is_short_name
from whereas_training.labels import Span

_TEXT = "Notice goes to Bank of Oregon in Salem and to Maple Ridge. The Effective Date is set by Quill Board."
_LOWER = frozenset({"notice", "effective", "date"})


def _span(words: str, kind: str, *, outside: bool = True) -> Span:
    start = _TEXT.index(words)
    return Span(start, start + len(words), (kind,), outside)


def _by(spans: list[Span], *, outside: bool) -> set[tuple[str, str]]:
    return {(s.types[0], _TEXT[s.start : s.end]) for s in spans if s.outside == outside}


def test_two_labellers_of_different_families_make_a_name_sure() -> None:
    silver, model = [_span("Maple Ridge", "ORGANIZATION")], [_span("Maple Ridge", "ORGANIZATION"), _span("Quill Board", "ORGANIZATION")]
    voted = voting.vote(_TEXT, _LOWER, [], [silver, model])
    assert _by(voted, outside=False) == {("ORGANIZATION", "Maple Ridge")}
    assert _by(voted, outside=True) == {("ORGANIZATION", "Quill Board")}


def test_labellers_that_differ_in_type_leave_both_open() -> None:
    voted = voting.vote(_TEXT, _LOWER, [], [[_span("Maple Ridge", "PERSON")], [_span("Maple Ridge", "LOCATION")]])
    assert not _by(voted, outside=False)
    assert _by(voted, outside=True) == {("PERSON", "Maple Ridge"), ("LOCATION", "Maple Ridge")}


def test_a_place_inside_what_another_calls_an_organisation_is_doubted() -> None:
    rules = [_span("Oregon", "LOCATION", outside=False), _span("Salem", "LOCATION", outside=False)]
    voted = voting.vote(_TEXT, _LOWER, rules, [[_span("Bank of Oregon", "ORGANIZATION")]])
    assert _by(voted, outside=False) == {("LOCATION", "Salem")}
    assert ("LOCATION", "Oregon") in _by(voted, outside=True)
    agreed = voting.vote(_TEXT, _LOWER, rules, [[_span("Bank of Oregon", "ORGANIZATION")], [_span("Bank of Oregon", "ORGANIZATION")]])
    assert ("ORGANIZATION", "Bank of Oregon") in _by(agreed, outside=False)
    assert not _by(agreed, outside=True)


def test_a_defined_term_is_no_name_whoever_says_so() -> None:
    both = [[_span("Effective Date", "ORGANIZATION")], [_span("Effective Date", "ORGANIZATION")]]
    assert voting.vote(_TEXT, _LOWER, [], both) == []
    assert voting.is_ordinary("the Effective Dates", _LOWER)
    assert not voting.is_ordinary("Notice Inc.", _LOWER)


def test_agreed_names_hold_at_all_their_places() -> None:
    names = voting.telling_names(_TEXT, [_span("Maple Ridge", "ORGANIZATION", outside=False)], _LOWER)
    other = "Maple\nRidge pays. maple ridge does not, nor does Maple Ridgeway."
    found = voting.propagate(other, [Span(0, 5, ("PERSON",), outside=True)], names)
    assert found == [Span(0, 11, ("ORGANIZATION",))]


def test_institutions() -> None:
    text = "filed with the SEC and the University of Elm Hill"
    found = {(text[s.start : s.end], s.outside) for s in voting.institutions(text)}
    assert found == {("SEC", False), ("University of Elm Hill", True)}


@pytest.mark.parametrize(
    ("alias", "name", "short"),
    [
        ("Birch", "Birch & Fir Ltd.", True),
        ("BFL", "Birch Fir Limited", True),
        ("Supplier", "Birch & Fir Ltd.", False),
        ("Fir", "Birch & Fir Ltd.", False),
    ],
)
def test_short_names(alias: str, name: str, short: bool) -> None:
    assert is_short_name(alias, name) is short


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("pays Five Thousand Dollars ($5,000) now", "MONEY", "Five Thousand Dollars ($5,000)"),
        ("a fee of USD 3 million due", "MONEY", "USD 3 million"),
        ("twenty (20%) percent", "PERCENT", "twenty (20%) percent"),
        ("five percent of sales", "PERCENT", "five percent"),
        ("within 24 hours of", "DURATION", "24 hours"),
        ("in fiscal 2019, sales", "DATE", "2019"),
        ("by December 31 of each", "DATE", "December 31"),
        ("the third quarter of 2016 ends", "DATE", "third quarter of 2016"),
        ("under the 1934 Act or", "LAW", "1934 Act"),
        ("exempt by Rule 144 sales", "LAW", "Rule 144"),
    ],
)
def test_values_by_the_guideline(text: str, kind: str, span: str) -> None:
    assert (kind, span) in {(s.types[0], text[s.start : s.end]) for s in values.values(text) if not s.outside}


def test_years_without_a_cue_are_unsure_and_years_of_laws_no_dates() -> None:
    assert [(s.types[0], s.outside) for s in values.values("Plan 2015 applies")] == [("DATE", True)]
    text = "the Sample Goods Act of 1999"
    assert [text[s.start : s.end] for s in values.values(text)] == ["Sample Goods Act of 1999"]


def test_clutter_moves_spans_along_and_cuts_none() -> None:
    text = "First line.\nOak\nMills LLC pays.\nLast line ends here.\n"
    start = text.index("Oak")
    groups = [[Span(start, start + 13, ("ORGANIZATION",))], [Span(text.index("Last"), text.index("Last") + 4, ("PARTY",), outside=True)]]
    for seed in range(20):
        longer, (names, roles) = augment.clutter(text, groups, random.Random(seed), pieces=3)
        assert len(longer) > len(text)
        assert [longer[s.start : s.end] for s in names] == ["Oak\nMills LLC"]
        assert [(longer[s.start : s.end], s.outside) for s in roles] == [("Last", True)]


def test_damage_keeps_the_length() -> None:
    text = "The Seller pays 100 to Oak Mills."
    damaged = augment.damage(text, random.Random(1), share=0.5)
    assert len(damaged) == len(text)
    assert damaged != text
    assert augment.damage(text, random.Random(1), share=0.0) == text
