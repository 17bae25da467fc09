"""Numbers as word processors write them before paragraphs: letters, Roman figures, words."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_ONES = [
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
]
_TENS = ["Zero", "Ten", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"]
_IRREGULAR = {"One": "First", "Two": "Second", "Three": "Third", "Five": "Fifth", "Eight": "Eighth", "Nine": "Ninth", "Twelve": "Twelfth"}


def figure(number: int, form: str) -> str:
    """Return a number in one of the formats of ECMA-376 part 1, 17.18.59; in Arabic figures where the format is another."""
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(10, (number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form in {"cardinalText", "ordinalText"} and 0 < number < 100:
        return _in_words(number, ordinal=form == "ordinalText")
    if form == "ordinal":
        return f"{number}{_ordinal_ending(number)}"
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _in_words(number: int, *, ordinal: bool) -> str:
    """Return a number below 100 as Word spells it: "One", "Twenty-first"."""
    tens, ones = divmod(number, 10)
    if number < 20 or not ones:
        word = _ONES[number] if number < 20 else _TENS[tens]
        return _ordinal_word(word) if ordinal else word
    return f"{_TENS[tens]}-{(_ordinal_word(_ONES[ones]) if ordinal else _ONES[ones]).lower()}"


def _ordinal_word(word: str) -> str:
    return _IRREGULAR.get(word) or (word[:-1] + "ieth" if word.endswith("y") else word + "th")


def _ordinal_ending(number: int) -> str:
    return "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
