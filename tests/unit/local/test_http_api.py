"""HTTP on loopback: the event that API Gateway would make of a request, and its answer."""

import base64
import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from whereas.errors import ConfigurationError
from whereas_local.execution import Outcome
from whereas_local.http_api import MAX_BODY, http_event, serve_api
from whereas_local.stack import Function

FUNCTION = Function("Query", Path(), "app", "handler", 5, 128, {})


class Answering:
    """An executor that remembers its events and gives the answer it was told to."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.outcome = Outcome({"statusCode": 200, "body": "{}"}, None, 0.0)

    def invoke(self, function: Function, event: dict[str, Any]) -> Outcome:
        self.events.append(event)
        return self.outcome


@pytest.fixture
def executor() -> Answering:
    return Answering()


@pytest.fixture
def base(executor: Answering) -> Iterator[str]:
    with serve_api(FUNCTION, executor) as url:
        yield url


def ask(base: str, target: str, *, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    try:
        connection.request(method, target, body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def test_a_request_becomes_the_event_of_payload_2() -> None:
    target = "/parties/Acme%20%26%20Co?name=a%20b&type=X&type=Y&flag="
    event = http_event(method="GET", target=target, headers={"host": "localhost", "cookie": "a=1; b=2"}, body=b"")
    assert event["rawPath"] == "/parties/Acme & Co"
    assert event["rawQueryString"] == "name=a%20b&type=X&type=Y&flag="
    assert event["queryStringParameters"] == {"name": "a b", "type": "X,Y", "flag": ""}
    assert event["cookies"] == ["a=1", "b=2"]
    assert event["requestContext"]["http"]["method"] == "GET"
    assert "body" not in event


def test_bodies_travel_as_text_or_as_base64() -> None:
    text = http_event(method="POST", target="/uploads", headers={}, body='{"a":"ü"}'.encode())
    binary = http_event(method="POST", target="/uploads", headers={}, body=b"\xff\x00")
    assert (text["body"], text["isBase64Encoded"]) == ('{"a":"ü"}', False)
    assert (base64.b64decode(binary["body"]), binary["isBase64Encoded"]) == (b"\xff\x00", True)


def test_the_answer_goes_back_as_it_is(base: str, executor: Answering) -> None:
    executor.outcome = Outcome(
        {
            "statusCode": 404,
            "headers": {"Content-Type": "application/problem+json", "content-length": "999"},
            "cookies": ["c=1"],
            "isBase64Encoded": True,
            "body": base64.b64encode(b'{"status":404}').decode(),
        },
        None,
        0.0,
    )
    status, headers, body = ask(base, "/documents/x", method="POST", body=b"hello")
    assert (status, headers["content-type"], headers["set-cookie"], body) == (404, "application/problem+json", "c=1", b'{"status":404}')
    assert executor.events[0]["body"] == "hello"


@pytest.mark.parametrize("outcome", [Outcome(None, "timeout", 1.0), Outcome("nonsense", None, 1.0)])
def test_a_function_that_fails_is_a_500(base: str, executor: Answering, outcome: Outcome) -> None:
    executor.outcome = outcome
    status, _, body = ask(base, "/documents")
    assert (status, json.loads(body)) == (500, {"message": "Internal Server Error"})


def test_other_host_names_are_refused(base: str, executor: Answering) -> None:
    assert ask(base, "/documents", headers={"Host": "evil.example"})[0] == 403
    assert executor.events == []


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "many"])
def test_oversized_requests_are_refused(base: str, executor: Answering, length: str) -> None:
    assert ask(base, "/uploads", method="POST", headers={"Content-Length": length})[0] == 413
    assert executor.events == []


def test_a_head_request_has_no_body(base: str) -> None:
    status, headers, body = ask(base, "/documents", method="HEAD")
    assert (status, headers["content-length"], body) == (200, "2", b"")


def test_a_taken_port_is_told(base: str, executor: Answering) -> None:
    port = urlsplit(base).port or 0
    with pytest.raises(ConfigurationError, match=f"port {port} .* is taken"), serve_api(FUNCTION, executor, port=port):
        pass
