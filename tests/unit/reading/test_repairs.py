"""What OCR and text layers garble: repaired on evidence, logged, and left alone where the evidence is thin."""

import time

import pytest

from whereas.reading.cleanup import clean
from whereas.reading.locate import boxes_of
from whereas.reading.repairs.undoing import as_read
from whereas.reading.repairs.vocabulary import english, is_english
from whereas.types import PageText, Word

SPELT = (
    "Halvorsen Timber agrees with the buyer. Halvorsen pays on return of the goods to the plant of the buyer. "
    "The return of the goods to Halvorsen is free of the usual fees that the carrier asks of the buyer."
)


def page(text: str, *, source: str = "ocr", confidence: float | None = None, number: int = 1) -> PageText:
    words = []
    at = 0
    if confidence is not None:
        for word in text.split():
            at = text.index(word, at)
            words.append(Word(word, at, at + len(word), (float(at), 10.0, float(at + len(word)), 20.0), confidence))
            at += len(word)
    return PageText(number, text, tuple(words), 612.0, 792.0, source, "test", confidence)  # type: ignore[arg-type]


def repaired(text: str, *, source: str = "ocr") -> tuple[str, list[str]]:
    cleaned = clean([page(text, source=source)])
    return cleaned.text, [repair.kind for repair in cleaned.repairs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed on June l5, 2O19 by both", "signed on June 15, 2019 by both"),
        ("signed on Ju1y 4, 2018 by both", "signed on July 4, 2018 by both"),
        ("signed on Novernber 3O, 2018 by both", "signed on November 30, 2018 by both"),
        ("the I2th day of 0ctober, 201S at the plant", "the 12th day of October, 2015 at the plant"),
        ("signed on lune 3, 20l9 by both", "signed on June 3, 2019 by both"),
        ("signed on Merch 13, 2019 by both", "signed on March 13, 2019 by both"),
        ("signed on 28 Pebguary 2031 by both", "signed on 28 February 2031 by both"),
        ("signed on 25 ‘September 2025 by both", "signed on 25 September 2025 by both"),
        ("signed on 2 March. 2019 by both", "signed on 2 March 2019 by both"),
        ("signed on March 16, -. 2013 by both", "signed on March 16, 2013 by both"),
        ("as Clause8 and Section 4 say", "as Clause 8 and Section 4 say"),
        ("a price of $l,5OO.00 a month", "a price of $1,500.00 a month"),
        ("a price of USD 1O,000 a month", "a price of USD 10,000 a month"),
        ("a price of €2S0 a month", "a price of €250 a month"),
        ("a price of S12,500.00 a month", "a price of $12,500.00 a month"),
        ("as Section l.2 and Section 1O say", "as Section 1.2 and Section 10 say"),
        ("as Clause 5.l says", "as Clause 5.1 says"),
        ("under 15 U.S.C. $ 1051 and others", "under 15 U.S.C. § 1051 and others"),
    ],
)
def test_letters_read_for_digits(text: str, expected: str) -> None:
    assert repaired(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "May lO of them be sold",
        "on June 1O, 3O19 of the calendar",
        "on June O, 2019 of no calendar",
        "on Marsh 13, 2019 and Jane 4, 2018",
        "on June 1, [ ] 2019 and 5 Acme, 2018",
        "as Article II and Section I.2 and Section 5l say",
        "the $SOLD sign and a $B note",
        "the model S500 and the road S12",
        "paid in $I notes",
        "of l and O and I and rn",
    ],
)
def test_letters_that_are_letters_stay(text: str) -> None:
    assert repaired(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("S U P P L Y A G R E E M E N T", "SUPPLY AGREEMENT", "letter_spacing"),
        ("W I T N E S S E T H:", "WITNESSETH:", "letter_spacing"),
        ("made on J une 1 , 2 0 1 9 by both", "made on June 1, 2019 by both", "date_spacing"),
        ("made on Septem ber 1 2, 20 19 by both", "made on September 12, 2019 by both", "date_spacing"),
        ("a fee of $1, 000 ,000.00 in all", "a fee of $1,000,000.00 in all", "amount_spacing"),
        ("a fee of $ 2 5 0 in all", "a fee of $ 250 in all", "amount_spacing"),
        ("from June 1, 20 18 to June 3, 2 019", "from June 1, 2018 to June 3, 2019", "date_spacing"),
        ("made this 3 0th day of Ju ly, 201 9 by both", "made this 30th day of July, 2019 by both", "date_spacing"),
        ("a fee of USD 110, 000 in all", "a fee of USD 110,000 in all", "amount_spacing"),
        ("the C ompany agrees", "the Company agrees", "split_word"),
        ("the buyer' s own plant", "the buyer's own plant", "split_word"),
    ],
)
@pytest.mark.parametrize("source", ["ocr", "text_layer"])
def test_broken_spacing(text: str, expected: str, kind: str, source: str) -> None:
    after, kinds = repaired(text, source=source)
    assert (after, set(kinds)) == (expected, {kind})


