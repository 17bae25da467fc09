"""What the HTML report shows beside the facts: amounts, dates, definitions, clauses, and references that lead to them."""

import re

import pytest
from public_records import TEXT, complete, detailed, entity
from report_page import one, render

from whereas_local.highlighting import Span, Target, entity_spans, highlight


def details(source, heading):
    """Return what one of the cards that open holds, from its heading to its end."""
    return source.split(f"<summary>{heading} (", 1)[1].split("</details>", 1)[0]


def test_details_of_a_contract_are_shown(tmp_path):
    source, page = one(tmp_path, detailed())
    assert page.shown() == TEXT
    for shown in ("Inc., organized in Oregon <code>US-OR</code>", "formerly Quayle Logic Corp.", "trading as Norvane Labs"):
        assert shown in source
    assert re.search(r"Auto-renewal</th><td>\s*<strong>yes</strong>\s*<q>renews</q>", source)
    assert re.search(r'Venue <span class="how">court</span></th><td>\s*<strong>Ohio</strong> <code>US-OH</code>', source)
    assert re.search(r'Corwen Vale LLC</strong> <span class="role">guarantor</span>', source)


def test_amounts_stand_by_kind_the_telling_ones_first(tmp_path):
    source, _ = one(tmp_path, detailed())
    shown = details(source, "Amounts")
    assert shown.startswith("3)")
    assert re.findall(r'<th scope="row">(.*?)</th>', shown) == ["Fee", "Interest", "Other"]
    assert re.findall(r"<strong>(.*?)</strong>", shown) == ["USD 92,000.00", "8 %", "3 crates"]


def test_other_dates_leave_out_what_the_facts_tell_and_say_each_once(tmp_path):
    source, _ = one(tmp_path, detailed())
    shown = details(source, "Other dates")
    assert re.findall(r'<th scope="row">(.*?)</th>', shown) == ["Signature", "Renewal"]
    assert re.findall(r"<strong>(.*?)</strong>", shown) == ["3 Mar 2024", "1 Apr 2027"]
    assert shown.count('class="ev"') == 3
    assert "It renews where the term ends." in shown


def test_definitions_tell_term_meaning_and_uses(tmp_path):
    source, _ = one(tmp_path, detailed())
    shown = details(source, "Definitions")
    rows = re.findall(r'<th scope="row">(.*?)</th>', shown)
    assert [re.sub("<.*?>", "", row) for row in rows] == ["Agreement agreement", "Licensor party"]
    assert "<q>Norvane Systems, Inc.</q>" in shown
    assert re.findall(r'<td class="num">(\d+)</td>', shown) == ["0", "2"]


def test_long_meanings_are_cut_between_words(tmp_path):
    record = detailed()
    place = record["contract"]["definitions"][0]["meaning"]
    place |= {"start": TEXT.index("This Agreement runs"), "end": TEXT.index("2. Fees")}
    source, _ = one(tmp_path, record)
    meaning = re.search(r"<q>(This Agreement runs.*?)</q>", source).group(1)
    assert 100 < len(meaning) <= 121
    assert re.sub(r"\s+", " ", TEXT).find(meaning.removesuffix("…") + " ") > 0


def test_the_outline_leads_to_clauses_and_leaves_out_what_has_no_heading_deep_down(tmp_path):
    source, page = one(tmp_path, detailed())
    shown = details(source, "Clauses")
    lines = re.findall(r'<li style="--level:(\d)"><a href="#(.*?)">(.*?)</a>', shown)
    assert [(level, words) for level, _, words in lines] == [
        ("1", "1 Term"),
        ("2", "1.1 This Agreement runs for three (3) years and…"),
        ("1", "3 Law"),
    ]
    assert "1 deeper clause without a heading left out." in shown
    assert '<span class="role">Term</span>' in shown
    assert {anchor for _, anchor, _ in lines} <= {attrs.get("id") for _, attrs in page.elements}
    start = TEXT.index("3. Law")
    assert lines[-1][1] == f"d0-{start}-{start + 6}"


def test_every_link_leads_somewhere(tmp_path):
    _, page = render(tmp_path, [detailed(), detailed(document_id="e" * 24)], {"d" * 24: TEXT, "e" * 24: TEXT})
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    links = {attrs["href"][1:] for tag, attrs in page.elements if tag == "a"}
    assert links <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_reference_leads_to_its_clause(tmp_path):
    _, page = one(tmp_path, detailed())
    reference = next(attrs for tag, attrs in page.elements if tag == "a" and "t-CLAUSE_REF" in attrs.get("class", ""))
    start = TEXT.index("1. Term")
    assert reference["href"] == f"#d0-{start}-{start + 7}"
    assert reference["title"].endswith("leads to 1 Term")


