"""Numbers that identify: registrations, taxes, patents, contracts, accounts, files, banks. The number alone, told by its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.windows import find_at, find_from, find_in, windows
from whereas.resolution.view import View, rx

_MARK = r"(?:No|Nos|Number|Numbers|Num|NO|NOS|NUMBER|no|nos|number|numbers)\b\.?"
# These name a number by themselves ...
_SELF = (
    r"(?:F?EIN|TIN|SSN|VAT(?: (?:Reg(?:istration)?|ID))?|ABN|ACN|CIN|PAN|GSTIN?|D-U-N-S|DUNS|CUSIP|ISIN|IBAN|BIC|SWIFT|Swift|ABA|"
    r"NDA|ANDA|"
    r"(?:Federal )?(?:Tax(?:payer)?|Employer) (?:I\.?D\.?|Identification)|Routing|Sort|Identity|Business Identity)"
    r"(?: (?:Code|Address|Routing|Transit|Registration|ID|Identification|Bank Code))?"
)
# ... and these only with "No.", "Number", "#" or "ID".
_WITH_MARK = (
    r"(?i:(?:Company|Corporate|Corporation|Registration|Registered|Registry|Reg\.?|Contract|Agreement|Account|Acct|A/C|Invoice|Policy|"
    r"Licen[sc]e|Liscence|Patents?|Application|Serial|Reference|Ref|File|Commission File|Docket|Case|Purchase Order|P\.?O\.?|Order|"
    r"Meter|Service Package|"
    r"Project|Permit|Certificate|Batch|Lot|Document|Deed|Customer|Vendor|Supplier|Member|Membership|Loan|Grant|Trademark|Publication|"
    r"Charter|Bar|IRS|Identification|Franchise|Protocol|Study|Transaction|Wire|ACH)"
    r"(?: (?:Registration|ID|Identification|Control|Routing|Application|Certificate|License|File))?)"
)
_LABEL_STEMS: Final = (
    "fein", "ein", "tin", "ssn", "vat", "abn", "acn", "cin", "pan", "gst", "d", "duns", "cusip", "isin", "iban", "bic", "swift", "aba",
    "nda", "anda", "federal", "tax", "employer", "routing", "sort", "identity", "business", "company", "corporat", "regist", "reg",
    "contract", "agreement", "account", "acct", "a", "invoice", "policy", "licen", "liscence", "patent", "application", "serial", "ref",
    "file", "commission", "docket", "case", "purchase", "p", "po", "order", "meter", "service", "project", "permit", "certificate",
    "batch", "lot", "document", "deed", "customer", "vendor", "supplier", "member", "loan", "grant", "trademark", "publication",
    "charter", "bar", "irs", "identification", "franchise", "protocol", "study", "transaction", "wire", "ach",
)  # fmt: skip
_VALUE = (
    r"((?=[A-Za-z0-9#./\s-]{0,30}\d)(?:PCT/)?(?:[A-Z]{2} )?[A-Z0-9#](?:[A-Z0-9#/_-]|[.,](?=[A-Z0-9])|(?<=-)[a-z]{1,3}(?=-))"
    r"{2,30}(?: ?-(?=\d)\d{1,6}| \d{3,12}(?! ?[(%])(?![\w.]{0,6}[a-z]))"
    r"{0,4})(?!\w)"
)
_LABELLED = rx(
    rf"(?<![\w-])(?:{_SELF}(?: ?\([^()\n]{{0,40}}\))?(?: {_MARK}| ?\#)?|{_WITH_MARK}(?: (?:{_MARK}|I\.?D\.?)(?: ?\#)?| ?\#| ?(?=:))|"
    rf"(?:[Pp]atent|Patent Application|Business Identity Code|Protocol)(?= \S{{0,3}}\d{{3}}|"
    rf" [A-Z]{{2,4}}-\d))"
    rf"\s{{0,12}}(?:[:#=]|is|of)?\s{{0,40}}{_VALUE}(?:(?:,| and|, and| or) {_VALUE})?",
    0,
)
_PATENT = re.compile(
    r"(?<![\w/])(?:PCT/[A-Z]{2}\d{2,4}/\d{4,6}|(?:US|U\.S\.|EP|JP|CA|AU|WO)\s?(?:\d{4}[/-]\d{5,7}|\d{1,2},\d{3},\d{3}|"
    r"\d{2}/\d{3},?\d{3}|\d{7,11}"
    r"(?:[AB]\d)?)|U\.S\.\s\d,\d{3},\d{3})(?![\w,]\d|\w)"
)
_OFFICES: Final = ("us", "ep", "jp", "ca", "au", "wo")
_PATENT_STEMS: Final = ("pct", "u", *_OFFICES, *(f"{office}{digit}" for office in _OFFICES for digit in range(10)))
_BANK = re.compile(
    r"(?:SWIFT|Swift|BIC)(?:\s{1,3}(?:Code|Address|code|No\.?|"
    r"ID))?(?:\s{0,3}\([^()\n]{0,60}\))?\s{0,3}\#?\s{0,3}:?\s{0,40}([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?!\w)"
)
_REGISTERED = re.compile(
    r"\b(?:[Rr]egistered|[Ii]ncorporated)\b[^.;()\n]{0,80}?\b(?:N[oO]\.?|no\.?|[Nn]umber)\s{0,3}:?\s{0,3}(\d[\d ]{3,12}\d|"
    r"[A-Z]{1,3}\s?\d{5,9})(?![\w-])"
)
_DIGITS: Final = re.compile(r"\d\S{0,3}\d\S{0,8}\d")
"""Every number that is taken has three digits."""
_CLAUSE_LIKE: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,3}|(?:19|20)\d\d|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{1,3}(?:st|nd|rd|th)")


def find_identifiers(view: View) -> Iterator[Candidate]:
    """Yield the identifying numbers; ``value`` is the number as written, without the full stop or bracket after it."""
    near = windows(view, _DIGITS.finditer(view.shadow), before=170, after=60)
    for match in find_in(view, _LABELLED, near, view.word_starts(*_LABEL_STEMS)):
        for group in (1, 2):
            number = (match.group(group) or "").rstrip(".-/,")
            if number and not _CLAUSE_LIKE.fullmatch(number) and sum(c.isdigit() for c in number) > 2:
                start = match.start(group)
                yield Candidate("ID_NUMBER", start, start + len(number), number, "id-number", 0.85)
    for pattern, starts, rule in (
        (_BANK, view.places_of("swift", "bic"), "bank-code"),
        (_REGISTERED, view.word_starts("registered", "incorporated"), "registered-number"),
    ):
        for match in find_at(view, pattern, starts):
            yield Candidate("ID_NUMBER", *match.span(1), match.group(1), rule, 0.9)
    for match in find_from(view, _PATENT, *_PATENT_STEMS):
        yield Candidate("ID_NUMBER", match.start(), match.end(), " ".join(match.group(0).split()), "patent-number", 0.8)
