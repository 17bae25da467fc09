"""The values that pass between rooms: frozen dataclasses, each serialisable by ``whereas.codec``.

All offsets are half-open ``[start, end)`` counts of Unicode code points. Page numbers count from 1. Boxes are in
PDF points (1/72 inch) with the origin in the page's top left corner, after the page's own rotation.
"""

from __future__ import annotations

from whereas.types.contract import Contract, Entity, Resolution
from whereas.types.facts import Alternative, Evidence, Fact
from whereas.types.labels import MENTION_TYPES, ROLE_TYPES, Layer
from whereas.types.names import Party, RelatedName, Signatory
from whereas.types.provisions import Clause, ClauseType, DefinedTerm
from whereas.types.recognition import Mention, ModelCard, Recognition, TokenScores
from whereas.types.text import Chunk, CleanedText, MediaType, PageMeasures, PageSource, PageText, Piece, Repair, Section, Warning, Word

__all__ = [
    "Alternative",
    "Chunk",
    "Clause",
    "ClauseType",
    "CleanedText",
    "Contract",
    "DefinedTerm",
    "Entity",
    "Evidence",
    "Fact",
    "Layer",
    "MENTION_TYPES",
    "MediaType",
    "Mention",
    "ModelCard",
    "PageMeasures",
    "PageSource",
    "PageText",
    "Party",
    "Piece",
    "ROLE_TYPES",
    "Recognition",
    "RelatedName",
    "Repair",
    "Resolution",
    "Section",
    "Signatory",
    "TokenScores",
    "Warning",
    "Word",
]
