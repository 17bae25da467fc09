"""Adapters of S3, SQS and EventBridge, the client factory that they and the records share, and the error translation."""
