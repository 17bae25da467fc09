"""Sums, percentages and their like, and what each is: a fee, a cap, a penalty, a minimum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.facts import Locate, make_fact
from whereas.resolution.provisions.amountcues import BOUNDS, OTHER, Cue, nearest_cue
from whereas.types import Fact, Warning

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading

_TYPES: Final = ("MONEY", "PERCENT", "QUANTITY")
_COMMITMENTS: Final = frozenset({"minimum", "cap"})
_NO_KIND: Final = 0.6  # an amount whose kind no word gives: right as a value, silent on what it is
_COMMITTED: Final = 40.0  # characters within which a quantity's own "at least" stands
_NO_GOODS: Final = frozenset(
    {"words", "pages", "characters", "copies", "employees", "feet", "miles"}
)  # at least two pages bind nobody to buy
_LISTED: Final = 90  # characters between two amounts of one list or table
_LIST_TRUST: Final = 0.65


def _shaped(found: Candidate) -> Candidate:
    """Return the candidate as an amount has it: a percentage is {"percent": "5"}, a currency stands in the value alone."""
    if found.type != "PERCENT":
        return replace(found, code=None)
    others = tuple(replace(a, value={"percent": str(a.value)}) for a in found.alternatives)
    return replace(found, value={"percent": str(found.value)}, alternatives=others)


def _binds(found: Candidate, cue: Cue | None) -> bool:
    unit = found.value["unit"] if isinstance(found.value, dict) else None
    return bool(cue and cue.kind in _COMMITMENTS and cue.distance < _COMMITTED and unit not in _NO_GOODS)


def find_amounts(reading: Reading, locate: Locate) -> tuple[Fact, ...]:
    """Return the amounts in text order, ``kind`` what each is, "other" where the text does not say.

    Money and percentages are all listed; a quantity only where the contract binds someone to it ("at least 500 units"). An amount that
    no word explains is what the one just before it is: the rows of a table are explained once.
    """
    facts: list[Fact] = []
    last: Candidate | None = None
    for found in (_shaped(m) for m in reading.mentions if m.type in _TYPES):
        cue = nearest_cue(reading.view, found.start, found.end, of=found.type)
        if found.type == "QUANTITY" and not _binds(found, cue):
            continue
        kind, trust = (cue.kind, cue.trust) if cue else (OTHER, _NO_KIND)
        if not cue and last and last.type == found.type and found.start - last.end < _LISTED and facts[-1].kind not in {OTHER, *BOUNDS}:
            kind, trust = str(facts[-1].kind), _LIST_TRUST
        source = f"rule:{found.rule}"
        facts.append(make_fact(reading.view.text, found, score=found.score * trust, source=source, locate=locate, kind=kind))
        last = found
    return tuple(facts)


def doubted_amounts(reading: Reading, locate: Locate) -> list[Warning]:
    """Return a warning for each amount whose words and figures say different things."""
    doubted = (m for m in reading.mentions if m.type in _TYPES and m.warning)
    return [
        Warning(str(m.warning), "Words and figures of an amount differ; the figures were taken.", locate(m.start, m.end)[0])
        for m in doubted
    ]
