"""No text and no name of a document in logs, queue bodies, object keys, table keys, events or answers."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from chain import TABLE, Chain, chain
from contracts import agreement

from whereas.aws.clients import client
from whereas.stages import read, resolve

KEY = "Harrowgate Instruments/Bellweather supply.txt"
NAMES = ("Harrowgate", "Bellweather", "Ada Quill", "Merrow", "Delivery", "US$1")


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch) as made:
        yield made


def told(text: str) -> list[str]:
    return [name for name in NAMES if name.casefold() in text.casefold()]


def test_a_document_leaves_no_trace_of_its_text_outside_its_files_and_items(
    stack: Chain, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, logger="whereas"):
        stack.upload(KEY, agreement())
        stack.pump()
    bodies = [body for queue, body in stack.deliveries if queue != "intake"]
    assert {queue for queue, _ in stack.deliveries} >= {"page", "assemble", "chunk", "resolve"}
    items = client("dynamodb").scan(TableName=TABLE)["Items"]
    keys = [item[name]["S"] for item in items for name in ("PK", "SK", "GSI1PK", "GSI1SK") if name in item]
    output = capsys.readouterr()
    outside = {
        "queue bodies": bodies, "table keys": keys, "object keys": stack.work_keys(), "events": [json.dumps(stack.announced())],
        "logs": [caplog.text, output.out, output.err],
    }  # fmt: skip
    assert {place: told("\n".join(texts)) for place, texts in outside.items()} == {place: [] for place in outside}
    assert keys


@pytest.mark.parametrize(("place", "name"), [(read, "read_pages"), (resolve, "resolve")])
def test_a_failure_that_quotes_the_text_is_not_logged_in_full(
    stack: Chain,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    name: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(agreement().decode())

    monkeypatch.setattr(place, name, fail)
    with caplog.at_level(logging.DEBUG, logger="whereas"):
        version_id = stack.upload(KEY, agreement())
        stack.pump()
    version = stack.version(KEY, version_id)
    output = capsys.readouterr()
    assert version.reason is not None
    assert version.reason.code == "stage_failed"
    assert "ValueError at fail" in caplog.text
    assert told(caplog.text + output.out + output.err + version.reason.message) == []
