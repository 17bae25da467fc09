"""What is changed of moto: queries of one partition answer as before, and do not slow down as the table grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from whereas.errors import ConfigurationError
from whereas_local import embedded
from whereas_local.stack import load_stack


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, str]]:
    for name, value in embedded.credentials().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with embedded.in_process():
        stack = load_stack()
        embedded.create(stack, boto3.client)
        dynamodb = boto3.client("dynamodb")
        for partition in "ab":
            for number in range(6):
                item = {"PK": {"S": partition}, "SK": {"S": f"S#{number}"}, "GSI1PK": {"S": "G"}, "GSI1SK": {"S": f"{partition}{number}"}}
                dynamodb.put_item(TableName=stack.refs["Table"], Item=item)
        yield dynamodb, stack.refs["Table"]


def ask(table: tuple[Any, str], **options: Any) -> tuple[list[str], Any]:
    client, name = table
    values = {":p": {"S": options.pop("partition", "a")}, ":s": {"S": "S#"}}
    condition = "PK = :p AND begins_with(SK, :s)"
    answer = client.query(TableName=name, KeyConditionExpression=condition, ExpressionAttributeValues=values, **options)
    return [item["SK"]["S"] for item in answer["Items"]], answer.get("LastEvaluatedKey")


def test_a_partition_is_answered_in_order_in_reverse_and_in_pages(table: tuple[Any, str]) -> None:
    keys = [f"S#{number}" for number in range(6)]
    assert ask(table) == (keys, None)
    assert ask(table, ScanIndexForward=False)[0] == keys[::-1]
    first, last = ask(table, Limit=4)
    second, end = ask(table, Limit=4, ExclusiveStartKey=last)
    assert (first, second, end) == (keys[:4], keys[4:], None)
    assert ask(table, partition="nowhere") == ([], None)


def test_an_index_still_spans_partitions(table: tuple[Any, str]) -> None:
    client, name = table
    answer = client.query(
        TableName=name, IndexName="GSI1", KeyConditionExpression="GSI1PK = :g", ExpressionAttributeValues={":g": {"S": "G"}}, Limit=20
    )
    assert [item["GSI1SK"]["S"] for item in answer["Items"]] == [f"{partition}{number}" for partition in "ab" for number in range(6)]


def test_a_query_looks_at_its_own_partition_alone(table: tuple[Any, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from moto.dynamodb.models.table import Table

    looked_at: list[int] = []
    all_items = Table.all_items

    def counted(self: Any) -> Any:
        items = all_items(self)
        looked_at.append(len(items))
        return items

    monkeypatch.setattr(Table, "all_items", counted)
    ask(table)
    assert looked_at == [6]


def test_a_taken_port_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind((embedded.LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"port {port} .* is taken"), embedded.serve(port=port):
            pass


def test_the_users_own_credentials_are_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_PROFILE", "production")
    for name in embedded.credentials("x"):
        monkeypatch.setenv(name, "the-users-own")
    embedded.use_local_credentials("http://127.0.0.1:1")
    assert "AWS_PROFILE" not in os.environ
    assert os.environ["AWS_ENDPOINT_URL"] == "http://127.0.0.1:1"
    assert os.environ["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull
    assert os.environ["AWS_SECRET_ACCESS_KEY"] == "local"
