"""One module a function; the only place where rooms are joined. Importing any of them gives the records their client."""

from whereas.aws import clients
from whereas.records import table

table.connect(clients.dynamodb)


def prepare() -> None:
    """Make the clients of the chain ahead of the first message: functions call it in their init phase."""
    for service in ("s3", "sqs", "dynamodb", "events"):
        clients.client(service)
