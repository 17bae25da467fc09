"""What a picture is put through before OCR: each step where its measure asks for it, none on a clean page."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from whereas.reading import OcrOptions
from whereas.reading.pictures.preparing import clear_edges, flatten, grain_of, is_two_level, paper_of, prepare, shadow, specks_of
from whereas.reading.pictures.scan import read_scan
from whereas_local.samples.degrading import PRINT_DPI, damage

LINES = [
    "This Supply Agreement is made between Halvorsen Timber Company and",
    "Brightwater Logistics Limited, who have agreed on the terms below.",
    "The buyer pays USD 14,500.00 within thirty days of each delivery.",
    "This agreement takes effect on 3 March 2021 and lasts for two years.",
    "It is governed by the law of Norway; disputes go to the courts of Bergen.",
] * 6

Picture = Callable[..., Image.Image]


@pytest.fixture(scope="module")
def page(make_picture: Picture) -> Image.Image:
    return make_picture(LINES, size=(612, 792), dpi=PRINT_DPI)


def steps_of(page: Image.Image, kind: str, *, seed: int = 2) -> tuple[str, ...]:
    picture = damage(page, kind, seed=seed)
    return prepare(picture.image, dpi=picture.dpi, wanted=200).steps


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("clean", ()),
        ("rotated", ()),
        ("fax", ("smoothed",)),
        ("copy", ("edges_cleared", "reduced_for_grain", "levelled")),
        ("photo", ("flattened", "edges_cleared", "levelled")),
        ("low dpi", ("enlarged",)),
    ],
)
def test_each_damage_gets_what_it_needs_and_a_clean_page_nothing(page: Image.Image, kind: str, steps: tuple[str, ...]) -> None:
    assert steps_of(page, kind) == steps


def test_a_large_picture_is_reduced_to_what_is_wanted_and_a_fitting_one_is_left(page: Image.Image) -> None:
    assert prepare(page, dpi=300, wanted=200).image.size == (1700, 2200)
    assert prepare(page, dpi=300, wanted=300).image is page
    fitting = page.resize((1700, 2200))
    assert prepare(fitting, dpi=200, wanted=200).image is fitting


def test_a_small_picture_is_enlarged_unless_it_is_a_poster() -> None:
    sheet = Image.new("L", (850, 1100), 255)
    assert prepare(sheet, dpi=100, wanted=200).dpi == 220
    poster = Image.new("L", (4000, 6000), 255)
    assert prepare(poster, dpi=100, wanted=200).image is poster


def test_a_shadow_is_measured_and_taken_away(page: Image.Image) -> None:
    shaded = Image.composite(page, page.point(lambda value: value * 0.5), Image.linear_gradient("L").resize(page.size))
    assert shadow(page) == 0
    assert shadow(shaded) > 0.3
    assert shadow(flatten(shaded)) < 0.05
    assert min(flatten(shaded).histogram()[:60]) >= 0 < sum(flatten(shaded).histogram()[:100])  # the letters are still there


def test_black_edges_and_holes_become_paper_and_a_stamp_in_the_middle_stays() -> None:
    sheet = Image.new("L", (1700, 2200), 240)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, 40, 2200), fill=10)
    draw.ellipse((80, 800, 130, 850), fill=10)
    draw.rectangle((700, 1000, 900, 1100), fill=10)
    cleared = clear_edges(sheet, dpi=200)
    assert cleared.getpixel((20, 1500)) == cleared.getpixel((105, 825)) == 240
    assert cleared.getpixel((800, 1050)) == 10
    assert clear_edges(cleared, dpi=200) is cleared


def test_black_and_white_is_told_from_grey(page: Image.Image) -> None:
    assert is_two_level(page.point(lambda value: 255 * (value > 128)))
    assert not is_two_level(page)
    assert not is_two_level(Image.new("L", (100, 100), 255))


def test_grain_and_specks_are_measured_on_the_paper() -> None:
    paper = Image.new("L", (600, 800), 230)
    grainy = Image.blend(paper, Image.effect_noise(paper.size, 50), 0.2)
    assert grain_of(paper) == specks_of(paper) == 0
    assert grain_of(grainy) > 8
    assert specks_of(grainy) == 0
    for x in range(5, 600, 10):
        for y in range(5, 800, 10):
            grainy.putpixel((x, y), 30)
    assert specks_of(grainy) == pytest.approx(0.01, rel=0.2)


def test_the_paper_of_a_photograph_is_its_sheet_not_the_desk() -> None:
    photo = Image.blend(Image.new("L", (600, 800), 220), Image.effect_noise((600, 800), 60), 0.2)
    photo.paste(110, (0, 0, 60, 800))
    assert 180 < paper_of(photo) < 230


@pytest.mark.parametrize("kind", ["photo", "copy", "low dpi"])
def test_damaged_pages_are_read_and_boxes_stay_on_the_page(page: Image.Image, ocr: OcrOptions, kind: str) -> None:
    picture = damage(page, kind, seed=4)
    width, height = picture.image.width * 72 / picture.dpi, picture.image.height * 72 / picture.dpi
    read = read_scan(picture.image, number=1, width=width, height=height, dpi=picture.dpi, reason="image", options=ocr)
    assert read.text.count("Halvorsen Timber Company") >= 5
    assert read.text.count("USD 14,500.00") >= 5
    assert read.preparation
    word = next(word for word in read.words if read.text[word.start : word.end] == "Halvorsen")
    assert word.box is not None
    assert 0.35 * width < word.box[0] < word.box[2] < 0.75 * width
    assert word.box[3] < 0.25 * height
