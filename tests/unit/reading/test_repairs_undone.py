"""No change that cannot be undone: map and log give back the very characters of the pages."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas import codec
from whereas.reading.cleanup import clean
from whereas.reading.pages.layout import lines_of
from whereas.reading.pages.running import find_running
from whereas.reading.repairs.counting import counts_by_page
from whereas.reading.repairs.undoing import as_read, before_repairs
from whereas.types import CleanedText, PageText, Piece, Repair

WORDS = st.one_of(
    st.text(alphabet="abcdeABC12.,;()-\u00ad\u2010ﬁﬃ\u00a0\u200b\ufeff½é\t", min_size=1, max_size=12),
    st.sampled_from(
        [
            "J une",
            "2 0 1 9",
            "June l, 2O19",
            "$l,OOO.OO",
            "Section l.2",
            "A G R E E M E N T",
            "retum",
            "|nformation",
            "ofthe",
            "agree-",
            "|",
        ]
    ),
)
LINES = st.lists(st.lists(WORDS, min_size=0, max_size=9).map(" ".join), min_size=0, max_size=12)


def plain(number: int, text: str, source: str = "ocr") -> PageText:
    return PageText(number, text, (), None, None, source, "test")  # type: ignore[arg-type]


@given(st.lists(LINES, min_size=1, max_size=3), st.sampled_from(["plain_text", "markup", "ocr", "text_layer"]))
def test_every_kept_line_is_rebuilt_from_text_map_and_log(lines: list[list[str]], source: str) -> None:
    pages = [plain(n, "\n".join(page), source) for n, page in enumerate(lines, start=1)]
    cleaned = clean(pages)
    placed = [lines_of(page) for page in pages]
    dropped = find_running(pages, placed).dropped
    rebuilt: dict[int, dict[int, str]] = {page.number: {} for page in pages}
    for page, stretches in as_read(cleaned, 0, len(cleaned.text)).items():
        for at, text in stretches:
            rebuilt[page].update(enumerate(text, start=at))
    for repair in cleaned.repairs:
        if not repair.after:
            rebuilt[repair.page].update(enumerate(repair.before, start=repair.start))
    for page, page_lines in zip(pages, placed, strict=True):
        assert all(page.text[at] == character for at, character in rebuilt[page.number].items())
        for line in page_lines:
            if (page.number, line.start) not in dropped:
                assert "".join(rebuilt[page.number].get(at, "") for at in range(line.start, line.end)) == line.text


@given(LINES, st.integers(0, 400), st.integers(1, 80))
def test_any_span_says_how_it_was_read(lines: list[str], start: int, length: int) -> None:
    page = plain(1, "\n".join(lines))
    for at, text in as_read(clean([page]), start, start + length).get(1, []):
        assert page.text[at : at + len(text)] == text


@pytest.mark.parametrize(
    ("text", "word", "read"),
    [
        ("The oﬃce of the buyer", "office", "oﬃce"),
        ("The con\u00adsent of the buyer", "consent", "con\u00adsent"),
        ("The buyer\u00a0\u2003pays for it", "buyer pays", "buyer\u00a0\u2003pays"),
    ],
)
def test_a_repaired_span_is_shown_as_it_was_read(text: str, word: str, read: str) -> None:
    cleaned = clean([plain(1, text)])
    at = cleaned.text.index(word)
    assert as_read(cleaned, at, at + len(word)) == {1: [(text.index(read), read)]}


def test_a_mended_word_is_shown_with_its_hyphen() -> None:
    text = "The buyer pays the goods that were delivered under this agree-\nment within thirty days of it."
    cleaned = clean([plain(1, text)])
    at = cleaned.text.index("agreement")
    assert as_read(cleaned, at, at + 9) == {1: [(text.index("agree-"), "agree-\nment")]}
    assert Repair(1, "hyphenation", text.index("-\n"), text.index("ment"), "-\n", "") in cleaned.repairs


def test_line_ends_that_became_spaces_are_no_repairs() -> None:
    text = "The buyer pays the goods that were delivered under this contract\nwithin thirty days of it."
    cleaned = clean([plain(1, text)])
    assert cleaned.repairs == ()
    assert cleaned.wraps == (text.index("\n"),)
    assert as_read(cleaned, 0, len(cleaned.text)) == {1: [(0, text)]}


def test_what_cleanup_inserted_was_not_read() -> None:
    cleaned = clean([plain(1, "Signed."), plain(2, "Sealed.")])
    assert cleaned.text == "Signed.\n\nSealed."
    assert as_read(cleaned, 7, 9) == {}


def test_files_from_before_repairs_were_logged_still_load() -> None:
    old = b'{"text":"ab","pieces":[{"start":0,"end":2,"page":1,"source_start":0,"source_end":2}],"sections":[],"warnings":[]}'
    assert codec.decode(gzip.compress(old), CleanedText) == CleanedText("ab", (Piece(0, 2, 1, 0, 2),))


def test_the_log_is_stored_with_the_text() -> None:
    cleaned = clean([plain(1, "The oﬃce of the buyer\u00ad")])
    assert cleaned.repairs
    assert codec.decode(codec.encode(cleaned, CleanedText), CleanedText) == cleaned


def test_repairs_are_counted_by_page_and_kind() -> None:
    cleaned = clean([plain(1, "The oﬃce of the oﬃcer"), plain(2, "The buyer pays"), plain(3, "On J une 1, 2 0 1 9 the oﬃce")])
    assert counts_by_page(cleaned.repairs) == {1: {"ligature": 2}, 3: {"date_spacing": 1, "ligature": 1}}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The oﬃce of the buyer", "The oﬃce of the buyer"),
        ("On J une 1, 2 0 1 9 they meet", "On J une 1, 2 0 1 9 they meet"),
        ("The buyer  pays", None),
        ("The buyer pays the goods that were delivered under this contract\nwithin thirty days of it.", None),
    ],
)
def test_a_part_is_shown_as_read_where_words_changed(text: str, read: str | None) -> None:
    cleaned = clean([plain(1, text)])
    assert before_repairs(cleaned, 0, len(cleaned.text)) == read


def test_a_part_without_source_was_not_read_differently() -> None:
    assert before_repairs(CleanedText("made up", ()), 0, 7) is None
