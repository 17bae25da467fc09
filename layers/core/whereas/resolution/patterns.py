"""Mentions that follow from their form alone: addresses on the net and on paper, references, identifiers, laws, definitions.

Every repetition is bounded, so that the work is linear in the length of the text. RULES_VERSION is part of a record's
lineage: raise it with every change of any rule in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.dates import find_dates
from whereas.resolution.durations import find_durations
from whereas.resolution.money import find_money, find_percentages, find_quantities
from whereas.resolution.view import View, rx

RULES_VERSION: Final = "1.1.0"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@-])")
_URL = re.compile(
    r"(?<![\w@/.])(?:(?:https?|ftp)://[^\s<>\"'()]{3,300}|(?:www\.)(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?:/[^\s<>\"'()]{0,200})?)",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w.$/-])(?:\+\d{1,3}[\s.-]{0,2}(?:\(\d{1,4}\)[\s.-]{0,2})?\d{1,4}(?:[\s.-]{1,2}\d{2,4}){1,4}"
    r"|\(\d{3}\)[\s.-]{0,2}\d{3}[\s.-]{1,2}\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\d/-])"
)
_CLAUSE = rx(
    r"\b(?:Sections?|Clauses?|Articles?|Paragraphs?|Sub-?sections?|Schedules?|Exhibits?|Appendix|Appendices|Annex(?:es)?|Attachments?|"
    r"Recitals?) (\d{1,3}(?:\.\d{1,3}){0,4}(?:\([a-z0-9]{1,5}\)){0,4}|[A-Z](?:-\d{1,2})?(?:\.\d{1,2})?(?![\w'])|"
    r"[IVXL]{1,6}(?![\w'])|\([a-z0-9]{1,4}\))"
    r"(?:(?:, | (?:and|or|to|through) |, (?:and|or) )(?:\d{1,3}(?:\.\d{1,3}){0,4}(?:\([a-z0-9]{1,5}\)){0,4})(?! ?(?:days|"
    r"months|years|percent|%))){0,4}",
    0,
)
_LINE_START = re.compile(r"(?:\A|\n)[ \t]{0,7}\Z")
_LINE_END = re.compile(r"(?:-\d{1,3})?[.:]?[ \t]{0,8}(?:\n|\Z)")
_USC = rx(
    r"\b\d{1,2} (?:U\. ?S\. ?C\.?(?:A\.)?|USC|C\. ?F\. ?R\.?|CFR)(?: (?:§{1,2}|Sections?|Parts?|Section))? "
    r"?\d{1,5}[\w.-]{0,12}(?:\([a-z0-9]{1,4}\)){0,4}",
    0,
)
_ACT = re.compile(
    r"\b(?:(?:U\.S\.|United\s{1,3}States|Federal|Uniform|National|California|Delaware|New\s{1,3}York|Texas|English)\s{1,3})?"
    r"(?:[A-Z][A-Za-z'-]{1,24}(?:,?\s{1,3}(?:and|of|for|in|to|on|against|&)(?:\s{1,3}the)?){0,2},?\s{1,3}){1,8}"
    r"(?:Act|Code|Statute|Regulations?|Directive|Ordinance|Treaty|Convention|Rules)\b(?:\s{1,3}of\s{1,3}(?:\d{4}|"
    r"[A-Z][a-z]{2,12}\s{1,3}\d{1,2},?\s{1,3}\d{4})|,?\s{1,2}\d{4})?"
)
_NOT_AN_ACT = re.compile(r"^(?:This|That|The|Any|Each|Such|All|No|An?|Under|If|In|By|Section|Sections|Article)\s", re.I)
_ID_CONTEXT = rx(
    r"\b(?:EIN|FEIN|Tax (?:ID|Identification)(?: (?:No|Number))?|Taxpayer I\.?D\.?|(?:Company|Corporate|Corporation|"
    r"Registration|Registered|"
    r"Contract|Agreement|Account|Invoice|Policy|Licen[sc]e|Patent|Serial|Reference|File|Purchase Order|P\.?O\.?|VAT|ABN|ACN|"
    r"CIN|NDA|D-U-N-S|DUNS|CUSIP|ISIN|SWIFT|"
    r"IBAN|Routing|ABA)(?: (?:Registration|ID|Identification|Control))?)\s{0,2}(?:No|Nos|Number|Num|#|Code)?\.?\s{0,2}[:#]?\s{0,3}"
    r"((?=[A-Z0-9./-]{0,24}\d)[A-Z0-9][A-Z0-9./-]{3,24})(?![\w])"
)
_DEFINED = re.compile(r"\"([A-Za-z0-9][^\"\n]{0,78}?)[,.]?\"")
_DEFINING_BEFORE = re.compile(
    r"\((?:[^()\"]{0,80}[\s,])?\Z|(?:hereinafter|hereafter|herein|the\s{1,3}term|referred\s{1,3}to\s{1,3}as|called|"
    r"known\s{1,3}as|defined\s{1,3}as|as|collectively|individually|or|and)\s{0,3}"
    r"(?:the\s{1,3}|a\s{1,3}|an\s{1,3})?\Z",
    re.I,
)
_DEFINING_AFTER = re.compile(
    r"\s{0,3}(?:\)|,?\s{0,2}(?:shall\s{1,3}|will\s{1,3})?(?:means?|includes?|refers?|has\s{1,3}the\s{1,3}meaning|"
    r"have\s{1,3}the\s{1,3}meaning)\b)",
    re.I,
)
_STREET = (
    r"(?:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Dr\.|Lane|Ln\.|Way|Court|Ct\.|Place|Pl\.|Parkway|Pkwy\.?|"
    r"Highway|Hwy\.?|"
    r"Square|Plaza|Circle|Terrace|Trail|View|Row|Walk|Ropewalk|Gate|Hill|Quay|Wharf|Close|Gardens|Green|Mews|Embankment|Turnpike|Pike|Loop|Broadway|Crescent|Center|Centre|Park|Route)"
)
_ADDRESS = re.compile(
    rf"(?<![\w$.,])(?:\d{{1,6}}[A-Z]?(?:-\d{{1,5}})?\s{{1,3}}(?:(?:[NSEW]\.?|North|South|East|West|Northeast|Northwest|"
    rf"Southeast|Southwest|N\.?[EW]\.?|S\.?[EW]\.?)\s{{1,2}})?"
    rf"(?:[A-Z0-9][\w.'-]{{0,20}}\s{{1,3}}){{0,5}}?{_STREET}(?:\s{{1,2}}(?:[NSEW]\.?[EW]?\.?|North|South|East|West))?(?![\w])"
    r"|P\.?\s?O\.?\s{0,2}Box\s{1,3}\d{1,7})"
    r"(?:[,\s]{1,4}(?:Suite|Ste\.?|Floor|Fl\.?|Unit|Room|Building|Bldg\.?|Apt\.?|\#)\s{0,2}[\w-]{1,8}|[,\s]{1,4}\d{1,3}(?:st|"
    r"nd|rd|th)\s{1,2}Floor){0,3}"
    r"(?:[,\s]{1,4}(?!The\b|This\b|Attention\b|Attn\b)[A-Z][a-z][A-Za-z.'-]{0,20}(?:\s{1,2}(?!The\b|This\b|"
    r"Attention\b)[A-Z][a-z][A-Za-z.'-]{0,20}){0,3}){0,2}"
    r"(?:,?\s{1,4}[A-Z]{2}\b)?(?:,?\s{1,4}\d{5}(?:-\d{4})?(?!\d))?"
)


def _plain(
    pattern: re.Pattern[str], kind: str, rule: str, score: float, normal: Callable[[str], str]
) -> Callable[[View], Iterator[Candidate]]:
    def find(view: View) -> Iterator[Candidate]:
        for match in pattern.finditer(view.shadow):
            end = match.end()
            while view.shadow[end - 1] in ".,;:" and kind == "URL":
                end -= 1
            yield Candidate(kind, match.start(), end, normal(view.shadow[match.start() : end]), rule, score)

    return find


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _phone(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)


def _references(view: View) -> Iterator[Candidate]:
    """Yield references to clauses; the heading of a clause, an exhibit's title page and its page numbers are none."""
    headed = {section.start for section in view.sections}
    for match in _CLAUSE.finditer(view.shadow):
        alone = _LINE_START.search(view.shadow, max(0, match.start() - 8), match.start()) and _LINE_END.match(view.shadow, match.end())
        if not alone and match.start() not in headed:
            yield Candidate("CLAUSE_REF", match.start(), match.end(), _spaced(match.group(0)), "clause-ref", 0.95)


