"""Columns, tables, signature blocks and lines out of order."""

from collections.abc import Callable

import pytest

from whereas.reading.pages.columns import reading_order
from whereas.reading.pages.lines import Line, Token, attach_labels, compose, line_box, merge_baselines
from whereas.reading.pages.turning import quarters_of, turn_back, turn_on

WIDTH = 612.0


def line(y: float, *cells: tuple[float, str]) -> Line:
    """Words 6 points a letter, 5 points apart, 11 points high."""
    tokens = []
    for x, text in cells:
        at = x
        for word in text.split(" "):
            tokens.append(Token(word, (at, y, at + 6 * len(word), y + 11)))
            at += 6 * len(word) + 5
    return tokens


def texts(lines: list[Line]) -> list[str]:
    return [" ".join(token.text for token in line) for line in lines]


LEFT = [f"left side number {row} of the running text here" for row in "abcdefgh"]
RIGHT = [f"right side number {row} of this running text" for row in "abcdefgh"]


def test_rows_across_two_columns_are_cut_at_the_gutter() -> None:
    title = line(40, (72, "A title over both of the columns that is set wide over all of this page here"))
    rows = [line(80 + 14 * row, (60, LEFT[row]), (330, RIGHT[row])) for row in range(8)]
    assert texts(reading_order([title, *rows], width=WIDTH))[1:] == LEFT + RIGHT


def test_columns_drawn_one_after_the_other_stay_so() -> None:
    lines = [line(80 + 14 * row, (60, LEFT[row])) for row in range(8)] + [line(80 + 14 * row, (330, RIGHT[row])) for row in range(8)]
    assert texts(reading_order(lines, width=WIDTH)) == LEFT + RIGHT


def test_a_table_keeps_its_rows() -> None:
    rows = [line(80 + 14 * row, (72, str(row)), (110, "Oak beam sawn and dried"), (400, f"{row}40.00")) for row in range(8)]
    assert reading_order(rows, width=WIDTH) == rows


def test_signature_blocks_side_by_side_are_parted() -> None:
    rows = [
        line(500, (72, "Halvorsen Timber Company"), (330, "Brightwater Logistics Limited")),
        line(520, (72, "By: ____________"), (330, "By: ____________")),
        line(534, (72, "Name: Marit Halvorsen"), (330, "Name: Tom Bright")),
        line(548, (72, "Title: Director"), (330, "Title: Chair")),
        line(760, (72, "Supply Agreement of the parties"), (330, "Page 4")),
    ]
    assert texts(reading_order(rows, width=WIDTH)) == [
        "Halvorsen Timber Company", "By: ____________", "Name: Marit Halvorsen", "Title: Director",
        "Brightwater Logistics Limited", "By: ____________", "Name: Tom Bright", "Title: Chair",
        "Supply Agreement of the parties Page 4",
    ]  # fmt: skip


def test_a_shuffled_layer_is_sorted_and_no_word_lost() -> None:
    rows = [line(80 + 14 * row, (72, f"line {row} of the page")) for row in range(10)]
    shuffled = [rows[index] for index in (7, 2, 9, 0, 5, 3, 8, 1, 6, 4)]
    assert texts(reading_order(shuffled, width=WIDTH)) == texts(rows)


def test_a_footer_drawn_first_does_not_sort_the_page() -> None:
    rows = [line(760, (72, "footer"))] + [line(80 + 14 * row, (72, f"line {row}")) for row in range(10)]
    assert reading_order(rows, width=WIDTH) == rows


def test_numbers_beside_their_clauses_are_attached() -> None:
    lines = [
        line(80, (72, "5.1")),
        line(108, (72, "(a)")),
        line(80, (110, "The fee is due")),
        line(94, (110, "at once.")),
        line(108, (110, "Item")),
    ]
    assert texts(attach_labels(lines)) == ["5.1 The fee is due", "at once.", "(a) Item"]
    alone = [line(80, (72, "5.1")), line(200, (110, "far below")), line(80, (400, "far right"))]
    assert attach_labels(alone) == alone


def test_a_raised_fragment_joins_its_word() -> None:
    base = line(80, (72, "December 9"))
    x = line_box(base)[2]
    raised = [Token("th", (x + 0.2, 79, x + 7, 86))]
    rest = [Token(",", (x + 7.2, 80, x + 9, 91)), Token("2014", (x + 14, 80, x + 38, 91))]
    assert texts(merge_baselines([base, raised, rest])) == ["December 9th, 2014"]


def test_wider_gaps_are_empty_lines() -> None:
    text, words = compose([line(80, (72, "one two")), line(94, (72, "three")), line(108, (72, "four")), line(140, (72, "five"))])
    assert text == "one two\nthree\nfour\n\nfive"
    assert all(text[word.start : word.end] == word.text for word in words)
    assert compose([]) == ("", ())


def test_turned_pages() -> None:
    upright = [token for row in range(4) for token in line(100 + 14 * row, (72, "some words of text"))]
    for quarters in range(4):
        shown = (792.0, 612.0) if quarters % 2 else (612.0, 792.0)
        turned = [(token.text, turn_on(token.box, quarters, width=shown[0], height=shown[1])) for token in upright]
        assert quarters_of(turned) == quarters
        back = [turn_back(box, quarters, width=shown[0], height=shown[1]) for _, box in turned]
        assert back == [token.box for token in upright]


def test_short_words_below_one_another_are_not_sideways() -> None:
    column: Callable[[int], tuple[str, tuple[float, float, float, float]]] = lambda row: ("No.", (72, 14.0 * row, 80, 14.0 * row + 11))  # noqa: E731
    assert quarters_of([column(row) for row in range(10)]) == 0


