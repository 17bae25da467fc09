"""Chunk queues → recognize: one batch of many documents' chunk groups an invocation."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes import SQSEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from whereas import stages
from whereas.errors import InvalidRequestError
from whereas.stages import faults, recognize
from whereas.stages.messages import ChunkTask

logger = Logger(service="whereas")
tracer = Tracer(service="whereas")
stages.prepare()
recognize.prepare()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answer with the chunk tasks to deliver again."""
    failed: dict[str, Exception] = {}
    tasks: dict[str, ChunkTask] = {}
    for record in SQSEvent(event).records:
        try:
            tasks[record.message_id] = ChunkTask.parse(record.body)
        except InvalidRequestError as exc:
            failed[record.message_id] = exc
    for message_id, outcome in zip(tasks, recognize.run(list(tasks.values())), strict=True):
        if outcome is not None:
            failed[message_id] = outcome
    for message_id, failure in failed.items():
        faults.report(failure, message_id=message_id)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}
