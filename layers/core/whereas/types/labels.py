"""The label sets: what a mention can be and what part of a contract a role is.

A type is never renamed; the label schema has a version.
"""

from __future__ import annotations

from typing import Literal

Layer = Literal["mention", "role"]

MENTION_TYPES: tuple[str, ...] = (
    "PERSON", "ORGANIZATION", "LOCATION", "ADDRESS", "DATE", "DURATION", "MONEY", "PERCENT", "QUANTITY", "LAW",
    "CLAUSE_REF", "EMAIL", "PHONE", "URL", "ID_NUMBER", "DEFINED_TERM",
)  # fmt: skip
ROLE_TYPES: tuple[str, ...] = (
    "TITLE", "PARTY", "PARTY_ALIAS", "SIGNATORY", "AGREEMENT_DATE", "EFFECTIVE_DATE", "EXPIRATION_DATE", "TERM",
    "RENEWAL_TERM", "NOTICE_PERIOD", "GOVERNING_LAW",
)  # fmt: skip
