"""The plots of an evaluation, as PNG files: confusion matrices, reliability, F1 by type and by field with intervals.

matplotlib is imported when something is drawn: the figures themselves need none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

DPI = 110
_BLUE, _GREY, _RED = "#2b5c8a", "#b8bec6", "#a33b2f"


def draw_all(result: Mapping[str, Any], out: Path) -> dict[str, Path]:
    """Draw what an evaluation holds.

    Args:
        result: of ``run.evaluate_model``.
        out: the folder for the files.

    Returns:
        The files by name, such as "confusion-product".

    Raises:
        ImportError: matplotlib is not installed.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    images: dict[str, Path] = {}
    spans = {name: row for name, row in (result.get("pages") or {}).items() if isinstance(row, Mapping)}
    if result.get("general"):
        spans["general"] = result["general"]
    for name, row in spans.items():
        images[f"confusion-{name}"] = _confusion(row["confusion"], out / f"confusion-{name}.png")
        images[f"reliability-{name}"] = _reliability(row["calibration"], out / f"reliability-{name}.png")
        images[f"f1-{name}"] = _bars({**row["types"], "micro": row["micro"], "macro": row["macro"]}, out / f"f1-{name}.png")
    for name, row in (result.get("documents") or {}).items():
        images[f"reliability-{name}"] = _reliability(row["calibration"], out / f"reliability-{name}.png")
        images[f"facts-{name}"] = _bars({**row["fields"], "micro": row["micro"], "macro": row["macro"]}, out / f"facts-{name}.png")
    return images


def _confusion(matrix: Mapping[str, Any], path: Path) -> Path:
    """Draw counts, coloured by their share of the row, so that a rare type's errors show."""
    import matplotlib.pyplot as plt
    import numpy as np

    cells = np.array(matrix["cells"], dtype=float)
    shares = cells / np.maximum(cells.sum(axis=1, keepdims=True), 1)
    size = 1.8 + 0.5 * len(matrix["columns"])
    figure, axes = plt.subplots(figsize=(size + 0.8, size), layout="constrained")
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (i, j), count in np.ndenumerate(cells):
        if count:
            axes.text(j, i, f"{count:.0f}", ha="center", va="center", fontsize=7, color="white" if shares[i, j] > 0.55 else "black")
    axes.set_xticks(range(len(matrix["columns"])), matrix["columns"], rotation=60, ha="right", fontsize=7)
    axes.set_yticks(range(len(matrix["rows"])), matrix["rows"], fontsize=7)
    axes.set_xlabel("found", fontsize=8)
    axes.set_ylabel("labelled", fontsize=8)
    return _save(figure, path)


def _reliability(calibration: Mapping[str, Any], path: Path) -> Path:
    import matplotlib.pyplot as plt

    table = calibration["table"]
    figure, axes = plt.subplots(figsize=(3.6, 3.4), layout="constrained")
    axes.plot((0, 1), (0, 1), color=_GREY, linewidth=1)
    axes.plot([row["score"] for row in table], [row["right"] for row in table], marker="o", markersize=4, color=_BLUE)
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="mean score", ylabel="share right")
    axes.set_title(f"expected calibration error {calibration['ece']:.3f}", fontsize=9)
    return _save(figure, path)


def _bars(rows: Mapping[str, Mapping[str, Any]], path: Path) -> Path:
    import matplotlib.pyplot as plt

    names = list(rows)[::-1]
    figure, axes = plt.subplots(figsize=(5.2, 0.8 + 0.26 * len(names)), layout="constrained")
    for at, name in enumerate(names):
        row = rows[name]
        low, high = row.get("interval") or (row["f1"], row["f1"])
        # The interval's bounds may lie on one side of the value where a few documents decide it.
        errors = [[max(row["f1"] - low, 0)], [max(high - row["f1"], 0)]]
        axes.barh(at, row["f1"], color=_RED if name in {"micro", "macro"} else _BLUE, height=0.7)
        axes.errorbar(row["f1"], at, xerr=errors, color="black", linewidth=1, capsize=2)
    axes.set_yticks(range(len(names)), [f"{name} ({rows[name]['gold']})" if "gold" in rows[name] else name for name in names], fontsize=8)
    axes.set(xlim=(0, 1), xlabel="F1, 95 % interval")
    return _save(figure, path)


def _save(figure: Any, path: Path) -> Path:
    import matplotlib.pyplot as plt

    # Without the date and the library's version equal figures give equal files.
    figure.savefig(path, dpi=DPI, metadata={"Software": None})
    plt.close(figure)
    return path
