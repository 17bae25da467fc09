"""Who signs: the bodies whose names head the signatures, and the persons who sign for themselves."""

from __future__ import annotations

import re

from whereas.resolution.parties import cues as cue
from whereas.resolution.parties.blocks import read_blocks, signing_windows
from whereas.resolution.parties.headings import Heading
from whereas.resolution.parties.names import has_legal_form, kind_of
from whereas.resolution.parties.proposals import Proposal, acceptable
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.parties.signing import read_block
from whereas.resolution.view import View

OWN_SIGNATURE = "party-own-signature"
"""Origin of a person who signs for no company: as employee, executive, or in a paper that says "I"."""


def from_signatures(view: View, signatures: tuple[Signature, ...], region: int | None) -> list[Proposal]:
    """Return the bodies above each signature, and the persons who sign in their own name."""
    found: list[Proposal] = []
    early = min(len(view.text), cue.EARLY)
    personal = bool(cue.FIRST_PERSON.search(view.shadow, 0, early) or cue.EMPLOYS.search(view.shadow, 0, early))
    for start, end in signing_windows(view, signatures):
        if region is not None and end < region:
            continue
        for block in read_blocks(view, (), start, end):
            signed = [s for s in read_block(view, block, ()) if s.name or s.title]
            bodies = [p for h in block.heads if signed and (p := _body(view, h))]
            found += bodies
            found += [p for s in signed if (p := _person(view, s, personal=personal))]
    return found


def _body(view: View, head: Heading) -> Proposal | None:
    name = view.shadow[head.start : head.end]
    if head.witness or not acceptable(name) or cue.EMPLOYED.search(name):
        return None
    if not has_legal_form(name) and (kind_of(name) == "person" or len(name.split()) < 2):
        return None
    return Proposal(head.start, head.end, 0.5 if has_legal_form(name) else 0.38, "party-signature")


def _person(view: View, signature: Signature, *, personal: bool) -> Proposal | None:
    """Propose the one who signs for themselves: under "EMPLOYEE", or under nobody's name and without an office.

    Args:
        view: the contract.
        signature: the signature.
        personal: the paper says "I", or defines an employee.
    """
    name = signature.name
    head = view.shadow[signature.head.start : signature.head.end] if signature.head else ""
    above = view.shadow[max(0, signature.anchor - 90) : signature.anchor]
    employed = bool(cue.EMPLOYED.search(head or above))
    if not name or signature.witness or (head and not employed and head.lower() != name.lower()):
        return None
    if not employed and (signature.title or _is_official(view, *signature.span)):
        return None
    if not (employed or personal or cue.OWN_NAME.search(above) or name.lower() in view.text[:4000].lower()):
        return None
    oneself = employed or (personal and not cue.REPRESENTED.match(view.shadow, signature.anchor))
    return Proposal(*signature.span, 0.54, OWN_SIGNATURE if oneself else "party-signature")


def _is_official(view: View, start: int, end: int) -> bool:
    """Say whether an office stands after the signer's name, written twice at times ("/s/ Ann Lee", "Ann Lee")."""
    again = re.compile(r"\s{1,8}" + re.escape(view.shadow[start:end])).match(view.shadow, end)
    after = again.end() if again else end
    return bool(cue.OFFICIAL.match(view.shadow, after, after + 60))
