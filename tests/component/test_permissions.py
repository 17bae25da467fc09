"""What the functions ask of AWS is what the template allows them: a policy too narrow shows only in an account, so it is held here."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from chain import BUS, ROOT, TABLE, UPLOADS, WORK, Chain, chain, notification, sqs_event
from contracts import GERMAN, agreement, zip_of

from whereas.aws.clients import client
from whereas.stages import sweep

RESOURCES = {UPLOADS: "UploadBucket", WORK: "WorkBucket", TABLE: "Table", BUS: "EventBus"} | {
    "example-page": "PageQueue", "example-assemble": "AssembleQueue", "example-chunk": "ChunkQueue", "example-chunk-solo": "ChunkSoloQueue",
    "example-resolve": "ResolveQueue",
}  # fmt: skip
ACTIONS = {
    "s3:HeadObject": "s3:GetObject", "s3:HeadObjectVersion": "s3:GetObjectVersion", "sqs:SendMessageBatch": "sqs:SendMessage",
}  # fmt: skip
"""IAM knows these operations by another name (Service Authorization Reference)."""


UNSEEN = {("sweep", "dynamodb:BatchWriteItem", "Table")}
"""Asked for only where sweep makes good a death between two runs: it deletes the items of the run that was replaced.

``s3:ListBucket`` is never asked for: it makes S3 answer 404 instead of 403 for what is missing (S3 API Reference, "GetObject").
"""


class Loader(yaml.SafeLoader):
    """Reads ``!Ref`` and its kin as the text behind them."""


Loader.add_multi_constructor("!", lambda loader, _, node: node.value if isinstance(node, yaml.ScalarNode) else str(node.value))


def allowed(function: str) -> set[tuple[str, str]]:
    """Return the actions that the template allows a function, each with the logical id of what it may touch."""
    template: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), Loader=Loader)
    statements = [
        s for policy in template["Resources"][f"{function.capitalize()}Function"]["Properties"]["Policies"] for s in policy["Statement"]
    ]
    pairs = set()
    for statement in statements:
        actions = [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        resources = [statement["Resource"]] if isinstance(statement["Resource"], str) else statement["Resource"]
        names = {re.sub(r"^\$\{|[.}].*$", "", resource) for resource in resources}
        pairs |= {(action, name) for action in actions for name in names}
    return pairs


def exercise(stack: Chain) -> None:
    """Walk every path of the chain that asks something of AWS."""
    for number, data in enumerate((agreement(clauses=1), GERMAN, b"", b"Order 4711", "\ufffd".encode() * 9)):
        stack.upload(f"file {number}.txt", data)
        stack.pump(copies=2)
    stack.upload("file 0.txt", agreement(2, clauses=1))
    stack.upload("files.zip", zip_of({"a.txt": agreement(4, clauses=1)}))
    gone = stack.upload("gone.txt", agreement(3, clauses=1))
    stack.pump(hold=("page",))
    client("s3").delete_object(Bucket=UPLOADS, Key="gone.txt", VersionId=gone)
    for queue in ("page", "assemble", "chunk", "resolve"):
        stack.upload(f"dead {queue}.txt", agreement(clauses=1))
        stack.pump(hold=(queue,))
        bodies = stack.waiting(queue)
        sweep_now(stack)
        for body in bodies:
            stack.invoke("sweep", sqs_event([body]))
            stack.send(queue, body)
    stack.pump()
    for _, body in list(stack.deliveries):
        stack.invoke("sweep", sqs_event([body]))
    stack.invoke("sweep", sqs_event(["nonsense", notification("unknown.txt", "v")]))


def sweep_now(stack: Chain) -> None:
    """Run the schedule as of later, heard as sweep."""
    with stack._overheard("sweep"):
        sweep.run_schedule(datetime.now(UTC) + timedelta(hours=2))


def test_every_function_is_allowed_what_it_asks_for_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    with chain(monkeypatch) as stack:
        exercise(stack)
        asked: dict[str, set[tuple[str, str]]] = {}
        for function, service, operation, resource in stack.calls:
            action = f"{service}:{operation}"
            asked.setdefault(function, set()).add((ACTIONS.get(action, action), RESOURCES[resource]))
    assert set(asked) == {"intake", "read", "assemble", "recognize", "resolve", "sweep"}
    refused = {function: sorted(pairs - allowed(function)) for function, pairs in asked.items()}
    assert {function: pairs for function, pairs in refused.items() if pairs} == {}
    idle = {(function, *pair) for function, pairs in asked.items() for pair in allowed(function) - pairs if pair[0] != "s3:ListBucket"}
    assert idle == UNSEEN
