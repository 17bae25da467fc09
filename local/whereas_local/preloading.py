"""What the fork server imports before it makes any function's process: only what the core layer holds.

Nothing here may read settings or make a client, as each function has an environment of its own.
"""

from __future__ import annotations

import aws_lambda_powertools
import aws_lambda_powertools.utilities.batch
import boto3
import botocore.endpoint
import botocore.regions
import lxml.etree

import whereas.aws.events
import whereas.aws.s3
import whereas.aws.sqs
import whereas.records.state
import whereas.stages.files
import whereas.stages.messages
import whereas_local.workers
from whereas_local.layers import owners

owners()

__all__ = ["aws_lambda_powertools", "boto3", "botocore", "lxml", "whereas", "whereas_local"]
