"""The text as rules read it: same length as the cleaned text, so that every match is an offset into the document.

``View.shadow`` differs from the text in single characters alone: curly quotes are straight, dashes are hyphens, odd
spaces are spaces. Patterns are written with plain spaces and run through ``rx``, which lets each stand for one to six
white-space characters: white space is never unbounded, so no pattern can backtrack over a page of blanks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from whereas.types import CleanedText, Section

_PLAIN = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\u200b\ufeff", " "),
}
# A stop or a blank line behind a letter, figure or closing mark. The look behind comes second: a pattern that opens with a set of
# characters is searched for far faster than one that opens with a look behind.
_SENTENCE_END = re.compile(
    r"[.;:\s](?<=[a-z0-9)\]\"'][.;:\s])(?:(?<=[.;])[\"')]{0,2}\s{1,6}(?=[A-Z(\d\"'])|(?<=[.;:])\s{0,3}\n\s{0,3}\n|"
    r"(?<=\s)\s{0,2}\n\s{0,3}\n|(?<=\n)\s{0,3}\n)"
)
_FIGURE = re.compile(r"\d+")
_SMALL_WORD = re.compile(r"[a-z](?<![\w@./].)[a-z'-]+(?![\w@]|\.\w)")
# The first word of a phrase, or the mark that it begins with. Some letters that are not Latin stand for others in ``re.IGNORECASE``.
_PHRASE_HEAD = re.compile(r"[^\W_]+|[\s\S]")
_IN_INDEX = re.compile(r"(?!.*\u00b5)[^\W_\u0250-\U0010ffff]+\Z")
_ESCAPE_OR_CAPITAL = re.compile(r"\\.|\(\?P<\w+>|[A-Z]")
_HEAD = 3
"""Letters of a word by which the view's index of words is kept."""
_GAP = r"\s{1,6}"
_MAYBE_GAP = r"\s{0,6}"


def rx(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile ``pattern`` with every plain space standing for one to six white-space characters, and " ?" for none to six."""
    return re.compile(pattern.replace(" ?", _MAYBE_GAP).replace(" ", _GAP), flags)


def _small(text: str) -> str:
    return text.replace("\u0130", "i").lower().replace("\u0131", "i").replace("\u017f", "s")


def small_rx(pattern: str) -> re.Pattern[str]:
    """Compile ``pattern`` as ``rx`` does, for ``View.lower``: small letters alone, which match several times as fast as either case."""
    return rx(_ESCAPE_OR_CAPITAL.sub(lambda m: m.group(0) if len(m.group(0)) > 1 else m.group(0).lower(), pattern), 0)


@dataclass(frozen=True)
class View:
    """A cleaned text with its shadow and its sections."""

    text: str
    shadow: str
    sections: tuple[Section, ...]

    @cached_property
    def _breaks(self) -> list[int]:
        return [m.end() for m in _SENTENCE_END.finditer(self.shadow)]

    @cached_property
    def lower(self) -> str:
        """The shadow in small letters, character for character; what ``re.IGNORECASE`` takes for an i or s is one here."""
        return _small(self.shadow)

    @cached_property
    def _heads(self) -> dict[str, list[int]]:
        """Where the words begin, by their first letters; to blank what is no word and split is the fastest way to all words."""
        text = self.lower
        for other in {c for c in set(text) if not c.isalnum()}:
            text = text.replace(other, " ")
        found: dict[str, list[int]] = {}
        at = 0
        for word in text.split(" "):
            if word:
                found.setdefault(word[:_HEAD], []).append(at)
            at += len(word) + 1
        return found

    def word_starts(self, *stems: str) -> list[int]:
        """Return where the words begin that begin with one of ``stems`` in any case, sorted.

        A pattern that opens with such words has to be tried there alone (``windows.find_at``). Words are runs of letters and figures; stems
        are in small letters, those of fewer than three are whole words.
        """
        found = [at for stem in stems for at in self._heads.get(stem[:_HEAD], ()) if self.lower.startswith(stem, at)]
        return sorted(found)

    def phrase_starts(self, *phrases: str) -> list[int]:
        """Return where one of ``phrases``, names as they are written, may begin as a word of its own, in any case, sorted."""
        found: set[int] = set()
        for phrase in {_small(match.group(0)) for p in phrases if (match := _PHRASE_HEAD.match(p))}:
            if _IN_INDEX.match(phrase):
                found.update(self.word_starts(phrase))
            elif phrase.isalnum():
                found.update(at for starts in self._heads.values() for at in starts)
            else:
                found.update(self.places_of(phrase))
        return sorted(found)

    def places_of(self, *literals: str) -> list[int]:
        """Return where the literals (in small letters) stand in any case, inside words too, sorted."""
        found = []
        for literal in literals:
            at = self.lower.find(literal)
            while at >= 0:
                found.append(at)
                at = self.lower.find(literal, at + 1)
        return sorted(found)

    @cached_property
    def line_starts(self) -> list[int]:
        """Where the lines begin."""
        return [0, *(at + 1 for at in self.places_of("\n"))]

    @cached_property
    def figures(self) -> list[int]:
        """Where the runs of digits begin."""
        return [m.start() for m in _FIGURE.finditer(self.shadow)]

    def figures_behind(self, marks: str) -> list[int]:
        """Return where the runs of digits begin, and where one of ``marks`` stands right before one, sorted."""
        return [at for n in self.figures for at in ((n - 1, n) if n and self.shadow[n - 1] in marks else (n,))]

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the text writes in small letters; "oak.example" does not make Oak one of them.

        No match reaches over a blank, so each different stretch between blanks is read once.
        """
        return frozenset(_SMALL_WORD.findall(" ".join(set(self.shadow.split()))))

    @cached_property
    def _section_starts(self) -> list[int]:
        return [s.start for s in self.sections]

    @cached_property
    def _by_id(self) -> dict[str, Section]:
        return {s.section_id: s for s in self.sections}

    def sentence(self, position: int, *, reach: int = 1500) -> tuple[int, int]:
        """Return the sentence around ``position`` as [start, end), at most ``reach`` characters either way."""
        at = bisect_right(self._breaks, position)
        start = self._breaks[at - 1] if at else 0
        end = self._breaks[at] if at < len(self._breaks) else len(self.text)
        return max(start, position - reach), min(end, position + reach)

    def section_at(self, position: int) -> Section | None:
        """Return the innermost section that holds ``position``, or None."""
        for at in range(bisect_right(self._section_starts, position) - 1, -1, -1):
            section = self.sections[at]
            if section.end > position:
                return section
            if section.level <= 1:
                return None
        return None

    def heading_at(self, position: int) -> str | None:
        """Return the heading that ``position`` stands under: that of the innermost section that has one."""
        section = self.section_at(position)
        while section and not section.heading and section.parent_id:
            section = self._by_id[section.parent_id]
        return section.heading if section else None


def make_view(cleaned: CleanedText) -> View:
    """Return the view of a cleaned text; sections are sorted by start, outer before inner."""
    sections = tuple(sorted(cleaned.sections, key=lambda s: (s.start, -s.end)))
    shadow = cleaned.text
    for odd, plain in _PLAIN.items():  # a hundred times as fast as str.translate, for most of these are in no text
        shadow = shadow.replace(odd, plain)
    return View(text=cleaned.text, shadow=shadow, sections=sections)
