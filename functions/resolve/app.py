"""Resolve queue → resolve."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from whereas import stages
from whereas.stages import faults, resolve
from whereas.stages.messages import ResolveTask

logger = Logger(service="whereas")
tracer = Tracer(service="whereas")
# Where every message of a batch fails, Powertools would raise an error that quotes them all; faults.reported logs them safely.
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
stages.prepare()


def take(record: SQSRecord) -> None:
    """Resolve one document."""
    with faults.reported(record.message_id):
        resolve.run(ResolveTask.parse(record.body))


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False, capture_error=False)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answer with the tasks to deliver again."""
    return process_partial_response(event=event, record_handler=take, processor=processor, context=context)
