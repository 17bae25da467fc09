"""Two runs compared, errors as text files, tables of fields, and pools of sets: on documents of our own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from whereas_training.evaluation import changes, errorfiles, facts, fieldtable
from whereas_training.evaluation.__main__ import main, parser
from whereas_training.evaluation.documents import pooled
from whereas_training.evaluation.sources import SEEN, SETS, read_set

TEXT = "This lease of 4 May 2020 between Orrinvale Foods and Quillmark Castings ends on 3 May 2025."
MODEL = {"name": "ner", "version": "1.0", "sha256": "0", "rules": "7"}


class Scorer:
    """Compares one date and the parties as they are written."""

    fields = ("parties", "expiration_date")

    def gold(self, answers):
        return {field: Counter(answers[field]) for field in self.fields}

    def given(self, contract):
        day = contract.get("expiration_date") or {}
        return {
            "parties": Counter(p["name"] for p in contract.get("parties") or ()),
            "expiration_date": Counter([day["value"]] if day else []),
        }


def fact(value: str, words: str, **more: object) -> dict:
    start = TEXT.index(words)
    place = {"page": 1, "start": start, "end": start + len(words), "boxes": []}
    return {"value": value, "name": value, "text": words, "score": 0.625, "source": "model", "evidence": [place], **more}


def document(name: str, *parties: str, expires: dict | None) -> facts.Document:
    scorer = Scorer()
    contract = {"parties": [fact(p, p) for p in parties], "expiration_date": expires}
    gold = scorer.gold({"parties": ["Orrinvale Foods", "Quillmark Castings"], "expiration_date": ["2025-05-03"]})
    return facts.Document(name, gold, scorer.given(contract), contract, TEXT, {})


RIGHT = fact("2025-05-03", "3 May 2025", rule="expiry-date")
WRONG = fact("2020-05-04", "4 May 2020", rule="expiry-date", derivation="The first date of the text.")
BOTH = ("Orrinvale Foods", "Quillmark Castings")


def row(*documents: facts.Document, seen: str = "no") -> dict:
    return {**facts.report(documents, Scorer()), "seen": seen, "seconds": 1}


def run(**sets: dict) -> dict:
    return {"model": MODEL, "documents": sets}


@pytest.fixture
def before() -> dict:
    return row(document("a", *BOTH, expires=WRONG), document("b", *BOTH, expires=RIGHT), document("c", *BOTH[:1], expires=None))


@pytest.fixture
def now() -> dict:
    return row(document("a", *BOTH, expires=RIGHT), document("b", "lease", *BOTH, expires=RIGHT), document("d", expires=None))


def test_newly_right_and_newly_wrong_documents_by_field(before, now) -> None:
    found = changes.changes(run(made=now, other=now), run(made=before))
    assert found["previous"] == MODEL
    assert list(found["sets"]) == ["made"]
    made = found["sets"]["made"]
    assert made["documents"] == 2  # c and d were scored once
    assert made["newly_right"] == [["a", "expiration_date", "-2025-05-03 +2020-05-04"]]
    assert made["newly_wrong"] == [["b", "parties", "+lease"]]
    assert (made["fields"]["expiration_date"]["baseline"], made["fields"]["expiration_date"]["candidate"]) == (0.5, 1.0)
    assert made["fields"]["parties"]["candidate"] < made["fields"]["parties"]["baseline"] == 1


def test_changes_are_told_in_lines(before, now) -> None:
    told = "\n".join(changes.lines(changes.changes(run(made=now), run(made=before))))
    assert "ner 1.0, rules 7" in told
    assert "F1 0.500 → 1.000  +0.500" in told
    assert "newly wrong: 1\n    b  parties: +lease" in told


def test_a_run_as_before_changes_nothing(before) -> None:
    told = "\n".join(changes.lines(changes.changes(run(made=before), run(made=before))))
    assert "no field's F1 changed" in told
    assert "newly right: 0" in told


def test_runs_without_a_common_document_or_set(before) -> None:
    elsewhere = row(document("z", *BOTH, expires=RIGHT))
    found = changes.changes(run(made=elsewhere), run(made=before))["sets"]["made"]
    assert (found["documents"], found["fields"], found["newly_right"], found["newly_wrong"]) == (0, {}, [], [])
    assert "no set of documents" in "\n".join(changes.lines(changes.changes(run(made=elsewhere), run())))


@pytest.mark.parametrize("content", ["{broken", "[]", '{"documents": {}}'])
def test_what_is_no_run_is_said_to_be_none(content: str, tmp_path: Path) -> None:
    path = tmp_path / "evaluation.json"
    assert changes.read_run(path) is None
    path.write_text(content, encoding="utf-8")
    with pytest.raises(changes.NoRunError, match=r"evaluation\.json.*delete it"):
        changes.read_run(path)


def test_a_named_run_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["evaluation", "--out", str(tmp_path / "out"), "--previous", str(tmp_path / "none")])
    with pytest.raises(SystemExit, match="found no evaluation"):
        main()


def test_errors_are_a_text_with_expected_found_and_evidence(before, tmp_path: Path) -> None:
    (tmp_path / "errors-gone.txt").write_text("of an earlier run", encoding="utf-8")
    (path,) = errorfiles.write_errors({"made": before}, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [path.name] == ["errors-made.txt"]
    told = path.read_text(encoding="utf-8")
    assert told.startswith("made: 3 fields differ from the gold, in 2 of 3 documents.")
    start = TEXT.index("4 May 2020")
    assert (
        f"""
