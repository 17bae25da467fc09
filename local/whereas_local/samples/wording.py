"""Dates, durations, numbers and sums of money as contracts write them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from random import Random

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = {"Y": "year", "M": "month", "D": "day"}
CURRENCIES = {"USD": ("US dollars", "US$"), "EUR": ("euros", "€"), "GBP": ("pounds sterling", "£"), "CAD": ("Canadian dollars", "CA$")}


def number_words(number: int) -> str:
    """Return a whole number below one billion in American English words."""
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {number_words(number % size)}" if number % size else ""
            return f"{number_words(number // size)} {name}{rest}"
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, … 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def date_text(day: dt.date, *, american: bool) -> str:
    """Return ``March 3, 2024`` or ``3 March 2024``."""
    month = day.strftime("%B")
    return f"{month} {day.day}, {day.year}" if american else f"{day.day} {month} {day.year}"


def date_long(day: dt.date) -> str:
    """Return ``3rd day of March, 2024``."""
    return f"{ordinal(day.day)} day of {day.strftime('%B')}, {day.year}"


def duration_text(duration: str) -> str:
    """Return an ISO 8601 duration of one unit in words and figures: ``P3Y`` is ``three (3) years``.

    Raises:
        ValueError: the duration is not a ``P``, a number and one of Y, M, D.
    """
    found = re.fullmatch(r"P(\d+)([YMD])", duration)
    if found is None:
        raise ValueError(f"expected a duration of one unit such as P3Y, found {duration!r}")
    count = int(found[1])
    return f"{number_words(count)} ({count}) {_UNITS[found[2]]}{'' if count == 1 else 's'}"


def money_text(amount: Decimal, currency: str, rng: Random) -> str:
    """Return a sum of money in one of the ways that contracts write it; words only for whole amounts."""
    name, sign = CURRENCIES[currency]
    figures = f"{amount:,.2f}"
    whole = amount == amount.to_integral_value()
    short = f"{amount:,.0f}" if whole else figures
    ways = [f"{sign}{figures}", f"{currency} {short}"]
    if whole:
        words = number_words(int(amount))
        capitals = " ".join(word[0].upper() + word[1:] for word in name.split())
        ways += [f"{words} {name} ({sign}{short})", f"{words.capitalize()} {capitals} ({currency} {figures})"]
    return rng.choice(ways)
