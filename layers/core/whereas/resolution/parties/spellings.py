"""Spellings that mean the same word of a name: letters beyond A to Z, signs, customary abbreviations, spelled-out legal forms."""

from __future__ import annotations

import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "æ": "ae", "Æ": "AE",
    "œ": "oe", "Œ": "OE", "ß": "ss", "ẞ": "SS", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N",
})  # fmt: skip
"""Latin letters that Unicode does not decompose into a plain letter and a mark."""

ABBREVIATIONS: Final[dict[str, str]] = {
    "INTL": "INTERNATIONAL", "INTERNATL": "INTERNATIONAL", "NATL": "NATIONAL", "MFG": "MANUFACTURING", "BROS": "BROTHERS",
    "SVC": "SERVICE", "SVCS": "SERVICES", "MGMT": "MANAGEMENT", "MGT": "MANAGEMENT", "HLDG": "HOLDING", "HLDGS": "HOLDINGS",
    "GRP": "GROUP", "GOVT": "GOVERNMENT", "DEPT": "DEPARTMENT", "UNIV": "UNIVERSITY", "CTR": "CENTER", "CENTRE": "CENTER",
    "ASSN": "ASSOCIATION", "CORP": "CORPORATION", "CO": "COMPANY", "LTD": "LIMITED", "INCORPORATED": "INC", "DISTRIB": "DISTRIBUTION",
    "ENGRG": "ENGINEERING", "INVT": "INVESTMENT", "INVTS": "INVESTMENTS", "PHARMS": "PHARMACEUTICALS", "LABS": "LABORATORIES",
}  # fmt: skip
"""Words that abbreviate one word and no other; "Tech", "Assoc." and "Ins." may each mean several and are left alone."""

SPELLED_FORMS: Final = frozenset({
    "LIMITEDLIABILITYCOMPANY", "LIMITEDLIABILITYPARTNERSHIP", "LIMITEDLIABILITYCORPORATION", "LIMITEDPARTNERSHIP", "PUBLICLIMITEDCOMPANY",
    "PRIVATELIMITED", "PRIVATELIMITEDCOMPANY", "PROFESSIONALCORPORATION", "NATIONALASSOCIATION", "AKTIENGESELLSCHAFT",
    "GESELLSCHAFTMITBESCHRANKTERHAFTUNG", "KOMMANDITGESELLSCHAFT", "SOCIETEANONYME", "SOCIETEARESPONSABILITELIMITEE", "SOCIEDADANONIMA",
    "SOCIEDADLIMITADA", "SOCIETAPERAZIONI", "BESLOTENVENNOOTSCHAP", "NAAMLOZEVENNOOTSCHAP", "AKTIEBOLAG", "AKTIESELSKAB",
    "ANPARTSSELSKAB", "AKSJESELSKAP", "OSAKEYHTIO", "KABUSHIKIKAISHA", "SENDIRIANBERHAD", "BERHAD", "PVT", "PVTLTD", "ULC", "SDERLDECV",
    "SABDECV", "SAPIDECV", "SADECV", "SARL", "SPZOO", "SPOLKAZOO", "AS", "LTDA", "EIRELI", "TBK", "SASU", "GMBHCOKG", "PBC", "PLLP", "EV",
})  # fmt: skip
"""Closing legal forms beyond cleanco's, words written together, without accents."""

TELLING_FORMS: Final = frozenset({
    "TRUST", "BANK", "PARTNERSHIP", "FOUNDATION", "ASSOCIATION", "UNIVERSITY", "AUTHORITY", "HOLDING", "HOLDINGS", "BANCORP",
    "UK", "EU", "US", "CA", "SC", "SD", "OK", "AT", "ET", "EI", "EP", "DA", "ES", "PP", "PS", "BA", "BL", "BM", "CPT", "DAT", "ENT", "FA",
    "FCP", "IJ", "IK", "NL", "OE", "QK", "RT", "SES", "SS", "STG", "TEO", "VAT", "XT", "MB", "PT", "GP", "COOP",
})  # fmt: skip
"""What cleanco lists as legal forms but tells one body from another: "Acme Holdings" is not "Acme", "Acme (UK)" not "Acme".

Short ones are more often a place or a word than the form of a far country; a form that stays costs a link, one that goes makes a false one.
"""

LEADING_FORMS: Final = frozenset({"OOO", "OAO", "ZAO", "PAO", "UAB", "TOV", "EOOD"})
"""Forms that stand before the name and are no word of English."""


def latin(text: str) -> str:
    """Return the text without accents; other alphabets stay as they are."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFKC", "".join(char for char in decomposed if not unicodedata.combining(char)))
