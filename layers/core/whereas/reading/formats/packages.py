"""Documents that are ZIP files of XML parts (DOCX, ODT): every part unpacked in bounds and parsed without entities.

Entities and external references are never resolved, and each part, and all of them together, are unpacked under a limit
whatever the directory says of their size, so that neither an XML bomb nor a ZIP bomb gets further than its size.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath

from lxml import etree

from whereas.errors import PermanentError
from whereas.settings import Limits

# Contracts are small: a part beyond this is a bomb, whatever the limit on uploads says.
_MAX_PART_BYTES = 256 * 2**20
# The strict flavour of OOXML (ISO/IEC 29500) has namespaces of its own for the same elements.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRANSITIONAL_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What ``zipfile`` raises on damaged archives, by its source; an unknown method is a RuntimeError too, as is a missing password.
_DAMAGE = (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error, struct.error, NotImplementedError)


class Package:
    """The parts of one file. ``kind`` is what messages call it."""

    def __init__(self, data: bytes, *, kind: str, limits: Limits) -> None:
        self._kind = kind
        self._most = min(_MAX_PART_BYTES, limits.max_bytes)
        self._left = min(2 * _MAX_PART_BYTES, limits.max_bytes)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as exc:
            raise PermanentError("corrupt", f"The {kind} cannot be opened.") from exc
        self.names = frozenset(self._archive.namelist())

    def part(self, name: str) -> bytes:
        """Unpack one part.

        Raises:
            PermanentError: ``corrupt``, ``encrypted`` or ``too_large``.
        """
        try:
            with self._archive.open(name) as stream:
                content = stream.read(self._most + 1)
        except KeyError as exc:
            raise PermanentError("corrupt", f"The {self._kind} lacks its part {basename(name)}.") from exc
        except _DAMAGE as exc:
            raise PermanentError("corrupt", f"The {self._kind}'s part {basename(name)} is damaged.") from exc
        except RuntimeError as exc:
            raise PermanentError("encrypted") from exc
        if len(content) > self._most:
            raise PermanentError("too_large", f"The {self._kind}'s part {basename(name)} unpacks to more than {self._most} bytes.")
        self._left -= len(content)
        if self._left < 0:
            raise PermanentError("too_large", f"The {self._kind}'s parts unpack to more than the limit.")
        return content

    def load(self, name: str) -> etree._Element:
        """Return the root of an XML part.

        Raises:
            PermanentError: ``corrupt``, ``encrypted`` or ``too_large``.
        """
        content = self.part(name).replace(_STRICT_RELATIONS, _TRANSITIONAL_RELATIONS).replace(_STRICT, _TRANSITIONAL)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise PermanentError("corrupt", f"The {self._kind}'s part {basename(name)} is no XML.") from exc

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield the relations of an OOXML part to parts that are there: id, last word of the type, target (ECMA-376 part 2, 9)."""
        name = join(dirname(part), "_rels", basename(part) + ".rels")
        if name not in self.names:
            return
        for relation in self.load(name):
            if relation.get("TargetMode") == "External":
                continue
            target = normpath(join("/", dirname(part), relation.get("Target", ""))).lstrip("/")
            if target in self.names:
                yield relation.get("Id", ""), relation.get("Type", "").rsplit("/", 1)[-1], target
