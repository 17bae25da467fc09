"""The gate before the registry: may this artefact replace the served one? Decided from figures alone; nothing is read or run here."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

ALLOWED_LOSS = 0.01
"""Share of the served model's right spans that a new one may get wrong."""
_SEMVER = re.compile(  # semver.org, "Is there a suggested regular expression"
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?"
)


class GateRefusedError(Exception):
    """The artefact was not published; ``reasons`` are whole sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            "the gate refuses this model:\n"
            + "\n".join(f"- {r}" for r in reasons)
            + "\nTo publish it all the same, give a reason with --force."
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """Both models on one set of documents.

    Attributes:
        name: the set and the layer, for the reader.
        baseline: F1 of the served model, 0..1.
        candidate: F1 of the new one.
        difference: 95 % interval of candidate minus baseline, over documents.
        right: gold spans without doubt that the served model gets right; 0 where only F1 is known.
        lost: those of them that the new model gets wrong.
        gained: such spans that only the new model gets right.
    """

    name: str
    baseline: float
    candidate: float
    difference: tuple[float, ...]
    right: int = 0
    lost: int = 0
    gained: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate says, as the card keeps it; accepted where there is no refusal."""

    refusals: tuple[str, ...]
    compared: tuple[Compared, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def accepted(self) -> bool:
        """Whether nothing speaks against the model."""
        return not self.refusals

    def as_dict(self, *, baseline: Mapping[str, str] | None, forced: str | None) -> dict[str, Any]:
        """Return the card's ``gate`` section; ``forced`` is the reason for publishing a refused model."""
        right, lost, gained = (sum(getattr(c, name) for c in self.compared) for name in ("right", "lost", "gained"))
        return {
            "baseline": dict(baseline) if baseline else None, "accepted": self.accepted, "refusals": list(self.refusals),
            "forced": forced if self.refusals else None, "notes": list(self.notes),
            "regression": {"right": right, "lost": lost, "gained": gained, "share": round(lost / max(right, 1), 4),
                           "allowed": ALLOWED_LOSS},
            "compared": [{**asdict(c), "difference": list(c.difference)} for c in self.compared],
        }  # fmt: skip


def decide(compared: Sequence[Compared], *, version: str, baseline_version: str | None, notes: Sequence[str] = ()) -> Decision:
    """Hold a new model to the served one.

    Args:
        compared: the same documents under both; none for the first artefact.
        version: of the new model.
        baseline_version: of the served one; None for the first artefact.
        notes: what the reader of the card should know of the comparison.

    Raises:
        ValueError: ``version`` is no semantic version.
    """
    order = precedence(version)
    if baseline_version is None:
        return Decision((), (), (*notes, "The first artefact: there was none to compare with."))
    refusals = []
    if _SEMVER.fullmatch(baseline_version) and order <= precedence(baseline_version):
        refusals.append(f"Version {version} does not follow {baseline_version}, which is in the registry.")
    right, lost = sum(c.right for c in compared), sum(c.lost for c in compared)
    if not compared:
        refusals.append(f"Nothing was measured on the same documents as {baseline_version}.")
    if lost > ALLOWED_LOSS * right:
        share = f"{lost / right:.1%}"
        refusals.append(f"{lost} of the {right} spans that {baseline_version} gets right are lost: {share}, allowed is {ALLOWED_LOSS:.0%}.")
    refusals += [
        f"F1 falls on {c.name}: {c.baseline:.3f} to {c.candidate:.3f}, and the 95 % interval of the difference "
        f"({c.difference[0]:+.3f} to {c.difference[1]:+.3f}) lies below 0."
        for c in compared
        if c.difference[1] < 0
    ]
    return Decision(tuple(refusals), tuple(compared), tuple(notes))


def precedence(version: str) -> tuple[Any, ...]:
    """Return what orders semantic versions as semver.org, section 11, does.

    Raises:
        ValueError: no semantic version.
    """
    match = _SEMVER.fullmatch(version)
    if not match:
        raise ValueError(f"a version must be semantic, like 1.2.0 (semver.org); found {version!r}")
    release = tuple(int(part) for part in match.groups()[:3])
    before = match[4]
    if before is None:
        return (*release, 1, ())
    return (*release, 0, tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in before.split(".")))


def compared_evaluations(candidate: Mapping[str, Any] | None, baseline: Mapping[str, Any] | None) -> tuple[list[Compared], list[str]]:
    """Return comparisons of two evaluations on the same hand-labelled pages, and notes on what they lack.

    The one place that knows where an evaluation keeps its figures: ``pages.model.micro`` holds ``f1`` and ``interval`` (95 %), and
    ``pages.model.right``, where it is kept, a key for each gold span found, such as [page, layer, type, start, end]. Without
    paired draws, the half widths of both intervals, added as independent errors are, bound the difference: wider than it needs to be.
    """
    if candidate is None or baseline is None:
        return [], ["The hand-labelled pages were not evaluated under both models."]
    new, old = (evaluation.get("pages", {}).get("model", {}) for evaluation in (candidate, baseline))
    if not all(row.get("micro", {}).get("interval") for row in (new, old)):
        return [], ["The evaluations hold no F1 with its interval on the hand-labelled pages."]
    rights = [{json.dumps(key) for key in row.get("right", [])} for row in (new, old)]
    notes = (
        []
        if all("right" in row for row in (new, old))
        else ["Which spans of the hand-labelled pages are right was not kept: none counts as lost."]
    )
    f1 = [float(row["micro"]["f1"]) for row in (new, old)]
    width = math.hypot(*((float(row["micro"]["interval"][1]) - float(row["micro"]["interval"][0])) / 2 for row in (new, old)))
    difference = round(f1[0] - f1[1] - width, 4), round(f1[0] - f1[1] + width, 4)
    kept = not notes
    counts = {"right": len(rights[1]), "lost": len(rights[1] - rights[0]), "gained": len(rights[0] - rights[1])} if kept else {}
    return [Compared("hand-labelled pages", f1[1], f1[0], difference, **counts)], notes
