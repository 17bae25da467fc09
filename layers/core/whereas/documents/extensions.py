"""What a file's name claims it to be, held against what it is."""

from __future__ import annotations

from pathlib import PurePosixPath

from whereas.types import MediaType, Warning

EXTENSIONS: dict[str, frozenset[MediaType]] = {
    ".pdf": frozenset({MediaType.PDF}),
    ".png": frozenset({MediaType.PNG}),
    ".jpg": frozenset({MediaType.JPEG}),
    ".jpeg": frozenset({MediaType.JPEG}),
    ".tif": frozenset({MediaType.TIFF}),
    ".tiff": frozenset({MediaType.TIFF}),
    ".webp": frozenset({MediaType.WEBP}),
    ".avif": frozenset({MediaType.AVIF}),
    ".docx": frozenset({MediaType.DOCX}),
    ".docm": frozenset({MediaType.DOCX}),
    ".dotx": frozenset({MediaType.DOCX}),
    ".odt": frozenset({MediaType.ODT}),
    ".ott": frozenset({MediaType.ODT}),
    ".rtf": frozenset({MediaType.RTF}),
    ".html": frozenset({MediaType.HTML}),
    ".htm": frozenset({MediaType.HTML}),
    ".xhtml": frozenset({MediaType.HTML}),
    ".txt": frozenset({MediaType.TEXT}),
    ".text": frozenset({MediaType.TEXT}),
    ".md": frozenset({MediaType.TEXT}),
    ".zip": frozenset({MediaType.ZIP}),
    ".eml": frozenset({MediaType.EML}),
}
"""What may be behind an ending."""

_OTHER_KINDS = frozenset({".doc", ".exe", ".xlsx", ".pptx", ".gif", ".bmp", ".msg", ".xml", ".heic"})


def extension_warnings(name: str, media_type: MediaType) -> tuple[Warning, ...]:
    """Return one ``extension_mismatch`` warning where the name claims another format than the content has, else none."""
    suffix = PurePosixPath(name).suffix.lower()
    expected = EXTENSIONS.get(suffix)
    if (expected is None and suffix not in _OTHER_KINDS) or (expected is not None and media_type in expected):
        return ()
    return (Warning("extension_mismatch", f"The name ends in {suffix}, the content is {media_type.value}: it was read by its content."),)
