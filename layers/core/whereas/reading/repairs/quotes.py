"""The closing mark of a defined term ("(“Licensor’)"), read for another one: its opening mark and bracket tell what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.reading.repairs.vocabulary import replaced
from whereas.types import PageText, Repair

_CLOSING = re.compile(r"[(,] ?(?:the |each,? an? )?“[^“”‘’\"()\n]{1,60}[^\s“”‘’\"()](?P<mark>’’?|'{1,2}|™)(?=[,.]?\))")


def find_quotes(page: PageText) -> Iterator[Repair]:
    """Yield the repairs of closing quotation marks on a page that was recognised from an image."""
    for match in _CLOSING.finditer(page.text):
        yield replaced(page, "closing_quote", *match.span("mark"), "”")
