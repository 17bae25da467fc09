"""Money: "US$1.5 million" is {"amount": "1500000.00", "currency": "USD"}, words and figures are one span.

Amounts are decimals written as strings: no float ever holds money. Currency codes are ISO 4217; a bare "$" is of the country that the
contract declares, else of the United States. Where words and figures stand together the figures give the value; where they differ, a
warning says so and the words are an alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.currencies import AMBIGUOUS, NAMES, SYMBOLS, code_after, plain_dollar, symbol_code
from whereas.resolution.forms.numbers import NUMERAL, spelled_number
from whereas.resolution.forms.windows import find_from
from whereas.resolution.view import View, rx
from whereas.types import Alternative

DIFFER = "words_and_figures_differ"
_SCALES = {"thousand": 3, "k": 3, "lakh": 5, "million": 6, "mm": 6, "m": 6, "crore": 7, "billion": 9, "bn": 9, "b": 9, "trillion": 12}
_AMOUNT = r"(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,3}(?:,\d{2}){1,3},\d{3}|\d{1,15}(?:\.\d{1,5})?|\.\d{1,5})"
_SCALE = r"(?i:[\s-]?(thousand|lakh|million|crore|billion|trillion|mm|bn|[kmb](?![a-z])))?"
_SYMBOL = "|".join(re.escape(s).replace("\\ ", r"\s{1,2}") for s in sorted(SYMBOLS, key=len, reverse=True))
_WORD_FORMS = "|".join(w.replace(".", r"\.") for w in sorted(NAMES, key=len, reverse=True))
_CODE_AFTER = r"(?: ?(?:USD|US|CAD|CDN|AUD|EUR|GBP|RMB|HKD|SGD)\b)?"
_PREFIXED = rx(rf"({_SYMBOL})\s{{0,2}}{_AMOUNT}(?![\d]){_SCALE}(?<![.,])({_CODE_AFTER})(?![\w]|,\d{{3}})", 0)
_SUFFIXED = rx(rf"(?<![\w.,$€£/-]){_AMOUNT}{_SCALE} ?(€|£)(?!\s?\d)", 0)
_WORDED_BEFORE = rx(rf"(?<![\d.,$€£¥/-]){_AMOUNT}{_SCALE} ?(?:in )?\Z")
# The last words of the names of currencies, spelled out letter by letter so that the search for them is fast.
_UNIT = re.compile(
    r"(?:Dollars?|dollars?|DOLLARS?|Euros?|euros?|EUROS?|Pounds|pounds|POUNDS|Sterling|sterling|Yen|yen|YEN|Francs|francs|FRANCS|Renminbi|"
    r"renminbi|RENMINBI|RMB|Yuan|yuan|YUAN|Rupees|rupees|RUPEES|USD|EUR|GBP|CHF|CAD|NTD|INR|CNY|HKD|SGD|AUD|JPY|cents|"
    r"Kroner|kroner|Kronor|kronor|Pesos|pesos|Rand|rand|Shekels|shekels|Reais|reais|Won|won|Rubles|rubles)\b"
)
# A name begins a word, and so does its last word.
_UNIT_STEMS = (
    "dollar", "euro", "pounds", "sterling", "yen", "francs", "renminbi", "rmb", "yuan", "rupees", "usd", "eur", "gbp", "chf", "cad",
    "ntd", "inr", "cny", "hkd", "sgd", "aud", "jpy", "cents", "kron", "pesos", "rand", "shekels", "reais", "won", "rubles",
)  # fmt: skip
_NAME_BEFORE = rx(rf"\b(?:{_WORD_FORMS})\Z")
_SPELLED = rf"{NUMERAL}(?:(?:[\s,-]{{1,4}}|\s{{1,4}}and\s{{1,4}}){NUMERAL}){{0,16}}"
# "Five Thousand" before "Dollars", "Fifty and No/100" before it, "two million ($2,000,000)" before it.
_SPELLED_BEFORE = rx(
    rf"(?<![\w-])({_SPELLED})(?: and (?:no|\d{{1,2}})/100(?:ths?)?)?(?: ?\((?:{_SYMBOL})?\s{{0,2}}{_AMOUNT}\))?[\s-]{{1,4}}(?:in )?\Z"
)
_FIGURES_AFTER = rx(rf" ?\(({_SYMBOL})?\s{{0,2}}{_AMOUNT}{_SCALE}[.-]?(?: ?[€£]|{_CODE_AFTER})\)")
_SPELLED_FIGURES = rx(rf"(?<![\w-])({_SPELLED}) ?\(\Z")
_WORDS_AFTER = rx(rf" ?\(\(?(?:{_SYMBOL})? ?(?:say:? )?({_SPELLED})(?: (?:{_WORD_FORMS}))?(?: only)?\)")
# Number words that cannot open an amount, and what shows that the words found are the end of a longer number.
_CUT = rx(r"\b(?:half|quarter|point|and|lakh|crore|a|\d[\d,.]{0,12})[\s-]{1,4}\Z")


def _money(amount: str, scale: str | None, currency: str) -> dict[str, str] | None:
    try:
        number = Decimal(amount.replace(",", ""))
    except InvalidOperation:
        return None
    number = number.scaleb(_SCALES[scale.lower()]) if scale else number
    # Two decimals, more only where the text has them: a par value of $.0001 is not nothing.
    return {"amount": f"{number:f}" if number != round(number, 2) else f"{number:.2f}", "currency": currency}


def _other_reading(view: View, words: re.Match[str] | None, value: dict[str, str]) -> tuple[Alternative, ...]:
    """Return the amount that the words spell where it is not that of the figures; whole units alone are compared."""
    if not words or _CUT.search(view.shadow, max(0, words.start(1) - 24), words.start(1)):
        return ()
    spelled = spelled_number(words.group(1))
    if not spelled or spelled == int(Decimal(value["amount"])):
        return ()
    return (Alternative({**value, "amount": f"{spelled}.00"}, view.text[words.start(1) : words.end(1)], 0.4),)


def _found(view: View, span: tuple[int, int], value: dict[str, str], rule: str, score: float, words: re.Match[str] | None) -> Candidate:
    others = _other_reading(view, words, value)
    warning, score = (DIFFER, 0.55) if others else (None, score)
    return Candidate("MONEY", *span, value, rule, score, code=value["currency"], warning=warning, alternatives=others)


def _figured(view: View, unit: re.Match[str], code: str) -> Iterator[Candidate]:
    before = _WORDED_BEFORE.search(view.shadow, max(0, unit.start() - 48), unit.start())
    value = _money(before.group(1), before.group(2), code) if before and unit.group(0).lower() != "cents" else None
    if before and value:
        after = _FIGURES_AFTER.match(view.shadow, unit.end())
        yield Candidate("MONEY", before.start(), after.end() if after else unit.end(), value, "money-words", 0.93, code=code)


def _spelled(view: View, dollar: str) -> Iterator[Candidate]:
    """Yield the amounts before the name of a currency: figures, or words with the figures in brackets that repeat them."""
    for last in find_from(view, _UNIT, *_UNIT_STEMS):
        unit = _NAME_BEFORE.search(view.shadow, max(0, last.start() - 30), last.end())
        if not unit:
            continue
        name = " ".join(unit.group(0).lower().split())
        named = dollar if name in AMBIGUOUS else NAMES[name]
        yield from _figured(view, unit, named)
        before = _SPELLED_BEFORE.search(view.shadow, max(0, unit.start() - 180), unit.start())
        if not before:
            continue
        after = _FIGURES_AFTER.match(view.shadow, unit.end())
        words = spelled_number(before.group(1))
        figures, scale, symbol = (after.group(2), after.group(3), after.group(1)) if after else (before.group(2), None, None)
        code = symbol_code(symbol) if symbol and symbol != "$" else named
        value = _money(figures, scale, code) if figures else _money(f"{words}e-2" if name == "cents" else f"{words}", None, code)
        if value and words is not None:
            span = (before.start(), after.end() if after else unit.end())
            yield _found(view, span, value, "money-spelled", 0.95, before if figures and name != "cents" else None)


def _prefixed(view: View, dollar: str) -> Iterator[Candidate]:
    for match in _PREFIXED.finditer(view.shadow):
        bare = match.group(1) in {"$", "¥"}  # which dollar, which yen or yuan, the symbol alone does not say
        start, end = match.span()
        named = code_after(view, match.start(4)) if bare else None
        end = named[1] if named else end
        currency = named[0] if named else dollar if match.group(1) == "$" else symbol_code(match.group(1))
        value = _money(match.group(2), match.group(3), currency)
        if not value or view.shadow[max(0, start - 1) : start].isalpha():
            continue
        before = _SPELLED_FIGURES.search(view.shadow, max(0, start - 180), start) if view.shadow[end : end + 1] == ")" else None
        after = None if before else _WORDS_AFTER.match(view.shadow, end)
        span = (before.start(), end + 1) if before else (start, after.end() if after else end)
        yield _found(view, span, value, "money-symbol", 0.93 if bare and not named else 0.98, before or after)


def _suffixed(view: View) -> Iterator[Candidate]:
    if "€" not in view.shadow and "£" not in view.shadow:
        return  # most contracts name neither
    for match in _SUFFIXED.finditer(view.shadow):
        value = _money(match.group(1), match.group(2), SYMBOLS[match.group(3)])
        if value:
            yield Candidate("MONEY", match.start(), match.end(), value, "money-symbol", 0.93, code=value["currency"])


def find_money(view: View) -> list[Candidate]:
    """Return the amounts of money, sorted by start; ``value`` is {"amount", "currency"}."""
    dollar = plain_dollar(view)
    return drop_overlaps([*_prefixed(view, dollar), *_suffixed(view), *_spelled(view, dollar)])
