"""The system as ``template.yaml`` wires it, in the terms that a machine without AWS needs.

Names and addresses of resources are fixed before anything is made, as CloudFormation would in the end, so that every
intrinsic function can be resolved at once. A resource type that is neither made nor known to need nothing here is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from whereas.errors import ConfigurationError
from whereas_local.intrinsics import Resolver, load_yaml

ROOT: Final = Path(__file__).parents[2]
TEMPLATE: Final = ROOT / "template.yaml"
ACCOUNT: Final = "123456789012"
REGION: Final = "us-east-1"

NOTHING_TO_MAKE: Final = frozenset({
    "AWS::Serverless::LayerVersion",  # the working tree is on the path
    "AWS::Serverless::HttpApi",  # http_api.py serves the function that answers it
    "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy",  # loopback has one user
    "AWS::Logs::LogGroup",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Function:
    """One Lambda function. ``environment`` is complete, with every intrinsic resolved; ``layers`` are their folders."""

    name: str
    folder: Path
    module: str
    handler: str
    timeout_s: float
    memory_mb: int
    environment: Mapping[str, str]
    layers: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """One SQS queue; ``dead_letters`` is the logical name of the queue behind it."""

    name: str
    physical_name: str
    url: str
    arn: str
    visibility_timeout_s: int
    attributes: Mapping[str, str]
    dead_letters: str | None = None
    max_receives: int | None = None


@dataclass(frozen=True, slots=True)
class EventSource:
    """One event source mapping: which function answers which queue, and how."""

    function: str
    queue: str
    batch_size: int
    window_s: float
    max_concurrency: int
    reports_failures: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """A function called every ``interval_s`` seconds."""

    name: str
    function: str
    interval_s: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Everything the local runner makes and runs. Dictionaries are keyed by logical id."""

    functions: dict[str, Function]
    queues: dict[str, Queue]
    mappings: tuple[EventSource, ...]
    schedules: tuple[Schedule, ...]
    api_function: str
    buckets: dict[str, dict[str, Any]]
    tables: dict[str, dict[str, Any]]
    buses: dict[str, dict[str, Any]]
    refs: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, logical_id: str) -> str:
        """Return the physical name (a queue's URL) of a resource."""
        return self.refs[logical_id]


def load_stack(
    path: Path = TEMPLATE,
    *,
    endpoint: str = "https://sqs.us-east-1.amazonaws.com",
    name: str = "whereas",
    parameters: Mapping[str, object] | None = None,
) -> Stack:
    """Read the template into a ``Stack``.

    Args:
        path: the template; code and layer folders are relative to it.
        endpoint: where SQS answers, as queue URLs start with it.
        name: the stack's name.
        parameters: values that replace the template's defaults.

    Raises:
        ConfigurationError: the template uses what the local stack does not know, or a parameter is unknown.
    """
    template = load_yaml(path)
    resources: dict[str, dict[str, Any]] = template["Resources"]
    refs: dict[str, Any] = {
        "AWS::StackName": name,
        "AWS::AccountId": ACCOUNT,
        "AWS::Region": REGION,
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
    }
    refs |= _parameters(template.get("Parameters", {}), parameters or {})
    attributes: dict[tuple[str, str], str] = {}
    resolver = Resolver(refs=refs, attributes=attributes, conditions=template.get("Conditions", {}))
    _name_resources(resources, resolver, refs, attributes, endpoint)
    made = {kind: _properties(resources, kind, resolver) for kind in ("AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::Events::EventBus")}
    queues = {
        logical_id: _queue(logical_id, properties, refs[logical_id], attributes)
        for logical_id, properties in _properties(resources, "AWS::SQS::Queue", resolver).items()
    }
    functions: dict[str, Function] = {}
    mappings: list[EventSource] = []
    schedules: list[Schedule] = []
    api: list[str] = []
    layers = {
        logical_id: path.parent / resource["Properties"]["ContentUri"]
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::LayerVersion"
    }
    shared = template.get("Globals", {}).get("Function", {})
    for logical_id, resource in resources.items():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        properties = _merge(shared, resource["Properties"])
        named = {str(refs[layer]): folder for layer, folder in layers.items()}
        functions[logical_id] = _function(logical_id, properties, resolver, path.parent, named)
        for event_id, event in resolver.value(properties.get("Events", {})).items():
            _wire(logical_id, event_id, event, queues, mappings, schedules, api)
    if len(api) != 1:
        raise ConfigurationError(f"template: one function must answer the HTTP API, found {len(api)}")
    return Stack(
        functions=functions,
        queues=queues,
        mappings=tuple(mappings),
        schedules=tuple(schedules),
        api_function=api[0],
        buckets=made["AWS::S3::Bucket"],
        tables=made["AWS::DynamoDB::Table"],
        buses=made["AWS::Events::EventBus"],
        refs={key: str(value) for key, value in refs.items()},
    )


def _parameters(declared: Mapping[str, Any], given: Mapping[str, object]) -> dict[str, Any]:
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise ConfigurationError(f"the template has no parameter {', '.join(unknown)}; it has {', '.join(sorted(declared))}")
    return {key: given.get(key, spec["Default"]) for key, spec in declared.items()}