@pytest.mark.parametrize(
    "text",
    [
        "Options A B C D E F are open",
        "Items X Q Z K V W are closed",
        "made on June 1 , 2019 by both",
        "made on June 31 and 1, 2 0 1 9 copies",
        "marks of 2 0 1 9 points",
        "a fee of $1, 20 of them in all",
        "Vitamin C deficiency and Plan B options",
        "A party and I agree",
        "the parties' S marks",
    ],
)
def test_spaces_that_part_words_stay(text: str) -> None:
    assert repaired(text) == (text, [])


@pytest.mark.parametrize(
    ("word", "expected", "kind"),
    [
        ("retum", "return", "misread_word"),
        ("Retum", "Return", None),
        ("Halv0rsen", "Halvorsen", "misread_name"),
        ("HaIvorsen", "Halvorsen", "misread_name"),
        ("caIrier", "carrier", None),
        ("tbat", "that", None),
        ("sen/ices", "services", "misread_word"),
        ("|nformation", "Information", "misread_word"),
        ("sect1on", "section", "misread_word"),
        ("ofthe", "of the", "joined_words"),
        ("buyerand", "buyer and", "joined_words"),
        ("reas onable", "reasonable", "split_word"),
        ("h andling", "handling", "split_word"),
        ("termin ate", "terminate", "split_word"),
        ("Halvo rsen", "Halvorsen", "split_word"),
    ],
)
def test_words_that_the_document_or_english_knows(word: str, expected: str, kind: str | None) -> None:
    text = f"{SPELT} It is said {word} here."
    after, kinds = repaired(text)
    if kind is None:
        assert after == text
    else:
        assert (after, kinds) == (f"{SPELT} It is said {expected} here.", [kind])


@pytest.mark.parametrize(
    "word", ["Halvorson", "Tumer", "modern", "stem", "Steams", "(iii)", "II", "thereupon", "asis", "Retumex", "B2C", "far"]
)
def test_words_that_nobody_knows_better_stay(word: str) -> None:
    text = f"{SPELT} It is said {word} here."
    assert repaired(text) == (text, [])


def test_a_name_is_not_bent_to_one_that_is_as_rare() -> None:
    text = "Quillmark pays. Quilimark pays. Quillmark is paid. Quilimark is paid."
    assert repaired(text) == (text, [])


def test_a_name_spelt_oftener_but_never_surely_is_no_model() -> None:
    text = "Quillmark pays. Quillmark buys. Quillmark sells. Quilimark asks."
    assert clean([page(text, confidence=0.5)]).repairs == ()


def test_a_doubtful_name_is_spelt_as_on_other_pages() -> None:
    spelt = page("Quillmark pays. Quillmark buys. Quillmark sells.", confidence=0.96, number=1)
    assert clean([spelt, page("Quilimark asks.", confidence=0.6, number=2)]).text.endswith("Quillmark asks.")
    assert clean([spelt, page("Quilimark asks.", confidence=0.96, number=2)]).text.endswith("Quilimark asks.")


def test_two_words_that_could_be_meant_are_no_repair() -> None:
    one = "The salts and salts and salts are sold; they say saits."
    assert clean([page(one)]).text == one.replace("saits", "salts")
    both = f"The sails and sails and sails are sold too. {one}"
    assert clean([page(both)]).text == both


