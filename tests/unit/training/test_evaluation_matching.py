"""Strict matching and the names of errors."""

from __future__ import annotations

from whereas_training.evaluation.matching import Span, match


def test_right_is_bounds_and_type():
    m = match([Span(0, 4, "DATE")], [Span(0, 4, "DATE", 0.9)])
    assert [(g.key, f.score) for g, f in m.right] == [((0, 4, "DATE"), 0.9)]
    assert m.boundary == m.type == m.missed == m.spurious == ()


def test_each_error_has_one_name():
    gold = [Span(0, 4, "DATE"), Span(10, 20, "PERSON"), Span(30, 35, "LAW"), Span(50, 60, "MONEY")]
    found = [Span(0, 5, "DATE"), Span(10, 20, "ORGANIZATION"), Span(31, 34, "LOCATION"), Span(70, 75, "URL")]
    m = match(gold, found)
    assert [(g.start, f.start) for g, f in m.boundary] == [(0, 0)]
    assert [(g.start, f.start) for g, f in m.type] == [(10, 10), (30, 31)]
    assert [s.start for s in m.missed] == [50]
    assert [s.start for s in m.spurious] == [70]


def test_a_gold_span_is_paired_once_with_its_largest_overlap():
    m = match([Span(0, 20, "ORGANIZATION")], [Span(0, 5, "ORGANIZATION"), Span(6, 20, "ORGANIZATION")])
    assert [f.start for _, f in m.boundary] == [6]
    assert [s.start for s in m.spurious] == [0]


def test_a_place_inside_an_address_is_a_span_of_its_own():
    gold = [Span(0, 30, "ADDRESS"), Span(20, 25, "LOCATION")]
    assert len(match(gold, gold).right) == 2
    alone = match(gold, [Span(20, 25, "LOCATION")])
    assert [s.type for s in alone.missed] == ["ADDRESS"]


def test_the_same_span_found_twice_counts_once():
    m = match([Span(0, 4, "DATE")], [Span(0, 4, "DATE"), Span(0, 4, "DATE")])
    assert (len(m.right), len(m.spurious)) == (1, 1)


def test_optional_spans_neither_help_nor_harm():
    optional = [Span(0, 30, "DATE")]
    m = match([], [Span(5, 9, "DATE"), Span(5, 9, "PERSON"), Span(25, 35, "DATE")], optional=optional)
    assert [(s.start, s.type) for s in m.spurious] == [(5, "PERSON"), (25, "DATE")]
    sure = match([Span(5, 9, "DATE")], [Span(5, 9, "DATE")], optional=optional)
    assert len(sure.right) == 1
