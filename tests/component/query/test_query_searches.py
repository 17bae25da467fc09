"""Searches over documents, and their paging."""

import pytest
from query_records import ACME, Call, store


@pytest.mark.parametrize("name", ["entities", "parties", "expiring", "notice-deadlines", "model-documents", "documents"])
def test_each_search_finds_the_document(name: str, call: Call) -> None:
    made = store()
    status, found = call(name)
    assert status == 200
    assert found["cursor"] is None or name == "documents"
    hit = found["documents"][0]
    warnings = made["document"].pop("warnings")
    assert made["document"].pop("members") is None, "lists leave them out, as there may be hundreds"
    assert hit["document"] == made["document"] | {"warning_count": len(warnings)}
    assert hit["summary"]["title"] == "Services Agreement"
    assert [party["name"] for party in hit["summary"]["parties"]] == ["Acme Holdings, Inc.", "Zebra GmbH"]
    match = {
        "entities": {"entity": {"canonical_id": ACME, "name": "Acme Holdings, Inc.", "types": ["ORGANIZATION", "PARTY"], "count": 2}},
        "parties": {"parties": [{"name": "Acme Holdings, Inc.", "canonical_id": ACME, "kind": "organization", "roles": ["customer"]}]},
        "expiring": {"date": "2027-05-31"},
        "notice-deadlines": {"date": "2027-03-01"},
    }.get(name, {})
    assert hit["match"] == {"entity": None, "parties": None, "date": None} | match


def test_a_party_is_found_exactly_and_by_id(call: Call) -> None:
    store()
    for query, count in (
        ({"name": "ACME HOLDINGS INC", "match": "exact"}, 1),
        ({"name": "Acme Widgets", "match": "exact"}, 0),
        ({"canonical_id": ACME}, 1),
        ({"name": "holdings zebra"}, 0),
    ):
        assert len(call("parties", query=query)[1]["documents"]) == count, query


def test_cursors_survive_paging(call: Call) -> None:
    ids = [f"{n:024x}" for n in range(7)]
    for n, document_id in enumerate(ids):
        store(document_id, expires=f"2027-05-{n + 1:02d}")
    for name, query in (
        ("documents", {"status": "COMPLETE"}),
        ("documents", {}),
        ("entities", {"name": "acme holdings"}),
        ("parties", {"name": "zebra"}),
        ("expiring", {"from": "2027-01-01", "to": "2027-12-31"}),
        ("model-documents", {}),
    ):
        found, cursor = [], ""
        while cursor is not None:
            _, page = call(name, query=query | {"limit": "3"} | ({"cursor": cursor} if cursor else {}))
            assert len(page["documents"]) <= 3
            found += [hit["document"]["document_id"] for hit in page["documents"]]
            cursor = page["cursor"]
        assert sorted(found) == ids, name
        assert name != "expiring" or found == ids
