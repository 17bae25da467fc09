"""How surely what a record shows was recognised: each entity and each piece of evidence carries the confidence of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from whereas.reading.locate import confidence_of
from whereas.types import CleanedText, Entity, Evidence, PageText, Resolution


def with_confidences(resolution: Resolution, cleaned: CleanedText, pages: Sequence[PageText]) -> Resolution:
    """Return a resolution whose entities and evidence know the confidence of their words; the same one where no page was recognised.

    Args:
        resolution: what was made of the text.
        cleaned: the document's text.
        pages: its pages, in order.
    """
    if not any(page.source == "ocr" for page in pages):
        return resolution

    # An entity's place is often that of a fact as well.
    @cache
    def confidence(start: int, end: int) -> float | None:
        return confidence_of(cleaned, pages, start, end)

    def filled(value: Any) -> Any:
        if isinstance(value, tuple):
            changed = tuple(filled(item) for item in value)
            return value if all(new is old for new, old in zip(changed, value, strict=True)) else changed
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changes = {field.name: new for field in fields(value) if (new := filled(old := getattr(value, field.name))) is not old}
        if isinstance(value, (Evidence, Entity)):
            changes["ocr_confidence"] = confidence(value.start, value.end)
        return replace(value, **changes) if changes else value

    done: Resolution = filled(resolution)
    return done
