"""Line numbers in the margin are left out; numbers of clauses, of tables and of lists stay."""

from collections.abc import Callable

from whereas.reading.cleanup import clean
from whereas.types import PageText

Page = Callable[..., PageText]
Placed = tuple[float, float, str]
WORDS = ("crane", "quay", "light", "gate", "depot", "lock", "dock")
SENTENCES = [f"The {word} of the harbour is kept by the clerk and paid for each month" for word in WORDS]


def numbered(number: int, make: Page, *, first: int = 1, step: int = 1, source: str = "text_layer") -> PageText:
    """Sixteen lines with their numbers left of them."""
    lines: list[Placed] = []
    for row in range(16):
        if (first + row) % step == 0:
            lines.append((50, 130 + 20 * row, str(first + row)))
        clause = f"{number}. " if row == 0 else ""
        lines.append((90, 130 + 20 * row, clause + SENTENCES[row % 7] + "." * (row == 15)))
    return make(*lines, number=number, source=source)


def test_numbers_of_every_line_are_left_out_and_those_of_clauses_stay(page_of_lines: Page) -> None:
    cleaned = clean([numbered(n, page_of_lines) for n in (1, 2, 3)])
    assert [block.split()[0] for block in cleaned.text.split("\n\n")] == ["1.", "2.", "3."]
    assert cleaned.text.count("harbour") == 48
    assert not any(word.isdecimal() for word in cleaned.text.split())
    assert [section.number for section in cleaned.sections] == ["1", "2", "3"]
    assert cleaned.warnings[0].message == "48 line numbers were left out."


def test_numbers_within_their_line_are_left_out(page_of_lines: Page) -> None:
    pages = []
    for number in (1, 2):
        rows = [(50, 100 + 20 * row, f"{row + 1}" + " " * (4 if row < 9 else 3) + SENTENCES[row % 7]) for row in range(14)]
        pages.append(page_of_lines(*rows, number=number))
    cleaned = clean(pages)
    assert cleaned.text.startswith("The crane of the harbour")
    assert not any(word.isdecimal() for word in cleaned.text.split())
    for piece in cleaned.pieces:
        if piece.page:
            source = pages[piece.page - 1].text[piece.source_start : piece.source_end]
            assert source.split() == cleaned.text[piece.start : piece.end].split()


def test_every_fifth_line_goes_on_over_the_pages(page_of_lines: Page) -> None:
    pages = [numbered(n, page_of_lines, first=1 + 16 * (n - 1), step=5) for n in (1, 2, 3)]
    assert not any(word.isdecimal() for word in clean(pages).text.split())


def test_a_page_of_which_few_numbers_were_read_borrows_the_margin(page_of_lines: Page) -> None:
    pages = [numbered(n, page_of_lines, first=1 + 16 * (n - 1), step=5, source="ocr") for n in (1, 2)]
    pages.append(page_of_lines((50, 100, "35"), (90, 100, SENTENCES[0]), (90, 120, SENTENCES[1]), number=3, source="ocr"))
    assert "35" not in clean(pages).text


def test_specks_that_ocr_reads_in_the_margin_are_left_out(page_of_lines: Page) -> None:
    pages = []
    for number in (1, 2):
        page = numbered(number, page_of_lines, source="ocr")
        pages.append(page)
    pages[0] = PageText(**{**_fields(pages[0]), "text": pages[0].text.replace("2\nThe quay", "Z\nThe quay", 1)})
    words = tuple(word if word.text != "2" else type(word)("Z", word.start, word.end, word.box) for word in pages[0].words)
    pages[0] = PageText(**{**_fields(pages[0]), "words": words})
    assert "Z" not in clean(pages).text


def _fields(page: PageText) -> dict[str, object]:
    return {name: getattr(page, name) for name in page.__dataclass_fields__}


def test_one_page_of_a_numbered_list_stays(page_of_lines: Page) -> None:
    rows = [(50, 100 + 20 * row, f"{row + 1} {SENTENCES[row % 7]}.") for row in range(12)]
    assert "8 The crane" in clean([page_of_lines(*rows)]).text


def test_the_numbers_of_a_tables_rows_stay(page_of_lines: Page) -> None:
    rows = [(50, 100 + 20 * row, f"{row + 1}" + " " * (9 if row < 9 else 8) + "Oak beam" + " " * 40 + f"{row}0.00") for row in range(14)]
    text = clean([page_of_lines(*rows, number=number) for number in (1, 2, 3)]).text
    assert text.count("\n12 Oak beam") == 3


def test_clauses_numbered_without_a_mark_stay(page_of_lines: Page) -> None:
    """A number that stands by the first line of a clause alone counts no lines."""
    pages = []
    for number in (1, 2):
        lines: list[Placed] = []
        for row in range(27):
            if row % 3 == 0:
                lines.append((50, 100 + 20 * row, str(row // 3 + 1 + 9 * (number - 1))))
            lines.append((90, 100 + 20 * row, SENTENCES[row % 7]))
        pages.append(page_of_lines(*lines, number=number))
    words = clean(pages).text.split()
    assert all(str(value) in words for value in range(1, 19))
