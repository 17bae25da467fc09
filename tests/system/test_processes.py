"""The stack as a user runs it: functions in processes of their own, killed when they take too long, and the command line over it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import boto3
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
    for name in ("functions", "layers", "requirements"):
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


class Up:
    """A ``whereas up`` in the background; ``endpoint`` and ``url`` are where it answers."""

    def __init__(self, state: Path) -> None:
        path = os.pathsep.join(str(ROOT / folder) for folder in ("layers/core", "local"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "whereas_local.cli", "up", "--state", str(state), "--port", "0", "--api-port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "COLUMNS": "300", "NO_COLOR": "1"},
            # A shell ignores Ctrl-C for what it runs in the background, these tests included, and children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
        )
        self.endpoint, self.url = self._find(r"--endpoint-url (http://127\.0\.0\.1:\d+)"), self._find(r"--url (http://127\.0\.0\.1:\d+)")

    def _find(self, pattern: str) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError(f"whereas up ended with {self._process.wait()} before it said {pattern}")

    def stop(self, number: signal.Signals) -> str:
        """Send a signal; return what was still said."""
        self._process.send_signal(number)
        return self._process.communicate(timeout=150)[0]


def test_a_stack_that_stays_answers_queries_and_comes_back_with_its_data(tmp_path: Path) -> None:
    first = Up(tmp_path / "state")
    try:
        s3 = boto3.client(
            "s3", endpoint_url=first.endpoint, region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local"
        )
        s3.put_object(Bucket="whereas-uploads-123456789012-us-east-1", Key="deals/a b+ü.pdf", Body=paper())
        deadline = time.monotonic() + 100
        while "a b+ü.pdf" not in (listed := whereas("query", "documents", "--url", first.url)).stdout:
            assert time.monotonic() < deadline, listed.stdout + listed.stderr
            time.sleep(0.5)
    finally:
        said = first.stop(signal.SIGINT)
    assert "Saved to" in said
    second = Up(tmp_path / "state")
    try:
        found = whereas("query", "party", "tarnbrook", "--url", second.url, "--json")
        (hit,) = [json.loads(line) for line in found.stdout.splitlines()]
        assert hit["summary"]["effective_date"] == "2021-01-15"
        text = whereas("query", "text", hit["document"]["document_id"], "--url", second.url)
        assert "Tarnbrook Tooling, Inc." in text.stdout
        assert whereas("query", "document", "0" * 24, "--url", second.url).returncode == 1
    finally:
        second.stop(signal.SIGTERM)
    assert "Tarnbrook" not in (tmp_path / "state/functions.log").read_text(), "no document text in logs"


def test_a_stack_without_a_model_says_so_before_it_takes_a_file(tmp_path: Path) -> None:
    (tmp_path / "functions").symlink_to(ROOT / "functions")
    template = tmp_path / "template.yaml"
    template.write_text(TEMPLATE.read_text())
    paper_file = tmp_path / "deal.pdf"
    paper_file.write_bytes(paper())
    done = whereas("process", paper_file, "--template", template, "--log", tmp_path / "functions.log")
    assert done.returncode == 2
    assert "model" in done.stderr
    assert "Traceback" not in done.stderr
