"""The language of a document whose pages have several, and pages that cannot be read."""

from __future__ import annotations

import pytest

from whereas.errors import PermanentError
from whereas.reading.cleanup import clean
from whereas.stages.languages import judge_language
from whereas.types import PageText, Warning

ENGLISH = "This agreement is made between the parties and it shall be governed by the laws of the country in which the goods are sold. " * 4
GERMAN = "Dieser Vertrag wird zwischen den Parteien geschlossen und unterliegt dem Recht des Landes, in dem die Waren sind. " * 4
NAMES = "Halvorsen Brightwater Kowalczyk Lindqvist Vandermeer Ostrander Tanaka Bergstrom Pemberton Thistlewood " * 2


def pages(*made: tuple[str, str | None]) -> list[PageText]:
    return [
        PageText(number, text, (), None, None, "text_layer", "sane_text_layer", language=language)
        for number, (text, language) in enumerate(made, 1)
    ]


def judged(made: list[PageText]) -> tuple[str, list[tuple[str, int | None]]]:
    language, warnings = judge_language(made, clean(made))
    return language, [(warning.code, warning.page) for warning in warnings]


def test_most_of_the_text_decides() -> None:
    assert judged(pages((ENGLISH, "en"), (ENGLISH, "en"))) == ("en", [])
    assert judged(pages((NAMES, "und"), (ENGLISH, "en"), ("4", "und"))) == ("en", [])


def test_foreign_pages_of_an_english_document_are_named_once_a_language() -> None:
    made = pages((ENGLISH, "en"), (GERMAN, "de"), (ENGLISH, "en"), (GERMAN, "de"), (ENGLISH, "en"), (ENGLISH, "en"))
    language, warnings = judge_language(made, clean(made))
    assert language == "en"
    assert [(warning.code, warning.page) for warning in warnings] == [("unsupported_language", 2)]
    assert "2, 4" in warnings[0].message
    assert "'de'" in warnings[0].message


def test_a_document_half_in_english_is_carried_on_with_and_called_what_most_of_it_is() -> None:
    made = pages((ENGLISH, "en"), (GERMAN + GERMAN, "de"))
    assert judged(made) == ("de", [("unsupported_language", 2)])


@pytest.mark.parametrize("front", [("", "und"), (NAMES[:40], "und"), (ENGLISH[:120], "en")])
def test_a_foreign_document_is_refused_whatever_its_front_page(front: tuple[str, str]) -> None:
    with pytest.raises(PermanentError) as caught:
        judged(pages(front, (GERMAN, "de"), (GERMAN, "de")))
    assert caught.value.code == "unsupported_language"


def test_a_title_page_of_foreign_names_refuses_nothing() -> None:
    assert judged(pages((NAMES[:60], "es"), (NAMES * 3, "und"))) == ("und", [("language_undetermined", None), ("unsupported_language", 1)])


def test_pages_each_too_short_are_judged_together() -> None:
    parts = [ENGLISH[at : at + 40] for at in range(0, 400, 40)]
    assert judged(pages(*[(part, "und") for part in parts])) == ("en", [])


def unread(number: int, language: str) -> PageText:
    told = Warning("unsupported_language", "The page is written in Cyrillic letters.", number)
    return PageText(number, "", (), 612, 792, "ocr", "no_text_layer", language=language, warnings=(told,))


def test_pages_in_letters_that_ocr_does_not_know_refuse_the_document() -> None:
    with pytest.raises(PermanentError) as caught:
        judged([unread(1, "ru"), unread(2, "ru")])
    assert caught.value.code == "unsupported_language"


def test_one_such_page_among_english_ones_is_not_warned_of_twice() -> None:
    made = [*pages((ENGLISH, "en"), (ENGLISH, "en")), unread(3, "ru")]
    assert judged(made) == ("en", [])
    assert [warning.page for warning in clean(made).warnings if warning.code == "unsupported_language"] == [3]


@pytest.mark.parametrize("made", [[("", "und")], [(" \n", None), ("", "und")]])
def test_no_text_at_all_is_empty(made: list[tuple[str, str | None]]) -> None:
    with pytest.raises(PermanentError) as caught:
        judged(pages(*made))
    assert caught.value.code == "empty"
