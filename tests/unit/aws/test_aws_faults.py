"""Every lower-level error is told as one of ours."""

import inspect
from typing import Any

import pytest
from botocore import exceptions
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.retries.standard import ThrottledRetryableChecker, TransientRetryableChecker

from whereas.aws import clients, faults
from whereas.errors import ConfigurationError, ThrottledError, TransientError, WhereasError


class Raw:
    """A body as urllib3 would hand it over."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self, *_: object, **__: object) -> Any:
        yield self.body


def answer(client: Any, status: int, body: bytes) -> None:
    """Make every call of ``client`` get this answer, without a try more."""
    client.meta.events.register_first(
        "before-send", lambda request, **_: AWSResponse(request.url, status, {"x-amzn-requestid": "id-1"}, Raw(body))
    )


def test_botocores_throttling_codes_are_all_known() -> None:
    assert set(ThrottledRetryableChecker._THROTTLED_ERROR_CODES) <= faults.THROTTLING
    assert {"RequestTimeout", "RequestTimeoutException"} <= faults.TRANSIENT
    assert TransientRetryableChecker._TRANSIENT_STATUS_CODES == [500, 502, 503, 504]


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("SlowDown", 503, ThrottledError),
        ("ProvisionedThroughputExceededException", 400, ThrottledError),
        ("anything", 429, ThrottledError),
        ("InternalError", 500, TransientError),
        ("unheard of", 502, TransientError),
        ("ExpiredToken", 400, TransientError),
        ("AccessDenied", 403, ConfigurationError),
        ("NoSuchBucket", 404, ConfigurationError),
        ("unheard of", 400, ConfigurationError),
    ],
)
def test_codes(code: str, status: int, expected: type[WhereasError]) -> None:
    assert faults.from_code(code, status=status) is expected
    exc = ClientError({"Error": {"Code": code, "Message": "secret"}, "ResponseMetadata": {"HTTPStatusCode": status}}, "Op")  # type: ignore[typeddict-item]
    translated = faults.from_exception(exc, action="s3.Op")
    assert type(translated) is expected
    assert "secret" not in str(translated)
    assert code in str(translated)


def botocore_errors() -> list[type[exceptions.BotoCoreError]]:
    return [kind for _, kind in inspect.getmembers(exceptions, inspect.isclass) if issubclass(kind, exceptions.BotoCoreError)]


@pytest.mark.parametrize("kind", botocore_errors(), ids=lambda kind: kind.__name__)
def test_every_error_of_botocore_becomes_ours(kind: type[exceptions.BotoCoreError]) -> None:
    translated = faults.from_exception(kind.__new__(kind), action="s3.GetObject")
    assert isinstance(translated, TransientError | ConfigurationError)
    lost = issubclass(kind, exceptions.HTTPClientError | exceptions.ConnectionError)
    assert isinstance(translated, TransientError) or not lost


def test_what_is_not_botocores_stays() -> None:
    exc = KeyError("k")
    assert faults.from_exception(exc, action="a") is exc


def test_a_client_raises_our_errors_with_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    client = clients.client("sqs")
    answer(client, 400, b'{"__type": "com.amazonaws.sqs#ThrottlingException", "message": "slow"}')
    with pytest.raises(ThrottledError, match=r"sqs\.SendMessage: refused with ThrottlingException \(HTTP 400") as caught:
        client.send_message(QueueUrl="https://sqs.us-east-1.amazonaws.com/1/q", MessageBody="b")
    assert isinstance(caught.value.__cause__, ClientError)


def test_a_missing_resource_is_the_deployments_fault() -> None:
    with pytest.raises(ConfigurationError, match=r"QueueDoesNotExist|NonExistentQueue"):
        clients.client("sqs").send_message(QueueUrl="https://sqs.us-east-1.amazonaws.com/123456789012/none", MessageBody="b")
    with pytest.raises(ConfigurationError, match="ResourceNotFoundException"):
        clients.client("dynamodb").get_item(TableName="none", Key={"PK": {"S": "a"}})


def test_a_lost_connection_is_transient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    client = clients.client("sqs")

    def refuse(request: Any, **_: object) -> None:
        raise exceptions.EndpointConnectionError(endpoint_url=request.url)

    client.meta.events.register_first("before-send", refuse)
    with pytest.raises(TransientError, match="EndpointConnectionError") as caught:
        client.send_message(QueueUrl="https://sqs.us-east-1.amazonaws.com/1/q", MessageBody="b")
    assert isinstance(caught.value.__cause__, exceptions.EndpointConnectionError)


def test_missing_credentials_are_the_deployments_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    client = clients.client("sqs")
    client.meta.events.register("before-sign", lambda **_: (_ for _ in ()).throw(exceptions.NoCredentialsError()))
    with pytest.raises(ConfigurationError, match="NoCredentialsError"):
        client.send_message(QueueUrl="https://sqs.us-east-1.amazonaws.com/1/q", MessageBody="b")


def test_answers_are_left_to_the_adapter_that_asked() -> None:
    s3 = clients.client("s3")
    s3.create_bucket(Bucket="answers")
    with pytest.raises(ClientError, match="NoSuchKey"):
        s3.get_object(Bucket="answers", Key="none")


def test_clients_are_made_once_with_explicit_limits() -> None:
    client = clients.client("s3")
    assert client is clients.client("s3")
    config = client.meta.config
    assert (config.connect_timeout, config.read_timeout, config.signature_version) == (3, 20, "s3v4")
    assert config.retries == {"mode": "standard", "total_max_attempts": 5}
