"""Tesseract crashing, hanging and talking nonsense: each ends in a typed error that names the page."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from whereas.errors import ConfigurationError, PermanentError
from whereas.reading import OcrOptions
from whereas.reading.ocr import engine_version, find_orientation, recognize
from whereas.reading.options import find_ocr

HEADER = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n"
Fake = Callable[..., OcrOptions]


@pytest.fixture
def picture() -> Image.Image:
    return Image.new("L", (200, 100), 255)


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo out of memory >&2; exit 137", "status 137"),
        ("printf '\\377\\376' >&2; exit 1", "no UTF-8"),
        ("exit 0", "no result"),
        ("printf '\\377\\376\\375' > $2.tsv", "no UTF-8"),
        ("printf 'segfault' > $2.tsv", "no word table"),
        (": > $2.tsv", "no word table"),
        (f"printf '{HEADER}5\\t1\\tx\\t1\\t1\\t1\\tleft\\t1\\t1\\t1\\t90\\tword\\n' > $2.tsv", "odd numbers"),
    ],
)
def test_a_failing_program_fails_the_page(fake_tesseract: Fake, picture: Image.Image, no_files_left: Path, script: str, says: str) -> None:
    with pytest.raises(PermanentError) as caught:
        recognize(picture, dpi=300, page=7, options=fake_tesseract(script))
    assert (caught.value.code, caught.value.page) == ("stage_failed", 7)
    assert says in caught.value.message
    assert list(no_files_left.iterdir()) == []


def test_a_hanging_program_is_ended_in_time(fake_tesseract: Fake, picture: Image.Image) -> None:
    started = time.monotonic()
    with pytest.raises(PermanentError) as caught:
        recognize(picture, dpi=300, page=2, options=fake_tesseract("exec sleep 30", timeout_s=0.3))
    assert time.monotonic() - started < 10
    assert (caught.value.code, caught.value.page) == ("stage_failed", 2)
    assert "longer than 0.3 seconds" in caught.value.message


def test_no_text_of_the_page_is_in_an_error(fake_tesseract: Fake, picture: Image.Image) -> None:
    with pytest.raises(PermanentError) as caught:
        recognize(picture, dpi=300, page=1, options=fake_tesseract("echo Halvorsen secret >&2; exit 1"))
    assert "Halvorsen" not in str(caught.value)


def test_a_missing_program_is_the_deployments_fault(fake_tesseract: Fake, picture: Image.Image) -> None:
    options = replace(fake_tesseract("exit 0"), executable=Path("/nowhere/tesseract"))
    with pytest.raises(ConfigurationError, match="not in the OCR layer"):
        recognize(picture, dpi=300, page=1, options=options)


def test_a_program_without_leave_to_run(fake_tesseract: Fake, picture: Image.Image) -> None:
    options = fake_tesseract("exit 0")
    options.executable.chmod(0o644)
    with pytest.raises(ConfigurationError, match="cannot be started"):
        recognize(picture, dpi=300, page=1, options=options)


def test_words_come_with_box_confidence_and_line(fake_tesseract: Fake, picture: Image.Image) -> None:
    rows = "1\\t1\\t0\\t0\\t0\\t0\\t0\\t0\\t200\\t100\\t-1\\t\\n" + '5\\t1\\t2\\t1\\t3\\t1\\t10\\t20\\t30\\t12\\t96.5\\tQu"oted\\n'
    rows += "5\\t1\\t2\\t1\\t3\\t2\\t50\\t20\\t30\\t12\\t-1\\t \\n"
    words = recognize(picture, dpi=300, page=1, options=fake_tesseract(f"printf '{HEADER}{rows}' > $2.tsv"))
    assert [(word.text, word.box, word.confidence, word.line) for word in words] == [('Qu"oted', (10, 20, 40, 32), 0.965, (2, 1, 3))]


def test_threads_are_limited_for_the_program_alone(fake_tesseract: Fake, picture: Image.Image, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    recognize(picture, dpi=300, page=1, options=fake_tesseract(f"printf %s \"$OMP_THREAD_LIMIT\" > {seen}; printf '{HEADER}' > $2.tsv"))
    assert seen.read_text() == "1"


def test_orientation_is_none_where_it_cannot_be_told(fake_tesseract: Fake, picture: Image.Image) -> None:
    assert find_orientation(picture, dpi=300, page=1, options=fake_tesseract("exit 0")) is None
    assert find_orientation(picture, dpi=300, page=1, options=fake_tesseract("echo few >&2; exit 1", osd=True)) is None
    assert find_orientation(picture, dpi=300, page=1, options=fake_tesseract("echo hello > $2.osd", osd=True)) is None
    answer = "printf 'Rotate: 90\\nOrientation confidence: 8.25\\n' > $2.osd"
    found = find_orientation(picture, dpi=300, page=1, options=fake_tesseract(answer, osd=True))
    assert found is not None
    assert (found.rotate, found.confidence) == (90, 8.25)


def test_a_hanging_orientation_is_an_error(fake_tesseract: Fake, picture: Image.Image) -> None:
    with pytest.raises(PermanentError, match="longer than"):
        find_orientation(picture, dpi=300, page=1, options=fake_tesseract("exec sleep 30", timeout_s=0.3, osd=True))


def test_lineage_names_engine_and_data(ocr: OcrOptions, fake_tesseract: Fake) -> None:
    engine, data = engine_version(ocr)
    assert engine.startswith("tesseract 5.")
    assert data.startswith("eng sha256:")
    assert len(data) == len("eng sha256:") + 12
    with pytest.raises(ConfigurationError, match="does not answer"):
        engine_version(fake_tesseract("exit 3"))
    with pytest.raises(ConfigurationError, match="does not say its version"):
        engine_version(fake_tesseract("echo hello"))


def test_a_language_that_is_not_installed() -> None:
    with pytest.raises(ConfigurationError, match=r"tlh\.traineddata"):
        find_ocr(language="tlh")
