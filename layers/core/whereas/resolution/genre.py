"""Is it a contract at all? Without the marks of one, facts would be guesses, so there are none."""

from __future__ import annotations

import re

from whereas.resolution.view import View, rx

# A mark counts once however often it occurs. Of 660 contracts and NDAs that the rules were tuned on six bear fewer than four:
# papers of a page or two, and a text layer whose words have come apart.
_MARKS = (
    *(
        rx(p)
        for p in (
            r"\b(?:this|the) (?:\w+ ){0,4}(?:agreement|contract|lease|deed|amendment|indenture|undertaking|addendum)\b",
            r"\bpart(?:y|ies) (?:hereto|shall|agrees?|to this|hereby|may|will)\b|\b(?:each|either|other|both) part(?:y|ies)\b",
            r"\b(?:hereby|hereto|herein|hereof|hereunder|hereinafter|thereof)\b",
            r"\b(?:shall|agrees? (?:to|that|not))\b",
            r"\b(?:governed by|governing law|laws of)\b",
            r"\bwhereas\b|\bnow,? therefore\b|\bin consideration\b|\bwitnesseth\b",
            r"\bin witness whereof\b|\bvery truly yours\b|\bduly authori[sz]ed\b|/s/|\bagreed and accepted\b|\baccepted and agreed\b",
            r"\b(?:between|among)\b.{0,200}\(",
            r"\b(?:terminat(?:e|ion)|confidential(?:ity)?|indemnif\w+|liabilit(?:y|ies)|warrant(?:y|ies)|severab\w+|entire agreement)\b",
        )
    ),
    re.compile(r"\A[\s\S]{0,700}\b(?:AGREEMENT|CONTRACT|LEASE|DEED|ADDENDUM|AMENDMENT|Agreement)\b"),
)
MARKS = len(_MARKS)
MINIMUM, SHORT = 4, 3500
"""How many marks a text must bear, and the length in characters below which one fewer will do: a page has room for few."""


def is_contract(view: View) -> bool:
    """Say whether the text bears enough of the marks."""
    return contract_marks(view) >= MINIMUM - (len(view.text) < SHORT)


def contract_marks(view: View) -> int:
    """Return how many of the ten marks of a contract the text bears."""
    return sum(bool(mark.search(view.shadow)) for mark in _MARKS)
