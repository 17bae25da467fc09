"""The model as the stages use it: chunks in, one recognition a chunk out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from whereas.recognition.artefact import MODEL_FILE, TOKENIZER_FILE, load_card
from whereas.recognition.decode import decode_mentions, role_scores
from whereas.recognition.schema import LabelSchema, load_schema
from whereas.recognition.session import Session
from whereas.recognition.tokenizer import WordPieces
from whereas.types import Chunk, ModelCard, Recognition


class Recognizer:
    """A verified model artefact in memory.

    Attributes:
        card: what lineage says of the model.
        schema: its labels and window sizes.
        tokenizer: its tokenizer, also what chunking counts tokens with.
    """

    def __init__(self, card: ModelCard, schema: LabelSchema, tokenizer: WordPieces, session: Session, *, threads: int = 1) -> None:
        self.card = card
        self.schema = schema
        self.tokenizer = tokenizer
        self._session = session
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="recognize") if threads > 1 else None

    @classmethod
    def load(cls, model_dir: Path, *, threads: int = 1) -> Recognizer:
        """Load and verify a model directory.

        Args:
            model_dir: where ``model_card.json`` and the files that it names lie.
            threads: how many chunks run at once, each on one thread.

        Raises:
            ModelContractError: files are missing or changed, or do not fit together.
        """
        card = load_card(model_dir)
        schema = load_schema(model_dir)
        tokenizer = WordPieces.load(model_dir / TOKENIZER_FILE)
        return cls(card, schema, tokenizer, Session.load(model_dir / MODEL_FILE, width=schema.width), threads=threads)

    def recognize(self, chunks: Sequence[Chunk]) -> list[Recognition]:
        """Return one recognition a chunk, in document offsets, in the chunks' order.

        Chunks may be of many documents: each runs alone, so none depends on its neighbours in the list.
        """
        if self._pool is None or len(chunks) < 2:
            return [self._recognize(chunk) for chunk in chunks]
        return list(self._pool.map(self._recognize, chunks))

    def _recognize(self, chunk: Chunk) -> Recognition:
        tokens = self.tokenizer.encode(chunk.text)
        if not len(tokens):
            return Recognition((), (), chunk.start, chunk.end)
        ids = np.concatenate(([self.tokenizer.cls_id], tokens.input_ids, [self.tokenizer.sep_id]))
        types = np.concatenate(([0], tokens.token_type_ids, [0]))
        logits = self._session.logits(ids, types)[1:-1]
        mentions = decode_mentions(logits, tokens, chunk.text, schema=self.schema, chunk_start=chunk.start)
        scores = role_scores(logits, tokens, schema=self.schema, chunk_start=chunk.start)
        return Recognition(tuple(mentions), tuple(scores), chunk.start, chunk.end)
