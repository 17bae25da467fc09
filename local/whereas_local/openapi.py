"""``python -m whereas_local.openapi``: write docs/openapi.json anew from the routes of the query function."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def openapi_document() -> str:
    """Return the HTTP API as an OpenAPI document, indented JSON with sorted keys."""
    spec = importlib.util.spec_from_file_location("whereas_query_app", ROOT / "functions/query/app.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(ROOT / "functions/query/app.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return json.dumps(json.loads(module.openapi_document()), indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    (ROOT / "docs/openapi.json").write_text(openapi_document())
