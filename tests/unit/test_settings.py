"""Settings come from the environment alone, and nonsense there says what to set."""

import pytest

from whereas.errors import ConfigurationError
from whereas.settings import Limits, read_settings


def test_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHEREAS_MAX_PAGES", raising=False)
    assert read_settings().limits.max_pages == Limits().max_pages


def test_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEREAS_TABLE", "contracts")
    monkeypatch.setenv("WHEREAS_MAX_PAGES", "12")
    found = read_settings()
    assert (found.table, found.limits.max_pages) == ("contracts", 12)


@pytest.mark.parametrize("value", ["many", "0", "-3", "1.5"])
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("WHEREAS_PAGE_BATCH", value)
    with pytest.raises(ConfigurationError, match=r"WHEREAS_PAGE_BATCH.*template\.yaml"):
        read_settings()


def test_a_choice_that_is_not_given_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHEREAS_PAGE_IMAGES", "some")
    with pytest.raises(ConfigurationError, match=r"one of none, scans, all, found 'some'"):
        read_settings()


def test_ocr_reads_english_with_the_layers_own_data_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_settings()
    assert (found.ocr_languages, found.tessdata, found.page_images) == ("eng", None, "scans")
    monkeypatch.setenv("WHEREAS_OCR_LANGUAGES", "eng+deu")
    monkeypatch.setenv("WHEREAS_TESSDATA", "/opt/tessdata")
    assert (read_settings().ocr_languages, str(read_settings().tessdata)) == ("eng+deu", "/opt/tessdata")
