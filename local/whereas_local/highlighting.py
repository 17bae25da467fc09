"""Cuts a text into segments at every span's edge, so that spans may nest and overlap and still become valid HTML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from whereas_local.formatting import type_name, value_words

_BLOCK = 8_000  # characters in a block of a text without pages; browsers skip the layout of blocks that are out of sight
_NAMED = 3  # targets that the tooltip of a reference names


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: its CSS classes and its tooltip.

    ``anchor`` is the element id of its start, ``href`` the anchor of the place that it links to; None for neither.
    """

    start: int
    end: int
    classes: str
    tooltip: str = ""
    anchor: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference points at: the anchor of its place and its name."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """A page, or a part of a text without pages. ``page`` is None where the page is not known."""

    page: int | None
    html: Markup


def entity_spans(entities: Sequence[dict[str, Any]], *, targets: Mapping[str, Target] | None = None) -> list[Span]:
    """Return a span for every entity of a public record; of equal stretches the role comes first and so lies outside.

    Args:
        entities: the record's entities.
        targets: where the clauses stand, by section id; an entity that points at one links to it (at the first of several).
    """
    ordered = sorted(entities, key=lambda item: bool(item["layer"] == "mention"))
    return [_entity_span(item, targets or {}) for item in ordered]


def _entity_span(entity: dict[str, Any], targets: Mapping[str, Target]) -> Span:
    pointed = [targets[target] for target in entity.get("target_ids") or () if target in targets]
    classes = f"e {entity['layer'][0]} t-{entity['type']}"
    return Span(entity["start"], entity["end"], classes, _tooltip(entity, pointed), href=pointed[0].anchor if pointed else None)


def _tooltip(entity: dict[str, Any], pointed: Sequence[Target]) -> str:
    head = f"{type_name(entity['type'])} ({entity['layer']})"
    value = value_words(entity.get("normalized"))
    labels = ", ".join(target.label for target in pointed[:_NAMED])
    more = f" and {len(pointed) - _NAMED} more" if len(pointed) > _NAMED else ""
    lines = (head, f"score {entity['score']:.2f}", f"source {entity['source']}", f"value {value}" if value else "")
    return "\n".join(filter(None, (*lines, f"leads to {labels}{more}" if labels else "")))


def infer_page_starts(text: str, entities: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Guess where pages start from the pages of the entities: at the last line break before a page's first entity.

    Returns:
        (page, offset) pairs in order; empty where no entity knows its page.
    """
    starts: list[tuple[int, int]] = []
    before = 0
    for entity in sorted((item for item in entities if item.get("page")), key=lambda item: (item["start"], -item["end"])):
        page = entity["page"]
        if not starts:
            starts.append((page, 0))
        elif page > starts[-1][0]:
            line = text.rfind("\n", before, entity["start"]) + 1
            starts.append((page, line or entity["start"]))
        before = max(before, entity["end"])
    return starts


def _block_starts(text: str, page_starts: Sequence[tuple[int, int]]) -> list[tuple[int | None, int]]:
    """Return where blocks start: at the pages, or at line breaks some thousand characters apart."""
    if page_starts:
        starts: list[tuple[int | None, int]] = [(page, min(max(offset, 0), len(text))) for page, offset in page_starts]
        return starts if starts[0][1] == 0 else [(None, 0), *starts]
    starts = [(None, 0)]
    while (line := text.find("\n", starts[-1][1] + _BLOCK)) >= 0:
        starts.append((None, line + 1))
    return starts


def _wrap(spans: Sequence[Span], start: int, end: int, inner: str) -> str:
    """Return the stretch within its spans; of several links that cover it the outermost is one, for links must not nest."""
    linking = next((span for span in spans if span.href), None)
    tags = ["a" if span is linking else "span" for span in spans]
    opened = "".join(_open(tag, span, start, end) for tag, span in zip(tags, spans, strict=True))
    return opened + inner + "".join(f"</{tag}>" for tag in reversed(tags))


def _open(tag: str, span: Span, start: int, end: int) -> str:
    edges = (" s" if start == span.start else "") + (" z" if end == span.end else "")
    title = f' title="{escape(span.tooltip)}"' if span.tooltip else ""
    anchor = f' data-v="{escape(span.anchor)}"' if span.anchor else ""
    if span.anchor and start == span.start:
        anchor += f' id="{escape(span.anchor)}" tabindex="-1"'
    href = f' href="#{escape(span.href)}"' if tag == "a" else ""
    return f'<{tag} class="{escape(span.classes)}{edges}"{href}{title}{anchor}>'


def _segments(length: int, spans: Sequence[Span], cuts: Sequence[int]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield (start, end, covering spans, outermost first) for each stretch between two edges."""
    opening = sorted(range(len(spans)), key=lambda index: (spans[index].start, -spans[index].end, index))
    edges = sorted({0, length, *cuts, *(edge for span in spans for edge in (span.start, span.end))})
    active: list[int] = []
    following = 0
    for start, end in pairwise(edges):
        active = [index for index in active if spans[index].end > start]
        while following < len(opening) and spans[opening[following]].start <= start:
            active.append(opening[following])
            following += 1
        yield (
            start,
            end,
            [spans[index] for index in sorted(active, key=lambda index: (spans[index].start - spans[index].end, index))],
        )


def highlight(text: str, spans: Sequence[Span], *, page_starts: Sequence[tuple[int, int]] = ()) -> list[Block]:
    """Return the text as blocks of escaped HTML with every span marked.

    Args:
        text: the cleaned text.
        spans: any spans; those that are empty or reach beyond the text are left out.
        page_starts: (page, offset) pairs in order; empty for a text without pages.
    """
    starts = _block_starts(text, page_starts)
    offsets = [offset for _, offset in starts]
    parts: list[list[str]] = [[] for _ in starts]
    usable = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    for start, end, covering in _segments(len(text), usable, offsets):
        parts[bisect_right(offsets, start) - 1].append(_wrap(covering, start, end, str(escape(text[start:end]))))
    return [Block(page, Markup("".join(part))) for (page, _), part in zip(starts, parts, strict=True)]
