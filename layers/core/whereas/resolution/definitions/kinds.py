"""What a term names: a party, this agreement itself, or a thing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from whereas.resolution.definitions.drafts import TermDraft
from whereas.resolution.forms.windows import find_at
from whereas.resolution.parties.aliases import ROLE_WORDS
from whereas.resolution.parties.described import DESCRIBED, VERB_IN_GAP, names_party
from whereas.resolution.parties.names import normalise_name
from whereas.resolution.view import View
from whereas.types import Party

_REACH = 900
_MOST = 80
"""Parties whose names are followed; a few contracts list hundreds of sellers."""
_NO_PARTY = re.compile(
    r"(?:(?:either|each|the|any|both)\s)?(?:part(?:y|ies)|(?:other|third|disclosing|receiving|\w+ing|\w+ed)\spart(?:y|ies))", re.I
)
_DOCUMENT = re.compile(
    r"(?:[\w&/,.'-]{1,30}\s){0,6}(?:agreement|contract|amendment|addendum|lease|deed|letter|"
    r"indenture|mou|memorandum|license|supplement|guarant(?:y|ee)|"
    r"understanding|note|nda|sublease|statement)(?:\sno\.?\s?\w{1,4})?",
    re.I,
)
_THIS = re.compile(r"\bthis\b|\bpresent\b", re.I)
_OTHER = re.compile(r"(?:the|that|a|an|certain|any|each|such|its|their|said|one|all|those)\b", re.I)
_OPENING = 6000
_HEREINAFTER = re.compile(r"\s{0,3}here", re.I)


@dataclass(frozen=True, slots=True)
class PartyPlaces:
    """Where the names of the parties stand: (start, end, index of the party), sorted."""

    parties: tuple[Party, ...]
    places: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, view: View, parties: Sequence[Party]) -> PartyPlaces:
        """Find the names of the parties, in any case and spacing."""
        places = {(e.start, e.end, i) for i, p in enumerate(parties) for e in p.evidence}
        for number, party in enumerate(parties[:_MOST]):
            words = re.findall(r"\w+", party.name)
            if words and len("".join(words)) > 3:
                pattern = re.compile(r"(?<!\w)" + r"\W{1,4}".join(map(re.escape, words)) + r"(?!\w)\.?", re.I)
                places |= {(*m.span(), number) for m in find_at(view, pattern, view.phrase_starts(words[0]))}
        return cls(tuple(parties), tuple(sorted(places)))

    def before(self, position: int) -> tuple[int, int, int] | None:
        """Return the last name that ends before ``position``, within reach."""
        at = bisect_right(self.places, (position, position, -1)) - 1
        while at >= 0 and self.places[at][1] > position:
            at -= 1
        return self.places[at] if at >= 0 and position - self.places[at][1] <= _REACH else None

    def named_by(self, draft: TermDraft, view: View) -> tuple[int, int, int] | None:
        """Return the place of the party that ``draft`` gives a short name, None where it names no party."""
        if _NO_PARTY.fullmatch(draft.term):
            return None
        key = _key(draft.term)
        owners = {i for i, p in enumerate(self.parties) if key in {_key(a) for a in p.aliases}}
        near = self.before(draft.anchor)
        if owners:
            found = [p for p in self.places if p[2] in owners and 0 <= draft.anchor - p[1] <= _REACH]
            return found[-1] if found and names_party(view, draft.term, name=found[-1][:2], anchor=draft.anchor) else None
        if near is None or draft.rule == "definition-means":
            return None
        return near if self._speaks_of(key, self.parties[near[2]], near, draft, view) else None

    def _speaks_of(self, key: str, party: Party, near: tuple[int, int, int], draft: TermDraft, view: View) -> bool:
        """Say whether a term that no alias lists is still this party's: a role, or words or initials of its name, right behind it."""
        gap = view.shadow[near[1] : draft.anchor].rstrip()
        if '"' in gap or "\n\n" in gap or VERB_IN_GAP.search(gap) or _DOCUMENT.fullmatch(draft.term):
            return False
        words = normalise_name(party.name).lower().split()
        initials = {"".join(w[0] for w in words), "".join(w[0] for w in words if len(w) > 2)}
        called = draft.rule == "definition-called" and _HEREINAFTER.match(draft.lead)
        behind = not party.aliases and not draft.term.endswith("s") and bool(DESCRIBED.match(gap))
        return bool(called) or behind or key in ROLE_WORDS or key in initials or (bool(key) and all(w in words for w in key.split()))


def _key(term: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"^(?:the|a|an)\s+", "", term, flags=re.I)).strip().lower()


def is_this_agreement(view: View, draft: TermDraft) -> bool:
    """Say whether a term names the contract at hand: '(this "Agreement")', 'This Lease (the "Lease")', no other agreement."""
    if not _DOCUMENT.fullmatch(draft.term) or draft.by_reference:
        return False
    if _THIS.search(draft.lead):
        return True
    if draft.meaning is None:
        return draft.anchor < _OPENING and draft.term.lower() == "agreement" and draft.rule == "definition-bracket"
    text = view.shadow[slice(*draft.meaning)]
    if _THIS.match(text):
        return all(word in text.lower() for word in draft.term.lower().split())
    return draft.anchor < _OPENING and draft.term.lower() in {"agreement", "contract", "amendment", "lease"} and not _OTHER.match(text)
