"""Decisions about names: obeyed, repeated, contradicted, made at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from record_samples import party, record, store

from whereas.errors import InvalidRequestError, NotFoundError, ThrottledError
from whereas.records import decisions, items, keys, links, names, state, table
from whereas.records.links import Body, Decision

A, B, C, D = (Body(letter * 24, f"{letter.upper()} Ltd") for letter in "abcd")


def merge(one: Body, other: Body) -> Decision:
    return decisions.merge(one, other, reason="same register number", who="arn:reader")


def split(one: Body, other: Body) -> Decision:
    return decisions.split(one, other, reason="two registers", who="arn:reader")


def members(body: Body) -> tuple[str, ...]:
    return links.group_of(body.canonical_id).members


def stored() -> list[dict[str, Any]]:
    partitions = [keys.LINKS, *(keys.link(body.canonical_id) for body in (A, B, C, D))]
    return [item for partition in partitions for item in table.query_all(partition=partition)]


def test_what_was_never_decided_about_stands_alone() -> None:
    assert links.group_of(A.canonical_id) == links.Group(root=A.canonical_id, parents={}, splits=frozenset())
    assert links.decisions(limit=5).decisions == ()


def test_a_merge_holds_for_all_below() -> None:
    made = merge(A, B)
    merge(C, A)
    merge(B, D)
    assert (made.number, made.verb, made.one, made.other, made.who) == (1, "merge", A, B, "arn:reader")
    whole = tuple(body.canonical_id for body in (D, A, B, C))
    assert {members(body) for body in (A, B, C, D)} == {whole}
    # C was merged into A's tree, whose root was B.
    assert links.group_of(C.canonical_id).above(C.canonical_id) == (B.canonical_id, D.canonical_id)


@pytest.mark.parametrize("verb", [merge, split])
def test_the_same_again_changes_nothing(verb: Any) -> None:
    first = verb(A, B)
    before = stored()
    assert verb(A, B) == first
    assert stored() == before


def test_nothing_is_merged_into_itself() -> None:
    for verb in (merge, split):
        with pytest.raises(InvalidRequestError, match="the same canonical entity"):
            verb(A, A)
    assert stored() == []


def test_there_are_no_cycles() -> None:
    merge(A, B)
    merge(B, C)
    before = stored()
    for one, other in ((B, A), (C, A), (C, B)):
        with pytest.raises(InvalidRequestError, match="merged already"):
            merge(one, other)
    with pytest.raises(InvalidRequestError, match=f"merge {C.canonical_id}"):
        merge(A, D)
    assert stored() == before


def test_a_split_undoes_a_merge_and_forbids_the_pair() -> None:
    merge(A, B)
    merge(C, A)
    split(B, A)
    assert members(B) == (B.canonical_id, C.canonical_id)
    assert members(A) == (A.canonical_id,)
    assert links.group_of(A.canonical_id).splits == {(A.canonical_id, B.canonical_id)}
    with pytest.raises(InvalidRequestError, match="split by hand"):
        merge(A, C)
    merge(A, B)
    assert links.group_of(A.canonical_id).splits == frozenset()
    assert members(A) == (B.canonical_id, A.canonical_id, C.canonical_id)
    assert [one.verb for one in links.decisions(limit=9).decisions] == ["merge", "merge", "split", "merge"]


def test_a_split_of_two_that_were_merged_into_a_third_lets_the_first_leave() -> None:
    merge(A, C)
    merge(B, C)
    split(A, B)
    assert members(B) == (C.canonical_id, B.canonical_id)
    assert members(A) == (A.canonical_id,)


def test_of_two_decisions_at_a_time_the_second_is_checked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other way round is decided between the reading and the writing of the first."""
    write, others = decisions._write, [lambda: merge(B, A)]

    def interrupted(*arguments: Any, **options: Any) -> bool:
        if others:
            others.pop()()
        return write(*arguments, **options)

    monkeypatch.setattr(decisions, "_write", interrupted)
    with pytest.raises(InvalidRequestError, match="merged already"):
        merge(A, B)
    assert members(A) == members(B) == (A.canonical_id, B.canonical_id)
    assert [one.number for one in links.decisions(limit=9).decisions] == [1]


def test_decisions_about_others_at_the_same_time_are_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    write, others = decisions._write, [lambda: merge(C, D)]

    def interrupted(*arguments: Any, **options: Any) -> bool:
        if others:
            others.pop()()
        return write(*arguments, **options)

    monkeypatch.setattr(decisions, "_write", interrupted)
    assert merge(A, B).number == 2
    assert [(one.number, one.one) for one in links.decisions(limit=9).decisions] == [(1, C), (2, A)]


def test_one_who_never_gets_through_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "_write", lambda *_, **__: False)
    with pytest.raises(ThrottledError, match="try again"):
        merge(A, B)
    assert stored() == []


def test_a_tree_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "MAX_MEMBERS", 2)
    merge(A, B)
    with pytest.raises(InvalidRequestError, match="more than 2"):
        merge(C, B)


def test_decisions_come_in_pages() -> None:
    for one, other in ((A, B), (B, C), (C, D)):
        merge(one, other)
    first = links.decisions(limit=2)
    assert [one.number for one in first.decisions] == [1, 2]
    assert first.cursor
    rest = links.decisions(limit=2, cursor=first.cursor)
    assert ([one.number for one in rest.decisions], rest.cursor) == ([3], None)
    with pytest.raises(InvalidRequestError):
        links.decisions(limit=2, cursor="forged")


def test_no_name_is_in_a_key() -> None:
    merge(A, B)
    split(C, D)
    assert not any("Ltd" in item["PK"] + item["SK"] for item in stored())


def put(document_id: str, *parties: tuple[str, str], version_id: str = "v1", sequencer: str = "0A") -> None:
    made = record(document_id * 24, version_id=version_id, parties=tuple(party(name, body * 24) for name, body in parties))
    store(made, sequencer=sequencer)
    items.put_record(made, blocks=lambda name: (name[:2],))


def test_names_of_a_block_are_those_of_current_contracts() -> None:
    put("d", ("Acme Ltd", "a"), ("Acorn Ltd", "b"), ("Zebra Ltd", "c"))
    put("e", ("ACME LIMITED", "a"))
    assert names.party_names(["Ac"]) == names.Pool(frozenset({("a" * 24, "Acme Ltd"), ("b" * 24, "Acorn Ltd")}), complete=True)
    assert names.party_names(["AC", "??"]).names == {("a" * 24, "ACME LIMITED")}
    put("d", ("Zebra Ltd", "c"), version_id="v2", sequencer="0B")
    assert names.party_names(["Ac"]).names == frozenset()
    state.complete("d" * 24, "v2", f"run-v2-{'d' * 24}")
    assert names.party_names(["Ze"]).names == {("c" * 24, "Zebra Ltd")}


def test_a_popular_party_costs_a_page_and_hides_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "PAGE", 2)
    for document_id in "123456789":
        put(document_id, ("Acme Ltd", "a"))
    for document_id in "def":
        put(document_id, ("Acorn Ltd", "b"))
    pool = names.party_names(["Ac"])
    assert (pool.names, pool.complete) == ({("a" * 24, "Acme Ltd"), ("b" * 24, "Acorn Ltd")}, True)
    monkeypatch.setattr(names, "MAX_QUERIES", 1)
    assert not names.party_names(["Ac"]).complete


def test_an_id_that_no_contract_names_is_not_found() -> None:
    put("d", ("Acme Ltd", "a"))
    assert names.name_of("a" * 24) == "Acme Ltd"
    with pytest.raises(NotFoundError, match="no contract names"):
        names.name_of("f" * 24)
