"""Links between names: pairwise precision and recall with 95 % intervals, and the time that one comparison takes.

    .venv/bin/python benchmarks/linking.py [--out benchmarks/results]

The pairs are those of ``tests/unit/resolution/data/name_pairs.csv``: invented names, changed by seeded operations or written by hand.
Two names count as linked if they have one canonical id or score ``similarity.LINK`` or more; ``ids alone`` takes canonical ids only.
Thresholds and word lists were chosen on the half ``tune``; ``held`` was only measured. Intervals are Wilson's (1927), on pairs as if
independent, which pairs of one base name are not quite. Results: ``linking.json`` and
``linking.png``, precision and recall of both halves over the threshold.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "tests" / "unit" / "resolution")]

import matplotlib as mpl  # noqa: E402
import name_pairs  # noqa: E402
from name_pairs import Pair  # noqa: E402

from whereas.resolution.linking.blocking import blocks  # noqa: E402
from whereas.resolution.linking.similarity import LINK, similarity  # noqa: E402
from whereas.resolution.parties.names import canonical_id  # noqa: E402

Z = 1.96


def same_id(pair: Pair) -> bool:
    """Say whether the two names have one canonical id."""
    return canonical_id(pair.left, kind="organization") == canonical_id(pair.right, kind="organization")


def linked(pair: Pair) -> bool:
    """Say whether the two names are one, by id or by likeness."""
    return same_id(pair) or similarity(pair.left, pair.right).score >= LINK


def share(hits: int, total: int) -> dict[str, float | int | list[float]]:
    """Return a share with its Wilson interval."""
    if not total:
        return {"value": 0.0, "interval": [0.0, 1.0], "hits": 0, "of": 0}
    p, z2 = hits / total, Z * Z / total
    middle, half = p + z2 / 2, Z * math.sqrt(p * (1 - p) / total + z2 / (4 * total))
    return {
        "value": round(p, 4),
        "interval": [round((middle - half) / (1 + z2), 4), round((middle + half) / (1 + z2), 4)],
        "hits": hits,
        "of": total,
    }


def measure(pairs: Sequence[Pair], decide: Callable[[Pair], bool]) -> dict[str, object]:
    """Return precision and recall of a decision, and what it gets wrong by family."""
    found = [(pair, decide(pair)) for pair in pairs]
    right = sum(one for pair, one in found if pair.same)
    wrong = Counter(pair.family for pair, one in found if one != pair.same)
    return {
        "pairs": len(pairs),
        "precision": share(right, sum(one for _, one in found)),
        "recall": share(right, sum(pair.same for pair in pairs)),
        "wrong_by_family": dict(sorted(wrong.items())),
    }


def blocked(pairs: Sequence[Pair]) -> dict[str, object]:
    """Return how many pairs of one body share a block, and how many of different bodies do."""
    met = [(pair.same, bool(set(blocks(pair.left)) & set(blocks(pair.right)))) for pair in pairs]
    same = [shared for truth, shared in met if truth]
    return {
        "of_one_body": share(sum(same), len(same)),
        "blocks_a_name": round(statistics.mean(len(blocks(pair.left)) for pair in pairs), 2),
    }


def microseconds(pairs: Sequence[Pair], *, rounds: int = 5) -> float:
    """Return the median time of one comparison, names taken apart beforehand."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        for pair in pairs:
            similarity(pair.left, pair.right)
        times.append((time.perf_counter() - started) / len(pairs) * 1e6)
    return round(statistics.median(times), 1)


def plot(pairs: Sequence[Pair], path: Path) -> None:
    """Draw precision and recall over the score from which two names count as linked."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4))
    floors = [n / 100 for n in range(50, 100, 2)]
    for half, style in (("tune", ":"), ("held", "-")):
        scored = [(p.same, 1.0 if same_id(p) else similarity(p.left, p.right).score) for p in pairs if p.half == half]
        same = sum(one for one, _ in scored)
        linked_at = [[one for one, score in scored if score >= floor] for floor in floors]
        axes.plot(floors, [sum(found) / len(found) if found else 1.0 for found in linked_at], style, color="C0", label=f"precision, {half}")
        axes.plot(floors, [sum(found) / same for found in linked_at], style, color="C1", label=f"recall, {half}")
    axes.axvline(LINK, color="grey", linewidth=0.8)
    axes.set(xlabel="score from which names are linked", ylabel="share of pairs", title="Links between names")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results")
    arguments = parser.parse_args()
    pairs = name_pairs.read()
    results: dict[str, object] = {"link_from": LINK, "python": platform.python_version(), "machine": platform.machine()}
    for half in ("tune", "held"):
        mine = [pair for pair in pairs if pair.half == half]
        results[half] = {"links": measure(mine, linked), "ids alone": measure(mine, same_id), "blocks": blocked(mine)}
    results["microseconds_a_comparison"] = microseconds(pairs)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "linking.json").write_text(json.dumps(results, indent=2) + "\n")
    plot(pairs, arguments.out / "linking.png")
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
