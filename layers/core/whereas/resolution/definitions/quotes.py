"""Words in quotation marks, as contracts and their scans write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whereas.resolution.forms.windows import find_at
from whereas.resolution.view import View

# No quotation opens behind a word or a full stop: there one closes. Scans write '' for " and drop half of a closing mark.
_QUOTED = re.compile(
    r"(?:(?<![\w.,;!?)\]'\"])|(?<=\bthe)|(?<=\(the))(?:\"|'')\s{0,2}([A-Za-z0-9$&][^\"\n]{0,80}?(?:\n[^\"\n]{1,60}?)?)"
    r"\s{0,2}[.,;:]?\s{0,2}(?:\"|''|'(?=\s{0,2}[),]|\s{1,2}or\b))"
)
_SINGLE = re.compile(r"(?<=[\s(])'([A-Z][\w&/ -]{0,48}\w)[.,]?'(?=\s{0,2}\)|\s{1,3}(?:means?|shall|has|or|and)\b)")
_ARTICLE = re.compile(r"(?:the|a|an|this)\s{1,6}", re.I)
_ASIDE = re.compile(r"\((?:s|es|ies|y|i|ii|iii|\d{1,2}|[a-z])\)")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands at [start, end) between marks; [open, close) has the marks too. ``article`` is "the" or "a" inside the marks."""

    text: str
    start: int
    end: int
    open: int
    close: int
    article: str = ""


def quotations(view: View) -> Iterator[Quotation]:
    """Yield the short quotations of a text in order, the article inside the marks set apart."""
    found = [*find_at(view, _QUOTED, view.places_of('"', "''")), *find_at(view, _SINGLE, view.places_of("'"))]
    for match in sorted(found, key=lambda m: m.start()):
        start, end = match.span(1)
        article = _ARTICLE.match(view.shadow, start, end)
        start = article.end() if article and article.end() < end else start
        text = " ".join(view.text[start:end].split())
        if text and len(text) <= _LONGEST and not set("()") & set(_ASIDE.sub("", text)):
            yield Quotation(text, start, end, match.start(), match.end(), article.group(0).strip().lower() if article else "")
