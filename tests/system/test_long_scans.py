"""A long scan under the worst of deliveries: every page is read into its place once, whatever came twice, late or died half way."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from evidence import statuses, waiting, work_files
from PIL import Image, ImageDraw, ImageFont

from whereas.documents.identity import document_id
from whereas.records import state
from whereas.stages import files, joins
from whereas_local.samples.scan import images_to_pdf
from whereas_local.simulation import Doom, Simulation, Weather, simulated
from whereas_local.stack import ROOT, Function

pytestmark = pytest.mark.skipif(not (ROOT / "layers/model/model.onnx").exists(), reason="layers/model holds no model: run make model")

NUMBERS = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def words_of(page: int) -> str:
    """Return a page's number in words, which OCR does not confuse as it does digits: "two nought seven"."""
    return " ".join(NUMBERS[int(digit)] for digit in str(page))


def scan(pages: int) -> bytes:
    """Return a scan of small pages, each with a few large words: Tesseract takes half a second for one."""
    pictures = []
    for page in range(1, pages + 1):
        picture = Image.new("L", (900, 200), 255)
        ImageDraw.Draw(picture).text((40, 70), f"Lot number {words_of(page)}", fill=0, font=ImageFont.load_default(44))
        pictures.append(picture)
    return images_to_pdf(pictures, dpi=200, quality=80)


def check_every_page_once(simulation: Simulation, version: state.VersionState, *, pages: int) -> None:
    assert statuses(simulation) == {"scan.pdf": ("COMPLETE", None)}
    assert waiting(simulation) == {}
    assert version.pages == pages
    assert version.page_batches == joins.page_batches(pages, page_batch=4)
    assert set(state.joined_pages(version.document_id, version.version_id, version.run_id)) == set(range(version.page_batches))
    read = [page for batch in files.load_pages(version) for page in batch.pages]
    assert [page.number for page in read] == list(range(1, pages + 1))
    assert [page.text for page in read] == [f"Lot number {words_of(page.number)}" for page in read]
    assert {page.source for page in read} == {"ocr"}
    stored = work_files(simulation)
    assert [key for key in stored if key.endswith(".png")] == [files.page_image_key(version.run_id, page) for page in range(1, pages + 1)]
    assert len([key for key in stored if "/pages/" in key and key.endswith(".json.gz")]) == version.page_batches


def ended_in_the_middle_of_a_batch() -> Doom:
    """Return what kills the second invocation of read, when two of its pages' pictures are written."""
    reads = 0

    def doom(function: Function, _event: dict[str, Any]) -> int | None:
        nonlocal reads
        reads += function.name == "ReadFunction"
        return 2 if function.name == "ReadFunction" and reads == 2 else None

    return doom


@pytest.mark.parametrize("pages", [16, pytest.param(600, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])])
def test_every_page_of_a_scan_is_read_once_under_duplicates_delays_and_a_death_in_a_batch(pages: int) -> None:
    weather = Weather(random=Random(pages), duplicate=1.0, delay=0.3, shuffle=True, doom=ended_in_the_middle_of_a_batch())
    with simulated(weather=weather) as simulation:
        version_id = simulation.upload("scan.pdf", scan(pages))
        simulation.settle_down()
        assert [invocation for invocation in simulation.invocations if invocation[1]] == [("ReadFunction", "timeout")]
        reads = [name for name, _ in simulation.invocations].count("ReadFunction")
        assert reads >= 2 * joins.page_batches(pages, page_batch=4)
        version = state.get_version(document_id(bucket=simulation.stack.refs["UploadBucket"], key="scan.pdf"), version_id)
        assert version is not None
        check_every_page_once(simulation, version, pages=pages)
