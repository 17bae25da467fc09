"""Those who stand in a contract without being parties to it: guarantors, affiliates, agents, witnesses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from whereas.resolution.facts import Locate, evidence
from whereas.resolution.parties.blocks import signing_windows
from whereas.resolution.parties.headings import Signer
from whereas.resolution.parties.names import canonical_id, kind_of, normalise_name
from whereas.resolution.parties.ranking import written_name
from whereas.resolution.parties.relations import Relation, related_in_text
from whereas.resolution.parties.signing import read_signings
from whereas.resolution.view import rx
from whereas.types import Party, RelatedName

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading

_WITNESS = rx(r"\bwitness(?:es|ed)?\b(?! (?:whereof|hereof))|\battest|\bnotar")
_EVIDENCE = 5
"""Places shown of one name in one relation."""
_MOST = 200
"""Related names of one contract: a schedule may list thousands of subsidiaries."""


def find_related(reading: Reading, parties: Sequence[Party], locate: Locate) -> tuple[RelatedName, ...]:
    """Return the names in text order, one entry for each name and relation.

    A party is never related, under none of its names: neither its own, a short one, a former or a trade name.
    """
    taken = {normalise_name(n) for p in parties for n in (p.name, *p.aliases, *p.former_names, *p.trade_names)}
    signatories = {normalise_name(s.name) for p in parties for s in p.signatories}
    found: dict[tuple[str, str], RelatedName] = {}
    for relation in sorted([*related_in_text(reading.view), *_witnesses(reading, parties)], key=lambda r: r.start):
        name = written_name(reading.view.text[relation.start : relation.end])
        key = normalise_name(name)
        if key in taken or (relation.relation == "representative" and key in signatories):
            continue
        identity = canonical_id(name, kind=kind_of(name))
        place = evidence(relation.start, relation.end, locate)
        known = found.get((identity, relation.relation))
        if known is None and len(found) < _MOST:
            found[identity, relation.relation] = RelatedName(
                name, identity, relation.relation, (place,), relation.score, f"rule:{relation.rule}"
            )
        elif known and len(known.evidence) < _EVIDENCE:
            found[identity, relation.relation] = replace(known, evidence=(*known.evidence, place), score=max(known.score, relation.score))
    return tuple(found.values())


def _witnesses(reading: Reading, parties: Sequence[Party]) -> Iterator[Relation]:
    if not any(_WITNESS.search(reading.view.shadow, *window) for window in signing_windows(reading.view, reading.signatures)):
        return
    signers = [Signer(p.name, p.aliases) for p in parties]
    for signing in read_signings(reading.view, signers, reading.signatures, reading.dates):
        if signing.witness:
            yield Relation(*signing.span, "witness", "related-witness", 0.85)
