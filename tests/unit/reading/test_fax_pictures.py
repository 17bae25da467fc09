"""Pictures as faxes and cameras store them: compressions, unequal resolutions, turned pages; boxes lie on the page as displayed."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageStat

from whereas.reading import OcrOptions, count_pages, read_pages
from whereas.reading.pictures.densities import make_square, measure
from whereas.settings import Limits
from whereas.types import MediaType, PageText

LINES = ("Lease of Halvorsen Timber Company", "with Brightwater Logistics Limited", "for a term of five years")
Picture = Callable[..., Image.Image]
Encode = Callable[..., bytes]


@pytest.fixture
def see(ocr: OcrOptions, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Image.Image, float, float]]:
    """Return the picture that OCR is given, and the size of its page in points."""
    from whereas.reading.pictures import scan

    def keep(image: Image.Image, *, number: int, width: float, height: float, **_: object) -> PageText:
        seen.append((image, width, height))
        return PageText(number, "", (), width, height, "ocr", "image")

    seen: list[tuple[Image.Image, float, float]] = []
    monkeypatch.setattr(scan, "read_scan", keep)

    def picture(data: bytes, media: MediaType = MediaType.TIFF) -> tuple[Image.Image, float, float]:
        assert count_pages(data, media, limits=limits) == 1
        assert len(list(read_pages(data, media, first=1, last=9, limits=limits, ocr=ocr))) == 1
        return seen.pop()

    return picture


See = Callable[..., tuple[Image.Image, float, float]]


@pytest.fixture
def sheet(make_picture: Picture) -> Image.Image:
    return make_picture(LINES, dpi=200, size=(420, 140))


def bilevel(image: Image.Image) -> Image.Image:
    return image.point(lambda value: 255 * (value > 150)).convert("1")


def check(seen: tuple[Image.Image, float, float], sheet: Image.Image, *, most: float = 3.0) -> None:
    """The page is as large and looks as it was drawn: grey levels differ by ``most`` on average."""
    image, width, height = seen
    assert (width, height) == (pytest.approx(420, abs=1), pytest.approx(140, abs=1))
    difference = ImageChops.difference(image.resize(sheet.size), sheet.convert("L"))
    assert ImageStat.Stat(difference).mean[0] < most


@pytest.mark.parametrize("compression", ["group3", "group4", "packbits", "tiff_lzw", "tiff_adobe_deflate", "tiff_ccitt", "raw"])
def test_compressions_of_black_and_white(encode_picture: Encode, sheet: Image.Image, see: See, compression: str) -> None:
    check(see(encode_picture(bilevel(sheet), "TIFF", compression=compression, dpi=(200, 200))), sheet)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_jpeg_in_tiff(encode_picture: Encode, sheet: Image.Image, see: See, mode: str) -> None:
    check(see(encode_picture(sheet.convert(mode), "TIFF", compression="jpeg", dpi=(200, 200))), sheet)


@pytest.mark.parametrize("white", [0, 1])
def test_white_may_be_zero_or_one(encode_picture: Encode, sheet: Image.Image, see: See, white: int) -> None:
    check(see(encode_picture(bilevel(sheet), "TIFF", compression="group4", dpi=(200, 200), tiffinfo={262: white})), sheet)


@pytest.mark.parametrize("down", [98, 196])
def test_a_fax_is_less_dense_down_than_across(encode_picture: Encode, sheet: Image.Image, see: See, down: int) -> None:
    fax = bilevel(sheet.resize((round(420 * 204 / 72), round(140 * down / 72)), Image.Resampling.BOX))
    check(see(encode_picture(fax, "TIFF", compression="group3", dpi=(204, down))), sheet, most=8)


def test_a_fax_is_read(make_picture: Picture, encode_picture: Encode, ocr: OcrOptions, limits: Limits) -> None:
    fax = make_picture(LINES, dpi=204, size=(420, 140))
    fax = bilevel(fax.resize((fax.width, fax.height // 2), Image.Resampling.BOX))
    data = encode_picture(fax, "TIFF", compression="group3", dpi=(204, 102))
    (page,) = read_pages(data, MediaType.TIFF, first=1, last=1, limits=limits, ocr=ocr)
    assert "Halvorsen Timber Company" in page.text
    # The first word lies where it was drawn, in points of the page as printed.
    assert page.words[0].box == pytest.approx((61, 43.5, 91.5, 52), abs=2)


@pytest.mark.parametrize(("lines", "expected"), [(1078, (204.0, 98.0)), (2156, (204.0, 196.0))])
def test_a_fax_without_a_resolution_is_known_by_its_lines(lines: int, expected: tuple[float, float]) -> None:
    assert measure(Image.new("1", (1728, lines))) == expected
    across, down = measure(Image.new("L", (1728, lines)))
    assert across == down


@pytest.mark.parametrize("stored", [(72, 72), (0, 0), (200, 20), (9999, 9999)])
def test_resolutions_that_nothing_has_are_not_believed(stored: tuple[int, int]) -> None:
    image = Image.new("L", (1700, 2300))
    image.info["dpi"] = stored
    assert measure(image) == (200.0, 200.0)


def test_square_pixels_stay_as_they_are() -> None:
    image = Image.new("L", (300, 100))
    assert make_square(image, (200, 200)) == (image, 200)
    stretched, dpi = make_square(image, (204, 98))
    assert (stretched.size, dpi) == ((300, 208), 204)


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("orientation", sorted(TURNS))
def test_a_turned_tiff_lies_as_it_is_displayed(encode_picture: Encode, sheet: Image.Image, see: See, orientation: int) -> None:
    turned = sheet.transpose(TURNS[orientation])
    check(see(encode_picture(turned, "TIFF", compression="tiff_lzw", dpi=(200, 200), tiffinfo={274: orientation})), sheet)


def test_a_turned_fax_keeps_its_axes_apart(encode_picture: Encode, sheet: Image.Image, see: See) -> None:
    fax = bilevel(sheet.resize((round(420 * 204 / 72), round(140 * 98 / 72)), Image.Resampling.BOX)).transpose(TURNS[6])
    check(see(encode_picture(fax, "TIFF", compression="group3", dpi=(98, 204), tiffinfo={274: 6})), sheet, most=8)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_cameras_turn_pictures_by_a_note(encode_picture: Encode, sheet: Image.Image, see: See, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encode_picture(sheet.transpose(TURNS[orientation]), kind, exif=exif)
    image, width, height = see(data, MediaType(f"image/{kind.lower()}"))
    # Without a stored resolution points are a guess, places are not.
    check((image, 420, 420 * height / width), sheet)


def test_an_avif_is_read(encode_picture: Encode, sheet: Image.Image, ocr: OcrOptions, limits: Limits) -> None:
    (page,) = read_pages(encode_picture(sheet, "AVIF"), MediaType.AVIF, first=1, last=1, limits=limits, ocr=ocr)
    assert "Halvorsen Timber Company" in page.text
