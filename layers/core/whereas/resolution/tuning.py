"""Weights and floors of the choices: how much the model counts beside the rules, and below which score a fact is null.

Rules were tuned by hand on CUAD's train and dev contracts and on Kleister-NDA's training split, weights and floors by a coarse
grid on CUAD's dev contracts and on the latter, with calibrated scores of model 0.2.0. With an empty recognition (no model) the rule
floors hold, else the blended ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Knob:
    """How rules and model are pooled for one fact.

    Attributes:
        weight: the model's log-odds are multiplied by it; 0 would leave the rules alone.
        rule_floor: the score below which there is no fact, with rules alone.
        floor: the same with a model.
        silence: the lowest probability that the model's silence counts as; 0.5 makes silence say nothing, as for the date of
            a letter, a form that the model has not been trained on.
    """

    weight: float
    rule_floor: float
    floor: float
    silence: float = 0.25

    def floor_for(self, *, model: bool) -> float:
        """Return the score below which there is no fact."""
        return self.floor if model else self.rule_floor


PARTY = Knob(weight=0.7, rule_floor=0.5, floor=0.5)
PERSON = replace(PARTY, silence=0.5)  # the model has hardly seen an employee who signs in their own name
SECOND_SIDE = 0.1
"""How much lower the floor of a second party lies where one alone was found: a contract has two."""
AGREEMENT_DATE = Knob(weight=1.0, rule_floor=0.4, floor=0.42)
SIGNATURE_DATE = replace(AGREEMENT_DATE, silence=0.5)  # the model never saw a signature's date labelled
EFFECTIVE_DATE = Knob(weight=1.0, rule_floor=0.5, floor=0.45, silence=0.15)
EXPIRATION_DATE = Knob(weight=1.0, rule_floor=0.55, floor=0.5)
TERM = Knob(weight=0.25, rule_floor=0.5, floor=0.58)
RENEWAL = Knob(weight=0.8, rule_floor=0.5, floor=0.5)
NOTICE = Knob(weight=0.8, rule_floor=0.6, floor=0.5)
GOVERNING_LAW = Knob(weight=0.5, rule_floor=0.5, floor=0.5)

FORM_FLOORS = {"DATE": 0.9, "LAW": 0.9, "CLAUSE_REF": 0.9}
"""Mentions of these types that the model alone proposes count from these scores on: rules read nearly all of them, and most of what
they leave is none (chosen on the calibration pages, where models of six and of four layers agree)."""


def _log_odds(probability: float, *, low: float, high: float) -> float:
    clipped = min(high, max(low, probability))
    return math.log(clipped / (1 - clipped))


def blend(rule: float, model: float | None, knob: Knob) -> float:
    """Pool the rule's and the model's probability in log-odds; the rule's alone where no model spoke (``model`` is None).

    A logarithmic opinion pool (Genest and Zidek 1986): evidence adds up, and a rule near certainty is not voted down by a
    model that never saw such a form.
    """
    if model is None:
        return rule
    odds = _log_odds(rule, low=0.05, high=0.98) + knob.weight * _log_odds(model, low=knob.silence, high=0.98)
    return 1 / (1 + math.exp(-odds))
