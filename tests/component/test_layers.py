"""Each function imports no more than its layers hold: what another layer holds is out of reach when its handler is loaded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from chain import ROOT

HELD = {"InferenceLayer": ("numpy", "onnxruntime", "tokenizers"), "OcrLayer": ("PIL", "pypdfium2", "pytesseract")}
"""What only this layer brings; the core layer is every function's."""

LOAD = """
import importlib.util, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
spec = importlib.util.spec_from_file_location("app", {app!r})
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
assert callable(module.lambda_handler)
"""


def layers_of(function: str) -> set[str]:
    """Return the layers that the template gives a function."""
    block = (ROOT / "template.yaml").read_text().split(f"\n  {function.capitalize()}Function:\n")[1]
    found = re.search(r"\n      Layers: \[(.+)\]\n", block)
    assert found is not None
    return set(re.findall(r"!Ref (\w+)", found[1]))


@pytest.mark.parametrize("function", ["intake", "read", "assemble", "recognize", "resolve", "sweep", "query"])
def test_a_function_loads_with_its_own_layers_alone(function: str, tmp_path: Path) -> None:
    missing = {module for layer, modules in HELD.items() if layer not in layers_of(function) for module in modules}
    code = LOAD.format(missing=missing or set(), app=str(ROOT / "functions" / function / "app.py"))
    environment = {
        "WHEREAS_MODEL_DIR": str(tmp_path / "none"),
        "PYTHONPATH": str(ROOT / "layers/core"),
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
