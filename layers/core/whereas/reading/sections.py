"""The clauses of a contract: numbered ones, articles, headings, schedules; as a tree by level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whereas.reading.wordlists import word_set
from whereas.types import Section

_LINE = re.compile(r"[^\n]+")
_ARTICLE = re.compile(r"(?:ARTICLE|Article)[ ]+(?P<number>[IVXLC]{1,7}|\d{1,3}|[A-Z][a-z]+|[A-Z]{3,9})\b[.:\-–— ]*(?P<rest>.*)")
_ANNEX = re.compile(
    r"(?P<kind>SCHEDULE|Schedule|EXHIBIT|Exhibit|ANNEX|Annex|APPENDIX|Appendix|ATTACHMENT|Attachment)[ ]+"
    r"[\"“]?(?P<number>[A-Z]{1,2}(?:-\d{1,3})?|[IVX]{1,5}|\d{1,3}(?:\.\d{1,3})*(?:\([a-z]\))?)[\"”]?"
    r"(?:[ ]*[.:\-–—]+[ ]*|[ ]+|$)(?P<rest>.*)"
)
_SECTION = re.compile(r"(?:SECTION|Section|CLAUSE|Clause|§)[ ]*(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})\b[.:)\-–— ]*(?P<rest>.*)")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3}){0,4})(?P<mark>[.)]?)[ ]+(?P<rest>[\"“'‘(\[]?[A-Z].*)")
_RUN_IN = re.compile(r"[\"“]?(?P<heading>[A-Z][^.;:\n]{1,78}?)[\"”]?(?:[.:](?=\s|$)|\s+[-–—]\s)")
_SMALL_WORDS = word_set("""
    a an and as at by for from in into of on or the to with no not its other upon under after before between beyond than via
""")
_MAX_HEADING = 90
_MAX_HEADING_WORDS = 12
_MAX_TITLE_WORDS = 5
# Clause numbers go up by one; drafts lose a few, lists and years jump further.
_MAX_STEP = 3


@dataclass(frozen=True, slots=True)
class _Start:
    start: int
    number: str | None
    heading: str | None
    level: int


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a cleaned text, sorted by start, outer before inner.

    Ids count from ``s0001`` in order of the text. A section ends where the next one of its level or above begins; text
    before the first one belongs to none.
    """
    starts = list(_starts(text))
    sections: list[Section] = []
    open_at: list[tuple[int, str]] = []
    for index, found in enumerate(starts):
        end = next((later.start for later in starts[index + 1 :] if later.level <= found.level), len(text))
        while open_at and open_at[-1][0] >= found.level:
            open_at.pop()
        section_id = f"s{index + 1:04d}"
        parent = open_at[-1][1] if open_at else None
        sections.append(Section(section_id, found.number, found.heading, found.start, end, found.level, parent))
        open_at.append((found.level, section_id))
    return tuple(sections)


def _starts(text: str) -> Iterator[_Start]:
    numbers = _Numbers()
    lines = list(_LINE.finditer(text))
    taken = -1
    for index, match in enumerate(lines):
        line = match[0].strip()
        below = lines[index + 1][0].strip() if index + 1 < len(lines) else ""
        if index == taken:
            continue
        alone = text[max(0, match.start() - 2) : match.start()] in {"", "\n\n"} and text[match.end() : match.end() + 2] in {"", "\n\n"}
        start = match.start() + (len(match[0]) - len(match[0].lstrip()))
        found = _numbered_start(line, below, start, numbers) or _heading_start(line, start, numbers, alone=alone)
        if found is not None:
            # A heading on the line below its number is no section of its own.
            taken = index + 1 if found.heading and found.heading == _bare(below) and found.heading not in line else -1
            yield found


