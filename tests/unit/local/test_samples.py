"""The sample contracts: their truth is in their text, their bytes follow from the seed, their looks are as honest as promised."""

import datetime as dt
import re
import zipfile
from decimal import Decimal
from html import unescape
from io import BytesIO
from random import Random

import docx
import pypdfium2 as pdfium
import pytest
from dateutil.relativedelta import relativedelta
from PIL import Image

from whereas_local.samples import DEMO, Recipe, generate, write_sample
from whereas_local.samples.composing import KINDS, _Numbers, compose
from whereas_local.samples.layout import lay_out
from whereas_local.samples.page import Looks
from whereas_local.samples.scan import Scanner
from whereas_local.samples.wording import date_long, date_text, duration_text, money_text, number_words, ordinal

CASES = [(kind, seed) for kind in KINDS for seed in range(12)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return {sample.path.name: sample for sample in generate(tmp_path_factory.mktemp("samples"))}


def body(draft):
    return "\n".join([*(block.plain for block in draft.blocks), *("\n".join(row) for block in draft.blocks for row in block.rows)])


def page_texts(path):
    document = pdfium.PdfDocument(path)
    try:
        texts = []
        for index in range(len(document)):
            text_page = document[index].get_textpage()
            texts.append(text_page.get_text_bounded())
            text_page.close()
        return texts
    finally:
        document.close()


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_truth_is_written_in_the_contract(kind, seed):
    draft = compose(kind, seed=seed)
    truth, text = draft.truth, body(draft)
    assert len(truth.parties) == 2
    for party in truth.parties:
        assert party.name in text
        assert party.address in text
        assert all(f"“{alias}”" in text for alias in party.aliases)
        assert party.signatory.name in text
    for day in (truth.agreement_date, truth.effective_date, truth.expiration_date if truth.expiration_stated else None, *truth.other_dates):
        if day:
            value = dt.date.fromisoformat(day)
            assert any(form in text for form in (date_text(value, american=True), date_text(value, american=False), date_long(value)))
    for duration in (truth.term, truth.renewal_term, truth.notice_period):
        assert duration is None or duration_text(duration) in text
    assert truth.governing_law[0].name in text
    assert truth.title in text
    assert all(third in text for third in truth.third_parties)


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_dates_and_term_agree(kind, seed):
    truth = compose(kind, seed=seed).truth
    if truth.term is None:
        assert (truth.term_kind, truth.expiration_date) == ("until_terminated", None)
        return
    count = int(truth.term[1:-1])
    effective = dt.date.fromisoformat(truth.effective_date)
    anniversary = effective + relativedelta(months=count * 12 if truth.term.endswith("Y") else count)
    assert dt.date.fromisoformat(truth.expiration_date) == anniversary - dt.timedelta(days=truth.expiration_stated)
    assert truth.agreement_date <= truth.effective_date
    assert all(day < truth.agreement_date for day in truth.other_dates)


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_no_placeholder_or_mark_is_left(kind, seed):
    draft = compose(kind, seed=seed)
    text = body(draft)
    assert not re.search(r"[{}]|\*\*|None", text)
    assert "  " not in text.replace("Date:", "")
    references = {int(number) for number in re.findall(r"(?:Clause|Section|Article) (\d+)", text)}
    headings = [block for block in draft.blocks if block.style == "heading"]
    assert references
    assert max(references) <= len(headings)


def test_sums_of_money_are_written_in_figures():
    draft = compose("msa", seed=3)
    text = body(draft)
    for amount, currency in draft.truth.amounts:
        assert currency in {"USD", "GBP", "EUR"}
        assert f"{Decimal(amount):,.0f}" in text
    assert len(draft.truth.amounts) >= 3


def test_seeds_differ_and_repeat():
    assert compose("lease", seed=1) == compose("lease", seed=1)
    assert compose("lease", seed=1).truth != compose("lease", seed=2).truth


def test_a_person_is_a_party_of_a_consulting_agreement():
    kinds = [party.kind for party in compose("consulting", seed=5).truth.parties]
    assert kinds == ["organization", "person"]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="expected a kind of contract among msa"):
        compose("treaty", seed=1)


def test_a_reference_to_a_missing_article_is_refused():
    with pytest.raises(KeyError, match="does not have"):
        "{ref[warranties]}".format_map({"ref": _Numbers({"term": "Section 1"})})


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (13, "thirteen"), (21, "twenty-one"), (100, "one hundred"), (264_000, "two hundred sixty-four thousand"),
     (1_500_001, "one million five hundred thousand one")],
)  # fmt: skip
def test_numbers_in_words(number, words):
    assert number_words(number) == words


def test_ordinals():
    endings = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 22: "22nd"}
    assert {day: ordinal(day) for day in endings} == endings


@pytest.mark.parametrize("duration", ["P1Y6M", "PT5H", "3Y", ""])
def test_a_duration_of_several_units_is_refused(duration):
    with pytest.raises(ValueError, match="one unit"):
        duration_text(duration)


