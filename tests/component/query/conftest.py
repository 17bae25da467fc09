"""The HTTP API over a table in moto: the handler, its buckets and table, and a call by golden event."""

import copy
import importlib.util
import json
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from moto import mock_aws
from query_records import CONTEXT, EVENTS, ROOT, Call
from records_table import create_records_table

from whereas import settings as settings_module
from whereas.aws import clients
from whereas.records import table


@pytest.fixture(scope="session")
def app() -> ModuleType:
    spec = importlib.util.spec_from_file_location("query_app_under_test", ROOT / "functions/query/app.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", autouse=True)
def fresh_clients() -> Iterator[None]:
    """Clients of this module's region; made once, as making them costs more than the calls."""
    clients.client.cache_clear()
    yield
    clients.client.cache_clear()


@pytest.fixture(autouse=True)
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    environment = {
        "AWS_DEFAULT_REGION": "eu-central-1",
        "WHEREAS_TABLE": "records",
        "WHEREAS_WORK_BUCKET": "work",
        "WHEREAS_UPLOAD_BUCKET": "uploads",
        "WHEREAS_MAX_BYTES": "50000",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings_module.settings.cache_clear()
    with mock_aws():
        for bucket in ("work", "uploads"):
            clients.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        create_records_table(clients.dynamodb(), "records")
        table.connect(clients.dynamodb)
        yield
    settings_module.settings.cache_clear()


@pytest.fixture
def call(app: ModuleType) -> Call:
    def ask(name: str, *, path: str | None = None, query: dict[str, str] | None = None, body: Any = None) -> tuple[int, dict[str, Any]]:
        event = copy.deepcopy(json.loads((EVENTS / f"query-{name}.json").read_text()))
        if path is not None:
            event["rawPath"] = event["requestContext"]["http"]["path"] = path
        if query is not None:
            event["queryStringParameters"] = query
        if body is not None:
            event["body"] = json.dumps(body)
        answer = app.lambda_handler(event, CONTEXT)
        kind = "application/json" if answer["statusCode"] < 400 else "application/problem+json"
        assert answer["headers"]["Content-Type"] == kind
        return answer["statusCode"], json.loads(answer["body"])

    return ask
