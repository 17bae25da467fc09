"""The whole evaluation on made-up documents with the shipped artefact; plots are left out, as they need matplotlib."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

from whereas.recognition.tokenizer import WordPieces
from whereas.types import MediaType
from whereas_training.evaluation import contribution, gold, plots, report, run, serving, sources, texts
from whereas_training.evaluation.contribution_cases import read_cases
from whereas_training.evaluation.scorers import load
from whereas_training.evaluation.windows import evaluate_windows
from whereas_training.labels import MENTIONS, ROLES, Span, token_masks
from whereas_training.windows import Window, save

MODEL = Path(__file__).resolve().parents[3] / "layers" / "model"
needs_model = pytest.mark.skipif(not (MODEL / "model.onnx").exists(), reason="layers/model holds no model: run make model")

CONTRACT = """SUPPLY AGREEMENT

This Supply Agreement (this "Agreement") is made on March 1, 2021 by and between Orrinvale Foods, Inc., a Delaware corporation
("Supplier"), and Quillmark Castings LLC, a New York limited liability company ("Customer").

1. Term. The term of this Agreement is three (3) years from March 1, 2021.

2. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of New York.

IN WITNESS WHEREOF, the parties have executed this Agreement.
"""
SPANS = [
    ("March 1, 2021", "DATE"),
    ("Orrinvale Foods, Inc.", "ORGANIZATION"),
    ("Quillmark Castings LLC", "ORGANIZATION"),
    ("Delaware", "LOCATION"),
]
SCORERS = {
    "normalize": "def key(text):\n    return (text or '').upper()\n",
    "kleister": """
from collections import Counter
from normalize import key
KEYS = ("party", "jurisdiction")
def gold_pairs(pairs):
    return Counter(tuple(pair.split("=", 1)) for pair in pairs)
def output_pairs(contract):
    return Counter(("party", key(p["name"])) for p in contract.get("parties") or [])
""",
    "cuad": """
from normalize import key
FIELDS = ("parties", "agreement_date")
DATES, DURATIONS = ("agreement_date",), ()
def gold_values(field, answers):
    if field == "parties":
        return {key(part.split(" (")[0]) for part in answers[field].split("; ")}
    return {answers[field]} if answers[field] else None
def given_values(field, contract):
    if field == "parties":
        return {key(p["name"]) for p in contract.get("parties") or []}
    fact = contract.get(field)
    return {fact["value"]} if fact and fact["value"] else set()
