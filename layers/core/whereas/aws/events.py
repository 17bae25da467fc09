"""EventBridge: telling the world what ended, with the failures that a 200 answer hides looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from whereas.aws import faults
from whereas.aws.clients import client

SOURCE: Final = "whereas"


def put(bus: str, *, detail_type: str, detail: Mapping[str, Any]) -> None:
    """Put one event on ``bus``; ``detail`` holds ids and statuses, no text.

    Raises:
        ThrottledError, TransientError: EventBridge could not take it now.
        ConfigurationError: EventBridge refused it.
    """
    entry = {"EventBusName": bus, "Source": SOURCE, "DetailType": detail_type, "Detail": json.dumps(detail, sort_keys=True)}
    answer = client("events").put_events(Entries=[entry])
    # PutEvents answers 200 with FailedEntryCount (EventBridge API Reference).
    if answer["FailedEntryCount"]:
        code = str(answer["Entries"][0].get("ErrorCode", "unknown"))
        raise faults.from_code(code, status=0)(f"EventBridge did not take the event {detail_type!r}: {code}; see the bus and its policy")
