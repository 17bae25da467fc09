"""References to clauses, resolved to the sections of the same contract.

The exact number comes first, then the section that encloses it: "Section 4.2(a)" is 4.2 where (a) is no section of its own.
Without a number of its own ("clause (ii)", "paragraph (b) above") a reference is read from where it stands, outwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from whereas.resolution.clauses.index import ANNEXES, ClauseIndex, ordinal, plain, unique
from whereas.resolution.clauses.papers import OtherPapers
from whereas.resolution.view import View, rx
from whereas.types import Section

_KIND = re.compile(r"(?:(?:Sub-?)?([A-Za-z]{4,12}))(?=[\s-])")
_PART = rx(
    r"(?P<join>(?:,|(?i:and/or|and|or|through|to)|&|-| ){0,6}?)(?=\"?[\dA-Z]|\()(?!(?:AND|OR|TO|THROUGH)\b)"
    r"(?:\"?(?P<base>\d{1,3}(?:\.\d{1,3}){0,4}|[A-Z]{1,6}(?:-\d{1,2})?(?![a-z])(?:\.\d{1,2})?)(?:[,.]?\")?)?"
    r"(?P<letter>(?<=\d)\.?[a-zA-Z](?![\w']))?\.?(?P<subs>(?: ?\([a-zA-Z0-9]{1,5}\)){0,6})",
    0,
)
_SUB = re.compile(r"\(([a-zA-Z0-9]{1,5})\)")
_RANGE = re.compile(r"through|to|-", re.IGNORECASE)
_CONTAINER = rx(
    r",? ?(?:of|to|in|under) (?:this |the )?(?P<ref>(?:Section|Clause|Article|Paragraph|Schedule|Exhibit|Annex|Appendix|Attachment) "
    r"(?:\d{1,3}(?:\.\d{1,3}){0,4}(?:\([a-z]{1,3}\))?|[IVXL]{1,5}(?![\w])|[A-Z](?:-\d{1,2})?(?![\w])))",
    re.IGNORECASE,
)
_NEAR = 2500


@dataclass(frozen=True, slots=True)
class _Item:
    """One number of a reference: "4.2" and ("a", "i") of "4.2(a)(i)"; ``ranged`` where it ends a range that the one before begins."""

    base: str
    subs: tuple[str, ...]
    ranged: bool = False


def target_finder(view: View) -> Callable[[int, int], tuple[str, ...]]:
    """Return what gives the ids of the sections that the reference in [start, end) points at, () where the contract has none.

    The index is built here, once a document.
    """
    index = ClauseIndex(view)
    papers = OtherPapers(view)

    def targets_of(start: int, end: int) -> tuple[str, ...]:
        return () if papers.holds(start, end) else _resolve(view, index, start, end)

    return targets_of


def _resolve(view: View, index: ClauseIndex, start: int, end: int) -> tuple[str, ...]:
    text = view.shadow[start:end]
    match = _KIND.match(text)
    kind = match[1].lower().removesuffix("s").removesuffix("e" if match[1].lower().endswith("ixes") else "") if match else ""
    kind = {"appendice": "appendix", "annexe": "annex"}.get(kind, kind)
    scope = index.scope_at(start)
    within = _container(view, index, end)
    found: list[str | None] = []
    for item in _items(text[match.end() :] if match else text):
        target = _find(view, index, kind, item, start=start, scope=scope, within=within)
        if item.ranged and target and found and found[-1]:
            found += index.between(found[-1], target)
        found.append(target)
    return unique(found)


def _container(view: View, index: ClauseIndex, end: int) -> str | None:
    """Return the section that the words after a reference name as its place: "paragraph 3 of Schedule 1"."""
    match = _CONTAINER.match(view.shadow, end, end + 60)
    if not match:
        return None
    inner = _resolve(view, index, match.start("ref"), match.end("ref"))
    return inner[0] if inner else None


def _items(text: str) -> Iterator[_Item]:
    last = _Item("", ())
    position = 0
    while position < len(text):
        match = _PART.match(text, position)
        if match is None or not (match["base"] or match["subs"]):
            position += 1
            continue
        position = max(match.end(), position + 1)
        subs = tuple(_SUB.findall(match["subs"] or ""))
        letter = (match["letter"] or "").strip(".")
        if match["base"]:
            item = _Item(match["base"], ((letter,) if letter else ()) + subs)
        else:
            # "4.2(a) and (b)": the last marks change, what stands before them stays.
            item = _Item(last.base, last.subs[: max(0, len(last.subs) - len(subs))] + subs)
        item = replace(item, ranged=bool(last.base or last.subs) and bool(_RANGE.search(match["join"])))
        yield item
        last = item


def _find(view: View, index: ClauseIndex, kind: str, item: _Item, *, start: int, scope: str | None, within: str | None) -> str | None:
    if kind in ANNEXES:
        return _annex(index, kind, item)
    if not item.base:
        return _descend(index, within, item.subs) if within else _relative(view, index, item.subs, start)
    if within:
        scope = within if index.find(item.base, within) else scope
        inner = index.child(within, item.base) or (index.find(item.base, within) if item.base[0].isdigit() else None)
        return _descend(index, inner or within, item.subs if inner else ())
    base = _based(index, kind, item.base, scope)
    if base is None and not item.base[0].isdigit() and kind != "article":
        # "subsection A" stands for "(A)" or "A." of the same section.
        return _relative(view, index, (item.base, *item.subs), start)
    return _descend(index, base, item.subs) if base else None


def _annex(index: ClauseIndex, kind: str, item: _Item) -> str | None:
    name = item.base.upper()
    subs = "".join(f"({sub})" for sub in item.subs).upper()
    for key in (name + subs, name, name.partition("-")[0]):
        found = index.find(f"{kind} {key}", None)
        if found:
            return found if key != name else _descend(index, found, item.subs)
    return None


def _based(index: ClauseIndex, kind: str, base: str, scope: str | None) -> str | None:
    """Return the section of a number, else the one that encloses it: 4 for 4.2 where the contract has no 4.2."""
    if not base[0].isdigit():
        article = index.find(f"article {ordinal(base)}", scope) if kind in {"article", "section"} else None
        return article or index.find(f"item {base}", scope)
    first = f"article {plain(base)}"
    keys = [first, base, plain(base)] if kind == "article" else [base, plain(base)]
    parts = base.split(".")
    for depth in range(len(parts) - 1, 0, -1):
        keys += [".".join(parts[:depth]), plain(".".join(parts[:depth]))]
    keys += [f"article {plain(parts[0])}"]
    return next((found for key in keys if (found := index.find(key, scope))), None)


def _descend(index: ClauseIndex, at: str | None, subs: Sequence[str]) -> str | None:
    for sub in subs:
        below = index.child(at, sub)
        if below is None:
            return at
        at = below
    return at


def _relative(view: View, index: ClauseIndex, subs: Sequence[str], start: int) -> str | None:
    """Read "(b)" from where it stands: an item under one of the sections around it, else one set in the same section's text."""
    around: list[Section] = list(index.around(start))
    for section in around:
        item = index.child(section.section_id, subs[0])
        if item:
            return _descend(index, item, subs[1:])
    if around and not around[0].number:
        return None
    mark = f"({subs[0]})"
    here = around[0] if around else None
    inside = here and view.shadow.find(mark, max(here.start, start - _NEAR), start - 1) >= 0
    return here.section_id if here and inside else None
