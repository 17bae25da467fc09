"""Archives and messages through the chain: every member that can be read becomes a document, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chain import UPLOADS, Chain, chain, notification, sqs_event
from contracts import GERMAN, agreement, message_with, zip_of

from whereas.aws import s3
from whereas.aws.clients import client
from whereas.documents import identity
from whereas.errors import NotFoundError, TransientError
from whereas.records import state
from whereas.stages import query, record
from whereas_local.tracking import Tracked, follow, records_of, texts_of


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch) as made:
        yield made


def versions_of(prefix: str) -> list[tuple[str, str]]:
    listing = client("s3").list_object_versions(Bucket=UPLOADS, Prefix=prefix)
    return [(item["Key"], item["VersionId"]) for item in listing.get("Versions", [])]


def document_of(stack: Chain, key: str, version_id: str) -> dict[str, Any]:
    document: dict[str, Any] = record.of_unfinished(stack.version(key, version_id))["document"]
    return document


def test_the_files_of_an_archive_become_documents(stack: Chain) -> None:
    files = {"2021/supply.txt": agreement(1), "../vertrag.txt": GERMAN, "prices.xlsx": b"PK\x03\x04 no", "__MACOSX/._supply.txt": b"x"}
    version_id = stack.upload("deals.zip", zip_of(files))
    stack.pump()
    container = stack.version("deals.zip", version_id)
    assert (container.status, container.pages, container.media_type) == ("COMPLETE", 0, "application/zip")
    document = document_of(stack, "deals.zip", version_id)
    assert [(one["key"], one["status"], one["reason"] and one["reason"]["code"]) for one in document["members"]] == [
        ("deals.zip.parts/2021/supply.txt", "TAKEN", None),
        ("deals.zip.parts/vertrag.txt", "TAKEN", None),
        ("deals.zip.parts/prices.xlsx", "REFUSED", "corrupt"),
    ]
    assert [warning["code"] for warning in document["warnings"]] == ["member_refused"]
    ends = {}
    for member in document["members"][:2]:
        version = stack.version(member["key"], member["version_id"])
        assert version.document_id == member["document_id"]
        ends[member["key"]] = (version.status, version.reason and version.reason.code)
    assert set(ends.values()) == {("COMPLETE", None), ("QUARANTINED", "unsupported_language")}
    head = client("s3").head_object(Bucket=UPLOADS, Key="deals.zip.parts/2021/supply.txt")
    assert head["Metadata"]["container-document"] == container.document_id
    assert head["Metadata"]["container-version"] == version_id


def test_the_attachments_of_a_message_become_documents_and_an_archive_among_them_is_opened(stack: Chain) -> None:
    inner = zip_of({"one.txt": agreement(2), "deeper.zip": zip_of({"two.txt": agreement(3)})})
    version_id = stack.upload("mail.eml", message_with({"signed.txt": agreement(1), "more.zip": inner}))
    stack.pump()
    assert [one["status"] for one in document_of(stack, "mail.eml", version_id)["members"]] == ["TAKEN", "TAKEN"]
    archive, archive_version = next(item for item in versions_of("mail.eml.parts/more.zip") if item[0].endswith("more.zip"))
    members = document_of(stack, archive, archive_version)["members"]
    assert [(one["key"], one["reason"] and one["reason"]["code"]) for one in members] == [
        ("mail.eml.parts/more.zip.parts/one.txt", None), ("mail.eml.parts/more.zip.parts/deeper.zip", "nested"),
    ]  # fmt: skip
    assert {stack.version(key, version).status for key, version in versions_of("mail.eml.parts/")} == {"COMPLETE"}
    assert len(versions_of("mail.eml.parts/")) == 3


@pytest.mark.parametrize(
    ("data", "code", "advice"),
    [
        (zip_of({}), "empty", "no files"),
        (zip_of({"a.xlsx": zip_of({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"})}), "unsupported", "only file"),
        (zip_of({"a.zip": zip_of({"b.txt": b"text"}), "c.eml": message_with({"d.txt": b"text"})}), "nested", "None of the 2"),
        (message_with({}), "unsupported", "no attachment"),
        (message_with({"x.bin": bytes(range(1, 256)) * 9}), "unsupported", "only file"),
    ],
)
def test_a_container_of_which_nothing_can_be_taken_is_quarantined(stack: Chain, data: bytes, code: str, advice: str) -> None:
    version_id = stack.upload("all.bin", data)
    stack.pump()
    version = stack.version("all.bin", version_id)
    assert version.status == "QUARANTINED"
    assert version.reason is not None
    assert (version.reason.code, advice in version.reason.message) == (code, True)
    assert versions_of("all.bin.parts/") == []


@pytest.mark.parametrize(
    ("limit", "value", "code"), [("MAX_MEMBERS", "1", "too_many_members"), ("MAX_UNPACKED_BYTES", "3000", "too_large")]
)
def test_limits_are_the_deployments(monkeypatch: pytest.MonkeyPatch, limit: str, value: str, code: str) -> None:
    for data in (zip_of({"a.txt": agreement(1), "b.txt": agreement(2)}), message_with({"a.txt": agreement(1), "b.txt": agreement(2)})):
        with chain(monkeypatch, **{limit: value}) as stack:
            version_id = stack.upload("all.zip", data)
            stack.pump()
            version = stack.version("all.zip", version_id)
            assert version.reason is not None
            assert version.reason.code == code
            assert versions_of("all.zip.parts/") == []


def test_a_notification_delivered_twice_puts_nothing_twice(stack: Chain) -> None:
    version_id = stack.upload("deals.zip", zip_of({"a.txt": agreement(1), "b.txt": agreement(2)}))
    stack.pump(copies=2)
    assert len(versions_of("deals.zip.parts/")) == 2
    before = stack.version("deals.zip", version_id)
    stack.notify("deals.zip", version_id)
    stack.pump()
    assert stack.version("deals.zip", version_id) == before


def test_the_same_archive_again_is_a_version_whose_members_stay(stack: Chain) -> None:
    data = zip_of({"a.txt": agreement(1), "b.txt": agreement(2)})
    first = stack.upload("deals.zip", data)
    stack.pump()
    second = stack.upload("deals.zip", zip_of({"a.txt": agreement(1), "b.txt": agreement(7)}))
    stack.pump()
    members = [{one.key[-5:]: one.version_id for one in stack.version("deals.zip", version).members or ()} for version in (first, second)]
    assert members[0]["a.txt"] == members[1]["a.txt"]
    assert members[0]["b.txt"] != members[1]["b.txt"]
    assert len(versions_of("deals.zip.parts/")) == 3
    assert {stack.version(key, version).status for key, version in versions_of("deals.zip.parts/")} == {"COMPLETE"}


def test_a_death_between_members_is_made_good_by_the_next_delivery(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    version_id = stack.upload("deals.zip", zip_of({f"{n}.txt": agreement(n) for n in range(4)}))
    real, calls = s3.put_source_once, []

    def die(*arguments: Any, **options: Any) -> str | None:
        calls.append(arguments)
        if len(calls) == 3:
            raise TransientError("cut short")
        return real(*arguments, **options)

    monkeypatch.setattr(s3, "put_source_once", die)
    assert stack.invoke("intake", sqs_event([notification("deals.zip", version_id)]))["batchItemFailures"]
    assert len(versions_of("deals.zip.parts/")) == 2
    stack.pump()
    assert len(versions_of("deals.zip.parts/")) == 4
    assert {stack.version(key, version).status for key, version in versions_of("deals.zip")} == {"COMPLETE"}


def test_a_death_before_its_event_is_made_good(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    from whereas.stages import endings

    version_id = stack.upload("deals.zip", zip_of({"a.txt": agreement(1)}))
    with monkeypatch.context() as patch:

        def die(_: object) -> None:
            raise TransientError("cut short")

        patch.setattr(endings, "announce", die)
        stack.invoke("intake", sqs_event([notification("deals.zip", version_id)]))
    assert stack.announced() == []
    stack.invoke("intake", sqs_event([notification("deals.zip", version_id)]))
    [event] = stack.announced()
    assert (event["status"], event["version_id"]) == ("COMPLETE", version_id)


def test_a_container_given_up_before_it_was_taken_in_is_taken_in_after_all(stack: Chain) -> None:
    version_id = stack.upload("deals.zip", zip_of({"a.txt": agreement(1)}))
    [body] = stack.waiting("intake")
    stack.invoke("sweep", sqs_event([body]))
    assert stack.version("deals.zip", version_id).status == "QUARANTINED"
    stack.send("intake", body)
    stack.pump()
    assert stack.version("deals.zip", version_id).status == "COMPLETE"
    assert stack.head("deals.zip")["status"]["S"] == "COMPLETE"


def test_members_of_a_container_whose_key_leaves_no_room(stack: Chain) -> None:
    key = "long/" * 170 + "deals.zip"
    version_id = stack.upload(key, zip_of({"a.txt": agreement(1)}))
    stack.pump()
    [member] = stack.version(key, version_id).members or ()
    assert member.key == f"parts/{identity.document_id(bucket=UPLOADS, key=key)}/a.txt"
    assert stack.version(member.key, member.version_id or "").status == "COMPLETE"


def test_the_api_shows_a_container_with_its_members(stack: Chain) -> None:
    version_id = stack.upload("deals.zip", zip_of({"a.txt": agreement(1), "b.exe": b"MZ" + bytes(99)}))
    stack.pump()
    document_id = stack.version("deals.zip", version_id).document_id
    answer = query.document(document_id)
    assert (answer.document.status, answer.document.pages, answer.run) == ("COMPLETE", 0, None)
    assert [one.status for one in answer.document.members or []] == ["TAKEN", "REFUSED"]
    with pytest.raises(NotFoundError, match="ask for its members"):
        query.contract(document_id)
    taken = (answer.document.members or [])[0].document_id or ""
    assert query.contract(taken).contract.parties
    listed = query.documents(status="COMPLETE", limit=10, cursor=None).documents
    assert {hit.document.source for hit in listed} == {"deals.zip", "deals.zip.parts/a.txt"}
    assert next(hit.document.warning_count for hit in listed if hit.document.source == "deals.zip") == 1


def test_the_command_line_follows_the_files_of_a_container(stack: Chain) -> None:
    versions = {
        "deals.zip": stack.upload("deals.zip", zip_of({"a.txt": agreement(1), "b.exe": b"MZ" + bytes(99)})),
        "mail.eml": stack.upload("mail.eml", message_with({"c.zip": zip_of({"d.txt": agreement(2)})})),
    }
    stack.pump()
    documents = [Tracked(path=Path(key), key=key, bucket=UPLOADS, version_id=version) for key, version in versions.items()]
    follow(documents, tell=lambda _: None, check=lambda: None)
    records = records_of(documents)
    assert [one["document"]["source"] for one in records] == [
        "deals.zip", "deals.zip.parts/a.txt", "mail.eml", "mail.eml.parts/c.zip", "mail.eml.parts/c.zip.parts/d.txt",
    ]  # fmt: skip
    assert [bool(one["contract"]["parties"]) for one in records] == [False, True, False, False, True]
    assert set(texts_of(documents)) == {one["document"]["document_id"] for one in records if one["contract"]["parties"]}


def test_the_item_of_a_full_container_fits_into_the_table(stack: Chain) -> None:
    version_id = stack.upload(
        "deals.zip", zip_of({f"{n:03d}" + "x" * 400 + ".exe": b"MZ" + bytes(9) for n in range(499)} | {"a.txt": b"text"})
    )
    stack.pump(hold=("page",))
    version = state.get_version(identity.document_id(bucket=UPLOADS, key="deals.zip"), version_id)
    assert version is not None
    assert len(version.members or ()) == 500
    assert all(len(member.key) < 230 for member in version.members or ())
