"""Holds a public record against what is true of its sample, fact by fact."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from whereas_local.samples.truth import Truth

_UNIT_MONTHS = {"Y": 12, "M": 1}


def _squash(text: str | None) -> str:
    """Return letters and digits in lower case: what is left of a name whatever its punctuation and case."""
    return re.sub(r"[\W_]+", "", text or "").lower()


def _value(fact: Mapping[str, Any] | None) -> Any:
    return fact.get("value") if fact else None


def _months(duration: str | None) -> str | int | None:
    """Return years and months as months, so that P3Y equals P36M; anything else as it is."""
    found = re.fullmatch(r"P(\d+)([YM])", duration or "")
    return int(found[1]) * _UNIT_MONTHS[found[2]] if found else duration


def _place_names(facts: list[Mapping[str, Any]] | None) -> set[str]:
    values = [_value(fact) for fact in facts or []]
    return {_squash(value.get("name") if isinstance(value, Mapping) else value) for value in values}


def score(record: Mapping[str, Any], truth: Truth) -> dict[str, bool]:
    """Return for each fact whether the record has it right.

    Names are compared without case and punctuation, durations in months, places by name. A date that the contract leaves to be
    computed counts as right if it is null, the anniversary, or the day before. A fact that the contract does not state must be null.
    """
    contract = record.get("contract") or {}
    parties = contract.get("parties") or []
    expiration = _value(contract.get("expiration_date"))
    computed = not truth.expiration_stated and expiration in {None, truth.expiration_date, _day_before(truth.expiration_date)}
    return {
        "title": _squash(_value(contract.get("title"))) == _squash(truth.title),
        "parties": {_squash(party["name"]) for party in parties} == {_squash(party.name) for party in truth.parties},
        "roles": all(set(party.roles) <= _roles_of(party.name, parties) for party in truth.parties),
        "agreement_date": _value(contract.get("agreement_date")) == truth.agreement_date,
        "effective_date": _value(contract.get("effective_date")) == truth.effective_date,
        "expiration_date": computed or expiration == truth.expiration_date,
        "term": _months(_value(contract.get("term"))) == _months(truth.term),
        "renewal_term": _months(_value(contract.get("renewal_term"))) == _months(truth.renewal_term),
        "renewal_notice_period": _months(_value(contract.get("renewal_notice_period"))) == _months(truth.notice_period),
        "governing_law": _place_names(contract.get("governing_law")) == {_squash(place.name) for place in truth.governing_law},
    }


def _roles_of(name: str, parties: list[Mapping[str, Any]]) -> set[str]:
    found = [party.get("roles") or [] for party in parties if _squash(party["name"]) == _squash(name)]
    return {role.lower() for roles in found for role in roles}


def _day_before(day: str | None) -> str | None:
    if day is None:
        return None
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
