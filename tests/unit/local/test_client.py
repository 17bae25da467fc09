"""The client of the HTTP API: what it asks, what it signs, what it makes of failures."""

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import EndpointConnectionError

from whereas.errors import ConfigurationError, InvalidRequestError, NotFoundError, ThrottledError, TransientError, WhereasError
from whereas_local import client as client_module
from whereas_local.client import Client, walk

LOCAL = "http://127.0.0.1:4581/"
DEPLOYED = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"


class Answer:
    def __init__(self, status_code: int, body: Any) -> None:
        self.status_code = status_code
        self.content = body if isinstance(body, bytes) else json.dumps(body).encode()


class Http:
    """Gives prepared answers in turn, the last again and again; keeps what was asked."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[AWSPreparedRequest] = []

    def send(self, request: AWSPreparedRequest) -> Answer:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "BACKOFF_S", 0.0)
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def made(*answers: Answer | Exception, url: str = LOCAL) -> tuple[Client, Http]:
    client, http = Client(url), Http(*answers)
    client._http = http  # type: ignore[assignment]
    return client, http


def test_each_question_has_its_address() -> None:
    client, http = made(Answer(200, {}))
    client.documents(status="COMPLETE", limit=5)
    client.document("d/1")
    client.contract("d1")
    client.entities("d1", entity_type="DATE", layer="mention", cursor="c")
    client.text("d1", start=0, length=5)
    client.by_entity(name="Zürich & Co", entity_type="PERSON")
    client.by_party(name="a b", match="exact")
    client.expiring("2027-01-01", "2027-02-01")
    client.notice_deadlines("2027-01-01", "2027-02-01", limit=1)
    client.by_model("1.0")
    assert [request.url.removeprefix(LOCAL) for request in http.asked] == [
        "documents?status=COMPLETE&limit=5",
        "documents/d%2F1",
        "documents/d1/contract",
        "documents/d1/entities?type=DATE&layer=mention&cursor=c",
        "documents/d1/text?start=0&length=5",
        "entities?name=Z%C3%BCrich%20%26%20Co&type=PERSON",
        "parties?name=a%20b&match=exact",
        "contracts/expiring?from=2027-01-01&to=2027-02-01",
        "contracts/notice-deadlines?from=2027-01-01&to=2027-02-01&limit=1",
        "models/1.0/documents",
    ]
    assert not any("Authorization" in request.headers for request in http.asked)


def test_an_upload_form_is_asked_for_with_a_body() -> None:
    client, http = made(Answer(201, {"url": "u"}))
    assert client.upload_form("a.pdf", content_type="application/pdf", size_bytes=3) == {"url": "u"}
    assert (http.asked[0].method, json.loads(http.asked[0].body)) == (
        "POST",
        {"name": "a.pdf", "content_type": "application/pdf", "size_bytes": 3},
    )


def test_a_deployed_api_gets_signed_requests() -> None:
    client, http = made(Answer(200, {}), url=DEPLOYED)
    client.by_party(name="a b")
    signature = http.asked[0].headers["Authorization"]
    text = signature.decode() if isinstance(signature, bytes) else signature
    assert text.startswith("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/")
    assert "/eu-central-1/execute-api/aws4_request" in text


def test_a_domain_of_ones_own_needs_a_region() -> None:
    with pytest.raises(ConfigurationError, match="AWS_REGION"):
        Client("https://contracts.example.com")
    assert Client("https://contracts.example.com", region="eu-west-1")._signer is not None


def test_without_credentials_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    with pytest.raises(ConfigurationError, match="set AWS credentials"):
        Client(DEPLOYED)


def test_an_unknown_profile_is_told() -> None:
    with pytest.raises(ConfigurationError, match="ProfileNotFound"):
        Client(DEPLOYED, profile="nobody")


@pytest.mark.parametrize("url", ["", "ftp://x", "127.0.0.1:4581", "http://"])
def test_an_address_must_be_one(url: str) -> None:
    with pytest.raises(InvalidRequestError, match="starts with http"):
        Client(url)


@pytest.mark.parametrize(
    ("status", "body", "expected", "text"),
    [
        (400, {"detail": "the cursor is old"}, InvalidRequestError, "the cursor is old"),
        (422, {"detail": "wrong", "errors": [{"where": ["query", "limit"], "problem": "big"}]}, InvalidRequestError, "query limit: big"),
        (404, {"detail": "no document"}, NotFoundError, "no document"),
        (403, {"message": "Forbidden"}, ConfigurationError, "Forbidden; check that your role"),
        (429, {"message": "Too Many Requests"}, ThrottledError, "Too Many"),
        (503, b"<html>", TransientError, "HTTP 503"),
    ],
)  # fmt: skip
def test_failures_are_told_as_ours(status: int, body: Any, expected: type[WhereasError], text: str) -> None:
    client, http = made(Answer(status, body))
    with pytest.raises(expected, match=text):
        client.document("d")
    assert len(http.asked) == (client_module.TRIES if issubclass(expected, TransientError) else 1)


def test_what_fails_for_a_moment_is_asked_again() -> None:
    client, http = made(EndpointConnectionError(endpoint_url=LOCAL), Answer(503, {}), Answer(200, {"a": 1}))
    assert client.document("d") == {"a": 1}
    assert len(http.asked) == 3


def test_a_walk_goes_through_all_pages() -> None:
    client, http = made(
        Answer(200, {"documents": [1, 2], "cursor": "c"}),
        Answer(200, {"documents": [], "cursor": "e"}),
        Answer(200, {"documents": [3], "cursor": None}),
    )
    assert list(walk(lambda cursor: client.documents(limit=2, cursor=cursor), key="documents")) == [1, 2, 3]
    assert [request.url.removeprefix(LOCAL) for request in http.asked] == [
        "documents?limit=2",
        "documents?limit=2&cursor=c",
        "documents?limit=2&cursor=e",
    ]
