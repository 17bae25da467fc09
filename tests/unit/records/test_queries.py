"""Every access pattern: pages across shards, current runs only, cursors that are checked."""

from collections.abc import Callable

import pytest
from record_samples import entity, party, record, store, version

from whereas.errors import InvalidRequestError, NotFoundError
from whereas.records import items, keys, queries, state, walks
from whereas.records.walks import Documents

ACME = party("Acme Holdings, Inc.", "c-acme")


def walk(question: Callable[[str | None], Documents]) -> tuple[list[str], int]:
    found: list[str] = []
    cursor, pages = None, 0
    while True:
        page = question(cursor)
        found += [document.latest.document_id for document in page.documents]
        cursor, pages = page.cursor, pages + 1
        if cursor is None:
            return found, pages


def ids(count: int) -> list[str]:
    return [f"{n:024x}" for n in range(count)]


def test_pages_across_shards_give_every_document_once() -> None:
    for document_id in ids(13):
        store(record(document_id, parties=(ACME,), entities=(entity(1, canonical_id="c-acme"),)))
    for question in (
        lambda cursor: queries.by_status("COMPLETE", limit=3, cursor=cursor),
        lambda cursor: queries.by_model("1.0", limit=4, cursor=cursor),
        lambda cursor: queries.by_entity(["c-acme"], entity_type=None, limit=2, cursor=cursor),
        lambda cursor: queries.by_party(["c-acme"], limit=5, cursor=cursor),
        lambda cursor: queries.by_party_words("holdings ACME", limit=1, cursor=cursor),
    ):
        found, pages = walk(question)
        assert sorted(found) == ids(13)
        assert pages >= 13 // 5


def test_a_page_is_never_longer_than_asked_for() -> None:
    for document_id in ids(6):
        store(record(document_id))
    page = queries.by_status("COMPLETE", limit=4)
    assert len(page.documents) == 4
    assert page.cursor


def test_a_page_ends_early_rather_than_ask_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    for document_id in ids(4):
        store(record(document_id))
    monkeypatch.setattr(walks, "MAX_ROUNDS", 1)
    found, pages = walk(lambda cursor: queries.by_model("1.0", limit=10, cursor=cursor))
    assert sorted(found) == ids(4)
    assert pages == keys.SHARDS["MODEL"]


def test_a_document_shows_its_current_run_and_its_latest_version() -> None:
    store(record())
    state.create_version(version(version_id="v2", sequencer="0B"))
    found = queries.get_document("d" * 24)
    assert (found.latest.version_id, found.latest.status) == ("v2", "PROCESSING")
    assert found.run is not None
    assert found.run.document["version_id"] == "v1"
    assert [document.latest.version_id for document in queries.by_status("PROCESSING", limit=5).documents] == ["v2"]
    assert queries.by_status("COMPLETE", limit=5).documents == ()


def test_items_of_a_run_that_is_not_current_stay_unseen() -> None:
    store(record(parties=(ACME,), entities=(entity(1, canonical_id="c-acme"),), expires="2027-05-01"))
    state.create_version(version(version_id="v2", sequencer="0B"))
    items.put_record(record(version_id="v2", parties=(party("Other Ltd", "c-other"),), expires="2028-05-01"))
    assert queries.by_party(["c-other"], limit=5).documents == ()
    assert queries.expiring("2028-01-01", "2028-12-31", limit=5).documents == ()
    state.complete("d" * 24, "v2", f"run-v2-{'d' * 24}")
    assert queries.by_party(["c-acme"], limit=5).documents == ()
    assert len(queries.by_party(["c-other"], limit=5).documents) == 1


def test_an_entity_is_found_by_type() -> None:
    store(record(entities=(entity(1, canonical_id="c1", text="Acme"),)))
    found = queries.by_entity(["c1"], entity_type="ORGANIZATION", limit=5).documents
    assert found[0].match == {"entity": {"canonical_id": "c1", "name": "Acme", "types": ["ORGANIZATION"], "count": 1}}
    assert queries.by_entity(["c1"], entity_type="PERSON", limit=5).documents == ()


