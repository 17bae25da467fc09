"""Builds public records over a small contract, in the shape that the documentation fixes, for tests of the report and the summary."""

from __future__ import annotations

from typing import Any

TEXT = """Norvane Systems, Inc.
12 Foundry Lane, Portland, Oregon 97209

SOFTWARE LICENSE AGREEMENT

This Software License Agreement (the “Agreement”) is made on March 3, 2024 and effective as of April 1, 2024 between Norvane Systems, Inc., an Oregon corporation (“Norvane” or the “Licensor”), and Maren Abernethy, an individual residing at 810 Old Ropewalk, Columbus, Ohio (the “Licensee”).

1. Term
1.1 This Agreement runs for three (3) years and expires on March 31, 2027. It renews for successive periods of one (1) year unless a party gives ninety (90) days' notice.

2. Fees
2.1 The Licensee shall pay US$92,000.00 a year, see Section 1. Late sums bear 8 %.

3. Law
3.1 This Agreement is governed by the laws of the State of New York. Write to <legal@norvane.example> & wait.

Norvane Systems, Inc.
By: Tobias Whitlock
Title: President
Date: March 3, 2024
"""  # noqa: E501


def evidence(quote: str, *, page: int | None = 1, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return {"page": page, "start": start, "end": start + len(quote), "boxes": []}


def fact(quote: str, value: Any, *, page: int | None = 1, nth: int = 0, **more: Any) -> dict[str, Any]:
    base = {"value": value, "text": quote, "evidence": [evidence(quote, page=page, nth=nth)], "score": 0.93, "source": "model"}
    return base | {"derivation": None, "precision": None, "kind": None, "code": None, "alternatives": []} | more


def entity(
    layer: str, kind: str, quote: str, *, page: int | None = 1, nth: int = 0, normalized: Any = None, source: str = "model"
) -> dict[str, Any]:
    place = evidence(quote, page=page, nth=nth)
    start, end = place["start"], place["end"]
    more = {"page": page, "boxes": [], "parent_id": None, "section_id": None, "score": 0.97, "source": source}
    identity = {"entity_id": f"{kind}-{start}-{end}", "layer": layer, "type": kind, "text": quote, "start": start, "end": end}
    return identity | more | {"normalized": normalized, "canonical_id": None}


def contract() -> dict[str, Any]:
    company = {
        "name": "Norvane Systems, Inc.", "canonical_id": "c1", "kind": "organization", "roles": ["licensor"],
        "aliases": ["Norvane", "Licensor"],
        "address": fact("12 Foundry Lane, Portland, Oregon 97209", "12 Foundry Lane, Portland, Oregon 97209"),
        "signatories": [{"name": "Tobias Whitlock", "title": "President", "date": fact("March 3, 2024", "2024-03-03", page=2, nth=1)}],
        "evidence": [evidence("Norvane Systems, Inc.", nth=1)], "score": 0.97, "source": "model",
    }  # fmt: skip
    person = {
        "name": "Maren Abernethy", "canonical_id": "c2", "kind": "person", "roles": ["licensee"], "aliases": ["Licensee"], "address": None,
        "signatories": [], "evidence": [evidence("Maren Abernethy")], "score": 0.61, "source": "rule:preamble",
    }  # fmt: skip
    return {
        "title": fact("SOFTWARE LICENSE AGREEMENT", "Software License Agreement"),
        "parties": [company, person],
        "agreement_date": fact("March 3, 2024", "2024-03-03", precision="day"),
        "effective_date": fact("April 1, 2024", "2024-04-01", precision="day"),
        "expiration_date": fact(
            "March 31, 2027", "2027-03-31", page=2, alternatives=[{"value": "2027-04-01", "text": "three (3) years", "score": 0.4}]
        ),
        "term": fact("three (3) years", "P3Y", page=2, kind="fixed"),
        "renewal_term": fact("one (1) year", "P1Y", page=2, kind="fixed"),
        "renewal_notice_period": fact("ninety (90) days", "P90D", page=2),
        "notice_deadline": fact(
            "ninety (90) days", "2026-12-31", page=2, source="rule:notice-deadline", derivation="expiration date less notice period"
        ),
        "governing_law": [fact("State of New York", "New York", page=2, code="US-NY")],
    }


def entities() -> list[dict[str, Any]]:
    found = [
        entity("role", "TITLE", "SOFTWARE LICENSE AGREEMENT"),
        entity("role", "PARTY", "Norvane Systems, Inc.", nth=1),
        entity("mention", "ORGANIZATION", "Norvane Systems, Inc.", nth=1),
        entity("mention", "ORGANIZATION", "Norvane Systems, Inc."),
        entity("mention", "ADDRESS", "12 Foundry Lane, Portland, Oregon 97209"),
        entity("mention", "LOCATION", "Portland, Oregon"),
        entity("role", "AGREEMENT_DATE", "March 3, 2024", normalized="2024-03-03"),
        entity("mention", "DATE", "March 3, 2024", normalized="2024-03-03"),
        entity("role", "EFFECTIVE_DATE", "April 1, 2024", normalized="2024-04-01"),
        entity("mention", "DATE", "April 1, 2024", normalized="2024-04-01"),
        entity("role", "PARTY", "Maren Abernethy"),
        entity("mention", "PERSON", "Maren Abernethy"),
        entity("mention", "DURATION", "three (3) years", page=2, normalized="P3Y"),
        entity("role", "TERM", "three (3) years", page=2, normalized="P3Y"),
        entity("role", "EXPIRATION_DATE", "March 31, 2027", page=2),
        entity("mention", "DATE", "March 31, 2027", page=2, normalized="2027-03-31"),
        entity("mention", "MONEY", "US$92,000.00", page=2, normalized={"amount": "92000.00", "currency": "USD"}, source="rule:money"),
        entity("mention", "CLAUSE_REF", "Section 1", page=2, source="rule:clause-ref"),
        entity("mention", "PERCENT", "8 %", page=2, source="rule:percent"),
        entity("mention", "LAW", "laws of the State of New York", page=2),
        entity("role", "GOVERNING_LAW", "State of New York", page=2),
        entity("mention", "EMAIL", "legal@norvane.example", page=2, source="rule:email"),
        entity("role", "SIGNATORY", "Tobias Whitlock", page=2),
        entity("mention", "PERSON", "Tobias Whitlock", page=2),
    ]
    return sorted(found, key=lambda item: (item["start"], -item["end"]))


def complete(**document: Any) -> dict[str, Any]:
    described = {
        "document_id": "d" * 24, "version_id": "v1", "is_current": True, "source": "license.pdf",
        "source_sha256": "5" * 64,
        "media_type": "application/pdf", "language": "en", "pages": 2, "ocr_pages": 1, "text_sha256": "7" * 64, "offset_unit": "codepoint",
        "status": "COMPLETE", "reason": None,
        "warnings": [{"code": "low_ocr_confidence", "page": 2, "message": "Words were hard to read."}],
    }  # fmt: skip
    model = {"name": "whereas-ner", "version": "0.1.0", "sha256": "a" * 64}
    lineage = {"model": model, "tokenizer_sha256": "b" * 64, "label_schema": "1", "rules": "1", "pipeline": "0.1.0"}
    ocr = {"engine": "tesseract 5.5", "traineddata": "eng fast"}
    run = {"run_id": "r" * 24, "created_at": "2026-01-01T00:00:00Z", "stages": {"read": {"ms": 840}, "recognize": {"ms": 1260}}}
    base = {"schema_version": "1.0", "document": described | document, "contract": contract(), "entities": entities()}
    return base | {"lineage": lineage | {"ocr": ocr}, "run": run}


def clause(section_id: str, first: str, last: str, level: int, *, number: str | None = None, **more: Any) -> dict[str, Any]:
    start, end = TEXT.index(first), TEXT.index(last)
    place = {"page": 1, "start": start, "end": end + len(last), "boxes": []}
    base = {"section_id": section_id, "number": number, "heading": None, "level": level, "parent_id": None, "evidence": place}
    return base | {"types": []} | more


def detailed(**document: Any) -> dict[str, Any]:
    """Return the complete record with all that a contract may have: details of parties, amounts, dates, terms, clauses, references."""
    record = complete(**document)
    found = record["contract"]
    found["parties"][0] |= {
        "legal_form": "Inc.", "organized_in": fact("Oregon", "Oregon", code="US-OR", nth=1), "former_names": ["Quayle Logic Corp."],
        "trade_names": ["Norvane Labs"],
    }  # fmt: skip
    found["auto_renewal"] = fact("renews", True, page=2, source="rule:renewal-automatic")
    found["venue"] = [fact("Columbus, Ohio", "Ohio", kind="court", code="US-OH")]
    found["amounts"] = [
        fact("8 %", {"percent": "8"}, page=2, kind="interest", source="rule:percent"),
        fact("US$92,000.00", {"amount": "92000.00", "currency": "USD"}, page=2, kind="fee", source="rule:money"),
        fact("three (3)", {"amount": "3", "unit": "crates"}, page=2, kind="other"),
    ]
    found["dates"] = [
        fact("March 3, 2024", "2024-03-03", kind="agreement"),
        fact("March 3, 2024", "2024-03-03", kind="signature"),
        fact("March 3, 2024", "2024-03-03", kind="signature", nth=1),
        fact("March 31, 2027", "2027-03-31", kind="expiration"),
        fact("three (3) years", "2027-04-01", kind="renewal", derivation="It renews where the term ends."),
    ]
    found["related"] = [
        {"name": "Corwen Vale LLC", "canonical_id": "r1", "relation": "guarantor", "evidence": [evidence("Columbus, Ohio")], "score": 0.8,
         "source": "rule:related"},
    ]  # fmt: skip
    term = {"kind": "term", "source": "rule:definition-bracket", "score": 0.95, "canonical_id": None, "uses": [[1, 2], [3, 4]]}
    found["definitions"] = [
        term | {"term": "Licensor", "kind": "party", "evidence": evidence("Licensor"), "meaning": evidence("Norvane Systems, Inc.", nth=1)},
        term | {"term": "Agreement", "kind": "agreement", "evidence": evidence("Agreement", nth=1), "meaning": None, "uses": []},
    ]
    typed = [{"type": "term", "score": 0.9, "source": "rule:clause-heading"}]
    found["clauses"] = [
        clause("s1", "1. Term", "notice.", 1, number="1", heading="Term", types=typed),
        clause("s2", "1.1 This", "notice.", 2, number="1.1", parent_id="s1"),
        clause("s3", "It renews", "notice.", 3, number="(a)", parent_id="s2"),
        clause("s4", "3. Law", "& wait.", 1, number="3", heading="Law"),
    ]
    next(item for item in record["entities"] if item["type"] == "CLAUSE_REF")["target_ids"] = ["s1"]
    return record


def quarantined(code: str = "encrypted", message: str = "Remove the protection and upload it again.", **document: Any) -> dict[str, Any]:
    record = complete(
        document_id="q" * 24, source="locked.pdf", pages=None, ocr_pages=0, status="QUARANTINED",
        reason={"code": code, "message": message, "page": None}, warnings=[], **document,
    )  # fmt: skip
    return record | {"contract": None, "entities": [], "run": None}
