"""RTF: paragraphs, tables, notes, numbers as their program wrote them; tracked changes as if accepted.

A reader of its own, of the Rich Text Format Specification 1.9.1: the packages for it lose footnotes or join them into the
sentence, and decode every font by one code page.
"""

from __future__ import annotations

import re
from dataclasses import replace

from whereas.errors import PermanentError
from whereas.reading.formats import rtf_codes as codes
from whereas.reading.formats.blocks import Blocks
from whereas.reading.formats.plain import page_of
from whereas.reading.formats.rtf_parts import Part, State
from whereas.reading.formats.symbols import symbol
from whereas.types import PageText

_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|'(?P<hex>[0-9a-fA-F]{2})|(?P<symbol>[^a-zA-Z']))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\x00]+)|(?P<other>[\s\S])"
)
_MAX_DEPTH = 500


def read(data: bytes) -> PageText:
    """Return an RTF document as one page: headers, text, footers, notes.

    Raises:
        PermanentError: ``corrupt``: it is cut short or nested without end; ``empty``.
    """
    reader = _Reader()
    reader.read(data)
    return page_of(reader.text(), source_reason="rtf", markup=True)


class _Reader:
    """Follows the groups of one file. Bytes wait until something else comes, as a character may take two of them."""

    def __init__(self) -> None:
        self._state = State()
        self._above: list[State] = []
        self._parts: list[tuple[int, str, Part]] = [(0, "body", Part())]
        self._headers: dict[str, str] = {}
        self._footers: dict[str, str] = {}
        self._notes: list[str] = []
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._charset = "cp1252"
        self._fonts: dict[int, tuple[int | None, str]] = {}
        self._naming: int | None = None
        self._surrogate = ""

    def read(self, data: bytes) -> None:
        """Read all of the file; what stands after its last group is not looked at."""
        at = 0
        while at < len(data):
            match = _TOKEN.match(data, at)
            if match is None:
                break
            at = match.end()
            if match["brace"]:
                self._flush()
                self._turn_group(opens=match["brace"] == b"{")
                if not self._above:
                    return
            elif match["word"]:
                at += self._read_word(match["word"].decode(), match["number"])
            elif match["hex"]:
                self._add_bytes(bytes([int(match["hex"], 16)]))
            elif match["symbol"]:
                self._read_symbol(match["symbol"].decode("latin-1"))
            elif match["text"]:
                self._add_bytes(match["text"])
        raise PermanentError("corrupt", "The RTF document ends in the middle.")

    def text(self) -> str:
        """Return all parts in the order in which they are read."""
        _, _, body = self._parts[0]
        return "\n\n".join(text for text in (*self._headers.values(), body.text(), *self._footers.values(), *self._notes) if text)

    @property
    def _part(self) -> Part:
        return self._parts[-1][2]

    @property
    def _sink(self) -> Blocks:
        return self._part.sink(in_table=self._state.in_table)

    @property
    def _is_seen(self) -> bool:
        return not (self._state.skipped or self._state.hidden or self._state.deleted)

    def _turn_group(self, *, opens: bool) -> None:
        self._skip, self._starred = 0, False
        if opens:
            if len(self._above) > _MAX_DEPTH:
                raise PermanentError("corrupt", f"The RTF document nests its groups more than {_MAX_DEPTH} deep.")
            self._above.append(self._state)
            return
        if len(self._parts) > 1 and self._parts[-1][0] == len(self._above):
            self._end_part()
        if self._above:
            self._state = self._above.pop()

    def _end_part(self) -> None:
        _, kind, part = self._parts.pop()
        text = part.text()
        if kind == "box":
            self._part.boxes.append(text)
        elif kind == "note":
            self._notes.append(text)
        else:
            # Headers repeat one another; a page number alone is none.
            key = "".join(character for character in text.casefold() if character.isalpha())
            if len(key) > len("pageof"):
                (self._headers if kind == "header" else self._footers).setdefault(key, text)

    def _read_word(self, word: str, number: bytes | None) -> int:
        """Act on a control word; return how many bytes behind it are not text."""
        value = int(number) if number is not None else None
        if word == "u" and value is not None:
            self._add_unicode(value % 65536)
            return 0
        self._flush()
        if word == "bin":
            return max(0, value or 0)
        if self._skip:
            self._skip -= 1
        starred, self._starred = self._starred, False
        if word == "nestrow":
            # It stands among the properties of its row, which are no text.
            self._sink.end_line()
        if word in codes.SKIPPED or (starred and word not in codes.STARRED_BUT_SHOWN):
            self._state = replace(self._state, skipped=True, begins=word)
        elif word in codes.PARTS:
            self._begin_part(word)
        elif word in codes.SHOWN_AGAIN:
            self._state = replace(self._state, skipped=False)
        elif word in codes.LABELS:
            self._state = replace(self._state, begins=word)
        elif word in codes.CHARACTERS:
            self._add(codes.CHARACTERS[word])
        else:
            self._set(word, value)
            if self._is_seen:
                self._break(word)
        return 0

    def _begin_part(self, word: str) -> None:
        shown = word in codes.SHOWN_AGAIN or not self._state.skipped
        self._state = replace(self._state, skipped=not shown, in_table=False)
        self._parts.append((len(self._above), codes.PARTS[word], Part()))

    def _set(self, word: str, value: int | None) -> None:
        """Act on the words that change how text is read."""
        on = value != 0
        if word in {"v", "deleted"}:
            self._state = replace(self._state, hidden=on) if word == "v" else replace(self._state, deleted=on)
        elif word == "plain":
            self._state = replace(self._state, hidden=False, deleted=False)
        elif word in {"pard", "intbl"} and self._state.begins not in codes.LABELS:
            self._state = replace(self._state, in_table=word == "intbl")
        elif word == "uc":
            self._state = replace(self._state, fallback=min(max(0, value or 0), 8))
        elif word == "f" and value is not None:
            self._state = replace(self._state, font=value)
            self._naming = value if self._state.begins == "fonttbl" else None
            self._fonts.setdefault(value, (None, ""))
        elif word == "fcharset" and self._naming is not None:
            self._fonts[self._naming] = (value, "")
        elif word == "ansicpg" and value:
            self._charset = _known(f"cp{value}") or self._charset
        elif word in codes.WORDS:
            self._charset = codes.WORDS[word]

    def _break(self, word: str) -> None:
        if word in {"par", "sect", "page", "column"}:
            self._part.end_paragraph(in_table=self._state.in_table)
        elif word in {"line", "lbr"}:
            self._sink.end_line()
        elif word == "nestcell":
            self._sink.add(" ")
        elif word == "cell":
            self._part.end_cell()
        elif word == "row":
            self._part.end_row()

    def _read_symbol(self, sign: str) -> None:
        self._flush()
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            if self._is_seen:
                self._part.end_paragraph(in_table=self._state.in_table)
        elif self._skip:
            self._skip -= 1
        else:
            self._add(codes.SYMBOLS.get(sign, ""))

    def _add_bytes(self, data: bytes) -> None:
        # What stands behind a Unicode character for programs that know none, one byte a character.
        dropped = min(self._skip, len(data))
        self._skip -= dropped
        self._bytes += data[dropped:]

    def _add_unicode(self, code: int) -> None:
        self._flush()
        self._skip = self._state.fallback
        character = chr(code)
        if 0xD800 <= code < 0xDC00:
            self._surrogate = character
            return
        pair, self._surrogate = self._surrogate + character, ""
        self._add(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))

    def _flush(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        charset, name = self._fonts.get(self._state.font, (None, ""))
        if self._naming is not None and self._state.begins == "fonttbl":
            self._fonts[self._naming] = (self._fonts[self._naming][0], name + data.decode("latin-1").rstrip(";"))
        elif charset == codes.SYMBOL_CHARSET:
            self._add("".join(chr(byte) if byte == 0x20 else symbol(name, 0xF000 + byte) for byte in data))
        else:
            self._add(data.decode(codes.CODE_PAGES.get(charset or 0, self._charset), errors="replace"))

    def _add(self, text: str) -> None:
        if self._is_seen:
            self._sink.add(text)


def _known(name: str) -> str | None:
    try:
        "".encode(name)
    except LookupError:
        return "utf-8" if name == "cp65001" else None
    return name
