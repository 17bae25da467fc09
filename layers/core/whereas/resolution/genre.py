"""Is it a contract at all? Without the marks of one, facts would be guesses, so there are none."""

from __future__ import annotations

import re

from whereas.resolution.forms.windows import find_from
from whereas.resolution.view import View, rx

# A mark counts once however often it occurs. Of 660 contracts and NDAs that the rules were tuned on six bear fewer than four:
# papers of a page or two, and a text layer whose words have come apart.
# With each stand the words that it begins with.
_MARKS = tuple(
    (rx(pattern), stems.split())
    for pattern, stems in (
        (r"\b(?:this|the) (?:\w+ ){0,4}(?:agreement|contract|lease|deed|amendment|indenture|undertaking|addendum)\b", "this the"),
        (
            r"\bpart(?:y|ies) (?:hereto|shall|agrees?|to this|hereby|may|will)\b|\b(?:each|either|other|both) part(?:y|ies)\b",
            "party parties each either other both",
        ),
        (
            r"\b(?:hereby|hereto|herein|hereof|hereunder|hereinafter|thereof)\b",
            "hereby hereto herein hereof hereunder thereof",
        ),
        (r"\b(?:shall|agrees? (?:to|that|not))\b", "shall agree"),
        (r"\b(?:governed by|governing law|laws of)\b", "govern laws"),
        (r"\bwhereas\b|\bnow,? therefore\b|\bin consideration\b|\bwitnesseth\b", "whereas now in witnesseth"),
        (
            r"\b(?:in witness whereof|very truly yours|duly authori[sz]ed|agreed and accepted|accepted and agreed)\b",
            "in very duly agreed accepted",
        ),
        (r"\b(?:between|among)\b.{0,200}\(", "between among"),
        (
            r"\b(?:terminat(?:e|ion)|confidential(?:ity)?|indemnif\w+|liabilit(?:y|ies)|warrant(?:y|ies)|severab\w+|entire agreement)\b",
            "terminat confidential indemnif liabilit warrant severab entire",
        ),
    )
)
_SIGNED, _SIGNED_MARK = 6, "/s/"
_TITLED = re.compile(r"\A[\s\S]{0,700}\b(?:AGREEMENT|CONTRACT|LEASE|DEED|ADDENDUM|AMENDMENT|Agreement)\b")
MARKS = len(_MARKS) + 1
MINIMUM, SHORT = 4, 3500
"""How many marks a text must bear, and the length in characters below which one fewer will do: a page has room for few."""


def is_contract(view: View) -> bool:
    """Say whether the text bears enough of the marks."""
    return contract_marks(view) >= MINIMUM - (len(view.text) < SHORT)


def contract_marks(view: View) -> int:
    """Return how many of the ten marks of a contract the text bears."""
    borne = [any(find_from(view, mark, *stems)) for mark, stems in _MARKS]
    borne[_SIGNED] = borne[_SIGNED] or _SIGNED_MARK in view.lower
    return sum(borne) + bool(_TITLED.search(view.shadow))
