"""The table of definitions: every term with its meaning, where it is defined, and its later uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from whereas.resolution.definitions.acronyms import acronym_definitions
from whereas.resolution.definitions.brackets import bare_definitions, inline_definitions
from whereas.resolution.definitions.drafts import TermDraft
from whereas.resolution.definitions.kinds import PartyPlaces, is_this_agreement
from whereas.resolution.definitions.meanings import meaning_end
from whereas.resolution.definitions.phrases import phrase_before
from whereas.resolution.definitions.quotes import quotations
from whereas.resolution.definitions.sentences import sentence_definitions, unquoted_definitions
from whereas.resolution.definitions.uses import find_uses
from whereas.resolution.facts import Locate, evidence
from whereas.resolution.parties.described import is_joint, names_other
from whereas.resolution.parties.shortforms import before_bracket, is_short_form
from whereas.resolution.view import View
from whereas.types import DefinedTerm, Party

_INLINE = frozenset({"definition-bracket", "definition-called", "definition-bare"})
_NEEDS_USE = frozenset({"definition-bare", "definition-list"})
_NO_TERM = re.compile(r"[\W\d_]*|[^\W\d_]|.*(?:@|https?:|www\.|\*\*|__).*|(?:i{1,3}|iv|vi{0,3})")
_PARTIES = re.compile(r"part(?:y|ies)", re.I)
_PARTIES_REACH = 3000
_UNUSED = 0.9
"""Share of its score that a term keeps which is never used again: often a phrase in quotation marks that defines nothing."""


def find_definitions(view: View, parties: Sequence[Party], locate: Locate) -> tuple[DefinedTerm, ...]:
    """Return the terms in the order in which they are defined; those that name a party carry its canonical id.

    A term that is defined twice is listed once, where it is defined first; where that place only refers to another ("has the
    meaning set forth in Section 4.2") and the other is found, the meaning is the other's. Each term names one party at most, so
    that no two share an alias.
    """
    drafts = _with_meanings(view, _collect(view))
    places = PartyPlaces.of(view, parties)
    chosen: dict[str, TermDraft] = {}
    owners: dict[str, str] = {}
    for draft in drafts:
        first = chosen.get(draft.term)
        if first is not None:
            if first.by_reference and not draft.by_reference and draft.meaning:
                chosen[draft.term] = replace(first, meaning=draft.meaning, by_reference=False)
            continue
        named = _named(view, draft, places, done=list(chosen.values())[-1:], owners=owners)
        if named:
            owners[draft.term] = places.parties[named[2]].canonical_id
            draft = replace(draft, kind="party", meaning=_described(view, named, draft.anchor))
        elif _PARTIES.fullmatch(draft.term) and draft.rule in _INLINE:
            draft = replace(draft, kind="term", meaning=_all_named(list(chosen.values()), draft))
        elif is_this_agreement(view, draft):
            draft = replace(draft, kind="agreement")
        chosen[draft.term] = draft
    uses = find_uses(view, list(chosen.values()), parties=owners)
    return tuple(
        _defined(draft, owners.get(term), uses.get(term, ()), locate)
        for term, draft in chosen.items()
        if draft.rule not in _NEEDS_USE or uses.get(term)
    )


def _named(
    view: View, draft: TermDraft, places: PartyPlaces, *, done: Sequence[TermDraft], owners: Mapping[str, str]
) -> tuple[int, int, int] | None:
    """Return the place of the party that a draft names: behind its name, or joined by "or" to a term that names it."""
    if (
        done
        and done[0].kind == "party"
        and done[0].anchor == draft.anchor
        and re.search(r"\bor\b(?!.*\bcollectively\b)", draft.lead[-30:], re.I | re.S)
    ):
        owner = owners[done[0].term]
        return next((p for p in reversed(places.places) if places.parties[p[2]].canonical_id == owner and p[1] <= draft.anchor), None)
    if is_joint(draft.lead, [term for term, owner in owners.items() if owner]):
        return None
    named = places.named_by(draft, view)
    apart = draft.kind == "acronym" and named is not None and names_other(view, draft.term, name=named[:2], anchor=draft.anchor)
    return None if apart else named


def _all_named(done: Sequence[TermDraft], draft: TermDraft) -> tuple[int, int] | None:
    """Return the stretch from the first party's name to the last: what "the Parties" sums up. None where it stands apart."""
    spans = [d.meaning for d in done if d.kind == "party" and d.meaning and draft.anchor - d.meaning[1] < _PARTIES_REACH]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if len(spans) > 1 else None


def _collect(view: View) -> list[TermDraft]:
    """Return the drafts in text order, of several readings of one place the surest."""
    quotes = list(quotations(view))
    found = [
        *sentence_definitions(view, quotes),
        *inline_definitions(view, quotes),
        *bare_definitions(view),
        *unquoted_definitions(view),
        *acronym_definitions(view),
    ]
    best: list[TermDraft] = []
    for draft in sorted(found, key=lambda d: (d.start, -d.score)):
        if not _NO_TERM.fullmatch(draft.term) and (not best or draft.start >= best[-1].end):
            best.append(draft)
    return best


def _with_meanings(view: View, drafts: Sequence[TermDraft]) -> list[TermDraft]:
    """Give each draft its meaning: before the bracket, or from the verb to the definition's end."""
    anchors = sorted(d.anchor for d in drafts if d.rule not in _INLINE and d.kind != "acronym")
    done: list[TermDraft] = []
    for draft in drafts:
        last = done[-1] if done else None
        if draft.kind == "acronym":
            done.append(draft)
        elif draft.rule in _INLINE:
            done.append(_inline(view, draft, last))
        else:
            done.append(_sentence(view, draft, anchors))
    return done


def _inline(view: View, draft: TermDraft, last: TermDraft | None) -> TermDraft:
    if last and last.anchor == draft.anchor:
        return replace(draft, meaning=last.meaning)
    if is_short_form(draft.term):
        long = before_bracket(view, draft.term, draft.anchor)
        if long:
            return replace(draft, meaning=long, kind="acronym")
    floor = view.shadow.find(")", last.close, draft.anchor) + 1 if last and "collective" not in draft.lead.lower() else 0
    return replace(draft, meaning=phrase_before(view, draft.term, draft.lead, draft.anchor, floor))


def _sentence(view: View, draft: TermDraft, anchors: Sequence[int]) -> TermDraft:
    start = draft.meaning[0] if draft.meaning else draft.close
    at = bisect_right(anchors, start)
    limit = anchors[at] if at < len(anchors) else len(view.text)
    section = view.section_at(draft.start)
    if section and section.end > start:
        limit = min(limit, section.end)
    end = meaning_end(view, draft.term, start, limit, anchor=draft.anchor)
    return replace(draft, meaning=(start, end) if end > start else None)


def _described(view: View, named: tuple[int, int, int], anchor: int) -> tuple[int, int]:
    """Return a party's name with what describes it before the bracket; the name alone where a paragraph ends between."""
    start, end, _ = named
    text = view.shadow[start:anchor].rstrip(" ,.\n(")
    return start, end if "\n\n" in text else max(end, start + len(text))


def _defined(draft: TermDraft, owner: str | None, uses: tuple[tuple[int, int], ...], locate: Locate) -> DefinedTerm:
    return DefinedTerm(
        term=draft.term,
        kind=draft.kind,
        evidence=evidence(draft.start, draft.end, locate),
        source=f"rule:{draft.rule}",
        score=round(draft.score * (1.0 if uses else _UNUSED), 4),
        meaning=evidence(*draft.meaning, locate) if draft.meaning else None,
        canonical_id=owner,
        uses=uses,
    )
