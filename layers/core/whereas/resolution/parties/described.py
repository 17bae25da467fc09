"""Whether a short name defined behind a party's name is the party's, or that of a thing in the party's description.

The list of parties and the table of definitions both ask this, so that the aliases of a party are the terms that name it. A
description holds more brackets than the party's own: 'a company under the laws of the Republic of Testland ("ROT"), the
owner of the units (the "Units")'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from whereas.resolution.parties.shortforms import before_bracket, is_short_form
from whereas.resolution.view import View

VERB_IN_GAP = re.compile(
    r"\A'|\b(?:and\s{1,3}(?!existing|doing|registered|having|validly)|between|shall|will|may|agrees?|desires?|collectively|each|"
    r"products?|services?)\b",
    re.I,
)
DESCRIBED = re.compile(r"\s{0,3}(?:,?\s{0,3}(?:an?|with|having|organi[sz]ed|incorporated|located|of)\b|,\s{0,3}\d|\Z)", re.I)
_ITS_OWN = re.compile(r"and\s{1,3}(?:all\s{1,3})?(?:of\s{1,3})?its\s{1,3}(?:[\w,]{1,14}\s{1,3}){0,3}\w{1,14}\Z", re.I)
_CALLED_SO = re.compile(
    r"\b(?:doing\s{1,3}business\s{1,3}(?:\w+\s{1,3}){0,2}as|trading\s{1,3}as|d/?b/?a/?|(?:also|formerly|now)\s{1,3}known\s{1,3}as|[afnk]/k/a)"
    r"\s{0,3}(?:the\s{1,3})?\Z",
    re.I,
)
_JOINTLY = re.compile(r"\b(?:collectively|jointly|together)\b(?!,?\s{1,3}with)", re.I)
_WITH_OTHERS = re.compile(r"\b(?:collectively|together),?\s{1,3}with\s{1,3}(?!its\b|their\b|his\b|her\b|any\b|all\b)", re.I)
_TAIL = 70


def names_party(view: View, term: str, *, name: tuple[int, int], anchor: int) -> bool:
    """Say whether ``term``, defined at ``anchor``, is a short name of the party whose name stands at ``name``.

    Args:
        view: the contract.
        term: the defined word or words.
        name: the party's name, before the bracket.
        anchor: where the defining bracket or phrase begins.
    """
    return still_described(view.shadow[name[1] : anchor]) and not names_other(view, term, name=name, anchor=anchor)


def names_other(view: View, term: str, *, name: tuple[int, int], anchor: int) -> bool:
    """Say whether a term is short for words of the description.

    Initials of them ("the Republic of Testland (ROT)"), or the plural noun that ends it ('the units (the "Units")').
    """
    if is_short_form(term):
        long = before_bracket(view, term, anchor)
        if long and long[0] >= name[1] and not _CALLED_SO.search(view.shadow, name[1], long[0]):
            return True
    noun = term.split()[-1].lower() if term.split() else ""
    if len(noun) < 5 or not noun.endswith("s") or noun.endswith("ss") or noun in view.shadow[slice(*name)].lower():
        return False
    return bool(re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", view.shadow[max(name[1], anchor - _TAIL) : anchor]))


def is_joint(lead: str, short_names: Iterable[str]) -> bool:
    """Say whether a term sums up several bodies: 'Oak East and Oak West together the "Oak Group"', 'and together with Elm, "Sellers"'.

    Args:
        lead: the text of the bracket before the term.
        short_names: the terms that name a party.
    """
    own = lead.rpartition('"')[2]
    if _WITH_OTHERS.search(own):
        return True
    return bool(_JOINTLY.search(own)) and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", own) for name in short_names)


def still_described(gap: str) -> bool:
    """Say whether the text between a name and a bracket still speaks of the name: no other term stands there, or a description follows.

    In 'Acme, Inc. ("Acme") shall fill orders (the "Orders")' the second bracket is not the party's; in '("Acme"), a Maine
    corporation (the "Seller")' it is.
    """
    gap = gap.removeprefix('"')  # of a name that is itself quoted
    rest = gap[gap.rfind('"') + 1 :].lstrip(") ,;").rstrip() if '"' in gap else ""
    return (
        bool(_ITS_OWN.match(rest))
        or (len(rest) < 20 and not rest.startswith("and "))
        or (bool(DESCRIBED.match(rest)) and not VERB_IN_GAP.search(rest))
    )
