"""Working files keep what was written, byte for byte, and damage is a typed error that quotes no text."""

import gzip

import pytest

from whereas import codec
from whereas.errors import ArtefactError
from whereas.types import Chunk, PageText, Word

PAGE = PageText(1, "Acme GmbH", (Word("Acme", 0, 4, (1.0, 2.0, 3.0, 4.0), 0.9),), 612.0, 792.0, "ocr", "no text layer")


def test_round_trip() -> None:
    data = codec.encode((PAGE, PAGE), tuple[PageText, ...])
    assert codec.decode(data, tuple[PageText, ...]) == (PAGE, PAGE)


def test_equal_values_give_equal_bytes() -> None:
    assert codec.encode(PAGE, PageText) == codec.encode(PAGE, PageText)


@pytest.mark.parametrize(
    "data",
    [b"", b"plain", gzip.compress(b"{}")[:-4], gzip.compress(b"{}"), gzip.compress(b'{"secret clause": 1}')],
    ids=["empty", "no gzip", "cut short", "other fields", "other text"],
)
def test_damaged_file_is_an_artefact_error_without_text(data: bytes) -> None:
    with pytest.raises(ArtefactError) as caught:
        codec.decode(data, Chunk)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None or "secret" not in str(caught.value.__cause__)


def test_damaged_deflate_stream() -> None:
    data = bytearray(codec.encode(PAGE, PageText))
    data[15] ^= 0xFF
    with pytest.raises(ArtefactError):
        codec.decode(bytes(data), PageText)
