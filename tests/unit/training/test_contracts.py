"""Answers and evidence to role spans, on a contract of our own in the format of the data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whereas_training import cuad, general
from whereas_training.labels import JOINT_DATE, Span

_TEXT = """Exhibit 9.9
SUPPLY AGREEMENT
This Supply Agreement is made as of May 8, 2014 by and between Fern Foods, Inc. ("Supplier") and Oak Mills LLC (the "Buyer").
Source: FERN FOODS, INC., 10-K, 5/9/2014
1. Term. This Agreement shall continue for an initial term of two (2) years.
It renews for successive terms of one (1) year unless a party gives notice of at least sixty (60) days.
Late payment after ten (10) days bears interest. Supplier shall deliver.
2. Law. This Agreement is governed by the laws of the State of Nevada. The courts of Ohio have no say.
IN WITNESS WHEREOF
FERN FOODS, INC.
By: /s/ Ada Vale
Name: Ada Vale
Title: President
"""


def _span(field: str, text: str) -> dict[str, object]:
    start = _TEXT.index(text)
    return {"id": "c1", "field": field, "text": text, "start": start, "end": start + len(text), "occurrences": _TEXT.count(text)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    term = _TEXT[_TEXT.index("This Agreement shall continue") : _TEXT.index("Late payment")].strip()
    law = _TEXT[_TEXT.index("This Agreement is governed") : _TEXT.index("IN WITNESS")].strip()
    answers = {
        "document_title": "SUPPLY AGREEMENT",
        "parties": 'Fern Foods, Inc. ("Supplier"); Oak Mills LLC ("Buyer"); Both together ("Parties")',
        "agreement_date": "5/8/14",
        "effective_date": "5/8/14",
        "expiration_date": "5/8/16",
        "renewal_term": "successive 1 year",
        "renewal_notice_period": "60 days",
        "governing_law": "Nevada",
    }
    spans = [
        _span("document_title", "SUPPLY AGREEMENT"),
        _span("parties", "Fern Foods, Inc."),
        _span("parties", "Oak Mills LLC"),
        _span("parties", "Supplier"),
        _span("parties", "Buyer"),
        _span("agreement_date", "May 8, 2014"),
        _span("effective_date", "May 8, 2014"),
        _span("expiration_date", term),
        _span("renewal_term", term),
        _span("renewal_notice_period", term),
        _span("governing_law", law),
    ]
    (tmp_path / "c1.txt").write_text(_TEXT, encoding="utf-8")
    contract = {"id": "c1", "split": "train", "text": "c1.txt", "answers": answers}
    (tmp_path / "contracts.jsonl").write_text(json.dumps(contract) + "\n", encoding="utf-8")
    (tmp_path / "spans.jsonl").write_text("".join(json.dumps(s) + "\n" for s in spans), encoding="utf-8")
    return tmp_path


def _sure(spans: list[Span], text: str) -> list[tuple[str, str]]:
    return [("|".join(s.types), text[s.start : s.end]) for s in spans if not s.outside]


def test_roles_of_a_contract(folder: Path) -> None:
    (contract,) = cuad.read_contracts(folder, split="train")
    labelled = cuad.label(contract)
    assert len(contract.text) == len(_TEXT)
    assert "10-K" not in contract.text
    assert _sure(labelled.roles, _TEXT) == [
        ("TITLE", "SUPPLY AGREEMENT"),
        (JOINT_DATE, "May 8, 2014"),
        ("PARTY", "Fern Foods, Inc."),
        ("PARTY_ALIAS", "Supplier"),
        ("PARTY", "Oak Mills LLC"),
        ("PARTY_ALIAS", "Buyer"),
        ("TERM", "two (2) years"),
        ("RENEWAL_TERM", "one (1) year"),
        ("NOTICE_PERIOD", "sixty (60) days"),
        ("GOVERNING_LAW", "Nevada"),
        ("PARTY", "FERN FOODS, INC."),
        ("SIGNATORY", "Ada Vale"),
        ("SIGNATORY", "Ada Vale"),
    ]
    unsure = {_TEXT[s.start : s.end] for s in labelled.roles if s.outside}
    assert "Supplier" in unsure


def test_mentions_of_a_contract(folder: Path) -> None:
    (contract,) = cuad.read_contracts(folder, split="train")
    found = set(_sure(cuad.label(contract).mentions, _TEXT))
    assert {
        ("DATE", "May 8, 2014"),
        ("ORGANIZATION", "Oak Mills LLC"),
        ("LOCATION", "Ohio"),
        ("PERSON", "Ada Vale"),
        ("DURATION", "ten (10) days"),
    } <= found


def test_another_split_is_left_out(folder: Path) -> None:
    assert list(cuad.read_contracts(folder, split="dev")) == []


def test_general_sets_lose_parts_that_parties_play(tmp_path: Path) -> None:
    rows = [
        {
            "tokens": ["Fern", "Bank", "(", "Lender", ")", "in", "Elko", "on", "May", "8", ",", "2014"],
            "tags": ["B-ORGANIZATION", "I-ORGANIZATION", "O", "B-PERSON", "O", "O", "B-LOCATION", "O", "O", "O", "O", "O"],
        },
        {"tokens": ["Ada", "Vale", "pays", "$", "5"], "tags": ["B-PERSON", "I-PERSON", "O", "O", "O"]},
    ]
    path = tmp_path / "fin5-train.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    (passage,) = general.read_passages(path, words=50)
    assert passage.contract
    found = [("|".join(s.types), passage.text[s.start : s.end]) for s in passage.mentions if not s.outside]
    assert found == [
        ("ORGANIZATION", "Fern Bank"),
        ("LOCATION", "Elko"),
        ("DATE", "May 8 , 2014"),
        ("PERSON", "Ada Vale"),
        ("MONEY", "$ 5"),
    ]
