"""Pages in letters that OCR does not know, and the traineddata that it is asked for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from whereas.errors import ConfigurationError
from whereas.reading import OcrOptions, find_ocr
from whereas.reading.ocr import engine_version
from whereas.reading.scripts import check_script
from whereas.types import PageText, Word

NONSENSE = "HactosmMu WOropop 3aKsIOUeH MEXTY CTOPOHAMH perysupyeTCaA IpaBomM CTpaHBI KOTOPOH MocTaBsIAIOTC TOBapbl OKynaTeb"
PICTURE = Image.new("L", (400, 300), 255)


def page(text: str = NONSENSE, *, confidence: float | None = 0.3, source: str = "ocr") -> PageText:
    words, at = [], 0
    for word in text.split():
        words.append(Word(word, at, at + len(word), (0, 0, 1, 1), confidence))
        at += len(word) + 1
    return PageText(3, text, tuple(words), 612, 792, source, "no_text_layer", confidence=confidence)  # type: ignore[arg-type]


def detects(fake_tesseract: Callable[..., OcrOptions], script: str, confidence: str = "8.70") -> OcrOptions:
    answer = f"Page number: 0\\nRotate: 0\\nOrientation confidence: 9.1\\nScript: {script}\\nScript confidence: {confidence}\\n"
    return fake_tesseract(f"printf '{answer}' > $2.osd", osd=True)


@pytest.mark.parametrize(("script", "language"), [("Cyrillic", "ru"), ("Greek", "el"), ("HanS", "zh"), ("Arabic", "ar")])
def test_nonsense_of_another_script_is_not_returned(fake_tesseract: Callable[..., OcrOptions], script: str, language: str) -> None:
    found = check_script(page(), PICTURE, dpi=300, options=detects(fake_tesseract, script))
    assert (found.text, found.words, found.confidence, found.language) == ("", (), None, language)
    assert [(warning.code, warning.page) for warning in found.warnings] == [("unsupported_language", 3)]
    assert script in found.warnings[0].message


@pytest.mark.parametrize(("script", "confidence"), [("Latin", "9.0"), ("Cyrillic", "0.10"), ("Klingon", "9.0")])
def test_a_poor_page_in_latin_letters_is_kept_as_it_is(fake_tesseract: Callable[..., OcrOptions], script: str, confidence: str) -> None:
    assert check_script(page(), PICTURE, dpi=300, options=detects(fake_tesseract, script, confidence)) == page()


@pytest.mark.parametrize(
    "read",
    [
        page(confidence=0.9),
        page(source="text_layer", confidence=None),
        replace(page(), words=()),
        page("The supp1ier sha11 de1iver the gocds to tbe place that the buyer has named in writing", confidence=0.4),
        page("Halvorsen supplier goods price buyer Kowalczyk delivery paid", confidence=0.4),
    ],
    ids=["confident", "text layer", "no words", "poor English", "few words, some English"],
)
def test_other_pages_cost_no_second_look(fake_tesseract: Callable[..., OcrOptions], read: PageText) -> None:
    broken = fake_tesseract("exec sleep 30", timeout_s=0.1, osd=True)
    assert check_script(read, PICTURE, dpi=300, options=broken) == read


def test_no_data_for_orientation_leaves_the_page(fake_tesseract: Callable[..., OcrOptions]) -> None:
    assert check_script(page(), PICTURE, dpi=300, options=fake_tesseract("exit 9")) == page()


def folder_with(tmp_path: Path, *languages: str) -> Path:
    for language in languages:
        (tmp_path / f"{language}.traineddata").write_bytes(language.encode())
    return tmp_path


def test_several_languages_of_a_folder_of_ones_own(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "eng", "chi_sim")
    options = find_ocr(language="eng+chi_sim", tessdata=folder)
    assert (options.language, options.tessdata) == ("eng+chi_sim", folder)
    _, data = engine_version(options)
    assert [part.split(" ")[0] for part in data.split(" + ")] == ["eng", "chi_sim"]


def test_missing_traineddata_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"deu\.traineddata not found in the folder that Tessdata names"):
        find_ocr(language="eng+deu", tessdata=folder_with(tmp_path, "eng"))
    with pytest.raises(ConfigurationError, match=r"swa\.traineddata and tur\.traineddata not found in the OCR layer"):
        find_ocr(language="tur+eng+swa")


@pytest.mark.parametrize("language", ["", "eng+", "../eng", "eng deu", "eng --psm 0"])
def test_languages_that_are_no_names_are_refused(language: str) -> None:
    with pytest.raises(ConfigurationError, match="OcrLanguages"):
        find_ocr(language=language)


def test_a_page_is_read_with_the_languages_asked_for(tmp_path: Path, ocr: OcrOptions, make_picture: Callable[..., Image.Image]) -> None:
    from whereas.reading.pictures.scan import read_scan

    for name in ("eng", "copy"):
        (tmp_path / f"{name}.traineddata").symlink_to(ocr.tessdata / "eng.traineddata")
    options = find_ocr(language="copy+eng", tessdata=tmp_path)
    picture = make_picture(["The supplier shall deliver the goods to the buyer."])
    found = read_scan(picture, number=1, width=612, height=260, dpi=150, reason="image", options=options)
    assert found.text == "The supplier shall deliver the goods to the buyer."
