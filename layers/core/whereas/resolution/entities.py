"""One list of entities from the model's mentions, the rules' mentions and the contract facts.

Overlap rules, in order:

1. Spans are trimmed of white space; an empty one is dropped.
2. Within the mention layer, a span of the same type that overlaps another is merged into one: a rule that parses the
   form (date, money, law, …) gives span and value, the higher score stays; between two model spans the higher score,
   then the longer, wins.
3. Across mention types, an ADDRESS may hold LOCATIONs and MONEY, a LAW may hold a LOCATION or DATE; otherwise the parsed
   form beats the model's guess, and between the rest the longer span wins, then the higher score.
4. Roles overlap mentions freely (PARTY ⊃ ORGANIZATION); within the role layer one type keeps one entity per span.

``parent_id`` names the smallest entity that holds this one: the PARTY of an ORGANIZATION or PERSON, the ADDRESS of a
LOCATION, the LAW of a DATE.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whereas.resolution.candidates import Candidate
from whereas.resolution.clauses.targets import target_finder
from whereas.resolution.facts import Locate
from whereas.resolution.parties.names import canonical_id
from whereas.resolution.view import View
from whereas.types import Entity, Mention

_PARSED = frozenset(
    {"DATE", "DURATION", "MONEY", "PERCENT", "QUANTITY", "EMAIL", "PHONE", "URL", "CLAUSE_REF", "ID_NUMBER", "LAW", "DEFINED_TERM"}
)
_HOLDS = {
    "ADDRESS": {"LOCATION", "ID_NUMBER", "QUANTITY"},
    "LAW": {"LOCATION", "DATE", "CLAUSE_REF"},
    "DEFINED_TERM": {"ORGANIZATION", "PERSON", "LOCATION", "LAW"},
}
_PARENTS = {
    "ORGANIZATION": {"PARTY"},
    "PERSON": {"PARTY", "SIGNATORY"},
    "LOCATION": {"ADDRESS", "GOVERNING_LAW", "LAW"},
    "DATE": {"LAW"},
    "PARTY_ALIAS": set(),
}
_CANONICAL = {
    "ORGANIZATION": "organization",
    "PERSON": "person",
    "LOCATION": "place",
    "LAW": "law",
    "PARTY": "organization",
    "SIGNATORY": "person",
    "GOVERNING_LAW": "place",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A typed span on its way to an entity."""

    layer: str
    type: str
    start: int
    end: int
    score: float
    source: str
    value: object = None
    code: str | None = None
    canonical: str | None = None


def from_candidate(candidate: Candidate) -> Span:
    """Return a rule's mention as a span of the mention layer."""
    return Span(
        "mention",
        candidate.type,
        candidate.start,
        candidate.end,
        candidate.score,
        f"rule:{candidate.rule}",
        candidate.value,
        candidate.code,
    )


def from_mention(mention: Mention) -> Span:
    """Return a model's mention as a span."""
    return Span(mention.layer, mention.type, mention.start, mention.end, mention.score, mention.source)


def _trim(text: str, span: Span) -> Span | None:
    body = text[span.start : span.end]
    if body and not body[0].isspace() and not body[-1].isspace():
        return span
    start = span.start + len(body) - len(body.lstrip())
    end = start + len(body.strip())
    if end <= start:
        return None
    return Span(span.layer, span.type, start, end, span.score, span.source, span.value, span.code, span.canonical)


def _rank(span: Span) -> tuple[bool, int, float, int, str, str]:
    """Parsed forms first, then the longer, the surer, the earlier."""
    guessed = span.source == "model" or span.type not in _PARSED
    return (guessed, span.start - span.end, -span.score, span.start, span.type, span.source)


def _compatible(one: Span, other: Span) -> bool:
    """May both stand although they overlap?"""
    return any(
        outer.start <= inner.start and inner.end <= outer.end and inner.type in _HOLDS.get(outer.type, set())
        for outer, inner in ((one, other), (other, one))
    )


