"""References to clauses and the sections that they point at."""

from time import perf_counter

import pytest

from whereas.reading.sections import find_sections
from whereas.resolution.clauses.targets import target_finder
from whereas.resolution.forms.references import find_references
from whereas.resolution.view import View, make_view
from whereas.types import CleanedText

FRAME = """MILL AGREEMENT

This Mill Agreement (this "Agreement") is made between Halvorsen Mill and Brightwater Bakery,
who signed the lease of an oven (the "Oven Lease").

ARTICLE I GRAIN

1.01 Rye. The Mill grinds rye.

(a) in winter, and

(b) in spring.

1.02 Oats. The Mill rolls oats (i) by hand and (ii) by horse. HERE

ARTICLE II BREAD

2.01 Loaves. The Baker bakes loaves.

2.02 Cakes. The Baker bakes cakes:

(a) of rye:

(i) dark, or

(ii) light. DEEP

(b) of oats.

ARTICLE III PRICE

3.01 Sum. The price is low.

EXHIBIT A

FORMS

1. Tins. Tins are round.

2. Trays. Trays are flat. THERE

Schedule 2.02 - Recipes

Rye, water, salt.
"""


def view_of(reference: str, at: str = "HERE") -> View:
    text = FRAME.replace(at, reference)
    return make_view(CleanedText(text, (), find_sections(text)))


def targets(reference: str, at: str = "HERE", *, last: bool = False) -> list[str | None]:
    view = view_of(reference, at)
    find = target_finder(view)
    numbers = {s.section_id: s.number for s in view.sections}
    place = view.text.index(reference)
    references = [c for c in find_references(view) if place <= c.start < place + len(reference)]
    assert references, reference
    chosen = references[-1 if last else 0]
    return [numbers[i] for i in find(chosen.start, chosen.end)]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("It follows Section 2.01 below.", ["2.01"]),
        ("It follows this Section 1.02 too.", ["1.02"]),
        ("It follows Section 2.1 below.", ["2.01"]),
        ("It follows Sections 1.01 and 3.01 too.", ["1.01", "3.01"]),
        ("It follows Sections 1.01, 2.01 and 2.02 too.", ["1.01", "2.01", "2.02"]),
        ("It follows Section 2.02(a) below.", ["(a)"]),
        ("It follows Section 2.02(a)(ii) below.", ["(ii)"]),
        ("It follows Section 2.02(a) and (b) below.", ["(a)", "(b)"]),
        ("It follows Section 2.01(c) below.", ["2.01"]),
        ("It follows Section 2.09 below.", ["Article II"]),
        ("It follows Article III below.", ["Article III"]),
        ("It follows Article 3 below.", ["Article III"]),
        ("It follows Articles I through III below.", ["Article I", "Article II", "Article III"]),
        ("It follows Exhibit A hereto.", ["Exhibit A"]),
        ("It follows Exhibit A-1 hereto.", ["Exhibit A"]),
        ("It follows Schedule 2.02 hereto.", ["Schedule 2.02"]),
        ("It follows Section 2 of Exhibit A hereto.", ["2"]),
        ("It follows Section 3.01 of this Agreement too.", ["3.01"]),
        ("It follows Section 3.01 of the Mill Agreement too.", ["3.01"]),
        ("It follows the Mill Agreement, Section 3.01, too.", ["3.01"]),
    ],
)
def test_references_to_the_same_contract(reference: str, expected: list[str]) -> None:
    assert targets(reference) == expected


@pytest.mark.parametrize(
    "reference",
    [
        "It follows Section 2.01 of the Oven Lease too.",
        "It follows Section 2.01 of that certain Supply Agreement too.",
        "They signed the Oven Lease and agreed to Section 2.01 thereof too.",
        "It follows Exhibit A to the Credit Agreement too.",
        "It follows Article II of such agreement too.",
        "It follows the Oven Lease, Section 2.01, too.",
        "It follows Section 2.01(a) of the Supplement too.",
        "It follows Section 9.01 below.",
        "It follows Exhibit C hereto.",
        "It follows Article IX below.",
        "It follows clause (vii) below.",
    ],
)
def test_references_that_the_contract_cannot_answer(reference: str) -> None:
    assert targets(reference) == []


def test_marks_without_a_number_are_read_from_where_they_stand() -> None:
    assert targets("This follows paragraph (b) below.", "DEEP") == ["(b)"]
    assert targets("This follows clause (i) above.", "DEEP") == ["(i)"]
    # Set in the text of 1.02 itself, not under it.
    assert targets("This follows clause (ii) above.") == ["1.02"]


def test_the_numbers_of_an_annex_come_before_those_of_the_body() -> None:
    assert targets("See Section 1 above.", "THERE") == ["1"]
    view = view_of("See Section 1 above.", "THERE")
    found = target_finder(view)(view.text.index("Section 1 above"), view.text.index("Section 1 above") + 9)
    tins = next(s for s in view.sections if s.heading == "Tins")
    assert found == (tins.section_id,)
    assert targets("See Section 3.01 above.", "THERE") == ["3.01"]


def test_no_sections_no_targets() -> None:
    text = "It follows Section 2.01 below."
    assert target_finder(make_view(CleanedText(text, ())))(11, 23) == ()


def test_a_thousand_references_are_linear() -> None:
    def run(count: int) -> float:
        text = "\n\n".join(f"{n}. Rye. The Mill follows Section {n}(a) and clause (ii) of it." for n in range(1, 90)) + (
            "\n\n90. Oats. " + "It follows Sections 4 through 40 and paragraph (b) above. " * count
        )
        view = make_view(CleanedText(text, (), find_sections(text)))
        spans = [(c.start, c.end) for c in find_references(view)]
        began = perf_counter()
        find = target_finder(view)
        assert sum(bool(find(start, end)) for start, end in spans) > count
        return perf_counter() - began

    run(10)
    assert run(1600) < 40 * max(run(100), 0.002)
