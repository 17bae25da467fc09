"""Mentions that follow from their form: one test a rule, and what each must not take."""

# ruff: noqa: E501 (contract sentences are long)
from __future__ import annotations

import random
import time

import pytest

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.patterns import find_mentions
from whereas.resolution.forms.places import find_places, place_name
from whereas.resolution.view import make_view
from whereas.types import CleanedText


def found_in(text: str, kind: str) -> list[Candidate]:
    return [c for c in find_mentions(make_view(CleanedText(text, ()))) if c.type == kind]


def texts_of(text: str, kind: str) -> list[str]:
    return [text[c.start : c.end] for c in found_in(text, kind)]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("US$1.5 million", "1500000.00", "USD"),
        ("$12,345.67", "12345.67", "USD"),
        ("USD 500", "500.00", "USD"),
        ("€2,000", "2000.00", "EUR"),
        ("£3bn", "3000000000.00", "GBP"),
        ("C$40", "40.00", "CAD"),
        ("2,500 Swiss francs", "2500.00", "CHF"),
        ("10 million dollars", "10000000.00", "USD"),
    ],
)
def test_money(text: str, amount: str, currency: str) -> None:
    (found,) = found_in(f"a fee of {text} falls due", "MONEY")
    assert found.value == {"amount": amount, "currency": currency}


def test_a_bare_dollar_sign_is_less_sure() -> None:
    assert found_in("$5 fee", "MONEY")[0].score < found_in("US$5 fee", "MONEY")[0].score


@pytest.mark.parametrize(("text", "value"), [("1.5%", "1.5"), ("ten percent (10%)", "10"), ("25 per cent", "25")])
def test_percentages(text: str, value: str) -> None:
    assert [c.value for c in found_in(f"at {text} a year", "PERCENT")] == [value]


def test_quantities() -> None:
    assert [c.value for c in found_in("rents 12,500 square feet and 40 units", "QUANTITY")] == [
        {"amount": "12500", "unit": "square feet"},
        {"amount": "40", "unit": "units"},
    ]


def test_email_url_phone() -> None:
    text = "Write to Legal.Team@acme-parts.example, see https://acme.example/terms. or www.acme.example/x, call +44 20 7946 0018 or (617) 555-0142."
    assert texts_of(text, "EMAIL") == ["Legal.Team@acme-parts.example"]
    assert texts_of(text, "URL") == ["https://acme.example/terms", "www.acme.example/x"]
    assert texts_of(text, "PHONE") == ["+44 20 7946 0018", "(617) 555-0142"]
    assert found_in(text, "EMAIL")[0].value == "legal.team@acme-parts.example"


def test_clause_references() -> None:
    assert texts_of("under Section 2.1(b), Clauses 3, 4 and 5.2, Article IV and Exhibit B hereto", "CLAUSE_REF") == [
        "Section 2.1(b)", "Clauses 3, 4 and 5.2", "Article IV", "Exhibit B",
    ]  # fmt: skip
    assert texts_of("the section of the road", "CLAUSE_REF") == []


def test_laws() -> None:
    text = "the Bankruptcy Code, the Securities Exchange Act of 1934, 17 U.S.C. § 101 and this Act"
    assert texts_of(text, "LAW") == ["Bankruptcy Code", "Securities Exchange Act of 1934", "17 U.S.C. § 101"]


def test_identifiers_need_their_label() -> None:
    assert texts_of("Tax ID No. 12-3456789 and Contract No. AB-2041/7.", "ID_NUMBER") == ["12-3456789", "AB-2041/7"]
    assert texts_of("the number 12-3456789 stands alone", "ID_NUMBER") == []


def test_defined_terms() -> None:
    text = 'Acme ("Supplier") and "Net Sales" means all sales; it said "hello" to us (hereinafter the “Work”).'
    assert texts_of(text, "DEFINED_TERM") == ["Supplier", "Net Sales", "Work"]


def test_addresses() -> None:
    (address,) = texts_of("offices at 410 Harbor Street, Suite 5, Boston, MA 02110 are open", "ADDRESS")
    assert address == "410 Harbor Street, Suite 5, Boston, MA 02110"
    assert texts_of("P.O. Box 1234 is ours", "ADDRESS") == ["P.O. Box 1234"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("State of New York", "New York", "US-NY"),
        ("NEW\nYORK", "New York", "US-NY"),
        ("England and Wales", "England and Wales", "GB-EAW"),
        ("Hong Kong", "Hong Kong", "HK"),
        ("People’s Republic of China", "China", "CN"),
        ("Province of Ontario", "Ontario", "CA-ON"),
        ("Georgia", "Georgia", "US-GA"),
        ("New Mexico", "New Mexico", "US-NM"),
        ("Germany", "Germany", "DE"),
    ],
)
def test_places(text: str, name: str, code: str) -> None:
    view = make_view(CleanedText(f"laws of {text}, as", ()))
    assert [(p.value, p.code) for p in find_places(view, 0, len(view.text))] == [(name, code)]


def test_places_are_whole_capitalised_words() -> None:
    view = make_view(CleanedText("turkey, Chinatown, Indianapolis and www.france.example", ()))
    assert find_places(view, 0, len(view.text)) == []
    assert place_name("ZZ-99") == "ZZ-99"


@pytest.mark.parametrize(
    "filler",
    [
        "_",
        "(",
        "1 ",
        "a, ",
        "A ",
        "May ",
        "/s/ ",
        "by and between ",
        "term of ",
        "1 Fir ",
        "Suite 5, ",
        "office at ",
        "Section 4(a), ",
        "Bank Act of ",
        "No. 12",
        "one million ",
        "a.",
        "5 - ",
    ],
)
def test_hostile_text_stays_quick(filler: str) -> None:
    text = "This Agreement dated " + filler * (100_000 // len(filler))
    started = time.process_time()
    find_mentions(make_view(CleanedText(text, ())))
    assert time.process_time() - started < 5


def test_a_megabyte_of_white_space_stays_quick() -> None:
    text = "This Agreement is made on" + " \n" * 500_000 + "May 8, 2014"
    started = time.process_time()
    assert find_mentions(make_view(CleanedText(text, ())))[-1].value == "2014-05-08"
    assert time.process_time() - started < 10


def test_work_grows_with_the_length_alone() -> None:
    chooser = random.Random(5)
    words = [
        "the",
        "Party",
        "shall",
        "pay",
        "$5,000",
        "within",
        "thirty",
        "(30)",
        "days",
        "of",
        "May",
        "8,",
        "2014",
        "under",
        "Section",
        "4.2",
        "of",
        "this",
        "Agreement",
        "Acme",
        "Widgets,",
        "Inc.",
        "and",
    ]
    text = " ".join(chooser.choice(words) for _ in range(4_000))
    started = time.process_time()
    find_mentions(make_view(CleanedText(text, ())))
    short = time.process_time() - started
    started = time.process_time()
    find_mentions(make_view(CleanedText(text * 4, ())))
    assert time.process_time() - started < 8 * max(short, 0.2)
