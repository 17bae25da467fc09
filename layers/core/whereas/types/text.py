"""A document's text on its way from pages to chunks: words, pages, cleaned text with the map back, sections, windows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

PageSource = Literal["text_layer", "ocr", "markup", "plain_text"]


class MediaType(StrEnum):
    """The formats that are taken, by their IANA media type; the public record's ``document.media_type``.

    ZIP and EML are containers: nothing is read of them, each of their members becomes a document of its own.
    """

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    WEBP = "image/webp"
    AVIF = "image/avif"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    RTF = "application/rtf"
    HTML = "text/html"
    TEXT = "text/plain"
    ZIP = "application/zip"
    EML = "message/rfc822"


@dataclass(frozen=True, slots=True)
class Warning:
    """Something skipped, doubted or repaired; part of the public record."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a page: ``page.text[start:end] == text``.

    ``box`` is (x0, y0, x1, y1) in points; None where the format has no layout. ``confidence`` is the OCR engine's,
    in 0..1; None for text that was not recognised from an image.
    """

    text: str
    start: int
    end: int
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """What the choice between a page's text layer and OCR went by. Shares are in 0..1; None where nothing was measured.

    Attributes:
        characters_per_square_inch: of the text layer, white space aside.
        bad_share: of replacement, private-use and control characters.
        word_share: of words that are frequent English ones; None for few words and for text of another language.
        hidden_share: of characters that the page does not show.
        picture_share: of the page that its pictures cover.
        oblique_share: of characters that stand neither upright nor turned by a quarter.
        uncovered_ink: share of the page's ink that lies outside the layer's words.
        probe_agreement: share of words of a band, as OCR reads it, that the layer has there too.
    """

    characters_per_square_inch: float
    bad_share: float
    word_share: float | None
    hidden_share: float
    picture_share: float
    oblique_share: float
    uncovered_ink: float | None = None
    probe_agreement: float | None = None


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read, before cleanup. Formats without pages (DOCX, HTML, TXT) give one page, ``number`` 1."""

    number: int
    text: str
    words: tuple[Word, ...]
    width: float | None
    height: float | None
    source: PageSource
    reason: str
    confidence: float | None = None
    warnings: tuple[Warning, ...] = ()
    language: str | None = None
    measures: PageMeasures | None = None
    preparation: tuple[str, ...] = ()
    """What its picture was put through before OCR, in order; empty for a clean scan and for a text layer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of cleaned text and where it was read.

    Where ``end - start == source_end - source_start`` characters map one to one; else (a ligature spelled out, a run of
    white space made one) the whole run maps to the whole source. ``page`` is None for text that cleanup inserted
    (the break between two pages).
    """

    start: int
    end: int
    page: int | None
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered clause, heading or schedule of the cleaned text. ``parent_id`` is the enclosing section's id."""

    section_id: str
    number: str | None
    heading: str | None
    start: int
    end: int
    level: int
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that cleanup made: ``page.text[start:end]`` was ``before``, the cleaned text has ``after`` there.

    ``kind`` is the rule's id ("date", "ligature", "hyphenation"). ``after`` is empty where something was taken away.
    """

    page: int
    kind: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CleanedText:
    """A document's text after cleanup, with the map back to its pages. ``pieces`` are sorted and cover the text.

    ``repairs`` are in the order of the text. ``wraps`` are the offsets of the spaces that stand for a single line end, too
    many and too alike to be repairs. With both, ``reading.repairs.undoing`` gives back the very characters of the pages.
    """

    text: str
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...] = ()
    warnings: tuple[Warning, ...] = ()
    repairs: tuple[Repair, ...] = ()
    wraps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A window of the cleaned text: ``cleaned.text[start:end] == text``. Windows overlap and never cut a word.

    ``tokens`` is the window's length in model tokens, special tokens included.
    """

    index: int
    start: int
    end: int
    text: str
    tokens: int
