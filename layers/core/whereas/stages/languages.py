"""The language of a document from those of its pages: what may be read, what is warned of, what is refused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from whereas.errors import PermanentError
from whereas.reading.language import UNDETERMINED, detect
from whereas.types import CleanedText, PageText, Warning

LANGUAGES: Final = frozenset({"en"})
"""ISO 639-1 codes of the languages that the model was trained on."""

# Of a document in two languages, one of them English, the English part is worth reading; one with a quotation or a letterhead is foreign.
_MIN_SUPPORTED_SHARE = 0.3
_PAGES_NAMED = 20


def judge_language(pages: Sequence[PageText], cleaned: CleanedText) -> tuple[str, tuple[Warning, ...]]:
    """Return a document's language, ``und`` where it cannot be told, and a warning for each language that the model cannot read.

    Args:
        pages: all pages, each with its language.
        cleaned: the document's text, for pages that are each too short to tell.

    Raises:
        PermanentError: ``empty``, there is no text at all; ``unsupported_language``, all or nearly all of it is foreign.
    """
    foreign = _foreign_pages(pages)
    if not cleaned.text.strip() and not foreign:
        raise PermanentError("empty", f"No text was found on {len(pages)} page(s).")
    weights = _weights(pages)
    language = max(weights, key=lambda code: weights[code])
    if language == UNDETERMINED:
        language = detect(cleaned.text)
        weights[language] += weights.pop(UNDETERMINED)
    supported = sum(weight for code, weight in weights.items() if code in LANGUAGES or code == UNDETERMINED)
    if supported < _MIN_SUPPORTED_SHARE * weights.total():
        raise PermanentError("unsupported_language", f"The text reads as {language!r}, supported: {', '.join(sorted(LANGUAGES))}.")
    warnings = _warnings(pages, foreign)
    if language == UNDETERMINED:
        told = "The text is too short or too odd to tell its language; it was read as English."
        warnings = [Warning("language_undetermined", told), *warnings]
    return language, tuple(warnings)


def _foreign_pages(pages: Sequence[PageText]) -> dict[str, list[int]]:
    foreign: defaultdict[str, list[int]] = defaultdict(list)
    for page in pages:
        if page.language and page.language not in LANGUAGES and page.language != UNDETERMINED:
            foreign[page.language].append(page.number)
    return foreign


def _weights(pages: Sequence[PageText]) -> Counter[str]:
    """Return how much of a document is in each language: characters, and for a page that could not be read those of a usual one."""
    lengths = [len(page.text) for page in pages if page.text]
    usual = sum(lengths) // len(lengths) if lengths else 1
    weights: Counter[str] = Counter()
    for page in pages:
        known = page.language and page.language != UNDETERMINED
        weights[page.language or UNDETERMINED] += len(page.text) or (usual if known else 0)
    return weights


def _warnings(pages: Sequence[PageText], foreign: Mapping[str, Sequence[int]]) -> list[Warning]:
    # What reading says of a page, because OCR does not know its letters, is not said again.
    said = {page.number for page in pages if any(warning.code == "unsupported_language" for warning in page.warnings)}
    unsaid = {language: [number for number in numbers if number not in said] for language, numbers in sorted(foreign.items())}
    return [_warning(language, numbers) for language, numbers in unsaid.items() if numbers]


def _warning(language: str, numbers: Sequence[int]) -> Warning:
    more = f" and {len(numbers) - _PAGES_NAMED} more" if len(numbers) > _PAGES_NAMED else ""
    named = ", ".join(map(str, numbers[:_PAGES_NAMED])) + more
    where = f"Page {named} reads" if len(numbers) == 1 else f"Pages {named} read"
    told = f"{where} as {language!r}, which the model was not trained on; what was found there may be wrong."
    return Warning("unsupported_language", told, numbers[0])
