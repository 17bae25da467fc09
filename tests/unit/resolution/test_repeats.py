"""Names introduced once are found again; words that only look like them are not."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import pytest
from resolution_cases import resolve_text

from whereas.resolution.parties.names import canonical_id
from whereas.types import Mention, Recognition

CONTRACT = (
    'SUPPLY AGREEMENT\n\nThis Agreement is made as of May 8, 2014 by and between Tarnwick Foods, Inc., a Utah corporation ("Tarnwick" or the "Supplier"), and '
    'Oak Mills LLC ("OM").\n\nWHEREAS the supplier agrees to the terms of this Agreement. NOW THEREFORE each party agrees: Supplier shall deliver to OM. '
    "Tarnwick keeps records for TARNWICK and its Affiliates at tarnwick.example. Orders go to orders@Tarnwick.example. Oak trees stay. "
    "The Quill Board may audit. Reports go to Quill Board. This Agreement is governed by the laws of Utah.\n"
)


def _names(recognition: Recognition | None = None) -> list[tuple[str, str, str]]:
    entities = resolve_text(CONTRACT, recognition).entities
    return [(e.type, e.text, e.source) for e in entities if e.layer == "mention" and e.type in {"ORGANIZATION", "PERSON"}]


def test_short_names_of_parties_are_found_at_all_places() -> None:
    texts = [text for kind, text, _ in _names() if kind == "ORGANIZATION"]
    assert texts.count("Tarnwick") == 2
    assert texts.count("TARNWICK") == 1
    assert texts.count("OM") == 2


def test_role_words_mail_addresses_and_other_words_are_left_alone() -> None:
    found = {text for _, text, _ in _names()}
    assert "Supplier" not in found
    assert "Oak" not in found
    assert len([1 for e in resolve_text(CONTRACT).entities if e.text == "Tarnwick" and "@" in CONTRACT[e.start - 1 : e.start]]) == 0


def test_a_repeat_belongs_to_its_party() -> None:
    identity = canonical_id("Tarnwick Foods, Inc.", kind="organization")
    repeats = [e for e in resolve_text(CONTRACT).entities if e.source == "rule:repeated-name" and e.text.upper() == "TARNWICK"]
    assert repeats
    assert {e.canonical_id for e in repeats} == {identity}


@pytest.mark.parametrize(("score", "times"), [(0.95, 2), (0.7, 1)])
def test_what_the_model_is_sure_of_holds_elsewhere(score: float, times: int) -> None:
    start = CONTRACT.index("Quill Board")
    recognition = Recognition((Mention("mention", "ORGANIZATION", start, start + 11, score),))
    assert [text for _, text, _ in _names(recognition)].count("Quill Board") == times


def test_an_alias_that_only_the_model_saw_is_a_name_too() -> None:
    start = CONTRACT.rindex("Quill Board")
    recognition = Recognition((Mention("role", "PARTY_ALIAS", start, start + 11, 0.9),))
    assert [text for _, text, _ in _names(recognition)].count("Quill Board") == 2


def test_figures_alone_are_no_date_whatever_the_model_says() -> None:
    text = CONTRACT + "Registered on Form S-4 with the agency.\n"
    at = text.index("S-4") + 2
    found = resolve_text(text, Recognition((Mention("mention", "DATE", at, at + 1, 0.9),))).entities
    assert not [e for e in found if e.start == at]


@pytest.mark.parametrize(("score", "kept"), [(0.89, False), (0.91, True)])
def test_a_form_that_no_rule_read_counts_when_the_model_is_sure(score: float, kept: bool) -> None:
    text = CONTRACT + "Signed in the Year of the Comet, as agreed.\n"
    at = text.index("the Year of the Comet")
    found = resolve_text(text, Recognition((Mention("mention", "DATE", at, at + 21, score),))).entities
    assert any(e.start == at and e.type == "DATE" for e in found) is kept


def test_a_mention_has_no_article_but_the_party_keeps_its_name() -> None:
    text = CONTRACT.replace("Orders go to", "THE OAK MILLS LLC pays. Orders go to").replace("Oak Mills LLC", "The Oak Mills LLC")
    result = resolve_text(text)
    assert "The Oak Mills LLC" in [p.name for p in result.contract.parties]
    named = {e.text for e in result.entities if e.layer == "mention" and e.type == "ORGANIZATION" and "MILLS" in e.text.upper()}
    assert named == {"Oak Mills LLC", "OAK MILLS LLC"}


def test_headings_and_page_numbers_refer_to_nothing() -> None:
    text = CONTRACT + "\nExhibit A\n\nas set out in Section 4.2 and in\nExhibit B hereto\n\n   Schedule 1-3\n"
    assert [e.text for e in resolve_text(text).entities if e.type == "CLAUSE_REF"] == ["Section 4.2", "Exhibit B"]


@pytest.mark.parametrize(("name", "kept"), [("Supplier", False), ("Party B", False), ("Quill Board", True), ("Oak Mills LLC", True)])
def test_role_words_are_no_names_whatever_the_model_says(name: str, kept: bool) -> None:
    text = CONTRACT.replace("Orders go to", "Party B pays. Orders go to")
    at = text.index(name)
    found = resolve_text(text, Recognition((Mention("mention", "ORGANIZATION", at, at + len(name), 0.8),))).entities
    assert any(e.start == at and e.type == "ORGANIZATION" for e in found) is kept
