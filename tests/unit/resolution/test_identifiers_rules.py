"""Identifying numbers by their label; telephone numbers and web sites of any form."""

from __future__ import annotations

import pytest

from whereas.resolution.forms.identifiers import find_identifiers
from whereas.resolution.forms.patterns import find_mentions
from whereas.resolution.view import make_view
from whereas.types import CleanedText


def identifiers_of(text: str) -> list[str]:
    return [text[c.start : c.end] for c in find_identifiers(make_view(CleanedText(text, ())))]


def texts_of(text: str, kind: str) -> list[str]:
    return [text[c.start : c.end] for c in find_mentions(make_view(CleanedText(text, ()))) if c.type == kind]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("EIN 12-3456789", "12-3456789"),
        ("Account #: 4411 2200 7733", "4411 2200 7733"),
        ("ABA #: 011223344", "011223344"),
        ("SWIFT Code: ABCDUS3NXXX", "ABCDUS3NXXX"),
        ("Agreement No: FIR/ELM/210412/2", "FIR/ELM/210412/2"),
        ("(company number 01234567)", "01234567"),
        ("registered in England under number 01234567", "01234567"),
        ("U.S. Patent No. 7,123,456", "7,123,456"),
        ("patent application PCT/NZ07/00123", "PCT/NZ07/00123"),
        ("Commission File No. 333-123456", "333-123456"),
        ("meter number 034567", "034567"),
        ("Ref: 55667788", "55667788"),
    ],
)
def test_a_label_makes_a_number_an_identifier(text: str, number: str) -> None:
    assert identifiers_of(f"Details: {text}, as agreed") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "this Agreement. 14.14 Language",
        "an account of 2019",
        "Power2Ship sells",
        "Article No. 5",
        "Amendment No. 2 to the Agreement",
        "Suite No. 400",
        "the policy of 30 days",
        "no contract 12345 days long",
        "Agreement No. 3",
    ],
)
def test_no_identifier(text: str) -> None:
    assert identifiers_of(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Phone: +86 135 0100 3721", "+86 135 0100 3721"),
        ("Phone: +86 13911170000", "+86 13911170000"),
        ("Tel: 2846-1000", "2846-1000"),
        ("Fax: 0049- 7351/54 - 4000", "0049- 7351/54 - 4000"),
        ("Fax No.: (86-21) 6291 2100", "(86-21) 6291 2100"),
        ("call 1-800-555-0142", "1-800-555-0142"),
        ("212-555-0142", "212-555-0142"),
    ],
)
def test_phones(text: str, number: str) -> None:
    assert texts_of(f"at {text}\nand", "PHONE") == [number]


@pytest.mark.parametrize("text", ["Fax: to follow by 2019", "the phone bill of 300 dollars", "12-3456-789012345678"])
def test_no_phone(text: str) -> None:
    assert texts_of(text, "PHONE") == []


def test_sites_without_www() -> None:
    text = "on birch.example/terms, at fir-shop.com or shop.elm.co.uk."
    assert texts_of(text, "URL") == ["birch.example/terms", "fir-shop.com", "shop.elm.co.uk"]


@pytest.mark.parametrize(
    "text", ["Alder.com, Inc. pays", "alder.com, inc. sells; alder.com pays", "to a.b@alder.com", "v1.2 of it", "the end. com"]
)
def test_a_firm_or_an_address_is_no_site(text: str) -> None:
    assert texts_of(text, "URL") == []
