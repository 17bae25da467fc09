"""Short cuts that must change nothing: the index of words, patterns tried at known places, literals that a pattern needs."""

from __future__ import annotations

import re
import time

import pytest

from whereas.resolution.clauses.catalogue import types_of
from whereas.resolution.clauses.literals import needed_literals
from whereas.resolution.definitions.drafts import TermDraft
from whereas.resolution.definitions.uses import find_uses
from whereas.resolution.forms.windows import find_at, find_from, find_in
from whereas.resolution.view import View, make_view
from whereas.types import CleanedText

_TEXT = (
    'The Tenor_Fee of the "Term" renews; co-tenants’ terms.\nTerminable at İzmir or KILN\u00a0Row, '
    "ſtated or not: TERMS (ten) 1020 days, (7) years."
)


@pytest.fixture
def view() -> View:
    return make_view(CleanedText(_TEXT, ()))


def test_small_letters_keep_every_offset(view: View) -> None:
    assert len(view.lower) == len(view.text)
    assert view.lower[view.text.index("İ")] == "i"
    assert view.lower[view.text.index("ſ")] == "s"


@pytest.mark.parametrize("stem", ["ter", "term", "ten", "renew", "fee", "at", "kil", "st", "absent"])
def test_index_finds_every_word_that_begins_with_a_stem(view: View, stem: str) -> None:
    whole = r"(?![^\W_])" if len(stem) < 3 else ""
    expected = [m.start() for m in re.finditer(rf"(?<![^\W_]){stem}{whole}", view.lower)]
    assert view.word_starts(stem) == expected


def test_patterns_tried_at_the_words_they_open_with_find_what_a_scan_finds(view: View) -> None:
    pattern = re.compile(r"\bterm\w*(?: at)?|\bten\b", re.I)
    scanned = [m.span() for m in pattern.finditer(view.shadow)]
    assert len(scanned) == 5
    assert [m.span() for m in find_from(view, pattern, "term", "ten")] == scanned
    assert [m.span() for m in find_in(view, pattern, [(0, 54), (54, len(_TEXT))], view.word_starts("term", "ten"))] == scanned


def test_matches_at_known_places_do_not_overlap(view: View) -> None:
    assert [m.group(0) for m in find_at(view, re.compile(r"\d{3}"), range(len(_TEXT)))] == ["102"]


def test_figures_with_the_bracket_before_them(view: View) -> None:
    assert [view.shadow[at] for at in view.figures] == ["1", "7"]
    assert [view.shadow[at] for at in view.figures_behind("(")] == ["1", "(", "7"]


def test_a_phrase_may_begin_with_a_mark_or_in_other_letters(view: View) -> None:
    assert view.phrase_starts('"Term"') == [_TEXT.index('"'), _TEXT.index('"', 25)]
    assert _TEXT.index("Fee") in view.phrase_starts("Σ Works")  # letters that are compared in other ways: every word is looked at
    assert view.phrase_starts("Kiln Row Ltd") == [_TEXT.index("KILN")]


def test_small_words_are_no_parts_of_names_and_sites() -> None:
    view = make_view(CleanedText("The oak of Elm. See fir.example and ash@elm.example, a yew-tree", ()))
    assert view.small_words == {"oak", "of", "and", "yew-tree"}


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("abc+d", ("abc",)),
        ("ab?c", ("a",)),
        ("(?:lease|rent)s{2,}", ("lease", "rent")),
        ("kiln(?! row)|yard", ("kiln", "yard")),
        (r"no\. 5", ("no. 5",)),
        (r"(?:may|shall not)[^.;]{0,60}assign", ("assign",)),
        ("x{0,3}loan(?:s|ed)?", ("loan",)),
        (r"(?:a|b)?\w+", ("",)),
        ("fee|", ("",)),
    ],
)
def test_literals_of_which_every_match_holds_one(pattern: str, literals: tuple[str, ...]) -> None:
    assert needed_literals(pattern) == literals


@pytest.mark.parametrize("wording", ["The goods are sold ex works.", "Delivery is f.o.b. the quarry.", "Delivery is cif Hull."])
def test_alternatives_without_a_word_in_common_are_all_tried(wording: str) -> None:
    said, silent = types_of("Delivery", wording)[0], types_of("Delivery", "The goods are sold.")[0]
    assert said.type == silent.type == "delivery"
    assert said.score > silent.score


def test_uses_in_one_long_word_are_read_in_linear_time() -> None:
    head = 'Oak ("Lessor").\n\n'
    text = head + "Lessor-" * 20_000 + " Lessor pays."
    draft = TermDraft("Lessor", 6, 12, 4, 14, "definition-bracket", 0.95)
    began = time.process_time()
    found = find_uses(make_view(CleanedText(text, ())), [draft], parties={})
    assert found == {"Lessor": ((len(text) - 12, len(text) - 6),)}
    assert time.process_time() - began < 5
