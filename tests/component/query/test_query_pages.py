"""How pages were read, and their pictures."""

import base64
import copy
import json
from types import ModuleType

from query_records import CONTEXT, DOC, EVENTS, Call, store

from whereas.aws.clients import client
from whereas.stages import files, record

PICTURE = b"\x89PNG\r\n\x1a\n a picture"
READ = {
    "page": 2,
    "source": "ocr",
    "reason": "no_text_layer",
    "confidence": 0.81,
    "language": "en",
    "image": True,
    "repairs": {"date": 1, "ligature": 4},
}


def put(key: str, data: bytes) -> None:
    client("s3").put_object(Bucket="work", Key=key, Body=data)


def test_pages_say_how_they_were_read(call: Call) -> None:
    made = store()
    put(files.record_key(f"run-{DOC}"), record.to_bytes(made | {"pages_read": [READ]}))
    assert call("pages") == (200, {"document_id": DOC, "run_id": f"run-{DOC}", "pages": [READ]})


def test_a_record_of_an_older_version_lists_no_pages(call: Call) -> None:
    made = store()
    put(files.record_key(f"run-{DOC}"), record.to_bytes({name: value for name, value in made.items() if name != "pages_read"}))
    assert call("pages")[1]["pages"] == []


def test_a_pages_picture_comes_as_it_is_kept(app: ModuleType) -> None:
    store()
    put(files.page_image_key(f"run-{DOC}", 2), PICTURE)
    answer = app.lambda_handler(json.loads((EVENTS / "query-page-image.json").read_text()), CONTEXT)
    assert (answer["statusCode"], answer["headers"]["Content-Type"], answer["isBase64Encoded"]) == (200, "image/png", True)
    assert base64.b64decode(answer["body"]) == PICTURE


def test_a_page_without_a_picture_is_not_found(call: Call) -> None:
    store()
    status, problem = call("page-image")
    assert status == 404
    assert "page 2" in problem["detail"]


def test_an_unknown_document_is_not_found(call: Call) -> None:
    assert call("page-image")[0] == 404
    assert call("pages")[0] == 404


def test_a_page_that_is_no_number_is_refused(app: ModuleType) -> None:
    event = copy.deepcopy(json.loads((EVENTS / "query-page-image.json").read_text()))
    for wrong in ("0", "-1", "two"):
        event["rawPath"] = event["requestContext"]["http"]["path"] = f"/documents/{DOC}/pages/{wrong}/image"
        assert app.lambda_handler(event, CONTEXT)["statusCode"] == 422
