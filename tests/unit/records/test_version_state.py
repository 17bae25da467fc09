"""Heads, versions and joins under repeats, reorders and deaths."""

from datetime import UTC, datetime, timedelta

import pytest

from whereas.aws import clients
from whereas.errors import ArtefactError, InvalidRequestError
from whereas.records import batches, keys, state, table
from whereas.records.state import Reason, VersionState
from whereas.types import ModelCard

CARD = ModelCard(name="ner", version="1.0", sha256="aa", tokenizer_sha256="bb", label_schema="1")
DOC = "d" * 24
NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def version(name: str = "v1", *, sequencer: str = "0A", **changes: object) -> VersionState:
    values: dict[str, object] = {
        "document_id": DOC,
        "version_id": name,
        "run_id": f"run-{name}",
        "sequencer": sequencer,
        "bucket": "uploads",
        "key": "a b.pdf",
        "model": CARD,
        "pipeline": "1.0",
        "status": "PROCESSING",
        "created_at": NOW,
        "updated_at": NOW,
        "pages": 3,
        "page_batches": 2,
        "size_bytes": 10,
    }
    return VersionState(**(values | changes))  # type: ignore[arg-type]


def head() -> dict[str, object]:
    item = table.get((keys.document(DOC), keys.HEAD))
    assert item is not None
    return item


def write_run(run_id: str) -> None:
    batches.put_many([{"PK": keys.document(DOC), "SK": sk} for sk in (keys.run(run_id), keys.body(run_id, 1))])


def run_items(run_id: str) -> list[str]:
    return [item["SK"] for item in table.query_all(partition=keys.document(DOC), prefix=keys.run(run_id))]


def test_a_version_comes_back_as_it_was_written() -> None:
    written = version(language="en", reason=None, stages={"intake": 7})
    assert state.create_version(written) == written
    assert state.get_version(DOC, "v1") == written


def test_a_redelivered_version_keeps_what_is_there() -> None:
    state.create_version(version())
    again = state.create_version(version(pages=99))
    assert again.pages == 3


def test_a_version_may_be_born_quarantined() -> None:
    born = version(status="QUARANTINED", reason=Reason("empty", "no bytes"))
    assert state.create_version(born) == born
    assert head()["status"] == "QUARANTINED"
    assert list(state.stalled_versions(NOW + timedelta(days=1))) == []


def test_latest_follows_the_sequencer_not_arrival() -> None:
    state.create_version(version("new", sequencer="0B"))
    state.create_version(version("old", sequencer="0AFF"))
    assert head()["latest_version_id"] == "new"


def test_sequencers_compare_padded_on_the_right() -> None:
    assert keys.sequence("0a1", "v") > keys.sequence("0A0F", "v")
    assert keys.sequence("0A", "v") == keys.sequence("0a00", "v")
    with pytest.raises(InvalidRequestError):
        keys.sequence("not hexadecimal", "v")


def test_joins_count_each_part_once() -> None:
    for batch, ms in ((0, 5), (1, 6), (0, 99)):
        state.join_pages(DOC, "v1", "run-v1", batch, ms=ms)
    state.join_chunks(DOC, "v1", "run-v1", 0, ms=1)
    assert state.joined_pages(DOC, "v1", "run-v1") == {0: 5, 1: 6}
    assert state.joined_chunks(DOC, "v1", "run-v1") == {0: 1}
    assert state.has_joined_page(DOC, "v1", "run-v1", 1)
    assert not state.has_joined_page(DOC, "v1", "run-v1", 2)
    assert state.has_joined_chunk(DOC, "v1", "run-v1", 0)
    assert state.joined_pages(DOC, "v1", "another run") == {}


def test_join_items_expire() -> None:
    state.join_pages(DOC, "v1", "run-v1", 0, ms=5)
    item = table.get((keys.document(DOC), keys.page_joins("v1", "run-v1") + "00000"))
    assert item is not None
    assert item["expires_at"] > datetime.now(UTC).timestamp() + 29 * 86_400


