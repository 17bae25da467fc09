"""What a bracket after a name defines: aliases, and the roles that aliases tell ("Licensor", "the Company")."""

from __future__ import annotations

import re

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
    r"term|confidential information|state|laws?|.{0,20} parties|exchange act|securities act|sec|nda|msa|sow)[.,]?",
    re.I,
)
# A scan's closing quote may have come out single, and a blank may stand before it.
_QUOTED = re.compile(r"\"\s{0,2}([^\"\n()]{1,60}?)\s{0,2}[,.;]?\s{0,2}(?:\"|'(?=\s{0,2}\)))")
_BARE = re.compile(
    r"\(\s{0,2}(?:hereinafter\s+|hereafter\s+)?(?:(?:referred\s+to|called|known)\s+)?(?:as\s+)?(?:the\s+|"
    r"a\s+)?([A-Z][\w'-]{1,25}(?:\s[A-Z][\w'-]{1,25}){0,2})\s{0,2}\)"
)
_AS_ROLE = re.compile(r"\bas\s+(?:the\s+)?([A-Za-z-]{4,20})\b", re.I)


def aliases_between(view: View, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return (alias, start, end) of every short name defined in [start, end), summing-up terms ("the Parties") left out."""
    found = []
    for match in _QUOTED.finditer(view.shadow, start, end):
        found.append((view.text[match.start(1) : match.end(1)].rstrip(".,;"), match.start(1), match.end(1)))
    if not found:
        for match in _BARE.finditer(view.shadow, start, end):
            if match.group(1).lower() in ROLE_WORDS or len(match.group(1)) > 3:
                found.append((view.text[match.start(1) : match.end(1)], match.start(1), match.end(1)))
    kept = []
    for alias, alias_start, alias_end in found:
        alias = re.sub(r"^(?:the|a|an)\s+", "", " ".join(alias.split()), flags=re.I)
        length = len(alias)
        if alias and not _NOT_ALIASES.fullmatch(alias) and any(c.isalpha() for c in alias):
            kept.append((alias, max(alias_start, alias_end - max(length, 1)), alias_end))
    return kept


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
