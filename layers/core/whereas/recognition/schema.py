"""The label schema of a model artefact: what each column of the logits means."""

from __future__ import annotations

import json
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
class LabelSchema:
    """``label_schema.json``: groups, sizes of the windows the model was trained for, types that stand for several.

    ``expand`` maps a type that only the model knows (a date that is agreement and effective date at once) to the public
    types that it stands for.
    """

    version: str
    max_tokens: int
    overlap: int
    groups: tuple[Group, ...]
    expand: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Number of columns of the logits."""
        return sum(len(group.labels) for group in self.groups)

    def public_types(self, kind: str) -> tuple[str, ...]:
        """Return the public types that a type of the model stands for."""
        return self.expand.get(kind, (kind,))


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
        ModelContractError: columns are no BIO groups, or a type is not public.
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
    return LabelSchema(str(data["version"]), int(data["max_tokens"]), int(data["overlap"]), tuple(groups), expand)


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
