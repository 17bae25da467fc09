"""Deciding about canonical entities: that one is another (merge), or that two are not one (split).

Only a root is merged, into a root, so there are no cycles. Each decision is one transaction, conditioned on the number of decisions
that it was made upon: of two at a time one is made first, the other is checked anew against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from botocore.exceptions import ClientError

from whereas.errors import InvalidRequestError, ThrottledError
from whereas.records import keys, links, table
from whereas.records.links import APART, FROM, INTO, MAX_MEMBERS, Body, Decision, Group, Verb, group_of
from whereas.records.table import Item, Key
from whereas.records.versions import stamp

TRIES: Final = 6
COUNT: Final = "COUNT"


def merge(one: Body, other: Body, *, reason: str, who: str) -> Decision:
    """Decide that ``one`` is ``other``: queries for either answer for both from now on. The same again changes nothing.

    Raises:
        InvalidRequestError: the two are the same, they are merged the other way round, ``one`` is merged into a third, or a member
            of the one was split from a member of the other.
        ThrottledError: others decided at the same time, again and again.
    """
    _check_two(one, other)
    return _decide("merge", one, other, reason=reason, who=who)


def split(one: Body, other: Body, *, reason: str, who: str) -> Decision:
    """Decide that the two are not one: they are no candidates for each other, a merge of them is undone. The same again changes nothing.

    Where the two are merged, ``one`` leaves, with what was merged into it; if ``other`` was merged into ``one``, ``other`` does.

    Raises:
        InvalidRequestError: the two are the same.
        ThrottledError: others decided at the same time, again and again.
    """
    _check_two(one, other)
    return _decide("split", one, other, reason=reason, who=who)


def _check_two(one: Body, other: Body) -> None:
    if one.canonical_id == other.canonical_id:
        raise InvalidRequestError("the two are the same canonical entity already; name two that differ")


def _decide(verb: Verb, one: Body, other: Body, *, reason: str, who: str) -> Decision:
    for _ in range(TRIES):
        count = (table.get((keys.LINKS, COUNT)) or {}).get("decisions", 0)
        groups = group_of(one.canonical_id), group_of(other.canonical_id)
        made_before = _in_force(verb, one, other, groups)
        if made_before:
            return made_before
        decision = Decision(count + 1, verb, one, other, reason, who, stamp(datetime.now(UTC)))
        puts, deletes = (_merging if verb == "merge" else _splitting)(decision, *groups)
        if _write(decision, puts=puts, deletes=deletes):
            return decision
    raise ThrottledError(f"others decided about names at the same time, {TRIES} times; try again")


def _in_force(verb: Verb, one: Body, other: Body, groups: tuple[Group, Group]) -> Decision | None:
    """Return the decision that made things as they are wanted; None where there is none."""
    together = groups[0].root == groups[1].root
    if verb == "merge":
        wanted = together and other.canonical_id in groups[0].above(one.canonical_id)
        item = table.get((keys.link(one.canonical_id), INTO)) if wanted else None
    else:
        item = None if together else table.get((keys.link(one.canonical_id), APART + other.canonical_id))
    return links.decision(item["decision"]) if item else None


def _merging(decision: Decision, mine: Group, theirs: Group) -> tuple[list[Item], list[Key]]:
    one, other = decision.one.canonical_id, decision.other.canonical_id
    if mine.root == theirs.root:
        raise InvalidRequestError(f"{one} and {other} are merged already; split them first to merge them another way")
    if one != mine.root:
        raise InvalidRequestError(f"{one} is merged into {mine.parents[one]}; merge {mine.root}, or split them first")
    clash = sorted(b for a, b in mine.splits if b in theirs.members and (a, b) != (one, other))
    if clash:
        raise InvalidRequestError(f"a member of one was split by hand from {clash[0]} of the other; decide about those two first")
    if len(mine.members) + len(theirs.members) > MAX_MEMBERS:
        raise InvalidRequestError(f"together they would be more than {MAX_MEMBERS} canonical entities")
    into = theirs.root
    puts = [
        {"PK": keys.link(one), "SK": INTO, "into": into, "decision": decision.number},
        {"PK": keys.link(into), "SK": FROM + one, "from": one, "decision": decision.number},
    ]
    return puts, [(keys.link(one), APART + other), (keys.link(other), APART + one)]


def _splitting(decision: Decision, mine: Group, theirs: Group) -> tuple[list[Item], list[Key]]:
    one, other = decision.one.canonical_id, decision.other.canonical_id
    puts: list[Item] = [
        {"PK": keys.link(a), "SK": APART + b, "other": b, "decision": decision.number} for a, b in ((one, other), (other, one))
    ]
    if mine.root != theirs.root:
        return puts, []
    leaving = other if one in mine.above(other) else one
    return puts, [(keys.link(leaving), INTO), (keys.link(mine.parents[leaving]), FROM + leaving)]


def _write(decision: Decision, *, puts: Sequence[Item], deletes: Sequence[Key]) -> bool:
    """Write a decision and what follows from it, all or nothing; say whether it was still the next one."""
    key = links.decision_key(decision.number)
    items = [*puts, {"PK": key[0], "SK": key[1], **asdict(decision)}]
    count = {"PK": keys.LINKS, "SK": COUNT, "decisions": decision.number}
    last = decision.number - 1
    lock: dict[str, Any] = {"TableName": table.name(), "Item": table.checked(count), "ConditionExpression": "attribute_not_exists(PK)"}
    if last:
        lock |= {"ConditionExpression": "decisions = :last", "ExpressionAttributeValues": {":last": {"N": str(last)}}}
    writes: list[dict[str, Any]] = [{"Put": lock}]
    writes += [{"Put": {"TableName": table.name(), "Item": table.checked(item)}} for item in items]
    writes += [{"Delete": {"TableName": table.name(), "Key": table.key_of(gone)}} for gone in deletes]
    try:
        table.client().transact_write_items(TransactItems=writes)
    except ClientError as exc:
        if exc.response.get("Error", {}).get("Code") == "TransactionCanceledException":
            return False
        raise table.malformed(exc) from exc
    return True
