"""What people decided about canonical entities: that one is another (merge), or that two are not one (split).

Merged entities make trees: INTO leads from an entity to the one it was merged into, FROM back, both in the partition of the entity
where they are read. ``decisions`` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from whereas.errors import InvalidRequestError
from whereas.records import cursors, keys, table
from whereas.records.table import Item, Key

MAX_MEMBERS: Final = 40
"""Entities in one tree; a query reads the index partitions of each."""
INTO, FROM, APART, DECISION = "INTO", "FROM#", "APART#", "DECISION#"
Verb = Literal["merge", "split"]


@dataclass(frozen=True, slots=True)
class Body:
    """A canonical entity as a decision names it; the name is for people who read the decision later."""

    canonical_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: ``one`` is merged into ``other``, or the two are held apart. ``number`` counts from 1, ``at`` is ISO 8601 in UTC."""

    number: int
    verb: Verb
    one: Body
    other: Body
    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Group:
    """The entities that are one by decision.

    Attributes:
        root: the one that all were merged into, however indirectly; the entity itself where nothing was.
        parents: canonical id to the id it was merged into, for every member but the root.
        splits: a member and an id that was split from it, each.
    """

    root: str
    parents: dict[str, str]
    splits: frozenset[tuple[str, str]]

    def above(self, canonical_id: str) -> tuple[str, ...]:
        """Return the ids that a member was merged into, the next first."""
        found: list[str] = []
        while canonical_id in self.parents:
            canonical_id = self.parents[canonical_id]
            found.append(canonical_id)
        return tuple(found)

    @property
    def members(self) -> tuple[str, ...]:
        """All ids, the root first."""
        return (self.root, *sorted(self.parents))


@dataclass(frozen=True, slots=True)
class Decisions:
    """One page of decisions, the first ones first; ``cursor`` is None at the end."""

    decisions: tuple[Decision, ...]
    cursor: str | None


def group_of(canonical_id: str) -> Group:
    """Return all entities that are one with this one by decision; itself alone where none was made."""
    root = canonical_id
    for _ in range(MAX_MEMBERS):
        item = table.get((keys.link(root), INTO))
        if item is None:
            break
        root = item["into"]
    parents: dict[str, str] = {}
    splits: set[tuple[str, str]] = set()
    waiting = [root]
    for member in waiting:
        for item in table.query_all(partition=keys.link(member)):
            if item["SK"].startswith(FROM) and item["from"] not in {root, *parents}:
                parents[item["from"]] = member
                waiting.append(item["from"])
            elif item["SK"].startswith(APART):
                splits.add((member, item["other"]))
    return Group(root=root, parents=parents, splits=frozenset(splits))


def decisions(*, limit: int, cursor: str | None = None) -> Decisions:
    """Return decisions in the order in which they were made, those that later ones overrule too.

    Raises:
        InvalidRequestError: the cursor is not of this query.
    """
    question = cursors.question_of("links")
    first = int(cursors.decode(cursor, question, kinds=(int,))[0]) if cursor else 1
    if not 1 <= first < 10**8:
        raise InvalidRequestError("the cursor does not belong to this query; start again without one")
    between = (decision_key(first)[1], f"{DECISION}~")
    items, last = table.query(partition=keys.LINKS, between=between, limit=limit)
    found = tuple(from_item(item) for item in items)
    return Decisions(found, cursors.encode(question, [found[-1].number + 1]) if last and found else None)


def decision(number: int) -> Decision | None:
    """Return one decision, if there is one of that number."""
    item = table.get(decision_key(number))
    return from_item(item) if item else None


def decision_key(number: int) -> Key:
    """Return the key of a decision; keys sort as numbers do."""
    return keys.LINKS, f"{DECISION}{number:08d}"


def from_item(item: Item) -> Decision:
    """Return the decision that an item holds."""
    return Decision(
        number=item["number"], verb=item["verb"], one=Body(**item["one"]), other=Body(**item["other"]), reason=item["reason"],
        who=item["who"], at=item["at"],
    )  # fmt: skip
