"""A function finds here what it finds in Lambda: the layers the template names, and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from whereas_local.layers import allowed
from whereas_local.stack import ROOT, load_stack

STACK = load_stack()


def imports(function: str, module: str) -> str:
    """Return what a process confined to a function's layers says when it imports a module."""
    code = (
        "import sys; sys.path[:0] = ['layers/core', 'local']\n"
        "from whereas_local.stack import load_stack\nfrom whereas_local.layers import confine\n"
        f"function = load_stack().functions[{function!r}]\nconfine(function.layers, function.folder)\n"
        f"try:\n    import {module}\n    print('found')\nexcept ModuleNotFoundError as exc:\n    print(exc)\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


@pytest.mark.parametrize(
    ("function", "module", "found"),
    [
        ("RecognizeFunction", "onnxruntime", True),
        ("ReadFunction", "onnxruntime", False),
        ("ReadFunction", "pypdfium2", True),
        ("QueryFunction", "numpy", False),
        ("QueryFunction", "json.decoder", True),
    ],
)
def test_a_function_imports_what_its_layers_hold(function: str, module: str, found: bool) -> None:
    assert imports(function, module) == ("found" if found else f"{module} is in none of the function's layers")


def test_a_functions_own_requirements_count(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("# own\nSome_Package[x]==1.0 \\\n    --hash=sha256:0\n")
    assert "some-package" in allowed([], tmp_path)
    assert "moto" not in allowed(STACK.functions["QueryFunction"].layers, tmp_path)


@pytest.mark.parametrize("function", sorted(STACK.functions))
def test_every_layer_but_the_model_has_a_lock(function: str) -> None:
    layers = [layer.name for layer in STACK.functions[function].layers if layer.name != "model"]
    assert "core" in layers
    assert all((ROOT / "requirements" / f"{layer}.lock").is_file() for layer in layers)
