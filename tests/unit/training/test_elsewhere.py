"""Answers of two machines: what counts as the same, and that a processor that does not run is told, not passed over."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from whereas_training import elsewhere
from whereas_training.elsewhere import by_span, compare
from whereas_training.emulators import PROCESSORS, Processor

ROW = [["mention", "DATE", 0, 5, 0.9], ["role", "PARTY", 7, 12, 0.5]]


def _moved(by: float) -> list[list[object]]:
    return [[*m[:4], float(str(m[4])) - by] for m in ROW]


def test_the_same_answers_are_close() -> None:
    found = compare(by_span([ROW, []]), by_span([ROW, []]))
    assert (found.mentions, found.only, found.only_sure, found.largest) == (2, 0, 0, 0.0)
    assert found.is_close()


def test_scores_may_move_a_little_and_unsure_mentions_may_go() -> None:
    assert compare(by_span([ROW]), by_span([_moved(0.1)])).is_close()
    assert not compare(by_span([ROW]), by_span([_moved(0.25)])).is_close()
    assert compare(by_span([ROW]), by_span([ROW[:1]])).is_close()


def test_a_sure_mention_on_one_side_only_counts_whichever_side_it_is() -> None:
    for here, there in ((ROW, ROW[1:]), (ROW[1:], ROW)):
        found = compare(by_span([here]), by_span([there]))
        assert (found.only, found.only_sure) == (1, 1)
        assert not found.is_close()
        assert found.is_close(stray=1.0)


def test_answers_of_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        compare(by_span([ROW, ROW]), by_span([ROW]))


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    golden = tmp_path / "golden.json"
    golden.write_text(json.dumps({"rows": [{"text": "a date", "mentions": ROW}]}), encoding="utf-8")
    monkeypatch.setattr(elsewhere, "contracts", lambda model: ["a contract"])
    monkeypatch.setattr(elsewhere, "answers", lambda model, texts: [ROW for _ in texts])
    return ["elsewhere", "--golden", str(golden), "--folder", str(tmp_path / "work"), "--report", str(tmp_path / "report.json")]


def test_every_processor_is_compared(command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[str] = []

    def emulate(processor: Processor, arguments: Sequence[str], *, folder: Path) -> str:
        asked.append(processor.name)
        texts = json.loads(Path(arguments[arguments.index("--inside") + 1]).read_text(encoding="utf-8"))
        return json.dumps([ROW for _ in texts])

    monkeypatch.setattr(elsewhere, "emulate", emulate)
    monkeypatch.setattr(sys, "argv", command)
    assert elsewhere.main() == 0
    assert asked == [p.name for p in PROCESSORS]
    report = json.loads(Path(command[-1]).read_text(encoding="utf-8"))
    assert report["processors"][asked[0]]["golden"]["only"] == 0
    assert capsys.readouterr().out.count("2 mentions") == 2 * len(PROCESSORS)


def test_one_that_does_not_run_fails_the_command(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def emulate(processor: Processor, arguments: Sequence[str], *, folder: Path) -> str:
        raise RuntimeError(f"{processor.name} ended with -11: ")

    monkeypatch.setattr(elsewhere, "emulate", emulate)
    monkeypatch.setattr(sys, "argv", command)
    assert elsewhere.main() == 1
    assert "did not run" in capsys.readouterr().out


def test_inside_answers_are_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    texts = tmp_path / "texts.json"
    texts.write_text(json.dumps(["a", "b"]), encoding="utf-8")
    monkeypatch.setattr(elsewhere, "answers", lambda model, given: [ROW for _ in given])
    monkeypatch.setattr(sys, "argv", ["elsewhere", "--inside", str(texts)])
    assert elsewhere.main() == 0
    assert json.loads(capsys.readouterr().out) == [ROW, ROW]
