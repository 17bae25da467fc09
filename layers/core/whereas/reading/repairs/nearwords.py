"""The document's own word that a doubtful one is one letter off.

What no list of shapes foresees (a letter that a fold, a speck or the edge of the picture took) is found by deletions, as SymSpell
does (W. Garbe, 2012): two words are one letter apart only if they share a form with one letter left out. One pass over the
document's words builds the index, one look-up a word asks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from whereas.reading.repairs.vocabulary import DocumentWords

# Words of fewer letters have too many neighbours, and less than three sure readings may be one misreading printed thrice.
_LETTERS = 7
_CUT_LETTERS = 6
_SURE_READINGS = 3


class NearWords:
    """The words that a document surely and often spells, by what they are with a letter left out."""

    def __init__(self, words: DocumentWords) -> None:
        self._words = words

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for word in self._words.sure_words(_SURE_READINGS):
            if len(word) >= _CUT_LETTERS and word.isalpha():
                for form in _forms(word):
                    index.setdefault(form, []).append(word)
        return index

    def misread(self, core: str) -> str | None:
        """Return the one word that is a letter off ``core``, in its case; None where there is none, or two.

        Endings are left alone: "venturer" is no misread "venturers".
        """
        low = core.casefold()
        if len(low) < _LETTERS or not core.isalpha():
            return None
        near = {word for form in _forms(low) for word in self._index.get(form, ()) if word[-1] == low[-1] and _is_one_off(low, word)}
        near = {word for word in near if word[1:] != low and self._is_commoner(word, low)}
        if len(near) != 1:
            return None
        word = near.pop()
        return word.upper() if core.isupper() else word.capitalize() if core[0].isupper() else word

    def cut(self, core: str) -> str | None:
        """Return the one word whose first letter ``core`` lacks, as the document mostly spells it."""
        low = core.casefold()
        if len(low) < _CUT_LETTERS - 1 or not core.isalpha():
            return None
        near = {word for word in self._index.get(low, ()) if word[1:] == low and self._is_commoner(word, low)}
        if len(near) != 1:
            return None
        word = near.pop()
        spelling = self._words.spelling(word)
        return word if spelling.isupper() and core.islower() else spelling

    def _is_commoner(self, word: str, low: str) -> bool:
        return self._words.sure_count(word) > 2 * self._words.count(low)


def _forms(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _is_one_off(one: str, other: str) -> bool:
    """Whether one letter put in, left out or exchanged makes one word the other; never where they are equal."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    skip_one, skip_other = len(one) >= len(other), len(other) >= len(one)
    return one[same + skip_one :] == other[same + skip_other :]
