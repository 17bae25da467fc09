"""The table's plain operations: batches that DynamoDB takes in part, conditions, requests it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from whereas import settings as settings_module
from whereas.aws import clients
from whereas.errors import ConfigurationError, InvalidRequestError, ThrottledError
from whereas.records import batches, table


def rows(count: int) -> list[dict[str, Any]]:
    return [{"PK": "p", "SK": f"{n:03d}", "n": n} for n in range(count)]


class Partial:
    """The client of the table, whose batch calls take only the first few of what they are given, ``refusals`` times."""

    def __init__(self, refusals: int, taken: int) -> None:
        self.client, self.refusals, self.taken, self.calls = clients.dynamodb(), refusals, taken, 0

    def batch_write_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803
        self.calls += 1
        if not self.refusals:
            return dict(self.client.batch_write_item(RequestItems=RequestItems))
        self.refusals -= 1
        ((name, requests),) = RequestItems.items()
        if self.taken:
            self.client.batch_write_item(RequestItems={name: requests[: self.taken]})
        return {"UnprocessedItems": {name: requests[self.taken :]}}

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803
        self.calls += 1
        if not self.refusals:
            return dict(self.client.batch_get_item(RequestItems=RequestItems))
        self.refusals -= 1
        ((name, wanted),) = RequestItems.items()
        first = {**wanted, "Keys": wanted["Keys"][: self.taken]}
        found = self.client.batch_get_item(RequestItems={name: first})["Responses"] if self.taken else {}
        return {"Responses": found, "UnprocessedKeys": {name: {**wanted, "Keys": wanted["Keys"][self.taken :]}}}


@pytest.fixture
def partial(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], Partial]:
    def connect(refusals: int, taken: int) -> Partial:
        made = Partial(refusals, taken)
        monkeypatch.setattr(table, "_connection", [lambda: made])
        return made

    return connect


def test_items_left_unprocessed_are_sent_again(partial: Callable[[int, int], Partial]) -> None:
    client = partial(3, 4)
    batches.put_many(rows(30))
    assert client.calls == 3 + 2
    assert len(batches.get_many(("p", f"{n:03d}") for n in range(30))) == 30


def test_keys_left_unprocessed_are_asked_again(partial: Callable[[int, int], Partial]) -> None:
    batches.put_many(rows(120))
    client = partial(2, 40)
    found = batches.get_many(("p", f"{n:03d}") for n in range(130))
    assert [found["p", f"{n:03d}"]["n"] for n in range(120)] == list(range(120))
    assert len(found) == 120
    assert client.calls == 2 + 2


def test_what_is_never_taken_is_throttled(partial: Callable[[int, int], Partial]) -> None:
    partial(99, 0)
    with pytest.raises(ThrottledError, match="3 items unwritten"):
        batches.put_many(rows(3))
    with pytest.raises(ThrottledError, match="1 keys unread"):
        batches.get_many([("p", "001")])


def test_deleting_what_is_gone_is_no_error() -> None:
    batches.put_many(rows(2))
    batches.delete_many([("p", "000"), ("p", "001"), ("p", "999")])
    assert list(table.query_all(partition="p")) == []


def test_keys_asked_for_twice_are_read_once() -> None:
    batches.put_many(rows(1))
    assert list(batches.get_many([("p", "000"), ("p", "000")])) == [("p", "000")]
    assert batches.get_many([]) == {}


def test_a_query_goes_on_over_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    batches.put_many(rows(7))
    whole = table.query

    def short(**arguments: Any) -> Any:
        return whole(**arguments, limit=3)

    monkeypatch.setattr(table, "query", short)
    assert [item["n"] for item in table.query_all(partition="p", between=("001", "005"))] == [1, 2, 3, 4, 5]
    assert [item["n"] for item in table.query_all(partition="p", prefix="00")] == list(range(7))


def test_an_update_sets_removes_adds_and_discards() -> None:
    key = ("p", "s")
    assert table.update(key, values={"a": 1, "b": 2, "c": None}, condition="attribute_not_exists(#a)", add=("set", "x"))
    assert not table.update(key, values={"a": 9}, condition="attribute_not_exists(#a)")
    assert table.update(key, values={"b": None}, condition="#a = :one", operands={":one": 1}, add=("set", "y"))
    assert table.update(key, values={}, condition="attribute_exists(#set)", discard=("set", "x"))
    assert table.get(key) == {"PK": "p", "SK": "s", "a": 1, "set": ["y"]}
    assert table.update(key, values={}, condition="attribute_exists(#set)", discard=("set", "y"), remove=("a",))
    assert table.get(key) == {"PK": "p", "SK": "s"}


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def __getattr__(self, name: str) -> Callable[..., None]:
            def call(**_: object) -> None:
                raise ClientError({"Error": {"Code": "ValidationException", "Message": "secret"}}, name)

            return call

    monkeypatch.setattr(table, "_connection", [Refusing])


@pytest.mark.parametrize(
    "call",
    [
        lambda: table.get(("p", "s")),
        lambda: table.put_new({"PK": "p", "SK": "s"}),
        lambda: table.update(("p", "s"), values={"a": 1}, condition="attribute_exists(#a)"),
        lambda: table.query(partition="p"),
        lambda: batches.put_many(rows(1)),
        lambda: batches.get_many([("p", "s")]),
    ],
)
def test_a_malformed_request_is_our_defect(call: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch)
    with pytest.raises(ConfigurationError, match="malformed") as caught:
        call()
    assert "secret" not in str(caught.value)


def test_a_start_that_is_refused_is_the_callers(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch)
    with pytest.raises(InvalidRequestError, match="cursor"):
        table.query(partition="p", start={"PK": "p", "SK": "s"})


def test_a_table_must_be_named_and_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEREAS_TABLE", "")
    settings_module.settings.cache_clear()
    with pytest.raises(ConfigurationError, match="WHEREAS_TABLE"):
        table.get(("p", "s"))
    monkeypatch.setattr(table, "_connection", [])
    with pytest.raises(ConfigurationError, match="connect"):
        table.get(("p", "s"))
