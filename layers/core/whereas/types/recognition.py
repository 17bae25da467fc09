"""What the model finds in a text, and which model it was."""

from __future__ import annotations

from dataclasses import dataclass

from whereas.types.labels import Layer


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span of the cleaned text. ``source`` is ``model`` or ``rule:<id>``; ``score`` is in 0..1."""

    layer: Layer
    type: str
    start: int
    end: int
    score: float
    source: str = "model"


@dataclass(frozen=True, slots=True)
class TokenScores:
    """The model's marginal role probabilities of one token, kept where P(no role) < 0.98.

    ``scores`` holds (role type, P(B-type) + P(I-type)) pairs, highest first, those under 0.01 left out. They let
    resolution ask how likely a span that a rule proposes is a party, an effective date, a term.
    """

    start: int
    end: int
    scores: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the model found in one or several chunks: mentions and sparse role scores, in document offsets.

    ``[start, end)`` is the text that was read; merging needs it to know how far a mention is from a window's edge.
    """

    mentions: tuple[Mention, ...]
    token_scores: tuple[TokenScores, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What lineage says of the model in ``layers/model``: names, versions, hashes."""

    name: str
    version: str
    sha256: str
    tokenizer_sha256: str
    label_schema: str
