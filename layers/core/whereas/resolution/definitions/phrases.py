"""What a term in brackets stands for: the noun phrase before the bracket, back to where it begins.

No parser runs here. A phrase begins at the article, number or possessive before the term's own head word ("a monthly *fee* of $100 (the
"Monthly Fee")"), at the words whose initials spell the term, or, where the term shares no word with the text, at the first article
after the clause's verb. What gives no such sign has no meaning rather than a wrong one.
"""

from __future__ import annotations

import re

from whereas.resolution.definitions.endings import known_ending
from whereas.resolution.definitions.heads import head_of, spelled_at, stem
from whereas.resolution.definitions.meanings import full_stops
from whereas.resolution.definitions.words import (
    AUXILIARIES,
    BODIES,
    COMPLEMENT,
    CONJOINED,
    DETERMINERS,
    JOINS,
    NO_OPENING,
    RELATIVES,
    STOPS,
    ends_phrase,
    is_clause_verb,
)
from whereas.resolution.view import View

_WINDOW = 700
_TOKEN = re.compile(r"\([^()]{0,200}\)|\"[^\"\n]{1,80}\"|[\w$%€£'./&-]*\w[\w%'/&.)-]{0,40}|[,;:]")
_LINK = re.compile(
    r"(?:[\s,(-]|\b(?:which|is|are|and|shall|will|may|be|each|both|who|was|collectively|individually|hereinafter|or|sometimes|"
    r"being)\b){1,12}\Z",
    re.I,
)
_CONTINUES = re.compile(
    r"[\s,]{0,4}(?:unless|until|as|or\s{1,3}such|from|plus|which|that|provided|and\s{1,3}(?:continuing|ending|shall)|\Z)\b", re.I
)
_AMOUNT = re.compile(r"\d[\d,]{0,15}(?:\.\d{1,2}%|%)?|\d{1,2}(?:st|nd|rd|th)|[\d/]{6,10}")
_COLLECTIVE = re.compile(r"\b(?:collectively|together|jointly|all)\b", re.I)


def phrase_before(view: View, term: str, lead: str, anchor: int, floor: int) -> tuple[int, int] | None:
    """Return the stretch before ``anchor`` that ``term`` stands for, not before ``floor``; None where nothing tells its beginning."""
    if floor and _CONTINUES.match(view.shadow, floor, anchor):
        floor = 0
    start = max(
        floor,
        anchor - _WINDOW,
        view.shadow.rfind("\n\n", 0, anchor - 2) + 2 if "\n\n" in view.shadow[max(0, anchor - _WINDOW) : anchor] else 0,
    )
    window = view.shadow[start:anchor]
    link = _LINK.search(window[-120:])
    end = anchor - (len(link.group(0)) if link else 0)
    for stop in full_stops(view, start, end):
        start = stop
    known = known_ending(term, view.shadow[start:end])
    if known is not None:
        return start + known, end
    tokens = [(m.group(0), start + m.start()) for m in _TOKEN.finditer(view.shadow[start:end])]
    collective = bool(_COLLECTIVE.search(lead)) or (link is not None and " are" in link.group(0))
    at = _phrase_start(term, [t for t, _ in tokens], collective=collective)
    if at is None or tokens[at][1] >= end:
        return None
    at = _with_name(tokens, at)
    alone = at == len(tokens) - 1 and stem(tokens[at][0]) not in {stem(w) for w in term.split()}
    return None if alone else (tokens[at][1], end)


def _with_name(tokens: list[tuple[str, int]], at: int) -> int:
    """Go back from "a Maine corporation" to the name before the comma that it describes."""
    described = {t.lower() for t, _ in tokens[at + 1 : at + 8]} & BODIES
    if (
        not described
        or tokens[at][0].lower() not in {"a", "an"}
        or at < 2
        or tokens[at - 1][0] != ","
        or not tokens[at - 2][0][0].isupper()
    ):
        return at
    name = at - 2
    while name and (tokens[name - 1][0][0].isupper() or tokens[name - 1][0] in {",", "of", "&"}):
        name -= 1
    return name + (tokens[name][0] in {",", "of", "&"})


