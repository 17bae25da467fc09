"""Numbers whose words and figures disagree ("three (4) copies"), wherever they stand; which of the two holds is for a reader to say."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from whereas.resolution.facts import Locate
from whereas.resolution.forms.numbers import NUMBER_STEMS, NUMERAL, spelled_number
from whereas.resolution.forms.windows import find_from
from whereas.resolution.view import View, rx
from whereas.types import Warning

# A word must follow, for after "the two (1) first, (2) second" a list begins, and no scale, as in "six (6,000,000) million".
_BOTH: Final = rx(
    rf"(?<![\w-])({NUMERAL}(?:[ -]{{1,3}}(?:and )?{NUMERAL}){{0,15}}) ?\((\d{{1,3}}(?:,\d{{3}}){{0,3}}|\d{{1,9}})\)"
    r"(?= ?-?(?!thousand|million|billion|(?:the|any|all|that|such|each|its|his|her)\b)[a-z]{3,})"
)
_MONEY: Final = rx(r" ?(?:U\.?S\.? |Canadian |Australian )?(?:dollars|percent|per cent|per centum|euros?|pounds|cents|basis points)\b")


def number_conflicts(view: View, locate: Locate, *, flagged: Collection[int] = ()) -> list[Warning]:
    """Return a warning for each such number.

    ``flagged`` are the starts of those that have one already. Sums and percentages are not looked at: they are read elsewhere.
    """
    found = []
    for match in find_from(view, _BOTH, *NUMBER_STEMS):
        words, figures = spelled_number(match.group(1)), int(match.group(2).replace(",", ""))
        if words is None or words == figures or match.start() in flagged or _MONEY.match(view.shadow, match.end(), match.end() + 40):
            continue
        page, _ = locate(match.start(), match.end())
        found.append(Warning("words_and_figures_differ", "Words and figures of a number differ.", page))
    return found
