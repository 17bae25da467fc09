"""The promises that template.yaml makes: every one here is a failure that users of such pipelines have reported."""

import re
from pathlib import Path
from typing import Any

import pytest

from whereas.settings import Settings, read_settings
from whereas_local.intrinsics import load_yaml
from whereas_local.stack import TEMPLATE, EventSource, Stack, load_stack

ROOT = Path(__file__).parents[2]
RESOURCES: dict[str, dict[str, Any]] = load_yaml(TEMPLATE)["Resources"]
STACK: Stack = load_stack()
READ_MARGIN_S = 45
"""What a page batch needs beside OCR, at worst: start, download of the largest file, rendering, writing."""
READ_BASE_MB = 120
"""Interpreter, libraries and AWS clients of the read function, and Tesseract beside a page."""


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    return {name: resource["Properties"] for name, resource in RESOURCES.items() if resource["Type"] == kind}


FUNCTIONS = of_type("AWS::Serverless::Function")
STATEMENTS = [(name, s) for name, p in FUNCTIONS.items() for policy in p["Policies"] for s in policy["Statement"]]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("source", STACK.mappings, ids=lambda s: s.queue)
def test_visibility_covers_six_timeouts_and_the_window(source: EventSource) -> None:
    queue, function = STACK.queues[source.queue], STACK.functions[source.function]
    assert queue.visibility_timeout_s >= 6 * function.timeout_s + source.window_s


@pytest.mark.parametrize("source", STACK.mappings, ids=lambda s: s.queue)
def test_sources_report_failures_one_by_one_and_bound_their_concurrency(source: EventSource) -> None:
    assert source.reports_failures
    assert 2 <= source.max_concurrency <= 1000
    assert source.batch_size <= 10 or source.window_s >= 1


def test_every_queue_has_dead_letters_that_sweep_reads() -> None:
    behind = {queue.dead_letters for queue in STACK.queues.values() if queue.dead_letters}
    fronts = [queue for queue in STACK.queues.values() if queue.name not in behind]
    assert all(queue.dead_letters and (queue.max_receives or 0) >= 3 for queue in fronts)
    assert {source.queue for source in STACK.mappings if source.function == "SweepFunction"} == behind
    assert {source.queue for source in STACK.mappings} == set(STACK.queues)


def test_the_read_queue_takes_one_page_batch_at_a_time_and_only_chunks_travel_together() -> None:
    sizes = {source.queue: source.batch_size for source in STACK.mappings}
    assert sizes["PageQueue"] == 1
    assert sizes["ChunkSoloQueue"] == 1
    assert [queue for queue, size in sizes.items() if size > 1 and not queue.endswith("DeadLetters")] == ["ChunkQueue"]


def test_a_page_batch_of_slow_pages_fits_into_the_timeout_of_read() -> None:
    parameters = load_yaml(TEMPLATE)["Parameters"]
    slowest = parameters["PageBatch"]["MaxValue"] * parameters["OcrTimeoutSeconds"]["MaxValue"]
    assert slowest + READ_MARGIN_S <= STACK.functions["ReadFunction"].timeout_s


def test_the_largest_file_and_one_decoded_picture_fit_into_the_memory_of_read() -> None:
    parameters = load_yaml(TEMPLATE)["Parameters"]
    # An RGBA picture, upright, on white paper, and the two made one: each has four bytes a pixel.
    picture = 4 * 4 * parameters["MaxPixels"]["Default"]
    assert (parameters["MaxBytes"]["Default"] + picture) / 2**20 + READ_BASE_MB <= STACK.functions["ReadFunction"].memory_mb


@pytest.mark.parametrize("bucket", sorted(of_type("AWS::S3::Bucket")))
def test_buckets_are_versioned_encrypted_private_and_tls_only(bucket: str) -> None:
    properties = RESOURCES[bucket]["Properties"]
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    policies = [p["PolicyDocument"] for p in of_type("AWS::S3::BucketPolicy").values() if p["Bucket"] == {"Ref": bucket}]
    assert any(is_tls_only(statement, "s3:*") for policy in policies for statement in policy["Statement"])


def test_queues_are_encrypted_and_tls_only() -> None:
    assert all(queue["SqsManagedSseEnabled"] is True for queue in of_type("AWS::SQS::Queue").values())
    guarded: set[str] = set()
    for policy in of_type("AWS::SQS::QueuePolicy").values():
        if any(is_tls_only(statement, "sqs:*") for statement in policy["PolicyDocument"]["Statement"]):
            guarded |= {queue["Ref"] for queue in policy["Queues"]}
    assert guarded == set(STACK.queues)


def is_tls_only(statement: dict[str, Any], action: str) -> bool:
    return (
        statement["Effect"] == "Deny"
        and statement["Principal"] == "*"
        and statement["Action"] == action
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    )


