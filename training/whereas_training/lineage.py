"""Where an artefact's weights come from: the plans and logs that training left in its folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PLAN, LOG = "plan.json", "train.log.jsonl"
_KEPT = ("tokens", "minutes", "mention_loss", "role_loss", "form_loss")


def training_summary(log: Path) -> dict[str, Any]:
    """Sum a training log up: steps, tokens, wall-clock minutes and CPU hours over all parts of a resumed run."""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    parts = [a["cpu_s"] for a, b in zip(rows, [*rows[1:], {"cpu_s": -1}], strict=True) if b["cpu_s"] < a["cpu_s"]]
    return {"steps": rows[-1]["step"], **{k: rows[-1][k] for k in _KEPT if k in rows[-1]}, "cpu_hours": round(sum(parts) / 3600, 2)}


def lineage(out: Path, *, previous: str | None) -> dict[str, Any]:
    """Return what is known of a run, by role ("student", "teacher 7", "pretrained"): plan, steps, tokens, time.

    Args:
        out: the run's folder. What it does not hold is left out: not every run has teachers.
        previous: what to call the published artefact that a run started from; paths of one machine say nothing on another.
    """
    folders = {"student": out, **{f"teacher {f.name}": f for f in sorted(out.glob("teachers/*"))}, "pretrained": out / "pretrained"}
    found: dict[str, Any] = {}
    for role, folder in folders.items():
        row: dict[str, Any] = {}
        if (folder / PLAN).exists():
            plan = json.loads((folder / PLAN).read_text(encoding="utf-8"))
            row["plan"] = {**plan, "start": _start(str(plan.get("start", "base")), out, previous)}
        if (folder / LOG).exists():
            row |= training_summary(folder / LOG)
        if row:
            found[role] = row
    return found


def _start(start: str, out: Path, previous: str | None) -> str:
    path = Path(start)
    if path.suffix == ".onnx":
        return previous or "a published artefact"
    return path.relative_to(out).as_posix() if path.is_relative_to(out) else path.name


def describe(rows: dict[str, Any]) -> list[str]:
    """Return a sentence a role for the card that people read."""
    lines = []
    for role, row in rows.items():
        plan = row.get("plan", {})
        done = [f"{row[key]:,} {key}" for key in ("steps", "tokens") if key in row]
        done += [f"{row['minutes']:.0f} minutes of wall-clock time"] if "minutes" in row else []
        done += [f"{row['cpu_hours']:.1f} hours of CPU time"] if "cpu_hours" in row else []
        told = [f"from {plan['start']}"] if "start" in plan else []
        told += [f"{key} {plan[key]}" for key in ("device", "workers", "seed", "view", "soft", "rare") if key in plan]
        told += [f"data {' + '.join(plan['data'])}"] if "data" in plan else []
        lines.append(f"- {role}: {', '.join([*told, *done])}.")
    return lines
