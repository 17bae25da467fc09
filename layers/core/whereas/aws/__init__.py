"""Adapters of S3, SQS and EventBridge, and the error translation."""
