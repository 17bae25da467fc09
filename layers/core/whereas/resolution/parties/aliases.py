"""What a bracket after a name defines: aliases, and the roles that aliases tell ("Licensor", "the Company")."""

from __future__ import annotations

import re

from whereas.resolution.parties.described import is_joint, names_other, still_described
from whereas.resolution.view import View

ROLE_WORDS = frozenset([
    "licensor", "licensee", "sublicensor", "sublicensee", "buyer", "seller", "purchaser", "vendor", "supplier", "customer", "client",
    "consultant", "contractor", "subcontractor", "company", "employer", "employee", "executive", "lender", "borrower", "guarantor",
    "landlord", "tenant", "lessor", "lessee", "sublessor", "sublessee", "franchisor", "franchisee", "distributor", "manufacturer",
    "reseller", "agent", "principal", "provider", "recipient", "discloser", "investor", "issuer", "developer", "publisher", "sponsor",
    "owner", "operator", "manager", "advisor", "adviser", "trustee", "assignor", "assignee", "grantor", "grantee", "pledgor",
    "mortgagor", "mortgagee", "underwriter", "shipper", "carrier", "service-provider", "marketer", "affiliate", "host", "promoter",
    "artist", "author", "producer", "retailer", "dealer", "outsourcer", "user", "subscriber", "merchant", "processor", "transporter",
    "holder", "stockholder", "shareholder", "member", "partner", "bank", "hospital", "university", "institution", "transferor",
    "transferee", "depositor", "servicer", "insured", "insurer", "broker",
])  # fmt: skip
_NOT_ALIASES = re.compile(
    r"(?:each\s+|the\s+|a\s+|this\s+|together,?\s+|either\s+)?(?:party|parties|agreement|contract|effective date|date|"
    r"commencement date|execution date|closing date|signing date|"
    r"letter agreement|amendment|lease|deed|addendum|confidentiality agreement|license agreement|.{0,40} agreement|"
    r".{0,30}\bdate|territory|products?|services?|program|site|transaction|"
    r"term|confidential information|state|laws?|.{0,20} parties|exchange act|securities act|signature|seal|sec|nda|msa|sow)[.,]?",
    re.I,
)
# A scan's closing quote may have come out single, and a blank may stand before it.
_QUOTED = re.compile(r"\"\s{0,2}([^\"\n()]{1,60}?)\s{0,2}[,.;]?\s{0,2}(?:\"|'(?=\s{0,2}\)))")
_BARE = re.compile(
    r"\(\s{0,2}(?:hereinafter\s+|hereafter\s+)?(?:(?:referred\s+to|called|known)\s+)?(?:as\s+)?(?:the\s+|"
    r"a\s+)?([A-Z][\w'-]{1,25}(?:\s[A-Z][\w'-]{1,25}){0,2})\s{0,2}\)"
)
_CALLED = re.compile(
    r"(?:\b(?:referred\s{1,3}to|called|known|designated|defined|styled|here(?:in)?after|herein)\b[^\"\n.;()]{0,50}|"
    r",\s{0,3}(?:the\s{1,3})?)\Z",
    re.I,
)
_OR = re.compile(r"\"\s{0,2},?\s{0,2}(?:and/or|or|and|/)?\s{0,2}(?:the\s{1,2})?\Z", re.I)
_TURNS = re.compile(r"\b(?:shall|will|hereby|agrees?|desires?|wish(?:es)?|references?|means?)\b", re.I)
_LEAD = 90
"""Characters of a bracket before the word that it defines: "together with its successors and assigns, if any, the"."""
_AS_ROLE = re.compile(r"\bas\s+(?:the\s+)?([A-Za-z-]{4,20})\b", re.I)


def aliases_between(view: View, name: tuple[int, int], end: int) -> list[tuple[str, int, int]]:
    """Return (alias, start, end) of every short name that the text from the party's name to ``end`` gives the party.

    Summing-up terms ("the Parties") are left out, and so is all that follows once the text speaks of something else.
    """
    start = name[1]
    found = [(m, *m.span(1)) for m in _QUOTED.finditer(view.shadow, start, end)]
    if not found:
        bare = (m for m in _BARE.finditer(view.shadow, start, end) if m.group(1).lower() in ROLE_WORDS or len(m.group(1)) > 3)
        found = [(m, *m.span(1)) for m in bare]
    kept: list[tuple[str, int, int]] = []
    for match, alias_start, alias_end in found:
        written = view.text[alias_start:alias_end].rstrip(".,;")
        alias = re.sub(r"^(?:the|a|an)\s+", "", " ".join(written.split()), flags=re.I)
        if not alias or _NOT_ALIASES.fullmatch(alias) or not any(c.isalpha() for c in alias):
            continue
        anchor = _anchor(view, start, match.start(), joined=bool(kept))
        if anchor is None:
            continue
        if not still_described(view.shadow[start:anchor]) or _TURNS.search(view.shadow[start:anchor].rpartition('"')[2]):
            break
        if names_other(view, alias, name=name, anchor=anchor) or is_joint(view.shadow[anchor : match.start()], [a for a, _, _ in kept]):
            continue
        kept.append((alias, max(alias_start, alias_end - len(alias)), alias_end))
    return kept


def _anchor(view: View, floor: int, quote: int, *, joined: bool) -> int | None:
    """Return where the form that defines a quoted word begins: its bracket, or "referred to as"; None where nothing defines it."""
    if view.shadow[quote] == "(":
        return quote
    bracket = view.shadow.rfind("(", max(floor, quote - _LEAD), quote)
    if bracket >= 0 and ")" not in view.shadow[bracket:quote]:
        return bracket
    called = _CALLED.search(view.shadow, max(floor, quote - _LEAD), quote)
    if called:
        return called.start()
    return quote if joined and _OR.search(view.shadow, max(floor, quote - 10), quote) else None


def roles_of(aliases: list[str], descriptor: str) -> tuple[str, ...]:
    """Return the roles, in lower case, that the aliases or "as Seller" in the descriptor name; in order, without repeats."""
    roles: list[str] = []
    for alias in aliases:
        words = alias.lower().split()
        if alias.lower().replace(" ", "-") in ROLE_WORDS:
            roles.append(alias.lower())
        elif words and words[-1] in ROLE_WORDS - {"bank", "hospital", "university", "institution", "company", "member", "partner", "host"}:
            roles.append(alias.lower() if len(words) > 1 else words[-1])
    for match in _AS_ROLE.finditer(descriptor):
        if match.group(1).lower() in ROLE_WORDS:
            roles.append(match.group(1).lower())
    return tuple(dict.fromkeys(roles))
