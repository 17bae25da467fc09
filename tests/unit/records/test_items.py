"""A record as items: nothing lost, nothing too large, few writes, no names in keys."""

import random
from typing import Any

import pytest
from record_samples import entity, fact, party, record

from whereas.errors import ConfigurationError
from whereas.records import batches, items, keys, table
from whereas.records.attributes import from_item, size_of, to_item
from whereas.records.items import body_of, entities_of, put_record, record_items, report

PARTIES = (party("Zebra Müller GmbH", "c1"), party("Acme, Inc.", "c2"))


def by_prefix(made: list[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    return [item for item in made if part in item["SK"]]


def test_nothing_of_the_record_is_lost() -> None:
    whole = record(
        parties=PARTIES,
        entities=(entity(1), entity(2, kind="DATE", text="1 May"), entity(3)),
        expires="2027-05-31",
        warnings=({"code": "low_ocr_confidence", "message": "m", "page": 1},),
    )
    made = record_items(whole)
    run = next(item for item in made if item["SK"] == f"RUN#{whole['run']['run_id']}")
    body = body_of([run])
    assert {**run["document"], "warnings": body["warnings"]} == whole["document"]
    assert (body["contract"], body["lineage"], run["run"]) == (whole["contract"], whole["lineage"], whole["run"])
    unpacked = [found for item in by_prefix(made, "#ENTITIES#") for found in entities_of(item)]
    assert sorted(unpacked, key=lambda found: found["start"]) == whole["entities"]
    assert run["entity_counts"] == {"DATE": 1, "ORGANIZATION": 2}


def test_equal_records_make_equal_items() -> None:
    whole = record(parties=PARTIES, entities=(entity(1, canonical_id="c2"),))
    assert record_items(whole) == record_items(whole)
    later = whole | {"run": whole["run"] | {"created_at": "2027"}}
    differing = [(a, b) for a, b in zip(record_items(whole), record_items(later), strict=True) if a != b]
    assert [{name for name in a if a[name] != b[name]} for a, b in differing] == [{"run"}]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("The Acme Company, Inc.", ("acme",)),
        ("Zürich Re & Co. KG", ("zurich", "re")),
        ("A. B. Limited", ("a", "b", "limited")),
        ("...", ()),
    ],
)
def test_names_are_indexed_by_their_telling_words(name: str, words: tuple[str, ...]) -> None:
    assert keys.index_words(name) == words


def test_keys_hold_no_names() -> None:
    made = record_items(record(parties=PARTIES, entities=(entity(1, canonical_id="c2", text="Zebra"),)))
    text = " ".join(item[name] for item in made for name in ("PK", "SK", "GSI1PK", "GSI1SK") if name in item).casefold()
    assert not any(word in text for word in ("zebra", "müller", "muller", "acme"))


def test_index_items_stand_for_the_document() -> None:
    mentions = (
        entity(1, canonical_id="c2", text="ACME"),
        entity(2, canonical_id="c2", text="Acme"),
        entity(3, canonical_id="c2", text="Acme"),
        entity(4, canonical_id="c2", kind="PARTY", text="Acme, Inc.", layer="role"),
    )
    made = by_prefix(record_items(record(entities=mentions)), "#IDX#ENTITY#")
    assert len(made) == 1
    assert {name: made[0][name] for name in ("name", "types", "count")} == {"name": "Acme", "types": ["ORGANIZATION", "PARTY"], "count": 4}


@pytest.mark.parametrize(
    ("value", "partition", "order"),
    [
        ("2027-05-31", "EXPIRES#2027-05#0", "2027-05-31#"),
        ("2027-05", "EXPIRES#2027-05#0", "2027-05-01#"),
        ("2027", "EXPIRES#2027-01#0", "2027-01-01#"),
    ],
)
def test_dates_stand_at_the_first_day_they_may_mean(value: str, partition: str, order: str) -> None:
    made = by_prefix(record_items(record(expires=value)), "#IDX#EXPIRES#")
    assert [(item["GSI1PK"], item["GSI1SK"], item["date"]) for item in made] == [(partition, order + "d" * 24, value)]


def test_a_perpetual_contract_has_no_expiry() -> None:
    whole = record()
    whole["contract"]["expiration_date"] = fact(None) | {"kind": "perpetual"}
    assert by_prefix(record_items(whole), "#IDX#") == []


def test_large_records_are_split_below_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "MAX_PART_BYTES", 2_000)
    noise = random.Random(1)
    many = tuple(entity(n, text=f"{noise.getrandbits(200):x}") for n in range(300))
    warnings = tuple({"code": "low_ocr_confidence", "message": f"{noise.getrandbits(400):x}", "page": n} for n in range(100))
    made = record_items(record(entities=many, warnings=warnings))
    packed = by_prefix(made, "#ENTITIES#")
    assert len(packed) > 5
    assert all(len(item["entities"]) <= 2_000 for item in packed)
    assert [found for item in packed for found in entities_of(item)] == list(many)
    bodies = [item for item in made if "body" in item]
    assert len(bodies) == bodies[0]["body_parts"] > 1
    assert body_of(bodies)["warnings"] == list(warnings)


def test_writing_reports_what_it_cost() -> None:
    whole = record(parties=PARTIES, entities=tuple(entity(n, canonical_id="c2") for n in range(40)), expires="2027-05-31")
    cost = put_record(whole)
    stored = list(table.query_all(partition="DOC#" + "d" * 24))
    # run, one type, one entity, two parties, three words (no legal forms), one date
    assert cost.items == len(stored) == 9
    assert cost == report(stored)
    assert 9 < cost.write_units < 40


def test_an_item_over_the_limit_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ConfigurationError, match="409"):
        batches.put_many([{"PK": "p", "SK": "s", "value": "x" * 409_000}])


def test_values_come_back_as_they_went() -> None:
    values = {
        "text": "é",
        "whole": 3,
        "part": 0.1,
        "third": 1 / 3,
        "list": [1, 2.5, None],
        "map": {"a": False},
        "raw": b"\x00",
        "set": {"b", "a"},
    }
    assert from_item(to_item(values | {"gone": None})) == values | {"set": ["a", "b"]}


def test_sizes_count_names_and_values() -> None:
    assert size_of(to_item({"PK": "é", "n": 12})) == 2 + 2 + 1 + 3
    assert size_of(to_item({"l": ["ab"], "m": {"k": True}, "s": {"xy"}, "b": b"123"})) == (1 + 3 + 1 + 2) + (1 + 3 + 1 + 1 + 1) + (
        1 + 3 + 1 + 2
    ) + (1 + 3)
