"""Who signs: the companies above the signatures, and the persons who sign for themselves."""

from __future__ import annotations

import re

from whereas.resolution.parties import cues as cue
from whereas.resolution.parties.names import has_legal_form, kind_of
from whereas.resolution.parties.namespans import name_ends
from whereas.resolution.parties.proposals import Proposal, acceptable
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.view import View

OWN_SIGNATURE = "party-own-signature"
"""Origin of a person who signs for no company: as employee, executive, or in a paper that says "I"."""


def from_signatures(view: View, signatures: tuple[Signature, ...], region: int | None) -> list[Proposal]:
    """Return the company names on the lines above each signature, and the persons who sign in their own name."""
    found: list[Proposal] = []
    first_person = bool(cue.FIRST_PERSON.search(view.shadow, 0, min(len(view.text), cue.EARLY)))
    for signature in signatures:
        if region is not None and signature.anchor < region:
            continue
        company = _company_above(view, signature.anchor)
        if company:
            found.append(company)
        elif signature.name_span and not signature.title:
            start, end = signature.name_span
            own = cue.OWN_NAME.search(view.shadow, max(0, signature.anchor - 90), signature.anchor)
            early = view.shadow.lower().find(view.shadow[start:end].lower(), 0, 4000) >= 0
            if not _is_official(view, signature.anchor, start, end) and (own or early or first_person):
                alone = _for_oneself(view, signature.anchor, first_person=first_person)
                found.append(Proposal(start, end, 0.54, OWN_SIGNATURE if alone else "party-signature"))
    return found


def _is_official(view: View, anchor: int, start: int, end: int) -> bool:
    """Say whether an office stands after the signer's name, written twice at times ("/s/ Ann Lee", "Ann Lee"), or a witness signs."""
    again = re.compile(r"\s{1,8}" + re.escape(view.shadow[start:end])).match(view.shadow, end)
    after = again.end() if again else end
    return bool(cue.OFFICIAL.match(view.shadow, after, after + 60) or cue.WITNESS.search(view.shadow, max(0, anchor - 40), anchor))


def _for_oneself(view: View, anchor: int, *, first_person: bool) -> bool:
    """Say whether a signature at ``anchor`` binds the one who signs: under "EMPLOYEE", or in a paper that says "I", and not "By:"."""
    if cue.REPRESENTED.match(view.shadow, anchor):
        return False
    employed = cue.EMPLOYED.search(view.shadow, max(0, anchor - 90), anchor)
    return bool(employed) or (first_person and not has_legal_form(view.shadow[max(0, anchor - 60) : anchor].strip(" \n:_")))


def _chain_start(view: View, anchor: int) -> int:
    """Return where the chain of representatives above a signature begins, "By: Acme GP LLC, its General Partner"; else ``anchor``."""
    start, at = anchor, view.shadow.rfind("\n", 0, anchor) + 1
    for _ in range(24):
        previous = view.shadow.rfind("\n", 0, max(0, at - 1)) + 1
        line = view.shadow[previous : max(previous, at - 1)]
        if cue.REPRESENTED.match(line) and "/s/" not in line:
            start = previous
        elif len(line.split()) > 3 or (line.strip() and (line.strip().isupper() or ":" in line)):
            break
        if previous == 0:
            break
        at = previous
    return start


def _company_above(view: View, anchor: int) -> Proposal | None:
    anchor = _chain_start(view, anchor)
    lines = list(cue.ORG_LINE.finditer(view.shadow, max(0, anchor - 160), anchor + 4))
    for line in reversed(lines[-3:]):
        colon = view.shadow.rfind(":", line.start(1), line.end(1))
        found = _company(view, colon + 2 if colon >= 0 else line.start(1), line.end(1))
        if found:
            return found
    for match in cue.RUN_START.finditer(view.shadow, max(0, anchor - 90), anchor):
        found = _company(view, match.start(), anchor)
        if found and found.end >= anchor - 4 and found.score >= 0.5:
            return found
    return None


def _company(view: View, start: int, end: int) -> Proposal | None:
    ends = name_ends(view, start, end)
    if not ends or not acceptable(view.shadow[start : ends[-1]]):
        return None
    name = view.shadow[start : ends[-1]]
    whole = ends[-1] >= end - 2
    if not has_legal_form(name) and not (whole and kind_of(name) == "organization" and name.isupper() and len(name.split()) > 1):
        return None
    return Proposal(start, ends[-1], 0.5 if has_legal_form(name) else 0.38, "party-signature")
