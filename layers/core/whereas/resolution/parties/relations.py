"""The phrases by which a text relates a name to its parties: "X, as trustee", "X, a wholly-owned subsidiary of", "guaranteed by X".

A cue stands before or after the name. Names are read forward from a cue, or backward from it: the longest name that ends where the cue
begins. Role words ("Guarantor") and bare nouns are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from whereas.resolution.forms.windows import find_at, find_in, windows
from whereas.resolution.parties import cues as cue
from whereas.resolution.parties.aliases import ROLE_WORDS
from whereas.resolution.parties.names import has_legal_form, is_legal_form, kind_of
from whereas.resolution.parties.namespans import name_ends
from whereas.resolution.parties.proposals import acceptable
from whereas.resolution.view import View, rx


@dataclass(frozen=True, slots=True)
class Relation:
    """A name [start, end) and how it is related, by which rule, with a score in 0..1."""

    start: int
    end: int
    relation: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class _Cue:
    """``after`` says that the name follows the cue; ``person`` that a person's name will do, else only an organisation's."""

    pattern: re.Pattern[str]
    relation: str
    score: float
    after: bool
    person: bool = False


_GAP = r"(?: ?\([^()]{1,120}\))?,? "
_DEFINES = r"\((?:the |as |in its capacity as |hereinafter(?: referred to as)? |together[^()\"]{0,60})?(?:the |\")[^()]{0,30}?"
_CAPACITY = (
    r"(?:(?:(?:collateral|administrative|escrow|paying|transfer|fiscal|calculation|exchange|subscription|placement|depositary|rights|warrant|"
    r"conversion|syndication|documentation|security|facility|disbursing|information|auction|sales|process|servicing) )?agent)"
)
_CUES: Final = (
    _Cue(rx(rf"{_DEFINES}\bGuarantors?\b"), "guarantor", 0.9, after=False, person=True),
    _Cue(rx(r"(?<=[\w.)]),? as (?:a |the )?guarantors?\b"), "guarantor", 0.85, after=False, person=True),
    _Cue(
        rx(
            r"(?<=[\w.)])(?:(?:,? (?:jointly and severally|hereby|absolutely|fully|unconditionally|and|irrevocably|shall|will|"
            r"agrees? to),?){1,6}"
            r" guarant(?:ee|ees|y|ies)|(?:,? (?:also|further))? guarant(?:ees|ies))\b(?! (?:of|fund|agreement|bank))", 0,
        ),
        "guarantor", 0.75, after=False, person=True,
    ),
    _Cue(rx(r"\bguarante?ed (?:in full |unconditionally |absolutely )?by (?:the )?"), "guarantor", 0.8, after=True, person=True),
    _Cue(rx(rf"{_GAP}(?:an? |its |the )?(?:\w{{4,12}}(?:-| )(?:or indirect )?){{0,3}}subsidiary of\b"), "affiliate", 0.85, after=False),
    _Cue(rx(rf"{_GAP}(?:an |its )affiliate of\b"), "affiliate", 0.85, after=False),
    _Cue(
        rx(
            r"\b(?:its|their|the Company's|Company's|whose) (?:(?:U\.S\.|\w{5,12})"
            r"(?:-| )(?:owned )?){0,2}(?:subsidiary|affiliate|parent(?: company| corporation)?|sister company),? "
        ),
        "affiliate", 0.85, after=True,
    ),
    _Cue(rx(r"\b(?:subsidiary|division|affiliate) of (?:the )?"), "affiliate", 0.8, after=True),
    _Cue(rx(rf"(?<=[\w.)]),? as (?:the |its |their )?{_CAPACITY}\b"), "agent", 0.85, after=False),
    _Cue(rx(rf"{_DEFINES}\b{_CAPACITY}\b"), "agent", 0.8, after=False),
    _Cue(
        rx(
            r"(?<=[\w.)]),? (?:not in its individual capacity,? but solely |not individually,? but (?:solely )?|acting )?as "
            r"(?:the |its |their )?(?:(?:indenture|owner|property|institutional|Delaware|co-|successor|guarantee|bond|collateral|security|"
            r"debenture) ?){0,2}trustee\b"
        ),
        "trustee", 0.85, after=False, person=True,
    ),
    _Cue(rx(rf"{_DEFINES}\btrustee\b"), "trustee", 0.8, after=False, person=True),
    _Cue(
        rx(
            r"(?<=[\w.)])(?:,? each of which)? (?:is|are|shall be|will be)(?: \w+){0,3} (?:an? )?(?:\w+ ){0,2}"
            r"third(?:-| )party beneficiar(?:y|ies)\b"
        ),
        "beneficiary", 0.85, after=False,
    ),
    _Cue(
        rx(r"(?:\b(?:its|by|through)(?: its)? (?:sole )?(?:general partner|managing member|sole member|manager)|\bBy ?:),? "),
        "representative", 0.85, after=True,
    ),
)  # fmt: skip
_TELLING = re.compile(
    r"(?P<guarantor>guarant)|(?P<affiliate>subsidiar|affiliat|division|parent|sister)|(?P<trustee>trustee)|(?P<agent>\bagent)|"
    r"(?P<beneficiary>third.party|beneficiar)|(?P<representative>general\s+partner|member|manager|\bBy\s?:)",
    re.I,
)
_TELLING_PARTS: Final = (
    "guarant", "subsidiar", "affiliat", "division", "trustee", "agent", "third", "beneficiar", "general", "member", "manager", "parent",
    "sister", "by",
)  # fmt: skip
_AROUND = 260
"""How far from the word of its relation a match of a cue may begin or end: brackets included."""
_BACK = 130
_SHORT_FORM = 6
_SENTENCES = re.compile(r"\.\s{1,3}(?:\d|The\b|This\b)")
_ITS_PEOPLE = rx(
    r"\b(?:subsidiaries|affiliates?|subsidiary|employees|officers|directors|holders|shareholders|members|customers|obligations|debts)"
    r"(?: (?:and|or) \w+)? of (?:the )?\Z"
)


def related_in_text(view: View) -> Iterator[Relation]:
    """Yield every name that a cue relates, in the order of the cues."""
    told: dict[str, list[re.Match[str]]] = {}
    for hit in find_at(view, _TELLING, view.places_of(*_TELLING_PARTS)):
        told.setdefault(str(hit.lastgroup), []).append(hit)
    stretches = {relation: windows(view, hits, before=_AROUND, after=_AROUND) for relation, hits in told.items()}
    for kind in _CUES:
        for match in find_in(view, kind.pattern, stretches.get(kind.relation, [])):
            span = _forward(view, match.end()) if kind.after else _backward(view, match.start())
            if span and _names(view, span, person=kind.person) and _is_representative(view, match, span):
                yield Relation(*span, kind.relation, f"related-{kind.relation}", kind.score)


def _is_representative(view: View, match: re.Match[str], span: tuple[int, int]) -> bool:
    """After a bare "By:" the name must say in which capacity it signs: "By: Oak GP LLC, its general partner"."""
    return not match.group(0).rstrip().endswith(":") or bool(cue.CAPACITY.match(view.shadow, span[1], span[1] + 60))


def _names(view: View, span: tuple[int, int], *, person: bool) -> bool:
    name = view.shadow[slice(*span)]
    words = re.sub(r"^the\s+", "", name, flags=re.I).split()
    if not acceptable(name) or "@" in name or len(words) < 2 or _SENTENCES.search(name):
        return False
    if has_legal_form(name):
        return True
    return words[-1].rstrip("s").lower() not in ROLE_WORDS and (person and kind_of(name) == "person" and not name.isupper())


def _forward(view: View, at: int) -> tuple[int, int] | None:
    end = max(name_ends(view, at, min(len(view.text), at + 120)), default=at)
    last = view.shadow[at:end].split()[-1] if end > at else ""
    if last.endswith(".") and (len(last) > _SHORT_FORM or not is_legal_form(last)):
        end -= 1  # the sentence's full stop, not that of "Inc."
    return (at, end) if end > at else None


def _backward(view: View, at: int) -> tuple[int, int] | None:
    """Return the longest name that ends at ``at``, a comma, a blank, or brackets aside."""
    stop = at
    while stop > 0 and view.shadow[stop - 1] in " ,\n":
        stop -= 1
    floor = max(0, stop - _BACK)
    for match in cue.RUN_START.finditer(view.shadow, floor, stop):
        if any(end == stop for end in name_ends(view, match.start(), min(len(view.text), stop + 1))):
            return None if _ITS_PEOPLE.search(view.shadow, max(0, match.start() - 60), match.start()) else (match.start(), stop)
    return None