@pytest.mark.parametrize("targets", [[], ["s99"], None])
def test_a_reference_without_a_known_clause_is_no_link(tmp_path, targets):
    record = detailed()
    next(item for item in record["entities"] if item["type"] == "CLAUSE_REF")["target_ids"] = targets
    _, page = one(tmp_path, record)
    assert not [attrs for tag, attrs in page.elements if tag == "a" and "t-CLAUSE_REF" in attrs.get("class", "")]


def test_a_reference_to_many_clauses_names_some_and_leads_to_the_first():
    targets = {f"s{number}": Target(f"a{number}", f"{number}.") for number in range(6)}
    [span] = entity_spans([entity("mention", "CLAUSE_REF", "Section 1") | {"target_ids": ["s4", "s2", "s1", "s0"]}], targets=targets)
    assert span.href == "a4"
    assert span.tooltip.endswith("leads to 4., 2., 1. and 1 more")


def test_links_do_not_nest():
    html = str(highlight("abcdef", [Span(0, 6, "e", href="x"), Span(1, 3, "e", href="y"), Span(4, 6, "e")])[0].html)
    depth = 0
    for tag in re.findall(r"<(/?a)\b", html):
        depth += 1 if tag == "a" else -1
        assert depth in {0, 1}
    assert 'href="#x"' in html


@pytest.mark.parametrize(
    "place",
    ["related", "definitions", "clauses", "types", "section", "amounts", "dates", "venue", "former", "form", "organized"],
)
def test_markup_in_details_is_escaped(tmp_path, place):
    evil = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;"
    record = detailed()
    found = record["contract"]
    party = found["parties"][0]
    changes = {
        "related": lambda: found["related"][0].update(name=evil, relation=evil, source=evil),
        "definitions": lambda: found["definitions"][0].update(term=evil, kind=evil),
        "clauses": lambda: found["clauses"][0].update(number=evil, heading=evil),
        "types": lambda: found["clauses"][0]["types"][0].update(type=evil),
        "section": lambda: found["clauses"][0].update(section_id=evil),
        "amounts": lambda: found["amounts"][0].update(value={"percent": evil}, kind=evil, source=evil, derivation=evil),
        "dates": lambda: found["dates"][0].update(value=evil, kind=evil),
        "venue": lambda: found["venue"][0].update(value=evil, text=evil + "!", kind=evil),
        "former": lambda: party.update(former_names=[evil], trade_names=[evil]),
        "form": lambda: party.update(legal_form=evil),
        "organized": lambda: party["organized_in"].update(value=evil, code=evil),
    }
    changes[place]()
    source, page = one(tmp_path, record)
    assert "<script>alert" not in source.lower()
    assert "<img" not in source.lower()
    assert len(page.scripts) == 1
    assert page.shown() == TEXT


def test_markup_in_the_text_of_meanings_and_clauses_is_escaped(tmp_path):
    evil = "<script>alert(1)</script> is what <b>it</b> means."
    record, start = detailed(), len(TEXT)
    place = {"page": 2, "start": start, "end": start + len(evil), "boxes": []}
    record["contract"]["definitions"][0]["meaning"] = place
    record["contract"]["clauses"][1]["evidence"] = place
    source, page = one(tmp_path, record, TEXT + evil)
    assert "<q>&lt;script&gt;alert(1)&lt;/script&gt; is what" in source
    assert "1.1 &lt;script&gt;" in source
    assert len(page.scripts) == 1


def test_a_record_of_an_older_schema_shows_no_details(tmp_path):
    source, page = one(tmp_path, complete())
    for heading in ("Amounts (", "Other dates (", "Definitions (", "Clauses (", "Related names", "Auto-renewal", "Venue"):
        assert heading not in source
    assert page.shown() == TEXT


def test_details_without_the_text_are_listed_without_links_into_it(tmp_path):
    source, _ = one(tmp_path, detailed(), "")
    assert "No text to show." in source
    assert '<li style="--level:1">1 Term' in source
    assert "<q>Norvane Systems, Inc.</q>" not in details(source, "Definitions")
