"""Pictures of pages: blank or not, skewed, sideways, hard to read."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageFilter

from whereas.reading import OcrOptions
from whereas.reading.pictures.scan import is_blank, read_scan
from whereas.reading.pictures.straighten import Turn, find_lie

BODY = (
    "This Services Agreement is made between Halvorsen Timber Company and",
    "Brightwater Logistics Limited, who have agreed on the terms set out below,",
    "and it takes effect on the first day of the month that follows its signature.",
)
MORE = (
    *BODY,
    "Clause one. The goods are delivered to the plant of the buyer in Bergen.",
    "They are paid for within thirty days.",
    "Clause two. Title passes on payment, and the risk passes on delivery there.",
    "Neither party may assign this contract without leave of the other one.",
    "Clause three. The law of Norway governs it",
    "and the courts of Bergen hear every dispute that may arise out of it.",
)
# A full page: the same sentences again, begun later, so that no letter stands below its like.
PAGE = [MORE[row % 9][7 * (row // 9) :] for row in range(30)]

Picture = Callable[..., Image.Image]


def noise(image: Image.Image, share: float = 0.15) -> Image.Image:
    return Image.blend(image, Image.effect_noise(image.size, 60), share)


def test_white_paper_with_dust_is_blank() -> None:
    paper = noise(Image.new("L", (1200, 1600), 235))
    paper.putpixel((300, 300), 0)
    assert is_blank(paper)


def test_one_short_line_is_not_blank(make_picture: Picture) -> None:
    assert not is_blank(noise(make_picture(["Signed: M. Halvorsen"], size=(612, 792))))


def test_a_blank_page_is_told_without_ocr(fake_tesseract: Callable[..., OcrOptions]) -> None:
    paper = Image.new("L", (800, 1000), 250)
    page = read_scan(paper, number=4, width=612, height=792, dpi=100, reason="no_text_layer", options=fake_tesseract("exit 9"))
    assert page.text == ""
    assert [(warning.code, warning.page) for warning in page.warnings] == [("blank_page", 4)]


@pytest.mark.parametrize("skew", [-4.0, -2.0, 1.0, 3.0])
def test_skew_is_found(make_picture: Picture, skew: float) -> None:
    leaning = noise(make_picture(PAGE, size=(612, 792)).rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC))
    assert find_lie(leaning) == (pytest.approx(-skew, abs=0.4), False)
    assert find_lie(leaning.transpose(Image.Transpose.ROTATE_90)) == (pytest.approx(-skew, abs=0.4), True)


def test_a_level_page_is_left_alone_and_a_photograph_nearly_so(make_picture: Picture) -> None:
    assert find_lie(make_picture(PAGE, size=(612, 792))) == (0.0, False)
    assert abs(find_lie(Image.radial_gradient("L").resize((700, 900)))[0]) <= 0.5


def test_a_skewed_scan_reads_and_its_boxes_lie_on_the_page(make_picture: Picture, ocr: OcrOptions) -> None:
    level = make_picture(BODY)
    skewed = level.rotate(-3, fillcolor=255, resample=Image.Resampling.BICUBIC)
    page = read_scan(skewed, number=1, width=612, height=260, dpi=150, reason="no_text_layer", options=ocr)
    assert "Halvorsen Timber Company" in page.text.replace("\n", " ")
    for word in page.words:
        assert word.box is not None
        cut = skewed.crop(tuple(round(value * 150 / 72) for value in word.box))
        assert cut.getextrema()[0] < 128, word.text


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_fed_sideways_is_turned(make_picture: Picture, ocr: OcrOptions, turned: int) -> None:
    upright = make_picture(MORE, dpi=200, size=(612, 300))
    picture = upright.rotate(turned, expand=True)
    width, height = picture.width * 0.36, picture.height * 0.36
    page = read_scan(picture, number=1, width=width, height=height, dpi=200, reason="image", options=ocr)
    assert "Halvorsen Timber Company" in page.text.replace("\n", " ")
    box = next(word.box for word in page.words if word.text == "Halvorsen")
    assert box is not None
    assert 0 <= box[0] < box[2] <= width
    assert 0 <= box[1] < box[3] <= height
    assert (box[3] - box[1] > box[2] - box[0]) == (turned in {90, 270})


def test_a_smudge_is_not_blank_and_not_trusted(ocr: OcrOptions) -> None:
    smudge = Image.effect_noise((900, 500), 120).filter(ImageFilter.GaussianBlur(4)).point(lambda value: 0 if value < 122 else 255)
    page = read_scan(smudge, number=3, width=612, height=340, dpi=106, reason="image", options=ocr)
    assert [warning.code for warning in page.warnings] in (["low_ocr_confidence"], ["no_text_recognized"])


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("skew", [0.0, 2.5])
def test_boxes_go_back_through_every_turn(quarters: int, skew: float) -> None:
    page = Image.new("L", (400, 300), 255)
    page.paste(0, (250, 60, 290, 80))
    turn = Turn(skew=skew, quarters=quarters)
    turned = turn.apply(page)
    found = turned.point(lambda value: 255 - value).getbbox()
    assert found is not None
    back = turn.box_before(tuple(map(float, found)), page.size)
    assert back == pytest.approx((250, 60, 290, 80), abs=5)
