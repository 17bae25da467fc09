"""Breaks a block's text into lines of a given width, with hyphens at line ends and bold runs kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

# A syllable ends between a vowel and a lone consonant, or between two consonants: crude, but it looks like a typesetter's work.
_SYLLABLE = re.compile(r"(?<=[aeiouy])(?=[b-df-hj-np-tv-z][aeiouy])|(?<=[aeiouy][bcdfglmnprst])(?=[bcdfglmnpst][aeiouy])")
_HYPHENABLE = re.compile(r"[A-Za-z]{8,}")

Run = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: runs of text with their weight, its natural width in points, and whether its paragraph goes on after it."""

    runs: tuple[Run, ...]
    width: float
    continues: bool

    @property
    def text(self) -> str:
        """The line's text."""
        return "".join(run for run, _ in self.runs)


def _width(word: Iterable[Run], font: str, bold_font: str, size: float) -> float:
    return sum(float(stringWidth(text, bold_font if bold else font, size)) for text, bold in word)


def _words(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Split runs at spaces; a word may consist of several runs, as ``(“**Supplier**”)`` does."""
    word: list[Run] = []
    for text, bold in runs:
        pieces = text.split(" ")
        for index, piece in enumerate(pieces):
            if index:
                if word:
                    yield word
                word = []
            if piece:
                word.append((piece, bold))
    if word:
        yield word


def _split_word(word: list[Run], room: float, font: str, size: float) -> tuple[Run, Run] | None:
    """Return the longest syllables of a plain word that fit with a hyphen, and the rest; None where none do."""
    if len(word) != 1 or word[0][1]:
        return None
    text = word[0][0]
    found = _HYPHENABLE.match(text)
    if found is None:
        return None
    for cut in reversed([match.start() for match in _SYLLABLE.finditer(text, 0, found.end()) if 3 <= match.start() <= found.end() - 3]):
        if stringWidth(text[:cut] + "-", font, size) <= room:
            return (text[:cut] + "-", False), (text[cut:], False)
    return None


def _join(words: list[list[Run]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for index, word in enumerate(words):
        for position, (text, bold) in enumerate(word):
            lead = " " if index and not position else ""
            if runs and runs[-1][1] == bold:
                runs[-1] = (runs[-1][0] + lead + text, bold)
            elif lead and runs:
                runs[-1] = (runs[-1][0] + lead, runs[-1][1])
                runs.append((text, bold))
            else:
                runs.append((text, bold))
    return tuple(runs)


def break_lines(runs: Iterable[Run], *, width: float, font: str, bold_font: str, size: float, hyphenate: bool = True) -> list[TextLine]:
    """Break runs into lines no wider than ``width`` points, save for single words that are wider themselves."""
    lines: list[TextLine] = []
    current: list[list[Run]] = []
    used = 0.0
    space = float(stringWidth(" ", font, size))

    def flush(continues: bool) -> None:
        nonlocal current, used
        lines.append(TextLine(_join(current), used, continues))
        current, used = [], 0.0

    for word in _words(runs):
        pending = word
        length = _width(pending, font, bold_font, size)
        if current and used + space + length > width:
            room = width - used - space
            halves = _split_word(pending, room, font, size) if hyphenate and room > width / 12 else None
            if halves:
                current.append([halves[0]])
                used += space + _width([halves[0]], font, bold_font, size)
                pending = [halves[1]]
                length = _width(pending, font, bold_font, size)
            flush(True)
        used += length + (space if current else 0.0)
        current.append(pending)
    if current:
        flush(False)
    return lines