def test_complete_flips_the_head_and_closes_the_version() -> None:
    state.create_version(version())
    state.set_assembled(DOC, "v1", "run-v1", chunk_groups=4, language="en", ms=12)
    write_run("run-v1")
    done = state.complete(DOC, "v1", "run-v1")
    assert (done.status, done.chunk_groups, done.language, done.stages) == ("COMPLETE", 4, "en", {"assemble": 12})
    assert (head()["status"], head()["current_run_id"]) == ("COMPLETE", "run-v1")
    assert list(state.stalled_versions(datetime.now(UTC) + timedelta(days=1))) == []
    assert state.complete(DOC, "v1", "run-v1").status == "COMPLETE"
    assert len(run_items("run-v1")) == 2


def test_a_late_older_version_never_replaces_a_newer_one() -> None:
    state.create_version(version("old", sequencer="0A"))
    state.create_version(version("new", sequencer="0B"))
    write_run("run-new")
    state.complete(DOC, "new", "run-new")
    write_run("run-old")
    assert state.complete(DOC, "old", "run-old").status == "COMPLETE"
    assert head()["current_run_id"] == "run-new"
    assert run_items("run-old") == []
    assert len(run_items("run-new")) == 2


def test_a_newer_run_deletes_the_one_it_replaces() -> None:
    for name, sequencer in (("old", "0A"), ("new", "0B")):
        state.create_version(version(name, sequencer=sequencer))
        write_run(f"run-{name}")
        state.complete(DOC, name, f"run-{name}")
    assert run_items("run-old") == []
    assert "retired_runs" not in head()


def test_a_death_after_the_flip_leaves_the_replaced_run_to_the_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, sequencer in (("old", "0A"), ("new", "0B")):
        state.create_version(version(name, sequencer=sequencer))
        write_run(f"run-{name}")
    state.complete(DOC, "old", "run-old")

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(batches, "delete_many", die)
        with pytest.raises(KeyboardInterrupt):
            state.complete(DOC, "new", "run-new")
    assert head()["current_run_id"] == "run-new"
    assert len(run_items("run-old")) == 2
    state.complete(DOC, "new", "run-new")
    assert run_items("run-old") == []


def test_quarantine_after_a_death_past_the_flip_completes_instead() -> None:
    state.create_version(version())
    write_run("run-v1")
    table.update(
        (keys.document(DOC), keys.HEAD),
        values={"current_run_id": "run-v1", "current_sequence": keys.sequence("0A", "v1")},
        condition="attribute_exists(#PK)",
    )
    assert state.quarantine(DOC, "v1", code="stage_failed", message="m", page=None).status == "COMPLETE"
    assert head()["status"] == "COMPLETE"


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_the_strongest_reason_stays_whatever_the_order(order: tuple[int, ...]) -> None:
    reasons = [("stalled", None), ("stage_failed", 1), ("corrupt", 7), ("corrupt", 5)]
    state.create_version(version())
    for n in order:
        code, page = reasons[n]
        state.quarantine(DOC, "v1", code=code, message=code, page=page)
    stored = state.get_version(DOC, "v1")
    assert stored is not None
    assert stored.reason == Reason("corrupt", "corrupt", 5)
    assert head()["status"] == "QUARANTINED"


def test_a_late_success_overrules_a_failed_stage_but_no_fault_of_the_document() -> None:
    state.create_version(version())
    state.quarantine(DOC, "v1", code="stage_failed", message="m", page=None)
    done = state.complete(DOC, "v1", "run-v1")
    assert (done.status, done.reason) == ("COMPLETE", None)
    assert state.quarantine(DOC, "v1", code="corrupt", message="m", page=1).status == "COMPLETE"

    state.create_version(version("v2", sequencer="0B"))
    state.quarantine(DOC, "v2", code="corrupt", message="m", page=2)
    write_run("run-v2")
    assert state.complete(DOC, "v2", "run-v2").status == "QUARANTINED"
    assert run_items("run-v2") == []
    assert head()["current_run_id"] == "run-v1"


