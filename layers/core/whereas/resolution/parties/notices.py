"""A party's address where its name in the list of parties has none: the notices clause ("If to Acme: 12 Low Road …")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.windows import find_at
from whereas.resolution.parties.headings import Signer
from whereas.resolution.view import View

_CUE = re.compile(
    r"\b(?:(?:if|when|as|notices?|addressed|directed|sent|given|delivered|mailed|copies)\s{1,3}(?:is\s{1,3}|are\s{1,3})?(?:sent\s{1,3}|given\s{1,3}|"
    r"addressed\s{1,3})?to|in\s{1,3}the\s{1,3}case\s{1,3}of|(?<=\n)\s{0,3}to)\s{0,3}:?\s{1,3}(?:the\s{1,3})?\Z",
    re.I,
)
_COPY = re.compile(r"\bcop(?:y|ies)\b[^\n]{0,40}\bto\b|\bc\.?c\.?:", re.I)
_REACH = 220
_COLUMNS = 45
"""Two cues so close stand side by side ("If to Acme: If to Beta:"): the lines under them are mixed."""


def notice_addresses(view: View, signers: Sequence[Signer], addresses: Sequence[Candidate]) -> dict[int, Candidate]:
    """Return the address that the notices clause gives each party, by the party's number; the first of several."""
    starts = _named(view, signers)
    found: dict[int, Candidate] = {}
    for address in addresses:
        before = [s for s in starts if s[0] < address.start and address.start - s[0] <= _REACH]
        owner = before[-1][1] if before else -1
        own = [end for end, party in before if party == owner]
        beside = any(own[-1] - end <= _COLUMNS for end, party in before if party != owner) if own else False
        if own and not beside and owner not in found and not _COPY.search(view.shadow, own[0], address.start):
            found[owner] = address
    return found


def _named(view: View, signers: Sequence[Signer]) -> list[tuple[int, int]]:
    """Return (end, party) of each name or short name in a notices cue ("If to Supplier") or alone at the start of a line before a colon."""
    found = []
    for number, signer in enumerate(signers):
        for name in (signer.name, *signer.aliases):
            spelled = r"\s{1,6}".join(map(re.escape, name.split()))
            for match in find_at(view, re.compile(rf"(?<!\w){spelled}(?!\w)", re.I), view.phrase_starts(name)):
                if _CUE.search(view.shadow, max(0, match.start() - 60), match.start()):
                    found.append((match.end(), number))
    return sorted(found)
