"""All pages in → cleaned text, its chunks, and a task for each chunk group.

Order of writes: text file, chunk files, the number of groups in the version item, chunk tasks. A repeat finds the number and
only sends what has not joined.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

from whereas.chunking.batches import pack
from whereas.chunking.windows import split_chunks
from whereas.errors import PermanentError
from whereas.reading.cleanup import clean
from whereas.recognition.artefact import TOKENIZER_FILE, load_card
from whereas.recognition.schema import LabelSchema, load_schema
from whereas.recognition.tokenizer import WordPieces
from whereas.records import state
from whereas.records.state import VersionState
from whereas.settings import settings
from whereas.stages import endings, files, joins
from whereas.stages.languages import judge_language
from whereas.stages.messages import AssembleTask
from whereas.stages.versions import open_version_of
from whereas.types import CleanedText, PageText


def run(task: AssembleTask) -> None:
    """Clean a document's pages and cut the text into chunks.

    Raises:
        ArtefactError: the task's version or one of its page files is missing or damaged.
        TransientError: S3, SQS or DynamoDB could not be reached or asked to slow down.
    """
    version = open_version_of(task)
    if version is None:
        return
    if version.chunk_groups is None:
        try:
            version = _assemble(version)
        except PermanentError as exc:
            endings.quarantine(version, exc)
            return
    joins.send_missing_chunks(version)


def _assemble(version: VersionState) -> VersionState:
    started = time.perf_counter()
    pages = [page for batch in files.load_pages(version) for page in batch.pages]
    cleaned, language = _clean(pages)
    files.save(files.text_key(version.run_id), cleaned, CleanedText)
    encoder, schema = _windows(settings().model_dir)
    chunks = split_chunks(cleaned.text, encoder, max_tokens=schema.max_tokens, overlap=schema.overlap)
    groups = pack(chunks, token_budget=settings().token_budget)
    for number, group in enumerate(groups):
        files.save(files.chunks_key(version.run_id, number), group, files.Chunks)
    ms = round((time.perf_counter() - started) * 1000)
    state.set_assembled(version.document_id, version.version_id, version.run_id, chunk_groups=len(groups), language=language, ms=ms)
    return replace(version, chunk_groups=len(groups), language=language)


@cache
def _windows(model_dir: Path) -> tuple[WordPieces, LabelSchema]:
    """Return the model's tokenizer and the sizes of the windows that it was trained for, held to the model's card."""
    load_card(model_dir)
    return WordPieces.load(model_dir / TOKENIZER_FILE), load_schema(model_dir)


def _clean(pages: list[PageText]) -> tuple[CleanedText, str]:
    """Return the cleaned text and its language.

    Raises:
        PermanentError: there is no text at all, or it is in a language that the model was not trained on.
    """
    cleaned = clean(pages)
    language, warnings = judge_language(pages, cleaned)
    return replace(cleaned, warnings=(*cleaned.warnings, *warnings)), language
