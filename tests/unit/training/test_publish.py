"""Publishing: the gate stands before the model layer, the card holds what a reader asks, the registry grows by a line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import whereas_training
from whereas.errors import ModelContractError
from whereas.recognition.artefact import load_card
from whereas.recognition.recognizer import Recognizer
from whereas.recognition.schema import load_schema
from whereas.recognition.tokenizer import WordPieces
from whereas.types import Chunk
from whereas_training import publish as module
from whereas_training.evaluations import SPANS
from whereas_training.gate import Compared, GateRefusedError
from whereas_training.golden import SENTENCES
from whereas_training.labels import Span, token_masks
from whereas_training.lineage import describe, lineage
from whereas_training.publish import publish
from whereas_training.windows import Window, save

MODEL = Path(__file__).resolve().parents[3] / "layers" / "model"
pytestmark = pytest.mark.skipif(not (MODEL / "model.onnx").exists(), reason="layers/model holds no model: run make model")


def _windows() -> list[Window]:
    """Our own sentences, labelled with what the shipped model finds in them."""
    recognizer = Recognizer.load(MODEL)
    schema, pieces = load_schema(MODEL), WordPieces.load(MODEL / "tokenizer.json")
    windows = []
    for text in SENTENCES:
        tokens = pieces.encode(text)
        (found,) = recognizer.recognize([Chunk(0, 0, len(text), text, 0)])
        masks = []
        for group in schema.groups:
            spans = [Span(m.start, m.end, (m.type,)) for m in found.mentions if m.layer == group.layer and m.type in group.types]
            masks.append(token_masks(tokens.offsets, spans, group.types))
        windows.append(Window(tokens.input_ids, tokens.token_type_ids, masks[0], masks[1], True, "cuad-dev"))
    return windows


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run's folder that holds the shipped model, without what calibrate and evaluate write."""
    out = tmp_path_factory.mktemp("run")
    (out / "int8").mkdir()
    shutil.copy(MODEL / "model.onnx", out / "int8" / "model_quantized.onnx")
    schema = json.loads((MODEL / "label_schema.json").read_text(encoding="utf-8"))
    (out / "label_schema.json").write_text(json.dumps({k: v for k, v in schema.items() if k not in ("calibration", "thresholds")}))
    shutil.copy(MODEL / "tokenizer.json", out / "tokenizer.json")
    (out / "checkpoint").mkdir()
    (out / "checkpoint" / "config.json").write_text(json.dumps({"num_hidden_layers": 4}), encoding="utf-8")
    header = {
        "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        "b": {"dtype": "F32", "shape": [5], "data_offsets": [24, 44]},
    }
    body = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    (out / "checkpoint" / "model.safetensors").write_bytes(len(body).to_bytes(8, "little") + body + bytes(44))
    windows = _windows()
    save(out / "data" / "dev.npz", windows)
    general = [Window(w.input_ids, w.token_type_ids, w.mentions, np.ones_like(w.roles), False, "gum-dev") for w in windows]
    save(out / "data" / "general-dev.npz", general)
    (out / "data" / "data.json").write_text(json.dumps({"sha256": {"cuad/spans.jsonl": "a" * 64}, "windows": 7, "tokens": 400}))
    return out


