"""The label schema of a model artefact: what each column of the logits means."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from whereas.errors import ModelContractError
from whereas.types import MENTION_TYPES, ROLE_TYPES, Layer

LAYERS: tuple[Layer, ...] = get_args(Layer)


@dataclass(frozen=True, slots=True)
class Group:
    """One BIO group: its columns follow each other in the logits, O first, then B- and I- of each type."""

    layer: Layer
    labels: tuple[str, ...]
    first_column: int

    @property
    def types(self) -> tuple[str, ...]:
        """The types of the group, in the order of its columns."""
        return tuple(label[2:] for label in self.labels if label.startswith("B-"))

    @property
    def columns(self) -> slice:
        """The group's columns of the logits."""
        return slice(self.first_column, self.first_column + len(self.labels))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns a layer's raw scores into probabilities; the default leaves them as they are.

    Attributes:
        slope: factor of a mention's log-odds, above 0, so that the order of scores stays.
        intercept: what is added to them (Platt 1999; with 0 it is temperature scaling, Guo et al. 2017, arXiv 1706.04599).
        token_temperature: divisor of the logits before the softmax of role scores, above 0.
    """

    slope: float = 1.0
    intercept: float = 0.0
    token_temperature: float = 1.0

    def apply(self, score: float) -> float:
        """Return the calibrated score of a raw one, both in 0..1."""
        if self.slope == 1.0 and self.intercept == 0.0:
            return score
        clipped = min(max(score, _EDGE), 1 - _EDGE)
        return 1 / (1 + math.exp(-(self.slope * math.log(clipped / (1 - clipped)) + self.intercept)))


UNCALIBRATED = Calibration()
_EDGE = 1e-4
"""Raw scores are held this far from 0 and 1, where log-odds have no end; ``whereas_training.calibrate`` fits with the same."""
_STEEPEST = 20.0
"""No calibration has a parameter beyond this: it would be a broken file, and its exponential might have no float."""


@dataclass(frozen=True, slots=True)
class LabelSchema:
    """``label_schema.json``: groups, sizes of the windows the model was trained for, types that stand for several.

    ``expand`` maps a type that only the model knows (a date that is agreement and effective date at once) to the public
    types that it stands for. ``calibration`` has an entry a calibrated layer, ``thresholds`` one a public type whose mentions
    are dropped where their calibrated score is lower; an artefact without them serves raw scores and drops nothing.
    """

    version: str
    max_tokens: int
    overlap: int
    groups: tuple[Group, ...]
    expand: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calibration: dict[str, Calibration] = field(default_factory=dict)
    thresholds: dict[str, float] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Number of columns of the logits."""
        return sum(len(group.labels) for group in self.groups)

    def public_types(self, kind: str) -> tuple[str, ...]:
        """Return the public types that a type of the model stands for."""
        return self.expand.get(kind, (kind,))

    def calibration_of(self, layer: str) -> Calibration:
        """Return a layer's calibration, the identity where it has none."""
        return self.calibration.get(layer, UNCALIBRATED)


def load_schema(model_dir: Path) -> LabelSchema:
    """Read ``label_schema.json`` of a model directory.

    Raises:
        ModelContractError: the file is missing, broken, or names types that the public record does not have.
    """
    path = model_dir / "label_schema.json"
    try:
        return parse_schema(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise ModelContractError(f"{path.name} is missing or broken ({type(exc).__name__}): publish the model anew") from exc


def parse_schema(data: dict[str, Any]) -> LabelSchema:
    """Build the schema from the file's JSON and check it.

    Raises:
        ModelContractError: columns are no BIO groups, a type is not public, or a calibration or threshold is out of its range.
        KeyError: a field is missing.
    """
    expand = {kind: tuple(types) for kind, types in data.get("expand", {}).items()}
    groups: list[Group] = []
    column = 0
    for row in data["groups"]:
        group = Group(row["layer"], tuple(row["labels"]), column)
        _check(group, expand)
        groups.append(group)
        column += len(group.labels)
    return LabelSchema(
        str(data["version"]), int(data["max_tokens"]), int(data["overlap"]), tuple(groups), expand,
        _calibration(data.get("calibration", {})), _thresholds(data.get("thresholds", {}), groups, expand),
    )  # fmt: skip


def _calibration(data: dict[str, dict[str, Any]]) -> dict[str, Calibration]:
    found: dict[str, Calibration] = {}
    for layer, row in data.items():
        if layer not in LAYERS:
            raise ModelContractError(f"label schema: calibration must be of one of {', '.join(LAYERS)}, found {layer!r}")
        unknown = sorted(set(row) - set(Calibration.__dataclass_fields__))
        if unknown:
            raise ModelContractError(f"label schema: the {layer} calibration has unknown fields: {', '.join(unknown)}")
        values = {name: float(value) for name, value in row.items()}
        if not all(abs(v) <= _STEEPEST and (v > 0 or name == "intercept") for name, v in values.items()):
            raise ModelContractError(
                f"label schema: the {layer} calibration must be within {_STEEPEST:g}, slope and temperature above 0, found {values}"
            )
        found[layer] = Calibration(**values)
    return found


def _thresholds(data: dict[str, Any], groups: list[Group], expand: dict[str, tuple[str, ...]]) -> dict[str, float]:
    public = {name for group in groups for kind in group.types for name in expand.get(kind, (kind,))}
    found = {name: float(value) for name, value in data.items()}
    for name, value in found.items():
        if name not in public or not 0 <= value < 1:
            raise ModelContractError(f"label schema: a threshold must be of a type of the groups and in 0..1, found {name}: {value}")
    return found


def _check(group: Group, expand: dict[str, tuple[str, ...]]) -> None:
    if group.layer not in LAYERS:
        raise ModelContractError(f"label schema: layer must be one of {', '.join(LAYERS)}, found {group.layer!r}")
    expected = ("O", *(f"{prefix}-{kind}" for kind in group.types for prefix in "BI"))
    if group.labels != expected:
        raise ModelContractError(f"label schema: the {group.layer} labels must be O, then B- and I- of each type in turn")
    public = MENTION_TYPES if group.layer == "mention" else ROLE_TYPES
    unknown = sorted({t for kind in group.types for t in expand.get(kind, (kind,))} - set(public))
    if unknown:
        raise ModelContractError(f"label schema: {', '.join(unknown)} is no public {group.layer} type: see whereas.types")
