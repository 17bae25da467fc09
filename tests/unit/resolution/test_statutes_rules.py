"""Laws: acts, codes, citations, rules and treaties; never the laws of a place, nor the house's own rules and codes."""

from __future__ import annotations

import pytest

from whereas.resolution.candidates import drop_overlaps
from whereas.resolution.forms.statutes import find_laws
from whereas.resolution.view import make_view
from whereas.types import CleanedText


def laws_of(text: str) -> list[str]:
    return [text[c.start : c.end] for c in drop_overlaps(list(find_laws(make_view(CleanedText(text, ())))))]


@pytest.mark.parametrize(
    "law",
    [
        "Securities Act of 1933",
        "Foreign Corrupt Practices Act of 1977",
        "Bribery Act 2010",
        "Contracts (Rights of Third Parties) Act 1999",
        "Companies Act, 1956",
        "1940 Act",
        "Federal Food, Drug, and Cosmetic Act",
        "Uniform Commercial Code",
        "Internal Revenue Code of 1986",
        "Delaware General Corporation Law",
        "Company Law of the People's Republic of China",
        "Companies Ordinance",
        "Patent Cooperation Treaty",
        "United Nations Convention on Contracts for the International Sale of Goods",
        "General Data Protection Regulation",
        "Regulation (EU) 2016/679",
        "Directive 95/46/EC",
        "Federal Rules of Civil Procedure",
        "Commercial Arbitration Rules",
        "LCIA Rules",
        "Rule 24b-2",
        "Rule 144",
        "Rules 144 and 145(d)",
        "Rule 506(b) of Regulation D",
        "Regulation S-K",
        "15 U.S.C. § 78a et seq.",
        "21 C.F.R. 314.80 or 312.32",
        "26 CFR Part 117",
        "HIPAA",
        "ERISA",
    ],
)
def test_a_law_is_one_span(law: str) -> None:
    assert laws_of(f"subject to the {law}, as amended, the parties agree") == [law]


def test_laws_in_capitals_need_their_year() -> None:
    assert laws_of("PROMULGATED UNDER THE SECURITIES EXCHANGE ACT OF 1934, AS AMENDED") == ["SECURITIES EXCHANGE ACT OF 1934"]
    assert laws_of("NO PARTY SHALL ACT FOR THE OTHER") == []


def test_a_rule_and_its_act_are_two() -> None:
    assert laws_of("pursuant to Rule 406 of the Securities Act of 1933") == ["Rule 406", "Securities Act of 1933"]


def test_acts_in_a_list_are_several() -> None:
    assert laws_of("the Clean Water Act, the Clean Air Act and the Oil Pollution Act of 1990") == [
        "Clean Water Act", "Clean Air Act", "Oil Pollution Act of 1990",
    ]  # fmt: skip


def test_an_acronym_is_the_law_that_it_was_given_to() -> None:
    text = 'under the Bank Secrecy Act of 1970 ("BSA"), as the BSA requires; XYZ is none'
    assert laws_of(text) == ["Bank Secrecy Act of 1970", "BSA", "BSA"]


def test_an_acronym_of_something_else_is_no_law() -> None:
    assert laws_of('a Texas Type Water Law city ("CTFS"), and CTFS pays') == ["Texas Type Water Law"]
    assert laws_of('the Clean Air Act ("XYZ"), and XYZ pays') == ["Clean Air Act"]


@pytest.mark.parametrize(
    "text",
    [
        "governed by the laws of the State of Oregon",
        "Governing Law. Applicable Law and Common Law",
        "the Source Code and Object Code, a Zip Code, the SWIFT Code",
        "the Platform Rules and the House Rules apply",
        "Governmental Regulations and the Rules and Regulations of the Company",
        "This Act, such Act, any Act",
        "an Act of God or a failure to Act",
        "a Product Code of 12 digits, the Dress Code",
        "Elm Law Firm and the Attorney at Law",
        "the Annual Convention and the Convention Center",
    ],
)
def test_no_law(text: str) -> None:
    assert laws_of(text) == []
