"""Plain text: its encoding, its lines."""

from __future__ import annotations

import re

from whereas.errors import PermanentError
from whereas.types import PageSource, PageText

_BOMS: tuple[tuple[bytes, str], ...] = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


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


def page_of(text: str, *, source_reason: str, markup: bool) -> PageText:
    """Return the one page that a format without pages has.

    Raises:
        PermanentError: ``empty``: there is nothing but white space.
    """
    if not text.strip():
        raise PermanentError("empty", "The file holds no readable text.")
    source: PageSource = "markup" if markup else "plain_text"
    return PageText(number=1, text=text, words=(), width=None, height=None, source=source, reason=source_reason)


def read(data: bytes) -> PageText:
    r"""Return a text file as one page; line ends become ``\\n``, form feeds empty lines.

    Raises:
        PermanentError: ``empty``.
    """
    text, encoding = decode(data)
    text = re.sub(r"\r\n?|[\u2028\u0085\x0b]", "\n", text)
    text = re.sub(r"\n?\x0c\n?", "\n\n", text)
    return page_of(text, source_reason=f"encoding:{encoding}", markup=False)
