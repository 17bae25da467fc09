"""Where party names may stand: the sentence that lists them, definitions early in the text, signature blocks, the model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whereas.resolution.forms.places import find_places
from whereas.resolution.marginals import Marginals
from whereas.resolution.parties import cues as cue
from whereas.resolution.parties.aliases import ROLE_WORDS
from whereas.resolution.parties.nameparts import firm_start, past_degrees
from whereas.resolution.parties.names import has_legal_form, is_legal_form, kind_of
from whereas.resolution.parties.namespans import name_ends
from whereas.resolution.parties.preamble import Preamble
from whereas.resolution.view import View
from whereas.types import Mention

FROM_MODEL = 0.15
"""The rules' score of a name that the model alone proposes."""
_LONGEST_FORM = 24
"""Characters that a legal form may take which the model left out: ", Limited Partnership"."""


_LIST_ENDS = re.compile(r"(?:[a-z]{4}|\)|\))[\"]?\.[\")]{0,2}\s{1,4}(?=[A-Z][a-z]|[A-Z]\.)")
"""The end of the sentence that lists the parties."""
_BRACKETS = re.compile(r"[()]")
_LONGEST_BRACKET = 250


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that may be a party's, with the rules' score in 0..1 and where it was found."""

    start: int
    end: int
    score: float
    origin: str


def acceptable(name: str) -> bool:
    """Say whether the words could name a party at all: not "the Parties", a bare role, an address line, a legal form alone."""
    words = name.split()
    if not words or len(name) < 2 or len(name) > 120 or cue.NO_NAME.fullmatch(name):
        return False
    if all(is_legal_form(w) for w in words) or sum(c.isalpha() for c in name) < 2:
        return False
    return not (name.lower() in ROLE_WORDS or (len(words) == 2 and words[0].lower() == "the" and words[1].lower() in ROLE_WORDS))


def _is_another(view: View, start: int, end: int) -> bool:
    """Say whether a name is a descriptor, a former name, a representative, part of a paper's title, or a short name defined before."""
    before = view.shadow[max(0, start - 40) : start]
    if cue.DESCRIPTOR.search(before) or cue.FORMER.search(before) or cue.PAPER.match(view.shadow, end):
        return True
    line = view.shadow.rfind("\n", 0, start) + 1
    if (cue.REPRESENTATIVE.search(before) or cue.REPRESENTED.match(view.shadow, line, start)) and cue.CAPACITY.match(
        view.shadow, end, end + 60
    ):
        return True
    name = view.shadow[start:end]
    return not has_legal_form(name, telling=True) and view.shadow.find(f'"{name}"', 0, max(0, start - 1)) >= 0


def _after(view: View, end: int, limit: int, *, formed: bool) -> float:
    """What stands after a name: a definition or a descriptor speaks for a party, a full stop a little."""
    end = past_degrees(view, end)
    if cue.DEFINED_NEXT.match(view.shadow, end, min(limit + 40, end + 200)) or cue.DESCRIBED.match(
        view.shadow, end, min(limit + 40, end + 260)
    ):
        return 0.3
    if formed and cue.DEFINED_AFTER.match(view.shadow, end, min(limit + 40, end + 120)):
        return 0.3
    if cue.GOES_ON.match(view.shadow, end, end + 60):
        return 0.2
    return 0.1 if cue.STOPS.match(view.shadow, end, end + 12) else 0.0


def _form(name: str) -> float:
    if has_legal_form(name):
        return 0.15
    return -0.2 if len(name.split()) == 1 and len(name) < 4 else 0.0


def _before(view: View, start: int, anchor: int) -> float:
    """What stands before a name in the list of parties."""
    if not view.shadow[anchor:start].strip(' \n:"(1aiA).') or view.shadow[anchor:start].strip().lower() in {"the", "mr.", "ms.", "dr."}:
        return 0.5
    before = view.shadow[max(anchor, start - 48) : start]
    if cue.ENUMERATED.search(before):
        return 0.25
    lead = cue.LEAD_IN.search(before)
    if not (lead and (lead.group("semi") or lead.group("line"))) and _LIST_ENDS.search(view.shadow, anchor, start):
        return -0.2
    if lead:
        return 0.32 if lead.group("and") or lead.group("semi") else 0.15 if lead.group("line") or lead.group("defined") else 0.05
    return -0.3 if cue.FOREIGN.search(before) else -0.1


def in_bracket(view: View, start: int, anchor: int) -> bool:
    """Say whether a bracket is open: what stands in a definition, '(together with its parent Oak Corp., the "Company")', is no party."""
    depth = 0
    for mark in _BRACKETS.findall(view.shadow, max(anchor, start - _LONGEST_BRACKET), start):
        depth = depth + 1 if mark == "(" else max(0, depth - 1)
    return depth > 0


def _placed(view: View, start: int, end: int) -> float:
    """A penalty for words that are a place or a line of an address: "San Mateo" before ", CA 94404", "Ontario M5C 3B5"."""
    name = view.shadow[start:end]
    if has_legal_form(name):
        return 0.0
    if cue.POSTAL.search(name) or cue.STATE_NEXT.match(view.shadow, end, end + 40):
        return 0.5
    places = find_places(view, start, end)
    return 0.5 if any(p.start == start and p.end == end for p in places) else 0.0