def _laws(view: View) -> Iterator[Candidate]:
    for match in _USC.finditer(view.shadow):
        yield Candidate("LAW", match.start(), match.end(), _spaced(match.group(0)), "law-citation", 0.97)
    for match in _ACT.finditer(view.shadow):
        start = match.start()
        lead = _NOT_AN_ACT.match(match.group(0))
        if lead:
            start += lead.end()
        text = view.shadow[start : match.end()]
        if len(text.split()) > 1 and text.isupper() is False:
            yield Candidate("LAW", start, match.end(), _spaced(text), "law-act", 0.85)


def _identifiers(view: View) -> Iterator[Candidate]:
    for match in _ID_CONTEXT.finditer(view.shadow):
        end = match.end(1) - (len(match.group(1)) - len(match.group(1).rstrip(".-/")))
        yield Candidate("ID_NUMBER", match.start(1), end, view.shadow[match.start(1) : end], "id-number", 0.85)


def _definitions(view: View) -> Iterator[Candidate]:
    for match in _DEFINED.finditer(view.shadow):
        before = view.shadow[max(0, match.start() - 100) : match.start()]
        if _DEFINING_BEFORE.search(before) or _DEFINING_AFTER.match(view.shadow, match.end()):
            yield Candidate("DEFINED_TERM", match.start(1), match.end(1), _spaced(match.group(1)), "definition", 0.93)


_FINDERS: tuple[Callable[[View], Iterator[Candidate]], ...] = (
    _plain(_EMAIL, "EMAIL", "email", 0.99, str.lower),
    _plain(_URL, "URL", "url", 0.98, str),
    _plain(_PHONE, "PHONE", "phone", 0.9, _phone),
    _plain(_ADDRESS, "ADDRESS", "address", 0.85, _spaced),
    _references,
    _laws,
    _identifiers,
    _definitions,
)


def find_mentions(view: View) -> list[Candidate]:
    """Return every rule mention of the text, sorted by start; within a type none overlap, across types they may."""
    found = [c for find in _FINDERS for c in drop_overlaps(list(find(view)))]
    for find_values in (find_dates, find_durations, find_money, find_percentages, find_quantities):
        found += find_values(view)
    return sorted(found, key=lambda c: (c.start, -c.end, c.type))
