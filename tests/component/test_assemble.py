"""Assemble: the join of the pages, the text, its chunks and their tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chain import WORK, Chain, chain, golden, sqs_event
from contracts import GERMAN, agreement

from whereas.aws.clients import client
from whereas.errors import ArtefactError, TransientError
from whereas.records import state
from whereas.records.state import VersionState
from whereas.stages import assemble, files, joins
from whereas.stages.messages import AssembleTask, ChunkTask
from whereas.types import CleanedText, PageText

KEY = "supply.txt"


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch, TOKEN_BUDGET="300") as made:
        yield made


def read(stack: Chain, data: bytes) -> tuple[VersionState, str]:
    """Carry a file to the assemble queue; return its version and the task's body."""
    version_id = stack.upload(KEY, data)
    stack.pump(hold=("assemble",))
    [body] = stack.waiting("assemble")
    return stack.version(KEY, version_id), body


def deliver(stack: Chain, body: str) -> None:
    assert stack.invoke("assemble", sqs_event([body])) == {"batchItemFailures": []}


def groups(bodies: list[str]) -> list[int]:
    return sorted(ChunkTask.parse(body).group for body in bodies)


def test_the_text_is_cut_into_chunks_that_cover_it_and_each_group_is_sent(stack: Chain) -> None:
    version, body = read(stack, agreement(clauses=30))
    deliver(stack, body)
    after = stack.version(KEY, version.version_id)
    assert after.language == "en"
    assert after.chunk_groups is not None
    assert after.chunk_groups > 2
    assert groups(stack.waiting("chunk")) == list(range(after.chunk_groups))
    cleaned: CleanedText = files.load(files.text_key(version.run_id), CleanedText)
    chunks = [chunk for group in range(after.chunk_groups) for chunk in files.load(files.chunks_key(version.run_id, group), files.Chunks)]
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))
    covered = set()
    for chunk in chunks:
        assert cleaned.text[chunk.start : chunk.end] == chunk.text
        covered |= set(range(chunk.start, chunk.end))
    assert {at for at, char in enumerate(cleaned.text) if not char.isspace()} <= covered


def test_a_repeat_writes_nothing_anew_and_sends_only_what_has_not_joined(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    version, body = read(stack, agreement(clauses=30))
    deliver(stack, body)
    count = len(stack.waiting("chunk"))
    state.join_chunks(version.document_id, version.version_id, version.run_id, 1, ms=1)

    def no_second_cut(*_: Any, **__: Any) -> None:
        raise AssertionError("an assembled document was assembled again")

    monkeypatch.setattr(assemble, "_assemble", no_second_cut)
    deliver(stack, body)
    assert groups(stack.waiting("chunk")) == [group for group in range(count) if group != 1]


def test_a_repeat_after_the_last_join_sends_the_document_on(stack: Chain) -> None:
    version, body = read(stack, agreement(clauses=1))
    deliver(stack, body)
    for chunk_body in stack.waiting("chunk"):
        state.join_chunks(version.document_id, version.version_id, version.run_id, ChunkTask.parse(chunk_body).group, ms=1)
    deliver(stack, body)
    assert stack.waiting("chunk") == []
    assert len(stack.waiting("resolve")) == 1


@pytest.mark.parametrize(("place", "cut"), [(files, "save"), (state, "set_assembled"), (joins, "send_missing_chunks")])
def test_a_death_before_any_write_is_made_good(stack: Chain, monkeypatch: pytest.MonkeyPatch, place: Any, cut: str) -> None:
    version, body = read(stack, agreement())
    with monkeypatch.context() as patch:

        def die(*_: Any, **__: Any) -> None:
            raise TransientError("cut short")

        patch.setattr(place, cut, die)
        assert stack.invoke("assemble", sqs_event([body]))["batchItemFailures"]
    deliver(stack, body)
    assert stack.version(KEY, version.version_id).chunk_groups == len(stack.waiting("chunk"))


@pytest.mark.parametrize(("blank", "code"), [(False, "unsupported_language"), (True, "empty")])
def test_a_text_that_cannot_be_recognised_is_quarantined(stack: Chain, blank: bool, code: str) -> None:
    version, body = read(stack, GERMAN)
    if blank:
        page = PageText(1, " \n", (), None, None, "ocr", "no text layer")
        files.save(files.pages_key(version.run_id, 0), files.PageBatch((page,), None), files.PageBatch)
    deliver(stack, body)
    ended = stack.version(KEY, version.version_id)
    assert ended.reason is not None
    assert ended.reason.code == code
    assert stack.waiting("chunk") == []
    assert [event["reason"] for event in stack.announced()] == [code]


def test_a_text_too_short_to_tell_its_language_goes_on_with_a_warning(stack: Chain) -> None:
    version, body = read(stack, b"Order 4711")
    deliver(stack, body)
    cleaned: CleanedText = files.load(files.text_key(version.run_id), CleanedText)
    assert "language_undetermined" in [warning.code for warning in cleaned.warnings]
    assert len(stack.waiting("chunk")) == 1


def test_a_missing_page_file_is_told_and_the_task_goes_back(stack: Chain) -> None:
    version, body = read(stack, agreement())
    client("s3").delete_object(Bucket=WORK, Key=files.pages_key(version.run_id, 0))
    with pytest.raises(ArtefactError, match="is missing"):
        assemble.run(AssembleTask.parse(body))
    assert stack.invoke("assemble", sqs_event([body]))["batchItemFailures"]


def test_the_task_of_an_unknown_version_goes_back(stack: Chain) -> None:
    assert stack.invoke("assemble", golden("assemble-task"))["batchItemFailures"]
