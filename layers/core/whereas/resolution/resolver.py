"""The whole of resolution: mentions and role scores in, contract facts and entities out. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from whereas.resolution import genre
from whereas.resolution.contract import Reading, assemble_contract, read_contract
from whereas.resolution.entities import Span, build_entities, from_candidate, from_mention, merge_mentions, merge_roles
from whereas.resolution.facts import Locate
from whereas.resolution.forms.patterns import find_mentions
from whereas.resolution.forms.places import find_places
from whereas.resolution.marginals import make_marginals
from whereas.resolution.provisions.agreement_dates import DateChoice
from whereas.resolution.repeats import is_ordinary, repeated_names
from whereas.resolution.tuning import FORM_FLOORS
from whereas.resolution.view import View, make_view
from whereas.types import CleanedText, Contract, Mention, Recognition, Resolution, Warning

__all__ = ["DateChoice", "resolve"]
_MODEL_ROLE_FLOOR = 0.5


@dataclass(frozen=True, slots=True)
class _Draft:
    contract: Contract
    roles: list[Span]
    mentions: list[Span]
    warnings: list[Warning]


def resolve(cleaned: CleanedText, recognition: Recognition, *, document_id: str, locate: Locate) -> Resolution:
    """Turn what the model and the rules found in one document into facts and entities.

    Args:
        cleaned: the document's text with its sections.
        recognition: the model's mentions and role scores; empty (``Recognition(())``) for rules alone.
        document_id: part of every entity id.
        locate: gives page and boxes of [start, end) of the cleaned text.

    Returns:
        Facts with evidence, entities sorted by start with ``text[start:end] == entity.text``, warnings. A text that bears
        too few marks of a contract gets null facts and the warning ``not_a_contract``; its mentions are still listed.
    """
    view = make_view(cleaned)
    candidates = find_mentions(view)
    marginals = make_marginals(view.text, recognition)
    spans = [from_candidate(c) for c in candidates]
    spans += [from_candidate(p) for p in find_places(view, 0, len(view.text))]
    spans += [from_mention(m) for m in recognition.mentions if m.layer == "mention" and not _is_mistaken(view, m, view.small_words)]
    draft = _draft(view, Reading.of(view, candidates, recognition, marginals), locate)
    spans += repeated_names(view, draft.contract.parties, recognition.mentions)
    mentions = merge_mentions(view.text, [*draft.mentions, *spans])
    roles = merge_roles(view.text, draft.roles)
    entities = build_entities(view, [*mentions, *roles], document_id=document_id, locate=locate)
    return Resolution(contract=draft.contract, entities=entities, warnings=tuple(draft.warnings))


def _is_mistaken(view: View, mention: Mention, lower: frozenset[str]) -> bool:
    """Say whether a mention is not what the model says: "4" of "Form S-4" a date, "Party B" or "the Licensee" a name, a form in doubt."""
    text = view.shadow[mention.start : mention.end]
    if mention.score < FORM_FLOORS.get(mention.type, 0.0):
        return True
    if mention.type == "DATE":
        return len(text) < 3 and text.isdigit()
    return mention.type in {"ORGANIZATION", "PERSON"} and is_ordinary(text, lower)


def _draft(view: View, reading: Reading, locate: Locate) -> _Draft:
    if not genre.is_contract(view):
        marks = genre.contract_marks(view)
        message = f"The text bears {marks} of the {genre.MARKS} marks of a contract: no facts were drawn from it."
        return _Draft(Contract(), [], [], [Warning("not_a_contract", message)])
    chosen = read_contract(reading)
    contract, roles, mentions, warnings = assemble_contract(reading, chosen, locate)
    model_roles = [
        from_mention(m)
        for m in reading.recognition.mentions
        if m.layer == "role" and m.score >= _MODEL_ROLE_FLOOR and m.type in {"PARTY", "PARTY_ALIAS", "SIGNATORY"}
    ]
    return _Draft(contract, [*roles, *model_roles], mentions, warnings)
