"""Who signed for whom: the fields of a signature block, read down one column or across two, under the names that head them.

Forms print the parties side by side, and text layers read across: "ACME, INC. BETA LTD. By: /s/ A By: /s/ B Name: A Name: B". The n-th
field of a kind then belongs to the n-th heading. Where the numbers do not agree nobody is taken for a signatory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whereas.resolution.candidates import Candidate
from whereas.resolution.parties.blocks import Block, Field, read_blocks, signing_windows
from whereas.resolution.parties.headings import Signer
from whereas.resolution.parties.names import normalise_name
from whereas.resolution.parties.signatures import Signature, person_in, title_in
from whereas.resolution.view import View

_VALUE_END = re.compile(r"\n|_{2,}|-{3,}|\s{3,}|(?<!\w)(?:Address|ADDRESS|Tel|Email|E-mail|Fax|Place)\s{0,2}:")
_NOTARY = re.compile(r"[-_\s,]{1,40}(?:NOTARY|Notary)\s{1,3}(?:PUBLIC|Public)")
_OFFICE = re.compile(
    r"(?:[A-Z][\w&/.-]{1,20},?\s{1,2}(?:of\s|and\s|&\s)?){0,5}?(?:President|Chief|CEO|CFO|COO|Director|Chairman|Manager|Officer|Partner|"
    r"Secretary|Treasurer|Counsel|Trustee|Signatory|Owner|Founder|Member|Representative|Principal|Attorney|General|VP|EVP|SVP|"
    r"Shareholder|Clerk)\b"
    r"(?:[^\n\d_:]{0,60}?(?=\n|\s{2}|_|-{2}|\d|\Z|[\w.,]{2,20}\s{0,2}:))?"
)
_NAMING = ("name", "conformed", "by")
_ACCEPTANCE = re.compile(r"\s{1,6}(?:ACCEPTED|AGREED|Accepted|Agreed|ACKNOWLEDGED)\b")
_FILED = re.compile(r"\b(?:Source|10-[KQ]\w*|8-K|S-1|20-F|6-K|DRS)\b")


_DATE_REACH = 50


@dataclass(frozen=True, slots=True)
class Signing:
    """One person's signature; ``owner`` is the number of the party signed for, None where no party's name heads it."""

    owner: int | None
    name: str
    span: tuple[int, int]
    title: str | None
    date: Candidate | None
    witness: bool = False


def read_signings(view: View, signers: Sequence[Signer], signatures: Sequence[Signature], dates: Sequence[Candidate]) -> list[Signing]:
    """Return the signatures of persons in text order, witnesses included."""
    found: list[Signing] = []
    for start, end in signing_windows(view, signatures):
        for block in read_blocks(view, signers, start, end):
            found += _parted(list(_read_block(view, block, dates)))
    return [_own_name(s, signers) for s in found]


def _parted(signings: Sequence[Signing]) -> Iterator[Signing]:
    """Yield the signings of a block, each name cut where another's begins or ends: "/s/ Bo Oak Ann Lee" beside "/s/ Ann Lee"."""
    names = {s.name for s in signings}
    for signing in signings:
        start, end = signing.span
        for other in names:
            if signing.name.endswith(f" {other}"):
                end -= len(other) + 1
        yield replace(signing, name=signing.name[: end - start], span=(start, end)) if end < signing.span[1] else signing


def _read_block(view: View, block: Block, dates: Sequence[Candidate]) -> Iterator[Signing]:
    groups = list(_grouped(view, block.fields))
    own = [f for g in groups if not any(f.witness for f in g) for f in g]
    parties = [h for h in block.heads if h.owner is not None]
    beside = parties * _abreast(view, own) if len(parties) == 1 else []
    for heads in (block.heads, parties, beside):
        if rows := _rows(view, own, len(heads)) if len(heads) > 1 else 0:
            groups = [g for g in groups if any(f.witness for f in g)]
            for row in range(rows):
                for column, head in enumerate(heads):
                    if made := _signing(view, _cell(view, own, row, column, len(heads)), head.owner, dates):
                        yield replace(made, witness=made.witness or head.witness)
            break
    names = [h for h in block.heads if not h.witness]
    stacked = len(names) > 1 and "\n" in view.shadow[names[-2].end : names[-1].start]
    single = names[-1].owner if names and (stacked or len(parties) < 2) else None
    for group in groups:
        witness = any(f.witness for f in group)
        if made := _signing(view, group, None if witness else single, dates):
            yield replace(made, witness=made.witness or witness)


