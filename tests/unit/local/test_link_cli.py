"""``whereas link``: what it asks the API, and what it prints of the answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner

from whereas.errors import InvalidRequestError
from whereas_local import cli, client

runner = CliRunner()
ID, OTHER = "a" * 24, "b" * 24
CANDIDATE = {"canonical_id": ID, "name": "Tarn [bold]Ltd", "score": 0.925, "reason": "misprint"}
DECISION = {
    "number": 3,
    "verb": "merge",
    "one": {"canonical_id": ID, "name": "Tarn Ltd"},
    "other": {"canonical_id": OTHER, "name": "Tarn Limited"},
    "reason": "one register",
    "who": "local",
    "at": "2026-01-02T03:04:05.000006+00:00",
}
HIT = {"summary": {"parties": [{"canonical_id": ID, "name": "Tarn Ltd"}, {"canonical_id": OTHER, "name": "Zebra GmbH"}]}}


class Api:
    """Stands for ``client.Client``: lists in two pages, remembers what it was asked."""

    asked: ClassVar[list[tuple[str, tuple[Any, ...], dict[str, Any]]]] = []
    complete: ClassVar[bool] = True

    def __init__(self, base_url: str, *, profile: str | None = None) -> None:
        self.address = (base_url, profile)

    def link_candidates(self, **options: Any) -> dict[str, Any]:
        self.asked.append(("link_candidates", (), options))
        return {"candidates": [CANDIDATE], "complete": self.complete}

    def decide(self, *arguments: str, **options: Any) -> dict[str, Any]:
        self.asked.append(("decide", arguments, options))
        return DECISION | {"verb": arguments[0]}

    def links(self, *, cursor: str | None) -> dict[str, Any]:
        return {"decisions": [DECISION], "cursor": None if cursor else "next"}

    def documents(self, *, status: str, cursor: str | None) -> dict[str, Any]:
        return {"documents": [HIT, {"summary": None}], "cursor": None if cursor else "next"}


@pytest.fixture(autouse=True)
def api(monkeypatch: pytest.MonkeyPatch) -> type[Api]:
    monkeypatch.setattr(client, "Client", Api)
    monkeypatch.setattr(Api, "asked", [])
    return Api


def run(*arguments: str) -> str:
    done = runner.invoke(cli.app, ["link", *arguments], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(("name", "asked"), [("Tarn Ltd", {"name": "Tarn Ltd"}), (ID, {"canonical_id": ID})])
def test_candidates_of_a_name_or_an_id(api: type[Api], name: str, asked: dict[str, str]) -> None:
    out = run("candidates", name, "-n", "5")
    assert api.asked == [("link_candidates", (), asked | {"limit": 5})]
    assert out == f"{CANDIDATE['score']:.2f}  Tarn [bold]Ltd  {ID}  misprint\n"
    assert json.loads(run("candidates", name, "--json")) == CANDIDATE


def test_an_answer_that_was_cut_short_says_so(api: type[Api], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "complete", False)
    assert "more names" in run("candidates", "Tarn")


def test_decisions_are_sent_and_shown(api: type[Api]) -> None:
    out = run("merge", ID, OTHER, "--reason", "one register")
    assert out == f"3 merge Tarn Ltd into Tarn Limited  {ID} into {OTHER}  2026-01-02T03:04:05 local: one register\n"
    assert "3 split Tarn Ltd from Tarn Limited" in run("split", ID, OTHER)
    assert api.asked == [
        ("decide", ("merge", ID, OTHER), {"reason": "one register"}),
        ("decide", ("split", ID, OTHER), {"reason": "different"}),
    ]


def test_a_merge_wants_a_reason() -> None:
    assert runner.invoke(cli.app, ["link", "merge", ID, OTHER]).exit_code == 2


def test_decisions_are_listed_over_pages() -> None:
    assert run("list").count("3 merge") == 2
    assert [json.loads(line) for line in run("list", "--json", "-n", "1").splitlines()] == [DECISION]


def test_parties_that_a_list_knows_are_shown_once(tmp_path: Path) -> None:
    vendors = tmp_path / "vendors.csv"
    vendors.write_text("name,id\nTarn Limited,V-7\nOther Corp,V-8\n", encoding="utf-8")
    assert run("known", str(vendors)) == f"V-7  Tarn Ltd  {ID}  listed as Tarn Limited, 1.00 same name\n"
    found = json.loads(run("known", str(vendors), "--json"))
    assert found == {
        "canonical_id": ID,
        "name": "Tarn Ltd",
        "known_id": "V-7",
        "known_name": "Tarn Limited",
        "score": 1.0,
        "reason": "same name",
    }


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    vendors = tmp_path / "vendors.csv"
    vendors.write_text("vendor\nTarn\n", encoding="utf-8")
    done = runner.invoke(cli.app, ["link", "known", str(vendors)])
    assert isinstance(done.exception, InvalidRequestError)
