"""Mentions that follow from their form alone: addresses on the net and on paper, references, identifiers, laws, definitions.

Every repetition is bounded, so that the work is linear in the length of the text. RULES_VERSION is part of a record's
lineage: raise it with every change of any rule in this room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.addresses import find_addresses
from whereas.resolution.forms.dates import find_dates
from whereas.resolution.forms.durations import find_durations
from whereas.resolution.forms.identifiers import find_identifiers
from whereas.resolution.forms.money import find_money
from whereas.resolution.forms.percentages import find_percentages
from whereas.resolution.forms.quantities import find_quantities
from whereas.resolution.forms.references import find_references
from whereas.resolution.forms.statutes import find_laws
from whereas.resolution.forms.windows import find_at, find_from
from whereas.resolution.view import View

RULES_VERSION: Final = "1.4.0"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@-])")
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\Z")
_URL = re.compile(
    r"(?<![\w@/.])(?:(?:https?|ftp)://[^\s<>\"'()]{3,300}|(?:www\.)(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?:/[^\s<>\"'()]{0,200})?)",
    re.I,
)
# A site without "www.": in small letters or with a path, so that the company Acme.com, Inc. is none.
_SITE = re.compile(
    r"\.(?:com|net|org|edu|gov|info|biz|example|asia|mobi|io|co\.uk|com\.(?:cn|au|hk|br|tw|sg)|co\.(?:jp|il|in|nz)|eu|de|ch|cn|ca|fr)"
    r"(?![\w@.-]{0,3}\w)(?:/[^\s<>\"'()]{0,200})?"
)
_HOST_BEFORE = re.compile(r"(?<![\w@./-])[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,3}\Z")
_FIRM_AFTER = re.compile(
    r",?\s{1,3}(?i:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Co\.|GmbH|LP|S\.A)|'s?\b|\s{1,3}(?:shall|will|may|agrees|hereby|acknowledges|has|and\s{1,3}its)\b"
)
_PHONE = re.compile(
    r"(?<![\w.$/-])(?:\+\d{1,3}[\s.-]{0,2}(?:\(\d{1,4}\)[\s.-]{0,2})?\d{1,4}(?:[\s.-]{1,2}\d{2,5}){1,4}|\+\d{1,3}[\s.-]\d{8,11}"
    r"|(?:1[-. ])?\(\d{3}\)[\s.-]{0,2}\d{3}[\s.-]{1,2}\d{4}|(?:1[-.])?\d{3}[.-]\d{3}[.-]\d{4})(?![\d/-])"
)
_LABELLED_PHONE = re.compile(
    r"\b(?:[Tt]el(?:ephone)?|TEL(?:EPHONE)?|[Pp]hone|PHONE|[Ff]ax|FAX|[Ff]acsimile|FACSIMILE|[Tt]elecop(?:y|ier)|[Mm]obile|[Cc]ell)\b\.?"
    r"(?:\s{1,3}(?:[Nn]o|[Nn]umber|NO|#)\.?)?\s{0,12}[:#]?\s{0,12}"
    r"((?:\+?\(?\+?\d{1,4}(?:\s?[-/.]\s?\d{1,4})?\)?)(?:(?:\s?[-./]\s?|\s)\(?\d{1,8}\)?){1,5}|\d{7,12})(?![\w/])"
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


def _plain(
    pattern: re.Pattern[str], kind: str, rule: str, score: float, normal: Callable[[str], str], starts: Callable[[View], list[int]]
) -> Callable[[View], Iterator[Candidate]]:
    def find(view: View) -> Iterator[Candidate]:
        for match in find_at(view, pattern, starts(view)):
            end = match.end()
            while view.shadow[end - 1] in ".,;:" and kind == "URL":
                end -= 1
            yield Candidate(kind, match.start(), end, normal(view.shadow[match.start() : end]), rule, score)

    return find


def _email_starts(view: View) -> list[int]:
    """Return where the run of characters before each "@" begins."""
    return [m.start() for at in view.places_of("@") if (m := _MAILBOX.search(view.shadow, max(0, at - 66), at))]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _phone(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)


def _sites(view: View) -> Iterator[Candidate]:
    """Yield web sites without "http" and "www.", but for those that name a firm in this text: it signs, pays, has an "Inc."."""
    found: list[tuple[str, Candidate]] = []
    firms: set[str] = set()
    for match in _SITE.finditer(view.shadow):
        host = _HOST_BEFORE.search(view.shadow, max(0, match.start() - 130), match.start())
        if not host or (host.group(0) != host.group(0).lower() and "/" not in match.group(0)):
            continue
        end = match.end() - (len(match.group(0)) - len(match.group(0).rstrip(".,;:")))
        site = view.shadow[host.start() : end]
        found.append((site, Candidate("URL", host.start(), end, site, "site", 0.85)))
        if _FIRM_AFTER.match(view.shadow, match.end()):
            firms.add(site)
    yield from (candidate for site, candidate in found if site not in firms)


def _labelled_phones(view: View) -> Iterator[Candidate]:
    """Yield the numbers of any country's form that "Tel:", "Phone" or "Fax" stands before."""
    for match in find_from(view, _LABELLED_PHONE, "tel", "phone", "fax", "facsimile", "mobile", "cell"):
        number = match.group(1)
        if 7 <= sum(c.isdigit() for c in number) <= 15:
            yield Candidate("PHONE", match.start(1), match.end(1), _phone(number), "phone-label", 0.9)


def _definitions(view: View) -> Iterator[Candidate]:
    for match in _DEFINED.finditer(view.shadow):
        before = view.shadow[max(0, match.start() - 100) : match.start()]
        if _DEFINING_BEFORE.search(before) or _DEFINING_AFTER.match(view.shadow, match.end()):
            yield Candidate("DEFINED_TERM", match.start(1), match.end(1), _spaced(match.group(1)), "definition", 0.93)


_FINDERS: tuple[Callable[[View], Iterator[Candidate]], ...] = (
    _plain(_EMAIL, "EMAIL", "email", 0.99, str.lower, _email_starts),
    _plain(_URL, "URL", "url", 0.98, str, lambda view: view.places_of("http", "ftp:", "www.")),
    _plain(_PHONE, "PHONE", "phone", 0.9, _phone, lambda view: view.figures_behind("(+")),
    _sites,
    _labelled_phones,
    find_addresses,
    find_references,
    find_laws,
    find_identifiers,
    _definitions,
)


def find_mentions(view: View) -> list[Candidate]:
    """Return every rule mention of the text, sorted by start; within a type none overlap, across types they may."""
    mentions = [c for find in _FINDERS for c in find(view)]
    found = [c for kind in dict.fromkeys(m.type for m in mentions) for c in drop_overlaps([m for m in mentions if m.type == kind])]
    for find_values in (find_dates, find_durations, find_money, find_percentages, find_quantities):
        found += find_values(view)
    return sorted(found, key=lambda c: (c.start, -c.end, c.type))
