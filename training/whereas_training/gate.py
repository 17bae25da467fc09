"""The gate before the registry: may this artefact replace the served one? Decided from figures alone; nothing is read or run here."""

from __future__ import annotations

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
