"""The command line of training: steps in order, sizes with exceptions, where training begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from whereas_training import __main__ as steps
from whereas_training.ablate_table import table
from whereas_training.sizes import SIZES


def _args(*words: str) -> object:
    return steps.parser().parse_args(list(words))


def test_all_runs_every_step_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done: list[str] = []
    monkeypatch.setattr(steps, "run", lambda step, args: done.append(step))
    monkeypatch.setattr("sys.argv", ["whereas_training", "all", "--out", str(tmp_path), "--version", "9.0.0"])
    steps.main()
    assert tuple(done) == steps.STEPS
    assert steps.STEPS.index("calibrate") < steps.STEPS.index("evaluate") < steps.STEPS.index("publish")


@pytest.mark.parametrize("version", [[], ["--version", "new"]])
def test_a_run_that_could_not_be_published_does_not_begin(monkeypatch: pytest.MonkeyPatch, version: list[str]) -> None:
    monkeypatch.setattr(steps, "run", lambda step, args: pytest.fail(f"{step} began"))
    monkeypatch.setattr("sys.argv", ["whereas_training", "all", *version])
    with pytest.raises(SystemExit):
        steps.main()


def test_a_size_takes_exceptions() -> None:
    size = steps.size_of(_args("train", "--size", "laptop", "--student-minutes", "1.5", "--workers", "1", "--pool-only"))  # type: ignore[arg-type]
    assert (size.student_minutes, size.workers, size.soften_labelled) == (1.5, 1, False)
    assert size.teacher_minutes == SIZES["laptop"].teacher_minutes
    assert steps.size_of(_args("train")).soften_labelled  # type: ignore[arg-type]


def test_a_glance_lets_teachers_label_the_pool_alone() -> None:
    assert not steps.size_of(_args("train", "--size", "glance")).soften_labelled  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "published", "pretrained", "expected"),
    [
        ("published", True, False, "target/model.onnx"),
        ("published", False, False, "base"),
        ("base", True, False, "base"),
        ("published", True, True, "out/pretrained/checkpoint"),
    ],
)
def test_where_training_begins(tmp_path: Path, start: str, published: bool, pretrained: bool, expected: str) -> None:
    out, target = tmp_path / "out", tmp_path / "target"
    target.mkdir()
    if published:
        (target / "model.onnx").touch()
    if pretrained:
        (out / "pretrained" / "checkpoint").mkdir(parents=True)
    begins = steps.start_of(_args("train", "--out", str(out), "--target", str(target), "--start", start))  # type: ignore[arg-type]
    assert begins == (expected if expected == "base" else str(tmp_path / expected))


def test_ablations_show_the_spread_of_the_seeds() -> None:
    shown = table({"reference": [{"roles": 0.5}, {"roles": 0.6}], "other": [{"roles": 0.4}]})
    assert shown.splitlines()[2:] == ["| reference | 0.550 ± 0.050 |", "| other | 0.400 |"]
