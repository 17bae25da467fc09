"""What turns raw scores into probabilities: fits, their errors held out by document, and the thresholds that F1 wants.

NumPy alone. Compared are temperature scaling (one parameter; Guo et al. 2017, arXiv 1706.04599), Platt scaling (two; Platt
1999) and isotonic regression (many; Zadrozny and Elkan 2002, by pool adjacent violators). The first two are what a label schema can hold;
isotonic regression is the yardstick that says whether two parameters are too few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Predict = Callable[[Floats], Floats]

EDGE = 1e-4
"""As ``whereas.recognition.schema``: raw scores are held this far from 0 and 1."""
FOLDS = 5
BINS = 10
STEEP = (0.05, 20.0)
"""Bounds of a slope; the label schema takes none steeper."""
HIGHEST = 0.6
"""No threshold above this: on calibrated scores the best one is half the F1 that it reaches (Lipton et al. 2014, arXiv 1402.1892)."""
FEWEST = 30
"""Gold spans that a type needs before dev may choose its threshold."""
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Scored:
    """Predicted spans: raw score in 0..1, right or wrong, and the document (for folds and draws); each of shape (spans,)."""

    scores: Floats
    right: Bools
    documents: Ints


@dataclass(frozen=True, slots=True)
class Line:
    """A servable calibration: log-odds times ``slope`` plus ``intercept``."""

    slope: float = 1.0
    intercept: float = 0.0

    def __call__(self, scores: Floats) -> Floats:
        """Return the probabilities of raw scores."""
        return 1 / (1 + np.exp(-(self.slope * log_odds(scores) + self.intercept)))


def log_odds(scores: Floats) -> Floats:
    """Return log(p / (1 - p)) of scores held ``EDGE`` from 0 and 1."""
    clipped = np.clip(scores, EDGE, 1 - EDGE)
    return np.asarray(np.log(clipped / (1 - clipped)))


def fit_line(scores: Floats, right: Bools, *, shift: bool) -> Line:
    """Return the line of the highest likelihood by Newton's method; without ``shift`` it is temperature scaling.

    A weak pull towards the identity (half a span's weight) keeps the fit finite where all spans are right.
    """
    x = np.stack([log_odds(scores), np.ones(len(scores))], axis=1)[:, : 1 + shift]
    start = np.array([1.0, 0.0])[: 1 + shift]
    w = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -60, 60)))
        gradient = x.T @ (p - right) + 0.5 * (w - start)
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(len(w)), gradient)
        w = w - np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return Line(float(np.clip(w[0], *STEEP)), float(np.clip(w[1], -STEEP[1], STEEP[1])) if shift else 0.0)


def fit_isotonic(scores: Floats, right: Bools) -> Predict:
    """Return isotonic regression: means of blocks that rise with the score, interpolated between the blocks' middles."""
    order = np.argsort(scores, kind="stable")
    blocks: list[tuple[float, float, float]] = []  # sum of right, spans, sum of scores
    for value, score in zip(right[order].astype(float), scores[order], strict=True):
        blocks.append((float(value), 1.0, float(score)))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            (a, n, s), (b, m, t) = blocks[-2:]
            blocks[-2:] = [(a + b, n + m, s + t)]
    middles = np.array([s / n for _, n, s in blocks])
    heights = np.array([(a + 0.5) / (n + 1) for a, n, _ in blocks])  # no block is certain
    return lambda x: np.asarray(np.interp(x, middles, np.maximum.accumulate(heights)))


METHODS: Mapping[str, Callable[[Floats, Bools], Predict]] = {
    "none": lambda scores, right: Line(),
    "temperature": lambda scores, right: fit_line(scores, right, shift=False),
    "platt": lambda scores, right: fit_line(scores, right, shift=True),
    "isotonic": fit_isotonic,
}
"""From the simplest to the richest."""
SERVABLE = ("none", "temperature", "platt")


def folds_of(documents: Ints, *, seed: int = 7) -> Ints:
    """Return a fold, 0 to ``FOLDS`` - 1, for each row: rows of one document share theirs."""
    unique, inverse = np.unique(documents, return_inverse=True)
    return np.asarray(np.random.default_rng(seed).permutation(len(unique))[inverse] % FOLDS)


def held_out(data: Scored, fit: Callable[[Floats, Bools], Predict]) -> Floats:
    """Return each span's probability by a fit on the folds that do not hold its document."""
    folds, result = folds_of(data.documents), np.zeros(len(data.scores))
    for fold in np.unique(folds):
        test = folds == fold
        result[test] = fit(data.scores[~test], data.right[~test])(data.scores[test])
    return result


def losses(probabilities: Floats, right: Bools) -> Floats:
    """Return each span's negative log-likelihood."""
    p = np.clip(probabilities, EDGE, 1 - EDGE)
    return np.asarray(-np.log(np.where(right, p, 1 - p)))


def calibration_error(probabilities: Floats, right: Bools) -> float:
    """Return the expected calibration error over ``BINS`` bins with equally many spans (Nguyen and O'Connor 2015, arXiv 1508.05154)."""
    if not len(probabilities):
        return 0.0
    order = np.argsort(probabilities, kind="stable")
    bins = [part for part in np.array_split(order, BINS) if len(part)]
    return float(sum(len(b) * abs(probabilities[b].mean() - right[b].mean()) for b in bins) / len(order))


def standard_error(differences: Floats, documents: Ints) -> float:
    """Return the standard error of a mean over rows whose documents are the independent draws."""
    _, inverse = np.unique(documents, return_inverse=True)
    sums = np.bincount(inverse, weights=differences - differences.mean())
    return float(np.sqrt((sums**2).sum()) / max(len(differences), 1))


def choose_method(data: Scored) -> tuple[str, dict[str, dict[str, float]]]:
    """Return the simplest servable method whose held-out loss is within a standard error of the best one's, and all figures.

    The rule is that of Breiman et al. (1984) for pruning: a richer fit must earn its parameters.
    """
    out = {name: held_out(data, fit) for name, fit in METHODS.items()}
    loss = {name: losses(p, data.right) for name, p in out.items()}
    figures = {n: {"nll": round(float(loss[n].mean()), 4), "ece": round(calibration_error(p, data.right), 4)} for n, p in out.items()}
    best = min(SERVABLE, key=lambda name: loss[name].mean())
    within = (n for n in SERVABLE if (loss[n] - loss[best]).mean() <= standard_error(loss[n] - loss[best], data.documents))
    return next(within), figures


def f1(tp: Floats, fp: Floats, fn: Floats) -> Floats:
    """Return F1 of counts of any one shape; 0 where nothing is right."""
    return np.asarray(2 * tp / np.maximum(2 * tp + fp + fn, 1))


@dataclass(frozen=True, slots=True)
class Threshold:
    """The score below which a type's mentions are dropped, 0 for none, and the F1 on held-out documents without and with it."""

    value: float
    f1_before: float
    f1_after: float
    gold: int


def choose_threshold(data: Scored, missed: Sequence[int], *, highest: float = HIGHEST, fewest: int = FEWEST, seed: int = 7) -> Threshold:
    """Choose one type's threshold on calibrated scores.

    Each fold is scored under the threshold that the others choose; only a gain that 95 % of the draws of documents show
    counts. A threshold that wins on the spans it was chosen on alone is noise.

    Args:
        data: the type's predicted spans with calibrated scores.
        missed: the document of each gold span that no prediction matches.
        highest: no threshold is higher.
        fewest: gold spans needed.
        seed: of the draws and folds.
    """
    grid = np.round(np.arange(0, highest + 1e-9, 0.02), 2)
    documents, rows = np.unique(np.concatenate([data.documents, np.asarray(missed, dtype=np.int64)]), return_inverse=True)
    span_rows, missed_rows = rows[: len(data.scores)], rows[len(data.scores) :]
    kept = data.scores[:, None] >= grid
    tp, fp, lost = (np.zeros((len(documents), len(grid))) for _ in range(3))
    np.add.at(tp, span_rows, kept & data.right[:, None])
    np.add.at(fp, span_rows, kept & ~data.right[:, None])
    np.add.at(lost, span_rows, ~kept & data.right[:, None])
    fn = lost + np.bincount(missed_rows, minlength=len(documents))[:, None]
    gold = int((tp + fn)[:, 0].sum())
    if gold < fewest:
        before = round(float(f1(tp[:, 0].sum(), fp[:, 0].sum(), fn[:, 0].sum())), 4)
        return Threshold(0.0, before, before, gold)
    best = np.zeros(len(documents), dtype=np.int64)
    folds = folds_of(documents, seed=seed)
    for fold in np.unique(folds):
        train = folds != fold
        best[folds == fold] = f1(tp[train].sum(0), fp[train].sum(0), fn[train].sum(0)).argmax()
    picked = np.arange(len(documents)), best
    after, before_counts = np.stack([a[picked] for a in (tp, fp, fn)]), np.stack([a[:, 0] for a in (tp, fp, fn)])
    draws = np.random.default_rng(seed).multinomial(len(documents), np.full(len(documents), 1 / len(documents)), size=DRAWS)
    gains = f1(*(draws @ after.T).T) - f1(*(draws @ before_counts.T).T)
    base, gained = float(f1(*before_counts.sum(1))), float(f1(*after.sum(1)))
    if np.quantile(gains, 0.05) <= 0:
        return Threshold(0.0, round(base, 4), round(base, 4), gold)
    return Threshold(float(grid[f1(tp.sum(0), fp.sum(0), fn.sum(0)).argmax()]), round(base, 4), round(gained, 4), gold)


def choose_temperature(loss: Floats, grid: Floats, *, tokens: int) -> dict[str, float]:
    """Choose the temperature of token probabilities.

    Args:
        loss: float64, shape (documents, temperatures): summed negative log-likelihoods.
        grid: float64, shape (temperatures,), with 1.0 among them.
        tokens: number of tokens summed over.

    Returns:
        ``temperature`` (1.0 where a fit on other documents gains no more than a standard error), ``nll_before`` and ``nll_after`` a
        token, held out.
    """
    one = int(np.abs(grid - 1).argmin())
    folds = folds_of(np.arange(len(loss)))
    after = np.zeros(len(loss))
    for fold in np.unique(folds):
        after[folds == fold] = loss[folds == fold, loss[folds != fold].sum(0).argmin()]
    gain = loss[:, one] - after
    helps = gain.sum() > np.sqrt(((gain - gain.mean()) ** 2).sum())
    before = round(float(loss[:, one].sum()) / max(tokens, 1), 5)
    nll_after = round(float(after.sum()) / max(tokens, 1), 5) if helps else before
    return {"temperature": float(grid[loss.sum(0).argmin()]) if helps else 1.0, "nll_before": before, "nll_after": nll_after}
