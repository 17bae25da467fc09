"""Pages that were read: their labels stand in place of the vote, and windows lie over them."""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from whereas.recognition.schema import parse_schema
from whereas.recognition.tokenizer import WordPieces
from whereas_training import dataset, pages
from whereas_training.cuad import Contract
from whereas_training.evaluation.gold import LABELS as MEASURED
from whereas_training.evaluation.gold import LabelError, Page
from whereas_training.evaluation.matching import Span as Read
from whereas_training.labels import EXPAND, FORMS, MENTIONS, ROLES, Span, all_labels, bio
from whereas_training.windows import WINDOW, Window, labelled_groups

TOKENIZER = Path(__file__).resolve().parents[3] / "layers" / "model" / "tokenizer.json"
TEXT = "Fern Foods sells. Oak Mills of 1 Elm Street, Salem, Ohio buys in Utah."


def _page(start: int, end: int, *spans: Read) -> Page:
    return Page("c1", start, end, "body", None, TEXT, spans)


def _read(words: str, kind: str) -> Read:
    return Read(TEXT.index(words), TEXT.index(words) + len(words), kind)


def _span(words: str, kind: str, *, outside: bool = False) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), (kind,), outside)


PAGE = _page(18, 56, _read("Oak Mills", "ORGANIZATION"), _read("1 Elm Street, Salem, Ohio", "ADDRESS"), _read("Salem", "LOCATION"))


def test_what_was_read_replaces_what_was_voted_inside_the_page() -> None:
    voted = [
        _span("Fern Foods", "ORGANIZATION"),
        _span("Oak", "PERSON"),
        _span("Ohio", "LOCATION"),
        _span("Utah", "LOCATION", outside=True),
    ]
    settled = pages.settle(voted, [PAGE])
    assert settled == [
        _span("Oak Mills", "ORGANIZATION"),
        _span("Salem", "LOCATION"),
        _span("Fern Foods", "ORGANIZATION"),
        _span("Utah", "LOCATION", outside=True),
    ]


def test_a_span_across_the_edge_of_a_page_is_unsure() -> None:
    assert _span("sells. Oak", "ORGANIZATION", outside=True) in pages.settle([_span("sells. Oak", "ORGANIZATION")], [PAGE])


def test_a_contract_without_pages_keeps_its_spans() -> None:
    voted = [_span("Utah", "LOCATION")]
    assert pages.settle(voted, []) == voted


def test_share_of_a_window_that_was_read() -> None:
    assert pages.share_read(18, 56, [PAGE]) == 1
    assert pages.share_read(0, 36, [PAGE]) == 0.5
    assert pages.share_read(60, 70, [PAGE]) == 0


def test_addresses_are_labelled_in_their_own_group_and_nothing_is_told_outside_of_pages() -> None:
    words = [m.span() for m in re.finditer(r"\S+", TEXT)]
    masks = pages.form_masks(np.array(words), [PAGE]).tolist()
    starts = [TEXT[a:b] for a, b in words]
    address = 1 << 2 * FORMS.index("ADDRESS") + 1
    assert masks[: starts.index("Oak")] == [all_labels(FORMS)] * 3
    assert masks[starts.index("Oak") : starts.index("Ohio") + 1] == [
        1,
        1,
        1,
        address,
        address << 1,
        address << 1,
        address << 1,
        address << 1,
    ]
    assert masks[-1] == all_labels(FORMS)


def test_only_groups_that_somebody_labelled_are_judged() -> None:
    masks = np.ones(3, dtype=np.int64)
    unread = Window(masks, masks, masks, masks, True, "cuad-dev")
    groups = [{"layer": layer, "labels": bio(types)} for layer, types in (("mention", MENTIONS), ("role", ROLES), ("mention", FORMS))]
    schema = parse_schema({"version": "1", "max_tokens": 8, "overlap": 2, "groups": groups, "expand": EXPAND})
    assert [g.types for g in labelled_groups(schema, [unread])] == [MENTIONS, ROLES]
    assert [g.types for g in labelled_groups(schema, [unread, replace(unread, forms=masks)])] == [MENTIONS, ROLES, FORMS]
    assert unread.masks_of(schema.groups[2]).tolist() == [all_labels(FORMS)] * 3


