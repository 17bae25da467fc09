"""Every bad input of the table in ``docs/bad-input.md``, through the whole chain: each ends as promised, its original kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chain import ROOT, UPLOADS, Chain, chain
from contracts import agreement

from whereas.aws.clients import client
from whereas.errors import REASONS
from whereas.stages.record import of_unfinished
from whereas_local.samples.bad_inputs import BAD_INPUTS, BadInput

DOCS = ROOT / "docs" / "bad-input.md"


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch, PAGE_BATCH="100") as made:
        yield made


def carry(case: BadInput, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Carry a file to its end beside a sound contract, and hold both to what is promised."""
    limits = {"MAX_BYTES": case.limits.max_bytes, "MAX_PAGES": case.limits.max_pages, "MAX_PIXELS": case.limits.max_pixels}
    with chain(monkeypatch, PAGE_BATCH="100", **{name: str(value) for name, value in limits.items()}) as stack:
        neighbour = stack.upload("neighbour.txt", agreement())
        version_id = stack.upload(case.key, data)
        stack.pump()
        version = stack.version(case.key, version_id)
        assert version.status == case.status, version.reason
        if version.reason is not None:
            assert version.reason.code == case.code
            assert version.reason.message.endswith(REASONS[version.reason.code])
        else:
            made = stack.record(version) if version.members is None else of_unfinished(version)
            codes = [warning["code"] for warning in made["document"]["warnings"]]
            assert case.code is None or case.code in codes
        kept = client("s3").get_object(Bucket=UPLOADS, Key=case.key, VersionId=version_id)["Body"].read()
        assert hashlib.sha256(kept).digest() == hashlib.sha256(data).digest()
        assert stack.version("neighbour.txt", neighbour).status == "COMPLETE"


@pytest.mark.parametrize("case", BAD_INPUTS, ids=[case.name for case in BAD_INPUTS])
def test_a_bad_input_ends_as_promised(case: BadInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carry(case, case.write(tmp_path).read_bytes(), monkeypatch)


def test_a_non_contract_has_no_facts(stack: Chain, tmp_path: Path) -> None:
    case = next(case for case in BAD_INPUTS if case.name == "non-contract")
    version_id = stack.upload(case.key, case.write(tmp_path).read_bytes())
    stack.pump()
    contract = stack.record(stack.version(case.key, version_id))["contract"]
    assert all(value in (None, []) for value in contract.values())


def test_a_garbage_text_layer_is_not_believed(stack: Chain, tmp_path: Path) -> None:
    case = next(case for case in BAD_INPUTS if case.name == "garbage-text-layer")
    version_id = stack.upload(case.key, case.write(tmp_path).read_bytes())
    stack.pump()
    made = stack.record(stack.version(case.key, version_id))
    assert made["document"]["ocr_pages"] == made["document"]["pages"]
    assert made["lineage"]["ocr"]["engine"].startswith("tesseract ")
    assert made["lineage"]["ocr"]["traineddata"].startswith("eng ")


@pytest.mark.parametrize("for_good", [True, False])
def test_a_file_deleted_before_it_is_read_is_quarantined(stack: Chain, for_good: bool) -> None:
    version_id = stack.upload("gone.txt", agreement())
    client("s3").delete_object(Bucket=UPLOADS, Key="gone.txt", **({"VersionId": version_id} if for_good else {}))
    stack.pump()
    version = stack.version("gone.txt", version_id)
    assert version.reason is not None
    assert version.reason.code == "source_missing"


def test_a_file_deleted_for_good_between_intake_and_read_is_quarantined(stack: Chain) -> None:
    version_id = stack.upload("gone.txt", agreement())
    stack.pump(hold=("page",))
    client("s3").delete_object(Bucket=UPLOADS, Key="gone.txt", VersionId=version_id)
    stack.pump()
    version = stack.version("gone.txt", version_id)
    assert version.reason is not None
    assert version.reason.code == "source_missing"


def test_the_same_file_twice_is_two_versions_with_equal_results(stack: Chain) -> None:
    versions = []
    for _ in range(2):
        version_id = stack.upload("twice.txt", agreement())
        stack.pump()
        versions.append(stack.version("twice.txt", version_id))
    records = [stack.record(version) for version in versions]
    assert [record["document"]["status"] for record in records] == ["COMPLETE", "COMPLETE"]
    assert versions[0].source_sha256 == versions[1].source_sha256
    assert records[0]["contract"] == records[1]["contract"]
    assert records[0]["entities"] == records[1]["entities"]


@pytest.mark.parametrize("held", ["intake", "page", "assemble", "chunk", "resolve"])
def test_a_new_version_wins_over_the_old_one_that_is_still_being_processed(stack: Chain, held: str) -> None:
    old = stack.upload("msa.txt", agreement(1))
    stack.pump(hold=(held,))
    waiting = stack.waiting(held)
    new = stack.upload("msa.txt", agreement(2))
    stack.pump()
    for body in waiting:
        stack.send(held, body)
    stack.pump()
    assert {stack.version("msa.txt", version_id).status for version_id in (old, new)} == {"COMPLETE"}
    assert stack.head("msa.txt")["current_run_id"]["S"] == stack.version("msa.txt", new).run_id
    assert stack.head("msa.txt")["latest_version_id"]["S"] == new


def test_every_bad_input_stands_in_the_documentation_with_its_outcome() -> None:
    rows = re.findall(r"^\| .+ \| `(.+?)` \| (COMPLETE|QUARANTINED) \| (?:`(\w+)`|–) \|", DOCS.read_text(), flags=re.MULTILINE)
    told = {name: (status, code or None) for name, status, code in rows}
    promised = {case.name: (case.status, case.code) for case in BAD_INPUTS}
    assert {name: told.get(name) for name in promised} == promised


def test_every_reason_stands_in_the_documentation() -> None:
    assert [code for code in REASONS if f"`{code}`" not in DOCS.read_text()] == []