def test_three_columns_are_read_one_after_the_other() -> None:
    columns = [[f"{side} part {row} runs on here" for row in "abcdefgh"] for side in ("first", "middle", "last")]
    rows = [line(80 + 14 * row, (40, columns[0][row]), (226, columns[1][row]), (412, columns[2][row])) for row in range(8)]
    assert texts(reading_order(rows, width=WIDTH)) == [text for column in columns for text in column]


def test_wrapped_cells_beside_amounts_are_no_columns() -> None:
    rows = []
    for row in range(8):
        rows.append(line(80 + 28 * row, (72, "oak beams that are sawn and dried and"), (330, f"{row + 1}00 pcs at $ {row + 1}0.00")))
        rows.append(line(94 + 28 * row, (72, "are kept in store for a month")))
    assert reading_order(rows, width=WIDTH) == rows


def test_cells_that_a_layout_analysis_took_for_a_column_go_back_to_their_rows() -> None:
    names = [line(80 + 28 * row, (72, f"{row + 1} oak beams sawn and dried")) for row in range(5)]
    more = [line(94 + 28 * row, (90, "and kept in store")) for row in range(5)]
    described = [part for pair in zip(names, more, strict=True) for part in pair]
    amounts = [line(81 + 28 * row, (330, f"{row + 1}00 pcs")) for row in range(5)]
    prices = [line(80 + 28 * row, (450, f"$ {row + 1}0.00")) for row in range(5)]
    read = texts(reading_order([*described, *amounts, *prices], width=WIDTH, trust="always"))
    assert read[:3] == ["1 oak beams sawn and dried 100 pcs $ 10.00", "and kept in store", "2 oak beams sawn and dried 200 pcs $ 20.00"]
    assert len(read) == 10


def test_signature_blocks_that_a_layout_analysis_parted_stay_apart() -> None:
    left = [line(80 + 20 * row, (72, text)) for row, text in enumerate(("Halvorsen Timber", "By: 7", "Name: Marit", "Date: 3/4/2019"))]
    right = [line(80 + 20 * row, (330, text)) for row, text in enumerate(("Brightwater 2", "By: 8", "Tom 9", "Date: 3/5/2019"))]
    assert texts(reading_order([*left, *right], width=WIDTH, trust="always")) == texts([*left, *right])


def test_columns_above_a_heading_across_the_page_are_read_before_it() -> None:
    upper = [[line(80 + 14 * row, (x, text[row])) for row in range(4)] for x, text in ((60, LEFT), (330, RIGHT))]
    heading = line(160, (60, "ARTICLE II on the delivery of the goods to the plant of the buyer of them"))
    lower = [[line(200 + 14 * row, (x, text[4 + row])) for row in range(4)] for x, text in ((60, LEFT), (330, RIGHT))]
    read = reading_order([*upper[0], heading, *lower[0], *upper[1], *lower[1]], width=WIDTH, trust="always")
    assert texts(read) == [*LEFT[:4], *RIGHT[:4], " ".join(token.text for token in heading), *LEFT[4:], *RIGHT[4:]]


def test_a_number_halfway_down_its_row_stays_before_the_rows_first_line() -> None:
    lines = [
        line(94, (72, "2")),
        line(80, (110, "Oak beams sawn and dried and then")),
        line(94, (110, "kept in store for a")),
        line(108, (110, "month.")),
    ]
    assert attach_labels(lines) == lines
    drawn_first = [
        line(80, (72, "1.")),
        line(108, (72, "2.")),
        line(80, (110, "Price")),
        line(94, (110, "of it")),
        line(108, (110, "Term")),
    ]
    assert texts(attach_labels(drawn_first)) == ["1. Price", "of it", "2. Term"]


def both(*rows: tuple[str, str]) -> list[Line]:
    return [line(400 + 20 * row, (72, left), (330, right)) for row, (left, right) in enumerate(rows)]


@pytest.mark.parametrize(
    "rows",
    [
        (("Halvorsen Timber", "Brightwater"), ("______________", "_____________"), ("Marit Halvorsen", "Tom Bright")),
        (("Halvorsen Timber Company", "Brightwater Limited"), ("Marit Halvorsen", "Tom Bright"), ("Director", "Chairman")),
        (("If to the Supplier:", "If to the Buyer:"), ("12 Quay Road", "4 Dock Street"), ("Bergen 5003", "Hull HU1 2AB")),
        (("SELLER:", "BUYER:"), ("Marit Halvorsen", "Tom Bright"), ("Attest: _______", "Attest: _______")),
    ],
)
def test_blocks_that_say_the_same_on_both_sides_are_two_parties(rows: tuple[tuple[str, str], ...]) -> None:
    assert texts(reading_order(both(*rows), width=WIDTH)) == [left for left, _ in rows] + [right for _, right in rows]


@pytest.mark.parametrize(
    "rows",
    [
        (("Effective Date", "3 March 2019"), ("Term", "two years"), ("Governing law", "Norway")),
        (("Item", "Price"), ("--------", "--------"), ("Oak beam", "40.00"), ("Pine beam", "30.00")),
        (("By: Marit Halvorsen", "Date: 3 March"), ("By: Tom Bright", "Date: 4 March")),
        (("Halvorsen Timber Company", "Brightwater Limited"), ("Nordlys Company", "Kestrel Limited"), ("Tern Company", "Gull Limited")),
    ],
)
def test_rows_of_what_belongs_together_stay_rows(rows: tuple[tuple[str, str], ...]) -> None:
    lines = both(*rows)
    assert reading_order(lines, width=WIDTH) == lines
