"""Facts of documents: counts by field, errors with their evidence, slices, reach, and what a change of model loses."""

from __future__ import annotations

from collections import Counter

import pytest

from whereas_training.evaluation import facts, regression
from whereas_training.evaluation.scorers import fragments
from whereas_training.evaluation.slices import contract_type, ocr_band, tertiles, words_band


class Scorer:
    """Compares parties and a date as they are written."""

    fields = ("parties", "agreement_date")

    def gold(self, answers):
        return {"parties": Counter(answers["parties"]), "agreement_date": answers["date"] and Counter(answers["date"])}

    def given(self, contract):
        day = contract.get("agreement_date") or {}
        return {
            "parties": Counter({p["name"] for p in contract.get("parties") or ()}),
            "agreement_date": Counter([day["value"]] if day.get("value") else []),
        }


TEXT = "Made on 1 May 2020 by ORRINVALE FOODS LTD. and Quillmark & Co."


def party(name: str, start: int = 0) -> dict:
    return {"name": name, "score": 0.8, "source": "model", "evidence": [{"page": 1, "start": start, "end": start + 4, "boxes": []}]}


def document(name: str, parties: list[str], day: str | None, *, wanted_day: list[str] | None, kind: str = "supply") -> facts.Document:
    scorer = Scorer()
    contract = {
        "parties": [party(n) for n in parties], "agreement_date": day and {"value": day, "score": 0.5, "source": "rule:x"}, "title": None,
    }  # fmt: skip
    gold = scorer.gold({"parties": ["ORRINVALE FOODS", "QUILLMARK AND CO"], "date": wanted_day})
    return facts.Document(name, gold, scorer.given(contract), contract, TEXT, {"contract type": kind, "length": "short"})


@pytest.fixture
def documents() -> list[facts.Document]:
    return [
        document("a", ["ORRINVALE FOODS", "QUILLMARK AND CO"], "2020-05-01", wanted_day=["2020-05-01"]),
        document("b", ["ORRINVALE FOODS", "BASEL"], "2020-01-05", wanted_day=["2020-05-01"], kind="agency"),
        document("c", [], "2020-01-05", wanted_day=None, kind="agency"),
    ]


def test_counts_and_scores(documents):
    found = facts.report(documents, Scorer())
    assert (found["fields"]["parties"]["right"], found["fields"]["parties"]["wrong"], found["fields"]["parties"]["missed"]) == (3, 1, 3)
    assert found["fields"]["agreement_date"]["f1"] == 0.5
    assert found["micro"]["gold"] == 8
    assert found["macro"]["f1"] == pytest.approx((0.6 + 0.5) / 2)


def test_a_gold_that_cannot_be_compared_takes_the_document_out_of_its_field(documents):
    assert facts.report(documents, Scorer())["counts"]["agreement_date"]["c"] == [0, 0, 0]


def test_errors_are_a_diff_with_evidence(documents):
    errors = facts.report(documents, Scorer())["errors"]
    assert [(e["document"], e["field"]) for e in errors] == [("b", "parties"), ("b", "agreement_date"), ("c", "parties")]
    assert errors[0]["missed"] == ["QUILLMARK AND CO"]
    (spurious,) = errors[0]["spurious"]
    assert (spurious["value"], spurious["score"], spurious["evidence"]) == ("BASEL", 0.8, [[0, 4]])
    assert spurious["context"].startswith("⟦Made⟧ on 1 May")
    assert errors[1]["spurious"][0]["source"] == "rule:x"


def test_scores_of_facts_are_held_to_their_being_right(documents):
    calibration = facts.report(documents, Scorer())["calibration"]
    assert calibration["spans"] == 6  # the date of "c" cannot be judged
    assert sorted({row["score"] for row in calibration["table"]}) == [0.5, 0.8]


def test_slices_that_split_nothing_are_left_out(documents):
    found = facts.report(documents, Scorer())["slices"]
    assert list(found) == ["contract type"]
    assert {kind: row["documents"] for kind, row in found["contract type"].items()} == {"agency": 2, "supply": 1}


def test_reach_compares_letters_and_digits(documents):
    assert facts.reachable(documents[:1], "parties") == {"gold": 2, "in_text": 2, "share": 1.0}


def test_fragments_hold_one_fact_each():
    contract = {"parties": [party("A"), party("B")], "term": {"value": "P1Y"}, "title": None, "governing_law": []}
    assert [alone for alone, _ in fragments(contract)] == [{"parties": [party("A")]}, {"parties": [party("B")]}, {"term": {"value": "P1Y"}}]


def test_regression_counts_newly_wrong_values(documents):
    old = {"documents": {"made": facts.report(documents, Scorer())}, "model": {"version": "1"}}
    changed = [document("a", ["ORRINVALE FOODS"], "2020-05-01", wanted_day=["2020-05-01"]), *documents[1:]]
    changed[1] = document("b", ["ORRINVALE FOODS", "QUILLMARK AND CO"], "2020-01-05", wanted_day=["2020-05-01"])
    row = regression.compare({"documents": {"made": facts.report(changed, Scorer())}}, old)
    assert {k: row["facts"][k] for k in ("right", "lost", "gained", "rate")} == {"right": 4, "lost": 1, "gained": 1, "rate": 0.25}
    assert row["spans"]["right"] == 0
    assert row["sets"]["documents: made"]["values"] == [["a", "parties", "QUILLMARK AND CO"]]


def test_regression_looks_at_shared_documents_alone():
    new = {"general": {"right": [["a", 0, 4, "DATE"]], "counts": {"a": [1, 0, 0]}}}
    old = {"general": {"right": [["a", 0, 4, "DATE"], ["b", 0, 4, "DATE"]], "counts": {"a": [1, 0, 0], "b": [1, 0, 0]}}}
    assert regression.compare(new, old)["spans"] == {"right": 1, "lost": 0, "gained": 0, "rate": 0.0}
    elsewhere = {"general": {"right": [["b", 0, 4, "DATE"]], "counts": {"b": [1, 0, 0]}}}
    assert regression.compare(elsewhere, {"general": new["general"]})["sets"]["general"]["documents"] == 0


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("ACMEINC_20190401_10-K_EX-10.28_11599457_Marketing Agreement", "branding, marketing, promotion"),
        ("Birch, Inc. - A_R REMARKETING  AGREEMENT", "agency"),
        ("FIRCORP_03_06_2014-EX-10-COOPERATION AGREEMENT", "alliance, collaboration"),
        ("OAKLTD_2020_EX-10.7_Trademark License Agreement", "licence, intellectual property"),
        ("ELM_2020-EX-10.20-Joint Filing Agreement", "joint filing"),
        ("POWEROF", "other"),
    ],
)
def test_contract_types_by_title(title, kind):
    assert contract_type(title) == kind


def test_bands():
    assert ocr_band(9, 0, None) == "text layer"
    assert ocr_band(9, 2, 0.95) == "some pages OCR, confidence at least 0.9"
    assert ocr_band(9, 9, 0.8) == "mostly OCR, confidence below 0.9"
    assert words_band("the term of two years", "the term of twoyears") == "OCR, below 95 %"
    assert words_band("the term", "the term") == "OCR, 99 % of words right or more"
    assert [name.split()[0] for name in tertiles([10, 20, 30])] == ["short", "middle", "long"]
    assert tertiles([]) == []
