"""The signature block: who signed, with which title, on which date, and under which company's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whereas.resolution.candidates import Candidate
from whereas.resolution.parties.names import has_legal_form, kind_of
from whereas.resolution.view import View, rx

_WITNESS = rx(
    r"\bIN WITNESS (?:WHEREOF|HEREOF)\b|\bVery truly yours\b|\bSincerely\b|\bYours (?:sincerely|faithfully|truly)\b|"
    r"\b(?:ACCEPTED|Accepted|AGREED|Agreed) (?:AND|and|to|TO|&)",
    0,
)
_LABEL = re.compile(
    r"(?<![\w])(By|BY|Name|NAME|Print(?:ed)?\s{1,3}Name|PRINT(?:ED)?\s{1,3}NAME|Title|TITLE|Its|ITS|Date|DATE|Dated|DATED|"
    r"Signature|SIGNATURE|Signed|SIGNED|Per)"
    r"\s{0,2}(?::|(?=\s{1,3}/s/)|(?=\s{0,3}_{3}))"
)
_CONFORMED = re.compile(r"/s/\s{0,3}")
_VALUE_END = re.compile(
    r"\n|_{2,}|-{3,}|\s{3,}|/s/|(?<![\w])(?:By|BY|Name|NAME|Title|TITLE|Its|ITS|Date|DATE|Dated|Signature|SIGNATURE|Address|"
    r"ADDRESS|Print)\s{0,2}:"
)
_PERSON = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir)\.?\s)?[A-ZÀ-Þ][\w'.-]*(?:\s{1,2}(?:[A-ZÀ-Þ][\w'.-]*|\([A-Z][a-z]+\)|de|van|von|der|la|"
    r"del)){1,4}(?:,?\s(?:Jr|Sr|I{2,3}|IV)\b\.?)?"
)
_TITLE_WORD = re.compile(
    r"\s(?:President|Chief|CEO|CFO|COO|Director|Vice|VP|Chairman|Manager|Officer|Partner|Secretary|Treasurer|Counsel|Executive|"
    r"Senior|Managing|Authorized|"
    r"General|Principal|Member|Trustee|Title|Name|Date|By|Its|Witness|Shareholder|Owner|Founder|Co-Founder|SVP|EVP|Head)\b"
)


_FILED = re.compile(r"\b(?:Source|10-[KQ]\w*|8-K|S-1|20-F|6-K|DRS)\b")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signing: ``anchor`` is where "By:" or "/s/" stands, ``end`` where its lines end."""

    anchor: int
    end: int
    name: str | None
    name_span: tuple[int, int] | None
    title: str | None
    date: Candidate | None


def signature_region(view: View) -> int | None:
    """Return where the signing begins ("IN WITNESS WHEREOF", "Very truly yours"), or None."""
    found = [m.start() for m in _WITNESS.finditer(view.shadow) if m.start() > len(view.text) * 0.15]
    return found[0] if found else None


def _value(view: View, start: int) -> tuple[int, int] | None:
    while start < len(view.shadow) and view.shadow[start] in " \t\n:":
        start += 1
    match = _VALUE_END.search(view.shadow, start, start + 120)
    end = match.start() if match else min(len(view.shadow), start + 120)
    text = view.shadow[start:end].rstrip(" ,;|")
    return (start, start + len(text)) if text else None


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
    if not match or match.end() - match.start() > 60:
        return None
    end = match.start() + _unrepeated(match.group(0))
    name = view.shadow[match.start() : end]
    return None if has_legal_form(name) or kind_of(name) != "person" else (match.start(), end)


def title_in(view: View, span: tuple[int, int] | None) -> str | None:
    """A title without the next signer's company, which forms print in capitals on the same line, nor a page number."""
    if not span:
        return None
    text = view.text[span[0] : span[1]].strip()
    if not text.isupper():
        text = re.split(r"\s(?=[A-Z&.,]{2,}\s[A-Z&.,\s]{2,})", text)[0]
    text = re.sub(r"[\s\d]+\Z", "", text)
    return text if any(c.isalpha() for c in text) and len(text) < 90 else None


def _fields(view: View, start: int, end: int) -> dict[str, tuple[int, int] | None]:
    fields: dict[str, tuple[int, int] | None] = {}
    for label in _LABEL.finditer(view.shadow, start, end):
        key = label.group(1).lower().split()[-1]
        fields.setdefault({"its": "title", "dated": "date", "signed": "signature"}.get(key, key), _value(view, label.end()))
    conformed = _CONFORMED.search(view.shadow, start, end)
    if conformed:
        fields["conformed"] = _value(view, conformed.end())
    return fields


def find_signatures(view: View, dates: list[Candidate]) -> list[Signature]:
    """Return the signings of the text in order; names are persons' names, never lines of underscores."""
    starts = [m.start() for m in _LABEL.finditer(view.shadow) if m.group(1).lower() in {"by", "signature", "signed", "per"}]
    starts += [m.start() for m in _CONFORMED.finditer(view.shadow)]
    anchors: list[int] = []
    for start in sorted(starts):
        if not anchors or start - anchors[-1] > 25 or "\n" in view.shadow[anchors[-1] + 4 : start].strip(" \n:_"):
            anchors.append(start)
    found = []
    for number, anchor in enumerate(anchors):
        end = min(anchors[number + 1] if number + 1 < len(anchors) else len(view.text), anchor + 320)
        fields = _fields(view, anchor, end)
        name = person_in(view, fields.get("name")) or person_in(view, fields.get("conformed")) or person_in(view, fields.get("by"))
        title = title_in(view, fields.get("title"))
        date = next(
            (
                d
                for d in dates
                if anchor <= d.start < end and d.precision == "day" and not _FILED.search(view.shadow, max(0, d.start - 60), d.start)
            ),
            None,
        )
        if name or title:
            found.append(
                Signature(
                    anchor,
                    end,
                    view.text[name[0] : name[1]] if name else None,
                    name,
                    title,
                    date,
                )
            )
    return found
