"""Rules are switched off one by one, and what is lost or won without each is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from whereas.resolution.parties import ranking
from whereas.types import CleanedText, Recognition, Resolution
from whereas_training.evaluation.contribution import Case, Counts, contributions, f1, run, table, without
from whereas_training.evaluation.contribution_cases import tally

TEXT = (
    "SUPPLY AGREEMENT\n\nThis Agreement is made as of May 8, 2014 by and between "
    "Tarnwick Foods, Inc., with its offices in Salem, and Oak Mills LLC, with its offices in Salem.\n\n"
    "WHEREAS each party agrees to the terms of this Agreement; NOW THEREFORE the parties agree: mail goes to orders@tarnwick.example. "
    "This Agreement is governed by the laws of Utah.\n"
)


@dataclass(frozen=True)
class Wants:
    """Judges by the names of the parties, or by the e-mail addresses."""

    field: str
    values: tuple[str, ...]

    def __call__(self, resolution: Resolution) -> Counts:
        names = [p.name for p in resolution.contract.parties]
        mails = [e.text for e in resolution.entities if e.type == "EMAIL"]
        return tally(self.field, Counter(names if self.field == "parties" else mails), Counter(self.values))


def case(field: str, *values: str) -> Case:
    return Case(field, CleanedText(TEXT, ()), Recognition(()), Wants(field, values))


PARTIES = case("parties", "Tarnwick Foods, Inc.", "Oak Mills LLC")


def test_a_rule_that_is_off_proposes_nothing_and_is_on_again_afterwards() -> None:
    assert run(PARTIES, None).counts[("parties", "right")] == 2
    alone = run(PARTIES, "party-preamble")
    assert alone.counts[("parties", "missed")] == 2
    assert {"party-preamble", "agreement-date", "governing-law", "email"} <= alone.rules
    assert run(PARTIES, None).counts[("parties", "right")] == 2
    with without("email", set()):
        patched = ranking.from_preamble
    assert ranking.from_preamble is not patched


def test_contributions_are_the_points_that_would_be_lost() -> None:
    found = contributions([PARTIES, case("mails", "orders@tarnwick.example"), case("mails")])
    assert found["party-preamble"] == {"documents": 3, "parties": 100.0, "mails": 0.0}
    assert found["email"]["parties"] == 0.0
    assert found["email"]["mails"] == round(100 * 2 / 3, 2)


def test_a_rule_that_hurts_has_a_negative_contribution() -> None:
    found = contributions([case("mails", "orders@tarnwick.example"), case("mails", "none@tarnwick.example")])
    assert found["email"]["mails"] == 50.0
    worse = contributions([case("parties", "Somebody Else")])
    assert worse["party-preamble"]["parties"] == 0.0


def test_f1_and_table() -> None:
    counts = tally("a", Counter(["x", "y"]), Counter(["x", "z"])) + tally("b", Counter(["x"]), Counter(["x"]))
    assert f1(counts, "a") == 0.5
    assert round(f1(counts), 4) == 0.6667
    assert f1(Counter()) == 0.0
    text = table({"small": {"documents": 1, "g": 0.1}, "great": {"documents": 2, "g": 5.0}})
    assert text.splitlines()[2:] == ["| great | 2 | +5.00 |", "| small | 1 | +0.10 |"]
