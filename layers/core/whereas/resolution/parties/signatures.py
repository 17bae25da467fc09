"""The fields of a signature block ("By:", "Name:", "/s/"), and the signatures that they make up: who, with which title, on which date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.windows import windows
from whereas.resolution.parties import cues as cue
from whereas.resolution.parties.headings import Heading
from whereas.resolution.parties.persons import office_after, person_in, printed_below, title_in
from whereas.resolution.view import View, rx

_OPENING = rx(
    r"\bIN WITNESS (?:WHEREOF|HEREOF)\b|\bVery truly yours\b|\bSincerely\b|\bYours (?:sincerely|faithfully|truly)\b|"
    r"\b(?:ACCEPTED|Accepted|AGREED|Agreed) (?:AND|and|to|TO|&)",
    0,
)
_LABEL = re.compile(
    r"(?<!\w)(?P<by>By|BY|Signed\s{1,2}[Bb]y|Signature|SIGNATURE|Signed|SIGNED|Per|PER)\s{0,2}(?::|(?=\s{0,3}/s/)|(?=\s{0,3}_{3}))|"
    r"(?<!\w)(?<![Ll]egal )(?<!LEGAL )(?<![Cc]ompany )(?<!COMPANY )"
    r"(?P<name>(?:(?:Print(?:ed)?|PRINT(?:ED)?)\s{1,3})?(?:Name|NAME))\s{0,2}(?::|(?=\s{0,3}_{3}))|"
    r"(?<!\w)(?P<title>Title|TITLE|Its|ITS|Function|Position|POSITION|Designation|Capacity|Office)\s{0,2}(?::|(?=\s{0,3}_{3}))|"
    r"(?<!\w)(?P<date>Dated?|DATED?)\s{0,2}(?::|(?=\s{0,3}_{3}))|(?P<conformed>/[sS]/)"
)
_SIGNS = re.compile(r"/[sS]/|(?:By|BY|[Bb]y|Signature|SIGNATURE|Signed|SIGNED|Per|PER)\s{0,2}(?::|(?=\s{0,3}_{3}))")
_VALUE_END = re.compile(r"\n|_{2,}|-{3,}|\s{3,}|(?<!\w)(?:Address|ADDRESS|Tel|Email|E-mail|Fax|Place)\s{0,2}:")
_WITNESS = re.compile(cue.WITNESSES + r"\s{0,3}\Z")
_NOTARY = re.compile(r"[-_\s,]{1,40}(?:NOTARY|Notary)\s{1,3}(?:PUBLIC|Public)")
_ACCEPTANCE = re.compile(r"\s{1,6}(?:ACCEPTED|AGREED|Accepted|Agreed|ACKNOWLEDGED)\b")
_FILED = re.compile(r"\b(?:Source|10-[KQ]\w*|8-K|S-1|20-F|6-K|DRS)\b")
_REACH, _DATE_REACH = 320, 50
"""How far below its first field a signature goes, and how far behind its last field an unlabelled date may stand, in characters."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label of a signature block ("By", "Title", "/s/"): it begins at ``start``, its value lies in [at, stop)."""

    kind: str
    start: int
    at: int
    stop: int
    witness: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: ``anchor`` is where its first field stands, ``head`` the name above it, None where there is none."""

    anchor: int
    name: str | None
    span: tuple[int, int]
    title: str | None
    date: Candidate | None
    witness: bool = False
    head: Heading | None = None

    @property
    def owner(self) -> int | None:
        """The number of the party signed for, None where no party's name heads the signature."""
        return self.head.owner if self.head else None


def signature_region(view: View) -> int | None:
    """Return where the signing begins ("IN WITNESS WHEREOF", "Very truly yours"), or None."""
    found = [m.start() for m in _OPENING.finditer(view.shadow) if m.start() > len(view.text) * 0.15]
    return found[0] if found else None


def find_fields(view: View, start: int, end: int, *, bounds: Sequence[int] = (), columns: Sequence[int] = ()) -> list[Field]:
    """Return the fields whose labels stand in [start, end).

    Args:
        view: the contract.
        start: where to begin.
        end: where to end.
        bounds: where else than at the next label a value ends: names that head a signature.
        columns: where the columns of witnesses begin; "WITNESS" there speaks of the column, not of the next field.
    """
    labels = list(_LABEL.finditer(view.shadow, start, end))
    stops = sorted([*(m.start() for m in labels), *bounds, end])
    fields = []
    for match in labels:
        written = _WITNESS.search(view.shadow, max(start, match.start() - 30), match.start())
        witness = written is not None and written.start() not in columns
        stop = stops[bisect_right(stops, match.start())]
        fields.append(Field(str(match.lastgroup), match.start(), match.end(), max(stop, match.end()), witness))
    return fields