def test_uploads_reach_intake_alone_and_work_files_reach_nothing() -> None:
    assert "NotificationConfiguration" not in RESOURCES["WorkBucket"]["Properties"]
    (configuration,) = RESOURCES["UploadBucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    assert configuration == {"Event": "s3:ObjectCreated:*", "Queue": {"Fn::GetAtt": ["IntakeQueue", "Arn"]}}
    assert RESOURCES["UploadBucket"]["DependsOn"] == "IntakeQueuePolicy"


def test_only_the_named_bucket_may_send_to_intake() -> None:
    statements = RESOURCES["IntakeQueuePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    (allowed,) = [statement for statement in statements if statement["Effect"] == "Allow"]
    source = allowed["Condition"]["ArnEquals"]["aws:SourceArn"]["Fn::Sub"]
    assert source.endswith(RESOURCES["UploadBucket"]["Properties"]["BucketName"]["Fn::Sub"])
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


def test_lifecycle_expires_working_files_and_never_records() -> None:
    rules = RESOURCES["WorkBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [rule["Prefix"] for rule in rules if "ExpirationInDays" in rule] == ["work/"]


def test_the_table_is_on_demand_recoverable_expiring_and_encrypted() -> None:
    (table,) = of_type("AWS::DynamoDB::Table").values()
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}


@pytest.mark.parametrize(("function", "statement"), STATEMENTS, ids=[f"{name}-{i}" for i, (name, _) in enumerate(STATEMENTS)])
def test_policies_name_their_actions_and_resources(function: str, statement: dict[str, Any]) -> None:
    assert statement["Effect"] == "Allow"
    assert all("*" not in action for action in as_list(statement["Action"]))
    assert all(isinstance(resource, dict) for resource in as_list(statement["Resource"])), "a resource is spelled out, not a wildcard"


def test_query_writes_decisions_about_names_and_no_record() -> None:
    writes = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "sqs:SendMessage"}
    allowed = [s for name, s in STATEMENTS if name == "QueryFunction" and writes & set(as_list(s["Action"]))]
    assert [set(statement["Action"]) for statement in allowed] == [{"dynamodb:PutItem", "dynamodb:DeleteItem"}]
    assert allowed[0]["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["LINK#*", "LINKS"]}}


def test_the_api_demands_iam() -> None:
    (api,) = of_type("AWS::Serverless::HttpApi").values()
    assert api["Auth"] == {"EnableIamAuthorizer": True, "DefaultAuthorizer": "AWS_IAM"}


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_functions_log_to_a_group_that_forgets(function: str) -> None:
    group = RESOURCES[FUNCTIONS[function]["LoggingConfig"]["LogGroup"]["Ref"]]
    assert group["Type"] == "AWS::Logs::LogGroup"
    assert group["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_functions_are_traced_and_run_on_the_architecture_asked_for() -> None:
    shared = load_yaml(TEMPLATE)["Globals"]["Function"]
    assert shared["Tracing"] == "Active"
    assert shared["Runtime"] == "python3.13"
    assert shared["Architectures"] == [{"Ref": "Architecture"}]
    assert not any({"Tracing", "Runtime", "Architectures"} & set(properties) for properties in FUNCTIONS.values())


@pytest.mark.parametrize("function", sorted(STACK.functions))
def test_functions_lie_where_the_template_says(function: str) -> None:
    spec = STACK.functions[function]
    assert (spec.folder / f"{spec.module}.py").is_file()


def test_layers_have_the_target_that_sam_calls() -> None:
    for name, layer in of_type("AWS::Serverless::LayerVersion").items():
        makefile = (ROOT / layer["ContentUri"] / "Makefile").read_text()
        assert re.search(rf"^build-{name}:", makefile, re.MULTILINE)


def test_environment_names_are_those_that_settings_read() -> None:
    read = set(re.findall(r"\"(WHEREAS_\w+)\"", (ROOT / "layers/core/whereas/settings.py").read_text()))
    assert {name for name in STACK.functions["RecognizeFunction"].environment if name.startswith("WHEREAS_")} == read


def test_defaults_of_the_template_are_those_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*STACK.functions["QueryFunction"].environment]:
        monkeypatch.delenv(name, raising=False)
    library = read_settings()
    for name, value in STACK.functions["QueryFunction"].environment.items():
        monkeypatch.setenv(name, value)
    template = read_settings()
    numbers = [field for field in Settings.__slots__ if isinstance(getattr(library, field), int | float) or field == "limits"]
    assert len(numbers) > 5
    assert {field: getattr(template, field) for field in numbers} == {field: getattr(library, field) for field in numbers}


def test_provisioned_concurrency_is_a_parameter_that_is_off_by_default() -> None:
    template = load_yaml(TEMPLATE)
    assert template["Parameters"]["ProvisionedConcurrency"]["Default"] == 0
    assert FUNCTIONS["RecognizeFunction"]["ProvisionedConcurrencyConfig"]["Fn::If"][0] == "HasProvisionedConcurrency"


def test_outputs_hold_a_line_to_copy() -> None:
    outputs = load_yaml(TEMPLATE)["Outputs"]
    assert outputs["UploadCommand"]["Value"]["Fn::Sub"].startswith("aws s3 cp ")
    assert {"ApiUrl", "UploadBucketName"} <= set(outputs)