@@ a  expiration_date
- 2025-05-03
+ 2020-05-04
    score 0.625, model, proposed by expiry-date, at {start}–{start + 10}
    The first date of the text.
    … This lease of ⟦4 May 2020⟧ between Orrinvale Foods"""
        in told
    )
    assert (
        "\n@@ c  parties\n= Orrinvale Foods\n- Quillmark Castings\n\n@@ c  expiration_date\n- 2025-05-03\n    nothing was found\n" in told
    )


def test_a_rule_that_decided_and_proposed_is_named_once() -> None:
    given = {"value": "x", "score": 0.5, "source": "rule:expiry-date", "rule": "expiry-date", "evidence": [], "context": ""}
    error = {"document": "a", "field": "f", "right": [], "missed": [], "spurious": [given, {"value": "y"}]}
    assert list(errorfiles.difference(error))[1:] == [
        "+ x", "    score 0.500, rule:expiry-date, at no place", "+ y", "    given by several facts together",
    ]  # fmt: skip


def test_a_table_has_a_line_a_field(before) -> None:
    head, names, *lines = fieldtable.lines("made", before)
    assert head == "made: 3 documents, not seen in training"
    assert names.split()[:3] == ["field", "contracts", "values"]
    cells = [line.split() for line in lines]
    assert cells[0][:6] == ["parties", "3", "6", "1.000", "0.833", "0.909"]
    assert cells[1][:6] == ["expiration_date", "3", "3", "0.500", "0.333", "0.400"]
    assert [line[0] for line in cells[2:]] == ["micro", "macro"]
    assert all("–" in line[-1] for line in cells)
    assert len({len(line) for line in lines[:3]}) == 1


def test_pools_take_dev_and_train_together(before, now) -> None:
    seen = row(document("t", *BOTH, expires=RIGHT), seen="yes")
    assert pooled({"cuad-dev-text": before, "cuad-train-pdf": seen, "kleister-text": now}) == {}
    (name, pool), *others = pooled({"cuad-dev-text": before, "cuad-train-text": seen}).items()
    assert (name, others) == ("cuad-all-text", [])
    assert (pool["documents"], pool["seen"], pool["fields"]["expiration_date"]["documents"]) == (4, "some", 4)
    parts = [r["fields"]["expiration_date"]["right"] for r in (before, seen)]
    assert pool["fields"]["expiration_date"]["right"] == sum(parts) == 2
    assert next(fieldtable.lines(name, pool)).endswith("partly seen in training")


def test_training_contracts_are_measured_where_they_are_named_alone(tmp_path: Path) -> None:
    assert parser().parse_args([]).sets == SETS
    assert not set(SEEN) & set(SETS)
    rows = [
        {"id": f"made-{split}-{pdf}", "split": split, "title": "Lease", "text": "a.txt", "pdf": pdf, "answers": {}}
        for split in ("train", "dev", "test")
        for pdf in ("a.pdf", None)
    ]
    (tmp_path / "cuad").mkdir()
    (tmp_path / "cuad" / "contracts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = {name: [s.document for s in read_set(name, tmp_path)] for name in (*SEEN, "cuad-dev-pdf", "cuad-dev-text")}
    assert found == {
        "cuad-train-pdf": ["made-train-a.pdf"], "cuad-train-text": ["made-train-a.pdf", "made-train-None"],
        "cuad-dev-pdf": ["made-dev-a.pdf"], "cuad-dev-text": ["made-dev-a.pdf", "made-dev-None"],
    }  # fmt: skip
