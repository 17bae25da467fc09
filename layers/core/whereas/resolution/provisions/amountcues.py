"""What an amount is (a fee, a cap, a penalty), by the nearest word of ``amount_cues.toml`` in its sentence."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from whereas.resolution.view import View, small_rx

OTHER: Final = "other"
BOUNDS: Final = frozenset({"cap", "minimum", "threshold"})
_REACH: Final = 260  # characters before or after the amount in which a word still counts
_FARTHEST: Final = 190.0  # a word farther than this, after weighing, says nothing
_STRONG: Final = 0.55
_AFTER: Final = 12.0  # an amount's word stands before it more often than after
_WEAK: Final = 40.0  # every amount is paid: such words count only where no other does
_CLAUSE: Final = 55.0  # between word and amount: a semicolon, a comma before a new clause, another amount
_JOINT: Final = 15.0  # between word and amount: "and", "or"
_HEADED: Final = 110.0
_OVER: Final = 70.0  # how near the word of a kind must be that beats others
_IMPOSSIBLE: Final = {"MONEY": ("interest",), "PERCENT": ("rent",)}
_UNLIKELY: Final = {("PERCENT", "price"): 2.5, ("MONEY", "share"): 2.0}  # such words count as so much farther off
_OTHER_FIGURE = re.compile(r"\d(?![\d)])")
_BOUNDARY = re.compile(
    r"(?P<clause>;|\.\s|,\s(?:and|or|but|provided|which|plus|then|if|unless|except)\b|\n\s{0,6}\n|[$€£%])|\b(?:and|plus|or)\b"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """The kind that a word gives an amount, and how far off the word is, in weighed characters."""

    kind: str
    distance: float

    @property
    def trust(self) -> float:
        """How often such a word is right, in 0..1 (by hand on sampled amounts)."""
        return 0.9 if self.distance < 25 else 0.8 if self.distance < 80 else 0.65


@dataclass(frozen=True, slots=True)
class _Words:
    before: re.Pattern[str]
    after: re.Pattern[str]
    heading: re.Pattern[str]
    names: dict[str, tuple[str, str]]
    over: dict[str, frozenset[str]]


def _alternatives(words: list[tuple[str, str]]) -> str:
    return "|".join(f"(?P<{name}>{word})" for name, word in words)


@cache
def _words() -> _Words:
    kinds = tomllib.loads(resources.files(__package__).joinpath("amount_cues.toml").read_text(encoding="utf-8"))["kinds"]
    names: dict[str, tuple[str, str]] = {}
    sides: dict[str, list[tuple[str, str]]] = {"before": [], "after": [], "heading": []}
    for kind, lists in kinds.items():
        for strength in ("strong", "before", "weak", "after", "heading"):
            if words := lists.get(strength):
                name = f"g{len(names)}"
                names[name] = (kind, strength)
                sides[strength if strength in sides else "before"].append((name, "|".join(words)))
    compiled = {side: small_rx(rf"(?<![\w-])(?:{_alternatives(words)})(?!\w)") for side, words in sides.items()}
    over = {kind: frozenset(lists.get("over", ())) for kind, lists in kinds.items()}
    return _Words(compiled["before"], compiled["after"], compiled["heading"], names, over)


def _far(gap: str) -> float:
    """Return how far off a word is with ``gap`` between it and the amount: characters, and what clauses and amounts stand between."""
    joints = sum(_CLAUSE if m.lastgroup == "clause" else _JOINT for m in _BOUNDARY.finditer(gap))
    return len(gap) + joints


def _cues_before(view: View, floor: int, start: int) -> list[Cue]:
    words = _words()
    found: list[Cue] = []
    for match in words.before.finditer(view.lower, max(floor, start - _REACH), start):
        kind, strength = words.names[str(match.lastgroup)]
        gap = view.shadow[match.end() : start]
        if kind in BOUNDS and _OTHER_FIGURE.search(gap):
            continue  # "at least 20 units 10% 8%": a bound holds for the figure after it alone
        far = _far(gap)
        found.append(Cue(kind, far * _STRONG if strength == "strong" else far + _WEAK * (strength == "weak")))
    return found


def _cues_after(view: View, end: int, ceiling: int) -> list[Cue]:
    words = _words()
    found: list[Cue] = []
    for match in words.after.finditer(view.lower, end, min(ceiling, end + _REACH // 2)):
        kind, _ = words.names[str(match.lastgroup)]
        gap = view.shadow[end : match.start()]
        found.append(Cue(kind, _far(gap) + _AFTER if gap.strip() else 0.0))
    return found


def _headed(view: View, start: int) -> list[Cue]:
    section = view.section_at(start)
    match = _words().heading.search(section.heading.lower()) if section and section.heading else None
    return [Cue(_words().names[str(match.lastgroup)][0], _HEADED)] if match else []


def _stretch(view: View, start: int) -> tuple[int, int]:
    """Return the sentence around ``start``, and what introduces it where that ends in a colon ("The fees are:")."""
    floor, ceiling = view.sentence(start, reach=900)
    opening = view.shadow[max(0, floor - 6) : floor].rstrip()
    return (view.sentence(floor - 7, reach=400)[0] if opening.endswith(":") else floor), ceiling


def _fits(kind: str, of: str) -> bool:
    return kind in BOUNDS if of == "QUANTITY" else kind not in _IMPOSSIBLE[of]


def nearest_cue(view: View, start: int, end: int, *, of: str) -> Cue | None:
    """Return the nearest word that says what the amount [start, end) is, or None.

    Args:
        view: the text.
        start: where the amount begins.
        end: where it ends.
        of: its mention type; a sum of money is no interest rate, a percentage no rent, a quantity at most a bound.
    """
    floor, ceiling = _stretch(view, start)
    cues = [*_cues_before(view, floor, start), *_cues_after(view, end, ceiling), *_headed(view, start)]
    weighed = [Cue(c.kind, c.distance * _UNLIKELY.get((of, c.kind), 1.0)) for c in cues if _fits(c.kind, of)]
    fitting = [c for c in weighed if c.distance <= _FARTHEST]
    beaten = frozenset[str]().union(*(_words().over[c.kind] for c in fitting if c.distance < _OVER))
    return min((c for c in fitting if c.kind not in beaten), key=lambda c: c.distance, default=None)
