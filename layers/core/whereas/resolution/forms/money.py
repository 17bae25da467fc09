"""Money and percentages: "US$1.5 million" is {"amount": "1500000.00", "currency": "USD"}, words and figures are one span.

Amounts are decimals written as strings: no float ever holds money. Currency codes are ISO 4217. Where words and figures
stand together, the figures give the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.forms.numbers import NUMERAL, spelled_number
from whereas.resolution.view import View, rx

_SYMBOLS = {
    "US$": "USD", "U.S.$": "USD", "U.S. $": "USD", "US $": "USD", "USD": "USD", "USD$": "USD", "USD $": "USD",
    "$": "USD", "C$": "CAD", "CAD": "CAD", "CDN$": "CAD", "CDN": "CAD", "CAD$": "CAD", "CA$": "CAD", "A$": "AUD", "AUD": "AUD",
    "AUD$": "AUD", "AU$": "AUD", "NZ$": "NZD", "NZD": "NZD", "HK$": "HKD", "HKD": "HKD", "S$": "SGD", "SGD": "SGD", "NT$": "TWD",
    "NTD": "TWD", "NTD$": "TWD", "TWD": "TWD", "R$": "BRL", "BRL": "BRL", "€": "EUR", "EUR": "EUR", "EURO": "EUR", "Euro": "EUR",
    "Euros": "EUR",
    "£": "GBP", "GBP": "GBP", "¥": "JPY", "JPY": "JPY", "RMB": "CNY", "RMB¥": "CNY", "CNY": "CNY", "CHF": "CHF", "SFr.": "CHF",
    "INR": "INR", "₹": "INR", "Rs.": "INR", "Rs": "INR", "NIS": "ILS", "ILS": "ILS", "₪": "ILS", "KRW": "KRW", "SEK": "SEK", "DKK": "DKK",
    "NOK": "NOK", "ZAR": "ZAR", "MXN": "MXN", "MYR": "MYR", "RM": "MYR", "THB": "THB", "AED": "AED", "SAR": "SAR", "RUB": "RUB",
    "PLN": "PLN",
}  # fmt: skip
_WORDS = {
    "us dollars": "USD", "u.s. dollars": "USD", "u.s dollars": "USD", "united states dollars": "USD", "american dollars": "USD",
    "us dollar": "USD", "u.s. dollar": "USD", "dollars": "USD", "dollar": "USD", "canadian dollars": "CAD", "australian dollars": "AUD",
    "hong kong dollars": "HKD", "new taiwan dollars": "TWD", "singapore dollars": "SGD", "euros": "EUR", "euro": "EUR",
    "pounds sterling": "GBP", "british pounds": "GBP", "sterling": "GBP", "yen": "JPY", "japanese yen": "JPY", "swiss francs": "CHF",
    "renminbi": "CNY", "yuan": "CNY", "chinese yuan": "CNY", "rmb": "CNY", "rupees": "INR", "indian rupees": "INR", "usd": "USD",
    "eur": "EUR", "gbp": "GBP", "chf": "CHF", "cad": "CAD", "ntd": "TWD", "inr": "INR", "cny": "CNY", "cents": "USD",
}  # fmt: skip
_SCALES = {"thousand": 3, "k": 3, "lakh": 5, "million": 6, "mm": 6, "m": 6, "crore": 7, "billion": 9, "bn": 9, "b": 9, "trillion": 12}
_AMOUNT = r"(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,3}(?:,\d{2}){1,3},\d{3}|\d{1,15}(?:\.\d{1,5})?|\.\d{1,5})"
_SCALE = r"(?i:[\s-]?(thousand|lakh|million|crore|billion|trillion|mm|bn|[kmb](?![a-z])))?"
_SYMBOL = "|".join(re.escape(s).replace("\\ ", r"\s{1,2}") for s in sorted(_SYMBOLS, key=len, reverse=True))
_WORD_FORMS = "|".join(w.replace(".", r"\.") for w in sorted(_WORDS, key=len, reverse=True))
_CODE_AFTER = r"(?: ?(?:USD|US|CAD|AUD|EUR|GBP|RMB)\b)?"
_PREFIXED = rx(rf"({_SYMBOL})\s{{0,2}}{_AMOUNT}(?![\d]){_SCALE}(?<![.,]){_CODE_AFTER}(?![\w]|,\d{{3}})", 0)
_WORDED_BEFORE = rx(rf"(?<![\d.,$€£¥/-]){_AMOUNT}{_SCALE} ?(?:in )?\Z")
# The last words of the names above, spelled out letter by letter so that the search for them is fast.
_UNIT = re.compile(
    r"(?:Dollars?|dollars?|DOLLARS?|Euros?|euros?|EUROS?|Pounds|pounds|POUNDS|Sterling|sterling|Yen|yen|YEN|Francs|francs|FRANCS|Renminbi|"
    r"renminbi|RENMINBI|RMB|Yuan|yuan|YUAN|Rupees|rupees|RUPEES|USD|EUR|GBP|CHF|CAD|NTD|INR|CNY|cents)\b"
)
_NAME_BEFORE = rx(rf"\b(?:{_WORD_FORMS})\Z")
_SPELLED = rf"{NUMERAL}(?:(?:[\s,-]{{1,4}}|\s{{1,4}}and\s{{1,4}}){NUMERAL}){{0,16}}"
# "Five Thousand" before "Dollars", "Fifty and No/100" before it, "two million ($2,000,000)" before it.
_SPELLED_BEFORE = rx(
    rf"(?<![\w-])({_SPELLED})(?: and (?:no|\d{{1,2}})/100(?:ths?)?)?(?: ?\((?:{_SYMBOL})?\s{{0,2}}{_AMOUNT}\))?[\s-]{{1,4}}(?:in )?\Z"
)
_FIGURES_AFTER = rx(rf" ?\(({_SYMBOL})?\s{{0,2}}{_AMOUNT}{_SCALE}[.-]?{_CODE_AFTER}\)")
_SPELLED_FIGURES = rx(rf"(?<![\w-])(?:{_SPELLED}) ?\(\Z")
_WORDS_AFTER = rx(rf" ?\((?:{_SYMBOL})? ?{_SPELLED}(?: (?:{_WORD_FORMS}))?(?: only)?\)")
_SIGN = rx(r"%|\bper ?cent\b")
_FIGURE = rx(r"(?<![\w.,$])(\d{1,3}(?:\.\d{1,6})?|\.\d{1,4})(?:-?\d/\d)? ?\Z")
_FRACTION = r"(?: and (?:one-?(?:half|quarter|third)|a half|three-?quarters?|\d/\d))?"
_SHARE_BEFORE = rx(rf"(?<![\w-])(?:{_SPELLED}{_FRACTION}|one-half of one)(?: ?- ?| )\Z")
_SHARE_FIGURES = rx(rf"(?<![\w-])(?:{_SPELLED}{_FRACTION}|one-half of one)(?: ?-? ?per ?cent)? ?\( ?\Z")
_BRACKETED = rx(r" ?\( ?(\d{1,3}(?:\.\d{1,4})?) ?%? ?\)")


def _money(amount: str, scale: str | None, currency: str) -> dict[str, str] | None:
    try:
        number = Decimal(amount.replace(",", ""))
    except InvalidOperation:
        return None
    number = number.scaleb(_SCALES[scale.lower()]) if scale else number
    # Two decimals, more only where the text has them: a par value of $.0001 is not nothing.
    return {"amount": f"{number:f}" if number != round(number, 2) else f"{number:.2f}", "currency": currency}


def _figured(view: View, unit: re.Match[str]) -> Iterator[Candidate]:
    name = " ".join(unit.group(0).lower().split())
    before = _WORDED_BEFORE.search(view.shadow, max(0, unit.start() - 48), unit.start())
    value = _money(before.group(1), before.group(2), _WORDS[name]) if before and name != "cents" else None
    if before and value:
        after = _FIGURES_AFTER.match(view.shadow, unit.end())
        yield Candidate("MONEY", before.start(), after.end() if after else unit.end(), value, "money-words", 0.93, code=_WORDS[name])


def _spelled(view: View) -> Iterator[Candidate]:
    """Yield the amounts before the name of a currency: figures, or words with the figures in brackets that repeat them."""
    for last in _UNIT.finditer(view.shadow):
        unit = _NAME_BEFORE.search(view.shadow, max(0, last.start() - 30), last.end())
        if not unit:
            continue
        yield from _figured(view, unit)
        before = _SPELLED_BEFORE.search(view.shadow, max(0, unit.start() - 180), unit.start())
        if not before:
            continue
        name = " ".join(unit.group(0).lower().split())
        after = _FIGURES_AFTER.match(view.shadow, unit.end())
        words = spelled_number(before.group(1))
        figures, scale, currency = (after.group(2), after.group(3), after.group(1)) if after else (before.group(2), None, None)
        code = _SYMBOLS[_symbol(currency)] if currency and currency != "$" else _WORDS[name]
        value = _money(figures, scale, code) if figures else _money(f"{words}e-2" if name == "cents" else f"{words}", None, code)
        if value and words is not None:
            end = after.end() if after else unit.end()
            yield Candidate("MONEY", before.start(), end, value, "money-spelled", 0.95, code=code)


def _symbol(raw: str) -> str:
    return next(s for s in (" ".join(raw.split()), " ".join(raw.upper().split())) if s in _SYMBOLS)


def _amounts(view: View) -> Iterator[Candidate]:
    for match in _PREFIXED.finditer(view.shadow):
        currency = _SYMBOLS[_symbol(match.group(1))]
        value = _money(match.group(2), match.group(3), currency)
        if value and not view.shadow[max(0, match.start() - 1) : match.start()].isalpha():
            start, end = match.span()
            spelled = _SPELLED_FIGURES.search(view.shadow, max(0, start - 180), start) if view.shadow[end : end + 1] == ")" else None
            words = _WORDS_AFTER.match(view.shadow, end)
            start, end = (spelled.start(), end + 1) if spelled else (start, words.end() if words else end)
            bare = match.group(1) in {"$", "¥"}  # which dollar, which yen or yuan, the symbol alone does not say
            yield Candidate("MONEY", start, end, value, "money-symbol", 0.93 if bare else 0.98, code=currency)
    yield from _spelled(view)


def find_money(view: View) -> list[Candidate]:
    """Return the amounts of money, sorted by start; ``value`` is {"amount", "currency"}."""
    return drop_overlaps(list(_amounts(view)))


def _shares(view: View) -> Iterator[Candidate]:
    for sign in _SIGN.finditer(view.shadow):
        start, end = sign.span()
        figure = _FIGURE.search(view.shadow, max(0, start - 16), start)
        if figure:
            value, begin = figure.group(1), figure.start()
            words = _SHARE_FIGURES.search(view.shadow, max(0, begin - 90), begin) if view.shadow[end : end + 1] == ")" else None
            again = None if words else _BRACKETED.match(view.shadow, end)
            begin, end = (words.start(), end + 1) if words else (begin, again.end() if again else end)
            percent = re.compile(r"\s{1,3}per\s?cent\b").match(view.shadow, end) if words else None
            yield Candidate("PERCENT", begin, percent.end() if percent else end, value, "percent", 0.97)
        elif sign.group(0) != "%":
            bracket = rx(r"\( ?(\d{1,3}(?:\.\d{1,4})?) ?\) ?\Z").search(view.shadow, max(0, start - 14), start)
            at = bracket.start() if bracket else start
            spelled = _SHARE_BEFORE.search(view.shadow, max(0, at - 90), at)
            after = None if bracket else _BRACKETED.match(view.shadow, end)
            again = bracket or after
            number = again.group(1) if again else None
            if spelled:
                words_value = spelled_number(re.sub(r"\band\s+(?:one|a|three)-?\s?\w+\s*\Z", "", spelled.group(0).strip(" -\n")))
                value = number or str(words_value)
                yield Candidate("PERCENT", spelled.start(), after.end() if after else end, value, "percent-words", 0.95)


def find_percentages(view: View) -> list[Candidate]:
    """Return the percentages, sorted by start; ``value`` is the figure as a decimal string."""
    return drop_overlaps(list(_shares(view)))
