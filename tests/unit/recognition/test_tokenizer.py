"""Nothing is cut, offsets hold, letter case becomes the token type."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from artefact_files import write_tokenizer
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from whereas.errors import ModelContractError
from whereas.recognition.tokenizer import CAPITALISED, LOWER, MIXED, UPPER, WordPieces, case_type


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> WordPieces:
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    write_tokenizer(path)
    return WordPieces.load(path)


def test_truncation_and_padding_of_the_file_are_off(pieces: WordPieces) -> None:
    assert len(pieces.encode("acme " * 40)) == 40
    assert len(pieces.encode("acme")) == 1


def test_offsets_words_and_types(pieces: WordPieces) -> None:
    text = "The Mayflower CORP. 2 acme"
    tokens = pieces.encode(text)
    assert [text[s:e] for s, e in tokens.offsets] == ["The", "May", "flower", "CORP", ".", "2", "acme"]
    assert tokens.word_ids.tolist() == [0, 1, 1, 2, 3, 4, 5]
    assert tokens.token_type_ids.tolist() == [CAPITALISED, CAPITALISED, CAPITALISED, UPPER, LOWER, LOWER, LOWER]
    assert [pieces.piece(int(i)) for i in tokens.input_ids[1:3]] == ["may", "##flower"]


def test_no_text_no_tokens(pieces: WordPieces) -> None:
    tokens = pieces.encode(" \n")
    assert len(tokens) == 0
    assert tokens.offsets.shape == (0, 2)


def test_a_lone_surrogate_keeps_the_offsets(pieces: WordPieces) -> None:
    text = "acme \ud83c corp"
    assert [text[s:e] for s, e in pieces.encode(text).offsets][-1] == "corp"


@given(text=st.text(max_size=60))
def test_offsets_are_in_order_and_inside_the_text(pieces: WordPieces, text: str) -> None:
    tokens = pieces.encode(text)
    flat = tokens.offsets.reshape(-1)
    assert all(0 <= x <= len(text) for x in flat)
    assert all(a <= b for a, b in pairwise(flat))
    assert set(tokens.token_type_ids.tolist()) <= {LOWER, CAPITALISED, UPPER, MIXED}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", LOWER),
        ("§12", LOWER),
        ("Acme", CAPITALISED),
        ("A", CAPITALISED),
        ("ACME", UPPER),
        ("A1B", UPPER),
        ("McVale", MIXED),
        ("eVale", MIXED),
    ],
)
def test_case_types(word: str, expected: int) -> None:
    assert case_type(word) == expected


def test_a_missing_or_broken_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelContractError, match=r"tokenizer\.json is missing or no tokenizer"):
        WordPieces.load(tmp_path / "tokenizer.json")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelContractError, match="publish the model anew"):
        WordPieces.load(tmp_path / "tokenizer.json")


def test_a_tokenizer_without_special_tokens_is_refused() -> None:
    with pytest.raises(ModelContractError, match=r"\[CLS\]"):
        WordPieces(Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]")))
