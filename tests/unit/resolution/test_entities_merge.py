"""Entities: overlap rules, parents, identities, offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resolution_cases import CONTRACT, resolve_text

from whereas.resolution import resolve
from whereas.resolution.entities import Span, build_entities, entity_id, merge_mentions, merge_roles
from whereas.resolution.facts import add_duration
from whereas.resolution.tuning import Knob, blend
from whereas.resolution.view import make_view
from whereas.types import MENTION_TYPES, ROLE_TYPES, CleanedText, Mention, Recognition, Resolution, Section, TokenScores


def span(kind: str, start: int, end: int, *, score: float = 0.8, source: str = "model", layer: str = "mention") -> Span:
    return Span(layer, kind, start, end, score, source)


def kept(*spans: Span) -> list[tuple[str, int, int]]:
    return [(s.type, s.start, s.end) for s in merge_mentions("x" * 200, spans)]


def test_a_parsed_form_beats_the_models_span() -> None:
    assert kept(span("DATE", 0, 20), span("DATE", 4, 15, source="rule:date-written")) == [("DATE", 4, 15)]
    assert kept(span("ORGANIZATION", 0, 20, score=0.99), span("MONEY", 5, 10, source="rule:money-symbol")) == [("MONEY", 5, 10)]
    assert kept(span("LAW", 0, 30, score=0.99), span("LAW", 4, 22, source="rule:law-act")) == [("LAW", 4, 22)]


def test_longer_then_surer_wins() -> None:
    assert kept(span("PERSON", 0, 5), span("ORGANIZATION", 0, 12)) == [("ORGANIZATION", 0, 12)]
    assert kept(span("PERSON", 0, 5, score=0.6), span("ORGANIZATION", 0, 5, score=0.9)) == [("ORGANIZATION", 0, 5)]
    assert kept(span("PERSON", 0, 5), span("PERSON", 5, 9)) == [("PERSON", 0, 5), ("PERSON", 5, 9)]


def test_an_address_holds_its_places() -> None:
    assert kept(span("ADDRESS", 0, 40), span("LOCATION", 30, 38)) == [("ADDRESS", 0, 40), ("LOCATION", 30, 38)]
    assert kept(span("ADDRESS", 0, 40), span("LOCATION", 35, 48)) == [("ADDRESS", 0, 40)]


def test_blank_spans_are_dropped_and_others_trimmed() -> None:
    text = "  Acme  and   "
    assert [(s.start, s.end) for s in merge_mentions(text, [span("ORGANIZATION", 0, 8), span("PERSON", 11, 14)])] == [(2, 6)]


def test_one_role_of_a_type_where_spans_overlap() -> None:
    first, second, third = (
        span("PARTY", 0, 10, layer="role", source="rule:x"),
        span("PARTY", 5, 12, layer="role"),
        span("PARTY_ALIAS", 5, 12, layer="role"),
    )
    assert [(s.type, s.start) for s in merge_roles("x" * 20, [first, second, third])] == [("PARTY", 0), ("PARTY_ALIAS", 5)]


def test_parents(resolved: Resolution) -> None:
    by_id = {e.entity_id: e for e in resolved.entities}
    organization = next(e for e in resolved.entities if e.type == "ORGANIZATION")
    assert organization.parent_id is not None
    assert by_id[organization.parent_id].type == "PARTY"
    assert organization.canonical_id == by_id[organization.parent_id].canonical_id
    law = next(e for e in resolved.entities if e.type == "LOCATION" and e.text == "New York")
    assert law.parent_id is not None
    assert by_id[law.parent_id].type == "GOVERNING_LAW"
    assert law.normalized == {"name": "New York", "code": "US-NY"}


def test_every_occurrence_of_a_party_is_linked(resolved: Resolution) -> None:
    named = [e for e in resolved.entities if e.type == "ORGANIZATION" and "uillmark" in e.text.lower()]
    assert [e.text for e in named] == ["Quillmark & Daughters, Inc.", "QUILLMARK & DAUGHTERS, INC."]
    assert len({e.canonical_id for e in named}) == 1


def test_entities_are_sorted_typed_and_exact(resolved: Resolution) -> None:
    assert [e.start for e in resolved.entities] == sorted(e.start for e in resolved.entities)
    assert all(CONTRACT[e.start : e.end] == e.text for e in resolved.entities)
    assert all(e.type in (ROLE_TYPES if e.layer == "role" else MENTION_TYPES) for e in resolved.entities)
    assert len({e.entity_id for e in resolved.entities}) == len(resolved.entities)
    assert {
        "DATE",
        "DURATION",
        "MONEY",
        "PERCENT",
        "EMAIL",
        "PHONE",
        "CLAUSE_REF",
        "DEFINED_TERM",
        "ADDRESS",
        "LOCATION",
        "ORGANIZATION",
        "PERSON",
    } <= {e.type for e in resolved.entities}


def test_entity_ids_follow_document_layer_type_and_span() -> None:
    base = span("DATE", 1, 5)
    ids = {
        entity_id("a", base),
        entity_id("b", base),
        entity_id("a", span("DATE", 1, 6)),
        entity_id("a", span("MONEY", 1, 5)),
        entity_id("a", span("DATE", 1, 5, layer="role")),
    }
    assert len(ids) == 5
    assert entity_id("a", base) == entity_id("a", span("DATE", 1, 5, score=0.1, source="rule:y"))


def test_sections_are_linked() -> None:
    text = CONTRACT
    start = text.index("3. Governing Law")
    outer = Section("s0001", None, None, 0, len(text), 1)
    inner = Section("s0002", "3", "Governing Law", start, text.index("4. Notices"), 2, "s0001")
    result = resolve(CleanedText(text, (), (outer, inner)), Recognition(()), document_id="d", locate=lambda start, end: (None, ()))
    law = next(e for e in result.entities if e.type == "GOVERNING_LAW")
    assert (law.section_id, law.page, law.boxes) == ("s0002", None, ())
    assert next(e for e in result.entities if e.type == "PARTY").section_id == "s0001"


def test_model_mentions_join_the_rules() -> None:
    text = CONTRACT.replace("another provider", "Quill Dray Board")
    at = text.index("Quill Dray Board")
    recognition = Recognition((Mention("mention", "ORGANIZATION", at, at + 16, 0.7), Mention("role", "PARTY_ALIAS", at, at + 7, 0.4)))
    entities = resolve_text(text, recognition).entities
    assert [(e.source, e.score) for e in entities if e.start == at] == [("model", 0.7)]


def test_the_models_marginals_choose_between_candidates() -> None:
    text = CONTRACT.replace(' (the "Effective Date")', "").replace(
        "2. Fees.", "2. Fees. Deliveries commence to the first site on July 1, 2021."
    )
    start = text.index("July 1, 2021")

    def scored(probability: float) -> Recognition:
        return Recognition((), (TokenScores(start, start + 12, (("EFFECTIVE_DATE", probability),)),))

    sure = resolve_text(text, scored(0.99)).contract.effective_date
    assert sure is not None
    assert (sure.value, sure.source) == ("2021-07-01", "model")
    assert resolve_text(text, scored(0.05)).contract.effective_date is None
    assert resolve_text(text).contract.effective_date is None


def test_pooling_moves_with_the_model_and_never_leaves_the_unit_interval() -> None:
    knob = Knob(weight=0.5, rule_floor=0.5, floor=0.5)
    pooled = [blend(0.5, model, knob) for model in (0.0, 0.3, 0.5, 0.9, 1.0)]
    assert pooled == sorted(pooled)
    assert pooled[2] == pytest.approx(0.5)
    assert all(0 < blend(rule, model, knob) < 1 for rule in (0.0, 1.0) for model in (0.0, 1.0))
    assert blend(0.7, None, knob) == 0.7
    assert blend(0.7, 0.0, Knob(weight=0.5, rule_floor=0.5, floor=0.5, silence=0.5)) == pytest.approx(0.7)
    assert (knob.floor_for(model=True), Knob(weight=1, rule_floor=0.3, floor=0.6).floor_for(model=False)) == (0.5, 0.3)


@pytest.mark.parametrize(
    ("start", "duration", "sign", "value"),
    [
        ("2020-01-31", "P1M", 1, "2020-02-29"),
        ("2020-02-29", "P1Y", 1, "2021-02-28"),
        ("2021-03-03", "P1Y6M", 1, "2022-09-03"),
        ("2024-03-03", "P90D", -1, "2023-12-04"),
        ("2024-03-03", "P2W", 1, "2024-03-17"),
        ("2024-03", "P1Y", 1, None),
        ("2024-03-03", "P", 1, None),
        ("2024-03-03", "P99999Y", 1, None),
    ],
)
def test_date_arithmetic(start: str, duration: str, sign: int, value: str | None) -> None:
    assert add_duration(start, duration, sign=sign) == value


WORDS = st.sampled_from(
    [
        *[
            "This",
            "Agreement",
            "is",
            "made",
            "as",
            "of",
            "May",
            "8,",
            "2014",
            "by",
            "and",
            "between",
            "Acme,",
            "Inc.",
            '("Buyer")',
            "$5",
            "12%",
            "Section",
            "4.2",
            "“Seller”",
            "and",
            "the",
            "State",
            "of",
            "New",
            "York",
            "laws",
            "governed",
            "three",
            "(3)",
            "years",
        ],
        "\n",
        "\n\n",
        " ",
        "—",
        "İ",
        "ﬁ",
        "😀",
        "__",
        "By:",
        "/s/",
        "Jo Li",
        "WHEREAS",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_offsets_hold_for_any_text(text: str) -> None:
    result = resolve_text(text)
    assert all(text[e.start : e.end] == e.text and e.text.strip() == e.text and e.text for e in result.entities)
    assert all(0 <= e.score <= 1 for e in result.entities)
    assert result == resolve_text(text)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_offsets_hold_for_any_recognition(data: st.DataObject) -> None:
    size = len(CONTRACT)
    starts = data.draw(st.lists(st.integers(0, size - 1), max_size=25))
    mentions, scores = [], []
    for start in starts:
        end = min(size, start + data.draw(st.integers(1, 40)))
        layer = data.draw(st.sampled_from(["mention", "role"]))
        kind = data.draw(st.sampled_from(MENTION_TYPES if layer == "mention" else ROLE_TYPES))
        probability = data.draw(st.floats(0, 1))
        mentions.append(Mention(layer, kind, start, end, probability))  # type: ignore[arg-type]
        scores.append(TokenScores(start, end, ((data.draw(st.sampled_from(ROLE_TYPES)), probability),)))
    result = resolve_text(CONTRACT, Recognition(tuple(mentions), tuple(scores)))
    assert all(CONTRACT[e.start : e.end] == e.text for e in result.entities)
    mention_layer = [e for e in result.entities if e.layer == "mention"]
    assert len({e.entity_id for e in result.entities}) == len(result.entities)
    assert all(
        not (a.start < b.end and b.start < a.end and a.type == b.type) for n, a in enumerate(mention_layer) for b in mention_layer[n + 1 :]
    )


def test_building_entities_of_nothing() -> None:
    assert build_entities(make_view(CleanedText("", ())), [], document_id="d", locate=lambda start, end: (None, ())) == ()
