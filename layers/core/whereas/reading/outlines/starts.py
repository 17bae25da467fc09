"""Where a clause may begin: every line, or place in a line, that has the look of a clause's number or heading."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from whereas.reading.outlines.headings import (
    MAX_HEADING,
    bare,
    heading_below,
    is_heading,
    is_title_of_capitals,
    run_in_heading,
    run_together,
)
from whereas.reading.outlines.labels import Label, read_label

_WITNESS = re.compile(r"IN WITNESS (?:WHEREOF|HEREOF)\b", re.IGNORECASE)
_WHEREAS = re.compile(r"W\s?H\s?E\s?R\s?E\s?A\s?S\s?[,:]|Whereas, ")
_RECITALS = re.compile(r"(?:RECITALS?|Recitals?|BACKGROUND|Background|W\s?I\s?T\s?N\s?E\s?S\s?S\s?E\s?T\s?H)\s?:?")
_INLINE = re.compile(
    r"(?:(?<=[.;:!?)\"”\]])[ ]{1,4}(?=(?:\d{1,2}\.(?:\d{1,3}\.?)*|\([a-z]{1,4}\)|[A-Z]\.|(?:Section|SECTION) \d{1,2}\.(?:\d{1,2}\.?)*)"
    # "8. Termination 8.1 Mutual Agreement": the first clause of an article whose heading has no mark.
    r"[ ]+[\"“(A-Z])|(?<=[a-zA-Z])[ ](?=\d{1,2}\.0?1\.?[ ][\"“A-Z]))"
)
_CITED = re.compile(
    r"(?:\b(?:Sec|No|Nos|Art|Par|Fig|v|vs|St|Mr|Dr)\.|\b(?:sections?|articles?|clauses?|paragraphs?|schedule|exhibit|version|and|or)|;)\Z",
    re.IGNORECASE,
)
# Papers filed with an authority bear the filing's exhibit number above their own title.
_STAMP = re.compile(r"(?:EXHIBIT|Exhibit)[ ]+\d")
_STAMP_LINES = 4
_SHORT_LINE = 120
_MAX_CHAIN = 3


@dataclass(frozen=True, slots=True)
class Start:
    """A place where a clause may begin.

    ``label`` is None for a heading without a number. ``inline`` says that it stands within a line of text, ``whole`` that its line
    holds nothing but number and heading; ``takes_next`` that its heading is the line below.
    """

    start: int
    line: int
    label: Label | None
    heading: str | None
    inline: bool = False
    whole: bool = False
    takes_next: bool = False


def find_starts(text: str, lines: Sequence[re.Match[str]]) -> Iterator[Start]:
    """Yield the places in order; ``lines`` are the text's lines without empty ones."""
    taken = False
    for at, match in enumerate(lines):
        if taken:
            taken = False
            continue
        below = lines[at + 1][0].strip() if at + 1 < len(lines) else ""
        alone = text[max(0, match.start() - 2) : match.start()] in {"", "\n\n"} and text[match.end() : match.end() + 2] in {"", "\n\n"}
        found = list(_of_line(match, at, below, alone=alone))
        taken = any(start.takes_next for start in found)
        yield from found


def _of_line(match: re.Match[str], at: int, below: str, *, alone: bool) -> Iterator[Start]:
    line = match[0].rstrip()
    position = len(line) - len(line.lstrip())
    label = read_label(line, position)
    if at < _STAMP_LINES and _STAMP.match(line, position):
        return
    if label is None or not _fits(label, line):
        if (
            (alone and is_title_of_capitals(line.strip()))
            or _RECITALS.fullmatch(line.strip())
            or _WITNESS.match(line, position)
            or _WHEREAS.match(line, position)
        ):
            spoken = _WITNESS.match(line, position) or _WHEREAS.match(line, position)
            yield Start(match.start() + position, at, None, spoken[0].strip(" ,:") if spoken else line.strip(" :"), whole=not spoken)
            if not spoken:
                return
    else:
        position = yield from _chain(match, at, label, position, below)
    if len(line) > _SHORT_LINE:
        yield from _within(match, at, position)


def _chain(match: re.Match[str], at: int, label: Label, position: int, below: str) -> Generator[Start, None, int]:
    """Yield a number and those that follow it at once ("4. Fees. (a) The …"); return where the text goes on."""
    line = match[0].rstrip()
    for _ in range(_MAX_CHAIN):
        rest = line[label.end :]
        heading, used = run_in_heading(rest)
        takes = not rest.strip() and (found := heading_below(below)) is not None and read_label(below, 0) is None
        yield Start(
            match.start() + position,
            at,
            label,
            found if takes else heading or run_together(rest),
            whole=used >= len(rest),
            takes_next=takes,
        )
        position = label.end + used
        position += len(line[position:]) - len(line[position:].lstrip())
        following = read_label(line, position) if position < len(line) else None
        if following is None or following.kind not in {"item", "decimal"} or not _follows_at_once(label, following):
            break
        label = following
    return position


def _follows_at_once(label: Label, following: Label) -> bool:
    if following.kind == "item":
        return following.number.startswith("(") and any(value <= 2 for _, value in following.readings)
    return label.kind in {"decimal", "article"} and len(following.parts) == len(label.parts) + 1 and following.parts[:-1] == label.parts


def _within(match: re.Match[str], at: int, position: int) -> Iterator[Start]:
    """Yield the numbers that begin a sentence within a line: texts that lost their line breaks have their clauses there."""
    line = match[0].rstrip()
    for gap in _INLINE.finditer(line, position):
        label = read_label(line, gap.end())
        if label is None or label.kind not in {"decimal", "item"} or _CITED.search(line, max(0, gap.start() - 10), gap.start()):
            continue
        rest = line[label.end : label.end + MAX_HEADING + 10]
        heading, used = run_in_heading(rest)
        if label.end + used >= len(line):
            heading = None
        yield Start(match.start() + gap.end(), at, label, heading or run_together(rest), inline=True)


def _fits(label: Label, line: str) -> bool:
    """Whether the rest of a line lets its number be a clause's: sentences may begin with "Schedule A", rows of tables with "1"."""
    rest = line[label.end :].strip()
    stripped = line.strip()
    if label.kind == "annex":
        return len(stripped) <= MAX_HEADING and not stripped.endswith((".", ";", ",")) and (not rest or is_heading(rest))
    if label.kind == "article":
        return not rest or is_heading(rest) or len(rest) <= MAX_HEADING or run_in_heading(rest)[0] is not None
    if label.kind == "decimal" and not label.sure:
        return is_heading(bare(rest)) and len(rest) <= MAX_HEADING and not stripped[-1].isdigit()
    return True
