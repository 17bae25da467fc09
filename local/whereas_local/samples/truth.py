"""What is true of a generated contract, and the sample that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TruePerson:
    """Who signs for a party."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class TrueParty:
    """A party as the contract names it. ``roles`` are lower case; ``aliases`` are the defined terms that stand for it."""

    name: str
    kind: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    address: str
    signatory: TruePerson


@dataclass(frozen=True, slots=True)
class TruePlace:
    """Whose law governs: a name and an ISO 3166 code."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The facts of a generated contract.

    Dates are ISO 8601, durations ISO 8601 as the contract counts them (``P36M`` stays months). ``expiration_stated`` is False
    where the date is not written but follows as effective date plus term. ``term_kind`` is "fixed" or "until_terminated".
    ``amounts`` are (decimal, ISO 4217) pairs that the clauses state, tables left out; ``other_dates`` are distractors.
    """

    kind: str
    title: str
    parties: tuple[TrueParty, ...]
    agreement_date: str | None
    effective_date: str | None
    expiration_date: str | None
    expiration_stated: bool
    term: str | None
    term_kind: str
    renewal_term: str | None
    notice_period: str | None
    governing_law: tuple[TruePlace, ...]
    amounts: tuple[tuple[str, str], ...]
    other_dates: tuple[str, ...]
    third_parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One written file. ``pages`` is None for formats without pages; ``scanned`` says that it holds images only."""

    path: Path
    truth: Truth
    pages: int | None
    scanned: bool
