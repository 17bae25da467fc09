r"""From pages to one text: repaired characters, mended words, joined lines, no running headers; every character mapped back.

The breaks that are left mean something: ``\\n\\n`` ends a paragraph, ``\\n`` a line that the author ended (titles, addresses,
signature blocks, table rows), a space stands where a line was merely wrapped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from whereas.reading.pages.folios import without_folios
from whereas.reading.pages.footnotes import footnotes_of
from whereas.reading.pages.joining import Join, Vocabulary, join, margins
from whereas.reading.pages.layout import PlacedLine, lines_of
from whereas.reading.pages.linenumbers import without_line_numbers
from whereas.reading.pages.running import find_running
from whereas.reading.pages.writing import Writing, Written
from whereas.reading.repairs.finding import find_repairs
from whereas.reading.sections import find_sections
from whereas.types import CleanedText, PageText, Repair

# What ends the sentence before it.
_ENDS = frozenset({Join.PARAGRAPH, Join.LINE})


def clean(pages: Sequence[PageText]) -> CleanedText:
    """Return the text of a document with its offset map, sections and all warnings of its pages.

    Args:
        pages: all pages, in order. No text at all gives an empty text: the caller decides what that means.
    """
    lines, numbers = without_line_numbers(pages, [lines_of(page) for page in pages])
    running = find_running(pages, lines)
    kept = [[line for line in page_lines if (line.page, line.start) not in running.dropped] for page_lines in lines]
    kept, folios = without_folios(pages, kept)
    text, pieces, repairs, wraps = _write(pages, kept, running.at_end)
    return CleanedText(
        text=text,
        pieces=pieces,
        sections=find_sections(text),
        warnings=(*chain.from_iterable(page.warnings for page in pages), *numbers, *running.warnings, *folios),
        repairs=repairs,
        wraps=wraps,
    )


def _write(pages: Sequence[PageText], lines: Sequence[Sequence[PlacedLine]], at_end: Sequence[PlacedLine]) -> Written:
    writing = Writing()
    repairs = find_repairs(pages)
    texts = {page.number: page.text for page in pages}
    above: PlacedLine | None = None
    for line, how in _in_order(pages, lines):
        if above is not None:
            _write_line(writing, texts[above.page], above, join=how, below=line, repairs=repairs.of(above))
        above = line
    if above is not None:
        writing.line(texts[above.page], above.start, above.end, page=above.page, repairs=repairs.of(above))
    for line in at_end:
        writing.between(Join.PARAGRAPH.value, "", page=None, start=0, end=0)
        writing.line(texts[line.page], line.start, line.end, page=line.page, repairs=repairs.of(line))
    return writing.finish()


def _in_order(pages: Sequence[PageText], lines: Sequence[Sequence[PlacedLine]]) -> Iterator[tuple[PlacedLine, Join]]:
    """Yield the lines, each with its join to the one before; footnotes wait for the end of a paragraph that runs over the page."""
    vocabulary = Vocabulary(chain.from_iterable(lines))
    above: PlacedLine | None = None
    margin = 0.0
    waiting: list[tuple[PlacedLine, Join]] = []
    for page, page_lines in zip(pages, lines, strict=True):
        its_margins = margins(page_lines)
        body = len(page_lines) - footnotes_of(page_lines, recognized=page.source == "ocr")
        for line, its_margin in zip(page_lines[:body], its_margins, strict=False):
            how = _join(page, above, line, margin, vocabulary) if above else Join.PARAGRAPH
            if waiting and how in _ENDS:
                yield from waiting
                waiting, how = [], Join.PARAGRAPH
            yield line, how
            above, margin = line, its_margin
        for at in range(body, len(page_lines)):
            how = _join(page, page_lines[at - 1], page_lines[at], its_margins[at - 1], vocabulary) if at > body else Join.PARAGRAPH
            waiting.append((page_lines[at], how))
    yield from waiting


def _join(page: PageText, above: PlacedLine, below: PlacedLine, margin: float, vocabulary: Vocabulary) -> Join:
    if page.source == "markup" and above.page == below.page:
        # Markup says itself where its lines and paragraphs end.
        return Join.PARAGRAPH if below.after_gap else Join.LINE
    return join(above, below, margin=margin, vocabulary=vocabulary)


def _write_line(writing: Writing, source: str, line: PlacedLine, *, join: Join, below: PlacedLine, repairs: Sequence[Repair]) -> None:
    """Write a line and what stands between it and the next one."""
    mended = join is Join.HYPHEN_DROPPED
    end = line.end - 1 if mended else line.end
    before = writing.length
    writing.line(source, line.start, end, page=line.page, repairs=repairs)
    if writing.length == before:
        return
    between = "" if mended else join.value
    # What the break stands for is the white space of the source; across dropped lines and pages it stands for nothing.
    if line.page == below.page and source[line.end : below.start].isspace():
        writing.between(between, source, page=line.page, start=end, end=below.start)
    elif mended:
        writing.between(between, source, page=line.page, start=end, end=line.end)
    else:
        writing.between(between, source, page=None, start=0, end=0)
