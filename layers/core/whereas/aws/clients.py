"""One client a service, made once a process, with explicit time limits and retries and with errors already translated.

Endpoint, region and credentials come from where boto3 looks for them itself (``AWS_ENDPOINT_URL``, ``AWS_REGION``, the
function's role), so that the same code talks to AWS and to a local stack.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import boto3
from botocore.config import Config

from whereas.aws import faults

CONFIG: Final = Config(
    # A connection inside a region takes milliseconds; what takes seconds is lost, and the retry is cheaper than the wait.
    connect_timeout=3,
    # Between two reads of a socket, not for a whole download.
    read_timeout=20,
    # Standard mode: jittered exponential back-off, and a retry quota that stops a storm of retries
    # (AWS SDKs and Tools Reference Guide, "Retry behavior"). What still fails goes back to the queue.
    retries={"mode": "standard", "total_max_attempts": 5},
    # Presigned uploads need version 4 signatures; the older default of S3 differs by region.
    signature_version="v4",
    tcp_keepalive=True,
)


@cache
def client(service: str) -> Any:
    """Return the process's client of ``service`` (``s3``, ``sqs``, ``dynamodb``, ``events``).

    Its calls raise this project's errors instead of botocore's, see ``faults``. Call it in the init phase of a function:
    making a client costs tens of milliseconds.
    """
    made = _session().client(service, config=_config(service))  # type: ignore[call-overload]
    faults.attach(made)
    return made


@cache
def _session() -> boto3.session.Session:
    """Return the one session: it keeps the service descriptions that it has read, which is most of what a client costs."""
    return boto3.session.Session()


def _config(service: str) -> Config:
    return CONFIG.merge(Config(signature_version="s3v4")) if service == "s3" else CONFIG


def dynamodb() -> Any:
    """Return the DynamoDB client; what ``whereas.records.table.connect`` is given."""
    return client("dynamodb")
