"""The HTML report: self-contained, escaped, every entity and evidence in its place."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public_records import TEXT, complete, entity, fact, quarantined
from report_page import Page, one, render

from whereas_local.highlighting import Span, entity_spans, highlight, infer_page_starts
from whereas_local.report import FACTS


def test_page_is_self_contained(tmp_path):
    source, page = one(tmp_path)
    for tag, attrs in page.elements:
        assert tag not in {"img", "iframe", "object"}
        assert "src" not in attrs
        assert not attrs.get("href", "#").startswith(("http", "//", "/"))
    assert not re.search(r"url\(|@import|https?://", source)
    policy = next(attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert len(page.scripts) == 1


def test_policy_admits_the_script_and_no_other(tmp_path):
    import base64
    import hashlib

    source, page = one(tmp_path)
    digest = base64.b64encode(hashlib.sha256(page.scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in source


def test_text_is_shown_whole_and_unchanged(tmp_path):
    _, page = one(tmp_path)
    assert page.shown() == TEXT


def test_every_entity_is_marked_with_its_type_and_tooltip(tmp_path):
    record = complete()
    source, page = one(tmp_path, record)
    starts = [attrs for tag, attrs in page.elements if tag == "span" and re.search(r"\be\b.*\bs\b", attrs.get("class", ""))]
    assert len(starts) == len(record["entities"])
    money = next(attrs for attrs in starts if "t-MONEY" in attrs["class"])
    assert money["title"] == "Money (mention)\nscore 0.97\nsource rule:money\nvalue USD 92,000.00"
    for item in record["entities"]:
        assert f"t-{item['type']} {{ --h:" in source
        assert f'id="f-{item["type"]}"' in source


def test_evidence_links_lead_to_the_text(tmp_path):
    _, page = one(tmp_path)
    links = [attrs["href"][1:] for tag, attrs in page.elements if tag == "a" and attrs.get("class") == "ev"]
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(links) >= sum(key in complete()["contract"] for key in FACTS)
    assert set(links) <= set(ids)
    assert len(ids) == len(set(ids))
    start = TEXT.index("March 31, 2027")
    assert f"d0-{start}-{start + 14}" in links


def test_facts_parties_warnings_and_lineage_are_shown(tmp_path):
    source, _ = one(tmp_path)
    expected = (
        "31 Mar 2027",
        "3 years",
        "US-NY",
        "expiration date less notice period",
        "or: 1 Apr 2027 (0.40)",
        "Maren Abernethy",
        "licensor",
        "signed by Tobias Whitlock, President, 3 Mar 2024",
        "low_ocr_confidence",
        "tesseract 5.5",
        "840 ms",
        "page 2",
    )
    for shown in expected:
        assert shown in source


@pytest.mark.parametrize("kind", ["text", "name", "source", "warning", "title", "type of entity", "reason"])
def test_markup_from_documents_is_escaped(tmp_path, kind):
    evil = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;"
    record, text = complete(), TEXT
    if kind == "text":
        text = TEXT + evil
    elif kind == "name":
        record["contract"]["parties"][0] |= {"name": evil, "aliases": [evil], "roles": [evil]}
    elif kind == "source":
        record["document"]["source"] = evil
    elif kind == "warning":
        record["document"]["warnings"] = [{"code": evil, "page": None, "message": evil}]
    elif kind == "title":
        record["contract"]["title"] |= {"value": evil, "text": evil + "!"}
    elif kind == "reason":
        record = quarantined(message=evil)
    else:
        record["entities"][0] |= {"normalized": evil, "source": evil}
    source, page = one(tmp_path, record, text)
    assert "<script>alert" not in source
    assert "<img" not in source
    assert len(page.scripts) == 1


def test_a_quarantined_contract_shows_its_reason(tmp_path):
    source, _ = render(tmp_path, [complete(), quarantined()], {"d" * 24: TEXT})
    assert "Remove the protection and upload it again." in source
    assert 'class="badge QUARANTINED"' in source
    assert "No text to show." in source
    assert "2 contracts" in source
    assert source.count("<h3>Facts</h3>") == 1


def test_missing_facts_are_said_to_be_missing(tmp_path):
    record = complete()
    record["contract"] = dict.fromkeys(FACTS) | {"parties": [], "governing_law": []}
    record["entities"] = []
    source, page = one(tmp_path, record)
    assert source.count("not found") == len(FACTS)
    assert "none found" in source
    assert page.shown() == TEXT


def test_several_contracts_have_ids_of_their_own(tmp_path):
    second = complete(document_id="e" * 24, source="other.pdf")
    _, page = render(tmp_path, [complete(), second], {"d" * 24: TEXT, "e" * 24: TEXT})
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {"d0", "d1"} <= set(ids)


def test_stated_page_starts_are_preferred_to_guessed_ones(tmp_path):
    middle = TEXT.index("3. Law")
    source, page = one(tmp_path, page_starts={"d" * 24: [(1, 0), (7, middle)]})
    assert ">page 7<" in source
    assert ">page 2<" not in source
    assert page.shown() == TEXT


def test_pages_are_guessed_at_line_breaks():
    starts = infer_page_starts(TEXT, complete()["entities"])
    assert [page for page, _ in starts] == [1, 2]
    assert TEXT[starts[1][1] - 1] == "\n"
    assert starts[1][1] <= TEXT.index("three (3) years")
    assert infer_page_starts(TEXT, [entity("mention", "DATE", "March 3, 2024", page=None)]) == []


def test_a_contract_without_pages_is_cut_into_blocks():
    text = "A line of text that is no contract.\n" * 1_000
    blocks = highlight(text, [])
    assert len(blocks) > 3
    assert {block.page for block in blocks} == {None}
    assert "".join(block.html for block in blocks) == text


def test_crossing_spans_stay_well_formed():
    text = "abcdefghij"
    blocks = highlight(text, [Span(0, 6, "e m t-A"), Span(4, 9, "e m t-B"), Span(4, 9, "e r t-C")])
    page = Page()
    page.feed(f'<div class="page">{blocks[0].html}</div>')
    assert page.stack == []
    assert page.shown() == text
    classes = [attrs["class"] for tag, attrs in page.elements if tag == "span"]
    assert classes == ["e m t-A s", "e m t-A z", "e m t-B s", "e r t-C s", "e m t-B z", "e r t-C z"]


def test_roles_lie_outside_mentions_of_the_same_stretch():
    mention, role = entity("mention", "DATE", "April 1, 2024"), entity("role", "EFFECTIVE_DATE", "April 1, 2024")
    html = "".join(block.html for block in highlight(TEXT, entity_spans([mention, role])))
    assert html.index("t-EFFECTIVE_DATE") < html.index("t-DATE")


EDGE = st.integers(-3, 70)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab <&>\n\"'é𝔸", max_size=60), st.lists(st.tuples(EDGE, EDGE, st.booleans()), max_size=12))
def test_any_spans_leave_the_text_whole(text, edges):
    spans = [
        Span(start, end, f"e m t-{index}", "tip", f"a{index}", href="a0" if links else None)
        for index, (start, end, links) in enumerate(edges)
    ]
    starts = [(1, 0), (2, len(text) // 2)] if len(text) > 4 else []
    page = Page()
    page.feed("".join(f'<div class="page">{block.html}</div>' for block in highlight(text, spans, page_starts=starts)))
    page.close()
    assert page.stack == []
    assert page.shown() == text
    usable = {f"a{index}" for index, span in enumerate(spans) if 0 <= span.start < span.end <= len(text)}
    assert {attrs["id"] for _, attrs in page.elements if "id" in attrs} == usable


def test_six_hundred_pages_render_in_seconds(tmp_path):
    text = TEXT * 600
    shift = len(TEXT)
    template = complete()["entities"]
    record = complete(pages=600)
    record["entities"] = [
        item | {"start": item["start"] + number * shift, "end": item["end"] + number * shift, "page": number + 1}
        for number in range(600)
        for item in template
    ]
    started = time.perf_counter()
    source, page = one(tmp_path, record, text)
    assert time.perf_counter() - started < 20
    assert len(source) < 8_000_000
    assert page.shown() == text
    assert ">page 600<" in source


def test_a_fact_without_the_later_fields_is_shown(tmp_path):
    record = complete()
    lean = fact("State of New York", "New York", page=None)
    for field in ("kind", "code", "alternatives", "precision"):
        del lean[field]
    record["contract"]["governing_law"] = [lean, fact("April 1, 2024", None, kind="perpetual")]
    source, _ = one(tmp_path, record)
    assert "in text" in source
    assert "perpetual" in source
