"""Links between names over HTTP: candidates, decisions, and searches that obey them."""

from types import ModuleType
from typing import Any

import pytest
from query_records import Call, version

from whereas.records import items, state
from whereas.resolution.linking.blocking import blocks
from whereas.resolution.parties.names import canonical_id
from whereas.stages import files
from whereas.stages.record import build
from whereas.types import CleanedText, Contract, Evidence, Fact, Party, Piece, Resolution

SPELLINGS = ("Quorvex Data, Inc.", "Quorvax Data, Inc.", "Quorvex Data Holdings, Inc.", "Zebra GmbH")
ONE, MISPRINT, HOLDINGS, ZEBRA = (canonical_id(name, kind="organization") for name in SPELLINGS)
NOBODY = "f" * 24


def store(number: int, *names: str) -> None:
    """Put a contract between parties of these names into the table."""
    document_id = f"{number:024x}"
    text = " and ".join(names)
    parties = tuple(
        Party(name, canonical_id(name, kind="organization"), "organization", ("supplier",), (), (Evidence(1, 0, 1),), 0.9, "model")
        for name in names
    )
    expires = Fact("2027-05-31", "x", (Evidence(1, 0, 1),), 0.9, "model", precision="day")
    cleaned = CleanedText(text, (Piece(0, len(text), 1, 0, len(text)),))
    made = version(document_id)
    state.create_version(made)
    files.save(files.text_key(made.run_id), cleaned, CleanedText)
    resolution = Resolution(Contract(parties=parties, expiration_date=expires), ())
    record = build(made, cleaned=cleaned, pages=(), ocr=None, resolution=resolution, stages={}, created_at="2026-01-02T00:00:00+00:00")
    items.put_record(record, blocks=blocks)
    state.complete(document_id, "v1", made.run_id)


@pytest.fixture(autouse=True)
def contracts(stack: None) -> None:
    store(1, SPELLINGS[0], SPELLINGS[3])
    store(2, SPELLINGS[1], SPELLINGS[3])
    store(3, SPELLINGS[2])


def decide(call: Call, verb: str, one: str, other: str, **more: Any) -> tuple[int, dict[str, Any]]:
    return call("link", body={"verb": verb, "one": one, "other": other, "reason": "one register number", **more})


def found(call: Call, name: str, **how: Any) -> list[int]:
    status, page = call(name, **how)
    assert status == 200, page
    return sorted(int(hit["document"]["document_id"], 16) for hit in page["documents"])


def test_a_party_comes_with_its_contracts_roles_and_dates(call: Call) -> None:
    status, answer = call("party", path=f"/parties/{ZEBRA}")
    assert status == 200
    assert (answer["canonical_id"], answer["name"], answer["merged"], answer["split_from"]) == (ZEBRA, "Zebra GmbH", [], [])
    assert found(call, "party", path=f"/parties/{ZEBRA}") == [1, 2]
    assert [hit["match"]["parties"][0]["roles"] for hit in answer["documents"]] == [["supplier"]] * 2
    assert {hit["summary"]["expiration_date"] for hit in answer["documents"]} == {"2027-05-31"}


def test_candidates_are_told_with_score_and_reason(call: Call) -> None:
    for query in ({"name": "QUORVEX DATA INC"}, {"canonical_id": ONE}):
        status, answer = call("link-candidates", query=query)
        assert status == 200
        assert [(one["canonical_id"], one["name"], one["reason"]) for one in answer["candidates"]] == [(MISPRINT, SPELLINGS[1], "misprint")]
        assert 0.85 <= answer["candidates"][0]["score"] < 1
        assert (ONE in answer["canonical_ids"], answer["complete"]) == (True, True)
    assert call("link-candidates", query={"name": "Unheard-of Ltd"})[1]["candidates"] == []


