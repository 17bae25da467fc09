"""What the documents tell people to type exists: make targets, commands, options, files, dependencies with a reason."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from whereas_local.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "docs").rglob("*.md"))
TEXT = {path: path.read_text() for path in DOCUMENTS}
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


def code_of(text: str) -> list[str]:
    """Fenced shell lines and inline code."""
    fenced = [
        line for block in re.findall(r"```(?:bash|sh|console)?\n(.*?)```", text, re.S) for line in block.replace("\\\n", " ").splitlines()
    ]
    return fenced + re.findall(r"`([^`\n]+)`", text)


CALLS = sorted({(path.name, line.strip().removeprefix("$ ")) for path, text in TEXT.items() for line in code_of(text)})
WHEREAS_CALLS = [(doc, line) for doc, line in CALLS if re.match(r"(?:\.venv/bin/)?whereas(?: |$)", line)]
MAKE_CALLS = [(doc, line) for doc, line in CALLS if line.startswith("make ")]


def test_documents_show_the_commands() -> None:
    shown = {shlex.split(line)[1] for doc, line in WHEREAS_CALLS if doc == "README.md" and len(line.split()) > 1}
    assert set(COMMANDS) <= shown, "README leaves commands out"


@pytest.mark.parametrize(("doc", "line"), WHEREAS_CALLS)
def test_commands_and_options_exist(doc: str, line: str) -> None:
    words = shlex.split(line.split(" # ")[0].split(" | ")[0])[1:]
    if not words or words[0].startswith("-") or not re.fullmatch(r"[a-z-]+", words[0]):
        return
    assert words[0] in COMMANDS, f"{doc}: {line}"
    command = COMMANDS[words[0]]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    for subcommand in words[1:]:
        if subcommand in getattr(command, "commands", {}):
            known |= {option for parameter in command.commands[subcommand].params for option in parameter.opts}
    used = {word.split("=")[0].strip("[]") for word in words[1:] if word.strip("[").startswith("--")}
    assert used <= known, f"{doc}: {line}"


@pytest.mark.parametrize(("doc", "line"), MAKE_CALLS)
def test_make_targets_exist(doc: str, line: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {word for word in line.split("#")[0].split()[1:] if re.fullmatch(r"[a-z-]+", word)}
    assert named <= targets, f"{doc}: {line}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", TEXT[path])
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not broken


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    reasons = (ROOT / "docs/dependencies.md").read_text()
    missing = {re.split(r"[\[=]", line)[0] for line in lines} - set(re.findall(r"^\| `([^`]+)` \|", reasons, re.M))
    assert not missing


def test_errors_and_reasons_are_documented() -> None:
    from whereas.errors import REASONS

    text = (ROOT / "docs/bad-input.md").read_text()
    assert {code for code in REASONS if f"`{code}`" not in text} == set()
