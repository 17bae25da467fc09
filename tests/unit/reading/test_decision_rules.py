"""What each measure of a page decides, and what a probe settles."""

import math
from dataclasses import replace

import pytest

from whereas.reading.pdf.decision import Decision, decide, settle
from whereas.reading.wordlists import frequent_words
from whereas.types import PageMeasures

GOOD = PageMeasures(characters_per_square_inch=20, bad_share=0, word_share=0.9, hidden_share=0, picture_share=0, oblique_share=0)


def judged(measures: PageMeasures, *, garbage: str | None = None, points: int = 0, uncovered: float = 0.0) -> tuple[str, str]:
    decision = decide(measures, garbage=garbage, outline_points=points, quarters=0, uncovered=lambda: uncovered)
    return decision.choice, decision.reason


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("text_layer", "sane_text_layer")),
        ({"bad_share": 0.05}, ("probe", "doubtful_text_layer")),
        ({"word_share": 0.2}, ("probe", "doubtful_text_layer")),
        ({"word_share": None}, ("text_layer", "sane_text_layer")),
        ({"characters_per_square_inch": 0}, ("ocr", "no_text_layer")),
        ({"characters_per_square_inch": 1, "picture_share": 0.9}, ("ocr", "picture_with_little_text")),
        ({"characters_per_square_inch": 1}, ("text_layer", "sane_text_layer")),
        ({"hidden_share": 1, "picture_share": 1, "characters_per_square_inch": 1}, ("ocr", "picture_with_little_text")),
        ({"hidden_share": 1, "picture_share": 1, "word_share": None}, ("probe", "ocr_layer")),
        ({"hidden_share": 1, "picture_share": 1, "word_share": 0.2}, ("ocr", "poor_ocr_layer")),
        ({"hidden_share": 1, "picture_share": 1, "bad_share": 0.01}, ("probe", "ocr_layer")),
    ],
)
def test_measures_decide(changes: dict[str, float | None], expected: tuple[str, str]) -> None:
    assert judged(replace(GOOD, **changes)) == expected  # type: ignore[arg-type]


def test_ink_is_measured_only_where_something_is_drawn_beside_the_text() -> None:
    assert judged(GOOD, points=9000, uncovered=math.inf) == ("text_layer", "sane_text_layer")
    sparse = replace(GOOD, characters_per_square_inch=4)
    assert judged(sparse, points=9000, uncovered=0.9) == ("probe", "outlines_beside_text")
    assert judged(sparse, points=9000, uncovered=0.1) == ("text_layer", "sane_text_layer")
    assert judged(replace(GOOD, picture_share=0.3), uncovered=0.9) == ("probe", "picture_beside_text")


@pytest.mark.parametrize(
    ("doubt", "words", "agreement", "expected"),
    [
        ("doubtful_text_layer", 20, 0.9, Decision("text_layer", "doubtful_text_layer_confirmed")),
        ("doubtful_text_layer", 20, 0.2, Decision("ocr", "doubtful_text_layer_refuted")),
        ("doubtful_text_layer", 2, 0.0, Decision("text_layer", "doubtful_text_layer_unproved")),
        ("picture_beside_text", 9, 0.1, Decision("ocr", "picture_with_text")),
        ("picture_beside_text", 9, 0.95, Decision("text_layer", "nothing_beside_text")),
        ("outlines_beside_text", 1, 0.0, Decision("text_layer", "nothing_beside_text")),
    ],
)
def test_a_probe_settles_doubt(doubt: str, words: int, agreement: float, expected: Decision) -> None:
    assert settle(doubt, GOOD, words=words, agreement=agreement) == expected


def test_a_layer_of_no_words_that_no_probe_confirms_is_not_kept() -> None:
    assert settle("doubtful_text_layer", replace(GOOD, word_share=0.1), words=0, agreement=0).choice == "ocr"


def test_the_frequent_words_are_lower_case_words() -> None:
    assert len(frequent_words()) == 8000
    assert {"the", "agreement", "party", "shall"} <= frequent_words()
    assert all(word.isascii() and word.isalpha() and word.islower() for word in frequent_words())