def value_of(view: View, at: Field) -> tuple[int, int] | None:
    """Return the span of a field's value, None where the form was left blank."""
    start = at.at
    while start < at.stop and view.shadow[start] in " \t\n:_-":
        start += 1
    match = _VALUE_END.search(view.shadow, start, min(at.stop, start + 120))
    end = match.start() if match else min(at.stop, start + 120)
    end = start + len(view.shadow[start:end].rstrip(" ,;|"))
    return (start, end) if end > start else None


def grouped(view: View, fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Yield the fields of one signature after the other: a new one begins where a field comes again."""
    group: list[Field] = []
    for at in fields:
        kinds = {f.kind for f in group}
        begins = at.kind == "by" and "conformed" in kinds and not value_of(view, at)
        if group and (at.kind in kinds or begins or at.witness):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def read_signature(view: View, fields: Sequence[Field], head: Heading | None, dates: Sequence[Candidate]) -> Signature:
    """Read one signature from its fields; its name is None where no person's name stands in them."""
    by_kind = {f.kind: f for f in fields}
    persons = [p for k in ("name", "conformed", "by") if k in by_kind and (p := person_in(view, value_of(view, by_kind[k])))]
    if persons and "name" not in by_kind and (printed := printed_below(view, persons[0], fields[-1].stop)):
        persons.insert(0, printed)
    span = persons[0] if persons else (fields[0].start, fields[0].start)
    for other in persons[1:]:  # "Name: Ann Lee Bo Oak", two columns read as one: the signature knows where the first name ends
        if view.shadow[slice(*span)].lower().startswith(view.shadow[slice(*other)].lower()):
            span = (span[0], span[0] + other[1] - other[0])
    label = by_kind.get("title")
    title = title_in(view, value_of(view, label)) if label else office_after(view, max(persons, default=None), fields[-1].stop)
    title = _ACCEPTANCE.split(title)[0] if title else None
    notary = bool(_NOTARY.match(view.shadow, span[1], span[1] + 70))
    return Signature(
        anchor=fields[0].start,
        name=" ".join(view.text[slice(*span)].split()) if persons else None,
        span=span,
        title=" ".join(title.split()) if title else None,
        date=_signed_on(view, fields, by_kind.get("date"), dates),
        witness=notary or any(f.witness for f in fields) or bool(head and head.witness),
        head=None if notary else head,
    )


def _signed_on(view: View, fields: Sequence[Field], label: Field | None, dates: Sequence[Candidate]) -> Candidate | None:
    """Return the date at its label, or that which stands without one right under the signature."""
    last = max(fields, key=lambda f: f.start)
    value = value_of(view, last)
    start = label.at if label else value[1] if value else last.at
    end = min(label.stop if label else last.stop, start + _DATE_REACH)
    return _day_in(view, start, end, dates)


def _day_in(view: View, start: int, end: int, dates: Sequence[Candidate]) -> Candidate | None:
    """Return the first day in [start, end) that is no stamp of a filing."""
    days = (d for d in dates if start <= d.start < end and d.precision == "day")
    return next((d for d in days if not _FILED.search(view.shadow, max(0, d.start - 60), d.start)), None)


def find_signatures(view: View, dates: Sequence[Candidate]) -> list[Signature]:
    """Return the signatures of the text in order, under no heads; a name or a title stands in each."""
    found = []
    for start, end in windows(view, _SIGNS.finditer(view.shadow), before=0, after=_REACH):
        groups = [g for g in grouped(view, find_fields(view, start, end)) if any(f.kind in {"by", "conformed"} for f in g)]
        for group, following in zip_longest(groups, groups[1:]):
            first = next(f.start for f in group if f.kind in {"by", "conformed"})
            limit = min(first + _REACH, following[0].start if following else end)
            signature = read_signature(view, [f for f in group if first <= f.start < limit], None, dates)
            if signature.name or signature.title:
                found.append(signature if signature.date else replace(signature, date=_day_in(view, first, limit, dates)))
    return found
