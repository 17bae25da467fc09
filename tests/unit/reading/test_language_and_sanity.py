"""The language of a text, and text layers that say nothing."""

import pytest

from whereas.reading.language import detect
from whereas.reading.pdf.sanity import bad_share, judge

TEXTS = {
    "en": (
        "This agreement is made between the parties and it shall be governed by the laws of the country in which the goods are delivered."
    ),
    "de": ("Dieser Vertrag wird zwischen den Parteien geschlossen und unterliegt dem Recht des Landes, in dem die Waren geliefert werden."),
    "fr": ("Le présent contrat est conclu entre les parties et il est régi par la loi du pays dans lequel les marchandises sont livrées."),
    "es": (
        "El presente contrato se celebra entre las partes y se rige por las leyes del país en el que se entregan las mercancías a la otra."
    ),
    "it": "Il presente contratto è concluso tra le parti ed è regolato dalla legge del paese in cui le merci sono consegnate.",
    "nl": (
        "Deze overeenkomst wordt gesloten tussen de partijen en wordt beheerst door het recht van het land waar de "
        "goederen worden geleverd."
    ),
    "pt": (
        "O presente contrato é celebrado entre as partes e rege-se pelas leis do país em que as mercadorias são entregues à outra parte."
    ),
    "sv": (
        "Detta avtal ingås mellan parterna och ska tolkas enligt lagen i det land där varorna levereras till köparen "
        "av den andra parten som är säljare."
    ),
    "pl": (
        "Niniejsza umowa została zawarta przez strony i podlega prawu kraju, w którym towary są dostarczane, oraz "
        "nie może być zmieniona w inny sposób."
    ),
    "ru": "Настоящий договор заключён между сторонами и регулируется правом страны, в которой поставляются товары.",
    "el": "Η παρούσα σύμβαση συνάπτεται μεταξύ των μερών και διέπεται από το δίκαιο της χώρας.",
    "zh": "本合同由双方签订并受货物交付地国家的法律管辖。任何争议应提交仲裁解决。",
    "ja": "本契約は両当事者の間で締結され、商品が引き渡される国の法律に準拠するものとします。",
    "ko": "본 계약은 당사자들 사이에 체결되며 상품이 인도되는 국가의 법률에 따릅니다.",
    "ar": "تم إبرام هذا العقد بين الطرفين ويخضع لقانون البلد الذي يتم فيه تسليم البضائع.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=str)
def test_languages(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text", ["", "Halvorsen", "12.05.2020 4711 0815", "foo bar baz qux quux corge grault garply waldo fred plugh xyzzy thud"]
)
def test_too_little_or_nothing_known(text: str) -> None:
    assert detect(text) == "und"


def test_english_with_foreign_names_is_english() -> None:
    names = "Compañía de la Madera del Norte, Société des Bois de la Loire, Holz und Bau der Welt "
    assert detect(TEXTS["en"] + " " + names * 2) == "en"


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pt", "sv", "pl", "ru", "el", "zh", "ja", "ar"])
def test_real_languages_are_sane(language: str) -> None:
    assert judge(TEXTS[language] * 3) is None


def shifted(text: str, by: int = 3) -> str:
    return "".join(chr((ord(c) - 97 + by) % 26 + 97) if "a" <= c <= "z" else c for c in text.lower())


@pytest.mark.parametrize("by", [3, 7, 13])
def test_letters_of_another_order_are_garbage(by: int) -> None:
    assert judge(shifted(TEXTS["en"], by) * 3) == "garbage_words"


@pytest.mark.parametrize("sign", ["\ufffd", "\ue012", "\x03", "\U000f0001"])
def test_signs_that_say_nothing_are_garbage(sign: str) -> None:
    text = "".join(sign if index % 4 == 0 else c for index, c in enumerate(TEXTS["en"]))
    assert judge(text) == "garbage_characters"
    assert bad_share(text) > 0.2


def test_symbols_in_place_of_letters_are_garbage() -> None:
    assert judge("!#&*' +,& <=>?@ [^]` {|}~ " * 30) == "garbage_words"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Page 4",
        "1,180.00 640.00 520.00 310.00 7,400.00 " * 20,
        "____________________ ____________________ ____________ " * 10,
        "NVDA MSFT XKCD " * 2,
        "PWM-5700-00432-SH TBD 0.2MW KJX-8841-22019-QZ " * 20,
        "Vilkår for leveranser av eiketømmer til kjøperen og betaling for dem etter avtalen mellom partene i år. " * 2,
        "Marit Halvorsen, Dmitri Lindqvist, Freya Kowalczyk, Anselm Vandermeer, Leonor Ostrander, Yuki Tanaka " * 2,
    ],
)
def test_figures_lines_and_names_are_no_garbage(text: str) -> None:
    assert judge(text) is None
