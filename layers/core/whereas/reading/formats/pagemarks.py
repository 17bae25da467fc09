r"""Page breaks inside a text that has no pages: the number printed at the break goes, the sentence that runs over it is mended.

Readers mark a break by a form feed. EDGAR's plain text has ``<PAGE>`` in its place (EDGAR Filer Manual, volume II, 5.2.1).
"""

from __future__ import annotations

import re

_BREAK = re.compile(r"\n{0,50}\x0c[\x0c\n]*")
# A number alone on its line, as pages bear it: "12", "- 12 -", "Page 12 of 40", "iv", "A-3".
_NUMBER = re.compile(
    r"[ \t]*(?:[-–—~\[(]{0,2} ?(?:page )?(?:[A-Z]{1,2}-)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})? ?[-–—~\])]{0,2}|-? ?[ivxl]{1,7} ?-?)[ \t]*",
    re.IGNORECASE,
)
# What ends a sentence, a heading or a line of a form; behind anything else a lower-case letter goes on with it.
_OPEN_END = re.compile(r"[a-z,;—–-]$|\b(?:[A-Z][A-Za-z]+|\d+)$")
# Words that no sentence and no heading ends with: whatever follows goes on with them.
_UNFINISHED = re.compile(
    r"(?:,|\b(?:an?|and|any|as|at|be|by|each|for|from|in|its|not|of|on|or|shall|such|that|the|their|to|under|which|will|with))$"
)
_MAX_NUMBER_LINE = 40


def mend(text: str, *, wrapped: bool) -> str:
    r"""Return ``text`` without its page breaks (``\x0c``) and the page numbers beside them.

    Args:
        text: with ``\n`` for line ends.
        wrapped: the lines are wrapped, so that a sentence goes on after a line end; else after a space.
    """
    if "\x0c" not in text:
        return text
    pages = _BREAK.split(text)
    first = _without_number_below(pages[0])
    done, numbered = [first], first != pages[0]
    for number, page in enumerate(pages[1:], start=2):
        below = _without_number_above(page)
        if not below.strip():
            continue
        above = done.pop().rstrip()
        if above:
            # A rule of HTML may be there for its looks: that it is a page's end only the number beside it says.
            goes_on = _goes_on(above, below, surely_a_page=wrapped or numbered or below != page)
            between = ("\n" if wrapped else " ") if goes_on else "\n\n"
            done += [above, between]
            below = below.lstrip() if goes_on and not wrapped else below.lstrip("\n")
        last = _without_number_below(below) if number < len(pages) else below
        done.append(last)
        numbered = last != below
    return "".join(done)


def _goes_on(above: str, below: str, *, surely_a_page: bool) -> bool:
    """Return whether a sentence runs over a page break."""
    end = above[-_MAX_NUMBER_LINE:]
    if surely_a_page and _UNFINISHED.search(end):
        return True
    return below.lstrip()[:1].islower() and _OPEN_END.search(end) is not None


def _without_number_below(page: str) -> str:
    above, _, last = page.rstrip().rpartition("\n")
    # A number below others is the last of a column.
    is_pages = _is_number(last) and above.strip() and not _is_number(above.rpartition("\n")[2])
    return above if is_pages else page


def _without_number_above(page: str) -> str:
    first, _, below = page.lstrip("\n").partition("\n")
    # A lone number above text that goes on at once is a row of a table; above an empty line it is the page's.
    return below if _is_number(first) and below.strip() and below.startswith("\n") else page


def _is_number(line: str) -> bool:
    return 0 < len(line.strip()) <= _MAX_NUMBER_LINE and _NUMBER.fullmatch(line) is not None