iso_date = words_duration = lambda value: value
""",
}


@pytest.fixture
def data(tmp_path) -> Path:
    folder = tmp_path / "data"
    for part in ("cuad/text", "kleister-nda", "general"):
        (folder / part).mkdir(parents=True)
    (folder / "cuad" / "text" / "made-1.txt").write_text(CONTRACT, encoding="utf-8")
    answers = {"parties": 'Orrinvale Foods, Inc. ("Supplier"); Quillmark Castings LLC ("Customer")', "agreement_date": "2021-03-01"}
    row = {
        "id": "made-1",
        "split": "dev",
        "title": "MADE_EX-1_Supply Agreement",
        "text": "text/made-1.txt",
        "pdf": None,
        "answers": answers,
    }
    (folder / "cuad" / "contracts.jsonl").write_text(json.dumps(row), encoding="utf-8")
    nda = {"id": "made-2", "gold": ["party=QUILLMARK CASTINGS LLC", "party=NOBODY"], "text_layer": CONTRACT, "pdf": None}
    (folder / "kleister-nda" / "train.jsonl").write_text(json.dumps(nda), encoding="utf-8")
    sentence = {
        "tokens": ["Freya", "Brandvold", "lives", "in", "Basel", "."],
        "tags": ["B-PERSON", "I-PERSON", "O", "O", "B-LOCATION", "O"],
    }
    (folder / "general" / "gum-dev.jsonl").write_text(json.dumps(sentence), encoding="utf-8")
    return folder


@pytest.fixture
def scorers(tmp_path) -> Path:
    folder = tmp_path / "score"
    folder.mkdir()
    for name, code in SCORERS.items():
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return folder


@pytest.fixture
def labels(tmp_path) -> Path:
    spans = [[CONTRACT.index(words), CONTRACT.index(words) + len(words), kind] for words, kind in SPANS]
    row = {
        "contract": "made-1", "text_sha256": hashlib.sha256(CONTRACT.encode()).hexdigest(), "start": 0, "end": CONTRACT.index("1. Term"),
        "kind": "opening", "contract_type": None, "spans": spans,
    }  # fmt: skip
    path = tmp_path / "cuad-pages.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


@needs_model
def test_everything_is_scored_and_written(data, scorers, labels, tmp_path, monkeypatch):
    monkeypatch.setattr(plots, "draw_all", lambda result, out: {})
    out = tmp_path / "out"
    found = run.evaluate_model(
        MODEL, data=data, scorers=scorers, out=out, baseline=MODEL, cache=tmp_path / "cache", labels=labels, workers=1
    )
    assert json.loads((out / run.RESULT).read_text(encoding="utf-8")) == found
    pages = found["pages"]
    assert pages["unread"] == 0
    assert pages["model"]["micro"]["gold"] == 4
    assert pages["model"]["micro"]["recall"] >= 0.75
    assert set(pages["product"]["types"]) >= {"ORGANIZATION", "DATE"}
    assert found["release"]["required"] == run.REQUIRED
    assert found["documents"]["cuad-dev-text"]["fields"]["agreement_date"]["f1"] == 1
    assert found["documents"]["cuad-dev-text"]["oracle"]["macro"]["f1"] == 1
    assert set(found["documents"]) == {"cuad-dev-text", "kleister-text"}
    assert "NOBODY" in found["documents"]["kleister-text"]["errors"][0]["missed"]
    assert found["general"]["micro"]["gold"] == 2
    assert found["regression"]["spans"]["lost"] == 0
    assert found["regression"]["spans"]["right"] > 0
    assert "- NOBODY" in (out / "errors-kleister-text.txt").read_text(encoding="utf-8")
    assert "changes" not in found
    page = (out / run.PAGE).read_text(encoding="utf-8")
    assert "NOBODY" in page
    assert "<script" not in page
    assert "Windows" not in page


@needs_model
def test_a_second_run_is_compared_with_the_one_before(data, scorers, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(plots, "draw_all", lambda result, out: {})
    given = {"data": data, "scorers": scorers, "out": tmp_path / "out", "cache": tmp_path / "cache", "sets": ["cuad-dev-text"]}
    run.evaluate_model(MODEL, labels=tmp_path / "none.jsonl", workers=1, **given)
    assert "expiration" not in capsys.readouterr().out
    contracts = data / "cuad" / "contracts.jsonl"
    contracts.write_text(contracts.read_text(encoding="utf-8").replace("2021-03-01", "2021-03-02"), encoding="utf-8")
    found = run.evaluate_model(MODEL, labels=tmp_path / "none.jsonl", workers=1, **given)
    assert found["changes"]["sets"]["cuad-dev-text"]["newly_wrong"] == [["made-1", "agreement_date", "-2021-03-02 +2021-03-01"]]
    told = (tmp_path / "out" / run.CHANGES).read_text(encoding="utf-8")
    assert "newly wrong: 1\n    made-1  agreement_date: -2021-03-02 +2021-03-01" in told
    assert told in capsys.readouterr().out
    assert "newly wrong" in (tmp_path / "out" / run.PAGE).read_text(encoding="utf-8")
    run.evaluate_model(MODEL, labels=tmp_path / "none.jsonl", workers=1, **(given | {"scorers": None}))
    assert not (tmp_path / "out" / run.CHANGES).exists()


@needs_model
def test_rules_are_measured_on_documents_and_labelled_pages(data, scorers, labels, monkeypatch):
    monkeypatch.setattr(gold, "LABELS", labels)
    cases = read_cases(MODEL, ["cuad-dev-pdf", "kleister-text", "cuad-pages"], data=data, scorers=scorers, cache=None)
    assert [case.group for case in cases] == ["Kleister facts", "mentions, labelled pages"]  # the data folder holds no PDF
    facts, mentions = (contribution.run(case, None) for case in cases)
    assert facts.counts[("party", "right")] == 1
    assert facts.counts[("party", "missed")] == 1
    assert mentions.counts[("mentions", "right")] >= 3
    assert "date-written" in mentions.rules
    assert contribution.run(cases[1], "place").counts[("mentions", "right")] <= mentions.counts[("mentions", "right")]


@needs_model
def test_without_scorers_and_labels_the_rest_is_scored(data, tmp_path, monkeypatch):
    monkeypatch.setattr(plots, "draw_all", lambda result, out: {})
    out = tmp_path / "out"
    out.mkdir()
    (out / run.BASELINE).write_text("{}", encoding="utf-8")
    found = run.evaluate_model(MODEL, data=data, scorers=None, out=out, cache=tmp_path / "cache", labels=tmp_path / "none.jsonl")
    assert found["release"]["met"] is None
    assert len(found["skipped"]) == 3
    assert found["documents"] == found["pages"] == {}
    assert not (out / run.BASELINE).exists()


def test_scorers_leave_no_modules_with_common_names_behind(scorers):
    before = list(sys.path)
    of_cuad, of_kleister = load(scorers)
    assert of_cuad.fields == ("parties", "agreement_date")
    assert of_kleister.gold(["party=A", "party=A"])["party"].total() == 2
    assert not {"cuad", "kleister", "normalize"} & set(sys.modules)
    assert sys.path == before


def test_rules_alone_need_no_model():
    source = sources.Source("made", MediaType.TEXT, CONTRACT, "supply", [])
    done = serving.process(source, None)
    assert [p["name"] for p in done.contract["parties"]] == ["Orrinvale Foods, Inc.", "Quillmark Castings LLC"]
    assert done.reason is None


def test_refused_documents_have_no_facts_and_a_reason():
    german = "Der Vertrag wird von den Parteien mit der Unterschrift geschlossen und ist für beide Seiten nicht zu ändern. " * 20
    refused = serving.process(sources.Source("made", MediaType.TEXT, german, "supply", []), None)
    assert (refused.reason, refused.contract["parties"]) == ("unsupported_language", [])
    assert texts.read(b"  \n", MediaType.TEXT).reason == "empty"


def test_kept_texts_are_not_read_twice(tmp_path, monkeypatch):
    first = texts.read(CONTRACT.encode(), MediaType.TEXT, cache=tmp_path)
    monkeypatch.setattr(texts, "clean", None)
    assert texts.read(CONTRACT.encode(), MediaType.TEXT, cache=tmp_path) == first


def test_broken_files_in_the_cache_are_made_anew(tmp_path):
    first = texts.read(CONTRACT.encode(), MediaType.TEXT, cache=tmp_path)
    (path,) = (tmp_path / "text").iterdir()
    path.write_bytes(b"\x1f\x8b broken")
    assert texts.read(CONTRACT.encode(), MediaType.TEXT, cache=tmp_path) == first


def test_the_page_escapes_what_documents_say():
    result = {
        "model": {"name": "m", "version": "1", "sha256": "0", "rules": "1"}, "seconds": 1, "skipped": ["<b>"], "pages": {}, "general": {},
        "windows": {}, "documents": {}, "pooled": {}, "release": {"met": False, "mention_micro_f1": 0.5, "required": 0.85},
    }  # fmt: skip
    page = report.render(result, {})
    assert "&lt;b&gt;" in page
    assert "missed" in page


def test_plots_are_drawn(tmp_path):
    pytest.importorskip("matplotlib")
    row = {"f1": 0.5, "interval": [0.6, 0.7], "gold": 4}
    spans = {
        "types": {"DATE": row}, "micro": row, "macro": {"f1": 0.5}, "calibration": {"ece": 0.0, "table": [{"score": 0.5, "right": 0.4}]},
        "confusion": {"rows": ["DATE", "spurious"], "columns": ["DATE", "missed"], "cells": [[3, 1], [2, 0]]},
    }  # fmt: skip
    images = plots.draw_all({"pages": {"model": spans, "unread": 0}, "documents": {"made": {**spans, "fields": {"a": row}}}}, tmp_path)
    assert set(images) == {"confusion-model", "reliability-model", "f1-model", "facts-made", "reliability-made"}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in images.values())


@needs_model
def test_windows_name_the_contract_that_a_span_is_of(tmp_path):
    pieces = WordPieces.load(MODEL / "tokenizer.json")
    tokens = pieces.encode(CONTRACT)
    gold = [Span(CONTRACT.index(words), CONTRACT.index(words) + len(words), (kind,)) for words, kind in SPANS]
    masks = token_masks(tokens.offsets, gold, MENTIONS), token_masks(tokens.offsets, [], ROLES)
    rows = [Window(tokens.input_ids, tokens.token_type_ids, *masks, opening, "cuad-dev") for opening in (True, False, True)]
    save(tmp_path / "dev.npz", rows)
    found = evaluate_windows(tmp_path / "dev.npz", MODEL, labelled_for=MODEL)["mention"]
    assert list(found["counts"]) == ["contract 1", "contract 2"]
    assert {name for name, *_ in found["right"]} == {"contract 1", "contract 2"}
    assert sum(counts[0] for counts in found["counts"].values()) == len(found["right"])
