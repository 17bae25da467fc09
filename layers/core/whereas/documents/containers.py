"""Files that hold files: ZIP archives and e-mail messages. Each member is told from its bytes and taken, or refused with a reason.

Against bombs the directory is looked at before anything is unpacked: how many members there are, how many bytes they say they
unpack to, and how many times their packed size that is. No more is ever unpacked than a member said.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from whereas.documents import mail
from whereas.documents.member_names import is_litter, safe_path
from whereas.documents.sniffing import sniff
from whereas.documents.zips import BROKEN, open_zip
from whereas.errors import PermanentError
from whereas.settings import Limits
from whereas.types import MediaType

CONTAINERS: Final = frozenset({MediaType.ZIP, MediaType.EML})
_MAY_HOLD: Final = {MediaType.EML: frozenset({MediaType.ZIP}), MediaType.ZIP: frozenset[MediaType]()}
"""Contracts are mailed as archives; deeper than that nothing is followed."""

# LZMA takes memory as its header says, up to 4 GiB; the others are of no use to anyone who packs documents.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
# Small files of little content are packed to next to nothing: no bomb.
_SMALL_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a container: its safe path, and either its bytes and kind or why it is refused."""

    path: str
    data: bytes = b""
    media_type: MediaType | None = None
    refusal: PermanentError | None = None


def unpack(data: bytes, media_type: MediaType, *, limits: Limits) -> Iterator[Member]:
    """Yield the members of a container in their order, one in memory at a time; folders and litter are passed over.

    Args:
        data: the whole container.
        media_type: ZIP or EML.
        limits: members, and bytes that they unpack to.

    Raises:
        PermanentError: ``corrupt``, ``encrypted``, ``too_many_members`` or ``too_large``: none of the members is to be taken.
    """
    taken: set[str] = set()
    files = _zip_files(data, limits) if media_type is MediaType.ZIP else _mail_files(data, limits)
    for name, content in files:
        yield _member(safe_path(name, taken), content, may_hold=_MAY_HOLD[media_type])


def _member(path: str, content: bytes | PermanentError, *, may_hold: frozenset[MediaType]) -> Member:
    if isinstance(content, PermanentError):
        return Member(path, refusal=content)
    try:
        kind = sniff(content, name=path)
    except PermanentError as exc:
        return Member(path, refusal=exc)
    if kind in CONTAINERS and kind not in may_hold:
        return Member(path, refusal=PermanentError("nested"))
    return Member(path, content, kind)


def _zip_files(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | PermanentError]]:
    with open_zip(data) as archive:
        entries = [(name_of(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
        files = [(name, entry) for name, entry in entries if not is_litter(name)]
        _check_count(len(files), limits)
        _check_total(sum(entry.file_size for _, entry in files), limits)
        for name, entry in files:
            try:
                yield name, _unpacked(archive, entry, limits)
            except PermanentError as exc:
                yield name, exc


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise PermanentError("encrypted")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise PermanentError("unsupported", "This is a link to a file, not the file.")
    if entry.compress_type not in _METHODS:
        raise PermanentError("unsupported", "It is packed by a method that is not read: pack it anew as ordinary ZIP.")
    if entry.file_size > limits.max_bytes:
        raise PermanentError("too_large", f"It unpacks to {entry.file_size} bytes, the limit is {limits.max_bytes}.")
    if entry.file_size > _SMALL_BYTES and entry.file_size > limits.max_ratio * entry.compress_size:
        raise PermanentError("too_large", f"It unpacks to more than {limits.max_ratio} times its packed size.")
    try:
        # Stops at the size that the directory says, and fails where there is more behind it.
        return archive.read(entry)
    except (*BROKEN, RuntimeError) as exc:
        raise PermanentError("corrupt") from exc


def name_of(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: programs that write UTF-8 without saying so (APPNOTE, appendix D) are believed where it fits."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _mail_files(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes | PermanentError]]:
    found = list(mail.attachments(data))
    if not found:
        raise PermanentError("unsupported", "This e-mail message has no attachment: save it as PDF if it is an agreement itself.")
    _check_count(len(found), limits)
    _check_total(sum(len(content or b"") for _, content in found), limits)
    for name, content in found:
        yield name, PermanentError("nested") if content is None else content


def _check_count(members: int, limits: Limits) -> None:
    if not members:
        raise PermanentError("empty", "The archive holds no files.")
    if members > limits.max_members:
        raise PermanentError("too_many_members", f"There are {members} files in it, the limit is {limits.max_members}.")


def _check_total(total: int, limits: Limits) -> None:
    if total > limits.max_unpacked_bytes:
        detail = f"Its files unpack to {total} bytes, the limit is {limits.max_unpacked_bytes} (parameter MaxUnpackedBytes)."
        raise PermanentError("too_large", detail)
