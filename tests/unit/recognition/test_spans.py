"""Trimming keeps what belongs to the entity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.recognition.spans import take_stop, trim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (' "Birchwood Mills, Inc.",', "Birchwood Mills, Inc."),
        ("May 4, 2021.", "May 4, 2021"),
        ("the U.S.A.", "the U.S.A."),
        ("Delaware.", "Delaware"),
        ("Fern Foods L.P.", "Fern Foods L.P."),
        ("Fern (UK) Ltd.", "Fern (UK) Ltd."),
        ("(Fern Foods", "Fern Foods"),
        ("Fern Foods)", "Fern Foods"),
        ("Fern Foods (", "Fern Foods"),
        ("thirty (30) days", "thirty (30) days"),
        ("\u201cLicensor\u201d", "Licensor"),
        ("____ Ada Vale ____", "Ada Vale"),
        ("Ada Vale, Jr.", "Ada Vale, Jr."),
        ("\u00a0Oak Bank, N.A.\n", "Oak Bank, N.A."),
        (" .,; ", ""),
        ("$500", "$500"),
        ("12%", "12%"),
    ],
)
def test_trim(text: str, expected: str) -> None:
    start, end = trim(text, 0, len(text))
    assert text[start:end] == expected


@given(text=st.text(alphabet="aB1 .,;()[]\"'-_", max_size=30), data=st.data())
def test_trimmed_bounds_lie_within_the_old_ones_and_trimming_again_changes_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new = trim(text, start, end)
    assert start <= new[0] <= new[1] <= end
    assert trim(text, *new) == new


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [("Fern, Inc. and", "Fern, Inc", "Fern, Inc."), ("in Elko. It", "Elko", "Elko"), ("Fern Co", "Fern Co", "Fern Co")],
)
def test_a_legal_form_takes_its_full_stop(text: str, span: str, expected: str) -> None:
    start = text.index(span)
    assert text[start : take_stop(text, start, start + len(span))] == expected
