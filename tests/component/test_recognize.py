"""Recognize: many documents in a batch, none of which suffers from another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from chain import WORK, Chain, chain, golden, sqs_event
from contracts import agreement

from whereas.aws.clients import client
from whereas.errors import ModelContractError, TransientError
from whereas.records import state
from whereas.records.state import VersionState
from whereas.stages import files, joins, recognize
from whereas.stages.messages import ChunkTask
from whereas.types import Chunk


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch, TOKEN_BUDGET="300") as made:
        yield made


def assembled(stack: Chain, *keys: str) -> tuple[list[VersionState], list[ChunkTask]]:
    """Carry one document a key to the chunk queue; return their versions and all tasks."""
    version_ids = [stack.upload(key, agreement(number)) for number, key in enumerate(keys)]
    stack.pump(hold=("chunk",))
    tasks = [ChunkTask.parse(body) for body in stack.waiting("chunk")]
    versions = [stack.version(key, version_id) for key, version_id in zip(keys, version_ids, strict=True)]
    return versions, sorted(tasks, key=lambda task: (task.document_id, task.group))


def mentions(version: VersionState) -> list[bytes]:
    s3 = client("s3")
    keys = [files.mentions_key(version.run_id, group) for group in range(version.chunk_groups or 0)]
    return [s3.get_object(Bucket=WORK, Key=key)["Body"].read() for key in keys]


def joined(version: VersionState) -> set[int]:
    return set(state.joined_chunks(version.document_id, version.version_id, version.run_id))


def break_on(monkeypatch: pytest.MonkeyPatch, task: ChunkTask, error: Exception) -> None:
    """Let the model fail on the chunks of one group."""
    poison = {chunk.text for chunk in files.load(files.chunks_key(task.run_id, task.group), files.Chunks)}
    healthy = recognize.Recognizer.recognize

    def recognise(self: recognize.Recognizer, chunks: list[Chunk]) -> Any:
        if any(chunk.text in poison for chunk in chunks):
            raise error
        return healthy(self, chunks)

    monkeypatch.setattr(recognize.Recognizer, "recognize", recognise)


def test_a_batch_of_many_documents_is_recognised_and_each_is_sent_on(stack: Chain) -> None:
    versions, tasks = assembled(stack, "a.txt", "b.txt")
    assert recognize.run(tasks) == [None] * len(tasks)
    for version in versions:
        assert joined(version) == set(range(version.chunk_groups or 0))
        for group in range(version.chunk_groups or 0):
            found = files.load(files.mentions_key(version.run_id, group), files.Recognitions)
            chunks = files.load(files.chunks_key(version.run_id, group), files.Chunks)
            assert [(r.start, r.end) for r in found] == [(c.start, c.end) for c in chunks]
    assert len(stack.waiting("resolve")) == 2


def test_a_groups_result_does_not_depend_on_its_batch_mates(stack: Chain) -> None:
    versions, tasks = assembled(stack, "a.txt", "b.txt")
    recognize.run(tasks)
    together = [mentions(version) for version in versions]
    for item in client("dynamodb").scan(TableName="example-table")["Items"]:
        if "#CHUNK#" in item["SK"]["S"]:
            client("dynamodb").delete_item(TableName="example-table", Key={name: item[name] for name in ("PK", "SK")})
    for task in reversed(tasks):
        assert recognize.run([task]) == [None]
    assert [mentions(version) for version in versions] == together


def test_a_group_that_fails_leaves_its_batch_mates_alone(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    versions, tasks = assembled(stack, "a.txt", "b.txt")
    break_on(monkeypatch, tasks[0], MemoryError("no room"))
    answer = stack.invoke("recognize", sqs_event([task.body() for task in tasks]))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    done = {(version.document_id, group) for version in versions for group in joined(version)}
    assert done == {(task.document_id, task.group) for task in tasks[1:]}


def test_a_broken_model_fails_the_whole_batch(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    _, tasks = assembled(stack, "a.txt")
    break_on(monkeypatch, tasks[0], ModelContractError("columns differ"))
    with pytest.raises(ModelContractError, match="columns differ"):
        recognize.run(tasks)


def test_a_missing_model_fails_the_whole_batch(stack: Chain, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    _, tasks = assembled(stack, "a.txt")
    monkeypatch.setattr(recognize, "settings", lambda: replace(files.settings(), model_dir=tmp_path))
    with pytest.raises(ModelContractError, match=r"model_card\.json"):
        recognize.run(tasks)


def test_a_run_pinned_to_another_model_is_not_recognised_with_this_one(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    [version], tasks = assembled(stack, "a.txt")
    other = replace(version, model=replace(version.model, version="older", sha256="0" * 64))
    monkeypatch.setattr(recognize, "open_version_of", lambda task: other)
    outcomes = recognize.run(tasks)
    assert all(isinstance(outcome, ModelContractError) for outcome in outcomes)
    assert "older" in str(outcomes[0])


def test_a_repeated_group_is_not_recognised_again_but_sends_on_again(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    _, tasks = assembled(stack, "a.txt")
    recognize.run(tasks)
    assert len(stack.waiting("resolve")) == 1
    break_on(monkeypatch, tasks[0], AssertionError("a group that has joined was recognised again"))
    assert recognize.run(tasks[:1]) == [None]
    assert len(stack.waiting("resolve")) == 1


@pytest.mark.parametrize(("place", "cut"), [(files, "save"), (state, "join_chunks"), (joins, "after_chunks")])
def test_a_death_before_any_write_is_made_good(stack: Chain, monkeypatch: pytest.MonkeyPatch, place: Any, cut: str) -> None:
    [version], tasks = assembled(stack, "a.txt")
    assert recognize.run(tasks[1:]) == [None] * (len(tasks) - 1)
    with monkeypatch.context() as patch:

        def die(*_: Any, **__: Any) -> None:
            raise TransientError("cut short")

        patch.setattr(place, cut, die)
        [outcome] = recognize.run(tasks[:1])
        assert isinstance(outcome, TransientError)
    assert recognize.run(tasks[:1]) == [None]
    assert joined(version) == set(range(version.chunk_groups or 0))
    assert len(stack.waiting("resolve")) == 1


def test_a_missing_chunk_file_fails_its_own_task_only(stack: Chain) -> None:
    _, tasks = assembled(stack, "a.txt")
    client("s3").delete_object(Bucket=WORK, Key=files.chunks_key(tasks[0].run_id, tasks[0].group))
    outcomes = recognize.run(tasks)
    assert "is missing" in str(outcomes[0])
    assert outcomes[1:] == [None] * (len(tasks) - 1)


def test_tasks_of_unknown_versions_and_what_is_no_task_go_back(stack: Chain) -> None:
    event = golden("chunk-tasks")
    answer = stack.invoke("recognize", event)
    assert {item["itemIdentifier"] for item in answer["batchItemFailures"]} == {record["messageId"] for record in event["Records"]}


def test_the_init_phase_loads_the_model_where_there_is_one(stack: Chain, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    recognize._recognizer.cache_clear()
    monkeypatch.setattr(recognize, "settings", lambda: replace(files.settings(), model_dir=tmp_path / "none"))
    recognize.prepare()
    assert recognize._recognizer.cache_info().currsize == 0
    monkeypatch.setattr(recognize, "settings", files.settings)
    recognize.prepare()
    assert recognize._recognizer.cache_info().currsize == 1
