"""Entities and evidence carry the confidence of the words that they were read from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from whereas.reading.cleanup import clean
from whereas.reading.locate import confidence_of
from whereas.stages.confidences import with_confidences
from whereas.types import Contract, Entity, Evidence, Fact, PageText, Party, Resolution, Word


def page(number: int, text: str, *confidences: float, source: str = "ocr") -> PageText:
    words, at = [], 0
    for index, word in enumerate(text.split(" ")):
        words.append(Word(word, at, at + len(word), (at, 10.0, at + len(word), 20.0), confidences[index] if confidences else None))
        at += len(word) + 1
    return PageText(number, text, tuple(words), 612, 792, source, "test")  # type: ignore[arg-type]


SCANNED = [page(1, "Halvorsen Timber signs", 0.9, 0.5, 1.0), page(2, "Brightwater pays", source="text_layer")]
CLEANED = clean(SCANNED)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("Halvorsen", 0.9), ("Halvorsen Timber", round((9 * 0.9 + 6 * 0.5) / 15, 3)), ("Timb", 0.5), ("Brightwater pays", None)],
)
def test_a_span_has_the_mean_of_its_words_by_letter(text: str, confidence: float | None) -> None:
    start = CLEANED.text.index(text)
    assert confidence_of(CLEANED, SCANNED, start, start + len(text)) == confidence


def test_a_span_over_pages_of_both_kinds_has_that_of_its_recognised_words() -> None:
    assert confidence_of(CLEANED, SCANNED, 0, len(CLEANED.text)) == pytest.approx((9 * 0.9 + 6 * 0.5 + 5) / 20, abs=0.001)


def resolution() -> Resolution:
    signs = (Evidence(1, 0, 16), Evidence(2, CLEANED.text.index("Brightwater"), len(CLEANED.text)))
    fact = Fact("Halvorsen", "Halvorsen", signs, 0.9, "model")
    party = Party("Halvorsen Timber", "c1", "organization", (), (), signs[:1], 0.9, "model", address=fact)
    entity = Entity("e1", "mention", "ORGANIZATION", "Timber", 10, 16, 1, (), None, None, 0.9, "model")
    return Resolution(Contract(title=fact, parties=(party,)), (entity,))


def test_every_entity_and_evidence_is_told_however_deep_it_lies() -> None:
    found = with_confidences(resolution(), CLEANED, SCANNED)
    assert [entity.ocr_confidence for entity in found.entities] == [0.5]
    title, party = found.contract.title, found.contract.parties[0]
    assert title is not None
    assert [place.ocr_confidence for place in title.evidence] == [0.74, None]
    assert party.evidence[0].ocr_confidence == 0.74
    assert party.address is not None
    assert party.address.evidence[0].ocr_confidence == 0.74


def test_a_document_with_a_text_layer_is_left_as_it_is() -> None:
    pages = [replace(one, source="text_layer") for one in SCANNED]
    made = resolution()
    assert with_confidences(made, clean(pages), pages) is made
