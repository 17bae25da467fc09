"""Every error that the system raises on purpose, grouped by what its caller does about it.

    WhereasError
    ├── PermanentError        the document cannot be processed: quarantine it with ``reason``
    ├── TransientError        raise; the queue delivers the message again
    │   └── ThrottledError    an AWS service asked to slow down
    ├── InvalidRequestError   the caller's request is wrong (HTTP 400, command line exit 2)
    ├── NotFoundError         what the request names does not exist (HTTP 404)
    └── ConfigurationError    the deployment is wrong: settings, model artefact, layers
        ├── ModelContractError   model, tokenizer and label schema do not fit together
        └── ArtefactError        a working file is missing or not what was written

Messages name the document by id, say what was expected, what was found and what to do. They never quote its text.
"""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, str]] = {
    "encrypted": "The file is encrypted or needs a password: remove the protection and upload it again.",
    "corrupt": "The file is damaged or cut short: export it anew and upload it again.",
    "empty": "The file holds no bytes, no pages or no readable text: check the original and upload it again.",
    "unsupported": "The file is of a kind that is not read: convert it to PDF, DOCX, ODT, RTF, TXT, HTML, PNG, JPEG or TIFF.",
    "nested": "An archive or message inside another is not unpacked: unpack it and upload its files.",
    "too_many_members": "The archive holds more files than the limit allows: split it, or raise the MaxMembers parameter.",
    "too_large": "The file has more bytes than the limit allows: split it, or raise the MaxBytes parameter.",
    "too_many_pages": "The document has more pages than the limit allows: split it, or raise the MaxPages parameter.",
    "too_many_pixels": "An image has more pixels than the limit allows: scan it at a lower resolution, or raise the MaxPixels parameter.",
    "unsupported_language": "The text is in a language that the model was not trained on: see the limits in the README.",
    "source_missing": "The uploaded object was deleted before it was read: upload it again.",
    "stage_failed": "A stage failed several times on this document (time, memory or a defect): see the stage's log, then send it again.",
    "stalled": "The document stood still for too long and sending it again did not help: see the log, then upload it again.",
}


class WhereasError(Exception):
    """Base of every error raised on purpose."""


class PermanentError(WhereasError):
    """The document cannot be processed, however often it is tried.

    Attributes:
        code: a key of ``REASONS``.
        page: the page at fault, counting from 1; None for the whole document.
    """

    def __init__(self, code: str, detail: str | None = None, *, page: int | None = None) -> None:
        self.code = code
        self.page = page
        self.message = f"{detail} {REASONS[code]}" if detail else REASONS[code]
        super().__init__(f"{code}: {self.message}")


class TransientError(WhereasError):
    """A try later may succeed; the queue delivers the message again."""


class ThrottledError(TransientError):
    """An AWS service asked to slow down."""


class InvalidRequestError(WhereasError):
    """The request is wrong; the message says what to change."""


class NotFoundError(WhereasError):
    """What the request names does not exist."""


class ConfigurationError(WhereasError):
    """The deployment is wrong and no retry or change of the document helps."""


class ModelContractError(ConfigurationError):
    """Model, tokenizer and label schema do not fit together, or a hash differs."""


class ArtefactError(ConfigurationError):
    """A working file is missing or not what an earlier stage wrote."""
