"""What a record lists beside its facts, made ready to be shown: amounts and dates by kind, defined terms, clauses.

Records of an older schema lack these lists; they read as empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whereas_local.formatting import fact_words, type_name

AMOUNT_KINDS: tuple[str, ...] = (
    "price", "fee", "rent", "salary", "royalty", "cap", "penalty", "minimum", "deposit", "termination_fee", "interest", "insurance",
)  # fmt: skip
"""Kinds that tell what a contract costs and risks, the most telling first; all others come after them."""
_DATE_FACTS = {
    "agreement": "agreement_date", "effective": "effective_date", "expiration": "expiration_date", "notice_deadline": "notice_deadline",
}  # fmt: skip
_SHOWN = 120  # characters of a meaning
_FIRST_LINE = 160  # characters of a clause's first line that are marked
_OPENING = 48  # characters of a clause that stand for a heading
_OUTER = 2  # clauses down to this level are in the outline even without a heading or a type of their own

Place = tuple[int, int]
Kinds = list[tuple[str, list[Mapping[str, Any]]]]


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A defined term: ``meaning`` is what is shown of it, ``meaning_place`` the evidence of the whole or None."""

    term: str
    kind: str
    place: Mapping[str, Any]
    meaning: str
    meaning_place: Mapping[str, Any] | None
    uses: int


@dataclass(frozen=True, slots=True)
class ListedClause:
    """A clause: ``place`` is its first line in the text, None where the text is not there; ``opening`` its first words."""

    section_id: str
    number: str
    heading: str
    opening: str
    level: int
    types: tuple[str, ...]
    place: Place | None
    in_outline: bool

    @property
    def label(self) -> str:
        """Return what to call the clause: its number and heading, or its first words where it has neither."""
        return " ".join(filter(None, (self.number, self.heading))) or self.opening or self.section_id

    @property
    def line(self) -> str:
        """Return its line in an outline: the number, then the heading or the first words."""
        return " ".join(filter(None, (self.number, self.heading or self.opening))) or self.section_id


def amounts_by_kind(contract: Mapping[str, Any]) -> Kinds:
    """Return (kind, amounts) in the order of ``AMOUNT_KINDS``; equal amounts of a kind are one, with the evidence of all."""
    kinds = _by_kind(contract.get("amounts") or [])
    ranks = {kind: rank for rank, kind in enumerate(AMOUNT_KINDS)}
    return sorted(kinds, key=lambda item: ranks.get(item[0], len(ranks) + (item[0] == "other")))


def dates_by_kind(contract: Mapping[str, Any]) -> Kinds:
    """Return (kind, dates) in text order, without those that the contract's facts tell already."""
    told = {(kind, (contract.get(key) or {}).get("value")) for kind, key in _DATE_FACTS.items()}
    dates = [fact for fact in contract.get("dates") or [] if (fact.get("kind"), fact.get("value")) not in told]
    return sorted(_by_kind(dates), key=lambda item: item[0] == "other")


def _by_kind(facts: Sequence[Mapping[str, Any]]) -> Kinds:
    kinds: dict[str, dict[str, dict[str, Any]]] = {}
    for fact in facts:
        same = kinds.setdefault(fact.get("kind") or "other", {}).setdefault(fact_words(fact), {**fact, "evidence": []})
        same["evidence"] = [*same["evidence"], *(item for item in fact.get("evidence") or [] if item not in same["evidence"])]
        same["score"] = max(same["score"], fact["score"])
    return [(kind, list(found.values())) for kind, found in kinds.items()]


def venue_words(venue: Mapping[str, Any]) -> str:
    """Return a venue as the text names it, with its state or country where those words leave it out."""
    value, text = fact_words(venue), " ".join(str(venue.get("text") or "").split())
    place = text if value.casefold() in text.casefold() else ", ".join(filter(None, (text, value)))
    kind = {"court": " (courts)", "arbitration": " (arbitration)"}.get(venue.get("kind") or "", "")
    return place + kind


def listed_terms(contract: Mapping[str, Any], text: str) -> list[ListedTerm]:
    """Return the defined terms in alphabetical order."""
    terms = [
        ListedTerm(
            term=item["term"],
            kind=item["kind"],
            place=item["evidence"],
            meaning=_cut(text, item["meaning"], _SHOWN) if item.get("meaning") else "",
            meaning_place=item.get("meaning"),
            uses=len(item.get("uses") or []),
        )
        for item in contract.get("definitions") or []
    ]
    return sorted(terms, key=lambda term: (term.term.casefold(), term.place["start"]))


def listed_clauses(contract: Mapping[str, Any], text: str) -> list[ListedClause]:
    """Return all clauses in text order; deep ones without a heading or a type that the one around lacks are not ``in_outline``."""
    clauses = contract.get("clauses") or []
    types = {item["section_id"]: tuple(type_name(kind["type"]) for kind in item.get("types") or []) for item in clauses}
    return [_listed_clause(item, types[item["section_id"]], types.get(item.get("parent_id"), ()), text) for item in clauses]


def _listed_clause(clause: Mapping[str, Any], types: tuple[str, ...], around: tuple[str, ...], text: str) -> ListedClause:
    place = _first_line(text, clause["evidence"])
    heading, number, level = clause.get("heading") or "", clause.get("number") or "", clause.get("level") or 1
    return ListedClause(
        section_id=clause["section_id"],
        number=number,
        heading=heading,
        opening="" if heading else _cut(text, clause["evidence"], _OPENING + len(number)).removeprefix(number).lstrip(". "),
        level=level,
        types=types,
        place=place,
        in_outline=bool(heading or level <= _OUTER or set(types) - set(around)),
    )


def _first_line(text: str, place: Mapping[str, Any]) -> Place | None:
    stretch = text[place["start"] : min(place["end"], place["start"] + _FIRST_LINE)]
    line = stretch.lstrip().split("\n", 1)[0].rstrip()
    start = place["start"] + len(stretch) - len(stretch.lstrip())
    return (start, start + len(line)) if line else None


def _cut(text: str, place: Mapping[str, Any], size: int) -> str:
    """Return the words at the place, at most ``size`` characters of them and then an ellipsis."""
    words = " ".join(text[place["start"] : min(place["end"], place["start"] + 4 * size)].split())
    if len(words) <= size:
        return words
    head = words[:size]
    return (head.rpartition(" ")[0] or head) + "…"


def all_evidence(contract: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every evidence that the report links to, but for the clauses' and the facts' own."""
    for party in contract.get("parties") or []:
        dates = (person.get("date") for person in party.get("signatories") or [])
        for fact in filter(None, (party, party.get("address"), party.get("organized_in"), *dates)):
            yield from fact.get("evidence") or []
    for key in ("amounts", "dates", "related"):
        for item in contract.get(key) or []:
            yield from item.get("evidence") or []
    for item in contract.get("definitions") or []:
        yield from filter(None, (item["evidence"], item.get("meaning")))
