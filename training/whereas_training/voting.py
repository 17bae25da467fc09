"""One label out of several labellers: rules, a tagger of general English, and the last published model.

What rules are sure of stands. Of the rest, a name counts as sure where two labellers of different families agree on bounds and
type; what one alone sees is unsure: its type or none of it (abstention), so that training learns from neither guess. Names agreed on
in one place of a contract hold at all of its places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from whereas.resolution.parties.aliases import ROLE_WORDS
from whereas_training.labels import Span, drop_overlaps
from whereas_training.weak import LEGAL_FORM

_INSTITUTIONS: dict[str, list[str]] = json.loads(Path(__file__).with_name("institutions.json").read_text(encoding="utf-8"))
_KNOWN = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(_INSTITUTIONS['known'], key=len, reverse=True)))})(?![\w-])")
_WORD = r"[A-Z][\w&.'’-]{1,20}"
_HEADED = re.compile(
    rf"\b(?:{_WORD}\s){{1,5}}(?:{'|'.join(_INSTITUTIONS['heads'])})\b(?:\s(?:of|for)\s(?:the\s)?{_WORD}(?:\s{_WORD}){{0,2}})?"
    rf"|\b(?:University|Bank|Court|Department|Ministry|Government|Institute|Superior\sCourt|District\sCourt|Supreme\sCourt)\sof\s(?:the\s)?{_WORD}(?:\s{_WORD}){{0,2}}"
)
_NAMES = frozenset({"PERSON", "ORGANIZATION", "LOCATION", "LAW"})
_PARTS = frozenset(
    ROLE_WORDS | {"territory", "product", "service", "agreement", "program", "affiliate", "board", "bank", "section", "exhibit", "party"}
)
"""Words that name parts in a contract, not parties, though a contract may never write them in lower case."""
_JOINING = frozenset({"the", "of", "and", "a", "an", "for", "to", "in", "or", "&"})


def institutions(text: str) -> list[Span]:
    """Return authorities and exchanges known by name as sure ORGANIZATION spans, names headed like one as unsure spans."""
    known = [Span(*m.span(), ("ORGANIZATION",)) for m in _KNOWN.finditer(text)]
    return drop_overlaps([*known, *(Span(*m.span(), ("ORGANIZATION",), outside=True) for m in _HEADED.finditer(text))])


def is_ordinary(name: str, lower: frozenset[str]) -> bool:
    """Say whether a contract writes every word of ``name`` in lower case too: a defined term or a role word, no name."""
    words = [w.lower().strip(".,'’\"()") for w in name.split() if w[:1].isalpha() and w.lower() not in _JOINING]
    return all(len(w) < 2 or {w, w.removesuffix("s")} & (lower | _PARTS) for w in words) and not (
        len(words) > 1 and LEGAL_FORM.search(name)
    )


def vote(text: str, lower: frozenset[str], rules: Sequence[Span], others: Sequence[Sequence[Span]]) -> list[Span]:
    """Merge the spans of several labellers of one text.

    Args:
        text: the text.
        lower: words that its contract writes in lower case.
        rules: the rules' spans, sure and unsure.
        others: the spans of each other labeller, one list a labeller, with offsets of the same text.

    Returns:
        Sure spans, none overlapping, then unsure ones, which may overlap each other but no sure one.
    """
    families = [[s for s in found if not is_ordinary(text[s.start : s.end], lower)] for found in others]
    wider = [s for found in families for s in found if "ORGANIZATION" in s.types or "LAW" in s.types]
    sure = [s for s in rules if not s.outside]
    unsure = [s for s in rules if s.outside]
    for place in [s for s in sure if s.types == ("LOCATION",)]:
        if any(w.start <= place.start and w.end >= place.end and w.end - w.start > place.end - place.start for w in wider):
            sure.remove(place)  # "Oregon" of what another labeller calls "Bank of Oregon"
            unsure.append(Span(place.start, place.end, place.types, outside=True))
    pool = [unsure, *families]
    agreed = [both for i, found in enumerate(pool) for s in found if (both := _agreed(s, pool[:i] + pool[i + 1 :]))]
    alone = [Span(s.start, s.end, s.types, s.outside or s.types[0] in _NAMES) for found in pool for s in found]
    confident = [s for found in families for s in found if not s.outside]
    return combine(drop_overlaps([*sure, *agreed, *confident]), alone)


def combine(sure: Sequence[Span], unsure: Iterable[Span]) -> list[Span]:
    """Return the sure spans and those unsure ones that overlap none of them."""
    rest = [Span(u.start, u.end, u.types, outside=True) for u in unsure if all(u.end <= s.start or u.start >= s.end for s in sure)]
    return [*sure, *dict.fromkeys(rest)]


def _agreed(span: Span, others: Sequence[Sequence[Span]]) -> Span | None:
    """Return the span, sure, in the types that another labeller gives the same bounds; None where no other does."""
    for found in others:
        for other in found:
            common = tuple(t for t in span.types if t in other.types)
            if (other.start, other.end) == (span.start, span.end) and common and common[0] in _NAMES:
                return Span(span.start, span.end, common)
    return None


def telling_names(text: str, spans: Iterable[Span], lower: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return names of people and organisations, with their types, that are sure here and hardly anything else elsewhere."""
    names = {}
    for span in spans:
        name = " ".join(text[span.start : span.end].split())
        if not span.outside and span.types[0] in {"PERSON", "ORGANIZATION"} and len(name) > 4 and not is_ordinary(name, lower):
            names[name] = span.types
    return names


def propagate(text: str, spans: Sequence[Span], names: dict[str, tuple[str, ...]]) -> list[Span]:
    """Add the occurrences of a contract's agreed names to the spans of one of its windows."""
    sure, unsure = [s for s in spans if not s.outside], [s for s in spans if s.outside]
    if not names:
        return list(spans)
    by_length = sorted(names, key=len, reverse=True)[:400]
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(r"\s{1,8}".join(map(re.escape, n.split())) for n in by_length) + r")(?!\w)")
    found = [Span(*m.span(), names[" ".join(m.group().split())]) for m in pattern.finditer(text)]
    return combine(drop_overlaps([*sure, *found]), unsure)
