"""Complete submission text files of the SEC: several documents in one file, each between ``<DOCUMENT>`` and ``</DOCUMENT>``.

EDGAR Filer Manual, volume II, 5.2 and appendix: a header, then for each document its type, name and, between ``<TEXT>`` and
``</TEXT>``, its text as HTML or ASCII, or the bytes of a picture or PDF uuencoded. Texts are read in their order; what is no
text is left out with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.types import Warning

_HEAD = 65536
_IS_SUBMISSION = re.compile(r"<(?:SEC-DOCUMENT|IMS-DOCUMENT)>|<DOCUMENT>\s{0,20}<TYPE>", re.IGNORECASE)
_DOCUMENT = re.compile(r"^[ \t]*<DOCUMENT>[ \t]*$", re.IGNORECASE | re.MULTILINE)
_DOCUMENT_END = re.compile(r"^[ \t]*</DOCUMENT>", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(r"<TYPE>[ \t]*([^\s<]{1,40})", re.IGNORECASE)
_TEXT = re.compile(r"<TEXT>[ \t]*\n?", re.IGNORECASE)
_TEXT_END = re.compile(r"</TEXT>", re.IGNORECASE)
_UUENCODED = re.compile(r"^begin [0-7]{3,4} \S", re.MULTILINE)
_BINARY = re.compile(r"\s{0,200}<(?:PDF|XBRL|XML|JSON|EXCEL|ZIP)>|begin [0-7]{3,4} \S", re.IGNORECASE)
_NO_TEXT_TYPES = re.compile(r"(?:GRAPHIC|EXCEL|ZIP|XML|JSON|EX-101|EX-10[2-9]\.[A-Z]{3})", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|body|p|div|br|font|span|tr|td|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)


def is_submission(text: str) -> bool:
    """Return whether a text is a complete submission, or one document of it in its wrapper."""
    return _IS_SUBMISSION.search(text, 0, _HEAD) is not None


def is_markup(text: str) -> bool:
    """Return whether a document's text is HTML; EDGAR's ASCII tables have tags of their own, which prove nothing."""
    return _MARKUP.search(text, 0, _HEAD) is not None


def documents(text: str) -> tuple[list[str], tuple[Warning, ...]]:
    """Return the texts of a submission's documents in order, and a warning that names the types of what was left out."""
    texts: list[str] = []
    skipped: list[str] = []
    for kind, content in _split(text):
        if _NO_TEXT_TYPES.match(kind) or _BINARY.match(content) or _UUENCODED.search(content):
            skipped.append(kind)
        elif content.strip():
            texts.append(content)
    if not skipped:
        return texts, ()
    names = ", ".join(dict.fromkeys(skipped))
    return texts, (
        Warning("submission_parts_skipped", f"{len(skipped)} part(s) of the submission hold no text and were left out: {names}."),
    )


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Yield each document's type and text; what stands before the first one is the submission's header."""
    starts = [match.start() for match in _DOCUMENT.finditer(text)]
    for start, following in zip(starts, [*starts[1:], len(text)], strict=True):
        end = _DOCUMENT_END.search(text, start, following)
        last = end.start() if end else following
        kind = _TYPE.search(text, start, min(last, start + 2000))
        opened = _TEXT.search(text, start, min(last, start + 4000))
        first = opened.end() if opened else start
        closed = list(_TEXT_END.finditer(text, first, last))
        yield (kind[1] if kind else "unknown"), text[first : closed[-1].start() if closed else last]
