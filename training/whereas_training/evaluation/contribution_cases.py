"""The documents and labelled pages on which the contribution of rules is measured, and how each is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache as memoize
from pathlib import Path

from whereas.codec import to_plain
from whereas.types import CleanedText, Contract, MediaType, Resolution
from whereas_training.evaluation import gold, pages
from whereas_training.evaluation.contribution import Case, Counts
from whereas_training.evaluation.matching import Span
from whereas_training.evaluation.scorers import CuadScorer, KleisterScorer, Scorer, Values, load
from whereas_training.evaluation.serving import recognize
from whereas_training.evaluation.sources import read_set
from whereas_training.evaluation.texts import read

SETS = {
    "cuad-dev-pdf": "CUAD dev facts", "kleister-text": "Kleister facts",
    "cuad-calibration-pages": "mentions, calibration pages", "cuad-pages": "mentions, labelled pages",
}  # fmt: skip
"""Sets of documents, and files of labels; what their columns are called."""


@memoize
def _scorers(folder: Path) -> tuple[CuadScorer, KleisterScorer]:
    return load(folder)


def tally(field: str, given: Counter[str], wanted: Counter[str]) -> Counts:
    """Return right, wrong and missed values of one field."""
    right = (given & wanted).total()
    return Counter({(field, "right"): right, (field, "wrong"): given.total() - right, (field, "missed"): wanted.total() - right})


@dataclass(frozen=True, slots=True)
class FactJudge:
    """Counts the facts of a document; the scorers are found again in each process, as modules do not travel."""

    folder: Path
    cuad: bool
    wanted: Values

    def __call__(self, resolution: Resolution) -> Counts:
        """Return right, wrong and missed values by field."""
        scorer: Scorer = _scorers(self.folder)[0 if self.cuad else 1]
        given = scorer.given(to_plain(resolution.contract, Contract))
        counts: Counts = Counter()
        for field, wanted in self.wanted.items():
            if wanted is not None:
                counts += tally(field, given[field] or Counter(), wanted)
        return counts


@dataclass(frozen=True, slots=True)
class PageJudge:
    """Counts the mentions on the labelled pages of one contract."""

    cleaned: CleanedText
    labelled: tuple[gold.Page, ...]

    def __call__(self, resolution: Resolution) -> Counts:
        """Return right, wrong and missed mentions by type."""
        mentions = [Span(e.start, e.end, e.type, e.score, e.source) for e in resolution.entities if e.layer == "mention"]
        found = pages.to_source(self.cleaned, mentions)
        counts: Counts = Counter()
        for page in self.labelled:
            wanted = Counter(str(s.key) for s in page.spans if pages.is_read(self.cleaned.pieces, s))
            given = Counter(str(s.key) for s in pages.inside(page, found) if s.type in gold.TYPES)
            counts += tally("mentions", given, wanted)
        return counts


def read_cases(model_dir: Path, sets: Sequence[str], *, data: Path, scorers: Path, cache: Path | None) -> list[Case]:
    """Return the cases of those of ``SETS`` that the data folder holds.

    Raises:
        ImportError: the scorers are not in their folder.
        LabelError: the labels do not fit their texts.
    """
    cases: list[Case] = []
    for name in sets:
        read_set_cases = _page_cases if name.endswith("pages") else _document_cases
        cases += read_set_cases(name, model_dir, data, scorers, cache)
    return cases


def _document_cases(name: str, model_dir: Path, data: Path, scorers: Path, cache: Path | None) -> Iterator[Case]:
    cuad = name.startswith("cuad")
    scorer: Scorer = load(scorers)[0 if cuad else 1]
    for source in read_set(name, data):
        cleaned = read(source.data(), source.media, cache=cache).cleaned
        if cleaned is not None:
            judge = FactJudge(scorers, cuad, scorer.gold(source.gold))
            yield Case(SETS[name], cleaned, recognize(cleaned.text, model_dir, cache=cache), judge)


def _page_cases(name: str, model_dir: Path, data: Path, scorers: Path, cache: Path | None) -> Iterator[Case]:
    by_contract: dict[str, list[gold.Page]] = {}
    for page in gold.read_pages(gold.LABELS.with_name(f"{name}.jsonl"), data / "cuad" / "text"):
        by_contract.setdefault(page.contract, []).append(page)
    for labelled in by_contract.values():
        cleaned = read(labelled[0].text.encode(), MediaType.TEXT, cache=cache).cleaned
        if cleaned is not None:
            yield Case(SETS[name], cleaned, recognize(cleaned.text, model_dir, cache=cache), PageJudge(cleaned, tuple(labelled)))
