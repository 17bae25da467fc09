"""Everything of a party that stands beside its name: legal form, where organised, other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whereas.resolution.facts import Locate, make_fact
from whereas.resolution.parties.descriptors import Descriptor, describe, describe_sentence, legal_form_of
from whereas.resolution.parties.headings import Signer
from whereas.resolution.parties.othernames import OtherName, other_names
from whereas.resolution.view import View
from whereas.types import Fact

_BESIDE, _ABOVE_SIGNATURE = 0.95, 0.85
"""Scores of a place read beside the party's name in the list of parties, and beside it in the signature block."""
_SIGNED_REACH = 160


@dataclass(frozen=True, slots=True)
class Details:
    """What the text says of a party beside its name."""

    legal_form: str | None
    organized_in: Fact | None
    others: tuple[OtherName, ...]


def read_details(
    view: View, *, start: int, end: int, kind: str, signer: Signer, others: Sequence[Signer], signed: Sequence[int], locate: Locate
) -> Details:
    """Read the details of the party whose name ends at ``start``.

    Args:
        view: the contract.
        start: where the name ends.
        end: where the stretch that speaks of it ends.
        kind: "person" or "organization"; a person has other names only.
        signer: its name and short names.
        others: the other parties; a short name that one of them bears too says nothing.
        signed: where its name ends in signature blocks.
        locate: page and boxes of a span.
    """
    names = tuple(other_names(view, start, end))
    if kind == "person":
        return Details(None, None, names)
    beside = describe(view, start, end)
    place = replace(beside.place, score=_BESIDE) if beside.place else None
    for at in signed if place is None or beside.form is None else ():
        above = describe(view, at, min(len(view.text), at + _SIGNED_REACH))
        place = place or (replace(above.place, score=_ABOVE_SIGNATURE) if above.place else None)
        beside = Descriptor(beside.form or above.form, None)
    if place is None:
        shared = {a.lower() for o in others for a in o.aliases}
        place = describe_sentence(view, [signer.name, *(a for a in signer.aliases if a.lower() not in shared)])
    fact = None
    if place:
        fact = make_fact(view.text, place, score=place.score, source="rule:organized-in", locate=locate, rule="organized-in")
    return Details(legal_form_of(signer.name, beside), fact, names)
