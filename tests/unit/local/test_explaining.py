"""Why a fact is what it is, of a file and of a document that a stack holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from public_records import TEXT, complete, evidence, fact, quarantined
from typer.testing import CliRunner

from whereas.errors import InvalidRequestError
from whereas_local import cli, client, processing
from whereas_local.processing import Result

RECORD = complete()
RECORD["contract"]["effective_date"] = fact(
    "April 1, 2024", "2024-04-01", precision="day", rule="effective-date", rule_score=0.41,
    alternatives=[{"value": "2024-03-03", "text": "March 3, 2024", "score": 0.31}],
)  # fmt: skip
RECORD["contract"]["venue"] = []


class Api:
    """Answers like a stack that holds one document."""

    def __init__(self, base_url: str, *, profile: str | None = None) -> None:
        self.base_url = base_url

    def document(self, document_id: str) -> dict[str, Any]:
        return {name: RECORD[name] for name in ("document", "lineage", "run")}

    def contract(self, document_id: str) -> dict[str, Any]:
        return {"contract": RECORD["contract"]}

    def text(self, document_id: str, *, start: int, length: int) -> dict[str, Any]:
        return {"text": TEXT[start : start + length]}


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "Client", Api)


def explained(*arguments: str) -> str:
    done = CliRunner().invoke(cli.app, ["explain", *arguments], env={"COLUMNS": "400"})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


@pytest.mark.usefixtures("stack")
def test_a_fact_tells_who_decided_from_which_words_and_what_came_second() -> None:
    place = evidence("April 1, 2024")
    lines = explained("d", "effective_date").splitlines()
    assert lines[:2] == ["effective_date: 1 Apr 2024", "  stored as 2024-04-01"]
    assert lines[2] == ("  score 0.93: the model raised it, whereas-ner 0.1.0 (aaaaaaaaaaaa); rule effective-date of rules 1 alone: 0.41")
    assert lines[3].startswith(f"  page 1, {place['start']}–{place['end']}: …")
    assert "effective as of April 1, 2024 between Norvane" in lines[3]
    assert lines[4] == "  runner-up 0.31: 3 Mar 2024  “March 3, 2024”"


@pytest.mark.usefixtures("stack")
def test_derived_values_places_and_parties_are_told_too() -> None:
    text = explained("d")
    assert "derived: expiration date less notice period" in text
    assert "score 0.93: rule notice-deadline, rules 1" in text
    assert "stored as New York, code US-NY" in text
    assert "parties: Maren Abernethy (person)" in text
    assert "governing_law: New York" in text


@pytest.mark.usefixtures("stack")
def test_what_the_contract_does_not_say_is_told_in_words() -> None:
    assert explained("d", "venue") == "venue: the contract does not say, or nothing reached the score that a fact needs\n"


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("field", ["colour", "clauses"])
def test_other_fields_are_refused_with_those_that_there_are(field: str) -> None:
    with pytest.raises(InvalidRequestError, match="name one of: title, parties, agreement_date"):
        explained("d", field)


def test_a_file_is_processed_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    result = Result(records=[RECORD], texts={RECORD["document"]["document_id"]: TEXT})
    asked: list[Any] = []

    def process(inputs: Any, **options: Any) -> Result:
        asked.append((inputs, options["parameters"]))
        return result

    monkeypatch.setattr(processing, "process", process)
    assert "SOFTWARE LICENSE AGREEMENT" in explained(str(path), "title", "-p", "ModelSize=fast")
    assert asked == [([(path, "a.pdf")], {"ModelSize": "fast"})]
    result.records = [quarantined()]
    with pytest.raises(InvalidRequestError, match="Remove the protection"):
        explained(str(path))
    result.records, result.unread = [], ["a.pdf: Permission denied"]
    with pytest.raises(InvalidRequestError, match="could not be read"):
        explained(str(path))
