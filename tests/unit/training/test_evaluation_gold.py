"""Labelled pages: held to their text, and brought from cleaned text back to it."""

from __future__ import annotations

import hashlib
import json

import pytest

from whereas.reading.cleanup import clean
from whereas.reading.formats.plain import page_of
from whereas_training.evaluation.gold import LabelError, Page, read_pages
from whereas_training.evaluation.matching import Span
from whereas_training.evaluation.pages import inside, is_read, to_source

TEXT = "This Agreement is made on 1 May 2020 by Orrinvale Foods Limited,\n12 Fir Street, Basel 4051, Switzerland.\n"


@pytest.fixture
def write(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "made-1.txt").write_text(TEXT, encoding="utf-8")

    def _write(spans, **other):
        row = {
            "contract": "made-1", "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "start": 0, "end": len(TEXT),
            "kind": "opening", "contract_type": None, "spans": spans, **other,
        }  # fmt: skip
        path = tmp_path / "pages.jsonl"
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
        return read_pages(path, tmp_path / "text")

    return _write


def place(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def test_pages_are_read_with_a_place_inside_an_address(write):
    address = "12 Fir Street, Basel 4051, Switzerland"
    (page,) = write([[*place("Basel"), "LOCATION"], [*place(address), "ADDRESS"], [*place("1 May 2020"), "DATE"]])
    assert [TEXT[s.start : s.end] for s in page.spans] == ["1 May 2020", address, "Basel"]


@pytest.mark.parametrize(
    ("spans", "other", "message"),
    [
        ([[0, 4, "TITLE"]], {}, "TITLE is none of"),
        ([[4, 4, "DATE"]], {}, "not inside"),
        ([[0, 9, "DATE"]], {"end": 8}, "not inside"),
        ([[0, 4, "DATE"], [0, 4, "DATE"]], {}, "twice"),
        ([[0, 9, "ORGANIZATION"], [5, 14, "PERSON"]], {}, "overlap"),
        ([[*place("Basel"), "PERSON"], [*place("Basel 4051"), "ADDRESS"]], {}, "overlap"),
        ([], {"text_sha256": "0"}, "not the one"),
        ([], {"end": 10_000}, "not a stretch"),
    ],
)
def test_labels_that_cannot_be_are_refused(write, spans, other, message):
    with pytest.raises(LabelError, match=message):
        write(spans, **other)


def test_spans_of_cleaned_text_come_back_to_the_labelled_text():
    source = "ARTICLE 1\n\nThe   term  begins on\n1 May 2020 and Orrinvale Foods\nLimited may ex-\ntend it by ten (10) days.\n"
    cleaned = clean([page_of(source, source_reason="encoding:utf-8", markup=False)])
    assert cleaned.text != source
    for words in ("1 May 2020", "ten (10) days", "Orrinvale"):
        at = cleaned.text.index(words)
        (span,) = to_source(cleaned, [Span(at, at + len(words), "DATE", 0.5)])
        assert source[span.start : span.end] == words
        assert is_read(cleaned.pieces, span)


def test_only_what_lies_in_the_page_whole_counts():
    page = Page("made-1", 5, 20, "body", None, TEXT, ())
    assert [s.start for s in inside(page, [Span(0, 8, "DATE"), Span(5, 20, "DATE"), Span(19, 21, "DATE")])] == [5]