class _Numbers:
    """What has been counted so far: whether articles hold the clauses, and the last clause number of each level."""

    def __init__(self) -> None:
        self.base = 0
        self.articles = False
        self._last: tuple[int, ...] = ()

    def restart(self, *, base: int) -> None:
        """Begin anew, ``base`` levels down."""
        self.base = base
        self._last = ()

    def accept(self, number: str) -> bool:
        """Take the number where it follows from the last one: 3 after 2, 3.1 after 3, 4 after 3.7, 1 in a new list."""
        parts = tuple(int(part) for part in number.split("."))
        last = self._last
        if len(parts) == 1:
            follows = parts[0] == 1 if not last else 0 < parts[0] - last[0] <= _MAX_STEP
            first_one = parts[0] == 1 and not last
            accepted = follows or first_one
        else:
            same = len(last) >= len(parts) and last[: len(parts) - 1] == parts[:-1]
            step = parts[-1] - last[len(parts) - 1] if same else parts[-1]
            parent_fits = not last or 0 <= parts[0] - last[0] <= _MAX_STEP
            accepted = parent_fits and 0 <= step <= _MAX_STEP and (not same or step > 0)
        if accepted:
            self._last = parts
        return accepted


def _numbered_start(line: str, below: str, start: int, numbers: _Numbers) -> _Start | None:
    annex = _ANNEX.fullmatch(line)
    if annex and len(line) <= _MAX_HEADING and not line.endswith((".", ";", ",")) and (not annex["rest"] or _is_heading(annex["rest"])):
        numbers.restart(base=1)
        numbers.articles = False
        return _Start(start, f"{annex['kind'].title()} {annex['number']}", annex["rest"] or _heading_below(below), 1)
    article = _ARTICLE.fullmatch(line)
    if article and (not article["rest"] or _is_heading(article["rest"]) or len(article["rest"]) <= _MAX_HEADING):
        numbers.articles = True
        return _Start(start, f"Article {article['number']}", article["rest"] or _heading_below(below), numbers.base + 1)
    clause = _SECTION.fullmatch(line) or _NUMBERED.fullmatch(line)
    if clause is None or not _is_clause(clause, line) or not numbers.accept(clause["number"]):
        return None
    depth = clause["number"].count(".") + 1
    if numbers.articles and depth == 1:
        depth = 2
    return _Start(
        start,
        clause["number"],
        _run_in_heading(clause["rest"]) or (None if clause["rest"] else _heading_below(below)),
        numbers.base + depth,
    )


def _is_clause(clause: re.Match[str], line: str) -> bool:
    """A bare number before text is a clause's only where a heading follows: rows of tables begin so too."""
    if clause.re is _SECTION or clause["mark"] or "." in clause["number"]:
        return True
    return _is_heading(clause["rest"]) and not line[-1].isdigit()


def _heading_start(line: str, start: int, numbers: _Numbers, *, alone: bool) -> _Start | None:
    """A line of capitals between empty lines is a heading; lines of a title block follow one another without any."""
    letters = sum(character.isalpha() for character in line)
    if not alone or not line.isupper() or letters < 4 or letters < 0.6 * len(line) or len(line.split()) > 8 or line[-1] in ",;:":
        return None
    return _Start(start, None, line, numbers.base + 1)


def _run_in_heading(rest: str) -> str | None:
    if len(rest) <= _MAX_HEADING and (_is_heading(_bare(rest)) or _is_title_line(rest)):
        return _bare(rest)
    match = _RUN_IN.match(rest)
    return match["heading"].strip() if match and _is_heading(match["heading"]) else None


def _is_heading(text: str) -> bool:
    """Whether words are set as a title: capitals at (nearly) all words but the small ones, and no sentence."""
    words = [word.strip("\"“”'’()[],") for word in text.split()]
    words = [word for word in words if word and word[0].isalpha()]
    if not 0 < len(words) <= _MAX_HEADING_WORDS:
        return False
    long_words = [word for word in words if word.lower() not in _SMALL_WORDS]
    capital = sum(word[0].isupper() for word in long_words)
    return words[0][0].isupper() and (len(words) == 1 or capital >= 0.7 * max(1, len(long_words)))


def _heading_below(below: str) -> str | None:
    return _bare(below) if 0 < len(below) <= _MAX_HEADING and _is_heading(below) and not _NUMBERED.fullmatch(below) else None


def _is_title_line(rest: str) -> bool:
    """Whether a whole line is a few words and no sentence: headings are often set with a capital at the first word alone."""
    return len(rest.split()) <= _MAX_TITLE_WORDS and rest[-1:].isalpha()


def _bare(heading: str) -> str:
    return heading.rstrip(".: ")
