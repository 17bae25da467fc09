"""The table of definitions: forms of definition, what terms mean, which party they name, where they stand again."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from whereas.resolution.definitions.table import find_definitions
from whereas.resolution.view import make_view
from whereas.types import CleanedText, DefinedTerm, Evidence, Party


def party(text: str, name: str, *aliases: str) -> Party:
    at = text.index(name)
    return Party(name, f"id-{name}", "organization", (), aliases, (Evidence(1, at, at + len(name)),), 0.9, "model")


def table(text: str, parties: Sequence[Party] = ()) -> dict[str, DefinedTerm]:
    found = find_definitions(make_view(CleanedText(text, ())), parties, lambda start, end: (1, ()))
    assert all(text[d.evidence.start : d.evidence.end].split() == d.term.split() for d in found)
    return {d.term: d for d in found}


def meaning(text: str, found: DefinedTerm) -> str | None:
    return text[found.meaning.start : found.meaning.end] if found.meaning else None


def uses(text: str, found: DefinedTerm) -> list[str]:
    return [text[start:end] for start, end in found.uses]


@pytest.mark.parametrize(
    ("text", "term", "means"),
    [
        ('Buyer shall pay a monthly storage fee of $40 (the "Storage Fee") in advance.', "Storage Fee", "a monthly storage fee of $40"),
        (
            "Grower shall sell all apples, pears and plums of its orchards (collectively, the “Fruit”).",
            "Fruit",
            "all apples, pears and plums of its orchards",
        ),
        ("This deal starts on May 4, 2019 (hereinafter the 'Start Date').", "Start Date", "May 4, 2019"),
        (
            'The boats listed in Annex 2 are hereinafter referred to as the "Fleet" and stay in port.',
            "Fleet",
            "The boats listed in Annex 2",
        ),
        ('Notice goes to two (2) officers of each house (the "Officers").', "Officers", "two (2) officers of each house"),
        ('Ferry may use the piers that it is renting from Harbor (the "Piers").', "Piers", "the piers that it is renting from Harbor"),
        (
            'Tenant may use the barns, stables and other sheds of the farm (the "Sheds").',
            "Sheds",
            "the barns, stables and other sheds of the farm",
        ),
        ('Dyer shall answer within ten (10) days after receipt (the "Answer Period").', "Answer Period", "ten (10) days after receipt"),
        ('Weaver may tell secrets to the other party (the "Recipient") at will.', "Recipient", "the other party"),
        (
            'Owner shall pay a mooring fee, half of the usual fee (the "Mooring Fee"), today.',
            "Mooring Fee",
            "a mooring fee, half of the usual fee",
        ),
        ('Bailiff shall pay Heron a sum in silver (the "Deposit").', "Deposit", "a sum in silver"),
        ('Either side may request either of the umpires (the "First Umpire") to act.', "First Umpire", "either of the umpires"),
    ],
)
def test_brackets_define_the_phrase_before_them(text: str, term: str, means: str) -> None:
    assert meaning(text, table(text)[term]) == means


@pytest.mark.parametrize(
    ("text", "term", "means"),
    [
        ('1.1 "Net Yield" means the yield less waste. Seller shall report it.', "Net Yield", "the yield less waste"),
        ('"Hull" shall mean any hull. Hull excludes masts. The owner shall paint it.', "Hull", "any hull. Hull excludes masts"),
        (
            '"Works" means: (a) the quay;\n\n(b) the crane; and\n\n(c) the shed.\n\n2. Fees. Owner pays.',
            "Works",
            "(a) the quay;\n\n(b) the crane; and\n\n(c) the shed",
        ),
        ('"Site" has the meaning set forth in Section 4.2.', "Site", "the meaning set forth in Section 4.2"),
        ("(a) Working Day means a day on which mills run;\n\n(b) other.", "Working Day", "a day on which mills run"),
        ('The term "control" (including the term "controlled by") means the power to direct.', "control", "the power to direct"),
        ('(a) A "Late Carrier" or "Slow Carrier" is a carrier that comes late.', "Late Carrier", "a carrier that comes late"),
        ('"Milled" shall have a corresponding meaning.', "Milled", "a corresponding meaning"),
        ('"Carrier": any carrier of parcels.', "Carrier", "any carrier of parcels"),
        ('"Maker" means Acorn Co. Ltd. of Hull. It pays.', "Maker", "Acorn Co. Ltd. of Hull"),
    ],
)
def test_sentences_define_what_follows_the_verb(text: str, term: str, means: str) -> None:
    assert meaning(text, table(text)[term]) == means


def test_a_definition_ends_where_the_next_begins() -> None:
    text = '"Reed" means a reed of any kind; 1.2 "Rush" means a rush.'
    found = table(text)
    assert list(found) == ["Reed", "Rush"]
    assert meaning(text, found["Reed"]) == "a reed of any kind"


def test_two_terms_of_one_sentence_share_its_meaning() -> None:
    text = '"Late Charge" or "Surcharge" means five crowns a day.'
    found = table(text)
    assert meaning(text, found["Late Charge"]) == meaning(text, found["Surcharge"]) == "five crowns a day"


def test_a_reference_takes_the_meaning_of_the_place_it_points_to() -> None:
    text = '"Levy" has the meaning set forth in Section 3.\n\n3. Owner shall pay a harbor levy of $5 (the "Levy").'
    found = table(text)["Levy"]
    assert meaning(text, found) == "a harbor levy of $5"
    assert found.evidence.start == 1


@pytest.mark.parametrize(
    "text",
    [
        'The crates are marked "Fragile" on all sides.',
        'Section 6.2 ("Payment") of the old lease is deleted.',
        'The words "herein" and "hereof" refer to the whole.',
        'Staff (i) who have a "need to know" may read it.',
        'Goods come "AS IS" (such as "used" or "worn" goods).',
        'He said "Stop".',
        "See Annex (as defined below).",
    ],
)
def test_other_quotations_define_nothing(text: str) -> None:
    assert table(text) == {}


def test_unquoted_brackets_count_only_where_the_term_is_used() -> None:
    text = "Moss & Fern Ltd. (hereinafter the Grower) sells. The Grower delivers. The vessel Star (the Old Lady) sails."
    assert list(table(text)) == ["Grower"]


PREAMBLE = (
    'This Cask Supply Agreement (this "Agreement") is made by Tarn Cooperage, Inc., a Maine corporation ("Tarn" or the "Supplier"), and '
    'Brae Distillers LLC (the "Company") (each a "Party" and together the "Parties").\n\n'
)


def test_aliases_resolve_to_their_party() -> None:
    text = PREAMBLE + "Supplier delivers casks. THE COMPANY PAYS. Harrow Motor Company is a stranger. The Company's yard is open."
    supplier, company = party(text, "Tarn Cooperage, Inc.", "Tarn", "Supplier"), party(text, "Brae Distillers LLC", "Company")
    found = table(text, [supplier, company])
    assert {t: d.canonical_id for t, d in found.items() if d.kind == "party"} == {
        "Tarn": supplier.canonical_id,
        "Supplier": supplier.canonical_id,
        "Company": company.canonical_id,
    }
    assert uses(text, found["Company"]) == ["COMPANY", "Company"]
    assert meaning(text, found["Company"]) == "Brae Distillers LLC"
    assert found["Agreement"].kind == "agreement"
    assert found["Party"].canonical_id is found["Parties"].canonical_id is None


def test_parties_mean_the_stretch_from_the_first_to_the_last() -> None:
    parties = [party(PREAMBLE, "Tarn Cooperage, Inc.", "Tarn", "Supplier"), party(PREAMBLE, "Brae Distillers LLC", "Company")]
    means = meaning(PREAMBLE, table(PREAMBLE, parties)["Parties"])
    assert means is not None
    assert means.startswith("Tarn Cooperage")
    assert means.endswith("Brae Distillers LLC")


def test_a_term_for_several_parties_names_none() -> None:
    text = 'Oak Mill Inc. ("Oak") and Elm Mill Inc. ("Elm"; Oak and Elm together referred to as "Mills") saw timber. Mills pay.'
    found = table(text, [party(text, "Oak Mill Inc.", "Oak"), party(text, "Elm Mill Inc.", "Elm", "Mills")])
    assert found["Mills"].canonical_id is None
    assert found["Elm"].kind == "party"


def test_a_later_bracket_is_no_alias_of_the_name_before_it() -> None:
    text = (
        'Oak Mill Inc. ("Oak") shall fill orders in writing (the "Orders"). '
        'Elm Inc., a Maine corporation ("Elm") and all its affiliates (the "Seller").'
    )
    found = table(text, [party(text, "Oak Mill Inc.", "Oak", "Orders"), party(text, "Elm Inc.", "Elm", "Seller")])
    assert {t for t, d in found.items() if d.kind == "party"} == {"Oak", "Elm", "Seller"}


def test_pronouns_name_a_party_beside_its_short_name() -> None:
    text = 'Oak Mill Inc. ("we," "us" or the "Miller") grinds. The Miller pays.'
    found = table(text, [party(text, "Oak Mill Inc.", "we", "us", "Miller")])
    assert {d.canonical_id for d in found.values()} == {"id-Oak Mill Inc."}
    assert list(found) == ["we", "us", "Miller"]


def test_one_alias_never_names_two_parties() -> None:
    text = 'Oak Mill Inc. (the "Seller") and Elm Mill Inc. (the "Seller") sell. The Seller pays.'
    found = find_definitions(
        make_view(CleanedText(text, ())),
        [party(text, "Oak Mill Inc.", "Seller"), party(text, "Elm Mill Inc.", "Seller")],
        lambda start, end: (1, ()),
    )
    assert [(d.term, d.canonical_id) for d in found] == [("Seller", "id-Oak Mill Inc.")]


def test_another_agreement_is_a_term() -> None:
    text = 'Heath entered into that certain Loan Agreement dated 2001 (the "Loan Agreement").'
    assert table(text)["Loan Agreement"].kind == "term"


def test_uses_keep_capitals_and_stand_outside_longer_terms() -> None:
    text = (
        'Miller shall grind all grain (the "Grain") and pay a grain fee (the "Grain Fee"). Grain is dry. The grain is wet. '
        "A Grain Fee is due. Grains vary. The Grain's hull is thin."
    )
    found = table(text)
    assert uses(text, found["Grain"]) == ["Grain", "Grains", "Grain"]
    assert uses(text, found["Grain Fee"]) == ["Grain Fee"]


def test_plural_and_singular_of_one_term() -> None:
    text = '"Colony" means a colony of bees; "Box(es)" means any box. Colonies hum. A Box or Boxes stand.'
    found = table(text)
    assert uses(text, found["Colony"]) == ["Colonies"]
    assert uses(text, found["Box(es)"]) == ["Box", "Boxes"]


def test_another_agreement_is_no_use_of_this_one() -> None:
    text = 'This Pier Agreement (the "Agreement") binds. The Agreement ends. The Crane Agreement goes on.'
    assert len(table(text)["Agreement"].uses) == 1


def test_a_term_in_small_letters_has_no_uses() -> None:
    text = 'The term "loss" means any loss of bees. A loss is a loss.'
    assert table(text)["loss"].uses == ()


def test_an_unused_term_scores_less() -> None:
    used = table('Owner pays a toll (the "Toll"). The Toll is due.')["Toll"]
    unused = table('Owner pays a toll (the "Toll").')["Toll"]
    assert used.score > unused.score


@pytest.mark.parametrize(
    "text",
    [
        '("' * 20000,
        '"A' * 20000,
        '("A")' * 10000,
        "(the " * 20000,
        '"Term" means ' * 4000,
        "A (B " * 20000,
        "Aa " * 60000,
        "'' " * 30000,
        '"' * 50000,
    ],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    table(text)
    assert time.perf_counter() - started < 8.0
