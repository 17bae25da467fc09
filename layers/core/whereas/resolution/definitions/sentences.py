"""Terms that a sentence defines: '"Affiliate" means …', 'Net Sales shall mean …', and in lists of definitions 'Affiliate: any …'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whereas.resolution.definitions.drafts import TermDraft
from whereas.resolution.definitions.quotes import Quotation
from whereas.resolution.forms.windows import find_at, find_in, windows
from whereas.resolution.view import View, rx

_MEANS = (
    r"(?:mean and include|means? and includes?|means? and refers? to|means?|includes?|refers? to|denotes?|signif(?:y|ies)|"
    r"(?:is|are|be) (?:hereby )?(?:defined(?: (?:as|to (?:mean|refer to|include|be)))?|"
    r"(?:deemed|understood|construed) (?:as|to (?:mean|refer to|include|be)))|"
    r"(?:is|be) (?=deemed to have occurred)|"
    r"(?=ha(?:s|ve) (?:(?:the|an?) )?(?:same |respective |corresponding |correlative )?meanings?\b)ha(?:s|ve)|"
    r"(?=be (?:as )?(?:set forth|defined|specified))be)"
)
_AUX = r"(?:(?:as used (?:in|herein)[^\".;]{0,60}?,? )?(?:shall|will|must|may) (?:also |each |only )?|also |each |collectively )?"
_ASIDE = r"(?:\([^()\"]{0,120}\) ?|\([^()]{0,160}\) ?)?"
_INSERT = (
    r"(?:,? ?(?:as used|when used|where used|with respect to|as to|in relation to|for (?:the )?purposes? of|in respect of|"
    r"as applied to|at any|as (?:that|such) term|for (?:an?|any|each|the)|in (?:an?|any|the))[^\".;:]{1,140}?,? )?"
)
_VERB = rx(rf" ?,? ?{_ASIDE}{_INSERT}(?:,? )?{_AUX}(?:{_MEANS})\b(?:[:,-])? ?")
_IS = rx(r" ?(?:shall be|is|are) (?=(?:\([A-Za-z]\) )?(?:the|a|an|any|all|each|those|such|that)\b|\w{3,9} \d{1,2},)")
_COLON = rx(r" ?(?::|--?(?= ))[-:\s]{0,3}(?=\S)")
_REFERENCE = rx(
    r"(?:be )?(?:the |as )?(?:(?:same |respective )?meanings? |defined |as )?(?:as )?(?:is |are )?"
    r"(?:set forth|given|ascribed|assigned|specified|provided|described|set out|defined|stated)\b"
)
_OR = re.compile(r"\s{0,3},?\s{0,3}(?:and/or|or|and)?\s{0,3}(?:the\s{1,3}|an?\s{1,3})?")
_LABEL = re.compile(
    r"(?:(?:^|(?<=\s))(?:\([A-Za-z0-9]{1,5}\)|\d{1,3}[.)]|[A-Za-z]\)|[A-Z]\.|[ivx]{1,5}[.)]|\d{1,3}(?:\.\d{1,3}){1,4}\.?|[-*•·o])\s{1,6})?"
    r"(?:(?:[Tt]he|[Aa]s\s{1,3}used\s{1,3}herein,\s{1,3}the)\s{1,3}terms?\s{1,3}|(?:An?|The)\s{1,3})?\Z"
)
_LINE = re.compile(r"(?:\A|\n|[.;]\s{1,3})[^\S\n]{0,8}\Z")
_STOPS = frozenset([
    "herein", "hereof", "hereto", "hereby", "hereunder", "hereinafter", "including", "include", "includes", "or", "and", "will",
    "shall", "may", "must", "any", "all", "it", "he", "she", "his", "her", "their", "they", "person's", "without-limitation",
    "section", "sections", "article", "exhibit", "i", "me", "mine", "you", "your", "we", "us", "our", "writing", "written",
    "or/and", "days", "day", "will/shall", "thereof",
])  # fmt: skip
_NAME = r"[A-Z][\w/&'-]{0,30}(?:\s(?:[A-Z(][\w/&'()-]{0,30}|of|and|or|the|for|in|to|on|&)){0,7}"
_UNQUOTED = re.compile(
    rf"(?:^[^\S\n]{{0,6}}(?:\(?[A-Za-z0-9]{{1,4}}[.)]{{1,2}}\s{{1,4}}|\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}\.?\s{{1,4}}|[•·*]\s{{0,3}})?"
    rf"(?:[A-Z][^\n.:\"]{{0,60}}?(?:\s-|[.:])\s{{1,3}})?|\b[Tt]he\s{{1,3}}terms?\s{{1,3}})(?:The\s|An?\s)?({_NAME})"
    r",?\s{1,3}(?=(?:shall\s{1,3}|will\s{1,3})?(?:means?\b|ha(?:s|ve)\s{1,3}the\s{1,3}meaning))",
    re.M,
)
_MEANING = re.compile("mean(?:s|ing)?")
_LONGEST_OPENING = 450
"""Characters of label, heading and name before the verb, rounded up."""
_LISTED = re.compile(
    rf"^[^\S\n]{{0,6}}(?:\(?[a-z0-9]{{1,4}}[.)]{{1,2}}\s{{1,4}}|\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}\.?\s{{1,4}})?"
    rf"({_NAME})(?=:\s{{1,3}}(?:[a-z(]|[AT]))",
    re.M,
)
_NO_NAME = frozenset([
    "this", "such", "any", "each", "it", "that", "if", "in", "these", "those", "no", "one", "what", "which", "for", "all",
    "references", "reference",
])  # fmt: skip


def sentence_definitions(view: View, quotes: Sequence[Quotation]) -> Iterator[TermDraft]:
    """Yield quoted terms with a defining verb behind them; '"A" or "B" means' defines both. Where the meaning ends is left open."""
    pending: list[Quotation] = []
    for quote in quotes:
        if pending and not _OR.fullmatch(view.shadow, pending[-1].close, quote.open):
            pending = []
        pending.append(quote)
        verb = _VERB.match(view.shadow, quote.close, quote.close + 420)
        first = view.shadow[max(0, pending[0].open - 60) : pending[0].open]
        opens = bool(_LINE.search(first[: len(first) - len(_label(first))]))
        score = 0.95
        if not verb and opens:
            verb, score = _IS.match(view.shadow, quote.close) or _COLON.match(view.shadow, quote.close), 0.8
        if not verb or (quote.text.lower() in _STOPS and not quote.text.isupper()) or re.search(r"\bwords?\s{1,3}\Z", first):
            continue
        anchor = pending[0].open - len(_label(view.shadow[max(0, pending[0].open - 60) : pending[0].open]))
        for named in pending:
            yield _draft(view, named, anchor, verb.end(), score, "definition-means")
        pending = []


def _draft(view: View, quote: Quotation, anchor: int, start: int, score: float, rule: str) -> TermDraft:
    reference = bool(_REFERENCE.match(view.shadow, start))
    return TermDraft(quote.text, quote.start, quote.end, anchor, start, rule, score, quote.article, (start, start), by_reference=reference)


def _label(before: str) -> str:
    match = _LABEL.search(before)
    return match.group(0) if match else ""


def unquoted_definitions(view: View) -> Iterator[TermDraft]:
    """Yield capitalised terms without marks: "Net Sales means …" in a paragraph of its own, "Affiliate: any …" among definitions."""
    for match in find_in(view, _UNQUOTED, _before_meanings(view), sorted([*view.line_starts, *view.word_starts("the")])):
        verb = _VERB.match(view.shadow, match.end(1))
        if verb:
            yield from _unquoted(view, match, verb.end(), "definition-unquoted", 0.85)
    for section in view.sections:
        if "definition" in (section.heading or "").lower():
            for match in _LISTED.finditer(view.shadow, section.start, section.end):
                verb = _VERB.match(view.shadow, match.end(1) + 1)
                yield from _unquoted(view, match, verb.end() if verb else match.end(1) + 2, "definition-list", 0.75)


def _before_meanings(view: View) -> list[tuple[int, int]]:
    """Return the stretches before "means" and "has the meaning" in which an unquoted definition begins."""
    return windows(view, find_at(view, _MEANING, view.word_starts("mean")), before=_LONGEST_OPENING, after=2)


def _unquoted(view: View, match: re.Match[str], start: int, rule: str, score: float) -> Iterator[TermDraft]:
    words = match.group(1).split()
    if words[0].lower() in _NO_NAME or words[-1].lower() in {"of", "and", "or", "the", "for", "in", "to", "on"}:
        return
    if " ".join(words).lower() in _STOPS:
        return
    quote = Quotation(" ".join(view.text[match.start(1) : match.end(1)].split()), *match.span(1), *match.span(1))
    yield _draft(view, quote, match.start(), start, score, rule)
