"""Small words by which a noun phrase is told from what stands around it; no parser runs here."""

from __future__ import annotations

DETERMINERS = frozenset([
    "the", "a", "an", "any", "all", "each", "every", "both", "such", "this", "these", "those", "that", "its", "their", "his",
    "her", "our", "your", "certain", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "no",
    "another", "either", "other", "some",
])  # fmt: skip
AUXILIARIES = frozenset([
    "shall", "will", "may", "must", "is", "are", "was", "were", "has", "have", "had", "can", "agrees", "agree", "hereby",
    "desires", "wishes", "desire", "wish", "means", "do", "does", "did", "cannot", "should", "would", "acknowledges",
    "undertakes", "intends", "wants", "whereas",
])  # fmt: skip
RELATIVES = frozenset(["that", "which", "who", "whom", "whose", "where", "when"])
STOPS = frozenset([
    "of", "in", "on", "at", "by", "for", "from", "with", "to", "under", "into", "upon", "within", "between", "among", "pursuant",
    "per", "via", "as", "than", "through", "during", "after", "before", "until", "about", "regarding", "concerning", "including",
    "without", "limitation", "if", "unless", "because", "when", "where", "while", "which", "who", "whom", "whose", "that", "not",
    "only", "also",
])  # fmt: skip
VERBS = frozenset([
    "pay", "provide", "receive", "grant", "sell", "purchase", "deliver", "establish", "enter", "execute", "make", "include",
    "maintain", "submit", "furnish", "obtain", "use", "perform", "issue", "give", "create", "develop", "hold", "own", "operate",
    "supply", "accept", "appoint", "cause", "ensure", "require", "appear", "disclose", "conduct", "offer", "buy", "indemnify",
    "defend", "negotiate", "acquire", "form", "retain", "constitute",
])  # fmt: skip
"""Verbs of contracts that stand before what they act on."""
JOINS = frozenset([",", "and", "or", "and/or"])
COMPLEMENT = frozenset(["that"])
"""Opens a relative clause, or what somebody agrees to."""
CONJOINED = frozenset([
    "provided", "agree", "agrees", "acknowledge", "acknowledges", "ensure", "represents", "warrants", "understands", "except",
    "so", "event", "extent", "understood", "agreed", "and",
])  # fmt: skip
"""Words before "that" which make it no relative clause."""
NO_OPENING = frozenset(
    [
        "the extent",
        "the event",
        "the case",
        "the purpose",
        "the purposes",
        "the following",
        "such as",
        "the owner",
        "a condition",
    ]
)
"""What begins with an article and is no noun phrase."""

BODIES = frozenset([
    "corporation", "company", "partnership", "trust", "association", "bank", "organization", "entity", "society", "institution", "agency",
    "firm", "university", "foundation", "individual",
])  # fmt: skip
"""What an organisation is called behind its name: "Acme, Inc., a Maine corporation"."""


def is_clause_verb(word: str) -> bool:
    """Say whether a word is the verb of a clause: "shall", "WILL", "grants"; "May" is a month."""
    small = word.lower()
    return word != "May" and (small in AUXILIARIES or (word == small and small[-1] == "s" and small[:-1] in VERBS))


def ends_phrase(word: str) -> bool:
    """Say whether a word stands before a noun phrase and not in it; "Purchase" with a capital is part of a name."""
    small = word.lower()
    return small in STOPS | AUXILIARIES or small in {";", ":"} or (word == small and (small in VERBS or small.removesuffix("s") in VERBS))
