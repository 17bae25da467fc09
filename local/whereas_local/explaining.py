"""``whereas explain``: why a fact is what it is: rule or model with version, score, evidence in its sentence, runners-up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from whereas.errors import InvalidRequestError
from whereas_local.formatting import fact_words, value_words

TABLES: Final = frozenset({"definitions", "clauses"})
"""Fields of a contract that list what the text holds, without a choice to explain."""
AROUND: Final = 90
"""Characters shown on either side of the evidence."""

Row = Mapping[str, Any]
Quote = Callable[[int, int], tuple[int, str]]
"""Gives the text of [start, end), cut to the document, and where it starts."""


def explain(record: Row, field: str | None, *, quote: Quote, console: Console) -> None:
    """Print why each value of a field is what it is.

    Args:
        record: has ``contract`` and ``lineage``, in the shapes of the public record.
        field: a field of the contract; None for all that have a value.
        quote: gives the text around evidence.
        console: where it is printed.

    Raises:
        InvalidRequestError: the contract has no such field, or it is one of ``TABLES``.
    """
    contract = record["contract"]
    explained = [name for name in contract if name not in TABLES]
    if field is not None and field not in explained:
        raise InvalidRequestError(f"there is nothing to explain of {field!r}; name one of: {', '.join(explained)}")
    for name in [field] if field else [name for name in explained if contract[name]]:
        values = contract[name] if isinstance(contract[name], list) else [contract[name]]
        if not any(values):
            console.print(f"{name}: the contract does not say, or nothing reached the score that a fact needs", markup=False)
        for value in filter(None, values):
            for line in _lines(name, value, record["lineage"], quote):
                console.print(line, soft_wrap=True)


def _lines(name: str, value: Row, lineage: Row, quote: Quote) -> Iterator[Text]:
    shown = value["name"] if "name" in value else fact_words(value)
    kind = f" ({value['kind'].replace('_', ' ')})" if value.get("kind") else ""
    yield Text.assemble((name, "bold"), ": ", shown, kind)
    code = f", code {value['code']}" if value.get("code") else ""
    if isinstance(value.get("value"), str) and (value["value"] != shown or code):
        yield Text(f"  stored as {value['value']}{code}")
    yield Text(f"  score {value['score']:.2f}: {_decided(value, lineage)}")
    if value.get("derivation"):
        yield Text(f"  derived: {value['derivation']}")
    for place in value["evidence"]:
        yield from _evidence(place, quote)
    for other in value.get("alternatives") or ():
        words = value_words(other["value"]) if other["value"] is not None else other["text"]
        yield Text(f"  runner-up {other['score']:.2f}: {words}  \u201c{' '.join(other['text'].split())}\u201d", style="dim")


def _decided(value: Row, lineage: Row) -> str:
    """Say who decided, in which version, and what the rule alone would have said."""
    rule, rules = value.get("rule") or str(value["source"]).removeprefix("rule:"), lineage["rules"]
    if value["source"] != "model":
        return f"rule {rule}, rules {rules}"
    model = lineage["model"]
    alone = f"; rule {rule} of rules {rules} alone: {value['rule_score']:.2f}" if value.get("rule_score") is not None else ""
    return f"the model raised it, {model['name']} {model['version']} ({model['sha256'][:12]}){alone}"


def _evidence(place: Row, quote: Quote) -> Iterator[Text]:
    start, text = quote(place["start"] - AROUND, place["end"] + AROUND)
    before, words, after = (re.sub(r"\s+", " ", part) for part in _cut(text, place["start"] - start, place["end"] - start))
    page = f"page {place['page']}, " if place["page"] else ""
    yield Text.assemble(f"  {page}{place['start']}\u2013{place['end']}: \u2026", before.lstrip(), (words, "bold"), after.rstrip(), "\u2026")


def _cut(text: str, start: int, end: int) -> Sequence[str]:
    return text[:start], text[start:end], text[end:]
