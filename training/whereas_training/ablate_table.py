"""The table of ablations, free of torch."""

from __future__ import annotations

import statistics
from collections.abc import Mapping


def table(results: Mapping[str, list[dict[str, float]]]) -> str:
    """Return the results as a Markdown table: the mean over the seeds, and their range where there are several."""
    columns = list(next(iter(results.values()))[0])
    lines = ["| condition | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, rows in results.items():
        cells = []
        for column in columns:
            values = [row[column] for row in rows]
            spread = f" ± {(max(values) - min(values)) / 2:.3f}" if len(values) > 1 else ""
            cells.append(f"{statistics.mean(values):.3f}{spread}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