def test_party_words_must_meet_in_one_name() -> None:
    store(record(parties=(party("Acme Holdings", "c1"), party("Zebra Müller GmbH", "c2"))))
    for name in ("acme", "HOLDINGS, acme", "muller", "Müller zebra"):
        assert len(queries.by_party_words(name, limit=5).documents) == 1, name
    assert queries.by_party_words("acme zebra", limit=5).documents == ()
    assert [found["name"] for found in queries.by_party_words("zebra", limit=5).documents[0].match["parties"]] == ["Zebra Müller GmbH"]
    assert queries.by_party_words("gmbh", limit=5).documents == ()
    with pytest.raises(InvalidRequestError):
        queries.by_party_words("--", limit=5)


def test_windows_include_both_ends_and_come_in_order() -> None:
    dates = ["2026-12-31", "2027-01-01", "2027-02-28", "2027-03-01", "2027-02-10"]
    for document_id, date in zip(ids(5), dates, strict=True):
        store(record(document_id, expires=date, notice=date))
    for query in (queries.expiring, queries.notice_due):
        found: list[str] = []
        cursor = None
        while True:
            page = query("2027-01-01", "2027-02-28", limit=2, cursor=cursor)
            found += [document.match["date"] for document in page.documents]
            cursor = page.cursor
            if cursor is None:
                break
        assert found == ["2027-01-01", "2027-02-10", "2027-02-28"]


@pytest.mark.parametrize("window", [("2027-01-02", "2027-01-01"), ("2000-01-01", "2027-01-01")])
def test_windows_are_bounded(window: tuple[str, str]) -> None:
    with pytest.raises(InvalidRequestError):
        queries.expiring(*window, limit=5)


def test_entities_come_in_pages_by_type_and_layer() -> None:
    named = tuple(entity(n) for n in range(5))
    dates = tuple(entity(n, kind="DATE", text="1 May") for n in range(5, 8))
    roles = (entity(9, kind="TITLE", text="Lease", layer="role"),)
    store(record(entities=named + dates + roles))
    found: list[int] = []
    cursor = None
    while True:
        page = queries.entities("d" * 24, entity_type=None, layer=None, limit=2, cursor=cursor)
        found += [one["start"] for one in page.entities]
        cursor = page.cursor
        if cursor is None:
            break
    assert found == [50, 60, 70, 0, 10, 20, 30, 40, 90]
    assert [one["start"] for one in queries.entities("d" * 24, entity_type="DATE", layer=None, limit=10).entities] == [50, 60, 70]
    assert [one["type"] for one in queries.entities("d" * 24, entity_type=None, layer="role", limit=10).entities] == ["TITLE"]
    assert queries.entities("d" * 24, entity_type="DATE", layer="role", limit=10).entities == ()
    assert [one["start"] for one in queries.all_entities("d" * 24, f"run-v1-{'d' * 24}")] == [0, 10, 20, 30, 40, 50, 60, 70, 90]


def test_an_entity_cursor_ends_with_its_run() -> None:
    store(record(entities=tuple(entity(n) for n in range(3))))
    cursor = queries.entities("d" * 24, entity_type=None, layer=None, limit=1).cursor
    store(record(version_id="v2", entities=tuple(entity(n) for n in range(3))), sequencer="0B")
    with pytest.raises(InvalidRequestError):
        queries.entities("d" * 24, entity_type=None, layer=None, limit=1, cursor=cursor)


def test_what_is_not_there_is_told_apart() -> None:
    with pytest.raises(NotFoundError, match="there is no document"):
        queries.get_document("none")
    with pytest.raises(NotFoundError, match="there is no document"):
        queries.current_run("none")
    state.create_version(version())
    with pytest.raises(NotFoundError, match="PROCESSING"):
        queries.entities("d" * 24, entity_type=None, layer=None, limit=1)
    assert queries.get_document("d" * 24).run is None
