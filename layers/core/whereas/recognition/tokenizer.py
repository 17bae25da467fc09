"""Word pieces with document offsets, and the case of each piece as its token type.

The vocabulary is uncased. What letter case says of names comes back through ``token_type_ids``: the model's token-type
embeddings are 0 for a word without capitals, 1 for a capital first, 2 for capitals alone, 3 for other mixtures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from whereas.errors import ModelContractError

_SURROGATES = re.compile("[\ud800-\udfff]")
LOWER, CAPITALISED, UPPER, MIXED = range(4)
CASE_TYPES = 4
REMEMBERED_WORDS = 8192
"""Words whose case stays known: a contract repeats its own, and looking at their characters took longer than the tokenizer."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text as the model reads it, without special tokens. All arrays have one row a token.

    ``input_ids`` and ``token_type_ids`` are int64, shape (tokens,); ``offsets`` int64, shape (tokens, 2), half-open
    characters of the text; ``word_ids`` int64, shape (tokens,): pieces of one word share a number.
    """

    input_ids: npt.NDArray[np.int64]
    token_type_ids: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]
    word_ids: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.input_ids)


@lru_cache(maxsize=REMEMBERED_WORDS)
def case_type(word: str) -> int:
    """Return the token type of a word: see the module docstring. A single capital letter counts as CAPITALISED."""
    if word == word.lower():
        return LOWER
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return LOWER
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return UPPER
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return CAPITALISED
    return MIXED


class WordPieces:
    """The artefact's tokenizer with truncation and padding off, so that no text is ever cut silently."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.cls_id = self._special("[CLS]")
        self.sep_id = self._special("[SEP]")

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Read ``tokenizer.json``.

        Raises:
            ModelContractError: the file is missing, no tokenizer, or lacks [CLS] or [SEP].
        """
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as exc:
            raise ModelContractError(f"{path.name} is missing or no tokenizer: publish the model anew") from exc
        return cls(tokenizer)

    def _special(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ModelContractError(f"the tokenizer has no {token}: publish the model anew")
        return int(number)

    def encode(self, text: str) -> Tokens:
        """Return the pieces of ``text``, all of it, without special tokens."""
        # A lone surrogate (a broken PDF font map) is no character: replaced by one of the same length, offsets stay.
        whole = _SURROGATES.sub("\ufffd", text)
        return _tokens(text, self._tokenizer.encode(whole, add_special_tokens=False))

    def piece(self, token_id: int) -> str:
        """Return the vocabulary entry of an id."""
        return str(self._tokenizer.id_to_token(token_id))


def _tokens(text: str, encoding: Encoding) -> Tokens:
    ids = np.array(encoding.ids, dtype=np.int64)
    size = len(ids)
    offsets = np.fromiter(chain.from_iterable(encoding.offsets), dtype=np.int64, count=2 * size).reshape(size, 2)
    if not size:
        return Tokens(ids, ids, offsets, ids)
    # A word is a run of pieces with one word id.
    begins = np.concatenate(([True], np.diff(np.array(encoding.word_ids, dtype=np.int64)) != 0))
    firsts = np.flatnonzero(begins)
    ends = offsets[np.append(firsts[1:], size) - 1, 1]
    types = [case_type(text[start:end]) for start, end in zip(offsets[firsts, 0].tolist(), ends.tolist(), strict=True)]
    words = np.cumsum(begins) - 1
    return Tokens(ids, np.array(types, dtype=np.int64)[words], offsets, words)
