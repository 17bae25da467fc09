"""The label schema, spans with allowed labels, and their alignment to tokens. Free of torch.

Every token carries, for each of the three BIO groups, the *set* of labels that the data allow there (a bit mask). A sure
label is a set of one; a token of a group that a data set does not annotate allows all; a repeated mention that nobody
checked allows its label and O. The loss is -log of the probability of the set, so one mechanism masks all of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SCHEMA_VERSION = "1.1"
MENTIONS = ("PERSON", "ORGANIZATION", "LOCATION", "DATE", "DURATION", "MONEY", "PERCENT", "LAW")
# A group of its own: places are labelled inside addresses too. Labelled on pages that were read, and nowhere else.
FORMS = ("ADDRESS", "CLAUSE_REF", "ID_NUMBER", "QUANTITY")
# A span is often agreement date and effective date at once; a label of its own keeps the group's labels exclusive.
JOINT_DATE = "AGREEMENT_EFFECTIVE_DATE"
ROLES = (
    "TITLE", "PARTY", "PARTY_ALIAS", "SIGNATORY", "AGREEMENT_DATE", "EFFECTIVE_DATE", JOINT_DATE, "EXPIRATION_DATE",
    "TERM", "RENEWAL_TERM", "NOTICE_PERIOD", "GOVERNING_LAW",
)  # fmt: skip
EXPAND = {JOINT_DATE: ("AGREEMENT_DATE", "EFFECTIVE_DATE")}

Mask = npt.NDArray[np.int64]


def bio(types: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a group: O, then B- and I- of each type."""
    return ("O", *(f"{prefix}-{kind}" for kind in types for prefix in "BI"))


def all_labels(types: Sequence[str]) -> int:
    """Return the mask that allows every label of a group."""
    return (1 << (2 * len(types) + 1)) - 1


def columns_of(types: Sequence[str], wanted: Iterable[str]) -> int:
    """Return the mask of the B- and I- columns of some of a group's types."""
    return sum(6 << (2 * types.index(kind)) for kind in wanted)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` and the types they may have; with ``outside`` they may also be none of them."""

    start: int
    end: int
    types: tuple[str, ...]
    outside: bool = False

    def shifted(self, by: int) -> Span:
        """Return the span moved by ``by`` characters."""
        return Span(self.start + by, self.end + by, self.types, self.outside)


def drop_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Keep the earlier of two overlapping spans of the given order of priority; return them sorted by start."""
    kept: list[Span] = []
    for span in spans:
        if span.end > span.start and all(span.end <= k.start or span.start >= k.end for k in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def token_masks(offsets: Mask, spans: Sequence[Span], types: Sequence[str], *, default: int = 1) -> Mask:
    """Align spans to tokens.

    Args:
        offsets: int64, shape (tokens, 2), characters.
        spans: sure spans win over spans that may be outside; spans that reach beyond the tokens are taken as unsure.
        types: the group's types, in column order.
        default: the mask of tokens under no span; 1 is O alone.

    Returns:
        int64, shape (tokens,): bit 0 is O, bits 2k+1 and 2k+2 are B and I of type k.
    """
    masks = np.full(len(offsets), default, dtype=np.int64)
    if not len(offsets):
        return masks
    low, high = offsets[0, 0], offsets[-1, 1]
    column = {kind: 2 * i + 1 for i, kind in enumerate(types)}
    cut = [s for s in spans if s.start < low or s.end > high]
    unsure = [s for s in spans if s.outside or s in cut]
    for span in unsure:
        inside = (offsets[:, 0] < span.end) & (offsets[:, 1] > span.start)
        for kind in span.types:
            masks[inside] |= 3 << column[kind]
        masks[inside] |= 1
    for span in spans:
        if span.outside or span in cut:
            continue
        rows = np.flatnonzero((offsets[:, 0] < span.end) & (offsets[:, 1] > span.start))
        if len(rows):
            masks[rows[0]] = sum(1 << column[kind] for kind in span.types)
            masks[rows[1:]] = sum(2 << column[kind] for kind in span.types)
    return masks
