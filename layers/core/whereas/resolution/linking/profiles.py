"""A name taken apart for comparison: its words, its legal form, its letters as OCR may confuse them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from whereas.resolution.linking.words import is_generic, is_soft
from whereas.resolution.parties.names import kind_of, normalise_name, plain
from whereas.resolution.parties.spellings import latin

_FAMILIES: Final[dict[str, str]] = {
    "INC": "corporation", "INCORPORATED": "corporation", "CORP": "corporation", "CORPORATION": "corporation", "LLC": "llc",
    "LC": "llc", "LP": "partnership", "LLP": "llp", "LLLP": "partnership", "PLC": "plc", "LTD": "limited", "LIMITED": "limited",
    "PTE": "limited", "PTY": "limited", "GMBH": "gmbh", "AG": "ag", "KG": "kg", "BV": "bv", "NV": "nv", "SA": "sa", "SAS": "sas",
    "SARL": "sarl", "SRL": "srl", "SPA": "spa", "SL": "sl", "AB": "ab", "OY": "oy", "OYJ": "oyj", "ASA": "asa", "APS": "aps",
    "KK": "kk", "BHD": "bhd", "NA": "bank", "SE": "se",
}  # fmt: skip
"""Legal forms that are told apart; "Co." says nothing, and what is not listed conflicts with nothing."""

_CONFUSED: Final = str.maketrans({"0": "O", "1": "I", "L": "I", "5": "S", "8": "B"})


@dataclass(frozen=True, slots=True)
class Profile:
    """One name.

    Attributes:
        key: the normalised name.
        words: of the key, in their order.
        forms: families of the legal forms at the end; empty where there are none.
        is_person: as far as the form of the name tells.
    """

    key: str
    words: tuple[str, ...]
    forms: frozenset[str]
    is_person: bool


@lru_cache(maxsize=20_000)
def profile_of(name: str) -> Profile:
    """Return a name taken apart."""
    key = normalise_name(name)
    return Profile(key=key, words=tuple(key.split()), forms=_forms(name), is_person=kind_of(name) == "person")


def _forms(name: str) -> frozenset[str]:
    text = re.sub(r"(?<=\w)\.", "", latin(plain(name)).upper()).replace("A/S", "AS")
    last = re.findall(r"\w+", text)[1:][-3:]
    return frozenset(_FAMILIES[word] for word in last if word in _FAMILIES)


def folded(word: str) -> str:
    """Return a word with letters that OCR and typists confuse made one: "rn" and "m", "0" and "O", "ü" as "ue" and as "u"."""
    word = word.replace("RN", "M").replace("VV", "W").replace("CI", "D")
    return re.sub("(?<=[AOU])E", "", word).translate(_CONFUSED)


def telling_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that say which body it is; all that are not soft where none does, and all where those are none."""
    kept = tuple(word for word in words if not is_generic(word))
    return kept or tuple(word for word in words if not is_soft(word)) or words


def initials(words: tuple[str, ...]) -> str:
    """Return the first letters of the words that are not soft."""
    return "".join(word[0] for word in words if not is_soft(word))