def _name_resources(
    resources: Mapping[str, Any], resolver: Resolver, refs: dict[str, Any], attributes: dict[tuple[str, str], str], endpoint: str
) -> None:
    stack = refs["AWS::StackName"]
    for logical_id, resource in resources.items():
        match resource["Type"]:
            case "AWS::S3::Bucket":
                refs[logical_id] = resolver.value(resource["Properties"]["BucketName"])
                attributes[logical_id, "Arn"] = f"arn:aws:s3:::{refs[logical_id]}"
            case "AWS::SQS::Queue":
                refs[logical_id] = f"{endpoint}/{ACCOUNT}/{stack}-{logical_id}"
                attributes[logical_id, "Arn"] = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{stack}-{logical_id}"
            case "AWS::DynamoDB::Table":
                refs[logical_id] = f"{stack}-{logical_id}"
                attributes[logical_id, "Arn"] = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{refs[logical_id]}"
            case "AWS::Events::EventBus":
                refs[logical_id] = resolver.value(resource["Properties"]["Name"])
                attributes[logical_id, "Arn"] = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{refs[logical_id]}"
            case "AWS::Serverless::Function":
                refs[logical_id] = f"{stack}-{logical_id}"
            case kind if kind in NOTHING_TO_MAKE:
                refs[logical_id] = f"{stack}-{logical_id}"
                attributes[logical_id, "Arn"] = f"arn:aws:local:{REGION}:{ACCOUNT}:{refs[logical_id]}"
            case kind:
                raise ConfigurationError(f"template: the local stack does not know {kind} ({logical_id}); add it to stack.py")


def _properties(resources: Mapping[str, Any], kind: str, resolver: Resolver) -> dict[str, dict[str, Any]]:
    return {name: resolver.value(resource.get("Properties", {})) for name, resource in resources.items() if resource["Type"] == kind}


def _queue(logical_id: str, properties: Mapping[str, Any], url: str, attributes: Mapping[tuple[str, str], str]) -> Queue:
    redrive = properties.get("RedrivePolicy") or {}
    by_arn = {arn: name for (name, attribute), arn in attributes.items() if attribute == "Arn"}
    return Queue(
        name=logical_id,
        physical_name=url.rsplit("/", 1)[1],
        url=url,
        arn=attributes[logical_id, "Arn"],
        visibility_timeout_s=int(properties.get("VisibilityTimeout", 30)),
        attributes={key: str(properties[key]) for key in ("VisibilityTimeout", "MessageRetentionPeriod") if key in properties},
        dead_letters=by_arn[redrive["deadLetterTargetArn"]] if redrive else None,
        max_receives=int(redrive["maxReceiveCount"]) if redrive else None,
    )


def _merge(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Apply ``Globals`` as SAM does: mappings are merged, the function's own value wins, lists are appended."""
    merged = dict(shared)
    for key, value in own.items():
        base = merged.get(key)
        if isinstance(base, Mapping) and isinstance(value, Mapping):
            merged[key] = _merge(base, value)
        elif isinstance(base, list) and isinstance(value, list):
            merged[key] = base + value
        else:
            merged[key] = value
    return merged


def _function(logical_id: str, properties: Mapping[str, Any], resolver: Resolver, root: Path, layers: Mapping[str, Path]) -> Function:
    module, handler = properties["Handler"].rsplit(".", 1)
    variables = resolver.value(properties.get("Environment", {}).get("Variables", {}))
    return Function(
        name=logical_id,
        folder=root / properties["CodeUri"],
        module=module,
        handler=handler,
        timeout_s=float(resolver.value(properties.get("Timeout", 3))),
        memory_mb=int(resolver.value(properties.get("MemorySize", 128))),
        environment={key: _in_tree(str(value), layers) for key, value in variables.items()},
        layers=tuple(layers[name] for name in resolver.value(properties.get("Layers", []))),
    )


def _in_tree(value: str, layers: Mapping[str, Path]) -> str:
    """Return a path of Lambda's ``/opt/<layer>`` as the layer's folder here; every other value as it is."""
    match = re.fullmatch(r"/opt/([^/]+)", value)
    return next((str(folder) for folder in layers.values() if match and folder.name == match[1]), value)


def _wire(
    function: str,
    event_id: str,
    event: Mapping[str, Any],
    queues: Mapping[str, Queue],
    mappings: list[EventSource],
    schedules: list[Schedule],
    api: list[str],
) -> None:
    properties = event["Properties"]
    match event["Type"]:
        case "SQS":
            queue = next(name for name, queue in queues.items() if queue.arn == properties["Queue"])
            mappings.append(
                EventSource(
                    function=function,
                    queue=queue,
                    batch_size=int(properties.get("BatchSize", 10)),
                    window_s=float(properties.get("MaximumBatchingWindowInSeconds", 0)),
                    max_concurrency=int(properties.get("ScalingConfig", {}).get("MaximumConcurrency", 1000)),
                    reports_failures="ReportBatchItemFailures" in properties.get("FunctionResponseTypes", []),
                )
            )
        case "Schedule" | "ScheduleV2":
            expression = properties.get("ScheduleExpression") or properties["Schedule"]
            schedules.append(Schedule(name=f"{function}.{event_id}", function=function, interval_s=_interval_s(expression)))
        case "HttpApi":
            api.append(function)
        case kind:
            raise ConfigurationError(f"template: the local stack does not know the event {kind} of {function}; add it to stack.py")


def _interval_s(expression: str) -> float:
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if not match:
        raise ConfigurationError(f"template: the local stack knows rate(...) schedules only, found {expression!r}")
    return int(match[1]) * {"minute": 60.0, "hour": 3600.0, "day": 86400.0}[match[2]]
