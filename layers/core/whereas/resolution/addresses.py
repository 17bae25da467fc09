"""Postal addresses as one span, from the street number, building or P.O. box to the postcode or country, over line breaks.

An address begins at an anchor: a street line ("12 Fir Street", "Hauptstrasse 104", "6 rue Haute"), a P.O. box, or whatever
follows a cue ("registered office is at", "Address:"). From there one part after the other is read (unit, second street line,
town, state, postcode, country); the span ends after the last part that only an address has. Units and buildings before the
street line belong to it. Every step is bounded, so that the work is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.places import find_places
from whereas.resolution.view import View

_PARTS: Final = 24  # parts of one address at most: the longest foreign ones have about fifteen
_STREET = (
    r"(?i:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Dr\.?|Lane|Ln\.?|Way|Court|Ct\.?|Place|Pl\.?|Parkway|Pkwy\.?|"
    r"Highway|Hwy\.?|Freeway|Expressway|Expy\.?|Square|Sq\.?|Plaza|Circle|Cir\.?|Terrace|Trail|Row|Walk|Gate|Hill|Quay|Wharf|Close|"
    r"Gardens|Green|Mews|Embankment|Turnpike|Tpke\.?|Pike|Loop|Broadway|Crescent|Center|Centre|Park|Route|Alley|Bypass|Ridge|View|"
    r"Commons|Crossing|Point|Run)"
)
_COMPASS = r"(?:North(?:east|west)?|South(?:east|west)?|East|West|[NS]\.?[EW]\.?|[NSEW]\.?)"
_WORD = (
    r"(?:(?!(?:Inc|LLC|LLP|Ltd|Limited|Company|Corp|Corporation|The|Co|Attn|Attention)\b)[A-Z][\w.'-]{0,20}|"
    r"\d{1,3}(?:(?:st|nd|rd|th|t\s?h)\b|(?=\s{1,2}(?:St|Ave|Th)\b)))"
)
_NUMBER = (
    r"(?:[l\d]\d{0,5}(?:[A-Z]|-[A-Z\d]\d{0,4}|[/\\]\d{1,4})?|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|"
    r"Thirteen|Fourteen|Fifteen|Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety)(?:[\s-](?:One|Two|Three|Five|Hundred))?)"
)
_GAP = r"(?:,?\s{1,3})"
_STREET_LINE = (
    rf"{_NUMBER}{_GAP}(?:{_COMPASS}\s{{1,2}})?(?:(?:Avenue|Boulevard|Plaza)\s{{1,2}}(?:of|de)\s{{1,2}}(?:the\s{{1,2}})?{_WORD}|"
    rf"(?:{_WORD}\s{{1,2}}){{0,3}}?(?:Highway|Hwy\.?|Route|Interstate)\s{{1,2}}\d{{1,4}}(?![\w-])|"
    rf"(?:Rue|rue|Avenue|avenue|Via|via|Calle|Boulevard|boulevard|Quai|quai|Place|place|Route|route|Rua|Piazza|Viale)\s{{1,2}}"
    rf"(?:(?:de|du|des|la|le|di|della|del)\s{{1,2}}){{0,2}}{_WORD}(?:\s{{1,2}}{_WORD}){{0,2}}?(?=[,\s])|"
    rf"(?:{_WORD}\s{{1,3}}(?:(?:of|de|la|el|del|and|&)\s{{1,3}}){{0,2}}){{1,5}}?{_STREET}(?![\w])|Broadway\b)"
    rf"(?:,?\s{{1,2}}{_COMPASS}(?![\w']))?"
)
_BOX = r"(?:P\.?\s?O\.?\s{0,2}B(?:ox|OX)|POB)\.?\s{0,3}\#?\d{1,7}"
_ANCHOR = re.compile(
    rf"(?<![\w$,/-])(?<!\d\.)(?:(?={_NUMBER}[,\s]){_STREET_LINE}|(?=P\.?\s?O){_BOX}|[A-Z][\w.-]{{2,30}}(?:[Ss]tra(?:ss|ß)e|[Ss]tr\.|straat|weg|gasse|laan)"
    rf"\s{{1,2}}\d{{1,4}}[a-z]?(?!\w)|(?:Via|Viale|Piazza|Calle|Rue|Avenida|Av\.|Rua|Paseo|Carrera|Jalan|Jl\.)\s"
    rf"(?:(?:de|del|di|da|la)\s){{0,2}}(?:{_WORD}\s{{1,2}}){{0,3}}?{_WORD},?\s{{1,2}}(?:[Nn]\.?[o°º]?\.?\s?)?\d{{1,5}}(?!\w))"
)
_CUE = re.compile(
    r"\b(?:(?:located|situated|offices?|business|headquarter(?:s|ed)|address(?:es)?|seat|residing|resident|domiciled)\s{1,3}"
    r"(?:(?:is|are|being|located|situated|which\s{1,3}is)\s{1,3}){0,2}(?:(?:at|of|in|is)\s{0,2}:?\s{0,3}(?:the\s{1,3})?|(?=\d))|"
    r"[Aa]ddress\s{0,40}:\s{0,40}|\br/o\.?\s{1,3})(?=[A-Z\d#])"
)
_UNIT = re.compile(
    r"(?:(?:Suite|SUITE|suite|Ste|STE|Floor|Fl|Unit|Units|Room|Rm|Building|Bldg|Apt|Apartment|Tower|Block|Level|Flat|Bay|Office|Lot|Plot|Survey|Door|Shop|Wing|Sector|"
    r"Phase|Mail\s{1,2}(?:Stop|Code)|MS|M/S)\b\.?\s{0,2}(?:Nos?\.?\s?)?\#?\s?(?=[\w-]{0,8}\d|[A-Z]\b)[\w/&-]{1,12}(?:\s\d{1,4}\b)?|\#\s?\d[\w-]{0,8}|"
    r"\d{1,3}(?:st|nd|rd|th|t\s?h)?/?\s{0,2}(?:Floor|floor|Fl\.|FL\b|F\b)|(?:Ground|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|"
    r"Ninth|Tenth|Top)\s{1,2}[Ff]loor|\d{1,3}[A-Z]\b)"
)
_POSTCODE = re.compile(
    r"(?:(?:Zip|ZIP|Postal|Post)\s{0,2}(?:[Cc]ode)?:?\s{0,2}|P\.?C\.?:?\s{1,2})?"
    r"(?:\d{5}\s?[\u00ad-]\s?\d{4}|[A-Z]\d[A-Z]\s{0,2}\d[A-Z][\dIlP][l\dI]?|[A-Z]{1,2}\d[A-Z\d]?\s{1,2}\d[A-Z]{2}|\d{4}\s[A-Z]{2}(?=[\s,])|"
    r"(?:CH|DK|FI|NL|SE|NO|[DLAFBIS])\s?-\s?\d{4,5}|\d{3}-\d{4}|\d{3}\s\d{3}|\d{4,7}|[A-Z]{2}\d{2})(?![\w])"
)
_STATE = re.compile(
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|Fla\.|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|Mass\.|N[CDEHJMVY]|O[HKR]|PA|PR|RI|S[CD]|T[NX]|UT|V[AIT]|"
    r"W[AIVY]|ON|BC|AB|QC|MB|SK|NS|NB|NSW|VIC|QLD|N\.Y\.|N\.J\.|D\.C\.|Calif\.|Cal\.|Tex\.)(?![\w&])"
)
_COUNTRY = re.compile(
    r"(?:the\s{1,3})?(?:U\.S\.A\.?|U\.S\.|USA|US|UK|U\.K\.|PRC|P\.R\.C\.|P\.?\s?R\.?\s?China|England|Federal\s{1,2}Republic\s{1,2}of\s{1,2}"
    r"Germany)(?![\w])"
)
_TOWN = re.compile(
    r"(?!(?:Attention|ATTENTION|Attn|ATTN|Att|Tel|Telephone|TELEPHONE|Phone|Fax|FAX|Facsimile|Email|E-?[Mm]ail|EMAIL|With|WITH|Copy|Copies|"
    r"If|IF|Re|RE|Name|NAME|Title|TITLE|By|BY|The|THE|This|And|AND|Contact|Telecopy|Telecopier|Date|Source|Legal|Account|Page|Party|"
    r"Section|Article|Web|Website|To|WHEREAS|Whereas|Inc|LLC|Ltd|Corporation|Company|Mr|Ms|Dr|c/o|Mobile|Exhibit|Registered|President|"
    r"Chief|General)\b)[A-Z][A-Za-z.'-]{1,25}(?:\s(?:of|de|la|upon|on|am|an|der)(?=\s[A-Z]))?|No\.?\s?\d{1,5}|(?:of|de|la)\s(?=[A-Z])"
)
_MORE = re.compile(rf"(?:{_STREET_LINE}|{_BOX})")
_SEPARATOR = re.compile(r"[,;]?(?:\s{1,90}(?![\s])|(?<=,)(?=\w))(?:-\s)?")
_BEFORE = re.compile(
    rf"(?<![\w$])(?:(?:{_UNIT.pattern}|No\.\s?\d{{1,5}}|(?:{_WORD}\s{{1,2}}){{0,2}}{_WORD}\s{{1,2}}(?:House|Building|Tower|Mansion|Court|"
    rf"Plaza|Estate|Park)(?:\s{{1,2}}[A-Z\d]{{1,3}}\b)?)(?:,\s{{0,60}}|\s{{1,60}}(?:-\s{{1,2}})?)){{1,4}}\Z"
)
_NUMBERED = re.compile(rf"(?<![\w$.,/-])(?:{_NUMBER}|{_UNIT.pattern}),?(?=\s{{1,3}}[A-Z])")
_CLOSE = re.compile(r"(?<=[\s,])(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)(?![\w,-])")
_STREET_WORD = re.compile(rf"\s{_STREET}(?!\w)")
_UNIT_WORD = re.compile(r"(?<!\w)(?:Suite|Ste\.|Unit|Room|Apt\.?|Nos?\.|\#)\s{0,2}\Z")
_CUE_START = re.compile(r"(?:\d{1,5}(?:[\\/-]\d{1,4}|-?[A-Z])?|[A-Z]-\d{1,4}),?\s{1,3}(?=[A-Z])")
_UNNAMED = re.compile(r"(?:\d{1,3}(?:st|nd|rd|th)?\s|\d{4}\s)")
_AFTER_TOWN = re.compile(r"\s{0,2}(?:[.;()\n\"]|,\s{1,3}(?:\(|and\b|a\b|an\b|or\b|\"|[a-z])|\Z|(?:Attention|Attn|Tel|Fax|Phone)\b)")


class _Reader:
    """Reads the parts of one address; ``end`` follows the last part that only an address has, ``proof`` counts such parts."""

    def __init__(self, view: View, start: int, at: int) -> None:
        self.view = view
        self.start = start
        self.at = at
        self.limit = min(len(view.shadow), start + 320)
        self.end = at
        self.proof = 0
        self.towns = 0
        self.named = 0
        self.closed = False

    def read(self) -> None:
        """Read parts until something else stands there."""
        for _ in range(_PARTS):
            gap = _SEPARATOR.match(self.view.shadow, self.at, self.limit)
            if not gap or gap.group(0).count("\n") > 2:
                return
            if "," in gap.group(0):
                self.towns = 0
            if len(gap.group(0)) > 3 and "\n" not in gap.group(0) and "," not in gap.group(0) and _MORE.match(self.view.shadow, gap.end()):
                return
            if not self.part(gap.end()):
                return

    def _take(self, end: int, *, proof: bool) -> bool:
        self.at = self.end = end
        self.proof += proof
        self.towns = 0
        return True

    def part(self, at: int) -> bool:
        text = self.view.shadow
        country = _COUNTRY.match(text, at, self.limit)
        if country:
            return self._take(country.end(), proof=True) and not self.closed
        named = at + 4 if text.startswith("the ", at) else at
        place = next(iter(find_places(self.view, named, min(named + 60, self.limit))), None) if text[named : named + 1].isupper() else None
        if place and place.start == named:
            return self._take(place.end, proof=True)
        if not self.closed:
            for pattern in (_MORE, _UNIT):
                found = pattern.match(text, at, self.limit)
                if found:
                    return self._take(found.end(), proof=False)
        postcode = _POSTCODE.match(text, at, self.limit)
        if postcode and not self.closed:
            self.closed = self.proof > 0
            return self._take(postcode.end(), proof=True)
        state = _STATE.match(text, at, self.limit)
        if state and not self.closed:
            return self._take(state.end(), proof=True)
        town = _TOWN.match(text, at, self.limit)
        if town and not self.closed and self.towns < 6 and self.named < 14:
            self.at = town.end()
            self.towns += 1
            self.named += 1
            return True
        return False


def _begin(view: View, start: int, floor: int) -> int:
    """Return where the units and buildings before a street line begin; ``start`` where there are none."""
    word = _UNIT_WORD.search(view.shadow, max(floor, start - 10), start)
    start = word.start() if word else start
    lead = _BEFORE.search(view.shadow, max(floor, start - 110), start)
    return lead.start() if lead else start


def _single_town(view: View, at: int) -> int:
    """Return the end of the one town after a comma ("12 Fir Street, Salem;"), or ``at`` where none closes the address."""
    gap = re.compile(r",\s{1,60}").match(view.shadow, at)
    end = gap.end() if gap else at
    for _ in range(3):
        town = _TOWN.match(view.shadow, end)
        if not gap or not town:
            return at
        end = town.end()
        if _AFTER_TOWN.match(view.shadow, end):
            return end
        if view.shadow[end : end + 1] != " ":
            return at
        end += 1
    return at


def _cued(view: View, at: int, anchors: dict[int, int]) -> _Reader | None:
    """Read what follows a cue; None where it is no address, or where a name stands before a street line of its own."""
    reader = _Reader(view, at, at)
    number = _CUE_START.match(view.shadow, at)
    name = _TOWN.match(view.shadow, at) and not _UNIT.match(view.shadow, at)
    if number:
        reader.at = reader.end = number.end() - 1
    elif not reader.part(at):
        return None
    reader.read()
    text = view.shadow[at : reader.end]
    if not any(c.isdigit() for c in text) or reader.proof + bool(number or _UNIT.search(text) or _STREET_WORD.search(text)) < 2:
        return None
    if name and any(at < a < reader.end for a in anchors):
        return None
    return reader


def _anchored(view: View, at: int, end: int, floor: int) -> tuple[int, _Reader] | None:
    """Read on from the street line or box [at, end); None where it is a lone number and word that only looks like one."""
    reader = _Reader(view, at, end)
    reader.read()
    if reader.end == end:
        reader.end = _single_town(view, end)
    if reader.proof == 0 and _UNNAMED.fullmatch(view.shadow, at, reader.end):
        return None
    return _begin(view, at, floor), reader


def _closed(view: View, at: int, end: int, last: int) -> _Reader | None:
    """Read the address that ends in the postcode [at, end) though no street word tells where it begins; None where none does."""
    floor = max(view.shadow.rfind("\n\n", at - 130, at), at - 130, last)
    for start in _NUMBERED.finditer(view.shadow, floor, at):
        reader = _Reader(view, start.start(), start.end())
        reader.read()
        if reader.end >= end and reader.proof > 1:
            return reader
    return None


def find_addresses(view: View) -> Iterator[Candidate]:
    """Yield the postal addresses, none overlapping, sorted by start; ``value`` is the address on one line."""
    last = 0
    anchors = {m.start(): m.end() for m in _ANCHOR.finditer(view.shadow)}
    closes = {m.start(): m.end() for m in _CLOSE.finditer(view.shadow)}
    cues = {m.end() for m in _CUE.finditer(view.shadow)}
    for at in sorted(cues | anchors.keys() | closes.keys()):
        if at < last:
            continue
        start = at
        reader: _Reader | None
        if at in anchors:
            start, reader = _anchored(view, at, anchors[at], last) or (at, None)
        elif at in cues:
            reader = _cued(view, at, anchors)
        else:
            reader = _closed(view, at, closes[at], last)
            start = _begin(view, reader.start, last) if reader else at
        if reader:
            last = reader.end
            value = " ".join(view.shadow[start:last].split())
            yield Candidate("ADDRESS", start, last, value, "address", 0.9 if reader.proof > 1 else 0.75)