def _grouped(view: View, fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Yield the fields of one signature after the other: a new one begins where a field comes again."""
    group: list[Field] = []
    for at in fields:
        kinds = {f.kind for f in group}
        begins = at.kind == "by" and "conformed" in kinds and not _value(view, at)
        if group and (at.kind in kinds or begins or at.witness):
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _value(view: View, at: Field) -> tuple[int, int] | None:
    start = at.at
    while start < at.stop and view.shadow[start] in " \t\n:_-":
        start += 1
    match = _VALUE_END.search(view.shadow, start, min(at.stop, start + 120))
    end = match.start() if match else min(at.stop, start + 120)
    end = start + len(view.shadow[start:end].rstrip(" ,;|"))
    return (start, end) if end > start else None


def _filled(view: View, fields: Sequence[Field], kind: str) -> list[Field]:
    return [f for f in fields if f.kind == kind and _value(view, f)]


def _rows(view: View, fields: Sequence[Field], columns: int) -> int:
    """Return in how many rows the block signs across its columns; 0 where the numbers do not agree."""
    counts = {len(_filled(view, fields, kind)) for kind in ("conformed", "name", "by")}
    return next((count // columns for count in sorted(counts) if count and count % columns == 0), 0)


def _abreast(view: View, fields: Sequence[Field]) -> int:
    """Return how many sign beside one another under one name: "By: /s/ A By: /s/ B Name: A Name: B"."""
    label = next((f.start for f in fields if f.kind in {"name", "title"}), 0)
    signed = sum(f.kind == "conformed" and f.start < label for f in fields)
    return signed if signed == len(_filled(view, fields, "name")) == sum(f.kind == "conformed" for f in fields) else 0


def _cell(view: View, fields: Sequence[Field], row: int, column: int, columns: int) -> list[Field]:
    """Return the fields of one signature in a block that is read across.

    The n-th field of its kind that is filled is taken; of titles and dates, which a form may leave blank, the n-th at all where as many
    labels stand there as names.
    """
    chosen = []
    for kind in ("by", "conformed", "name", "title", "date"):
        every = [f for f in fields if f.kind == kind]
        filled = _filled(view, fields, kind)
        usable = filled if len(filled) % columns == 0 else every if kind in {"title", "date"} and len(every) % columns == 0 else []
        if row * columns + column < len(usable):
            chosen.append(usable[row * columns + column])
    return sorted(chosen, key=lambda f: f.start)


def _signing(view: View, fields: Sequence[Field], owner: int | None, dates: Sequence[Candidate]) -> Signing | None:
    by_kind = {f.kind: f for f in fields}
    persons: dict[str, tuple[int, int] | None] = {
        k: person_in(view, _value(view, by_kind[k])) for k in ("name", "conformed", "by") if k in by_kind
    }
    spans = [p for p in persons.values() if p]
    if not spans:
        return None
    span = spans[0]
    for other in spans[1:]:  # "Name: Ann Lee Bo Oak", two columns read as one: the signature knows where the first name ends
        if view.shadow[slice(*span)].lower().startswith(view.shadow[slice(*other)].lower()):
            span = (span[0], span[0] + other[1] - other[0])
    title = title_in(view, _value(view, by_kind["title"])) if "title" in by_kind else _office_after(view, persons, fields[-1].stop)
    title = _ACCEPTANCE.split(title)[0] if title else None
    name = " ".join(view.text[slice(*span)].split())
    notary = bool(_NOTARY.match(view.shadow, span[1], span[1] + 70))
    date = _signed_on(view, fields, by_kind.get("date"), dates)
    return Signing(None if notary else owner, name, span, " ".join(title.split()) if title else None, date, witness=notary)


def _office_after(view: View, persons: dict[str, tuple[int, int] | None], limit: int) -> str | None:
    """Return the office printed without a label under the signature: "/s/ Ann Lee  Ann Lee  Chief Executive Officer"."""
    last = max((p for p in persons.values() if p), default=None)
    if not last:
        return None
    after = view.shadow[last[1] : min(limit, last[1] + 170)]
    printed = re.match(
        r"[\s_,-]{0,90}" + r"\s{1,3}".join(map(re.escape, view.shadow[slice(*last)].split())) + r"(?!\w)(?:\s\([^()\n]{1,20}\))?",
        after,
        re.I,
    )
    at = printed.end() if printed else 0
    gap = re.match(r"[\s_,-]{1,90}", after[at:])
    match = _OFFICE.match(after, at + gap.end()) if gap else None
    return match.group(0).strip(" ,.;") if match and len(match.group(0)) < 90 else None


def _signed_on(view: View, fields: Sequence[Field], label: Field | None, dates: Sequence[Candidate]) -> Candidate | None:
    """Return the date at its label, or that which stands without one right under the signature."""
    last = max(fields, key=lambda f: f.start)
    value = _value(view, last)
    start = label.at if label else value[1] if value else last.at
    end = min(label.stop if label else last.stop, start + _DATE_REACH)
    for found in dates:
        if (
            start <= found.start < end
            and found.precision == "day"
            and not _FILED.search(view.shadow, max(0, found.start - 60), found.start)
        ):
            return found
    return None


def _own_name(signing: Signing, signers: Sequence[Signer]) -> Signing:
    """A person who is a party signs for themselves, unless with a title under a company's name."""
    if signing.witness or (signing.owner is not None and signing.title):
        return signing
    key = normalise_name(signing.name)
    own = next((n for n, s in enumerate(signers) if normalise_name(s.name) == key), None)
    return replace(signing, owner=own) if own is not None else signing