def test_short_words_are_known_by_their_number() -> None:
    text = "of this and of that and of those and of these and of all"
    assert repaired(f"{text} and 0f none")[0] == f"{text} and of none"
    assert repaired(f"{text}. 0f none")[0] == f"{text}. Of none"
    assert repaired("of this and 0f none")[1] == []


def test_a_doubtful_word_a_letter_off_the_documents_own() -> None:
    spelt = page(
        "The Licensee pays. The Licensee asks. The Licensee and a Licensee and no Licensee grow with venturers, venturers, venturers.",
        confidence=0.96,
    )
    doubtful = page("The Licdnsee and one venturer go.", confidence=0.6, number=2)
    sure = page("The Licdnsee and one venturer go.", confidence=0.96, number=3)
    text = clean([spelt, doubtful, sure]).text
    assert "The Licensee and one venturer go.\n\nThe Licdnsee and one venturer go." in text


def test_a_first_letter_cut_off_at_the_edge_of_the_page() -> None:
    spelt = page(
        "The Territory is wide. The Territory is known. In the Territory all is sold; no Territory is not the Territory.", confidence=0.96
    )
    cut = page("It is sold in the same\nerritory as before and in this erritory.", confidence=0.9, number=2)
    assert clean([spelt, cut]).text.endswith("in the same Territory as before and in this erritory.")


def test_halves_of_a_word_broken_at_a_line_end_are_no_words() -> None:
    text = f"{SPELT}\nThe buyer may ask for the retum-\nable goods and for the re-\ntum of others, within thirty days."
    assert not [repair for repair in clean([page(text)]).repairs if repair.kind.startswith("misread")]


@pytest.mark.parametrize("source", ["text_layer", "plain_text", "markup"])
def test_letters_of_what_was_not_recognised_from_an_image_stay(source: str) -> None:
    text = f"{SPELT} It is said retum on June l, 2O19 for $l,000 (“Buyer’)."
    assert repaired(text, source=source) == (text, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halvorsen Timber (“Halvorsen’) agrees", "Halvorsen Timber (“Halvorsen”) agrees"),
        ("Halvorsen Timber (the “Seller™) agrees", "Halvorsen Timber (the “Seller”) agrees"),
        ("Halvorsen Timber (‘Halvorsen’) agrees", "Halvorsen Timber (‘Halvorsen’) agrees"),
        ("the (“Buyers’ share”) of it", "the (“Buyers’ share”) of it"),
        ("the mark Halvorsen™) of it", "the mark Halvorsen™) of it"),
    ],
)
def test_closing_quotes_of_defined_terms(text: str, expected: str) -> None:
    assert repaired(text)[0] == expected


def test_a_repaired_span_has_its_text_its_place_and_its_boxes() -> None:
    text = "made on J une l, 2O19 for the fee of $l,OOO.00 a month"
    pages = [page(text, confidence=0.9)]
    cleaned = clean(pages)
    at = cleaned.text.index("$1,000.00")
    assert as_read(cleaned, at, at + 9) == {1: [(text.index("$l"), "$l,OOO.00")]}
    number, boxes = boxes_of(cleaned, pages, at, at + 9)
    word = next(word for word in pages[0].words if word.text.startswith("$"))
    assert (number, boxes) == (1, (word.box,))


def test_regular_forms_of_english_words_are_words() -> None:
    assert all(map(is_english, ("indemnities", "sublicensing", "nonpayment", "licensee's", "terminated", "stopped", "agreement")))
    assert not any(map(is_english, ("retum", "tion", "rn", "agreernent")))
    assert "agreement" in english()


@pytest.mark.parametrize(
    "unit",
    ["l", "A ", "1 9 ", "$1, ", "June 1 2 0 1 ", "lO.", "a b c ", "retum ", "(“a", "Section l.", "J une ", "|", "[", "tothe", "20l9 "],
)
def test_long_runs_of_garble_take_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.process_time()
        clean([page(text)])
        return time.process_time() - started

    seconds(1_000)
    assert seconds(40_000) < 8 * max(seconds(10_000), 0.05)