@pytest.fixture
def out(run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(whereas_training, "export", SimpleNamespace(CHOSEN="int8", OPSET=18), raising=False)
    return Path(shutil.copytree(run_folder, tmp_path / "out"))


def _worsen(out: Path) -> None:
    schema = json.loads((out / "label_schema.json").read_text(encoding="utf-8"))
    schema["calibration"] = {"role": {"intercept": -9.0}}
    schema["thresholds"] = {"PARTY": 0.5, "PARTY_ALIAS": 0.5, "SIGNATORY": 0.5}
    (out / "label_schema.json").write_text(json.dumps(schema), encoding="utf-8")


def _card(target: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((target / "model_card.json").read_text(encoding="utf-8"))
    return card


def _rows(target: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (target / "versions.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_first_artefact(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "layer"
    publish(out, target, version="0.1.0", note="A first run.")
    assert {p.name for p in target.iterdir()} == {
        "model.onnx", "tokenizer.json", "label_schema.json", "model_card.json", "MODEL_CARD.md", "versions.jsonl",
    }  # fmt: skip
    assert load_card(target).version == "0.1.0"
    card = _card(target)
    assert card["gate"]["baseline"] is None
    assert (card["name"], card["network"]) == ("whereas-minilm-l4", {"layers": 4, "parameters": 11})
    assert card["sizes"]["model.onnx"] == (MODEL / "model.onnx").stat().st_size
    assert card["data"]["sha256"] == {"cuad/spans.jsonl": "a" * 64}
    assert {"precision", "recall", "f1", "interval", "gold"} == set(card["scores"]["cuad-dev"]["role"])
    assert card["known_failures"]
    assert set(card["licences"]) >= {"model", "base", "cuad"}
    text = (target / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "$" not in text
    assert all(part in text for part in ("A first run.", "not calibrated", card["sha256"]["tokenizer.json"], "## Known failures"))
    assert [(r["version"], r["sha256"], r["forced"]) for r in _rows(target)] == [("0.1.0", card["sha256"]["model.onnx"], None)]
    assert not list(out.glob("publish-*"))


def test_a_model_that_loses_nothing_follows(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "layer"
    publish(out, target, version="0.1.0")
    report = {
        "method": "by hand",
        "layers": {"role": {"spans": 12, "chosen": "platt", "slope": 0.7, "intercept": -1.0, "ece_before": 0.2, "ece_after": 0.01}},
        "thresholds": {"PARTY": {"value": 0.02, "f1_before": 0.5, "f1_after": 0.6, "gold": 40}},
    }
    (out / "calibration.json").write_text(json.dumps(report), encoding="utf-8")
    schema = json.loads((out / "label_schema.json").read_text(encoding="utf-8"))
    schema |= {"calibration": {"role": {"slope": 0.7, "intercept": -1.0}}, "thresholds": {"PARTY": 0.02}}
    (out / "label_schema.json").write_text(json.dumps(schema), encoding="utf-8")
    publish(out, target, version="0.2.0")
    card = _card(target)
    assert card["gate"]["accepted"]
    assert card["gate"]["baseline"]["version"] == "0.1.0"
    assert card["gate"]["regression"]["right"] > 30
    assert card["gate"]["regression"]["lost"] == 0
    assert card["calibration"]["layers"]["role"]["ece_after"] == 0.01
    text = (target / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| role | 12 | platt | 0.700 | -1.000 | 0.200 | 0.010 |" in text
    assert "PARTY below 0.02 (F1 0.500 to 0.600)" in text
    assert [r["version"] for r in _rows(target)] == ["0.1.0", "0.2.0"]
    assert load_schema(target).thresholds == {"PARTY": 0.02}


@pytest.mark.parametrize("read", [False, True])
def test_votes_count_only_where_nobody_read_pages(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, read: bool) -> None:
    target = tmp_path / "layer"
    publish(out, target, version="0.1.0")
    pages = [Compared(SPANS, 0.8, 0.85, (0.01, 0.09), right=500, lost=2, gained=40)] if read else []
    monkeypatch.setattr(module, "compared_evaluations", lambda *_, **__: (pages, []))
    publish(out, target, version="0.2.0")
    names = [row["name"] for row in _card(target)["gate"]["compared"]]
    assert ("cuad-dev, mentions" in names) is not read
    assert "cuad-dev, roles" in names
    assert "gum-dev, mentions" in names
    assert (SPANS in names) is read


def test_a_worse_model_is_refused_and_nothing_changes(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "layer"
    publish(out, target, version="0.1.0")
    before = {p.name: p.read_bytes() for p in target.iterdir()}
    _worsen(out)
    with pytest.raises(GateRefusedError) as refused:
        publish(out, target, version="0.1.0")
    assert len(refused.value.reasons) >= 2
    assert any("spans that 0.1.0 gets right are lost" in reason for reason in refused.value.reasons)
    assert any("does not follow 0.1.0" in reason for reason in refused.value.reasons)
    assert {p.name: p.read_bytes() for p in target.iterdir()} == before


def test_a_forced_model_carries_its_reason(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "layer"
    publish(out, target, version="0.1.0")
    _worsen(out)
    with pytest.raises(ValueError, match="needs a reason"):
        publish(out, target, version="0.2.0", force_reason=" ")
    publish(out, target, version="0.2.0", force_reason="The roles are not used by anyone yet.")
    gate = _card(target)["gate"]
    assert (gate["accepted"], gate["forced"]) == (False, "The roles are not used by anyone yet.")
    assert "Published all the same: The roles are not used by anyone yet." in (target / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert _rows(target)[-1]["forced"] == "The roles are not used by anyone yet."


def test_a_version_that_is_none_and_a_layer_that_was_tampered_with(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "layer"
    with pytest.raises(ValueError, match="must be semantic"):
        publish(out, target, version="")
    publish(out, target, version="0.1.0")
    with (target / "tokenizer.json").open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelContractError, match=r"tokenizer\.json of the model has SHA-256"):
        publish(out, target, version="0.2.0")


def test_lineage_tells_what_a_run_left(tmp_path: Path) -> None:
    assert lineage(tmp_path, previous=None) == {}
    for folder, start in ((tmp_path, tmp_path / "mixed"), (tmp_path / "teachers" / "7", "/anywhere/model.onnx")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.json").write_text(json.dumps({"start": str(start), "seed": 9, "data": ["train", "pool"]}), encoding="utf-8")
    rows = [{"step": s, "minutes": m, "tokens": 10 * s, "cpu_s": c} for s, m, c in ((10, 1.0, 1800), (20, 2.0, 3600), (30, 3.0, 1800))]
    (tmp_path / "train.log.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    found = lineage(tmp_path, previous="the published 0.1.0")
    assert found["student"]["plan"]["start"] == "mixed"
    assert found["student"]["cpu_hours"] == 1.5
    assert found["teacher 7"]["plan"]["start"] == "the published 0.1.0"
    assert describe(found)[0] == (
        "- student: from mixed, seed 9, data train + pool, 30 steps, 300 tokens, 3 minutes of wall-clock time, 1.5 hours of CPU time."
    )
