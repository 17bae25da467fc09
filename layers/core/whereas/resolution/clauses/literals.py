"""What every match of a pattern holds: words that are looked for before the pattern is tried, for that takes a fraction of the time.

Reads the part of the syntax of ``re`` that ``catalogue.toml`` uses: groups, alternatives, sets, counts, escapes and look arounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

# A run's length counts, less for each further literal of a set: a long word is rare, and one is looked for faster than five.
_COST = 0.6
_ELEMENT = re.compile(
    r"(?P<open>\((?:\?[:!=]|\?<[!=])?)|(?P<close>\))|(?P<bar>\|)|(?P<set>\[\^?\]?[^\]]*\])|(?P<escape>\\.)|(?P<char>.)", re.S
)
_COUNT = re.compile(r"(?P<optional>[?*]|\{0?,\d*\})|\+|\{\d+,?\d*\}")
_HEAD = 3
"""Letters of a literal's longest word by which it is looked up."""
_PLAIN = frozenset(" ,'\"-/;:%&")


def needed_literals(pattern: str) -> tuple[str, ...]:
    """Return literals of which every match of ``pattern`` holds one; ("",) where nothing is sure."""
    best, _ = _branches(pattern, 0)
    return best or ("",)


def _worth(literals: tuple[str, ...]) -> float:
    return min(map(len, literals)) - _COST * (len(literals) - 1) if literals else 0.0


def _branches(pattern: str, at: int) -> tuple[tuple[str, ...], int]:
    """Read alternatives up to a closing bracket or the end; return what they need and where reading goes on."""
    needs: list[tuple[str, ...]] = []
    while True:
        need, at, more = _sequence(pattern, at)
        needs.append(need)
        if not more:
            return (tuple(dict.fromkeys(literal for need in needs for literal in need)) if all(needs) else ()), at


def _sequence(pattern: str, at: int) -> tuple[tuple[str, ...], int, bool]:
    """Read one alternative; return the best of what it needs, where reading goes on, and whether another alternative follows."""
    found: list[tuple[str, ...]] = []
    run = ""
    while (element := _ELEMENT.match(pattern, at)) and element.lastgroup not in {"bar", "close"}:
        at, text = element.end(), element["char"] or ""
        need: tuple[str, ...] = ()
        if element["open"]:
            need, at = _branches(pattern, at)
            need = need if element["open"] in {"(", "(?:"} else ()
        elif element["escape"] and not element["escape"][1].isalnum():
            text = element["escape"][1]
        count = _COUNT.match(pattern, at)
        at = count.end() if count else at
        if text and (text.isalnum() or text in _PLAIN or element["escape"]) and not (count and count["optional"]):
            run += text
            text = run if not count else ""
        else:
            text = ""
        if not text:
            found += [(run,)] if run else []
            run = ""
        if need and not (count and count["optional"]):
            found.append(need)
    found += [(run,)] if run else []
    more = element is not None and element.lastgroup == "bar"
    return max(found, key=_worth, default=()), element.end() if element else at, more


class Literals:
    """Finds which of many literals a text holds, by the words of the text: to look for each in turn takes five times as long."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._literals = literals
        self._by_head: dict[str, list[tuple[str, int]]] = {}
        self._short: list[int] = []
        for number, literal in enumerate(literals):
            key = max(literal.split() or [""], key=len)
            if len(key) < _HEAD:
                self._short.append(number)
            else:
                self._by_head.setdefault(key[:_HEAD], []).append((key, number))
        self._of_word = lru_cache(maxsize=20_000)(self._in_word)

    def held_by(self, text: str) -> list[int]:
        """Return the numbers of the literals that ``text`` holds."""
        likely = set(self._short).union(*map(self._of_word, set(text.split())))
        return [number for number in likely if self._literals[number] in text]

    def _in_word(self, word: str) -> tuple[int, ...]:
        """Return the literals whose longest word stands in ``word``."""
        return tuple(
            number
            for at in range(len(word) - _HEAD + 1)
            for key, number in self._by_head.get(word[at : at + _HEAD], ())
            if word.startswith(key, at)
        )
