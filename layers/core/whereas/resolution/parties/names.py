"""Names of organisations and persons: legal forms, normalised spelling, canonical ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from cleanco.termdata import terms_by_country, terms_by_type

from whereas.resolution.parties.spellings import ABBREVIATIONS, LEADING_FORMS, SPELLED_FORMS, TELLING_FORMS, latin

_MORE_FORMS = (
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "l.l.c", "lp", "l.p", "llp", "l.l.p",
    "lllp", "plc", "p.l.c", "n.v", "nv", "b.v", "bv", "s.a", "sa", "ag", "gmbh", "s.p.a", "spa", "s.r.l", "srl", "a.s", "a/s", "asa",
    "ab", "oy", "oyj", "kk", "k.k", "pte", "pty", "n.a", "p.c", "pc", "pllc", "sarl", "s.a.r.l", "s.à r.l", "bhd", "kg", "se", "trust",
    "bank", "partnership", "foundation", "l.c", "lc", "association", "university", "authority", "holdings", "bancorp", "s.l", "sas",
    "s.a.s", "kft", "doo", "fsb", "f.s.b", "ssb", "s.s.b",
)  # fmt: skip
_NOUNS = frozenset({
    "company", "corporation", "trust", "bank", "partnership", "foundation", "association", "university", "authority", "holdings", "bancorp",
})  # fmt: skip
# Names that end or go on with one of these words are organisations though they carry no legal form.
_ORGANISATION_WORDS = re.compile(
    r"\b(?:bank|trust|university|college|institute|foundation|association|authority|department|ministry|city|county|state|"
    r"commission|council|"
    r"board|agency|partners|partnership|group|holdings?|fund|capital|systems?|technolog(?:y|ies)|services?|solutions|"
    r"industries|enterprises|"
    r"international|laborator(?:y|ies)|pharmaceuticals?|therapeutics|networks?|communications?|media|entertainment|energy|"
    r"resources|financial|"
    r"insurance|hospital|church|school|district|office|architects|limited|club|league|society|stores?|software|labs?|studios?|"
    r"products|brands|securities|"
    r"associates|ventures|"
    r"company|corporation|consulting|management|properties|realty|motors|airlines|airways|hotels?|restaurants?|medical|health|healthcare|"
    r"sciences|biosciences|oncology|electronics|semiconductor|global|worldwide|america|usa|advisors|investments?|investors|bancorp|online|"
    r"marketing|logistics|construction|engineering|design|development|trading|exchange|center|centre)\b|\.com\b|&",
    re.I,
)
_TITLES = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Hon)\.?\s+", re.I)


_WORDS_KEPT = 10_000
"""A contract asks of the same words and names again and again."""


@cache
def legal_forms() -> frozenset[str]:
    """Legal forms in lower case without dots and spaces ("inc", "gmbh", "ptyltd"), from cleanco and common usage."""
    listed = {form for forms in (*terms_by_type.values(), *terms_by_country.values()) for form in forms}
    return frozenset(re.sub(r"[\s.,]", "", form.lower()) for form in (*listed, *_MORE_FORMS) if form.isascii() or "à" in form) - {""}


@lru_cache(maxsize=_WORDS_KEPT)
def is_legal_form(word: str) -> bool:
    """Say whether a word ("Inc.", "L.L.C.", "GmbH") is a legal form."""
    return re.sub(r"[\s.,]", "", word.lower()) in legal_forms()


def plain(text: str) -> str:
    """Return NFKC text with straight quotes and single spaces."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("’‘“”", "''\"\""))
    return " ".join(text.split())


_ARTICLE = re.compile(r"(?:The|THE)\s{1,6}(?=\S{2,}\s)")


def without_article(name: str) -> str:
    """Return the name without "The" before it, where two words are left: what a mention covers."""
    return _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name


# "L.L.C." and "A. G." become one word before dots go.
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.\s?){2,5})")
_SLASHED = re.compile(r"\b([A-Za-z])/([A-Za-z])\b")
_MARKS = str.maketrans("™®©℠", "    ")
_LONGEST_FORM = 5


@cache
def normalise_name(name: str, *, kind: str = "organization") -> str:
    """Return the key under which one body's spellings meet: upper case, no accents and punctuation, and no closing legal form.

    "Acme, Inc.", "ACME INC" and "The Acmé Inc" are all "ACME"; a name that is nothing but a legal form is kept. Legal forms and
    abbreviations are those of organisations: a person named "Sá" keeps the name.
    """
    # NFKC would spell "™" out as letters of the name.
    name = latin(_TITLES.sub("", plain(name.translate(_MARKS))))
    name = _DOTTED.sub(lambda m: re.sub(r"[.\s]", "", m.group(1)) + " ", name)
    if kind == "organization":
        name = _SLASHED.sub(r"\1\2", name)
    words = re.sub(r"[^\w\s]", " ", name.replace("&", " and ").replace("+", " and ").replace("'", "")).upper().split()
    if kind == "organization":
        words = _without_forms(words)
        words = [ABBREVIATIONS.get(word, word) for word in words]
    if len(words) > 1 and words[0] == "THE":
        words.pop(0)
    return " ".join(words)


def closing_forms(words: Sequence[str]) -> int:
    """Return how many of the last words, in upper case without dots, are one legal form that may go; 0 where none is."""
    for count in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        together = "".join(words[-count:])
        if together in {"CO", "COMPANY"} and words[-2] == "TRUST":
            return 0  # A trust company is no trust.
        if together not in TELLING_FORMS and (together in SPELLED_FORMS or together.lower() in legal_forms()):
            return count
    return 0


def _without_forms(words: list[str]) -> list[str]:
    kept = list(words)
    if len(kept) > 1 and kept[0] in LEADING_FORMS:
        kept.pop(0)
    while len(kept) > 1 and (count := 1 if kept[-1] == "AND" else closing_forms(kept)):
        del kept[-count:]
    return kept


def canonical_id(name: str, *, kind: str) -> str:
    """Return 24 hexadecimal digits of the SHA-256 over kind and normalised name; equal for all spellings that normalise alike."""
    return hashlib.sha256(f"{kind}\x1f{normalise_name(name, kind=kind)}".encode()).hexdigest()[:24]


@lru_cache(maxsize=_WORDS_KEPT)
def has_legal_form(name: str, *, telling: bool = False) -> bool:
    """Say whether the name's last word, or its last before a bracket, is a legal form.

    Args:
        name: the name.
        telling: a noun that names a kind of body ("Bank", "Trust") does not count: short names end in it too.
    """
    words = re.sub(r"\([^)]*\)\s*$", "", plain(name)).replace(",", " ").split()
    return len(words) > 1 and is_legal_form(words[-1]) and not (telling and words[-1].lower() in _NOUNS)


@lru_cache(maxsize=_WORDS_KEPT)
def kind_of(name: str) -> str:
    """Return "person" or "organization", from the form of the name alone."""
    text = plain(name)
    if has_legal_form(text) or _ORGANISATION_WORDS.search(text):
        return "organization"
    words = [w for w in _TITLES.sub("", text).replace(",", " ").split() if w]
    if 2 <= len(words) <= 5 and all(re.fullmatch(r"[A-Z][\w'.-]*|[IVX]+|Jr\.?|Sr\.?|de|van|von|der|la|del", w) for w in words):
        return "person"
    return "organization"
