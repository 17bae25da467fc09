"""What each rule contributes: the scores of facts and mentions with all rules, less those without it.

    python -m whereas_training.evaluation.contribution --score FOLDER

A rule is switched off by dropping what it proposes, so that whatever stands back for it may step in. A document in which a rule proposes
nothing is not resolved again. Positive figures are what would be lost without the rule, in points of F1.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from whereas.resolution import contract, resolver
from whereas.resolution.parties import ranking
from whereas.types import CleanedText, Recognition, Resolution
from whereas_training.evaluation.serving import resolved

Counts = Counter[tuple[str, str]]
"""Right, wrong and missed values by field: keys are (field, "right" | "wrong" | "missed")."""
Judge = Callable[[Resolution], Counts]

_LISTS = (
    (resolver, "find_mentions"), (resolver, "find_places"), (resolver, "repeated_names"), (contract, "find_governing_law"),
    (contract, "rank_agreement_dates"), (contract, "rank_effective_dates"), (contract, "rank_expiry"), (contract, "rank_terms"),
    (contract, "last_signed"), (contract, "open_ended"), (ranking, "from_preamble"), (ranking, "from_definitions"),
    (ranking, "from_labels"), (ranking, "from_signatures"), (ranking, "from_model"),
)  # fmt: skip
"""Where rules propose, by the module that asks them."""
_UNJUDGED = ("find_definitions", "find_clauses", "find_amounts", "find_venues", "find_related", "list_dates")
"""Tables of the contract that no score looks at; left out, a resolution takes half the time."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document, what the model found in it, and how its resolution is judged; ``group`` is the set it belongs to."""

    group: str
    cleaned: CleanedText
    recognition: Recognition
    judge: Judge


@dataclass(slots=True)
class Outcome:
    """The counts of one case and the rules that proposed something in it."""

    counts: Counts
    rules: set[str] = field(default_factory=set)


def rule_of(proposal: Any) -> str:
    """Return the id of the rule that made a proposal, whatever its kind: candidate, span, choice, party, (place, score, rule score)."""
    if isinstance(proposal, tuple):
        return "governing-law"
    name = getattr(proposal, "origin", None) or getattr(proposal, "rule", None) or getattr(proposal, "source", "")
    return str(name).removeprefix("rule:")


@contextmanager
def without(rule: str | None, seen: set[str]) -> Iterator[None]:
    """Drop what ``rule`` proposes, note in ``seen`` which rules proposed anything. For one thread: it patches modules."""

    def kept(proposals: Any) -> Any:
        if isinstance(proposals, dict):
            return {name: kept(part) for name, part in proposals.items()}
        if proposals is None:
            return None
        if not isinstance(proposals, list):
            return next(iter(kept([proposals])), None)
        seen.update(rule_of(p) for p in proposals)
        return [p for p in proposals if rule_of(p) != rule]

    def filtered(ask: Callable[..., Any], *args: Any, **options: Any) -> Any:
        return kept(ask(*args, **options))

    patches = [patch.object(module, name, partial(filtered, getattr(module, name))) for module, name in _LISTS]
    patches += [patch.object(contract, name, lambda *_: ()) for name in _UNJUDGED]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def run(case: Case, rule: str | None) -> Outcome:
    """Resolve a case without a rule, or with all, and judge it."""
    outcome = Outcome(Counter())
    with without(rule, outcome.rules):
        outcome.counts = case.judge(resolved(case.cleaned, case.recognition))
    return outcome


def f1(counts: Counts, name: str | None = None) -> float:
    """Return the F1 of a field, or of all together."""
    right, wrong, missed = (
        sum(n for (f, kind), n in counts.items() if kind == k and name in (None, f)) for k in ("right", "wrong", "missed")
    )
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def contributions(cases: Sequence[Case], *, workers: int = 1) -> dict[str, dict[str, Any]]:
    """Return for every rule that spoke: ``documents``, and by group the micro F1 with all rules less that without it."""
    with ProcessPoolExecutor(workers) as pool:
        full = list(pool.map(run, cases, [None] * len(cases), chunksize=4))
        rules = sorted(set().union(*(o.rules for o in full)))
        speaks = {rule: [n for n, o in enumerate(full) if rule in o.rules] for rule in rules}
        jobs = [(rule, n) for rule in rules for n in speaks[rule]]
        again = dict(zip(jobs, pool.map(run, (cases[n] for _, n in jobs), (r for r, _ in jobs), chunksize=4), strict=True))
    result: dict[str, dict[str, Any]] = {}
    groups = list(dict.fromkeys(case.group for case in cases))
    for rule in rules:
        row: dict[str, Any] = {"documents": len(speaks[rule])}
        for group in groups:
            members = [n for n, case in enumerate(cases) if case.group == group]
            before = sum((full[n].counts for n in members), Counter[tuple[str, str]]())
            after = sum((again.get((rule, n), full[n]).counts for n in members), Counter[tuple[str, str]]())
            row[group] = round(100 * (f1(before) - f1(after)), 2)
        result[rule] = row
    return result


def table(found: dict[str, dict[str, Any]]) -> str:
    """Return the contributions as a Markdown table, the greatest first."""
    columns = list(next(iter(found.values())))
    lines = ["| rule | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    ordered = sorted(found.items(), key=lambda item: (-sum(v for c, v in item[1].items() if c != "documents"), item[0]))
    for rule, row in ordered:
        cells = [str(row[c]) if c == "documents" else f"{row[c]:+.2f}" for c in columns]
        lines.append(f"| {rule} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure all rules on the documents and the labelled pages; write ``rules.json`` and ``rules.md``."""
    from whereas_training.evaluation.contribution_cases import SETS, read_cases

    root = Path(__file__).resolve().parents[3]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=root / "layers" / "model", help="the artefact's folder (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data", help="the data folder (default: %(default)s)")
    parser.add_argument("--score", type=Path, required=True, help="folder with document-level scorers")
    parser.add_argument("--out", type=Path, default=root / "build" / "evaluation", help="folder for the results (default: %(default)s)")
    parser.add_argument("--cache", type=Path, default=root / "build" / "evaluation-cache", help="what later runs read again")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="what is measured on (default: all)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: %(default)s)")
    args = parser.parse_args()
    cases = read_cases(args.model, args.sets, data=args.data, scorers=args.score, cache=args.cache)
    found = contributions(cases, workers=args.workers)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "rules.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (args.out / "rules.md").write_text(table(found), encoding="utf-8")
    print(args.out / "rules.md")


if __name__ == "__main__":
    main()
