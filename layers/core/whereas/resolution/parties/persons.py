"""Persons and their offices as signature blocks print them: "/s/ Ann Lee  Ann Lee, Chief Executive Officer"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from whereas.resolution.parties.names import has_legal_form, kind_of
from whereas.resolution.view import View

_PERSON = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir)\.?\s)?[A-ZÀ-Þ][\w'.-]*(?:\s{1,2}(?:[A-ZÀ-Þ][\w'.-]*|\([A-Z][a-z]+\)|de|van|von|der|la|"
    r"del)){1,4}(?:,?\s(?:Jr|Sr|I{2,3}|IV)\b\.?)?"
)
_TITLE_WORD = re.compile(
    r"\s(?:President|Chief|CEO|CFO|COO|Director|Vice|VP|Chairman|Manager|Officer|Partner|Secretary|Treasurer|Counsel|Executive|"
    r"Senior|Managing|Authorized|"
    r"General|Principal|Member|Trustee|Title|Name|Date|By|Its|Witness|Shareholder|Owner|Founder|Co-Founder|SVP|EVP|Head)\b"
)
_OFFICE = re.compile(
    r"(?:[A-Z][\w&/.-]{1,20},?\s{1,2}(?:of\s|and\s|&\s)?){0,5}?(?:President|Chief|CEO|CFO|COO|Director|Chairman|Manager|Officer|Partner|"
    r"Secretary|Treasurer|Counsel|Trustee|Signatory|Owner|Founder|Member|Representative|Principal|Attorney|General|VP|EVP|SVP|"
    r"Shareholder|Clerk)\b"
    r"(?:[^\n\d_:]{0,60}?(?=\n|\s{2}|_|-{2}|\d|\Z|[\w.,]{2,20}\s{0,2}:))?"
)
_LONGEST_TITLE = 90
_RULE = re.compile(r"[\s_,-]{1,90}(?:\(?Signature\)?[\s_,-]{1,40})?")
_SLIP = 0.85
"""How alike two surnames are that differ in a slip of the pen."""


def _unrepeated(name: str) -> int:
    """Return how long a name is before it begins anew: "Ann Lee Ann Lee", the conformed signature and the printed name in one line."""
    words = list(re.finditer(r"\S+", name))
    spelled = [w.group(0).lower() for w in words]
    for at in range(2, len(words)):
        rest = spelled[at:]
        if rest[:at] == spelled[: len(rest)] and (len(rest) > 1 or at > 2):
            return words[at - 1].end()
    return len(name)


def person_in(view: View, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the person's name that [start, end) begins with, without title or what follows it; None where it begins with none."""
    if not span:
        return None
    title = _TITLE_WORD.search(view.shadow, span[0], span[1])
    match = _PERSON.match(view.shadow, span[0], title.start() if title else span[1])
    if not match or match.end() - match.start() > 60 or _OFFICE.match(match.group(0)):
        return None
    end = match.start() + _unrepeated(match.group(0))
    name = view.shadow[match.start() : end]
    return None if has_legal_form(name) or kind_of(name) != "person" else (match.start(), end)


def printed_below(view: View, person: tuple[int, int], limit: int) -> tuple[int, int] | None:
    """Return the name as printed under a conformed signature, "/s/ Rey Doe" over "Rey M. Doe": the form's own spelling."""
    gap = _RULE.match(view.shadow, person[1], limit)
    if not gap:
        return None
    line = view.shadow.find("\n", gap.end(), limit)
    printed = person_in(view, (gap.end(), line if line >= 0 else limit))
    if not printed:
        return None
    signed, written = (view.shadow[slice(*s)].lower().split() for s in (person, printed))
    alike = SequenceMatcher(None, signed[-1], written[-1]).ratio() >= _SLIP
    return printed if signed[0] == written[0] and alike else None


def title_in(view: View, span: tuple[int, int] | None) -> str | None:
    """A title without the next signer's company, which forms print in capitals on the same line, nor a page number."""
    if not span:
        return None
    text = view.text[span[0] : span[1]].strip()
    if not text.isupper():
        text = re.split(r"\s(?=[A-Z&.,]{2,}\s[A-Z&.,\s]{2,})", text)[0]
    text = re.sub(r"[\s\d]+\Z", "", text)
    return text if any(c.isalpha() for c in text) and len(text) < _LONGEST_TITLE else None


def office_after(view: View, person: tuple[int, int] | None, limit: int) -> str | None:
    """Return the office printed without a label under the signature: "/s/ Ann Lee  Ann Lee  Chief Executive Officer"."""
    if not person:
        return None
    after = view.shadow[person[1] : min(limit, person[1] + 170)]
    printed = re.match(
        r"[\s_,-]{0,90}" + r"\s{1,3}".join(map(re.escape, view.shadow[slice(*person)].split())) + r"(?!\w)(?:\s\([^()\n]{1,20}\))?",
        after,
        re.I,
    )
    at = printed.end() if printed else 0
    gap = re.match(r"[\s_,-]{1,90}", after[at:])
    match = _OFFICE.match(after, at + gap.end()) if gap else None
    return match.group(0).strip(" ,.;") if match and len(match.group(0)) < _LONGEST_TITLE else None
