"""Plain text: its encoding, its lines."""

from __future__ import annotations

import re
from html import unescape

from whereas.errors import PermanentError
from whereas.reading.formats.pagemarks import mend
from whereas.types import PageSource, PageText, Warning

_BOMS: tuple[tuple[bytes, str], ...] = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u0085\x0b]")
# Of filed texts: those that only a program writes; "AT&T" and "R&D;" stay.
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|amp|nbsp|quot|lt|gt|sect|para|[lr][sd]quo|[mn]dash|bull|copy|reg|trade);")
_PAGE_MARK = re.compile(r"^[ \t]*<PAGE>[^\n<]{0,40}$", re.IGNORECASE | re.MULTILINE)
# EDGAR's ASCII tables: where they begin, their caption, their stub and columns, their footnotes.
_TABLE_MARKS = re.compile(
    r"^[ \t]*</?(?:TABLE|CAPTION|FN)>[ \t]*\n?|^[ \t]*<S>(?:[ \t]*<C>)*[ \t]*\n?|</?(?:CAPTION|S|C|FN|F\d{1,2})>",
    re.IGNORECASE | re.MULTILINE,
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of ``data`` and the encoding that it was in.

    A byte order mark decides; else UTF-8 where every byte fits it (which no other encoding does by chance); else windows-1252,
    which is what office software of the West writes, as in the WHATWG encoding standard. Its five free bytes become U+FFFD.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def page_of(text: str, *, source_reason: str, markup: bool, warnings: tuple[Warning, ...] = ()) -> PageText:
    """Return the one page that a format without pages has.

    Raises:
        PermanentError: ``empty``: there is nothing but white space.
    """
    if not text.strip():
        raise PermanentError("empty", "The file holds no readable text.")
    source: PageSource = "markup" if markup else "plain_text"
    return PageText(number=1, text=text, words=(), width=None, height=None, source=source, reason=source_reason, warnings=warnings)


def read(data: bytes) -> PageText:
    r"""Return a text file as one page; line ends become ``\\n``. Page breaks, their numbers and EDGAR's marks are left out.

    Raises:
        PermanentError: ``empty``.
    """
    text, encoding = decode(data)
    return page_of(tidy(text), source_reason=f"encoding:{encoding}", markup=False)


def tidy(text: str) -> str:
    """Return a plain text as its author meant it to be seen: one kind of line end, no marks of pages and tables, entities resolved."""
    text = _LINE_ENDS.sub("\n", text)
    if _ENTITY.search(text):
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    text = _PAGE_MARK.sub("\x0c", text)
    text = _TABLE_MARKS.sub("", text)
    return mend(text, wrapped=True)