def test_searches_obey_a_merge(call: Call) -> None:
    status, decision = decide(call, "merge", MISPRINT, ONE)
    assert status == 201
    assert (decision["number"], decision["one"], decision["who"]) == (
        1, {"canonical_id": MISPRINT, "name": SPELLINGS[1]}, "arn:aws:sts::123456789012:assumed-role/reader/reader",
    )  # fmt: skip
    for canonical in (ONE, MISPRINT):
        _, answer = call("party", path=f"/parties/{canonical}")
        assert (answer["canonical_id"], answer["merged"]) == (ONE, [MISPRINT])
        assert found(call, "party", path=f"/parties/{canonical}") == [1, 2]
        assert found(call, "parties", query={"canonical_id": canonical}) == [1, 2]
    assert found(call, "parties", query={"name": "Quorvax Data", "match": "exact"}) == [1, 2]
    assert call("link-candidates", query={"canonical_id": ONE})[1]["candidates"] == []
    assert decide(call, "merge", MISPRINT, ONE) == (201, decision)
    assert call("links") == (200, {"decisions": [decision], "cursor": None})


def test_a_split_undoes_a_merge_and_forbids_the_candidate(call: Call) -> None:
    decide(call, "merge", MISPRINT, ONE)
    status, _ = decide(call, "split", ONE, MISPRINT)
    assert status == 201
    assert found(call, "party", path=f"/parties/{ONE}") == [1]
    assert call("party", path=f"/parties/{ONE}")[1]["split_from"] == [MISPRINT]
    assert call("link-candidates", query={"canonical_id": ONE})[1]["candidates"] == []


def test_pages_of_a_merged_party_go_on(call: Call) -> None:
    decide(call, "merge", MISPRINT, ONE)
    seen, cursor = [], ""
    while cursor is not None:
        _, page = call("party", path=f"/parties/{ONE}", query={"limit": "1"} | ({"cursor": cursor} if cursor else {}))
        seen += [hit["document"]["document_id"] for hit in page["documents"]]
        cursor = page["cursor"]
    assert len(seen) == len(set(seen)) == 2


def test_who_decides_where_nobody_signs(app: ModuleType, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = app.lambda_handler

    def unsigned(event: dict[str, Any], context: Any) -> dict[str, Any]:
        del event["requestContext"]["authorizer"]
        return dict(handler(event, context))

    monkeypatch.setattr(app, "lambda_handler", unsigned)
    assert decide(call, "merge", MISPRINT, ONE)[1]["who"] == "local"


@pytest.mark.parametrize(
    ("name", "how", "status", "detail"),
    [
        ("party", {"path": f"/parties/{NOBODY}"}, 404, "no contract names"),
        ("party", {"path": "/parties/acme"}, 422, "parameters"),
        ("link-candidates", {"query": {"canonical_id": NOBODY}}, 404, "no contract names"),
        ("link-candidates", {"query": {}}, 400, "either name or canonical_id"),
        ("link-candidates", {"query": {"name": "--"}}, 400, "no letters"),
        ("link", {"body": {"verb": "merge", "one": ONE, "other": NOBODY, "reason": "r"}}, 404, "no contract names"),
        ("link", {"body": {"verb": "merge", "one": ONE, "other": ONE, "reason": "r"}}, 400, "the same canonical entity"),
        ("link", {"body": {"verb": "erase", "one": ONE, "other": MISPRINT, "reason": "r"}}, 422, "parameters"),
        ("link", {"body": {"verb": "merge", "one": ONE, "other": MISPRINT, "reason": ""}}, 422, "parameters"),
        ("link", {"body": {"verb": "merge", "one": ONE, "other": MISPRINT, "reason": "r", "who": "me"}}, 422, "parameters"),
        ("links", {"query": {"cursor": "forged"}}, 400, "cursor"),
    ],
)
def test_what_cannot_be_is_told(call: Call, name: str, how: dict[str, Any], status: int, detail: str) -> None:
    answered, problem = call(name, **how)
    assert (answered, detail in problem["detail"]) == (status, True), problem


def test_a_cycle_is_refused(call: Call) -> None:
    decide(call, "merge", MISPRINT, ONE)
    decide(call, "merge", ONE, HOLDINGS)
    status, problem = decide(call, "merge", HOLDINGS, MISPRINT)
    assert (status, "merged already" in problem["detail"]) == (400, True)
