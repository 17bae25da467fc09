"""Windows cover the text, stay within their size, and never cut a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.chunking.windows import split_chunks


@dataclass
class _Pieces:
    offsets: npt.NDArray[np.int64]
    word_ids: npt.NDArray[np.int64]


class _Tokenizer:
    """Words of letters and single punctuation marks; words of more than three letters make pieces of three."""

    def encode(self, text: str) -> _Pieces:
        offsets, words = [], []
        for number, match in enumerate(re.finditer(r"\w+|[^\w\s]", text)):
            for start in range(match.start(), match.end(), 3):
                offsets.append((start, min(start + 3, match.end())))
                words.append(number)
        return _Pieces(np.array(offsets, dtype=np.int64).reshape(-1, 2), np.array(words, dtype=np.int64))


_TEXT = st.text(alphabet="ab .,_\n\u00a0é漢", max_size=400)


@given(text=_TEXT, room=st.integers(3, 30), overlap=st.integers(0, 2))
def test_every_token_lies_in_a_window_and_windows_keep_their_size(text: str, room: int, overlap: int) -> None:
    chunks = split_chunks(text, _Tokenizer(), max_tokens=room + 2, overlap=overlap)

    tokens = _Tokenizer().encode(text).offsets
    for start, end in tokens:
        assert any(c.start <= start and end <= c.end for c in chunks)
    for i, chunk in enumerate(chunks):
        assert chunk.index == i
        assert text[chunk.start : chunk.end] == chunk.text
        assert chunk.tokens <= room + 2
    assert [c.start for c in chunks] == sorted({c.start for c in chunks})


@given(words=st.lists(st.text(alphabet="abc", min_size=1, max_size=9), min_size=1, max_size=80), overlap=st.integers(0, 8))
def test_no_word_is_cut(words: list[str], overlap: int) -> None:
    text = " ".join(words)
    for chunk in split_chunks(text, _Tokenizer(), max_tokens=14, overlap=overlap):
        assert chunk.start == 0 or text[chunk.start - 1] == " "
        assert chunk.end == len(text) or text[chunk.end] == " "


def test_neighbours_share_the_overlap() -> None:
    text = " ".join(f"w{i:02d}" for i in range(40))
    chunks = split_chunks(text, _Tokenizer(), max_tokens=12, overlap=4)
    for before, after in pairwise(chunks):
        assert len(text[after.start : before.end].split()) == 4


def test_a_window_ends_with_a_sentence_or_line_where_one_is_near() -> None:
    words = [f"w{i:02d}" for i in range(60)]
    for mark in (".", ";", "\n"):
        text = " ".join([*words[:20], words[20] + mark, *words[21:]])
        first, second = split_chunks(text, _Tokenizer(), max_tokens=32, overlap=4)[:2]
        assert first.text.endswith(words[20] + mark.strip())
        assert len(text[second.start : first.end].split()) in (3, 4)
        far = split_chunks(text, _Tokenizer(), max_tokens=42, overlap=4)[0]
        assert len(far.text.split()) >= 38  # too far from the window's end


def test_a_run_longer_than_a_window_is_cut_at_punctuation() -> None:
    text = "left " + "_" * 50 + " right"
    chunks = split_chunks(text, _Tokenizer(), max_tokens=12, overlap=2)
    assert chunks[0].text.startswith("left")
    assert chunks[-1].text.endswith("right")
    assert all(c.tokens <= 12 for c in chunks)
    assert max(b.start - a.end for a, b in pairwise(chunks)) <= 1


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_text_without_tokens_has_no_windows(text: str) -> None:
    assert split_chunks(text, _Tokenizer(), max_tokens=12, overlap=2) == ()


@pytest.mark.parametrize("overlap", [-1, 10, 99])
def test_an_overlap_without_room_to_move_is_refused(overlap: int) -> None:
    with pytest.raises(ValueError, match="overlap"):
        split_chunks("a b", _Tokenizer(), max_tokens=12, overlap=overlap)
