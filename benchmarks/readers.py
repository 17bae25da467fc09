"""The programs that are compared on pictures of pages: Whereas, Tesseract's command line, OCRmyPDF.

All run the same Tesseract with the same traineddata. As a program, this file is Whereas reading pictures, for whoever wants to look at
such a process from outside: ``readers.py PICTURE ...``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "local")]

from whereas.reading import OcrOptions, find_ocr, read_pages  # noqa: E402
from whereas.settings import DEFAULT_LIMITS  # noqa: E402
from whereas.types import MediaType  # noqa: E402

OCRMYPDF_RUNS = {"ocrmypdf": (), "ocrmypdf -r -d": ("--rotate-pages", "--deskew")}
"""Options of OCRmyPDF by the name that results go under: as it comes, and as a careful user calls it."""

_SAMPLE_S = 0.005
_MEDIA = {".png": MediaType.PNG, ".jpg": MediaType.JPEG}


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures of pages as files: each a PNG or JPEG that states its resolution, all of them one PDF."""

    pictures: tuple[Path, ...]
    pdf: Path


@dataclass(frozen=True, slots=True)
class Reader:
    """One program: ``read`` answers with the texts of a batch's pages, ``commands`` with what would do so from a shell."""

    name: str
    read: Callable[[Batch], list[str]]
    commands: Callable[[Batch], list[list[str]]]


def readers(ocr: OcrOptions, ocrmypdf: Path | None, environment: Mapping[str, str]) -> list[Reader]:
    """Return the programs to compare.

    Args:
        ocr: Whereas' engine.
        ocrmypdf: the program; None to do without.
        environment: of ``peer_environment``.
    """
    found = [
        Reader(
            "whereas", lambda batch: whereas(batch.pictures, ocr), lambda batch: [[sys.executable, __file__, *map(str, batch.pictures)]]
        ),
        _tesseract(ocr, environment),
    ]
    if ocrmypdf:
        found += [_ocrmypdf(name, ocrmypdf, options, environment) for name, options in OCRMYPDF_RUNS.items()]
    return found


def whereas(pictures: Sequence[Path], ocr: OcrOptions) -> list[str]:
    """Read pictures as an upload of each would be read."""
    read = [read_pages(path.read_bytes(), _MEDIA[path.suffix], first=1, last=1, limits=DEFAULT_LIMITS, ocr=ocr) for path in pictures]
    return [page.text for pages in read for page in pages]


def _tesseract(ocr: OcrOptions, environment: Mapping[str, str]) -> Reader:
    def commands(batch: Batch) -> list[list[str]]:
        return [[str(ocr.executable), str(picture), "-"] for picture in batch.pictures]

    return Reader("tesseract", lambda batch: [_run(command, environment) for command in commands(batch)], commands)


def _ocrmypdf(name: str, program: Path, options: Sequence[str], environment: Mapping[str, str]) -> Reader:
    """Return OCRmyPDF on one PDF of all pages, so that its start counts once a batch.

    ``--output-type pdf`` spares it PDF/A, ``-j 1`` keeps it to one core. Its texts are the sidecar's, pages parted by form feeds.
    """

    def commands(batch: Batch) -> list[list[str]]:
        texts, out = batch.pdf.with_suffix(".txt"), batch.pdf.with_suffix(".out.pdf")
        return [[str(program), "-q", "-j", "1", "--output-type", "pdf", *options, "--sidecar", str(texts), str(batch.pdf), str(out)]]

    def read(batch: Batch) -> list[str]:
        for command in commands(batch):
            _run(command, environment)
        return batch.pdf.with_suffix(".txt").read_text(encoding="utf-8").split("\f")

    return Reader(name, read, commands)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} ended with status {done.returncode}: {done.stderr[-1000:]}")
    return done.stdout


def peer_environment(ocr: OcrOptions, folder: Path) -> dict[str, str]:
    """Return an environment in which peers find Whereas' Tesseract first, with its traineddata and that of orientation.

    Args:
        ocr: Whereas' engine.
        folder: where links to its data are put, in one folder as the programs want it.
    """
    data = folder / "tessdata"
    data.mkdir()
    osd = [ocr.osd / "osd.traineddata"] if ocr.osd else []
    for path in (*ocr.tessdata.iterdir(), *osd):
        if not (data / path.name).exists():
            (data / path.name).symlink_to(path)
    return {**os.environ, "TESSDATA_PREFIX": str(data), "PATH": f"{ocr.executable.parent}{os.pathsep}{os.environ['PATH']}"}


def find_ocrmypdf() -> Path | None:
    """Return the OCRmyPDF of its own environment, of this one, or of the path."""
    places = (ROOT / ".venv-ocrmypdf/bin/ocrmypdf", Path(sys.executable).parent / "ocrmypdf")
    beside = next((path for path in places if path.is_file()), None)
    found = shutil.which("ocrmypdf")
    return beside or (Path(found) if found else None)


def version(ocrmypdf: Path | None) -> str | None:
    """Return what OCRmyPDF says its version is."""
    return _run([str(ocrmypdf), "--version"], os.environ).strip() if ocrmypdf else None


def helpers() -> list[str]:
    """Return which of the programs are there that OCRmyPDF makes use of."""
    return [name for name in ("gs", "unpaper", "pngquant", "jbig2") if shutil.which(name)]


def peak_mib(reader: Reader, batch: Batch, environment: Mapping[str, str]) -> float:
    """Return the most memory that a reader and its children hold at one time, in MiB; nan where there is no Linux /proc.

    Pages that processes share count once in all (PSS), looked at every 5 ms: a child of a shorter life can be missed.
    """
    peak = 0
    for command in reader.commands(batch):
        with subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                peak = max(peak, _tree_kib(process.pid))
                time.sleep(_SAMPLE_S)
            if process.returncode:
                raise RuntimeError(f"{reader.name} ended with status {process.returncode}")
    return round(peak / 1024, 1) if peak else float("nan")


def _tree_kib(pid: int) -> int:
    """Return the proportional set size of a process and all under it; what ends meanwhile counts nothing."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        children = [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return own + sum(_tree_kib(int(child)) for child in children)


if __name__ == "__main__":
    print("\f".join(whereas([Path(name) for name in sys.argv[1:]], find_ocr())))
