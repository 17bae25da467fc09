"""Blocks: short keys of a name, of which two names that mean one body share at least one, so that few pairs are compared.

One misprint leaves the head of the first word or the tail of the last one whole, another order changes neither set of heads.
"""

from __future__ import annotations

from typing import Final

from whereas.resolution.linking.profiles import folded, initials, profile_of, telling_words

_LETTERS: Final = 4


def blocks(name: str) -> tuple[str, ...]:
    """Return the blocks of a name, sorted: heads of its first and last telling word, the tail, initials or the acronym itself."""
    words = profile_of(name).words
    if not words:
        return ()
    telling = tuple(folded(word) for word in telling_words(words))
    found = {telling[0][:_LETTERS], telling[-1][:_LETTERS], f"*{telling[-1][-_LETTERS:]}"}
    if len(words) == 1 and 3 <= len(words[0]) <= 6:
        found.add(f"@{words[0]}")
    elif len(words) >= 3 and 3 <= len(initials(words)) <= 6:
        found.add(f"@{initials(words)}")
    return tuple(sorted(found))
