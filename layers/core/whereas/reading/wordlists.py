"""Word lists as the readable text that they are."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``, which white space parts."""
    return frozenset(text.split())


@cache
def frequent_words() -> frozenset[str]:
    """Return the 8,000 most frequent words of ASCII letters in the vocabulary of BERT (uncased; Apache License 2.0).

    They make up 0.86 of the words of the median page of CUAD's training contracts, 0.61 of one in a hundred.
    """
    return word_set((files("whereas.reading") / "words.txt").read_text(encoding="ascii"))
