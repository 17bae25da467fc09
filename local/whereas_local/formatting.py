"""Values of the public record in words that a person reads: dates, durations, money, places, types."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_KINDS = {"perpetual": "perpetual", "until_terminated": "until terminated"}
_SPECIAL = {"CLAUSE_REF": "Clause reference", "ID_NUMBER": "ID number", "URL": "URL", "EMAIL": "E-mail", "PARTY_ALIAS": "Party alias"}


def type_name(entity_type: str) -> str:
    """Return an entity type as a label: ``GOVERNING_LAW`` is ``Governing law``."""
    return _SPECIAL.get(entity_type, entity_type.replace("_", " ").capitalize())


def duration_words(value: str) -> str:
    """Return an ISO 8601 duration of years, months, weeks and days in words; anything else as it is."""
    found = _DURATION.fullmatch(value)
    if found is None or not any(found.groups()):
        return value
    units = zip(found.groups(), ("year", "month", "week", "day"), strict=True)
    return ", ".join(f"{count} {unit}{'' if count == '1' else 's'}" for count, unit in units if count)


def date_words(value: str, precision: str | None = None) -> str:
    """Return an ISO 8601 date as ``3 Mar 2024``, as precise as it is known; anything else as it is."""
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return value
    if precision == "year":
        return str(day.year)
    month = day.strftime("%b %Y")
    return month if precision == "month" else f"{day.day} {month}"


def value_words(value: Any, *, kind: str | None = None, precision: str | None = None) -> str:
    """Return a fact's or entity's normalised value in words; an empty string where there is none."""
    if value is None:
        return _KINDS.get(kind or "", "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _mapping_words(value)
    text = str(value)
    if text.startswith("P") and _DURATION.fullmatch(text):
        return duration_words(text)
    return date_words(text, precision)


def _mapping_words(value: Mapping[str, Any]) -> str:
    if "amount" in value:
        return f"{value.get('currency') or ''} {_grouped(str(value['amount']))} {value.get('unit') or ''}".strip()
    if value.get("percent") is not None:
        return f"{value['percent']} %"
    for key in ("name", "value"):
        if value.get(key):
            return value_words(value[key], kind=value.get("kind"), precision=value.get("precision"))
    return ", ".join(f"{key} {item}" for key, item in value.items() if item is not None)


def _grouped(amount: str) -> str:
    whole, point, rest = amount.partition(".")
    return (f"{int(whole):,}" if whole.isdecimal() else whole) + point + rest


def fact_words(fact: Mapping[str, Any] | None) -> str:
    """Return what a FACT of the public record says, or an empty string for null."""
    if not fact:
        return ""
    return value_words(fact.get("value"), kind=fact.get("kind"), precision=fact.get("precision")) or str(fact.get("text") or "")
