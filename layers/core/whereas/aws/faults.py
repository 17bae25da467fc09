"""What botocore raises, told as this project's errors: the one table of AWS error codes.

    throttling codes                              → ThrottledError
    HTTP 5xx, time-outs, lost connections         → TransientError
    every other refusal, missing credentials      → ConfigurationError
    ``ANSWERS``                                   → left as they are

``attach`` hooks the translation into a client's own events, so that no call can forget it. It takes effect after botocore's
retries. Messages carry service, operation, code and request id, never AWS's own message, which may quote keys or items.
"""

from __future__ import annotations

from typing import Any, Final

from botocore import exceptions
from botocore.exceptions import ClientError

from whereas.errors import ConfigurationError, ThrottledError, TransientError, WhereasError

ANSWERS: Final = frozenset({
    "ConditionalCheckFailedException",
    "TransactionCanceledException",
    "ValidationException",
    "NoSuchKey",
    "NoSuchVersion",
    "404",
    "405",
    "MethodNotAllowed",
})  # fmt: skip
"""Codes that answer a question rather than report a failure; they stay ``ClientError`` for the adapter that asked.

405 is what S3 says when the version asked for is a delete marker (S3 API Reference, "GetObject").
"""

THROTTLING: Final = frozenset({
    "BandwidthLimitExceeded", "EC2ThrottledException", "KMS.ThrottlingException", "KmsThrottled", "LimitExceededException",
    "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
    "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
    "TransactionInProgressException",
})  # fmt: skip
"""As botocore's standard retry mode lists them (botocore/retries/standard.py), and the two of KMS behind SQS and S3."""

TRANSIENT: Final = frozenset({
    "ExpiredToken", "ExpiredTokenException", "InternalError", "InternalFailure", "InternalServerError", "OperationAborted",
    "RequestTimeTooSkewed", "RequestTimeout", "RequestTimeoutException", "ServiceUnavailable", "TransactionConflictException",
})  # fmt: skip

_LOST: Final = (
    exceptions.HTTPClientError,
    exceptions.ConnectionError,
    exceptions.IncompleteReadError,
    exceptions.CredentialRetrievalError,
    exceptions.MetadataRetrievalError,
    exceptions.ChecksumError,
    exceptions.FlexibleChecksumError,
)
"""Nothing came back, or not all of it; ``HTTPClientError`` holds the time-outs and the broken streams."""


def from_code(code: str, *, status: int) -> type[WhereasError]:
    """Return the error that an AWS error code with an HTTP status stands for."""
    if code in THROTTLING or status == 429:
        return ThrottledError
    if code in TRANSIENT or status >= 500:
        return TransientError
    return ConfigurationError


def from_exception(exc: Exception, *, action: str) -> Exception:
    """Return the error that stands for what botocore raised during ``action``; one that is none of botocore's comes back as it is."""
    if isinstance(exc, ClientError):
        code = str(exc.response.get("Error", {}).get("Code", "unknown"))
        meta: Any = exc.response.get("ResponseMetadata", {})
        status = int(meta.get("HTTPStatusCode", 0))
        return from_code(code, status=status)(_refusal(action, code=code, status=status, request_id=str(meta.get("RequestId", "unknown"))))
    if isinstance(exc, _LOST):
        return TransientError(f"{action}: no full answer ({type(exc).__name__}); it is tried again")
    if isinstance(exc, exceptions.BotoCoreError):
        return ConfigurationError(f"{action}: the call could not be made ({type(exc).__name__}); check region, credentials and endpoint")
    return exc


def attach(client: Any) -> None:
    """Make every call of ``client`` raise this project's errors."""
    client.meta.events.register_last("after-call", _after_call, unique_id="whereas-after-call")
    client.meta.events.register_last("after-call-error", _after_call_error, unique_id="whereas-after-call-error")


def _refusal(action: str, *, code: str, status: int, request_id: str) -> str:
    found = f"{action}: refused with {code} (HTTP {status}, request {request_id})"
    return f"{found}; check that the resource exists and that the function's policy allows it"


def _after_call(http_response: Any, parsed: dict[str, Any], model: Any, **_: Any) -> None:
    if http_response.status_code < 300:
        return
    code = str(parsed.get("Error", {}).get("Code", "unknown"))
    if code in ANSWERS:
        return
    exc = ClientError(parsed, model.name)  # type: ignore[arg-type]
    raise from_exception(exc, action=_action(model)) from exc


def _after_call_error(exception: Exception, event_name: str, **_: Any) -> None:
    translated = from_exception(exception, action=event_name.removeprefix("after-call-error."))
    if translated is not exception:
        raise translated from exception


def _action(model: Any) -> str:
    return f"{model.service_model.service_name}.{model.name}"
