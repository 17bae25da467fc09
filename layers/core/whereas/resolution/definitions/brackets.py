"""Terms that a contract defines in passing: '(the "Company")', '(collectively, the "Products")', 'hereinafter referred to as "Seller"'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whereas.resolution.definitions.drafts import TermDraft
from whereas.resolution.definitions.quotes import Quotation
from whereas.resolution.view import View, rx

_REACH = 240
_CUE = (
    r"(?:each(?: of)?|both|either|all|any|every|one|collectively|individually|together|jointly|severally|singly|singularly|respectively|"
    r"here\s?in\s?after|hereafter|herein|also|sometimes|may|be|referred|refer|to|called|known|designated|defined|"
    r"described|identified|being|"
    r"is|are|as|the|a|an|this|these|that|such|said|and|or|and/or|in|for|collective|term|terms|which|who|shall|will|case|now|"
    r"convenience|purposes|of|agreement|hereof|hereunder|simply|party|parties|amended|amendment)"
)
_LEAD = rx(rf"[\s,:;-]{{0,40}}(?:{_CUE}\b[\s,:;-]{{0,40}}){{0,14}}")
_LONG_LEAD = rx(
    r" ?(?:collectively|together|individually|each|such|(?:any|all) such|said|"
    r"the foregoing|as (?:may be |so |the same |further )?amended|as the same|"
    r"in such|in (?:its|his|their) capacity|hereinafter)\b[^\"();]{0,220}"
    r"(?:,|\b(?:the|a|an|this|as|called|collectively|each|together|individually|being|to|or))\s{0,3}\Z|"
    r" ?(?:including|with|and|any|all|both|or|inclusive|whether|as|solely|for)\b[^\"();]{0,160},"
    r"(?: (?:the|a|an|this|collectively))?\s{0,3}\Z"
)
_NO_DEFINITION = rx(
    r"\b(?:such as|e\.g|i\.e|as (?:such |that )?(?:terms? )?(?:is |are )?defined in|within the meaning|marked|entitled|titled|labell?ed|"
    r"stating|"
    r"formerly|f/k/a|d/b/a|including the (?:words?|terms?)|for example|the words?|a so-called|under the caption|in the form of)\b"
)
_CITED = rx(
    r"\b(?:sections?|articles?|clauses?|paragraphs?|subsections?|sec\.|item|recital)(?: ?\d[\w.-]{0,12}| [A-Z]\b)(?:\([\w]{1,4}\)){0,4} ?"
    r"(?:\[[^\]]{0,60}\] ?)?\Z"
)
_CALLED = rx(
    r"(?:\b(?:here\s?in\s?after|hereafter|herein)\b(?:[,\s]{1,3}(?:individually|collectively|sometimes|also|jointly|each|together|either|"
    r"singly|simply|be|is|are|"
    r"and|or|may|shall|will|referred to|called|known|described|designated|defined|identified|styled|termed|herein|as|to as)){0,8}|"
    r"\b(?<!commonly\s)(?<!publicly\s)(?<!generally\s)(?:referred to|"
    r"(?:be|are|is) (?:collectively |individually |jointly )?(?:known|called))"
    r"(?: (?:herein|hereinafter|hereafter|below|in this agreement|individually|collectively|jointly|singularly|together|"
    r"throughout this agreement)){0,4}"
    r"(?: as)?)(?: ?,)?(?: (?:collectively|individually|either|simply))?(?: (?:the|a|an|each|this))?\s{0,2}\(?\Z"
)
_CHAINED = rx(
    r" ?,?(?: ?(?:and|or|and/or|also|individually|collectively|respectively|together|each|the|a|an|as|jointly|singularly|in the aggregate|"
    r"with|either|referred to|hereinafter|sometimes|may be|,)){0,8} ?\Z"
)
_BARE_LEAD = (
    r"(?:here\s?in\s?after|hereafter|herein|collectively|together|referred\s{1,3}to|called|known|individually|as|each|the|this|a|an|also|,)"
)
_BARE = re.compile(
    rf"\(\s{{0,2}}((?:{_BARE_LEAD}[\s,]{{1,4}}){{1,7}})"
    rf"([A-Z][\w&'-]{{0,30}}(?:\s{{1,3}}(?:of\s{{1,3}})?[A-Z0-9][\w&'-]{{0,30}}){{0,4}})\s{{0,2}}[.,]?\s{{0,2}}\)"
)
_PRONOUNS = frozenset(["we", "us", "our", "you", "your"])
_MEANT_SMALL = re.compile(r"\b(?:the|each|an?|hereinafter|hereafter|collectively|this|referred|called)\b", re.I)


def inline_definitions(view: View, quotes: Sequence[Quotation]) -> Iterator[TermDraft]:
    """Yield the terms that brackets and "hereinafter" define, in order; the work is bounded for each quotation."""
    last: tuple[Quotation, TermDraft] | None = None
    for quote in quotes:
        draft = _in_bracket(view, quote, last) or _called(view, quote, last)
        if draft:
            yield draft
            last = (quote, draft)


def bare_definitions(view: View) -> Iterator[TermDraft]:
    """Yield terms in brackets without quotation marks: "(the Company)", "(hereinafter referred to as Licensor)"."""
    for match in _BARE.finditer(view.shadow):
        lead = match.group(1)
        certain = bool(re.search(r"hereinafter|hereafter|called|referred", lead, re.I))
        if not certain and (
            lead.strip().lower() not in {"the", "collectively, the", "this"} or "__" in view.shadow[match.start() - 5 : match.start()]
        ):
            continue
        term = " ".join(view.text[match.start(2) : match.end(2)].split())
        yield TermDraft(term, *match.span(2), match.start(), match.end(), "definition-bare", 0.85 if certain else 0.7, lead)


def _open_bracket(shadow: str, position: int) -> int | None:
    depth = 0
    for at in range(position - 1, max(-1, position - _REACH), -1):
        mark = shadow[at]
        if mark == ")":
            depth += 1
        elif mark == "(":
            if not depth:
                return at
            depth -= 1
        elif mark == "\n" and shadow[at - 1 : at] == "\n":
            return None
    return None


def _in_bracket(view: View, quote: Quotation, last: tuple[Quotation, TermDraft] | None) -> TermDraft | None:
    bracket = _open_bracket(view.shadow, quote.open)
    if bracket is None or view.shadow.find(")", quote.close, quote.close + _REACH) < 0:
        return None
    lead = view.shadow[bracket + 1 : quote.open]
    if last and last[1].anchor == bracket:
        between = view.shadow[last[0].close : quote.open]
        accepted = len(between) < 160 and not _NO_DEFINITION.search(between)
        lead = between
    else:
        accepted = bool(_LEAD.fullmatch(lead) or _LONG_LEAD.fullmatch(lead)) and not _NO_DEFINITION.search(lead) and '"' not in lead
        bare = not lead.strip() and not quote.article
        if bare and _CITED.search(view.shadow[max(0, bracket - 100) : bracket]):
            return None
    lead = f"{lead} {quote.article}"
    small = quote.text == quote.text.lower() and quote.text not in _PRONOUNS
    if not accepted or (small and not _MEANT_SMALL.search(lead)):
        return None
    return TermDraft(quote.text, quote.start, quote.end, bracket, quote.close, "definition-bracket", 0.95, lead)


def _called(view: View, quote: Quotation, last: tuple[Quotation, TermDraft] | None) -> TermDraft | None:
    before = view.shadow[max(0, quote.open - 160) : quote.open]
    match = _CALLED.search(before)
    if match and not _NO_DEFINITION.search(match.group(0)):
        anchor = quote.open - len(before) + match.start()
        return TermDraft(quote.text, quote.start, quote.end, anchor, quote.close, "definition-called", 0.92, match.group(0))
    if last and last[1].rule == "definition-called" and quote.open - last[0].close < 100:
        between = view.shadow[last[0].close : quote.open]
        if _CHAINED.fullmatch(between):
            return TermDraft(
                quote.text, quote.start, quote.end, last[1].anchor, quote.close, "definition-called", 0.9, last[1].lead + between
            )
    return None
