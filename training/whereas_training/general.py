"""General NER sets with licences that allow training, brought to the mention group of the label schema.

Read from the data folder's ``general``: GUM (https://gucorpling.org/gum, annotations CC BY 4.0, non-commercial genres left out),
Broad Twitter Corpus, WNUT-17 and WikiGold (CC BY 4.0), FIN5 (Salinas Alvarado et al. 2015, CC BY 3.0). One sentence a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from whereas_training import values
from whereas_training.labels import MENTIONS, Span, drop_overlaps

TRAIN = {"gum-train": 2, "wikigold": 2, "fin5-train": 2, "btc-train": 1, "wnut17-train": 1}
"""File and how often an epoch repeats it: tweets are far from contracts."""
DEV = "gum-dev"
# FIN5 tags the parts that parties play as persons, and their short forms as organisations.
_PARTS = frozenset(
    [
        "borrower",
        "borrowers",
        "lender",
        "lenders",
        "agent",
        "bank",
        "banks",
        "administrative",
        "executive",
        "employee",
        "company",
        "trustee",
        "guarantor",
        "guarantors",
        "holder",
        "holders",
        "seller",
        "buyer",
        "purchaser",
        "tenant",
        "landlord",
        "lessor",
        "lessee",
        "licensor",
        "licensee",
        "consultant",
        "party",
        "parties",
        "loan",
        "the",
        "issuing",
        "co-borrower",
        "issuer",
        "subsidiary",
        "parent",
        "investor",
        "customer",
        "client",
        "secured",
        "creditor",
        "debtor",
        "grantor",
        "pledgor",
        "noteholder",
        "stockholder",
        "person",
    ]
)
_KINDS = ("PERSON", "ORGANIZATION", "LOCATION", "DATE")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences as one text with its mention spans; ``contract`` says whether contract roles may occur in it."""

    text: str
    mentions: list[Span]
    contract: bool


def _entities(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    first, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and not (tag.startswith("I-") and tag[2:] == kind):
            yield first, i, kind
            kind = ""
        if tag != "O" and not kind:
            first, kind = i, tag[2:]


def _sentence_spans(tokens: list[str], tags: list[str], starts: list[int], name: str) -> list[Span]:
    spans: list[Span] = []
    for first, end, kind in _entities(tags):
        start, stop = starts[first], starts[end - 1] + len(tokens[end - 1])
        words = [t.lower() for t in tokens[first:end]]
        part = name.startswith("fin5") and all(w in _PARTS or not w.isalpha() for w in words)
        if part and kind == "PERSON":
            continue
        if part or kind not in _KINDS:
            # MISC holds laws, works, nationalities and more: any mention type or none.
            spans.append(Span(start, stop, ("ORGANIZATION",) if part else MENTIONS, outside=True))
        elif kind == "DATE":
            spans.append(
                Span(start, stop, ("DATE", "DURATION"), outside=True)
                if not any(c.isdigit() for t in words for c in t)
                else Span(start, stop, ("DATE",))
            )
        else:
            spans.append(Span(start, stop, (kind,)))
    return spans


def read_passages(path: Path, *, words: int) -> Iterator[Passage]:
    """Yield passages of about ``words`` tokens: consecutive sentences joined, tokens set apart by single spaces."""
    name = path.name
    text, spans = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        tokens, starts = row["tokens"], []
        if len(tokens) > 400:
            continue
        base = len(text) + 1 if text else 0
        text = f"{text} " if text else ""
        for token in tokens:
            starts.append(len(text))
            text += token + " "
        text = text[:-1]
        spans += _sentence_spans(tokens, row["tags"], starts, name)
        assert starts[0] == base
        if len(text.split(" ")) >= words:
            yield _passage(text, spans, name)
            text, spans = "", []
    if text:
        yield _passage(text, spans, name)


def _passage(text: str, spans: list[Span], name: str) -> Passage:
    gold_dates = "gum" in name
    by_form = [s for s in values.values(text) if not (gold_dates and s.types == ("DATE",))]
    return Passage(text, drop_overlaps([*spans, *by_form]), contract=name.startswith("fin5"))