def test_quarantine_mends_a_head_that_was_never_written() -> None:
    state.create_version(version())
    clients.dynamodb().delete_item(TableName="records-test", Key={"PK": {"S": keys.document(DOC)}, "SK": {"S": keys.HEAD}})
    state.quarantine(DOC, "v1", code="stage_failed", message="m", page=None)
    assert (head()["latest_version_id"], head()["status"]) == ("v1", "QUARANTINED")


def test_assembling_a_quarantined_version_does_not_reopen_it() -> None:
    state.create_version(version())
    state.quarantine(DOC, "v1", code="stage_failed", message="m", page=None)
    state.set_assembled(DOC, "v1", "run-v1", chunk_groups=2, language="en", ms=1)
    stored = state.get_version(DOC, "v1")
    assert stored is not None
    assert (stored.status, stored.chunk_groups) == ("QUARANTINED", 2)
    assert list(state.stalled_versions(datetime.now(UTC) + timedelta(days=1))) == []


def test_stalled_versions_are_those_not_touched_since() -> None:
    state.create_version(version())
    assert [v.version_id for v in state.stalled_versions(NOW + timedelta(seconds=1))] == ["v1"]
    assert list(state.stalled_versions(NOW - timedelta(seconds=1))) == []
    assert state.note_resend(DOC, "v1", resends=1, progress=4)
    assert list(state.stalled_versions(NOW + timedelta(seconds=1))) == []
    stored = state.get_version(DOC, "v1")
    assert stored is not None
    assert (stored.resends, stored.progress) == (1, 4)


def test_a_closed_version_is_not_noted_as_sent_again() -> None:
    state.create_version(version())
    state.complete(DOC, "v1", "run-v1")
    assert not state.note_resend(DOC, "v1", resends=1, progress=0)


def test_what_is_not_there_cannot_end() -> None:
    assert state.get_version(DOC, "none") is None
    with pytest.raises(ArtefactError):
        state.complete(DOC, "none", "run")
    with pytest.raises(ArtefactError):
        state.quarantine(DOC, "none", code="corrupt", message="m", page=None)


def test_a_version_given_up_begins_anew_with_another_run() -> None:
    before = state.create_version(version())
    state.set_assembled(DOC, "v1", "run-v1", chunk_groups=4, language="en", ms=12)
    before = state.quarantine(DOC, "v1", code="stage_failed", message="m", page=None)
    anew = state.restart(before, version(run_id="run-anew"))
    assert anew == version(run_id="run-anew")
    assert (head()["status"], head()["GSI1PK"]) == ("PROCESSING", keys.sharded("STATUS", "PROCESSING", DOC))
    assert [v.run_id for v in state.stalled_versions(datetime.now(UTC))] == ["run-anew"]
    # A repeat finds that it has moved on, and a task of the old run comes to nothing.
    assert state.restart(before, version(run_id="another")).run_id == "run-anew"
    write_run("run-v1")
    assert state.complete(DOC, "v1", "run-v1").status == "PROCESSING"
    assert run_items("run-v1") == []
    write_run("run-anew")
    state.complete(DOC, "v1", "run-anew")
    assert (head()["status"], head()["current_run_id"]) == ("COMPLETE", "run-anew")
    assert state.restart(before, version(run_id="another")).status == "COMPLETE"
    assert head()["status"] == "COMPLETE"


def test_a_run_that_is_current_is_not_deleted_by_a_task_of_its_past() -> None:
    state.create_version(version())
    write_run("run-v1")
    done = state.complete(DOC, "v1", "run-v1")
    state.restart(done, version(run_id="run-anew"))
    assert state.complete(DOC, "v1", "run-v1").status == "PROCESSING"
    assert len(run_items("run-v1")) == 2
    write_run("run-anew")
    state.complete(DOC, "v1", "run-anew")
    assert (run_items("run-v1"), len(run_items("run-anew"))) == ([], 2)
