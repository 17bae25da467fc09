"""No fact without evidence: whatever resolution says of a text lies in it, character by character.

The contracts are composed anew for each example, torn and shuffled, with mentions and role scores that no model would give.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whereas.reading.cleanup import clean
from whereas.resolution import resolve
from whereas.types import (
    MENTION_TYPES,
    ROLE_TYPES,
    Clause,
    CleanedText,
    DefinedTerm,
    Entity,
    Evidence,
    Fact,
    Mention,
    PageText,
    Party,
    Recognition,
    RelatedName,
    Resolution,
    TokenScores,
)
from whereas_local.samples.composing import KINDS, compose
from whereas_local.samples.markup import write_txt

Told = Fact | Party | RelatedName | DefinedTerm | Clause | Entity
BOX = (1.0, 2.0, 3.0, 4.0)
SOURCE = re.compile(r"model|rule:[a-z0-9-]+")


def told(value: object, path: str = "") -> Iterator[tuple[str, Told]]:
    """Yield all that a resolution tells, however deep it lies, with where it lies."""
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from told(part, f"{path}[{number}]")
    elif dataclasses.is_dataclass(value):
        if isinstance(value, Told):
            yield path, value
        for field in dataclasses.fields(value):
            yield from told(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))


def places(one: Told) -> tuple[Evidence, ...]:
    if isinstance(one, Entity):
        return (Evidence(one.page, one.start, one.end, one.boxes),)
    if isinstance(one, DefinedTerm):
        return (one.evidence, *(one.meaning,) * (one.meaning is not None), *(Evidence(1, *use, (BOX,)) for use in one.uses))
    return (one.evidence,) if isinstance(one, Clause) else one.evidence


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.replace("&", "and")).casefold()


def faults(one: Told, text: str) -> Iterator[str]:
    """Yield what is wrong with the evidence of one thing told."""
    spots = places(one)
    if not spots:
        yield "no evidence"
    for spot in spots:
        if not 0 <= spot.start < spot.end <= len(text):
            yield f"[{spot.start}, {spot.end}) is no stretch of the text"
        if (spot.page, spot.boxes) != (1, (BOX,)):
            yield "no page or boxes"
    words = [text[spot.start : spot.end] for spot in spots]
    if isinstance(one, Entity) and one.text != words[0]:
        yield "text is not the evidence's"
    if isinstance(one, Fact) and one.text not in {*words[:1], *(["; ".join(words)] if one.derivation else [])}:
        yield "text is not the evidence's"
    if isinstance(one, Party | RelatedName) and not any(bare(one.name) in bare(word) for word in words):
        yield "no evidence holds the name"
    if isinstance(one, DefinedTerm) and bare(one.term) not in bare(words[0]):
        yield "the evidence does not hold the term"
    if isinstance(one, Clause) and one.heading and bare(one.heading) not in bare(words[0]):
        yield "the evidence does not hold the heading"
    if not isinstance(one, Clause):
        if not 0 <= one.score <= 1:
            yield f"score {one.score}"
        if not SOURCE.fullmatch(one.source):
            yield f"source {one.source}"


def all_faults(resolution: Resolution, text: str) -> list[str]:
    return [f"{path}: {fault}" for path, one in told(resolution) for fault in faults(one, text)]


def resolved(cleaned: CleanedText, recognition: Recognition) -> Resolution:
    return resolve(cleaned, recognition, document_id="doc", locate=lambda start, end: (1, (BOX,)))


@st.composite
def contracts(draw: st.DrawFn) -> CleanedText:
    """A contract of the sample generator, some of its paragraphs left out, said twice, moved, in capitals or cut short."""
    draft = compose(draw(st.sampled_from(sorted(KINDS))), seed=draw(st.integers(0, 9999)))
    blocks = write_txt(draft).decode().split("\n\n")
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(blocks) - 1))
        change = draw(st.sampled_from(["drop", "twice", "move", "capitals", "cut"]))
        if change == "drop" and len(blocks) > 1:
            del blocks[at]
        elif change == "twice":
            blocks.insert(draw(st.integers(0, len(blocks))), blocks[at])
        elif change == "move":
            blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(at))
        elif change == "capitals":
            blocks[at] = blocks[at].upper()
        else:
            blocks[at] = blocks[at][: draw(st.integers(0, len(blocks[at])))]
    return clean([PageText(1, "\n\n".join(blocks), (), None, None, "plain_text", "a sample")])


@st.composite
def recognitions(draw: st.DrawFn, size: int) -> Recognition:
    mentions, scores = [], []
    for start in draw(st.lists(st.integers(0, max(size - 1, 0)), max_size=15 if size else 0)):
        end = min(size, start + draw(st.integers(1, 60)))
        probability = draw(st.floats(0, 1))
        role = draw(st.sampled_from(ROLE_TYPES))
        mentions.append(Mention("role", role, start, end, probability))
        mentions.append(Mention("mention", draw(st.sampled_from(MENTION_TYPES)), start, end, probability))
        scores.append(TokenScores(start, end, ((role, probability),)))
    return Recognition(tuple(mentions), tuple(scores), 0, size)


@settings(max_examples=40)
@given(contracts(), st.data())
def test_all_that_is_told_lies_in_the_text(cleaned: CleanedText, data: st.DataObject) -> None:
    recognition = data.draw(recognitions(len(cleaned.text)))
    assert all_faults(resolved(cleaned, recognition), cleaned.text) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_whole_contract_tells_much_and_all_of_it_lies_in_the_text(kind: str) -> None:
    text = write_txt(compose(kind, seed=11)).decode()
    cleaned = clean([PageText(1, text, (), None, None, "plain_text", "a sample")])
    resolution = resolved(cleaned, Recognition(()))
    kinds = {type(one) for _, one in told(resolution)}
    assert kinds >= {Fact, Party, DefinedTerm, Clause, Entity}
    assert len(resolution.contract.parties) >= 2
    assert all_faults(resolution, cleaned.text) == []


def test_the_check_sees_each_fault() -> None:
    text = "Made on 1 May 2020 by Orrinvale Foods Ltd."
    day = Fact("2020-05-01", "1 May 2020", (Evidence(1, 8, 18, (BOX,)),), 0.9, "rule:date")
    party = Party("Orrinvale Foods Ltd", "0" * 24, "organization", (), (), (Evidence(1, 22, 42, (BOX,)),), 0.9, "model")
    assert [list(faults(one, text)) for one in (day, party)] == [[], []]
    for broken, fault in (
        (dataclasses.replace(day, evidence=()), "no evidence"),
        (dataclasses.replace(day, evidence=(Evidence(1, 9, 18, (BOX,)),)), "text is not the evidence's"),
        (dataclasses.replace(day, evidence=(Evidence(1, 8, 99, (BOX,)),)), "[8, 99) is no stretch of the text"),
        (dataclasses.replace(day, evidence=(Evidence(None, 8, 18),)), "no page or boxes"),
        (dataclasses.replace(day, score=1.5), "score 1.5"),
        (dataclasses.replace(party, source="guess"), "source guess"),
        (dataclasses.replace(party, name="Basel"), "no evidence holds the name"),
    ):
        assert fault in list(faults(broken, text)), fault
