"""Names that a contract has introduced, found again wherever they stand.

A contract names a party once in full and a hundred times by its short name, mostly where nothing else tells that the word is a name.
What the preamble, a definition or the model is sure of in one place therefore holds in all places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from whereas.resolution.entities import Span
from whereas.resolution.forms.places import find_places
from whereas.resolution.forms.windows import find_at
from whereas.resolution.parties.aliases import ROLE_WORDS
from whereas.resolution.parties.names import canonical_id, has_legal_form, is_legal_form, without_article
from whereas.resolution.view import View, make_view
from whereas.types import CleanedText, Mention, Party

RULE = "rule:repeated-name"
_SURE = 0.85
"""A model's name with this score is looked for elsewhere."""
_CERTAINTY = 0.97
"""Share of the name's score that its repeat has: a word may mean something else once."""
_SAYS = {
    ("mention", "ORGANIZATION"): "ORGANIZATION", ("mention", "PERSON"): "PERSON", ("role", "SIGNATORY"): "PERSON",
    ("role", "PARTY_ALIAS"): "ORGANIZATION",
}  # fmt: skip
"""What the model's mentions and roles say of a name."""
_SMALL = frozenset(["the", "of", "and", "a", "an", "for", "to", "in", "or", "&", "part", "party", "parties", "group"])
_MOST = 300
"""Names that are followed, the surest first: a list of subsidiaries may hold thousands."""


def repeated_names(view: View, parties: Sequence[Party], mentions: Iterable[Mention]) -> list[Span]:
    """Return ORGANIZATION and PERSON spans where the names of parties, their short names, and names the model is sure of stand again.

    Args:
        view: the contract.
        parties: its parties; their short names link to them.
        mentions: the model's mentions.
    """
    lower = view.small_words
    known: dict[str, tuple[str, float, str]] = {}
    for party in parties:
        kind = "PERSON" if party.kind == "person" else "ORGANIZATION"
        for name in (party.name, *_short_names(party)):
            if not is_ordinary(name, lower):
                known.setdefault(_key(name), (kind, party.score, party.canonical_id))
    people = " ".join(p.name for p in parties if p.kind == "person")
    for mention in sorted(mentions, key=lambda m: -m.score):
        name = view.shadow[mention.start : mention.end]
        kind = _SAYS.get((mention.layer, mention.type), "")
        if kind and mention.score >= _SURE and len(name) > 2 and not is_ordinary(name, lower):
            kind = "PERSON" if mention.type == "PARTY_ALIAS" and name in people else kind
            known.setdefault(_key(name), (kind, mention.score, canonical_id(name, kind=kind.lower())))
    return list(_find(view, dict(list(known.items())[:_MOST])))


def _key(name: str) -> str:
    return without_article(" ".join(name.split()))


def _short_names(party: Party) -> Iterator[str]:
    """Yield defined short names, the name without its legal form, and its first word where it is long enough to be telling."""
    yield from party.aliases
    words = party.name.replace(",", " ").split()
    if party.kind == "person" or not has_legal_form(party.name):
        return
    while len(words) > 1 and is_legal_form(words[-1]):
        words.pop()
    yield " ".join(words)
    if len(words[0]) > 4 and not _is_place(words[0]):
        yield words[0]


def _is_place(word: str) -> bool:
    return bool(find_places(make_view(CleanedText(word, ())), 0, len(word)))


def is_ordinary(name: str, lower: frozenset[str]) -> bool:
    """Say whether a name is made of words that the contract also writes small, of role words or of numbers: "Party A", "Licensee"."""
    if has_legal_form(name):
        return False
    words = [w.strip(".,'\"()").lower() for w in name.split()]
    return all(len(w) < 2 or w.isdigit() or {w, w.removesuffix("s")} & (lower | ROLE_WORDS | _SMALL) for w in words)


def _find(view: View, known: dict[str, tuple[str, float, str]]) -> Iterator[Span]:
    names = sorted(known, key=len, reverse=True)
    if not names:
        return
    capitals = {name.upper(): name for name in names if len(name) > 4}
    wanted = dict.fromkeys([*names, *capitals])
    pattern = "|".join(r"\s{1,6}".join(map(re.escape, name.split())) for name in sorted(wanted, key=len, reverse=True))
    for match in find_at(view, re.compile(rf"(?<![\w@.])(?:{pattern})(?![\w@]|\.\w)"), view.phrase_starts(*wanted)):
        found = " ".join(match.group(0).split())
        kind, score, identity = known[found] if found in known else known[capitals[found]]
        yield Span("mention", kind, match.start(), match.end(), round(score * _CERTAINTY, 4), RULE, canonical=identity)
