"""Labels of generated contracts follow from what is true of them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from whereas_training import synthetic
from whereas_training.synthetic import Written


@pytest.fixture(scope="module")
def written() -> list[Written]:
    return list(synthetic.contracts(seed=1, per_kind=1))


def _sure(one: Written, kind: str) -> list[str]:
    return [" ".join(one.text[s.start : s.end].split()) for s in one.roles if s.types == (kind,) and not s.outside]


def test_each_contract_has_parties_signatories_and_a_law(written: list[Written]) -> None:
    for one in written:
        assert len(set(_sure(one, "PARTY"))) == 2
        assert _sure(one, "SIGNATORY")
        assert _sure(one, "GOVERNING_LAW")
        assert all(one.text[s.start : s.end].strip() == one.text[s.start : s.end] for s in (*one.roles, *one.mentions))


def test_no_two_sure_spans_of_a_group_overlap(written: list[Written]) -> None:
    for one in written:
        for group in (one.roles, one.mentions):
            spans = sorted((s.start, s.end) for s in group if not s.outside)
            assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_a_seed_gives_the_same_contracts_again(written: list[Written]) -> None:
    assert next(iter(synthetic.contracts(seed=1, per_kind=1))) == written[0]
    assert next(iter(synthetic.contracts(seed=2, per_kind=1))).text != written[0].text
