"""Patterns that label contract text, on sentences of our own."""

from __future__ import annotations

import time
from datetime import date

import pytest

from whereas_training import values, weak


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dated May 8, 2014 between", date(2014, 5, 8)),
        ("this 8th day of May, 2014", date(2014, 5, 8)),
        ("on 5/8/14.", date(2014, 5, 8)),
        ("on 2014-05-08", date(2014, 5, 8)),
        ("until September 30th, 2020", date(2020, 9, 30)),
        ("in May 2014", None),
        ("February 31, 2014", None),
    ],
)
def test_dates(text: str, value: date | None) -> None:
    found = list(values.find_dates(text))
    assert [v for _, _, v in found] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three (3) years", (36, "month")),
        ("ninety days", (90, "day")),
        ("a one-year term", (12, "month")),
        ("twenty-four (24) months", (24, "month")),
        ("2 weeks", (14, "day")),
        ("ten (10) business days", (10, "day")),
        ("no term", None),
    ],
)
def test_durations(text: str, expected: tuple[int, str] | None) -> None:
    assert values.length(text) == expected


def test_values_and_names() -> None:
    text = (
        "Fern Foods, Inc., a Nevada corporation at Elko, Nevada, owes US$1,500.00 or five percent (5%) under the Sample Goods Act of 1999."
    )
    found = {(s.types[0], text[s.start : s.end]) for s in values.values(text) + weak.names(text)}
    assert {
        ("ORGANIZATION", "Fern Foods, Inc."),
        ("LOCATION", "Nevada"),
        ("LOCATION", "Elko"),
        ("MONEY", "US$1,500.00"),
        ("PERCENT", "five percent (5%)"),
        ("LAW", "Sample Goods Act of 1999"),
    } <= found


def test_signatories() -> None:
    text = "By: /s/ Ada Vale Ada Vale Title: President\nName: Bo Reed\nTitle: Chairman\nName: ____"
    assert [text[s:e] for s, e in weak.find_signatories(text)] == ["Ada Vale", "Bo Reed"]


@pytest.mark.parametrize("text", [" " * 200_000, "A " * 50_000, "one " * 40_000, "(" * 100_000, "1," * 60_000, "AND A" * 30_000])
def test_patterns_do_not_backtrack(text: str) -> None:
    began = time.process_time()
    values.values(text)
    weak.names(text)
    assert time.process_time() - began < 20
