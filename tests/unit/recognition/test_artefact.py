"""Nothing is served that differs from what its card says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from artefact_files import SCHEMA, write_card, write_folder

from whereas.errors import ModelContractError
from whereas.recognition.artefact import load_card, sha256_of
from whereas.recognition.recognizer import Recognizer
from whereas.recognition.schema import load_schema, parse_schema
from whereas.recognition.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path, model=b"weights")


def test_the_card_gives_names_and_hashes(folder: Path) -> None:
    card = load_card(folder)
    assert (card.name, card.version, card.label_schema) == ("tiny", "9.9", "t1")
    assert card.sha256 == sha256_of(folder / "model.onnx")
    assert card.tokenizer_sha256 == sha256_of(folder / "tokenizer.json")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "label_schema.json"])
def test_a_changed_file_is_refused(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelContractError, match=f"{name} of the model has SHA-256"):
        load_card(folder)
    assert load_card(folder, verify=False).name == "tiny"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "label_schema.json", "model_card.json"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelContractError, match="publish the model anew"):
        load_card(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "x", "version": "1", "label_schema": "1", "sha256": {}}', "\ufeff{"])
def test_a_broken_card_is_refused(folder: Path, text: str) -> None:
    (folder / "model_card.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelContractError, match=r"model_card\.json is missing or broken"):
        load_card(folder)


def test_a_file_that_is_no_onnx_model_is_refused(folder: Path) -> None:
    with pytest.raises(ModelContractError, match=r"model\.onnx is missing or no ONNX model"):
        Recognizer.load(folder)
    with pytest.raises(ModelContractError):
        Session.load(folder / "absent.onnx", width=6)


def test_the_schema_is_read(folder: Path) -> None:
    schema = load_schema(folder)
    assert (schema.version, schema.max_tokens, schema.overlap, schema.width) == ("t1", 16, 4, 6)
    assert [g.layer for g in schema.groups] == ["mention", "role"]
    assert schema.groups[1].columns == slice(3, 6)
    assert schema.groups[1].types == ("PARTY",)
    assert schema.public_types("PARTY") == ("PARTY",)


@pytest.mark.parametrize(
    "change",
    [
        {"groups": [{"layer": "mention", "labels": ["O", "I-DATE", "B-DATE"]}]},
        {"groups": [{"layer": "mention", "labels": ["B-DATE", "I-DATE"]}]},
        {"groups": [{"layer": "mention", "labels": ["O", "B-SPACESHIP", "I-SPACESHIP"]}]},
        {"groups": [{"layer": "role", "labels": ["O", "B-DATE", "I-DATE"]}]},
        {"groups": [{"layer": "colour", "labels": ["O"]}]},
        {"expand": {"PARTY": ["GUEST"]}},
    ],
)
def test_a_schema_that_the_public_record_does_not_know_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ModelContractError, match="label schema"):
        parse_schema({**SCHEMA, **change})


@pytest.mark.parametrize("text", ["", "{}", "[]", json.dumps({**SCHEMA, "max_tokens": None})])
def test_a_broken_schema_file_is_refused(folder: Path, text: str) -> None:
    (folder / "label_schema.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelContractError, match=r"label_schema\.json is missing or broken"):
        load_schema(folder)


def test_rewriting_the_card_makes_a_changed_file_the_agreed_one(folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"other weights")
    write_card(folder)
    assert load_card(folder).sha256 == sha256_of(folder / "model.onnx")
