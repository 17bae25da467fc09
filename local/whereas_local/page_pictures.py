"""The pictures of a document's pages with a rectangle for each entity, ready for the report."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from whereas.reading.viewing import DPI, MEDIA_TYPE
from whereas_local.formatting import type_name

MOST: Final = 200
"""Pictures in a report at most: some 6 MB of them, which browsers still open at once."""
_PNG_SIZE = slice(16, 24)  # PNG specification, 11.2.2: width and height are the first fields of the header chunk


@dataclass(frozen=True, slots=True)
class Rectangle:
    """One box of an entity, in points; ``type`` and ``layer`` as in the record."""

    x: float
    y: float
    width: float
    height: float
    type: str
    layer: str
    tooltip: str


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as the report shows it: a data URI, its size in points, what lies on it."""

    source: str
    width: float
    height: float
    rectangles: tuple[Rectangle, ...]


def page_pictures(images: Mapping[int, bytes], entities: Iterable[Mapping[str, Any]]) -> dict[int, PagePicture]:
    """Return the pictures by page.

    Args:
        images: the PNG of each page that has one.
        entities: the record's entities; of those that cover the same text the wider ones lie below.
    """
    boxes: defaultdict[int, list[Rectangle]] = defaultdict(list)
    for entity in sorted(entities, key=lambda item: (item["layer"] == "mention", item["start"] - item["end"])):
        for x0, y0, x1, y1 in entity.get("boxes") or ():
            name = f"{type_name(entity['type'])}: {entity['text']}"
            boxes[entity["page"]].append(Rectangle(x0, y0, round(x1 - x0, 2), round(y1 - y0, 2), entity["type"], entity["layer"], name))
    return {page: _picture(image, tuple(boxes[page])) for page, image in images.items()}


def _picture(image: bytes, rectangles: tuple[Rectangle, ...]) -> PagePicture:
    size = image[_PNG_SIZE]
    width, height = (int.from_bytes(part, "big") * 72 / DPI for part in (size[:4], size[4:]))
    return PagePicture(f"data:{MEDIA_TYPE};base64,{base64.b64encode(image).decode()}", width, height, rectangles)
