"""Windows of tokens with allowed-label masks, and the NumPy file that keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whereas.recognition.schema import Group, LabelSchema
from whereas_training.labels import FORMS, all_labels

WINDOW = 320
"""Tokens stored a window; training crops 254 of them at random, so that a span's position varies."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens with masks of the groups, each of shape (tokens,).

    ``opening`` marks a document's first window; without ``forms`` nobody labelled that group.
    """

    input_ids: npt.NDArray[np.int64]
    token_type_ids: npt.NDArray[np.int64]
    mentions: npt.NDArray[np.int64]
    roles: npt.NDArray[np.int64]
    opening: bool
    source: str
    forms: npt.NDArray[np.int64] | None = None

    def masks_of(self, group: Group) -> npt.NDArray[np.int64]:
        """Return the masks of a group of a label schema, shape (tokens,)."""
        if group.layer == "role":
            return self.roles
        if not set(group.types) <= set(FORMS):
            return self.mentions
        return _forms(self)


def labelled_groups(schema: LabelSchema, windows: Sequence[Window]) -> list[Group]:
    """Return the groups of which some window tells anything."""
    known = {int(all_labels(FORMS))}
    return [
        g
        for g in schema.groups
        if not set(g.types) <= set(FORMS) or any(w.forms is not None and {*w.forms.tolist()} - known for w in windows)
    ]


def _forms(window: Window) -> npt.NDArray[np.int64]:
    return np.full(len(window.input_ids), all_labels(FORMS)) if window.forms is None else window.forms


def save(path: Path, windows: list[Window]) -> None:
    """Write windows as flat arrays with their lengths."""
    path.parent.mkdir(parents=True, exist_ok=True)

    def flat(name: str, kind: type[np.generic]) -> npt.NDArray[np.generic]:
        return np.concatenate([_forms(w) if name == "forms" else getattr(w, name) for w in windows]).astype(kind)

    np.savez(
        path,
        input_ids=flat("input_ids", np.int32),
        token_type_ids=flat("token_type_ids", np.int8),
        mentions=flat("mentions", np.int32),
        roles=flat("roles", np.int32),
        forms=flat("forms", np.int32),
        lengths=np.array([len(w.input_ids) for w in windows]),
        opening=np.array([w.opening for w in windows]),
        source=np.array([w.source for w in windows]),
    )


def load(path: Path) -> list[Window]:
    """Read what ``save`` wrote."""
    with np.load(path) as data:
        ends = np.cumsum(data["lengths"])
        names = ("input_ids", "token_type_ids", "mentions", "roles", *(["forms"] if "forms" in data else []))
        columns = [np.split(data[name], ends[:-1]) for name in names]
        rows = zip(*columns, data["opening"], data["source"], strict=True)
        return [Window(*parts[:4], bool(o), str(s), parts[4] if len(parts) > 4 else None) for *parts, o, s in rows]
