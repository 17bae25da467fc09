"""Numbers as contracts write them: figures, words, ordinals, and both at once ("twenty-four (24)")."""

from __future__ import annotations

import re

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ONES = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
]  # fmt: skip
_ORDINAL_TENS = ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"]

_VALUES: dict[str, int] = {word: n for n, word in enumerate(_ONES)}
_VALUES |= {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_VALUES |= {word: n for n, word in enumerate(_ORDINAL_ONES)}
_VALUES |= {word: 20 + 10 * n for n, word in enumerate(_ORDINAL_TENS)}
_VALUES |= {"forty": 40, "fourty": 40, "ninty": 90, "a": 1, "an": 1}

_SMALL = "|".join(sorted((*_ONES[1:], *_ORDINAL_ONES[1:10]), key=len, reverse=True))
# "three", "twenty-four", "one hundred and eighty", "one hundred twenty"
NUMBER_WORD = (
    rf"(?:(?:{'|'.join(_ONES[1:10])})[\s-]{{1,4}}hundred(?:[\s-]{{1,4}}and)?(?:[\s-]{{1,4}})?)?"
    rf"(?:(?:{'|'.join((*_TENS, 'fourty', 'ninty'))})(?:[\s-]{{1,4}}(?:{'|'.join(_ONES[1:10])}))?|"
    rf"{'|'.join(sorted(_ONES[1:], key=len, reverse=True))})"
    rf"|(?:one|two|three|four|five|six|seven|eight|nine)[\s-]{{1,4}}hundred"
)
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
# One word of "two million five hundred thousand".
NUMERAL = rf"(?:{'|'.join(sorted((*_ONES[1:], *_TENS, 'fourty', 'hundred', *SCALES), key=len, reverse=True))})"
ORDINAL_WORD = (
    rf"(?:(?:{'|'.join(_TENS)})[\s-]{{1,4}}(?:{'|'.join(_ORDINAL_ONES[1:10])})"
    rf"|{'|'.join(sorted((*_ORDINAL_ONES[1:], *_ORDINAL_TENS), key=len, reverse=True))})"
)
# What the words of all these begin with.
NUMBER_STEMS = (
    "one", "two", "thre", "thir", "fou", "fort", "fif", "fiv", "six", "sev", "eig", "nin", "ten", "ele", "twe", "hundred", "first",
    "second", *SCALES,
)  # fmt: skip
_YEAR_WORDS = re.compile(r"(?:two thousand|nineteen hundred)(?: and)?(?: (.+))?|(nineteen|twenty) (.+)")


def word_number(words: str) -> int | None:
    """Return the number that ``words`` spell ("one hundred and twenty", "thirty-first", "24"), or None."""
    total = 0
    parts = re.split(r"[\s-]+", words.strip().lower())
    for part in parts:
        if part.isdigit():
            total += int(part)
        elif part == "hundred":
            total = max(total, 1) * 100
        elif part == "and":
            continue
        elif part in _VALUES:
            total += _VALUES[part]
        else:
            return None
    return total if parts != [""] else None


def spelled_number(words: str) -> int | None:
    """Return the number that ``words`` spell, thousands and millions included ("two million five hundred thousand"), or None."""
    total = group = 0
    for word in re.split(r"[\s,-]+", words.strip().lower()):
        if word in SCALES:
            total += max(group, 1) * SCALES[word]
            group = 0
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word != "and":
            value = word_number(word)
            if value is None:
                return None
            group += value
    return total + group


def word_year(words: str) -> int | None:
    """Return the year that ``words`` spell ("two thousand and five", "nineteen ninety-nine"), or None."""
    match = _YEAR_WORDS.fullmatch(" ".join(words.lower().replace("-", " ").split()))
    if not match:
        return None
    tail = match.group(1) or match.group(3)
    rest = word_number(tail) if tail else 0
    if rest is None or rest > 99:
        return None
    century = 1900 if match.group(0).startswith("nineteen") else 2000
    return century + rest
