"""The rows of the console's account that tell a contract's parties and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from whereas_local.formatting import fact_words, type_name
from whereas_local.particulars import AMOUNT_KINDS, amounts_by_kind, venue_words

_ROWS = (
    ("agreement_date", "Agreed"),
    ("effective_date", "Effective"),
    ("expiration_date", "Expires"),
    ("term", "Term"),
    ("renewal_term", "Renews for"),
    ("renewal_notice_period", "Notice"),
    ("notice_deadline", "Notice by"),
)
_AMOUNTS_SHOWN = 6


def _party_text(party: Mapping[str, Any], room: int) -> Text:
    """Return the party's lines; its form and place of organization are told where they do not make the first line wrap."""
    text = Text(party["name"], style="bold")
    if party.get("roles"):
        text.append(f"  {', '.join(party['roles'])}", style="cyan")
    if party.get("aliases"):
        text.append("  called " + ", ".join(f"“{alias}”" for alias in party["aliases"]), style="dim")
    form = party.get("legal_form") or ""
    described = ", ".join(filter(None, ("" if form in party["name"] else form, fact_words(party.get("organized_in")))))
    if described and text.cell_len + cell_len(described) + 4 <= room:
        text.append(f"  ({described})", style="dim")
    for words, key in (("formerly", "former_names"), ("trading as", "trade_names")):
        if party.get(key):
            text.append(f"\n  {words} {', '.join(party[key])}", style="dim")
    for person in party.get("signatories") or []:
        text.append(f"\n  signed by {person['name']}" + (f", {person['title']}" if person.get("title") else ""), style="dim")
    return text


def _amounts_text(contract: Mapping[str, Any]) -> Text:
    """Return some amounts of telling kinds, two of a kind at most; empty where there are none."""
    kinds = amounts_by_kind(contract)
    told: list[tuple[str, list[str]]] = []
    left = _AMOUNTS_SHOWN
    for kind, facts in kinds:
        if kind in AMOUNT_KINDS and left:
            words = _best_words(facts, min(2, left))
            told.append((kind, words))
            left -= len(words)
    text = Text("; ").join(Text.assemble((type_name(kind).lower() + " ", "dim"), " and ".join(words)) for kind, words in told)
    more = sum(len(facts) for _, facts in kinds) - (_AMOUNTS_SHOWN - left)
    return text.append(f"; {more} more", style="dim") if told and more else text


def _best_words(facts: Sequence[Mapping[str, Any]], number: int) -> list[str]:
    """Return the likeliest amounts in words; shares and quantities only of a kind that has no money."""
    money = [fact for fact in facts if isinstance(fact.get("value"), Mapping) and fact["value"].get("currency")]
    return [fact_words(fact) for fact in sorted(money or facts, key=lambda fact: -fact["score"])[:number]]


def _related_text(related: Sequence[Mapping[str, Any]], room: int) -> Text:
    """Return as many related names as one line holds, and how many are left."""
    named = [f"{item['name']} ({item['relation']})" for item in related]
    shown = len(named)
    while shown > 1 and cell_len(_listed(named, shown)) > room:
        shown -= 1
    text = Text(_listed(named, shown))
    text.truncate(room, overflow="ellipsis")
    return text


def _listed(names: Sequence[str], shown: int) -> str:
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if shown < len(names) else "")


def _fact_text(fact: Mapping[str, Any]) -> Text:
    return _scored(fact_words(fact), fact)


def _scored(words: str, fact: Mapping[str, Any]) -> Text:
    text = Text(words)
    if fact.get("derivation"):
        text.append(f"  ({fact['derivation']})", style="dim")
    text.append(f"  {fact['score']:.2f}", style="green" if fact["score"] >= 0.8 else "yellow")
    return text


def contract_rows(contract: Mapping[str, Any], room: int) -> Iterator[tuple[str, RenderableType]]:
    """Yield (label, what is known) for the parties and facts of a contract, then what was not found.

    Args:
        contract: the record's contract; fields that an older schema lacks are left out.
        room: columns that a line has; what may be left out is, rather than wrapped.
    """
    parties = contract.get("parties") or []
    for index, party in enumerate(parties):
        yield "Parties" if not index else "", _party_text(party, room)
    if not parties:
        yield "Parties", Text("none found", style="dim")
    if contract.get("related"):
        yield "Related", _related_text(contract["related"], room)
    for key, label in _ROWS:
        if contract.get(key):
            yield label, _fact_text(contract[key])
    if contract.get("auto_renewal"):
        yield "Auto-renewal", _fact_text(contract["auto_renewal"])
    laws = contract.get("governing_law") or []
    for index, law in enumerate(laws):
        yield "Governing law" if not index else "", _fact_text(law)
    if contract.get("venue"):
        yield "Venue", _scored(venue_words(contract["venue"][0]), contract["venue"][0])
    if amounts := _amounts_text(contract):
        yield "Amounts", amounts
    missing = [label for key, label in _ROWS if not contract.get(key)] + ([] if laws else ["Governing law"])
    if missing:
        yield "Not found", Text(", ".join(missing).lower(), style="dim")
