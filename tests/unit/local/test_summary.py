"""The console summary and the words it shares with the report."""

from io import StringIO

import pytest
from public_records import complete, fact, quarantined
from rich.console import Console

from whereas_local.formatting import date_words, duration_words, fact_words, type_name, value_words
from whereas_local.summary import print_summary


def printed(records, *, width=110, **options):
    out = StringIO()
    print_summary(records, Console(file=out, width=width, color_system=None), **options)
    return out.getvalue()


def test_a_contract_is_told_from_title_to_model_version():
    text = printed([complete()])
    expected = (
        "Software License Agreement",
        "license.pdf",
        "Norvane Systems, Inc.  licensor",
        "called “Norvane”, “Licensor”",
        "Maren Abernethy",
        "signed by Tobias Whitlock, President",
        "3 Mar 2024",
        "1 Apr 2024",
        "31 Mar 2027",
        "3 years",
        "1 year",
        "90 days",
        "New York",
        "24: Date 3, Organization 2",
        "2 pages, 1 by OCR and 1 from the text layer",
        "read 0.84 s, recognize 1.26 s",
        "whereas-ner 0.1.0 (aaaaaaaaaaaa), pipeline 0.1.0",
        "low_ocr_confidence, page 2",
    )
    for shown in expected:
        assert shown in text
    assert "1 of 1 documents complete, 2 pages, 24 entities" in text


def test_a_container_is_a_line_with_its_refused_files():
    def member(name, code=None):
        reason = {"code": code, "message": f"Why {name} is not taken.", "page": None} if code else None
        return {"key": f"deals.zip.parts/{name}", "status": "REFUSED" if code else "TAKEN", "reason": reason}

    record = complete()
    members = [member("a.pdf"), member("b.exe", "unsupported"), *(member(f"{n}.zip", "nested") for n in range(6))]
    record["document"] |= {"source": "deals.zip", "members": members, "pages": 0}
    record["contract"], record["entities"] = {}, []
    text = printed([record])
    assert "deals.zip: 1 of 8 files taken" in text
    assert "b.exe: unsupported: Why b.exe is not taken." in text
    assert "and 2 more in the record" in text
    assert "no title found" not in text


def test_quarantined_documents_come_with_reason_and_advice():
    first, second = (
        quarantined(),
        quarantined(
            "corrupt",
            "Export it anew.",
        ),
    )
    second["document"] |= {"source": "torn.pdf", "reason": {"code": "corrupt", "message": "Export it anew.", "page": 4}}
    text = printed([complete(), first, second])
    assert "2 quarantined: the originals are kept" in text
    assert "encrypted" in text
    assert "Remove the protection and upload it again." in text
    assert "corrupt p. 4" in text
    assert "1 of 3 documents complete" in text
    assert "2 quarantined" in text.splitlines()[-1]


def test_a_quarantined_record_without_reason_still_says_something():
    record = quarantined()
    record["document"]["reason"] = None
    assert "See the log" in printed([record])


def test_documents_in_progress_are_named():
    text = printed([complete(status="PROCESSING", source="slow.pdf")])
    assert "slow.pdf is still being processed." in text
    assert "1 processing" in text


def test_missing_facts_are_named_in_one_row():
    record = complete()
    record["contract"] = {"title": None, "parties": [], "term": None, "governing_law": []}
    record["run"] = None
    record["lineage"] = None
    text = printed([record])
    assert "no title found" in text
    assert "none found" in text
    assert "Renews for" not in text
    assert "Not found  agreed, effective, expires, term, renews for, notice, notice by, governing law" in " ".join(
        text.replace("│", "").split("\n")
    )
    assert "Time" not in text
    assert "Model" not in text


def test_many_warnings_are_cut_with_their_number():
    warnings = [{"code": f"code_{index}", "page": None, "message": "Something."} for index in range(9)]
    text = printed([complete(warnings=warnings)])
    assert "code_4" in text
    assert "code_5" not in text
    assert "and 4 more in the record" in text


def test_where_to_look_next():
    text = printed([complete()], outputs={"Report": "out/report.html", "Search": "whereas query --party norvane"})
    assert "Where to look next" in text
    assert "out/report.html" in text
    assert "whereas query --party norvane" in text


def test_markup_of_documents_is_no_markup_of_the_console():
    record = complete(source="[bold]x[/nonsense].pdf")
    record["contract"]["parties"][0]["name"] = "[red]Tricky[/red] [/oops] Ltd"
    text = printed([record])
    assert "[red]Tricky[/red] [/oops] Ltd" in text
    assert "[bold]x[/nonsense].pdf" in text


@pytest.mark.parametrize("width", [40, 60, 200])
def test_any_width_keeps_every_line_within(width):
    text = printed([complete(), quarantined()], width=width, outputs={"Report": "out/report.html"})
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"pages": 1, "ocr_pages": 0}, "1 page, all from the text layer"),
        ({"pages": 5, "ocr_pages": 5}, "5 pages, all by OCR"),
        ({"pages": 1, "ocr_pages": 1, "media_type": "image/png"}, "1 page, all by OCR"),
        ({"pages": 1, "ocr_pages": 0, "media_type": "text/plain"}, "1 page, read from the file's text"),
        ({"pages": None, "ocr_pages": None}, "no pages in this format"),
    ],
)
def test_how_pages_were_read(document, words):
    assert words in printed([complete(**document)])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("P3Y", "3 years"),
        ("P1Y6M", "1 year, 6 months"),
        ("P90D", "90 days"),
        ("P2W", "2 weeks"),
        ("P", "P"),
        ("PT5M", "PT5M"),
        ("Perth", "Perth"),
    ],
)
def test_durations_in_words(value, words):
    assert duration_words(value) == words
    assert value_words(value) == words


@pytest.mark.parametrize(
    ("value", "precision", "words"),
    [
        ("2024-03-03", None, "3 Mar 2024"),
        ("2024-03-01", "month", "Mar 2024"),
        ("2024-01-01", "year", "2024"),
        ("2024-13-01", None, "2024-13-01"),
    ],
)
def test_dates_in_words(value, precision, words):
    assert date_words(value, precision) == words


def test_other_values_in_words():
    assert value_words({"amount": "1500000.00", "currency": "USD"}) == "USD 1,500,000.00"
    assert value_words({"amount": "-3.5", "currency": None}) == "-3.5"
    assert value_words({"percent": "5"}) == "5 %"
    assert value_words({"percent": "0"}) == "0 %"
    assert value_words({"amount": "1200", "unit": "pallets"}) == "1,200 pallets"
    assert value_words(True) == "yes"
    assert value_words(False) == "no"
    assert fact_words(fact("renews", False)) == "no"
    assert value_words({"name": "New York", "code": "US-NY"}) == "New York"
    assert value_words({"value": "P3Y", "kind": "fixed"}) == "3 years"
    assert value_words({"number": "7", "kind": None}) == "number 7"
    assert value_words(None, kind="until_terminated") == "until terminated"
    assert value_words(None) == ""
    assert fact_words(None) == ""
    assert fact_words(fact("three (3) years", None)) == "three (3) years"
    assert type_name("GOVERNING_LAW") == "Governing law"
    assert type_name("ID_NUMBER") == "ID number"


def test_what_asks_nothing_of_a_person_is_left_to_the_record():
    warnings = [
        {"code": "running_lines_dropped", "page": None, "message": "3 lines were left out."},
        {"code": "low_ocr_confidence", "page": 2, "message": "Check this page."},
    ]
    text = printed([complete(warnings=warnings)])
    assert "running_lines_dropped" not in text
    assert "low_ocr_confidence, page 2: Check this page." in text
