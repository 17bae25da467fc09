"""Commas in and after names that end no name: the partners of a firm ("Oak, Elm & Company"), a person's degrees ("Ann Lee, M.D.")."""

from __future__ import annotations

import re
from typing import Final

from whereas.resolution.view import View

FIRM: Final = re.compile(
    r"(?:[A-Z][\w'-]{1,20},\s{1,3}){1,4}[A-Z][\w'-]{1,20},?\s{1,3}(?:&\s{0,3}[A-Z]|(?:and|AND)\s{1,3}(?:Co|CO|Company|COMPANY)\b)"
)
"""Firms named after their partners, "Oak, Elm & Company": the commas are part of the name."""
_DEGREES = re.compile(r"(?:,?\s{1,3}(?:M\s?\.?\s?D|Ph\s?\.?\s?D|J\.?D|N\.?D|D\.O|Esq|CPA|MBA)\b(?:\s?\.)?){1,4}")


def past_degrees(view: View, end: int) -> int:
    """Return where the degrees after a person's name end, "Ann Lee|, M.D., Ph.D.|": they are no part of the name; else ``end``."""
    match = _DEGREES.match(view.shadow, end, end + 40)
    return match.end() if match else end


def firm_start(view: View, position: int) -> int:
    """Return where the firm of partners begins that ``position`` stands in ("Oak, |Elm & Co."); else ``position``."""
    around = FIRM.finditer(view.shadow, max(0, position - 80), position + 80)
    return next((m.start() for m in around if m.start() < position < m.end()), position)
