"""Which files a command line means."""

from pathlib import Path

import pytest

from whereas.errors import InvalidRequestError
from whereas_local.inputs import collect


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_folders_are_read_recursively_in_order_and_files_are_taken_whatever_their_name(tmp_path: Path) -> None:
    make(tmp_path, "in/b.pdf", "in/a/c.DOCX", "in/notes.csv", "in/.hidden.pdf", "in/.git/d.pdf", "odd.bin", "in/d.zip")
    found, skipped = collect([tmp_path / "odd.bin", tmp_path / "in"])
    assert [key for _, key in found] == ["odd.bin", "a/c.DOCX", "b.pdf", "d.zip"]
    assert skipped == 1


def test_equal_names_get_keys_of_their_own(tmp_path: Path) -> None:
    make(tmp_path, "1/a.pdf", "2/a.pdf", "3/a.pdf")
    found, _ = collect([tmp_path / "1/a.pdf", tmp_path / "2", tmp_path / "3/a.pdf"])
    assert [key for _, key in found] == ["a.pdf", "2/a.pdf", "3/a.pdf"]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequestError, match=r"nope\.pdf does not exist"):
        collect([tmp_path / "nope.pdf"])


def test_a_folder_of_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequestError, match="no file to process"):
        collect([tmp_path])
