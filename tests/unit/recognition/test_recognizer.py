"""Chunks keep their order and their independence; the session is a stand-in that marks given words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from artefact_files import SCHEMA, VOCAB, write_tokenizer

from whereas.recognition.recognizer import Recognizer
from whereas.recognition.schema import parse_schema
from whereas.recognition.tokenizer import WordPieces
from whereas.types import Chunk, ModelCard


class _Session:
    """Says that "acme" begins and "corp" continues a party, and checks what it is fed."""

    def logits(self, input_ids: npt.NDArray[np.int64], token_type_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        assert input_ids.dtype == token_type_ids.dtype == np.int64
        assert (input_ids[0], input_ids[-1]) == (VOCAB["[CLS]"], VOCAB["[SEP]"])
        assert (token_type_ids[0], token_type_ids[-1]) == (0, 0)
        logits = np.zeros((len(input_ids), 6), np.float32)
        logits[:, [0, 3]] = 5
        logits[input_ids == VOCAB["acme"], 4] = 15
        logits[input_ids == VOCAB["corp"], 5] = 15
        return logits


@pytest.fixture(params=[1, 3])
def recognizer(tmp_path: Path, request: pytest.FixtureRequest) -> Recognizer:
    write_tokenizer(tmp_path / "tokenizer.json")
    card = ModelCard("tiny", "1", "0" * 64, "0" * 64, "t1")
    session: object = _Session()
    return Recognizer(card, parse_schema(SCHEMA), WordPieces.load(tmp_path / "tokenizer.json"), session, threads=request.param)  # type: ignore[arg-type]


def _chunk(text: str, start: int) -> Chunk:
    return Chunk(0, start, start + len(text), text, 0)


def test_mentions_are_in_document_offsets_and_chunks_in_order(recognizer: Recognizer) -> None:
    chunks = [_chunk("the Acme Corp.", 100), _chunk("may 2", 50), _chunk("ACME the", 7)]
    found = recognizer.recognize(chunks)
    assert [[(m.type, m.start, m.end) for m in r.mentions] for r in found] == [[("PARTY", 104, 114)], [], [("PARTY", 7, 11)]]
    assert [(r.start, r.end) for r in found] == [(c.start, c.end) for c in chunks]
    assert [len(r.token_scores) for r in found] == [2, 0, 1]


def test_a_chunk_does_not_depend_on_its_batch_mates(recognizer: Recognizer) -> None:
    alone = recognizer.recognize([_chunk("the acme corp", 3)])
    beside = recognizer.recognize([_chunk("may", 0), _chunk("the acme corp", 3), _chunk("acme " * 9, 0)])
    assert beside[1] == alone[0]


def test_a_chunk_without_tokens_gives_nothing(recognizer: Recognizer) -> None:
    found = recognizer.recognize([_chunk(" \n ", 9)])
    assert (found[0].mentions, found[0].token_scores, found[0].start, found[0].end) == ((), (), 9, 12)
    assert recognizer.recognize([]) == []
