"""Ids are stable, distinct, and tell nothing of the name."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from whereas.documents import identity
from whereas.types import ModelCard

CARD = ModelCard(name="ner", version="1", sha256="a" * 64, tokenizer_sha256="b" * 64, label_schema="1")


def test_document_id_is_the_start_of_the_hash_of_bucket_and_key() -> None:
    assert identity.document_id(bucket="uploads", key="a b+ü.pdf") == "b3fd29d8e566e1a3b68f03d0"


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_keys_are_two_documents(one: str, other: str) -> None:
    same = identity.document_id(bucket="b", key=one) == identity.document_id(bucket="b", key=other)
    assert same == (one == other)


def test_run_id_follows_everything_that_may_change_a_result() -> None:
    base = {"document_id": "d", "version_id": "v", "model": CARD, "pipeline_version": "0.1.0"}
    changed = [
        {"document_id": "e"}, {"version_id": "w"}, {"pipeline_version": "0.2.0"},
        {"model": replace(CARD, version="2")}, {"model": replace(CARD, sha256="c" * 64)},
    ]  # fmt: skip
    ids = [identity.run_id(**base)] + [identity.run_id(**(base | change)) for change in changed]  # type: ignore[arg-type]
    assert len(set(ids)) == len(ids)
    assert identity.run_id(**base) == ids[0]  # type: ignore[arg-type]
    assert all(len(run_id) == identity.ID_LENGTH for run_id in ids)


def test_content_sha256() -> None:
    assert identity.content_sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
