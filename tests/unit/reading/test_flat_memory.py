"""A long scan takes no more memory than a short one: pages pass through one at a time, and nothing of their pictures stays."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from whereas_local.samples.scan import images_to_pdf
from whereas_local.stack import ROOT

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell a process's peak")

READ = """
import re, sys
from pathlib import Path
from whereas.reading import PageImages, find_ocr, read_pages
from whereas.settings import DEFAULT_LIMITS
from whereas.types import MediaType

data, media, last = Path(sys.argv[1]).read_bytes(), MediaType(sys.argv[2]), int(sys.argv[3])
kept, pages = [], []
images = PageImages(keep=lambda number, picture: kept.append(number))
for page in read_pages(data, media, first=1, last=last, limits=DEFAULT_LIMITS, ocr=find_ocr(), images=images):
    assert "Supply" in page.text
    pages.append(page)
    # Not ru_maxrss: that starts with what the process had that made this one.
    print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
assert [page.number for page in pages] == kept == list(range(1, last + 1))
"""
DPI = 200
SIZE = (1700, 2200)
LEAST_LEAK_MB = SIZE[0] * SIZE[1] / 2**20
"""A picture of a page, one byte a pixel: what would stay of each at least."""


def picture(number: int) -> Image.Image:
    page = Image.new("L", SIZE, 255)
    ImageDraw.Draw(page).text((200, 200), f"Supply Agreement {number}", fill=0, font=ImageFont.load_default(40))
    return page


def peaks_mb(path: Path, media: str, *, pages: int) -> list[int]:
    """Return the most memory that a process of its own held up to the end of each page."""
    command = [sys.executable, "-c", READ, str(path), media, str(pages)]
    environment = {"PYTHONPATH": str(ROOT / "layers/core")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=250)
    return [int(line) for line in done.stdout.split()]


def pdf(folder: Path, pictures: list[Image.Image]) -> Path:
    path = folder / "scan.pdf"
    path.write_bytes(images_to_pdf(pictures, dpi=DPI, quality=60))
    return path


def fax(folder: Path, pictures: list[Image.Image]) -> Path:
    path = folder / "scan.tiff"
    first, *rest = (page.convert("1") for page in pictures)
    first.save(path, "TIFF", save_all=True, append_images=rest, compression="group4", dpi=(DPI, DPI))
    return path


def check_flat(path: Path, media: str, *, few: int, many: int) -> None:
    peaks = peaks_mb(path, media, pages=many)
    growth = peaks[many - 1] - peaks[few - 1]
    assert growth < (many - few) * LEAST_LEAK_MB / 4, f"{growth} MB more for {many - few} pages more: {peaks}"


def test_eight_scanned_pages_take_no_more_memory_than_two(tmp_path: Path) -> None:
    check_flat(pdf(tmp_path, [picture(number) for number in range(8)]), "application/pdf", few=2, many=8)


@pytest.mark.slow
@pytest.mark.parametrize(("make", "media"), [(pdf, "application/pdf"), (fax, "image/tiff")])
def test_sixty_scanned_pages_take_no_more_memory_than_six(make: Callable[..., Path], media: str, tmp_path: Path) -> None:
    check_flat(make(tmp_path, [picture(number) for number in range(60)]), media, few=6, many=60)