def test_windows_lie_over_the_whole_page() -> None:
    text = "buyer " * 4000
    tokens = WordPieces.load(TOKENIZER).encode(text)
    page = Page("c1", 6 * 1500, 6 * 2300, "body", None, text, ())
    starts = dataset._starts(tokens, [], text, [page], random.Random(1))
    covered = {i for s in starts for i in range(s, s + WINDOW)}
    assert set(range(1500, 2300)) <= covered


def test_windows_of_a_read_page_are_drawn_more_often_than_any_other() -> None:
    def window(source: str) -> Window:
        empty = np.zeros(1, dtype=np.int64)
        return Window(empty, empty, empty, empty, True, source)

    pytest.importorskip("torch")
    from whereas_training.batching import share

    assert share(window("cuad-pages")) > max(share(window(s)) for s in ("cuad-train", "cuad-noisy", "synthetic", "gum-train"))


def test_labels_reach_the_training_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "c1.txt").write_text(TEXT, encoding="utf-8")
    row = {"contract": "c1", "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "start": 0, "end": len(TEXT), "kind": "body"}
    spans = [_read("Oak Mills", "ORGANIZATION"), _read("Utah", "LOCATION")]
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps({**row, "spans": [[s.start, s.end, s.type] for s in spans]}) + "\n", encoding="utf-8")
    monkeypatch.setattr(dataset.cuad, "read_contracts", lambda folder, split: [Contract("c1", split, TEXT, {}, {})])
    monkeypatch.setattr(dataset, "_taggers", lambda jobs, model, votes: [[[] for _ in jobs]])
    read_labels = pages.pages_of
    monkeypatch.setattr(dataset.pages, "pages_of", lambda folder: read_labels(folder, labels))
    pieces = WordPieces.load(TOKENIZER)
    first = next(iter(dataset.contract_windows(tmp_path, pieces, split="train", previous_model=None)))
    assert first.source == "cuad-pages"
    words = [pieces.piece(int(i)) for i in first.input_ids]
    organization = 1 << 2 * MENTIONS.index("ORGANIZATION") + 1
    assert first.mentions[words.index("oak")] == organization
    assert first.mentions[words.index("mills")] == organization << 1
    assert first.mentions[words.index("fern")] == 1  # nobody read a name there
    dev = next(iter(dataset.contract_windows(tmp_path, pieces, split="dev", previous_model=None)))
    assert dev.source == "cuad-dev"


def test_labels_of_another_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "c1.txt").write_text("another text", encoding="utf-8")
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps({"contract": "c1", "text_sha256": "0" * 64, "start": 0, "end": 5, "kind": "body", "spans": []}), "utf-8")
    with pytest.raises(LabelError, match="SHA-256"):
        pages.pages_of(tmp_path, labels)


def test_no_contract_is_both_read_for_training_and_measured_on() -> None:
    def contracts(path: Path) -> set[str]:
        return {json.loads(line)["contract"] for line in path.read_text(encoding="utf-8").splitlines()}

    assert contracts(pages.LABELS)
    assert not contracts(pages.LABELS) & contracts(MEASURED)


def test_pages_become_windows_of_what_was_read_alone(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "c1.txt").write_text(TEXT, encoding="utf-8")
    row = {"contract": "c1", "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "start": 18, "end": 56, "kind": "body"}
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps({**row, "spans": [[s.start, s.end, s.type] for s in PAGE.spans]}) + "\n", encoding="utf-8")
    pieces = WordPieces.load(TOKENIZER)
    (window,) = dataset.page_windows(tmp_path, pieces, labels, source="cuad-pages-dev")
    words = [pieces.piece(int(i)) for i in window.input_ids]
    assert words[:4] == ["oak", "mills", "of", "1"]
    assert window.mentions[:3].tolist() == [8, 16, 1]
    assert window.mentions[words.index("salem")] == 1 << 2 * MENTIONS.index("LOCATION") + 1
    assert window.forms is not None
    assert window.forms[2:4].tolist() == [1, 1 << 2 * FORMS.index("ADDRESS") + 1]
    assert set(window.roles.tolist()) == {all_labels(ROLES)}
