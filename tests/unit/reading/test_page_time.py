"""The time limit of OCR is a page's, however often the engine has to look at it: a batch of pages must end before its function does."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from whereas.errors import PermanentError
from whereas.reading import OcrOptions, read_pages
from whereas.settings import DEFAULT_LIMITS
from whereas.types import MediaType

HEADER = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n"
SLOW = f"sleep 0.4; printf '{HEADER}' > $2.tsv; : > $2.osd"
"""Finds no word, so that the page is looked at a second time for how it lies."""


@pytest.fixture
def inked() -> Image.Image:
    picture = Image.new("L", (600, 400), 255)
    ImageDraw.Draw(picture).rectangle((100, 100, 300, 200), fill=0)
    return picture


@pytest.mark.parametrize("media", [MediaType.PDF, MediaType.TIFF])
def test_looks_at_a_page_share_its_time(fake_tesseract: Callable[..., OcrOptions], inked: Image.Image, media: MediaType) -> None:
    out = io.BytesIO()
    inked.save(out, "PDF" if media is MediaType.PDF else "TIFF", resolution=100)
    patient, hasty = (fake_tesseract(SLOW, timeout_s=limit, osd=True) for limit in (5.0, 0.6))
    [page] = read_pages(out.getvalue(), media, first=1, last=1, limits=DEFAULT_LIMITS, ocr=patient)
    assert [warning.code for warning in page.warnings] == ["no_text_recognized"]
    with pytest.raises(PermanentError, match=r"longer than 0\.6 seconds") as caught:
        list(read_pages(out.getvalue(), media, first=1, last=1, limits=DEFAULT_LIMITS, ocr=hasty))
    assert (caught.value.code, caught.value.page) == ("stage_failed", 1)


def test_each_page_has_time_of_its_own(fake_tesseract: Callable[..., OcrOptions], inked: Image.Image) -> None:
    out = io.BytesIO()
    inked.save(out, "TIFF", save_all=True, append_images=[inked] * 2)
    options = fake_tesseract(f"sleep 0.4; printf '{HEADER}' > $2.tsv", timeout_s=0.9)
    pages = list(read_pages(out.getvalue(), MediaType.TIFF, first=1, last=3, limits=DEFAULT_LIMITS, ocr=options))
    assert [page.number for page in pages] == [1, 2, 3], "1.2 seconds in all"


def test_time_used_up_is_not_taken_for_no_limit(fake_tesseract: Callable[..., OcrOptions]) -> None:
    options = fake_tesseract("exit 0", timeout_s=0.05).for_page()
    time.sleep(0.06)
    assert 0 < options.left_s() <= 0.05
