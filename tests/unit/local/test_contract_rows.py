"""The console's rows of a contract beyond its first facts: what they tell, and that they stay short."""

from io import StringIO

import pytest
from public_records import detailed, fact
from rich.console import Console

from whereas_local.summary import print_summary


def printed(records, *, width=110):
    out = StringIO()
    print_summary(records, Console(file=out, width=width, color_system=None))
    return out.getvalue()


def test_details_are_told_in_a_line_each():
    text = printed([detailed()])
    lines = [line.strip("│ ") for line in text.splitlines()]
    for shown in (
        "Parties        Norvane Systems, Inc.  licensor  called “Norvane”, “Licensor”  (Oregon)",
        "formerly Quayle Logic Corp.",
        "trading as Norvane Labs",
        "Related        Corwen Vale LLC (guarantor)",
        "Auto-renewal   yes  0.93",
        "Venue          Columbus, Ohio (courts)  0.93",
        "Amounts        fee USD 92,000.00; interest 8 %; 1 more",
    ):
        assert shown in lines
    assert "Definition" not in text
    assert "Clauses" not in text


def test_place_of_organization_is_left_out_where_the_line_would_wrap():
    line = "│  Parties        Norvane Systems, Inc.  licensor  called “Norvane”, “Licensor”  (Oregon)  │"
    assert line in printed([detailed()], width=len(line))
    assert "(Oregon)" not in printed([detailed()], width=len(line) - 1)


def test_a_legal_form_that_the_name_does_not_end_in_is_told():
    record = detailed()
    record["contract"]["parties"][0] |= {"name": "Norvane", "legal_form": "cooperative"}
    assert "(cooperative, Oregon)" in printed([record])


@pytest.mark.parametrize("width", [70, 90, 200])
def test_related_names_keep_to_one_line(width):
    record = detailed()
    [one] = record["contract"]["related"]
    record["contract"]["related"] = [one | {"name": f"Corwen Vale {number} LLC"} for number in range(9)]
    text = printed([record], width=width)
    assert "Corwen Vale 0 LLC (guarantor)" in text
    shown = text.count("(guarantor)")
    assert shown < 9
    assert f" and {9 - shown} more" in next(line for line in text.splitlines() if "Related" in line)


def test_a_single_related_name_of_any_length_keeps_to_one_line():
    record = detailed()
    record["contract"]["related"][0]["name"] = "Corwen " * 40
    text = printed([record])
    [line] = [line for line in text.splitlines() if "Corwen" in line]
    assert "…" in line


def amount(kind, words, score=0.9):
    return fact("8 %", {"amount": words, "currency": "USD"}, kind=kind) | {"score": score}


def test_at_most_six_amounts_the_likeliest_two_of_a_kind():
    record = detailed()
    amounts = [amount("fee", "1"), amount("fee", "2", 0.5), amount("fee", "3", 0.95), amount("fee", "3", 0.6)]
    amounts += [amount(kind, "4") for kind in ("deposit", "price", "cap", "rent", "insurance", "other")]
    amounts.append(fact("8 %", {"percent": "8"}, kind="price") | {"score": 0.99})
    record["contract"]["amounts"] = amounts
    told = "price USD 4; fee USD 3 and USD 1; rent USD 4; cap USD 4; deposit USD 4; 4 more"
    assert told in printed([record], width=140)


def test_amounts_of_no_telling_kind_are_left_to_the_record():
    record = detailed()
    record["contract"]["amounts"] = [amount("other", "4"), amount("threshold", "5")]
    assert "Amounts" not in printed([record])


def test_a_contract_that_does_not_renew_by_itself():
    record = detailed()
    record["contract"]["auto_renewal"] = fact("renews", False)
    assert "Auto-renewal   no  0.93" in printed([record])


@pytest.mark.parametrize(
    ("venue", "words"),
    [
        (fact("Columbus, Ohio", "Ohio", kind="arbitration"), "Columbus, Ohio (arbitration)"),
        (fact("Columbus, Ohio", "United States", kind="court"), "Columbus, Ohio, United States (courts)"),
        (fact("Columbus, Ohio", "Ohio"), "Columbus, Ohio  0.93"),
    ],
)
def test_venues_are_told_as_the_text_names_them(venue, words):
    record = detailed()
    record["contract"]["venue"] = [venue]
    assert words in printed([record])


def test_markup_in_details_is_no_markup_of_the_console():
    record = detailed()
    record["contract"]["related"][0]["name"] = "[red]Corwen[/oops]"
    record["contract"]["parties"][0] |= {"former_names": ["[bold]Quayle[/nope]"], "legal_form": "[i]x[/]"}
    record["contract"]["venue"][0]["text"] = "[u]Ohio[/z]"
    text = printed([record], width=140)
    for shown in ("[red]Corwen[/oops]", "[bold]Quayle[/nope]", "[i]x[/]", "[u]Ohio[/z]"):
        assert shown in text
