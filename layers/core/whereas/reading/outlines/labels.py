"""The number at the beginning of a clause: what kind of numbering it belongs to and how far it has counted.

"ARTICLE IV", "Section 4.02", "4.2.1", "(a)", "(iv)", "B.", "2)", "Exhibit A-1". A letter can be read twice: "(i)" is the ninth
letter or the first Roman figure; which one it is shows from its neighbours, so both readings are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["annex", "article", "decimal", "item"]

_ARTICLE = re.compile(r"(?:ARTICLE|Article)[ ]+(?P<number>[IVXLC]{1,7}|\d{1,3}|[A-Z][a-z]{2,9}|[A-Z]{3,9})\b(?!\.\d)[.:)\-–— ]*")
_ANNEX = re.compile(
    r"[\"“\[]?(?P<kind>SCHEDULE|Schedule|EXHIBIT|Exhibit|ANNEX|Annex|ANNEXURE|Annexure|APPENDIX|Appendix|ATTACHMENT|Attachment)"
    r"[ ]+(?:No\.?[ ]*)?[\"“'‘]?(?P<number>[A-Z]{1,2}(?:-\d{1,3})?(?:\.\d{1,2})?|[IVX]{1,5}|\d{1,3}(?:\.\d{1,3})*(?:\([a-z]\))?)"
    r"[\"”'’\]]?(?:[ ]*[.:\-–—]+[ ]*|[ ]+|[\"”\]]|$)"
)
_SECTION = re.compile(
    r"(?:SECTION|Section|CLAUSE|Clause|Paragraph|PARAGRAPH|§)[ ]*(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})"
    r"(?![\d,]|\.\d|[ ]*(?:and|or|of|to|through|shall|is|are|hereof|above|below)\b)[.:)\-–— ]*(?=$|[^a-z ])"
)
_DECIMAL = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,3}){0,4})(?P<mark>\.?\)?:?)"
    r"(?:(?:[ \t]+|(?<=\.)(?=[A-Z][a-z]))(?P<next>[\"“'‘(\[]?[A-Za-z\[“\"_*])|(?=\([a-zA-Z\d])|[ \t]*$)"
)
# "17.A. Transfers": a letter under a figure, written out with it.
_LETTERED = re.compile(r"(?P<number>\d{1,2}\.(?P<token>[A-Z]))[.)]?[ \t]+(?P<next>[\"“'‘(\[]?[A-Z])")
_ITEM = re.compile(
    r"(?P<open>[(\[]?)(?P<token>[a-z]{1,5}|[A-Z]{1,5}|\d{1,2})(?P<close>[.)\]]{1,2}|(?<=[IVX])[ ]?[-–—])"
    r"(?:(?:[ \t]+|(?<=\))(?=[A-Z]))(?P<next>\S)|(?=\()|[ \t]*$)"
)
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Label:
    """A number as read from [start of line, ``end``).

    ``parts`` are the figures of a decimal number; ``readings`` the (style, value) pairs of a list's item; ``sure`` says that a
    mark or word tells the number from a figure in a table.
    """

    kind: Kind
    number: str
    end: int
    parts: tuple[int, ...] = ()
    readings: tuple[tuple[str, int], ...] = ()
    sure: bool = True


def read_label(line: str, at: int) -> Label | None:
    """Return the number that stands at ``at`` of a line, None where there is none."""
    if match := _ANNEX.match(line, at):
        return Label("annex", f"{match['kind'].title()} {match['number']}", match.end())
    if match := _ARTICLE.match(line, at):
        return Label("article", f"Article {match['number']}", match.end())
    if match := _SECTION.match(line, at):
        return Label("decimal", match["number"], match.end(), parts=_parts(match["number"]))
    return _decimal(line, at) or _item(line, at)


def _decimal(line: str, at: int) -> Label | None:
    if match := _LETTERED.match(line, at):
        return Label("item", match["number"], match.start("next"), readings=_readings(match["token"], "N."))
    match = _DECIMAL.match(line, at)
    if match is None or match["mark"].endswith(")"):
        return None
    number, mark, following = match["number"], match["mark"], match["next"] or ""
    several = "." in number
    if not several and not mark and not following:
        return None
    if following[-1:].islower() and not several:
        return None
    end = match.start("next") if match["next"] else match.end()
    return Label("decimal", number, end, parts=_parts(number), sure=bool(mark) or several)


def _item(line: str, at: int) -> Label | None:
    match = _ITEM.match(line, at)
    if match is None:
        return None
    token, opening, closing = match["token"], match["open"], match["close"]
    bare = not opening and closing != ")"
    # "A." and "a." stand before text of any kind too ("A. Smith", "etc."): only a capital after them makes a number likely.
    if (bare and (not match["next"] or not (match["next"].isupper() or match["next"] in "\"“‘'(["))) or (
        opening and closing[0] not in ")]"
    ):
        return None
    readings = _readings(token, f"{opening and '('}{')' if ')' in closing or ']' in closing else '.'}")
    if not readings:
        return None
    number = token if bare else f"{opening}{token}{closing[0]}"
    return Label("item", number, match.start("next") if match["next"] else match.end(), readings=readings)


def _readings(token: str, marks: str) -> tuple[tuple[str, int], ...]:
    if token.isdigit():
        return ((f"1{marks}", int(token)),) if token[0] != "0" else ()
    case = "A" if token.isupper() else "a"
    low = token.lower()
    found: list[tuple[str, int]] = []
    if len(set(low)) == 1 and len(low) <= 2:
        found.append((f"{case}{marks}", ord(low[0]) - ord("a") + 1 + 26 * (len(low) - 1)))
    if _ROMAN.fullmatch(low):
        found.append((f"{'I' if case == 'A' else 'i'}{marks}", _roman(low)))
    return tuple(found)


def _roman(token: str) -> int:
    values = [_VALUES[letter] for letter in token]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _parts(number: str) -> tuple[int, ...]:
    """Return the figures of a number; "4.0" is the fourth clause, not one in it."""
    parts = tuple(int(part) for part in number.split("."))
    return parts[:-1] if len(parts) == 2 and parts[1] == 0 and parts[0] else parts
