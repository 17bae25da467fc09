"""Page numbers, stamps and running lines in all their forms; what only looks like one stays."""

from collections.abc import Callable

import pytest

from whereas.reading.cleanup import clean
from whereas.types import PageText

Page = Callable[..., PageText]
Placed = tuple[float, float, str]
WORDS = ("crane", "quay", "light", "gate", "depot", "lock", "dock")


def body(number: int, rows: int = 16, top: float = 130) -> list[Placed]:
    """Sentences of a page's own, one line each."""
    letter = "abcdefghijk"[number]
    return [
        (72, top + 14 * row, f"The {WORDS[row % 7]} {letter}{'abcdefghijklmnop'[row]} is kept by the clerk for a month.")
        for row in range(rows)
    ]


@pytest.mark.parametrize("form", ["Page {0} of 3", "- {0} -", "[{0}]", "{0}/3", "A-{0}", "page {0}", "KTC00012{0}", "~ {0} ~"])
def test_numbers_at_the_foot_in_all_forms(page_of_lines: Page, form: str) -> None:
    pages = [page_of_lines(*body(n), (300, 760, form.format(n)), number=n) for n in (1, 2, 3)]
    text = clean(pages).text
    assert not any(form.format(n) in text for n in (1, 2, 3))
    assert text.count("kept by the clerk") == 48


def test_a_lone_one_that_ocr_reads_as_a_stroke_counts(page_of_lines: Page) -> None:
    pages = [page_of_lines(*body(n), (300, 760, f"Page {'|' if n == 1 else n} of 3"), number=n, source="ocr") for n in (1, 2, 3)]
    assert "Page" not in clean(pages).text


def test_stamps_on_two_pages_are_left_out(page_of_lines: Page) -> None:
    stamps = ("Source: HALVORSEN TIMBER CO, 10-K, 3/1/2019", "HTC000123")
    pages = [page_of_lines(*body(n), (72, 740, stamps[0]), (400, 770, f"HTC00012{2 + n}"), number=n) for n in (1, 2)]
    text = clean(pages).text
    assert "Source" not in text
    assert "HTC" not in text


def test_other_lines_on_two_pages_stay(page_of_lines: Page) -> None:
    pages = [page_of_lines(*body(n), (72, 740, "Signed in two copies"), number=n) for n in (1, 2)]
    assert clean(pages).text.count("Signed in two copies") == 2


def test_schedules_of_a_page_each_keep_their_headings(page_of_lines: Page) -> None:
    pages = [page_of_lines((250, 60, f"Schedule {n}"), *body(n), number=n) for n in (1, 2, 3, 4)]
    cleaned = clean(pages)
    assert [section.number for section in cleaned.sections] == [f"Schedule {n}" for n in (1, 2, 3, 4)]


def test_the_words_over_signatures_stay_on_every_counterpart(page_of_lines: Page) -> None:
    words = "IN WITNESS WHEREOF, the parties have signed this counterpart."
    pages = [
        page_of_lines((72, 160, words), (72, 190, "By: ______"), (72, 204, f"Name: {name}"), number=n) for n, name in enumerate(WORDS, 1)
    ]
    assert clean(pages).text.count(words) == 7


def within(make: Page, form: str, *, x: float = 300, below: str = "") -> PageText:
    """One page into which three shorter ones were printed."""
    lines: list[Placed] = []
    y = 60.0
    for number in (1, 2, 3):
        part = body(number, top=y)
        if number < 3:
            part[-1] = (72, part[-1][1], "The clerk keeps the books of the harbour and of all of the ships at")
        lines += part
        y = part[-1][1] + 30
        lines.append((x, y, form.format(number)))
        if below:
            lines.append((72, y + 14, below))
        y += 40
    return make(*lines, height=1400.0)


@pytest.mark.parametrize("form", ["- {0} -", "{0}", "Page {0}", "-{0}-"])
def test_page_numbers_amid_a_page_part_no_sentence(page_of_lines: Page, form: str) -> None:
    cleaned = clean([within(page_of_lines, form)])
    assert not any(form.format(n) in cleaned.text.split("\n") for n in (1, 2, 3))
    assert "of all of the ships at The crane" in cleaned.text
    assert cleaned.warnings[0].message.startswith("3 page numbers within the text")


def test_lines_beside_page_numbers_amid_a_page_stand_once(page_of_lines: Page) -> None:
    text = clean([within(page_of_lines, "- {0} -", below="Harbour contract, initials ____")]).text
    assert text.count("Harbour contract, initials ____") == 1


def test_figures_at_the_left_margin_may_number_clauses_and_stay(page_of_lines: Page) -> None:
    lines = clean([within(page_of_lines, "{0}", x=72)]).text.split("\n")
    assert all(figure in lines for figure in "123")


def test_figures_close_together_are_a_tables(page_of_lines: Page) -> None:
    rows = [(300, 100 + 20 * row, str(row + 1)) for row in range(9)]
    lines = clean([page_of_lines((72, 60, "The number of the ships that lie at the quay in each of the months"), *rows)]).text.split()
    assert all(str(figure) in lines for figure in range(1, 10))
