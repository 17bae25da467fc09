"""Money, percentages and quantities: "US$1.5 million" is {"amount": "1500000.00", "currency": "USD"}.

Amounts are decimals written as strings: no float ever holds money. Currency codes are ISO 4217.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from whereas.resolution.candidates import Candidate, drop_overlaps
from whereas.resolution.view import View, rx

_SYMBOLS = {
    "US$": "USD", "U.S.$": "USD", "U.S. $": "USD", "USD": "USD", "USD$": "USD", "$": "USD", "C$": "CAD", "CAD": "CAD", "CDN$": "CAD",
    "CAD$": "CAD", "CA$": "CAD", "A$": "AUD", "AUD": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "HKD": "HKD", "S$": "SGD",
    "SGD": "SGD", "NT$": "TWD", "R$": "BRL", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "JPY", "JPY": "JPY", "RMB": "CNY",
    "CNY": "CNY", "CHF": "CHF", "INR": "INR", "₹": "INR", "RS.": "INR", "NIS": "ILS", "ILS": "ILS", "₪": "ILS", "KRW": "KRW", "SEK": "SEK",
    "DKK": "DKK", "NOK": "NOK",
}  # fmt: skip
_WORDS = {
    "us dollars": "USD", "u.s. dollars": "USD", "united states dollars": "USD", "dollars": "USD", "canadian dollars": "CAD",
    "australian dollars": "AUD", "hong kong dollars": "HKD", "euros": "EUR", "euro": "EUR", "pounds sterling": "GBP", "pounds": "GBP",
    "sterling": "GBP", "yen": "JPY", "japanese yen": "JPY", "swiss francs": "CHF", "renminbi": "CNY", "yuan": "CNY", "rmb": "CNY",
}  # fmt: skip
_SCALES = {"thousand": 3, "k": 3, "million": 6, "mm": 6, "m": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12}
_AMOUNT = r"(\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?)"
_SCALE = r"(?: ?(thousand|million|billion|trillion|mm|bn|[kmb](?![a-z])))?"
_SYMBOL = "|".join(re.escape(s) for s in sorted(_SYMBOLS, key=len, reverse=True))
_PREFIXED = re.compile(rf"(?<![A-Za-z])({_SYMBOL})\s{{0,2}}{_AMOUNT}(?![\d]){_SCALE}\b", re.IGNORECASE)
_WORD_FORMS = "|".join(w.replace(".", r"\.") for w in sorted(_WORDS, key=len, reverse=True))
_WORDED = rx(rf"(?<![\d.,$€£¥-]){_AMOUNT}{_SCALE} (?:in )?({_WORD_FORMS})\b")
_PERCENT = rx(r"(?<![\w.,$])(\d{1,3}(?:\.\d{1,6})?) ?(?:%|(?:per ?cent|percent)\b)(?:\s{0,2}\(\d{1,3}(?:\.\d{1,4})?%\))?")
_PERCENT_WORDED = rx(r"\((\d{1,3}(?:\.\d{1,6})?) ?%\)")
_QUANTITY = rx(
    r"(?<![\w.,$€£-])(\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,3})?|\d{1,9}(?:\.\d{1,3})?) "
    r"((?:square (?:feet|meters|metres)|acres?|shares|units|pounds|lbs?|kg|kilograms|tons?|tonnes|gallons?|barrels|miles|feet|hours?|"
    r"minutes?|copies|users|licenses|pages|employees|megawatts?|MW|kWh|gigabytes?|GB|MB|TB))\b"
)


def _money(amount: str, scale: str | None, currency: str) -> dict[str, str] | None:
    try:
        number = Decimal(amount.replace(",", ""))
    except InvalidOperation:
        return None
    number = number.scaleb(_SCALES[scale.lower()]) if scale else number
    return {"amount": f"{number:.2f}", "currency": currency}


def _amounts(view: View) -> Iterator[Candidate]:
    for match in _PREFIXED.finditer(view.shadow):
        currency = _SYMBOLS[match.group(1).upper()]
        value = _money(match.group(2), match.group(3), currency)
        if value:
            bare = match.group(1) in {"$", "¥"}  # which dollar, which yen or yuan, the symbol alone does not say
            yield Candidate("MONEY", match.start(), match.end(), value, "money-symbol", 0.93 if bare else 0.98, code=currency)
    for match in _WORDED.finditer(view.shadow):
        currency = _WORDS[" ".join(match.group(3).lower().split())]
        value = _money(match.group(1), match.group(2), currency)
        if value:
            yield Candidate("MONEY", match.start(), match.end(), value, "money-words", 0.93, code=currency)


def find_money(view: View) -> list[Candidate]:
    """Return the amounts of money, sorted by start; ``value`` is {"amount", "currency"}."""
    return drop_overlaps(list(_amounts(view)))


def find_percentages(view: View) -> list[Candidate]:
    """Return the percentages, sorted by start; ``value`` is the figure as a decimal string."""
    found = [Candidate("PERCENT", m.start(), m.end(), m.group(1), "percent", 0.97) for m in _PERCENT.finditer(view.shadow)]
    found += [Candidate("PERCENT", m.start() + 1, m.end() - 1, m.group(1), "percent", 0.97) for m in _PERCENT_WORDED.finditer(view.shadow)]
    return drop_overlaps(found)


def find_quantities(view: View) -> list[Candidate]:
    """Return counted or measured amounts other than money and time; ``value`` is {"amount", "unit"}."""
    return [
        Candidate(
            "QUANTITY",
            m.start(),
            m.end(),
            {"amount": m.group(1).replace(",", ""), "unit": " ".join(m.group(2).lower().split())},
            "quantity",
            0.85,
        )
        for m in _QUANTITY.finditer(view.shadow)
    ]
