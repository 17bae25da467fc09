"""What a party is, where the contract says so beside its name: "a Delaware corporation", "incorporated in Mexico".

The legal form is the one that the name ends in ("Inc.", "Co., Ltd."), as written. Where it ends in none, or in "Company", which is a word
of many forms, the descriptor's form stands: "a New York limited liability company". The descriptor must follow the name with nothing
between but brackets, other names and an address; after "a subsidiary of" or "whose general partner is" it describes somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from whereas.resolution.candidates import Candidate
from whereas.resolution.parties.names import is_legal_form
from whereas.resolution.parties.nationalities import find_origin
from whereas.resolution.view import View, rx

_FORM = (
    r"limited liability (?:limited )?(?:company|partnership|corporation)|limited-liability company|"
    r"(?:public|private) (?:limited(?: liability)? company|company limited by shares|joint(?:-| )stock company)|"
    r"company limited by (?:shares|guarantee)|(?:open |closed )?joint(?:-| )stock company|limited company|"
    r"(?:registered )?(?:limited|general) partnership|partnership|sole proprietorship|"
    r"(?:business|statutory|real estate investment|grantor|charitable) trust|trust company|trust|"
    r"(?:national banking|national|banking|savings|unincorporated|cooperative|non-?profit) association|association|"
    r"(?:federal |state )?savings bank|(?:state |national )?(?:chartered )?bank|"
    r"(?:non-?profit|not-for-profit|public benefit|professional|banking|municipal|exempted|close|statutory|chartered|insurance) "
    r"(?:limited )?(?:corporation|company)|exempted limited partnership|corporation|company|cooperative|foundation|body corporate|"
    r"soci[eé]t[eé] (?:anonyme|[aà] responsabilit[eé] limit[eé]e)|besloten vennootschap|naamloze vennootschap|Aktiengesellschaft|"
    r"Gesellschaft mit beschr[aä]nkter Haftung|groupement d'int[eé]r[eê]t [eé]conomique|L\.?L\.?C\.?(?!\w)|joint venture"
)
# What is described with a place though the word is no legal form.
_BODY = r"organi[sz]ation|entity|firm|institution|university|nonprofit|agency|fund|business"
_DESCRIPTOR = rx(
    r"(?<![\w])an? ((?:(?!(?:of|with|at|in|having|whose|located|which|and|or|by|for|to|is|division|subsidiary|affiliate|member|"
    r"party)\b)[\w.'&()/-]{1,25},? |(?:State|Commonwealth|Province|Republic|People's Republic) of (?:the )?){0,7}?)"
    rf"(?:({_FORM})|(?:{_BODY}))(?!\w|-)"
)
_SHAPED = rx(r",? (?:organi[sz]ed|established|formed|constituted|structured) as ")
_ELSEWHERE = rx(
    r"\b(?:subsidiar(?:y|ies)|division|affiliates?|branch|member|unit) of\b|\bowned\b|\bwhose (?!address|registered|principal)|"
    r"\b(?:general|limited|managing) (?:partner|member)s?\b|\bon behalf of\b|\bsuccessor\b|\bacting\b|\bmanager of\b|\bas (?:its )?agent\b|"
    r"\bparent\b|[;]|\. [A-Z][a-z]{1,20} [A-Za-z]|\n\n|\bWHEREAS\b|\bBy:",
    0,
)
_BRACKET = re.compile(r"\([^()]{0,200}\)")
_AND = re.compile(r"\band\s{1,6}(?!existing|validly|in\s{1,3}good|having|with|has\s)", re.I)
_LAWS = rx(
    r"(?:(?:under|pursuant to|by|of|in accordance with) (?:and by virtue of )?the (?:\w+ )?laws? (?:of|in)|"
    r"\bcorporation of(?= the (?:State|Commonwealth)\b)|\b(?:incorporated|organi[sz]ed|"
    r"registered|formed|established|existing|constituted|domiciled)(?: (?:and|or) \w+| \w+ly){0,2} in) (?:the )?"
    r"(?:(?:State|Commonwealth|Province|Republic|Kingdom|Grand Duchy|Federal Republic|Country) of (?:the )?)?"
)
_SUFFIX = re.compile(
    r"(?:(?:Co|Company|Corp)\.?,?\s{1,3}(?:Ltd|Limited)|(?:Private|Pvt\.?|\(?Pty\.?\)?|Pte\.?|Sdn\.?)\s{1,3}(?:Limited|Ltd|Bhd)|"
    r"Limited\s{1,3}Liability\s{1,3}(?:Company|Partnership)|(?:Limited|General)\s{1,3}Partnership|Public\s{1,3}Limited\s{1,3}Company|"
    r"National\s{1,3}Association|GmbH\s{1,3}&\s{1,3}Co\.?\s{1,3}KG(?:aA)?|S\.?A\.?\s{1,3}de\s{1,3}C\.?V|S\.?\s?de\s{1,3}R\.?L\.?\s{1,3}de\s{1,3}C\.?V)"
    r"\.?\Z",
    re.I,
)
_NO_SUFFIX = frozenset(
    {"trust", "bank", "partnership", "foundation", "association", "university", "authority", "holding", "holdings", "bancorp"}
)
_WEAK = frozenset({"company", "co"})
_REACH = 420


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The legal form that a text gives, and where the body was organised, each None where it does not say."""

    form: str | None
    place: Candidate | None


