"""One mention where windows overlap, from the window that sees most around it."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from whereas.recognition.merge import merge
from whereas.types import Mention, Recognition, TokenScores


def _mention(start: int, end: int, score: float = 0.9, kind: str = "PARTY") -> Mention:
    return Mention("role", kind, start, end, score)


def _scores(start: int, p: float) -> TokenScores:
    return TokenScores(start, start + 2, (("PARTY", p),))


def test_a_copy_near_an_edge_gives_way() -> None:
    left = Recognition((_mention(80, 90, 0.4),), (_scores(80, 0.4),), 0, 100)
    right = Recognition((_mention(80, 90, 0.8),), (_scores(80, 0.8),), 60, 200)
    merged = merge([right, left])
    assert merged.mentions == (_mention(80, 90, 0.8),)
    assert merged.token_scores == (_scores(80, 0.8),)
    assert (merged.start, merged.end) == (0, 200)


def test_the_two_sides_of_a_seam_never_both_keep_a_differently_cut_entity() -> None:
    left = Recognition((_mention(70, 88),), (), 0, 100)  # middle 79, its own
    right = Recognition((_mention(76, 90),), (), 60, 200)  # middle 83, its own too
    assert merge([left, right]).mentions == (_mention(76, 90),)


def test_a_mention_that_only_the_losing_window_saw_goes() -> None:
    left = Recognition((_mention(90, 96),), (), 0, 100)
    right = Recognition((), (), 60, 200)
    assert merge([left, right]).mentions == ()


def test_a_place_that_one_window_sees_in_the_address_of_another_stays() -> None:
    place, address = Mention("mention", "LOCATION", 70, 76, 0.9), Mention("mention", "ADDRESS", 66, 100, 0.9)
    left, right = Recognition((place,), (), 0, 100), Recognition((address,), (), 60, 200)
    assert merge([left, right]).mentions == (address, place)
    across = Mention("mention", "LOCATION", 60, 68, 0.9)
    assert merge([Recognition((across,), (), 0, 100), right]).mentions == (across,)


def test_one_span_may_have_two_types_of_one_window() -> None:
    both = (_mention(5, 9, kind="AGREEMENT_DATE"), _mention(5, 9, kind="EFFECTIVE_DATE"))
    assert merge([Recognition(both, (), 0, 100), Recognition((), (), 60, 200)]).mentions == both


def test_nothing_merges_to_nothing() -> None:
    assert merge([]) == Recognition((), ())
    assert merge([Recognition((), ())]) == Recognition((), ())


@given(seed=st.integers(0, 10_000), count=st.integers(1, 7))
def test_order_duplicates_and_grouping_do_not_matter(seed: int, count: int) -> None:
    rng = random.Random(seed)
    windows = []
    for i in range(count):
        low, high = i * 70, i * 70 + 100
        places = sorted(rng.sample(range(low, high - 8), 4))
        mentions = tuple(_mention(p, p + rng.randint(1, 8), kind=rng.choice(["PARTY", "TITLE"])) for p in places)
        windows.append(Recognition(mentions, tuple(_scores(p, 0.5) for p in range(low, high, 2)), low, high))
    whole = merge(windows)
    shuffled = [*rng.sample(windows, count), rng.choice(windows)]
    assert merge(shuffled) == whole
    cut = rng.randint(0, count)
    assert {t.start for t in merge([merge(windows[:cut]), merge(windows[cut:])]).token_scores} == {t.start for t in whole.token_scores}
    assert [t.start for t in whole.token_scores] == list(range(0, windows[-1].end, 2))
    assert list(whole.mentions) == sorted(whole.mentions, key=lambda m: (m.start, m.end))
