"""The one place that runs Tesseract: arguments, environment, time-out, and its ways to fail as typed errors.

One call a page answers with text, boxes and confidence (TSV). OMP_THREAD_LIMIT=1 because Tesseract's OpenMP threads fight
over the few cores of a function (unstructured-inference PR #185: 153 s became 5 s); it goes into the environment that
pytesseract hands to the program, not into this process's own.
"""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import re
import shlex
import subprocess
from dataclasses import dataclass
from functools import cache
from threading import Lock

from PIL import Image
from pytesseract import pytesseract

from whereas.errors import ConfigurationError, PermanentError
from whereas.reading.options import OcrOptions
from whereas.reading.pages.lines import Box

log = logging.getLogger(__name__)

pytesseract.environ = {**pytesseract.environ, "OMP_THREAD_LIMIT": "1"}

# pytesseract keeps the program's path in its module; calls for other programs (tests) must not mix.
_lock = Lock()
# Page segmentation: 3 is automatic layout, 0 finds orientation and script only (tesseract --help-psm).
_LAYOUT = 3
_ORIENTATION_ONLY = 0
_WORD_LEVEL = "5"
_COLUMNS = ("level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height", "conf", "text")


@dataclass(frozen=True, slots=True)
class RecognizedWord:
    """A word as Tesseract saw it: ``box`` in pixels, ``line`` its (block, paragraph, line), ``confidence`` in 0..1."""

    text: str
    box: Box
    confidence: float
    line: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Orientation:
    """How far a picture has to be turned clockwise to stand upright, and Tesseract's confidence in it (15 is sure).

    ``script`` is that of its letters as Tesseract names it ("Latin", "Cyrillic", "Han"), with a confidence of its own.
    """

    rotate: int
    confidence: float
    script: str = ""
    script_confidence: float = 0.0


def recognize(image: Image.Image, *, dpi: int, page: int, options: OcrOptions, grainy: bool = False) -> list[RecognizedWord]:
    """Recognise one page.

    Args:
        image: greyscale.
        dpi: resolution of ``image``.
        page: its number, for errors.
        options: program, data, language, time-out.
        grainy: take small blots for noise before lines are looked for.

    Returns:
        The words in Tesseract's reading order.

    Raises:
        PermanentError: ``stage_failed``, with the page: the program crashed, took too long or gave no TSV.
        ConfigurationError: the program is missing or cannot be started.
    """
    config = f"--psm {_LAYOUT} --dpi {dpi} --tessdata-dir {shlex.quote(str(options.tessdata))} -c tessedit_create_tsv=1"
    if grainy:
        config += " -c textord_heavy_nr=1"
    return _words(_call(image, "tsv", config, language=options.language, page=page, options=options), page=page)


def find_orientation(image: Image.Image, *, dpi: int, page: int, options: OcrOptions) -> Orientation | None:
    """Return how the page is turned; None where it cannot be told (too few characters, no data for it).

    Raises:
        PermanentError: ``stage_failed``: the program took too long.
        ConfigurationError: the program is missing or cannot be started.
    """
    if options.osd is None:
        return None
    config = f"--psm {_ORIENTATION_ONLY} --dpi {dpi} --tessdata-dir {shlex.quote(str(options.osd))}"
    try:
        answer = _call(image, "osd", config, language="osd", page=page, options=options)
    except _CrashError:
        # "Too few characters" is exit status 1 here: the page has been read once already, so nothing is lost.
        return None
    rotate = re.search(rb"^Rotate: (\d+)", answer, re.MULTILINE)
    confidence = re.search(rb"^Orientation confidence: ([\d.]+)", answer, re.MULTILINE)
    if rotate is None or confidence is None:
        return None
    script = re.search(rb"^Script: (\w{1,40})\s+Script confidence: ([\d.]{1,20})", answer, re.MULTILINE)
    named = (script[1].decode("ascii", "replace"), float(script[2])) if script else ("", 0.0)
    return Orientation(int(rotate[1]), float(confidence[1]), *named)