def written_form(name: str) -> str | None:
    """Return the legal form that a name ends in, as written ("Co., Ltd.", "B.V."), or None."""
    text = re.sub(r"\s{0,3}\([^()]{0,30}\)\s{0,3}\Z", "", " ".join(name.split())).replace("..", ".")
    several = _SUFFIX.search(text)
    if several and several.start() > 0 and text[several.start() - 1] in " ,":
        return several.group(0)
    words = text.replace(",", ", ").split()
    if len(words) < 2 or not is_legal_form(words[-1]) or words[-1].lower().rstrip(".") in _NO_SUFFIX:
        return None
    return words[-1]


def describe(view: View, end: int, limit: int) -> Descriptor:
    """Read the descriptor after a name that ends at ``end``; ``limit`` is where the next party's name or the list of parties ends."""
    limit = min(limit, end + _REACH)
    match = _DESCRIPTOR.search(view.shadow, end, limit)
    shaped = _SHAPED.match(view.shadow, match.end(), limit) if match else None
    if shaped:  # "a closed-end investment company organized as a Massachusetts business trust"
        match = _DESCRIPTOR.match(view.shadow, shaped.end(), limit)
    if match and _is_own(view.shadow[end : match.start()]):
        place = find_origin(view, *match.span(1)) or _organized(view, match.end(), limit)
        return Descriptor(_spelled(match.group(2)) if match.group(2) else None, place)
    return Descriptor(None, _organized(view, end, limit))


def describe_sentence(view: View, names: Sequence[str]) -> Candidate | None:
    """Return the place of "NAME is a corporation duly organized under the laws of PLACE", the representation that every body makes."""
    for name in names:
        spelled = r"\s{1,6}".join(map(re.escape, name.split()))
        pattern = re.compile(rf"(?<!\w){spelled}(?:\s{{0,3}}\([^()\n]{{1,30}}\))?\s{{1,6}}(?:is|are)\s{{1,6}}(?:an?|duly|validly)\s")
        for number, match in enumerate(pattern.finditer(view.shadow)):
            sentence = view.sentence(match.end(), reach=260)[1]
            place = _organized(view, match.end(), sentence)
            if place:
                return replace(place, score=0.75)
            if number > 4:
                break
    return None


def _is_own(gap: str) -> bool:
    """Say whether a descriptor after this gap still speaks of the name before it."""
    bare = _BRACKET.sub(" ", gap)
    return not _ELSEWHERE.search(bare) and not _AND.search(bare)


def _organized(view: View, start: int, limit: int) -> Candidate | None:
    """Return the place of "organized under the laws of PLACE" or "incorporated in PLACE"; None where another body stands between."""
    for match in _LAWS.finditer(view.shadow, start, limit):
        if _ELSEWHERE.search(_BRACKET.sub(" ", view.shadow[start : match.start()])):
            return None
        place = find_origin(view, match.end(), min(match.end() + 60, len(view.text)))
        if place and place.start - match.end() <= 24 and not set(view.shadow[match.end() : place.start]) & set(",;()\n."):
            return place
    return None


def _spelled(form: str) -> str:
    text = " ".join(form.split())
    return text if len(text) < 5 or "." in text else text.lower()


def legal_form_of(name: str, descriptor: Descriptor) -> str | None:
    """Return the written form, or the descriptor's where the name has none or only "Company"."""
    written = written_form(name)
    if written and written.lower().rstrip(".") not in _WEAK:
        return written
    return descriptor.form if descriptor.form and descriptor.form != "company" else written or descriptor.form
