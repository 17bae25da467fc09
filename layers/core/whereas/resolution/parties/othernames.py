"""Other names of a party beside its own: what it was called before, and under which name it trades.

"Successor in interest to Elm Inc." names another body, whose rights the party has: that is no former name. "Also known as" counts as a
trade name: the contract uses it now. "Now known as" says that the party's own name is the old one, and gives neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whereas.resolution.parties.namespans import name_ends
from whereas.resolution.parties.proposals import acceptable
from whereas.resolution.view import View, rx

_FORMER = rx(
    r"(?:(?<!\w)f ?/ ?k ?/ ?a\b|(?<!\w)fka\b|\bf\.k\.a\.|"
    r"\b(?:formerly|previously|heretofore)(?: known as| called| named| doing business as|,)?"
    r"|\bformer name:?) ?[\"']?(?:the )?"
)
_TRADE = rx(
    r"(?:(?<!\w)d ?/ ?b ?/ ?a\b/?|(?<!\w)dba\b|\bd\.b\.a\.|(?<!\w)t/a\b|(?<!\w)a ?/ ?k ?/ ?a\b|(?<!\w)aka\b|\balso known as|"
    r"\b(?:doing|conducting|carrying on|transacting)(?: its)? business (?:as|under the (?:\w+ )?name(?: and style)?(?: of)?)|"
    r"\btrading as|\boperating (?:as|under the (?:trade )?name(?: of)?)) ?[:,]? ?[\"']?(?:the )?"
)
_QUOTE = re.compile(r"[\"']")
_BRACKETED = re.compile(r"([a-z][\w.&' -]{1,40}?)\s{0,2}\)")
_PLACED = re.compile(r"\s{1,3}of\s{1,3}(?=\d)")
_FOREIGN = rx(r"\b(?:subsidiar(?:y|ies)|division|affiliates?) of\b|\bowned by\b|\bwhose (?:general|managing)\b|\bsuccessor\b|;|\n\n")
_SENTENCE = re.compile(r"\.\s{1,4}[A-Z]")


@dataclass(frozen=True, slots=True)
class OtherName:
    """A former or trade name and where it stands."""

    name: str
    start: int
    end: int
    former: bool


def other_names(view: View, start: int, limit: int) -> list[OtherName]:
    """Return the former and trade names in [start, limit), the stretch that speaks of one party, in text order."""
    found: list[OtherName] = []
    cues = [(m, p is _FORMER) for p in (_FORMER, _TRADE) for m in p.finditer(view.shadow, start, limit)]
    for match, former in sorted(cues, key=lambda c: c[0].start()):
        gap = view.shadow[start : match.start()]
        if _FOREIGN.search(gap) or (_SENTENCE.search(gap) and not found and len(gap) > 60):
            break
        span = _named(view, match.end(), limit)
        if span and all(span[0] >= o.end for o in found):
            found.append(OtherName(" ".join(view.text[span[0] : span[1]].split()), *span, former))
    return found


def _named(view: View, at: int, limit: int) -> tuple[int, int] | None:
    """Return the name that begins at ``at``: to the closing quote where one opened before it, else as far as names go."""
    quote = _QUOTE.match(view.shadow, at - 1) if at else None
    if quote:
        close = view.shadow.find(quote.group(0), at, min(limit, at + 90))
        if close > at:
            end = at + len(view.shadow[at:close].rstrip(" ,."))
            return (at, end) if end > at and view.shadow[at].isalnum() else None
    ends = name_ends(view, at, min(limit, at + 120))
    end = max(ends, default=at)
    bracketed = _BRACKETED.match(view.shadow, at, limit)
    if end == at and bracketed:
        return bracketed.span(1)  # "(dba newkleus)": a brand in small letters is a name where the bracket bounds it
    placed = _PLACED.search(view.shadow, at, end)
    end = placed.start() if placed else end
    return (at, end) if end > at and acceptable(view.shadow[at:end]) else None
