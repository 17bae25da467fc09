"""Images as pages: formats, frames, orientation, resolution, and the ones that are refused."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from whereas.errors import PermanentError
from whereas.reading import OcrOptions, count_pages, read_pages
from whereas.settings import Limits
from whereas.types import MediaType, PageText

LINES = ("Lease of Halvorsen Timber Company", "with Brightwater Logistics Limited", "for a term of five years")
Picture = Callable[..., Image.Image]
Encode = Callable[..., bytes]


def read(data: bytes, media: MediaType, ocr: OcrOptions, limits: Limits, first: int = 1, last: int = 9) -> list[PageText]:
    return list(read_pages(data, media, first=first, last=last, limits=limits, ocr=ocr))


@pytest.mark.parametrize(("kind", "media"), [("PNG", MediaType.PNG), ("JPEG", MediaType.JPEG), ("WEBP", MediaType.WEBP)])
def test_formats(make_picture: Picture, encode_picture: Encode, ocr: OcrOptions, limits: Limits, kind: str, media: MediaType) -> None:
    data = encode_picture(make_picture(LINES, dpi=150, size=(612, 140)), kind)
    assert count_pages(data, media, limits=limits) == 1
    (page,) = read(data, media, ocr, limits)
    assert (page.source, page.reason, page.number) == ("ocr", "image", 1)
    assert "Halvorsen Timber Company" in page.text


def test_frames_of_a_tiff_are_pages(make_picture: Picture, encode_picture: Encode, ocr: OcrOptions, limits: Limits) -> None:
    frames = [make_picture([f"Schedule {name} of the lease"], dpi=200, size=(400, 90)).convert("1") for name in ("Alpha", "Beta", "Gamma")]
    data = encode_picture(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="group4", dpi=(200, 200))
    assert count_pages(data, MediaType.TIFF, limits=limits) == 3
    pages = read(data, MediaType.TIFF, ocr, limits, 2, 3)
    assert [(page.number, name in page.text) for page, name in zip(pages, ("Beta", "Gamma"), strict=True)] == [(2, True), (3, True)]
    assert (pages[0].width, pages[0].height) == (pytest.approx(400, abs=1), pytest.approx(90, abs=1))
    with pytest.raises(PermanentError, match="too_many_pages"):
        count_pages(data, MediaType.TIFF, limits=Limits(max_pages=2))


def test_a_camera_turns_the_picture(make_picture: Picture, encode_picture: Encode, ocr: OcrOptions, limits: Limits) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    data = encode_picture(make_picture(LINES, dpi=200, size=(420, 140)).rotate(90, expand=True), "JPEG", exif=exif, dpi=(200, 200))
    (page,) = read(data, MediaType.JPEG, ocr, limits)
    assert "Brightwater Logistics" in page.text
    assert page.width is not None
    assert page.height is not None
    assert page.width > page.height


@pytest.mark.parametrize("mode", ["RGBA", "P", "CMYK", "I;16"])
def test_modes(make_picture: Picture, encode_picture: Encode, ocr: OcrOptions, limits: Limits, mode: str) -> None:
    grey = make_picture(LINES, dpi=150, size=(612, 140))
    if mode == "RGBA":
        picture = Image.new("RGBA", grey.size, (0, 0, 0, 0))
        picture.putalpha(grey.point(lambda value: 255 - value))
    elif mode == "I;16":
        picture = grey.convert("I").point(lambda value: value * 256).convert("I;16")
    else:
        picture = grey.convert("RGB").convert(mode)
    kind = "TIFF" if mode in {"CMYK", "I;16"} else "PNG"
    (page,) = read(encode_picture(picture, kind), MediaType(f"image/{kind.lower()}"), ocr, limits)
    assert "Halvorsen Timber" in page.text


def test_small_pictures_are_enlarged(make_picture: Picture, encode_picture: Encode, ocr: OcrOptions, limits: Limits) -> None:
    data = encode_picture(make_picture(LINES, dpi=85, size=(612, 140)), "PNG", dpi=(72, 72))
    (page,) = read(data, MediaType.PNG, ocr, limits)
    assert "Brightwater Logistics" in page.text
    assert page.words[0].box is not None
    assert page.width is not None
    assert all(word.box is not None and word.box[2] <= page.width for word in page.words)


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", b"")
        + chunk(b"IEND", b"")
    )


def test_an_image_bomb_is_refused_by_its_header(ocr: OcrOptions, limits: Limits) -> None:
    bomb = png_header(40_000, 40_000)
    for call in (lambda: count_pages(bomb, MediaType.PNG, limits=limits), lambda: read(bomb, MediaType.PNG, ocr, limits)):
        with pytest.raises(PermanentError) as caught:
            call()
        assert (caught.value.code, caught.value.page) == ("too_many_pixels", 1)


def test_a_bomb_behind_a_small_first_frame(encode_picture: Encode) -> None:
    frames = [Image.new("1", (10, 10)), Image.new("1", (900, 900))]
    data = encode_picture(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(PermanentError) as caught:
        count_pages(data, MediaType.TIFF, limits=Limits(max_pixels=100_000))
    assert (caught.value.code, caught.value.page) == ("too_many_pixels", 2)


@pytest.mark.parametrize(("kind", "media"), [("PNG", MediaType.PNG), ("JPEG", MediaType.JPEG), ("TIFF", MediaType.TIFF)])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_pictures_cut_short_are_corrupt(
    encode_picture: Encode, ocr: OcrOptions, limits: Limits, kind: str, media: MediaType, kept: float
) -> None:
    data = encode_picture(Image.effect_noise((300, 300), 80), kind)
    with pytest.raises(PermanentError) as caught:
        read(data[: int(len(data) * kept)], media, ocr, limits)
    assert caught.value.code == "corrupt"


def test_a_header_alone_is_corrupt(limits: Limits) -> None:
    with pytest.raises(PermanentError, match="corrupt"):
        count_pages(b"\x89PNG\r\n\x1a\n", MediaType.PNG, limits=limits)


def test_a_blank_picture_warns(encode_picture: Encode, ocr: OcrOptions, limits: Limits) -> None:
    (page,) = read(encode_picture(Image.new("L", (600, 800), 240), "PNG"), MediaType.PNG, ocr, limits)
    assert page.text == ""
    assert [warning.code for warning in page.warnings] == ["blank_page"]


def test_reading_needs_no_numpy(make_picture: Picture, ocr: OcrOptions, limits: Limits) -> None:
    out = io.BytesIO()
    make_picture(LINES, size=(400, 140)).save(out, "PNG")
    import subprocess
    import sys

    script = (
        "import sys; sys.modules['numpy'] = None\n"
        "from whereas.reading import find_ocr, read_pages\nfrom whereas.settings import Limits\nfrom whereas.types import MediaType\n"
        "data = sys.stdin.buffer.read()\n"
        "print(next(read_pages(data, MediaType.PNG, first=1, last=1, limits=Limits(), ocr=find_ocr())).text)"
    )
    done = subprocess.run([sys.executable, "-c", script], input=out.getvalue(), capture_output=True, timeout=60, check=True)
    assert b"Halvorsen" in done.stdout
