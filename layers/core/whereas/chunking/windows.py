"""Overlapping windows over cleaned text, cut between words only, and at the end of a sentence or line where one is near.

A window starts and ends at white space, so that encoding it alone gives the tokens that the whole text has there. The end of a
sentence is the better place, as it parts a name from fewest of the words that tell what it is. A
run without white space that is longer than a window (a row of underscores, a table of contents' dots) cannot be kept whole:
it is cut at punctuation, which changes no token either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from whereas.types import Chunk

SPECIAL_TOKENS = 2
"""[CLS] and [SEP], which every window carries."""


SLACK = 16
"""Tokens that a window may be shorter for the end of a sentence or line."""


class Encoded(Protocol):
    """One encoded text, special tokens left out."""

    @property
    def offsets(self) -> npt.NDArray[np.int64]:
        """Half-open character offsets of the tokens, shape (tokens, 2)."""
        ...

    @property
    def word_ids(self) -> npt.NDArray[np.int64]:
        """Number of each token's word, shape (tokens,); punctuation marks are words of their own."""
        ...


class Encoder(Protocol):
    """What splits text into model tokens, all of it, without special tokens."""

    def encode(self, text: str) -> Encoded:
        """Return the tokens of ``text``."""
        ...


def split_chunks(text: str, tokenizer: Encoder, *, max_tokens: int, overlap: int) -> tuple[Chunk, ...]:
    """Cut ``text`` into windows that cover all of its tokens.

    Args:
        text: the cleaned text of a document.
        tokenizer: ``whereas.recognition.tokenizer.WordPieces``, or what encodes like it.
        max_tokens: most tokens a window, special tokens included.
        overlap: tokens that neighbouring windows share, about: the next window starts at the word that holds that token.

    Returns:
        Windows in order; ``chunk.text == text[chunk.start:chunk.end]``. Empty for text without a token.

    Raises:
        ValueError: the overlap leaves a window no room to move on.
    """
    room = max_tokens - SPECIAL_TOKENS
    if not 0 <= overlap < room:
        raise ValueError(f"overlap must be 0 to {room - 1} tokens for windows of {max_tokens}, found {overlap}")
    tokens = tokenizer.encode(text)
    offsets = tokens.offsets
    if not len(offsets):
        return ()
    spaced, words = _word_starts(text, offsets), [0, *(np.flatnonzero(np.diff(tokens.word_ids)) + 1).tolist()]
    sentences = [i for i in spaced if i == 0 or _ends_sentence(text, int(offsets[i - 1, 1]), int(offsets[i, 0]))]
    return tuple(
        Chunk(i, int(offsets[a, 0]), int(offsets[b - 1, 1]), text[int(offsets[a, 0]) : int(offsets[b - 1, 1])], b - a + SPECIAL_TOKENS)
        for i, (a, b) in enumerate(_ranges(len(offsets), (sentences, spaced, words), room=room, overlap=overlap))
    )


def _word_starts(text: str, offsets: npt.NDArray[np.int64]) -> list[int]:
    """Return the tokens that follow white space (or nothing): where a window is best cut."""
    ends = [0, *(int(e) for e in offsets[:-1, 1])]
    gaps = zip(ends, (int(s) for s in offsets[:, 0]), strict=True)
    return [i for i, (end, start) in enumerate(gaps) if i == 0 or any(c.isspace() for c in text[end:start])]


def _ends_sentence(text: str, end: int, start: int) -> bool:
    """Say whether a sentence or a line ends between the token that ends at ``end`` and the next, which starts at ``start``."""
    return text[end - 1] in ".;:" or "\n" in text[end:start]


def _ranges(tokens: int, cuts: tuple[list[int], list[int], list[int]], *, room: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Yield half-open token ranges of at most ``room`` tokens that begin and end at cuts.

    Args:
        tokens: how many there are.
        cuts: tokens that begin a sentence or line, a word after white space, a word of any kind.
        room: most tokens a range.
        overlap: tokens that neighbours share, about.
    """
    sentences, spaced, words = cuts
    first = 0
    while True:
        limit = first + room
        near = _last_cut((sentences,), max(first, limit - SLACK), limit)
        end = tokens if limit >= tokens else near or _last_cut((spaced, words), first, limit) or limit
        yield first, end
        if end >= tokens:
            return
        first = _next_start(spaced, first, end, overlap)


def _next_start(spaced: list[int], first: int, end: int, overlap: int) -> int:
    """Return where the next window starts: the word at or before the overlap, else the first word inside it, else ``end``."""
    at = bisect_right(spaced, max(end - overlap, first)) - 1
    if at >= 0 and spaced[at] > first:
        return spaced[at]
    return spaced[at + 1] if at + 1 < len(spaced) and spaced[at + 1] < end else end


def _last_cut(cuts: tuple[list[int], ...], after: int, limit: int) -> int | None:
    """Return the last cut in (after, limit], of the first kind that has one there."""
    for kind in cuts:
        at = bisect_right(kind, limit) - 1
        if at >= 0 and kind[at] > after:
            return kind[at]
    return None
