"""Weights and floors of the choices: how much the model counts beside the rules, and below which score a fact is null.

Tuned on the train and dev contracts of CUAD and on Kleister-NDA's training split; with an empty recognition (no model)
the rule floors hold, else the blended ones.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Knob:
    """``weight`` of the model in 0..1; ``rule_floor`` with rules alone, ``floor`` with the model."""

    weight: float
    rule_floor: float
    floor: float

    def floor_for(self, *, model: bool) -> float:
        """Return the score below which there is no fact."""
        return self.floor if model else self.rule_floor


PARTY = Knob(weight=0.5, rule_floor=0.5, floor=0.42)
AGREEMENT_DATE = Knob(weight=0.5, rule_floor=0.4, floor=0.35)
EFFECTIVE_DATE = Knob(weight=0.5, rule_floor=0.5, floor=0.4)
EXPIRATION_DATE = Knob(weight=0.5, rule_floor=0.55, floor=0.4)
TERM = Knob(weight=0.5, rule_floor=0.5, floor=0.4)
RENEWAL = Knob(weight=0.5, rule_floor=0.5, floor=0.4)
NOTICE = Knob(weight=0.5, rule_floor=0.6, floor=0.4)
GOVERNING_LAW = Knob(weight=0.5, rule_floor=0.5, floor=0.4)
