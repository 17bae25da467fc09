"""Blocks of two parties side by side: signatures, addresses for notices.

They are told from the rows of a table by saying the same on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whereas.reading.pages.lines import Line

_LABEL = re.compile(
    r"(?:by|name|title|date|its|signature|print(?:ed)?|address|attention|attn|attest|witness|tel|fax|e-?mail)\b\s*:?", re.IGNORECASE
)
_RULE = re.compile(r"[xX]? ?_{5,}")
_SIGNED = re.compile(r"/[sS]/")
_NOTICE = re.compile(r"(?:if |notices? )?to\b(?: the)? [^:]{1,60}:?$", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(?:inc|incorporated|llc|l\.l\.c|ltd|limited|corp|corporation|company|co|l\.?p|llp|plc|n\.?a|gmbh|b\.?v|n\.?v|s\.?a|ag|as|asa|ab|trust|bank)\.?,?$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:director|president|chair(?:man|woman|person)?|officer|manager|secretary|treasurer|partner|member|counsel|controller|c[efot]o|"
    r"signatory|attorney)\b",
    re.IGNORECASE,
)
_MIN_LABELLED = 2
_MIN_ROWS = 3
_MIN_KINDS = 2
# A line of an address or a signature is so short; longer ones are text that has a gap by chance.
_MAX_WORDS = 8
# Lines of a block begin in one line down the page, in points.
_ALIGNED = 6.0
_MIN_ALIGNED = 0.7


def are_parties(rows: Sequence[tuple[Line, Line]]) -> bool:
    """Return whether rows that have words on both sides of a gap are two parties' blocks.

    Args:
        rows: left and right part of each row, neither empty.
    """
    said = [(" ".join(token.text for token in left), " ".join(token.text for token in right)) for left, right in rows]
    if sum(_both(_LABEL, *texts) for texts in said) >= _MIN_LABELLED and any(_same_label(*texts) for texts in said):
        return True
    if len(rows) < _MIN_ROWS or len(rows[0][0]) > _MAX_WORDS or not _begins_aligned([right for _, right in rows]):
        return False
    if not (_is_aligned([left for left, _ in rows]) and _is_aligned([right for _, right in rows])):
        return False
    if any(_is_strong(*texts) for texts in said):
        return True
    kinds = (
        any(_ends(_COMPANY, *texts) for texts in said),
        any(_OFFICE.search(left) and _OFFICE.search(right) for left, right in said),
        any(left.endswith(":") and right.endswith(":") for left, right in said),
    )
    return sum(kinds) >= _MIN_KINDS


def _both(pattern: re.Pattern[str], left: str, right: str) -> bool:
    return pattern.match(left) is not None and pattern.match(right) is not None


def _ends(pattern: re.Pattern[str], left: str, right: str) -> bool:
    return pattern.search(left) is not None and pattern.search(right) is not None


def _is_strong(left: str, right: str) -> bool:
    """Whether both sides are a rule to sign on, a signature, an addressee, or bear the same label."""
    if _both(_RULE, left, right) or _both(_NOTICE, left, right) or _both(_SIGNED, left, right):
        return True
    return _same_label(left, right)


def _same_label(left: str, right: str) -> bool:
    one, other = _LABEL.match(left), _LABEL.match(right)
    return one is not None and other is not None and one[0].strip(": ").casefold() == other[0].strip(": ").casefold()


def _begins_aligned(lines: Sequence[Line]) -> bool:
    """Whether the first line begins where others do: else it is one of the text above, with a gap by chance."""
    return abs(lines[0][0].box[0] - _usual_edge(lines)) <= _ALIGNED


def _is_aligned(lines: Sequence[Line]) -> bool:
    usual = _usual_edge(lines)
    return sum(abs(line[0].box[0] - usual) <= _ALIGNED for line in lines) >= _MIN_ALIGNED * len(lines)


def _usual_edge(lines: Sequence[Line]) -> float:
    return sorted(line[0].box[0] for line in lines)[len(lines) // 2]
