"""The OpenAPI document and the golden events cover the routes."""

import json
from types import ModuleType

from query_records import DOC, EVENTS, ROOT, Call


def test_the_openapi_document_is_current(app: ModuleType, call: Call) -> None:
    status, served = call("openapi")
    assert status == 200
    kept = json.loads((ROOT / "docs/openapi.json").read_text())
    assert served == kept, "write it anew: .venv/bin/python -m whereas_local.openapi"


def test_every_route_has_a_golden_event(app: ModuleType) -> None:
    document = json.loads(app.openapi_document())
    paths = {
        json.loads(path.read_text())["rawPath"]
        .replace(DOC, "{document_id}")
        .replace("1.0", "{version}")
        .replace("c" * 24, "{canonical_id}")
        .replace("/pages/2/", "/pages/{page}/")
        for path in EVENTS.glob("query-*.json")
    }
    assert set(document["paths"]) | {"/openapi.json"} == paths