@cache
def engine_version(options: OcrOptions) -> tuple[str, str]:
    """Return the engine and its traineddata for lineage: ("tesseract 5.5.2", "eng sha256:<12 hex>"), "+" between several.

    Raises:
        ConfigurationError: the program cannot be started or does not say its version.
    """
    command = [str(options.executable), "--version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=10, check=True)  # noqa: S603 (our own layer's program)
    except (OSError, subprocess.SubprocessError) as exc:
        raise ConfigurationError(f"tesseract does not answer to --version: {type(exc).__name__}; check the OCR layer") from exc
    version = re.search(rb"tesseract v?(\S+)", done.stdout + done.stderr)
    if version is None:
        raise ConfigurationError("tesseract does not say its version; check the OCR layer")
    data = [f"{name} sha256:{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}" for name, path in options.traineddata().items()]
    return f"tesseract {version[1].decode('ascii', 'replace')}", " + ".join(data)


class _CrashError(PermanentError):
    """The program ended with an error status; told apart because finding an orientation may do so on a sparse page."""


def _call(image: Image.Image, extension: str, config: str, *, language: str, page: int, options: OcrOptions) -> bytes:
    # A raw bitmap: Tesseract reads it as well as the PNG that pytesseract would spend a quarter second compressing.
    image.format = "PPM"
    try:
        with _lock:
            pytesseract.tesseract_cmd = str(options.executable)
            answer = pytesseract.run_and_get_output(
                image, extension=extension, lang=language, config=config, timeout=options.left_s(), return_bytes=True
            )
    except pytesseract.TesseractNotFoundError as exc:
        raise ConfigurationError(f"{options.executable.name} is not in the OCR layer; check WHEREAS' layers") from exc
    except pytesseract.TesseractError as exc:
        raise _CrashError("stage_failed", f"OCR of page {page} ended with status {exc.status}.", page=page) from exc
    except UnicodeDecodeError:
        # pytesseract decodes the program's complaints, only read when it failed. Unchained: the error holds those bytes.
        raise _CrashError("stage_failed", f"OCR of page {page} failed and its message is no UTF-8.", page=page) from None
    except FileNotFoundError as exc:
        raise _CrashError("stage_failed", f"OCR of page {page} wrote no result.", page=page) from exc
    except OSError as exc:
        raise ConfigurationError(f"{options.executable.name} cannot be started: {type(exc).__name__}; check the OCR layer") from exc
    except RuntimeError as exc:
        detail = f"OCR of page {page} took longer than {options.timeout_s:g} seconds."
        raise PermanentError("stage_failed", detail, page=page) from exc
    return bytes(answer)


def _words(tsv: bytes, *, page: int) -> list[RecognizedWord]:
    try:
        rows = list(csv.reader(io.StringIO(tsv.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE))
    except UnicodeDecodeError:
        raise PermanentError("stage_failed", f"OCR of page {page} answered with bytes that are no UTF-8.", page=page) from None
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise PermanentError("stage_failed", f"OCR of page {page} answered with no word table.", page=page)
    words = []
    for row in rows[1:]:
        if len(row) == len(_COLUMNS) and row[0] == _WORD_LEVEL and row[-1].strip():
            words.append(_word(row, page=page))
    return words


def _word(row: list[str], *, page: int) -> RecognizedWord:
    try:
        left, top, width, height = (float(value) for value in row[6:10])
        confidence = min(1.0, max(0.0, float(row[10]) / 100))
        line = (int(row[2]), int(row[3]), int(row[4]))
    except ValueError:
        raise PermanentError("stage_failed", f"OCR of page {page} answered with a word table of odd numbers.", page=page) from None
    return RecognizedWord("".join(row[11].split()), (left, top, left + width, top + height), confidence, line)
