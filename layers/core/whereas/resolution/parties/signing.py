"""Who signed for whom: the fields of a signature block, read down one column or across two, under the names that head them.

Forms print the parties side by side, and text layers read across: "ACME, INC. BETA LTD. By: /s/ A By: /s/ B Name: A Name: B". The n-th
field of a kind then belongs to the n-th heading. Where the numbers do not agree nobody is taken for a signatory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whereas.resolution.candidates import Candidate
from whereas.resolution.parties.blocks import Block, read_blocks, signing_windows
from whereas.resolution.parties.headings import Heading, Signer
from whereas.resolution.parties.names import normalise_name
from whereas.resolution.parties.signatures import Field, Signature, grouped, read_signature, value_of
from whereas.resolution.view import View


def read_signings(view: View, signers: Sequence[Signer], signatures: Sequence[Signature], dates: Sequence[Candidate]) -> list[Signature]:
    """Return the signatures of persons in text order, witnesses included."""
    found: list[Signature] = []
    for start, end in signing_windows(view, signatures):
        for block in read_blocks(view, signers, start, end):
            found += _parted([s for s in read_block(view, block, dates) if s.name])
    return [_own_name(s, signers) for s in found]


def _parted(signings: Sequence[Signature]) -> Iterator[Signature]:
    """Yield the signings of a block, each name cut where another's begins or ends: "/s/ Bo Oak Ann Lee" beside "/s/ Ann Lee"."""
    names = {s.name or "" for s in signings}
    for signing in signings:
        name = signing.name or ""
        cut = sum(len(other) + 1 for other in names if name.endswith(f" {other}"))
        start, end = signing.span
        yield replace(signing, name=name[: end - cut - start], span=(start, end - cut)) if cut else signing


def read_block(view: View, block: Block, dates: Sequence[Candidate]) -> Iterator[Signature]:
    """Yield the signatures of one block, each under the name that heads it."""
    groups = list(grouped(view, block.fields))
    own = [f for g in groups if not any(f.witness for f in g) for f in g]
    parties = [h for h in block.heads if h.owner is not None]
    beside = parties * _abreast(view, own) if len(parties) == 1 else []
    for heads in (block.heads, parties, beside):
        if rows := _rows(view, own, len(heads)) if len(heads) > 1 else 0:
            groups = [g for g in groups if any(f.witness for f in g)]
            for row in range(rows):
                for column, head in enumerate(heads):
                    if cell := _cell(view, own, row, column, len(heads)):
                        yield read_signature(view, cell, head, dates)
            break
    names = [h for h in block.heads if not h.witness]
    stacked = len(names) > 1 and "\n" in view.shadow[names[-2].end : names[-1].start]
    single = names[-1] if names and (stacked or len(parties) < 2) else None
    for group in groups:
        yield read_signature(view, group, None if any(f.witness for f in group) else single, dates)


def _filled(view: View, fields: Sequence[Field], kind: str) -> list[Field]:
    return [f for f in fields if f.kind == kind and value_of(view, f)]


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


def _own_name(signing: Signature, signers: Sequence[Signer]) -> Signature:
    """A person who is a party signs for themselves, unless with a title under a company's name."""
    if signing.witness or (signing.owner is not None and signing.title):
        return signing
    key = normalise_name(signing.name or "")
    own = next((n for n, s in enumerate(signers) if normalise_name(s.name) == key), None)
    return replace(signing, head=Heading(*signing.span, own)) if own is not None else signing
