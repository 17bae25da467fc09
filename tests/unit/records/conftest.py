"""A table as template.yaml makes it, in moto, for the tests of the records."""

from collections.abc import Iterator

import pytest
from moto import mock_aws
from records_table import create_records_table

from whereas import settings as settings_module
from whereas.aws import clients
from whereas.records import batches, table

NAME = "records-test"


@pytest.fixture(scope="module", autouse=True)
def fresh_clients() -> Iterator[None]:
    """Clients of these tests' region; made once a module, as making them costs more than the calls."""
    clients.client.cache_clear()
    yield
    clients.client.cache_clear()


@pytest.fixture(autouse=True)
def records_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, value in {"AWS_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1", "WHEREAS_TABLE": NAME}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(batches, "BACKOFF_S", 0.0)
    settings_module.settings.cache_clear()
    with mock_aws():
        create_records_table(clients.dynamodb(), NAME)
        table.connect(clients.dynamodb)
        yield NAME
    settings_module.settings.cache_clear()
