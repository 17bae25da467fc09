"""The shipped artefact: verified, close to its golden outputs on any CPU, and right where a sentence leaves no doubt."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from whereas.chunking.windows import split_chunks
from whereas.errors import ModelContractError
from whereas.recognition.artefact import load_card
from whereas.recognition.merge import merge
from whereas.recognition.recognizer import Recognizer
from whereas.recognition.session import Session
from whereas.types import Chunk, Mention, Recognition

LAYERS = Path(__file__).resolve().parents[2] / "layers"
GOLDEN: dict[str, dict[str, Any]] = {
    model: json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for model, name in (("model", "golden.json"), ("model-fast", "golden-fast.json"))
}
TEXTS: list[str] = [row["text"] for row in GOLDEN["model"]["rows"]]
PREAMBLE, TERM, LAW, MONEY, SIGNED, ENDS, NEWS = TEXTS


@pytest.fixture(scope="module", params=list(GOLDEN))
def model(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def recognizer(model: str) -> Recognizer:
    return Recognizer.load(LAYERS / model, threads=2)


def _run(recognizer: Recognizer, text: str) -> Recognition:
    chunks = split_chunks(text, recognizer.tokenizer, max_tokens=recognizer.schema.max_tokens, overlap=recognizer.schema.overlap)
    return merge(recognizer.recognize(chunks))


def _found(recognizer: Recognizer, text: str) -> set[tuple[str, str]]:
    return {(m.type, text[m.start : m.end]) for m in _run(recognizer, text).mentions}


def test_golden_outputs_belong_to_this_artefact(model: str) -> None:
    assert load_card(LAYERS / model).sha256 == GOLDEN[model]["model_sha256"]


@pytest.mark.parametrize("at", range(len(TEXTS)), ids=lambda at: TEXTS[at][:24])
def test_outputs_stay_close_to_the_golden_ones(recognizer: Recognizer, model: str, at: int) -> None:
    """Integer kernels differ from CPU to CPU: what was found surely must be found again, with about the same score."""
    row = GOLDEN[model]["rows"][at]
    found = {(m.layer, m.type, m.start, m.end): m.score for m in _run(recognizer, row["text"]).mentions}
    sure = {tuple(m[:4]): m[4] for m in row["mentions"] if m[4] >= 0.8}
    assert all(abs(found.get(span, 0.0) - score) < 0.2 for span, score in sure.items())
    new = set(found) - {tuple(m[:4]) for m in row["mentions"]}
    assert all(found[span] < 0.8 for span in new)


def test_the_parties_of_a_plain_preamble(recognizer: Recognizer) -> None:
    found = _found(recognizer, PREAMBLE)
    assert {("PARTY", "Fern Hollow Foods, Inc."), ("PARTY", "Oak Mills LLC"), ("ORGANIZATION", "Oak Mills LLC")} <= found
    assert ("DATE", "March 3, 2021") in found


def test_capitals_do_not_hide_the_parties(recognizer: Recognizer) -> None:
    found = {text for kind, text in _found(recognizer, PREAMBLE.upper()) if kind == "PARTY"}
    assert {"FERN HOLLOW FOODS, INC.", "OAK MILLS LLC"} <= found


def test_values_of_a_plain_clause(recognizer: Recognizer) -> None:
    assert ("LOCATION", "Delaware") in _found(recognizer, LAW)
    assert ("MONEY", "US$25,000.00") in _found(recognizer, MONEY)
    assert ("DURATION", "sixty (60) days") in _found(recognizer, TERM)


def test_role_scores_tell_the_governing_law_from_the_court(recognizer: Recognizer) -> None:
    result = _run(recognizer, LAW)

    def probability(word: str) -> float:
        at = LAW.index(word)
        return max((dict(t.scores).get("GOVERNING_LAW", 0.0) for t in result.token_scores if at <= t.start < at + len(word)), default=0.0)

    assert probability("Delaware") > 0.5 > probability("Illinois")


def test_text_that_is_no_contract_has_no_parties(recognizer: Recognizer) -> None:
    found = _found(recognizer, NEWS)
    assert ("PERSON", "Maria Quill") in found
    assert not [text for kind, text in found if kind == "PARTY"]


def test_a_chunk_does_not_depend_on_its_batch_mates(recognizer: Recognizer) -> None:
    chunks = [Chunk(i, 0, len(text), text, 0) for i, text in enumerate(TEXTS)]
    together = recognizer.recognize(chunks)
    alone = [recognizer.recognize([chunk])[0] for chunk in chunks]
    assert together == alone == recognizer.recognize(chunks[::-1])[::-1]


def test_long_text_keeps_its_offsets_through_windows_and_merge(recognizer: Recognizer) -> None:
    filler = " Nothing in this section shall limit any right of the parties." * 30
    text = PREAMBLE + filler + " " + LAW + filler + " " + SIGNED
    result = _run(recognizer, text)
    spans = {(m.layer, m.type, m.start, m.end) for m in result.mentions}
    assert len(spans) == len(result.mentions)
    assert all(0 <= m.start < m.end <= len(text) and text[m.start : m.end].strip() == text[m.start : m.end] for m in result.mentions)
    assert [(t.start, t.end) for t in result.token_scores] == sorted({(t.start, t.end) for t in result.token_scores})
    parties = {text[m.start : m.end] for m in result.mentions if m.type == "PARTY"}
    assert "Fern Hollow Foods, Inc." in parties


def test_no_two_mentions_of_a_layer_overlap_but_for_shared_spans_and_places_in_addresses(recognizer: Recognizer) -> None:
    for text in TEXTS:
        for layer in ("mention", "role"):
            spans: list[Mention] = [m for m in _run(recognizer, text).mentions if m.layer == layer]
            for a, b in pairwise(spans):
                assert a.end <= b.start or (a.start, a.end) == (b.start, b.end) or {a.type, b.type} == {"ADDRESS", "LOCATION"}


def test_a_schema_of_another_width_is_refused() -> None:
    with pytest.raises(ModelContractError, match="the label schema has 3 columns"):
        Session.load(LAYERS / "model" / "model.onnx", width=3)


def test_odd_characters_reach_the_model(recognizer: Recognizer) -> None:
    text = "\u201cFern Hollow Foods, Inc.\u201d \u2014 \u202e漢字 \U0001f33f \ud83c \x00 e\u0301 " + "_" * 700
    result = _run(recognizer, text)
    assert all(0 <= m.start < m.end <= len(text) for m in result.mentions)
    assert np.isfinite([m.score for m in result.mentions]).all()
