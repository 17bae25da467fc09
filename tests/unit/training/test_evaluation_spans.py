"""Span reports: counts by document, macro and micro, confusion, slices, calibration, errors in words."""

from __future__ import annotations

import pytest

from whereas_training.evaluation.matching import Span
from whereas_training.evaluation.reliability import reliability
from whereas_training.evaluation.spans import Passage, report

TEXT = "Orrinvale Foods pays EUR 20 on 1 May 2020 in Basel to R. Osei."
TYPES = ("PERSON", "ORGANIZATION", "MONEY", "DATE", "LOCATION")


def span(words: str, kind: str, score: float = 1.0) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words), kind, score, "model")


GOLD = (
    span("Orrinvale Foods", "ORGANIZATION"), span("EUR 20", "MONEY"), span("1 May 2020", "DATE"), span("Basel", "LOCATION"),
    span("R. Osei", "PERSON"),
)  # fmt: skip
FOUND = (
    span("Orrinvale", "ORGANIZATION", 0.6), span("EUR 20", "MONEY", 0.99), span("1 May 2020", "DATE", 0.98),
    span("Basel", "ORGANIZATION", 0.7), span("pays", "PERSON", 0.3), span("on", "LAW", 0.9),
)  # fmt: skip


@pytest.fixture
def found() -> dict:
    perfect = Passage("b", TEXT, GOLD, GOLD, slices={"page": "body"})
    return report([Passage("a", TEXT, GOLD, FOUND, slices={"page": "opening"}), perfect], TYPES)


def test_micro_counts_wrong_bounds_on_both_sides(found):
    micro = found["micro"]
    assert (micro["right"], micro["wrong"], micro["missed"]) == (7, 3, 3)
    assert micro["f1"] == pytest.approx(0.7)
    assert micro["errors"] == {"boundary": 1, "type": 1, "missed": 1, "spurious": 1}
    low, high = micro["interval"]
    assert low == pytest.approx(0.4)
    assert high == 1.0


def test_types_and_macro(found):
    by_type = {kind: row["f1"] for kind, row in found["types"].items()}
    assert by_type == {"PERSON": 0.5, "ORGANIZATION": 0.4, "MONEY": 1.0, "DATE": 1.0, "LOCATION": pytest.approx(0.6667)}
    assert found["macro"]["f1"] == pytest.approx(sum(by_type.values()) / 5, abs=1e-4)


def test_types_that_are_not_scored_count_on_neither_side(found):
    assert "LAW" not in found["types"]
    only = report([Passage("a", TEXT, GOLD, FOUND)], ("DATE",))
    assert (only["micro"]["right"], only["micro"]["wrong"], only["micro"]["missed"]) == (1, 0, 0)


def test_confusion_holds_missed_and_spurious(found):
    matrix = found["confusion"]
    cell = {(r, c): n for r, row in zip(matrix["rows"], matrix["cells"], strict=True) for c, n in zip(matrix["columns"], row, strict=True)}
    assert cell["ORGANIZATION", "ORGANIZATION"] == 2
    assert cell["LOCATION", "ORGANIZATION"] == 1
    assert cell["PERSON", "missed"] == 1
    assert cell["spurious", "PERSON"] == 1
    assert sum(cell.values()) == 11


def test_slices(found):
    assert {name: row["micro"]["f1"] for name, row in found["slices"]["page"].items()} == {"body": 1.0, "opening": 0.4}


def test_errors_say_what_was_found_where(found):
    assert [(e["kind"], e["document"]) for e in found["errors"]] == [("boundary", "a"), ("spurious", "a"), ("type", "a"), ("missed", "a")]
    first = found["errors"][0]
    assert (first["gold"]["text"], first["found"]["text"], first["score"]) == ("Orrinvale Foods", "Orrinvale", 0.6)
    assert first["context"].startswith("⟦Orrinvale Foods⟧ pays")


def test_what_a_comparison_needs(found):
    assert found["counts"] == {"a": [2, 3, 3], "b": [5, 0, 0]}
    at = TEXT.index("EUR")
    assert ["a", at, at + 6, "MONEY"] in found["right"]
    assert len(found["right"]) == 7


def test_nothing_at_all():
    empty = report([], TYPES)
    assert empty["micro"]["f1"] == 0
    assert empty["calibration"] == {"ece": 0.0, "spans": 0, "table": []}


def test_reliability_of_honest_and_boastful_scores():
    honest = reliability([0.5] * 100, [i % 2 == 0 for i in range(100)])
    assert honest["ece"] == 0
    boastful = reliability([0.9] * 10, [False] * 10)
    assert boastful["ece"] == pytest.approx(0.9)
    assert sum(row["spans"] for row in boastful["table"]) == 10
