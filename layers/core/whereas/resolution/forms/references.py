"""References to parts of this or another contract: "Section 4.2(a)", "Clauses 3 and 4", "Exhibit A", "paragraph (b)".

The number and heading of the part itself, a table of contents and sections of a law are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.windows import find_from
from whereas.resolution.view import View, rx

_SUB = r"(?: ?\((?:[a-zA-Z]{1,2}|[ivx]{1,5}|\d{1,2})\)){0,5}"
_NUMBER = rf"\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}(?:(?:\.?[a-z]|\.[A-Z])(?![\w'])(?:\.\d{{1,2}}(?!\d))?)?(?:\.(?=\())?{_SUB}"
_LETTER = rf"(?:AA|BB|CC|DD|EE|[A-Z])(?:-\d{{1,2}})?(?:\.\d{{1,2}})?(?![\w']){_SUB}|[IVXL]{{1,6}}(?:-[A-Z0-9]{{1,2}})?(?![\w']){_SUB}"
_BRACKETED = r"\((?:[a-zA-Z]{1,2}|[ivx]{1,5}|\d{1,2})\)(?:\((?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)){0,3}"
_KIND: Final = (
    r"(?i:(?:Sub-?)?Sections?|(?:Sub-?)?Clauses?|Articles?|(?:Sub-?)?Paragraphs?|Schedules?|Exhibits?|Appendix|Appendices|"
    r"Annex(?:es|ure|ures)?|Attachments?|Recitals?|(?:Sub-?)?Parts?|(?-i:items?)(?=\s{1,6}\d{1,2}(?!\d)))"
)
_KIND_STEMS: Final = (
    "section", "clause", "article", "paragraph", "sub", "schedule", "exhibit", "appendi", "annex", "attachment", "recital", "part", "item",
)  # fmt: skip
_JOIN = r"(?:, | (?:and|or|to|through|and/or|&|and through) |, (?:and|or|and/or) |\s?-\s?)"
_END = r"(?![\dA-Za-z]|,\d{3}|\.\d| ?(?:days|months|years|hours|percent|%|business|\(\d{2}))"
_REFERENCE = rx(
    rf"\b{_KIND}(?:\s{{1,40}}|-)(?:\"(?:[A-Z]{{1,2}}(?:-\d{{1,2}})?|\d{{1,2}}|[IVX]{{1,4}})[,.]?\"|"
    rf"(?:{_NUMBER}|{_BRACKETED}){_END}(?:{_JOIN}{_NUMBER}{_END}|(?<=[a-hj-u]\)){_JOIN}\([a-hj-uw]\)|(?<=h\)){_JOIN}\(i\)|(?<=[A-U]\)){_JOIN}\([A-U]\)|"
    rf"(?<=\d\)){_JOIN}\(\d{{1,2}}\)|"
    rf"(?<=[ivx]\)){_JOIN}\([ivx]{{1,5}}\)){{0,12}}|"
    rf"(?:{_LETTER})(?:{_JOIN}(?:(?:AA|BB|CC|DD|EE|[A-Z])(?:-\d{{1,2}})?|[IVXL]{{1,6}})(?![\w'.])){{0,6}})",
    0,
)
_BARE = rx(
    r"\b(?:provisions of|set forth in|stated in|described in|provided (?:for )?in|defined in|pursuant to|accordance with|subject to) "
    r"(\d{1,2}(?:\.\d{1,2}){1,3}(?:\([a-z0-9]{1,3}\)){0,3}|\d{1,2}\([a-z]\)(?:\([ivx\d]{1,4}\))?)(?=\s{0,3}[,;)]|\.\s| (?!million|"
    r"billion|percent|per|shares|days|months|years|hours|miles|acres)[a-z])"
)
_BARE_STEMS: Final = ("provisions", "set", "stated", "described", "provided", "defined", "pursuant", "accordance", "subject")
_IN_LAW = rx(
    r"(?:, (?:et seq\.?,? )?| )(?:of|under|to) (?:(?:the|Title \d{1,2} of the|Chapter \d{1,4} of the) )?"
    r"(?:(?!Agreement|Contract|Lease|Plan|Exhibit|Schedule|Article)(?:[A-Z]|\d{4})[\w.&'-]{0,24},? (?:(?:and|of|for|to|in|"
    r"on) (?:the )?)?){0,8}"
    r"(?:Act|ACT|Code|CODE|Law|ERISA|HIPAA|GDPR|Regulations?|Statutes?|Ordinance|Rules|Convention|C\.F\.R|U\.S\.C)\b",
    0,
)
_LAW_BEFORE = re.compile(
    r"(?:\b(?:Regulations?|Code|Act|Statutes?|Ordinance|Rules?|CFR|USC)|Regs?\.|C\.F\.R\.|U\.S\.C\.|Code\sAnn\.),?\s{1,3}\Z"
)
_LAW_PARTS: Final = re.compile(r"(?i:sub)?(?i:section|article|paragraph|clause)")
_CUED = re.compile(
    r"in|of|to|under|this|the|by|with|and|or|see|from|per|on|as|at|that|such|each|between|any|through|hereto|than|for|within|"
    r"either|both|pursuant|attached|following|into|contained|a|an|its"
)
_WORD_BEFORE = re.compile(r"([A-Za-z][\w'-]{0,30})[ \t\n]{1,40}\Z")
_OPENS_LINE = re.compile(r"(?:\A|\n)[ \t]{0,60}\Z")
_OPENS_BLOCK = re.compile(r"(?:\A|\n[ \t]{0,60}\n)[ \t]{0,60}\Z")
_TITLE_AFTER = re.compile(
    r"(?:-\d{1,3})?[.:]?[ \t]{0,80}(?:\n|\Z)|[.:]?\s{1,60}(?:[-:]\s{0,3})?[\"\[]{0,2}(?=[A-Z])|"
    r"\s{0,8}[-:]{1,2}\s{0,8}[\"\[]?[A-Z\[]|[.:]?\s{0,3}\.{3}|[.:]?\s{1,60}\d{1,2}\.\d"
)
_BLOCK_AFTER = re.compile(r"[.:]?[ \t]{0,80}(?:\n|\Z)|[.:]?\s{1,60}[^a-z,;()\s]|\s?[-:]")
_LISTS = re.compile(r"(?i:page|contents|exhibits|schedules|appendices|index)")
_WIDE_BEFORE = re.compile(r"[ \n]{6}\Z")
_WIDE_AFTER = re.compile(r"[ \n]{6,80}[A-Z]")
_DASHED = re.compile(r"\s{1,8}-{1,2}\s{0,8}[\"\[]?[A-Z\[]")


def _is_heading(view: View, start: int, end: int) -> bool:
    """Say whether [start, end) heads the part itself, or stands in a table of contents, rather than referring to it."""
    floor = max(0, start - 70)
    before = view.shadow[floor:start]
    if _OPENS_BLOCK.search(before):
        return bool(_BLOCK_AFTER.match(view.shadow, end))
    if not _TITLE_AFTER.match(view.shadow, end):
        return False
    stripped = before.rstrip()
    last = stripped[-1:]
    word = _WORD_BEFORE.search(before)
    if (word and _LISTS.fullmatch(word.group(1))) or (_WIDE_BEFORE.search(before) and _WIDE_AFTER.match(view.shadow, end)):
        return True
    cued = last in {",", "("} or (word is not None and _CUED.fullmatch(word.group(1).lower()) is not None)
    if cued:
        return False
    if _OPENS_LINE.search(before):
        return not last.islower()
    if _DASHED.match(view.shadow, end):
        return True
    if view.shadow[end : end + 1] == ":":
        return False
    if last in '.;:])"' or last.isdigit():
        return True
    # "WARRANTIES Section 3.1 The Seller": between words only a kind in another case than the words before tells a heading.
    shouted = view.shadow[start : start + 2].isupper()
    return word is not None and len(word.group(1)) > 1 and word.group(1).isupper() and not shouted and view.shadow[end : end + 1] != "."


def _in_law(view: View, match: re.Match[str]) -> bool:
    """Say whether the part referred to is a law's ("Section 22 of the 1940 Act")."""
    return bool(_LAW_PARTS.match(match.group(0))) and bool(
        _IN_LAW.match(view.shadow, match.end()) or _LAW_BEFORE.search(view.shadow, max(0, match.start() - 24), match.start())
    )


def find_references(view: View) -> Iterator[Candidate]:
    """Yield the references to clauses and papers; ``value`` is the reference on one line."""
    headed = {section.start for section in view.sections}
    for match in find_from(view, _REFERENCE, *_KIND_STEMS):
        if match.start() not in headed and not _is_heading(view, *match.span()) and not _in_law(view, match):
            yield Candidate("CLAUSE_REF", *match.span(), " ".join(match.group(0).split()), "clause-ref", 0.95)
    for match in find_from(view, _BARE, *_BARE_STEMS):
        yield Candidate("CLAUSE_REF", *match.span(1), " ".join(match.group(1).split()), "clause-number", 0.8)
