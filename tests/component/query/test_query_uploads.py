"""Upload forms."""

import pytest
from query_records import Call


def test_an_upload_form_is_bound_to_what_was_asked_for(call: Call) -> None:
    status, form = call("upload")
    assert status == 201
    assert form["fields"]["key"] == "suppliers/msa.pdf"
    assert form["fields"]["Content-Type"] == "application/pdf"
    assert (form["expires_in_s"], form["max_bytes"], len(form["document_id"])) == (900, 50_000, 24)
    assert form["url"].startswith("https://")


@pytest.mark.parametrize("name", ["/msa.pdf", "a//b.pdf", "../a.pdf", "a/./b", "a\nb.pdf", "é" * 513])
def test_an_upload_name_must_be_a_plain_key(name: str, call: Call) -> None:
    status, problem = call("upload", body={"name": name, "content_type": "application/pdf", "size_bytes": 1})
    assert (status, problem["title"]) == (400, "Bad Request")


def test_an_upload_must_not_be_too_large(call: Call) -> None:
    status, problem = call("upload", body={"name": "a.pdf", "content_type": "application/pdf", "size_bytes": 50_001})
    assert (status, "50000" in problem["detail"]) == (400, True)
