"""Patterns that label organisations, places and people in raw contract text, for training alone.

They follow docs/labels.md. All quantifiers are bounded: stacked unbounded white space backtracks for minutes on layout text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from whereas_training.labels import Span

_FORM = (
    r"(?:Inc|INC|Incorporated|INCORPORATED|Corp|CORP|Corporation|CORPORATION|LLC|L\.L\.C|L\.\sL\.\sC|Ltd|LTD|Limited|LIMITED|LP|L\.P|LLP|L\.L\.P"
    r"|PLC|plc|P\.L\.C|GmbH|GMBH|AG|N\.V|NV|B\.V|BV|S\.A|SA|S\.p\.A|A/S|AB|Pty|N\.A|Company|COMPANY|Partnership|PARTNERSHIP)"
)
LEGAL_FORM = re.compile(rf"(?:,|\b)\s?{_FORM}\b\.?(?:\s?,?\s?(?:Ltd|LTD|Limited|L\.P|LP|Inc)\b\.?)?\s*$")
_ORG = re.compile(
    rf"\b(?!(?:AND|OR|BETWEEN|BY|WITH|THE|TO|FOR|OF|IF|The|This|THIS|Each|Any|Such|If)\b)[A-Z0-9][\w.&'’-]{{0,30}}"
    rf"(?:,?\s(?!(?:AND|OR|BETWEEN|BY|WITH|TO|FOR|A|AN|IS|The|This|Attn|Attention)\b)(?:of\s|OF\s|&\s)?[A-Z0-9(][\w.&'’()-]{{0,30}}){{0,5}}"
    rf",?\s(?:{_FORM})\b\.?(?:,?\s?(?:Ltd|LTD|Limited|L\.P|LP|Inc|Corporation)\b\.?)?"
)  # fmt: skip
_GAZETTEER: dict[str, list[str]] = json.loads(Path(__file__).with_name("places.json").read_text(encoding="utf-8"))


def _any_of(names: list[str]) -> str:
    return "|".join(re.escape(name).replace("’", "['’]") for name in names)


STATES = _any_of(_GAZETTEER["states"])
STATES_UPPER = _any_of([name.upper() for name in _GAZETTEER["states"]])
_PLACE = re.compile(rf"\b(?:{_any_of([name for names in _GAZETTEER.values() for name in names])})(?!\w)")
_PLACE_UPPER = re.compile(rf"\b(?:{_any_of([name.upper() for name in _GAZETTEER['states']])})(?!\w)")
_CITY = re.compile(rf"\b(?P<c>[A-Z][a-z]{{2,15}}(?:\s[A-Z][a-z]{{2,15}}){{0,2}}),\s(?:{STATES}|[A-Z]{{2}}\s\d{{5}})\b")
_PERSON = r"[A-Z][A-Za-z.'’-]{1,20}(?:\s[A-Z][A-Za-z'’-]{0,20}\.?){1,3}(?:,?\s(?:Jr|Sr|II|III|IV|Ph\.D|M\.D|Esq)\.?)?"
_STOP = (
    r"(?=\s{0,40}(?:Title|TITLE|Its|ITS|Date|DATE|Name|NAME|By|BY|Position|President|Chief|CEO|CFO|Chairman|Vice|Managing|Director|Authorized"
    r"|Secretary|Manager|General|\(|,|\n|/|$))"
)
_SIGNED = re.compile(rf"(?:/s/|/S/|\bName(?:\s(?:of|printed))?:|\bNAME:|\bPrint(?:ed)? Name:)[\s_]{{0,12}}(?P<n>{_PERSON}){_STOP}")
_NOT_NAMES = re.compile(
    r"\b(?:Title|Its|Date|Name|By|Position|President|Chief|CEO|Chairman|Vice|Managing|Director|Authorized|Secretary|Manager|General|Company"
    r"|Inc|Corp|LLC|Ltd|Limited|Agreement|Section|Signature|Officer|Executive|Attn|Phone|Fax|Email|Address|State|Street)\b",
    re.I,
)


def find_signatories(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names that follow '/s/' or 'Name:'."""
    for m in _SIGNED.finditer(text):
        start, end = m.span("n")
        label = _NOT_NAMES.search(text[start:end])
        if label:
            end = start + len(text[start : start + label.start()].rstrip(" ,"))
        words = text[start:end].split()
        half = len(words) // 2
        if half and words[:half] == words[half:]:  # the signature and the name below it, run together
            end = start + len(text[start:end]) // 2
            end -= len(text[start:end]) - len(text[start:end].rstrip())
        if len(text[start:end].split()) >= 2:
            yield start, end


def names(text: str) -> list[Span]:
    """Return ORGANIZATION spans that end in a legal form, LOCATION spans of a gazetteer, PERSON spans of signatures."""
    spans = [Span(s, e, ("PERSON",)) for s, e in find_signatories(text)]
    for m in _ORG.finditer(text):
        words = m.group().split()
        certain = 2 <= len(words) <= 6 and words[-1].lower().rstrip(".,") not in {"company", "partnership", "limited"}
        spans.append(Span(*m.span(), ("ORGANIZATION",), outside=not certain))
    spans += [Span(*m.span(), ("LOCATION",)) for p in (_PLACE, _PLACE_UPPER) for m in p.finditer(text)]
    return spans + [Span(*m.span("c"), ("LOCATION",)) for m in _CITY.finditer(text)]