def _phrase_start(term: str, tokens: list[str], *, collective: bool) -> int | None:
    first = _clause_start(tokens, collective=collective)
    spelled = spelled_at(term, tokens)
    if spelled is not None:
        return spelled
    head = head_of(term, tokens, first, last=not collective)
    if head is not None:
        start = _back(tokens, head, first, frozenset(stem(w) for w in term.split()))
        if tokens[start].lower() == "other" or (tokens[start + 1 : start + 2] == ["other"] and tokens[start - 1] in JOINS):
            return _list_start(tokens, start, first)
        if not collective or tokens[start].lower() in DETERMINERS:
            return start
    at = next((i for i in range(first, len(tokens)) if _opens(tokens, i)), None)
    # "shall pay Acme a sum": the name is not what the bracket defines.
    named = (
        at is not None and at + 1 < len(tokens) and tokens[at].lower() not in DETERMINERS and tokens[at + 1].lower() in {"a", "an", "the"}
    )
    return at + 1 if at is not None and named else at


def _clause_start(tokens: list[str], *, collective: bool) -> int:
    """Index after the last verb of the clause; verbs of relative clauses ("the goods that Acme *is* selling") are passed over."""
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i].lower()
        if not collective and (token in {";", ":"} or re.fullmatch(r"\([a-z]{1,4}\)", token)):
            return i + 1
        if is_clause_verb(tokens[i]) and not _is_relative(tokens, i):
            return i + 1
    return 0


def _is_relative(tokens: list[str], verb: int) -> bool:
    """Say whether a verb stands in a relative clause ("the goods *that* Acme sells"), not behind "provided that" or "agrees that"."""
    for i in range(max(0, verb - 5), verb):
        word = tokens[i].lower()
        if word == "as" and tokens[i + 1].lower() not in {"defined", "described", "of", "a", "an"}:
            return True
        if word in RELATIVES and not (word in COMPLEMENT and i and (tokens[i - 1].lower() in CONJOINED or tokens[i - 1] == ",")):
            return True
    return False


def _back(tokens: list[str], head: int, first: int, own: frozenset[str]) -> int:
    """Walk from the head to the determiner before it; without one, to the last join or preposition. ``own`` are the term's words."""
    best = head
    segment = True
    named = tokens[head][0].isupper()
    for i in range(head - 1, max(first, head - 14) - 1, -1):
        token = tokens[i].lower()
        if token in DETERMINERS or token.endswith("'s") or _is_amount(token):
            return _determiner_run(tokens, i, first)
        if stem(token) not in own and (ends_phrase(tokens[i]) or (token in {"party", "parties"} and tokens[i + 1] == ",")):
            break
        if token in JOINS:
            segment = False
        elif tokens[i].startswith(("(", '"')):
            continue
        elif named and not tokens[i][0].isupper():
            segment = False
        elif segment:
            best = i
    return best


def _list_start(tokens: list[str], at: int, first: int) -> int:
    """Go back from "and other goods" to where the list begins."""
    best = at
    for i in range(at - 1, first - 1, -1):
        if ends_phrase(tokens[i]):
            break
        if tokens[i] not in JOINS:
            best = i
        if tokens[i].lower() in DETERMINERS and (not i or tokens[i - 1] not in JOINS):
            break
    return best


def _is_amount(token: str) -> bool:
    return token[0] in "$€£" or bool(_AMOUNT.fullmatch(token))


def _determiner_run(tokens: list[str], at: int, first: int) -> int:
    while at > first:
        before = tokens[at - 1].lower()
        if (
            before in DETERMINERS - COMPLEMENT
            or (before in COMPLEMENT and tokens[at].lower() == "certain")
            or (tokens[at].startswith("(") and tokens[at - 1][0].isdigit())
        ):
            at -= 1
        elif at - 2 >= first and tokens[at - 1].lower() == "of" and tokens[at - 2].lower() in DETERMINERS:
            at -= 2
        else:
            break
    return at


def _opens(tokens: list[str], at: int) -> bool:
    token = tokens[at]
    if " ".join(tokens[at : at + 2]).lower() in NO_OPENING or token.lower() == "either":
        return False
    if token.lower() == "that":
        return at + 1 < len(tokens) and tokens[at + 1].lower() == "certain"
    if token.lower() in DETERMINERS or _is_amount(token):
        return True
    return token[0].isupper() and token.lower() not in STOPS | AUXILIARIES | JOINS
