"""The stack as a user runs it: functions in processes of their own, killed when they take too long, and the command line over it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from papers import paper
from whereas_local.samples.scan import Scanner, images_to_pdf, scan_pages
from whereas_local.stack import ROOT, TEMPLATE

pytestmark = pytest.mark.skipif(not (ROOT / "layers/model/model.onnx").exists(), reason="layers/model holds no model: run make model")


def whereas(*arguments: str | Path, timeout_s: float = 150) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(ROOT / folder) for folder in ("layers/core", "local"))
    environment = {**os.environ, "PYTHONPATH": path, "COLUMNS": "140", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "whereas_local.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, env=environment, check=False)


def records_in(path: Path) -> list[dict[str, dict[str, object]]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def hasty(folder: Path, *, read_timeout_s: int) -> Path:
    """Return the project's template with a shorter time limit for read; code and layers are the project's own."""
    for name in ("functions", "layers"):
        (folder / name).symlink_to(ROOT / name)
    text = TEMPLATE.read_text()
    assert text.count("Timeout: 300\n") == 1
    path = folder / "template.yaml"
    path.write_text(text.replace("Timeout: 300\n", f"Timeout: {read_timeout_s}\n"))
    return path


def test_process_writes_records_in_order_and_goes_on_past_bad_files(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(paper())
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "c.txt").write_text("This Agreement is made as of May 2, 2022 by and between Alder Works, Inc. and Birch Mills LLC.\n" * 5)
    out, page = tmp_path / "out/records.jsonl", tmp_path / "report.html"
    done = whereas("process", tmp_path / "b.pdf", tmp_path / "a.pdf", tmp_path / "c.txt", "--json", out, "--html", page)
    assert done.returncode == 1, done.stderr
    records = records_in(out)
    assert [record["document"]["source"] for record in records] == ["b.pdf", "a.pdf", "c.txt"]
    assert [record["document"]["status"] for record in records] == ["COMPLETE", "QUARANTINED", "COMPLETE"]
    assert records[1]["document"]["reason"]["code"] == "empty"
    assert records[0]["contract"]["effective_date"]["value"] == "2021-01-15"
    assert "Tarnbrook Tooling" in page.read_text()
    assert "Tarnbrook Tooling" in done.stdout


def test_what_takes_too_long_is_killed_and_quarantined_and_its_mates_complete(tmp_path: Path) -> None:
    slow = tmp_path / "slow.pdf"
    pages = scan_pages(paper(pages=1), Scanner(), seed=1) * 4
    slow.write_bytes(images_to_pdf(pages, dpi=Scanner().dpi, quality=80))
    (tmp_path / "good.pdf").write_bytes(paper())
    template = hasty(tmp_path, read_timeout_s=1)
    out = tmp_path / "records.jsonl"
    done = whereas("process", slow, tmp_path / "good.pdf", "--json", out, "--template", template, "--log", tmp_path / "functions.log")
    assert done.returncode == 1, done.stderr
    first, second = (record["document"] for record in records_in(out))
    assert (first["status"], first["reason"]["code"], first["reason"]["page"]) == ("QUARANTINED", "stage_failed", 1)
    assert second["status"] == "COMPLETE"
    log = (tmp_path / "functions.log").read_text()
    assert "Tarnbrook" not in log, "no document text in logs"
