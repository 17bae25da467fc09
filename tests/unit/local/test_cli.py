"""The command line: what it accepts, what it refuses and how it ends. What it runs is tested in tests/system."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
import typer
from typer.testing import CliRunner

from whereas import __version__
from whereas.errors import ConfigurationError, InvalidRequestError, NotFoundError, TransientError, WhereasError
from whereas_local import cli, client, link_cli, processing, query_cli
from whereas_local.processing import Result

runner = CliRunner()


def commands() -> list[tuple[str, ...]]:
    top = [(command.callback.__name__,) for command in cli.app.registered_commands if command.callback]
    return [
        (),
        *top,
        ("query",),
        *(("query", command.callback.__name__) for command in query_cli.app.registered_commands if command.callback),
        ("link",),
        *(("link", command.name or command.callback.__name__) for command in link_cli.app.registered_commands if command.callback),
    ]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_helps(command: tuple[str, ...]) -> None:
    done = runner.invoke(cli.app, [*command, "--help"])
    assert done.exit_code == 0
    assert "Usage" in done.output


@pytest.mark.parametrize("application", [cli.app, query_cli.app, link_cli.app])
def test_every_command_and_option_is_described(application: typer.Typer) -> None:
    import click

    group: Any = typer.main.get_command(application)
    for command in group.commands.values():
        assert command.help, command.name
        if not isinstance(command, click.Group) and not hasattr(command, "commands"):
            assert all(getattr(parameter, "help", None) for parameter in command.params), command.name


def test_the_version_is_told() -> None:
    assert runner.invoke(cli.app, ["--version"]).output.strip() == __version__


class Chain:
    """Stands for ``processing.process``: remembers what it was called with, answers with given records."""

    def __init__(self, *statuses: str) -> None:
        self.result = Result(records=[{"document": {"status": status, "source": f"{n}.pdf"}, "n": n} for n, status in enumerate(statuses)])
        self.arguments: dict[str, Any] = {}

    def __call__(self, inputs: Sequence[tuple[Path, str]], **options: Any) -> Result:
        self.arguments = {"inputs": inputs, **options}
        return self.result


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    return path


@pytest.mark.parametrize(("statuses", "code"), [(("COMPLETE", "COMPLETE"), 0), (("COMPLETE", "QUARANTINED"), 1), (("PROCESSING",), 1)])
def test_the_exit_status_is_0_only_if_all_completed(
    monkeypatch: pytest.MonkeyPatch, file: Path, statuses: tuple[str, ...], code: int
) -> None:
    monkeypatch.setattr(processing, "process", Chain(*statuses))
    assert runner.invoke(cli.app, ["process", str(file), "--quiet"]).exit_code == code


def test_files_that_could_not_be_opened_and_interruptions_are_failures(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    chain = Chain("COMPLETE")
    monkeypatch.setattr(processing, "process", chain)
    chain.result.unread.append("b.pdf: Permission denied")
    assert runner.invoke(cli.app, ["process", str(file), "--quiet"]).exit_code == 1
    chain.result.interrupted = True
    assert runner.invoke(cli.app, ["process", str(file), "--quiet"]).exit_code == 130


def test_records_are_written_one_a_line(monkeypatch: pytest.MonkeyPatch, file: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(processing, "process", Chain("COMPLETE", "COMPLETE"))
    out = tmp_path / "new/records.jsonl"
    assert runner.invoke(cli.app, ["process", str(file), "--quiet", "--json", str(out)]).exit_code == 0
    assert [json.loads(line)["n"] for line in out.read_text().splitlines()] == [0, 1]
    done = runner.invoke(cli.app, ["process", str(file), "--quiet", "--json", "-"])
    assert [json.loads(line)["n"] for line in done.stdout.splitlines()] == [0, 1]


def test_options_reach_the_chain(monkeypatch: pytest.MonkeyPatch, file: Path, tmp_path: Path) -> None:
    chain = Chain("COMPLETE")
    monkeypatch.setattr(processing, "process", chain)
    arguments = ["process", str(file), "-q", "-j", "3", "-p", "MaxPages=7", "-p", "LogLevel=DEBUG", "--log", str(tmp_path / "log")]
    assert runner.invoke(cli.app, arguments).exit_code == 0
    assert chain.arguments["inputs"] == [(file, "a.pdf")]
    assert chain.arguments["jobs"] == 3
    assert chain.arguments["parameters"] == {"MaxPages": "7", "LogLevel": "DEBUG"}
    assert chain.arguments["log"] == tmp_path / "log"
    assert chain.arguments["with_texts"] is False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["process", "nowhere.pdf"], "nowhere.pdf does not exist"), (["process", "nowhere.pdf", "-p", "MaxPages"], "takes NAME=VALUE")],
)
def test_wrong_arguments_are_told(arguments: list[str], message: str) -> None:
    done = runner.invoke(cli.app, arguments)
    assert isinstance(done.exception, InvalidRequestError)
    assert message in str(done.exception)


@pytest.mark.parametrize(("kind", "code"), [(InvalidRequestError, 2), (ConfigurationError, 2), (NotFoundError, 1), (TransientError, 1)])
def test_errors_end_in_a_line_and_a_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: type[WhereasError], code: int
) -> None:
    def fail() -> None:
        raise kind("no [bold]x")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == code
    assert "Error: no [bold]x" in capsys.readouterr().err


HIT = {
    "document": {"document_id": "d" * 24, "source": "msa.pdf", "status": "COMPLETE"},
    "latest": {"version_id": "v", "status": "QUARANTINED", "reason": {"code": "corrupt", "message": "", "page": None}},
    "summary": {
        "title": "MSA [bold]1",
        "parties": [{"name": "Tarn, Inc."}],
        "effective_date": "2021-01-02",
        "expiration_date": None,
        "notice_deadline": None,
    },
}
ENTITY = {"type": "MONEY", "text": "$5", "start": 1, "end": 3, "page": None, "score": 0.987, "source": "model", "normalized": None}


class Api:
    """Stands for ``client.Client``: answers in two pages and remembers what it was asked."""

    asked: ClassVar[list[tuple[str, tuple[Any, ...], dict[str, Any]]]] = []

    def __init__(self, base_url: str, *, profile: str | None = None) -> None:
        self.asked.append(("Client", (base_url,), {"profile": profile}))

    def __getattr__(self, name: str) -> Any:
        def ask(*arguments: Any, cursor: str | None = None, **options: Any) -> dict[str, Any]:
            self.asked.append((name, arguments, options))
            if name == "document":
                return {"document": HIT["document"], "run": {}}
            if name == "contract":
                return {"contract": {"title": None}}
            if name == "text":
                return {"text": f"part {options['start']} ", "next_start": 7 if options["start"] == 0 else None}
            row = ENTITY if name == "entities" else HIT
            key = "entities" if name == "entities" else "documents"
            return {key: [row], "cursor": None if cursor else "next"}

        return ask


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> type[Api]:
    monkeypatch.setattr(client, "Client", Api)
    monkeypatch.setattr(Api, "asked", [])
    monkeypatch.delenv("WHEREAS_URL", raising=False)
    return Api


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["documents"], ("documents", (), {"status": "COMPLETE"})),
        (["documents", "--status", "quarantined"], ("documents", (), {"status": "QUARANTINED"})),
        (["entity", "Tarn", "--type", "organization"], ("by_entity", (), {"name": "Tarn", "entity_type": "ORGANIZATION"})),
        (["party", "Tarn", "--match", "exact"], ("by_party", (), {"name": "Tarn", "match": "exact"})),
        (["party", "c" * 24], ("party", ("c" * 24,), {})),
        (["expiring", "--from", "2021-01-01", "--to", "2021-12-31"], ("expiring", ("2021-01-01", "2021-12-31"), {})),
        (["notice", "--from", "2021-01-01", "--to", "2021-12-31"], ("notice_deadlines", ("2021-01-01", "2021-12-31"), {})),
        (["model", "1.0"], ("by_model", ("1.0",), {})),
    ],
)
def test_lists_of_documents(api: type[Api], arguments: list[str], asked: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    done = runner.invoke(cli.app, ["query", *arguments], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert api.asked == [("Client", ("http://127.0.0.1:4581",), {"profile": None}), asked, asked]
    assert "QUARANTINED (corrupt)" in done.output
    assert "MSA [bold]1" in done.output
    assert "2 documents" in done.output
    lines = runner.invoke(cli.app, ["query", *arguments, "--json", "-n", "1"]).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [HIT]


def test_entities_of_a_document(api: type[Api]) -> None:
    done = runner.invoke(cli.app, ["query", "entities", "d", "--type", "money", "--layer", "mention"], env={"COLUMNS": "200"})
    assert api.asked[1] == ("entities", ("d",), {"entity_type": "MONEY", "layer": "mention"})
    assert "0.99" in done.output
    assert "2 entities" in done.output
    lines = runner.invoke(cli.app, ["query", "entities", "d", "--json"]).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [ENTITY, ENTITY]


def test_a_document_and_its_text(api: type[Api]) -> None:
    done = runner.invoke(cli.app, ["query", "document", "d", "--url", "https://x.example", "--profile", "p"])
    assert json.loads(done.stdout) == {"document": HIT["document"], "run": {}, "contract": {"title": None}}
    assert api.asked[0] == ("Client", ("https://x.example",), {"profile": "p"})
    assert runner.invoke(cli.app, ["query", "text", "d"]).stdout == "part 0 part 7 \n"


def test_the_address_may_come_from_the_environment(api: type[Api]) -> None:
    runner.invoke(cli.app, ["query", "documents"], env={"WHEREAS_URL": "http://localhost:1"})
    assert api.asked[0][1] == ("http://localhost:1",)


def test_a_window_must_not_be_empty(api: type[Api]) -> None:
    done = runner.invoke(cli.app, ["query", "expiring", "--from", "2021-02-01", "--to", "2021-01-01"])
    assert isinstance(done.exception, InvalidRequestError)