def from_preamble(view: View, preamble: Preamble) -> list[Proposal]:
    """Return the names that stand where the contract lists its parties."""
    found: list[Proposal] = []
    at, joined = preamble.anchor, 0  # where the last name ends that an "and" holds together
    while (match := cue.RUN_START.search(view.shadow, at, preamble.end)) is not None:
        start = _past_office(view, match.start(), preamble.end)
        ends = name_ends(view, start, preamble.end)
        lead = _before(view, start, preamble.anchor) - (0.25 if start < joined else 0.0)
        joined = max(joined, ends[0] if len(ends) > 1 and ends[0] > ends[-1] else 0)
        for rank, end in enumerate(ends):
            name = view.shadow[start:end]
            if acceptable(name) and not _is_another(view, start, end) and not in_bracket(view, start, preamble.anchor):
                score = (
                    min(0.97, lead - _placed(view, start, end) + _after(view, end, preamble.end, formed=has_legal_form(name)) + _form(name))
                    - 0.08 * rank
                )
                if score > 0.1:
                    found.append(Proposal(start, end, score, "party-preamble"))
        # Past the shortest reading, so that the right part of "A and B" is looked at on its own.
        at = max(min(ends, default=start), start + 1)
        if not ends:
            at = _word_end(view, start)
    return found


def _past_office(view: View, start: int, limit: int) -> int:
    """Return where the body's name begins in "Chairman of the Board of Acme, Inc."; else ``start``."""
    office = cue.OFFICE_OF.match(view.shadow, start, limit)
    return office.end() if office and cue.RUN_START.match(view.shadow, office.end()) else start


def _word_end(view: View, start: int) -> int:
    match = re.compile(r"\w+").match(view.shadow, start)
    return match.end() if match else start + 1


def from_definitions(view: View) -> list[Proposal]:
    """Return the names early in the text that a definition or a descriptor follows: papers that list no parties."""
    found: list[Proposal] = []
    limit = min(len(view.text), cue.EARLY)
    at = 0
    while (match := cue.RUN_START.search(view.shadow, at, limit)) is not None:
        start = _past_office(view, match.start(), limit)
        ends = name_ends(view, start, limit)
        at = max(ends, default=_word_end(view, start))
        former = cue.FORMER.search(view.shadow, max(0, start - 40), start)
        if ends and acceptable(view.shadow[start:at]) and not former:
            score = _defined_score(view, start, at)
            if score:
                found.append(Proposal(start, at, score, "party-definition"))
    return found


def _defined_score(view: View, start: int, end: int) -> float:
    """How much what follows a name makes it a party: a definition at once, or a descriptor and a definition after it."""
    name = view.shadow[start:end]
    formed = has_legal_form(name)
    end = past_degrees(view, end)
    defined = bool(cue.DEFINED_NEXT.match(view.shadow, end, end + 140))
    described = formed and bool(cue.DESCRIBED.match(view.shadow, end, end + 160))
    located = formed and bool(cue.GOES_ON.match(view.shadow, end, end + 60))
    later = (described or located) and bool(cue.DEFINED_LATER.match(view.shadow, end, end + 300))
    if not (defined or described or later) or not (formed or kind_of(name) == "person"):
        return 0.0
    return 0.3 + 0.1 * defined + 0.07 * (later and not defined) + _form(name)


def from_labels(view: View) -> list[Proposal]:
    """Return the names that a form labels: "Party A: Acme Ltd.", "Seller: …"."""
    found = []
    for match in cue.LABELLED.finditer(view.shadow, 0, min(len(view.text), cue.EARLY)):
        end = max(name_ends(view, match.end(), match.end() + 120), default=match.end())
        name = view.shadow[match.end() : end]
        if name and acceptable(name):
            defined = bool(cue.DEFINED_NEXT.match(view.shadow, end, end + 140))
            found.append(Proposal(match.end(), end, 0.42 + 0.15 * defined + _form(name), "party-label"))
    return found


def from_model(view: View, mentions: tuple[Mention, ...], marginals: Marginals) -> list[Proposal]:
    """Return the model's PARTY spans, each drawn to the whole name: its legal form in, clauses after it out."""
    spans = [(m.start, m.end) for m in mentions if m.layer == "role" and m.type == "PARTY"]
    spans += [(start, end) for start, end, _ in marginals.runs("PARTY", floor=0.3)]
    found = []
    for start, end in sorted(set(spans)):
        start = firm_start(view, start)
        first = cue.RUN_START.search(view.shadow, start, end)
        ends = name_ends(view, first.start(), min(len(view.text), end + 60)) if first else []
        if first and ends:
            close = min(ends, key=lambda e: (abs(e - end), e))
            own = end if close > end + _LONGEST_FORM else close  # what follows is no legal form: the model's bound is the better one
            if acceptable(view.shadow[first.start() : own]) and not _is_another(view, first.start(), own):
                found.append(Proposal(first.start(), own, FROM_MODEL, "party-context"))
    return found
