"""From a span of the cleaned text back to its page and boxes."""

from collections.abc import Callable

from whereas.reading.cleanup import clean
from whereas.reading.locate import boxes_of, page_of
from whereas.types import PageText

Page = Callable[..., PageText]


def test_a_word_has_the_box_of_its_page(page_of_lines: Page) -> None:
    pages = [page_of_lines("First page of the text", number=1), page_of_lines("Second page by Halvorsen Timber", number=2)]
    cleaned = clean(pages)
    at = cleaned.text.index("Halvorsen Timber")
    page, boxes = boxes_of(cleaned, pages, at, at + len("Halvorsen Timber"))
    assert page == 2
    word = pages[1].words[3]
    assert word.box is not None
    assert boxes == ((word.box[0], word.box[1], pages[1].words[4].box[2], word.box[3]),)  # type: ignore[index]
    assert page_of(cleaned, 0) == 1
    assert page_of(cleaned, len(cleaned.text)) is None


def test_a_span_over_two_lines_has_two_boxes(page_of_lines: Page) -> None:
    page = page_of_lines("The whole of this line is as wide as the page and ends in Halvorsen", "Timber Company, which is a party to it")
    cleaned = clean([page])
    at = cleaned.text.index("Halvorsen Timber Company")
    _, boxes = boxes_of(cleaned, [page], at, at + len("Halvorsen Timber Company"))
    assert len(boxes) == 2
    assert boxes[0][1] < boxes[1][1]


def test_a_mended_word_has_both_halves(page_of_lines: Page) -> None:
    page = page_of_lines("This is an agree-", "ment of the parties")
    cleaned = clean([page])
    assert cleaned.text == "This is an agreement of the parties"
    at = cleaned.text.index("agreement")
    assert len(boxes_of(cleaned, [page], at, at + 9)[1]) == 2


def test_part_of_a_word_has_the_words_box(page_of_lines: Page) -> None:
    page = page_of_lines("(Halvorsen), a company")
    assert boxes_of(clean([page]), [page], 1, 10)[1] == (page.words[0].box,)


def test_a_span_over_a_page_break_is_boxed_where_it_begins(page_of_lines: Page) -> None:
    pages = [page_of_lines("ends with Halvorsen", number=1), page_of_lines("Timber Company", number=2)]
    cleaned = clean(pages)
    page, boxes = boxes_of(cleaned, pages, cleaned.text.index("Halvorsen"), len(cleaned.text))
    assert page == 1
    assert boxes == (pages[0].words[2].box,)


def test_no_layout_no_boxes() -> None:
    pages = [PageText(1, "Halvorsen Timber Company", (), None, None, "markup", "docx")]
    cleaned = clean(pages)
    assert boxes_of(cleaned, pages, 0, 9) == (None, ())


def test_inserted_text_is_nowhere(page_of_lines: Page) -> None:
    pages = [page_of_lines("One.", number=1), page_of_lines("Two.", number=2)]
    cleaned = clean(pages)
    assert cleaned.text == "One.\n\nTwo."
    assert boxes_of(cleaned, pages, 4, 6) == (None, ())
    assert boxes_of(cleaned, pages, 50, 60) == (None, ())
