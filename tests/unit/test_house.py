"""The rules of the house that the import linter cannot see."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/whereas"
CORE_MODULES = sorted(CORE.rglob("*.py"))
HANDLERS = sorted((ROOT / "functions").glob("*/app.py"))
ALLOWED_IN_HANDLERS = ("whereas.stages", "whereas.errors", "whereas.settings", "aws_lambda_powertools")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "whereas":
            names |= {f"whereas.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_there_is_a_handler_a_stage() -> None:
    stages = {path.parent.name for path in HANDLERS}
    assert stages == {"intake", "read", "assemble", "recognize", "resolve", "sweep", "query"}


@pytest.mark.parametrize("path", HANDLERS, ids=lambda p: p.parent.name)
def test_handlers_import_stages_and_powertools_alone(path: Path) -> None:
    standard = {"__future__", "typing", "base64", "json", "http", "collections.abc", "functools", "datetime"}
    strangers = {name for name in imported(path) - standard if not name.startswith(ALLOWED_IN_HANDLERS)}
    assert not strangers


@pytest.mark.parametrize("path", [p for p in CORE_MODULES if p.name != "settings.py"], ids=lambda p: str(p.relative_to(CORE)))
def test_settings_alone_reads_the_environment(path: Path) -> None:
    reads = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]
    assert reads == []


def test_core_layer_names_what_the_project_pins() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    def names(lines: list[str]) -> set[str]:
        return {re.split(r"[\[=<>~!;]", line)[0].strip().lower() for line in lines if line.strip() and not line.startswith("#")}

    pins = {"core": names(project["dependencies"]) - {"boto3"}}
    pins |= {layer: names(project["optional-dependencies"][layer]) for layer in ("inference", "ocr")}
    for layer, expected in pins.items():
        assert names((ROOT / f"requirements/{layer}.in").read_text().splitlines()) == expected, layer


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda p: p.name)
def test_locks_hold_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in requirement, requirement.splitlines()[0]