def merge_mentions(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the mention-layer spans after the overlap rules of the module, sorted by start."""
    trimmed = [t for s in spans if (t := _trim(text, s))]
    kept: list[Span] = []
    by_block: dict[int, list[Span]] = {}
    for span in sorted(trimmed, key=_rank):
        blocks = range(span.start >> 8, (span.end >> 8) + 1)
        rivals = [k for b in blocks for k in by_block.get(b, ()) if k.start < span.end and span.start < k.end]
        if all(_compatible(span, k) for k in rivals):
            kept.append(span)
            for b in blocks:
                by_block.setdefault(b, []).append(span)
    return sorted(kept, key=lambda s: (s.start, -s.end, s.type))


def merge_roles(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the role-layer spans: resolution's own before the model's, one entity a type where spans overlap."""
    kept: list[Span] = []
    for span in (t for s in spans if (t := _trim(text, s))):
        if not any(k.type == span.type and k.start < span.end and span.start < k.end for k in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: (s.start, -s.end, s.type))


def entity_id(document_id: str, span: Span) -> str:
    """Return 24 hexadecimal digits that depend on document, layer, type and span alone."""
    return hashlib.sha256(f"{document_id}\x1f{span.layer}\x1f{span.type}\x1f{span.start}\x1f{span.end}".encode()).hexdigest()[:24]


def _canonical(text: str, span: Span) -> str | None:
    if span.canonical or span.type not in _CANONICAL:
        return span.canonical
    name = span.code if span.type in {"LOCATION", "GOVERNING_LAW"} and span.code else text[span.start : span.end]
    return canonical_id(name, kind=_CANONICAL[span.type])


def _normalised(span: Span) -> object:
    if span.type in {"LOCATION", "GOVERNING_LAW"} and span.code:
        return {"name": span.value, "code": span.code}
    return span.value


def _parents(spans: Sequence[Span], ids: Mapping[int, str]) -> dict[int, str]:
    """Index of a span → id of the smallest span that holds it and may be its parent."""
    parents: dict[int, str] = {}
    holders = [(n, s) for n, s in enumerate(spans) if s.type in {"PARTY", "SIGNATORY", "ADDRESS", "GOVERNING_LAW", "LAW"}]
    position = 0
    open_holders: list[tuple[int, Span]] = []
    for number, span in enumerate(spans):
        while position < len(holders) and holders[position][1].start <= span.start:
            open_holders.append(holders[position])
            position += 1
        open_holders = [h for h in open_holders if h[1].end > span.start]
        wanted = _PARENTS.get(span.type, set())
        fitting = [
            (h.end - h.start, n)
            for n, h in open_holders
            if n != number and h.type in wanted and h.start <= span.start and span.end <= h.end
        ]
        if fitting:
            parents[number] = ids[min(fitting)[1]]
    return parents


def build_entities(view: View, spans: Sequence[Span], *, document_id: str, locate: Locate) -> tuple[Entity, ...]:
    """Return the entities of merged spans, sorted by start (longer first, then layer and type)."""
    ordered = sorted(spans, key=lambda s: (s.start, -s.end, s.layer, s.type))
    ids = {number: entity_id(document_id, span) for number, span in enumerate(ordered)}
    # A role of the same length as its mention sorts after it, so parents are looked up over a list with holders first.
    by_holder = sorted(
        range(len(ordered)), key=lambda n: (ordered[n].start, -ordered[n].end, ordered[n].layer == "mention", ordered[n].type)
    )
    parents = _parents([ordered[n] for n in by_holder], {at: ids[n] for at, n in enumerate(by_holder)})
    parent_of = {by_holder[at]: parent for at, parent in parents.items()}
    targets_of = target_finder(view)
    entities = []
    for number, span in enumerate(ordered):
        page, boxes = locate(span.start, span.end)
        section = view.section_at(span.start)
        entities.append(
            Entity(
                entity_id=ids[number],
                layer="role" if span.layer == "role" else "mention",
                type=span.type,
                text=view.text[span.start : span.end],
                start=span.start,
                end=span.end,
                page=page,
                boxes=boxes,
                parent_id=parent_of.get(number),
                section_id=section.section_id if section else None,
                score=round(max(0.0, min(1.0, span.score)), 4),
                source=span.source,
                normalized=_normalised(span),
                canonical_id=_canonical(view.text, span),
                target_ids=targets_of(span.start, span.end) if span.type == "CLAUSE_REF" else (),
            )
        )
    return tuple(entities)