def test_durations_and_money_in_words_and_figures():
    assert duration_text("P1Y") == "one (1) year"
    assert duration_text("P24M") == "twenty-four (24) months"
    forms = {money_text(Decimal(92_000), "USD", Random(seed)) for seed in range(40)}
    assert forms == {
        "US$92,000.00",
        "USD 92,000",
        "ninety-two thousand US dollars (US$92,000)",
        "Ninety-two thousand US Dollars (USD 92,000.00)",
    }
    assert {money_text(Decimal("23125.5"), "EUR", Random(seed)) for seed in range(20)} == {"€23,125.50", "EUR 23,125.50"}


def test_the_demo_set_is_whole(demo):
    assert list(demo) == [recipe.name for recipe in DEMO]
    assert demo["msa-born-digital.pdf"].pages >= 8
    assert 4 <= demo["license-scanned.pdf"].pages <= 6
    assert demo["license-scanned.pdf"].scanned
    assert demo["nda.docx"].pages is None


def test_the_same_seed_gives_the_same_bytes(demo, tmp_path):
    for sample in generate(tmp_path / "again"):
        assert sample.path.read_bytes() == demo[sample.path.name].path.read_bytes()
    other = write_sample(tmp_path, Recipe("nda.docx", "nda", "docx"), seed=8)
    assert other.path.read_bytes() != demo["nda.docx"].path.read_bytes()


def test_born_digital_pages_carry_running_lines_and_hyphens(demo):
    sample = demo["msa-born-digital.pdf"]
    texts = page_texts(sample.path)
    assert len(texts) == sample.pages
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {sample.pages}" in text
        assert (sample.truth.title in text.splitlines()[0]) or number == 1
    # pdfium gives a hyphen at a line's end as U+FFFE or U+0002, by its version, where it takes it for a soft one.
    assert re.search("[a-z][-￾\x02]\r?\n?[a-z]", "\n".join(texts))


def test_the_scan_holds_images_and_no_text(demo):
    sample = demo["license-scanned.pdf"]
    assert "".join(page_texts(sample.path)).strip() == ""
    document = pdfium.PdfDocument(sample.path)
    assert len(document) == sample.pages
    pixels = document[1].render(scale=1, grayscale=True).to_pil()
    assert len(set(pixels.tobytes())) > 60, "a scan has noise and shade, not black on white"
    document.close()


def test_two_columns_stand_side_by_side():
    looks = Looks(size=9.5)
    page = lay_out(compose("supply", seed=7), looks)[1]
    middle = looks.page_size[0] / 2
    left = {placed.y for placed in page.placed if placed.x < middle - 100}
    right = {placed.y for placed in page.placed if placed.x > middle}
    assert len(left) > 20
    assert len(right) > 20


def test_no_line_leaves_the_page():
    for kind in KINDS:
        looks = Looks()
        for page in lay_out(compose(kind, seed=9), looks):
            assert all(30 < placed.y < looks.page_size[1] - 30 for placed in page.placed)
            assert all(looks.margin - 1 <= placed.x < looks.page_size[0] - looks.margin for placed in page.placed)


def test_docx_has_numbering_table_running_lines_and_a_tracked_change(demo):
    path = demo["nda.docx"].path
    document = docx.Document(str(path))
    section = document.sections[0]
    assert demo["nda.docx"].truth.title in section.header.paragraphs[0].text
    assert "Confidential" in section.footer.paragraphs[0].text
    assert any(len(table.rows) > 3 for table in document.tables)
    xml = document.element.xml
    assert xml.count("<w:numPr>") > 20
    assert "<w:delText" in xml
    assert "by e-mail or letter." in re.search(r"<w:ins .*?</w:ins>", xml, re.DOTALL)[0]
    with zipfile.ZipFile(path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert "PAGE" in archive.read(next(name for name in archive.namelist() if "footer" in name)).decode()


def test_images_hold_every_page_or_the_first(tmp_path):
    fast = Scanner(dpi=60)
    tiff = write_sample(tmp_path, Recipe("nda.tiff", "nda", "tiff", scanner=fast), seed=2)
    with Image.open(BytesIO(tiff.path.read_bytes())) as image:
        assert image.n_frames == tiff.pages > 1
        assert round(float(image.info["dpi"][0])) == 60
    png = write_sample(tmp_path, Recipe("nda.png", "nda", "png", scanner=fast), seed=2)
    with Image.open(png.path) as image:
        assert image.size == (round(612 * 60 / 72), round(792 * 60 / 72))
    assert png.pages == 1


def test_html_and_text_say_the_same(demo):
    page = unescape(demo["lease.html"].path.read_text(encoding="utf-8"))
    assert page.startswith("<!doctype html>")
    assert "<script>" in page
    assert all(party.name in page for party in demo["lease.html"].truth.parties)
    text = demo["consulting.txt"].path.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 100
    assert demo["consulting.txt"].truth.title.upper() in text
