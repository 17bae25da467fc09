"""The records table as ``template.yaml`` makes it, for the tests that put one into moto."""

from typing import Any


def _schema(partition: str, order: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": order, "KeyType": "RANGE"}]


def create_records_table(dynamodb: Any, name: str) -> None:
    """Create the table through a client or a resource of boto3."""
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("PK", "SK", "GSI1PK", "GSI1SK")],
        KeySchema=_schema("PK", "SK"),
        GlobalSecondaryIndexes=[{"IndexName": "GSI1", "KeySchema": _schema("GSI1PK", "GSI1SK"), "Projection": {"ProjectionType": "ALL"}}],
    )
