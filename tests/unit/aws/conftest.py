"""AWS in moto, with fresh clients, for the tests of the adapters."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from whereas.aws import clients


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    clients.client.cache_clear()
    with mock_aws():
        yield
    clients.client.cache_clear()
