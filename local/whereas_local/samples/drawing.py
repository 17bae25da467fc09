"""What the seed draws for a contract: people, dates, durations, law and sums, and the truth that follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from whereas_local.samples import cast
from whereas_local.samples.document import Block
from whereas_local.samples.truth import Truth


@dataclass(frozen=True, slots=True)
class Facts:
    """What the seed drew for a contract beside its people."""

    title: str
    agreement: dt.date
    effective: dt.date
    expiration: dt.date | None
    term: str | None
    renewal: str | None
    notice: str | None
    law: cast.Law
    currency: str
    amounts: Mapping[str, Decimal]
    old: dt.date
    older: dt.date


def _after(day: dt.date, duration: str) -> dt.date:
    """Return the day on which an ISO 8601 duration of years or months is over."""
    count = int(duration[1:-1])
    return day + relativedelta(months=count * 12 if duration.endswith("Y") else count)


def draw_facts(kind: Mapping[str, Any], places: tuple[cast.Place, cast.Place], rng: Random) -> Facts:
    """Draw dates, durations, law and sums so that they agree with one another."""
    agreement = dt.date(rng.randint(2016, 2025), rng.randint(1, 12), rng.randint(1, 28))
    apart = kind["dates"] == "apart"
    effective = (agreement.replace(day=1) + relativedelta(months=rng.randint(1, 3))) if apart else agreement
    term = rng.choice(kind["terms"]) if kind["terms"] else None
    # A stated expiration is the term's last day, a derived one the anniversary.
    expiration = _after(effective, term) - dt.timedelta(days=kind["expiry"] == "stated") if term else None
    american = places[0].american
    return Facts(
        title=rng.choice(kind["titles"]),
        agreement=agreement,
        effective=effective,
        expiration=expiration,
        term=term,
        renewal=rng.choice(kind["renewals"]) if "renewals" in kind else None,
        notice=rng.choice(kind["notices"]) if "notices" in kind else None,
        law=rng.choice(cast.LAWS[american]),
        currency=places[0].currency,
        amounts={name: Decimal(str(rng.choice(options))) for name, options in kind["amounts"].items()},
        old=agreement - relativedelta(years=rng.randint(2, 6), months=rng.randint(1, 9), days=rng.randint(1, 27)),
        older=agreement - relativedelta(years=1, months=rng.randint(1, 8), days=rng.randint(1, 27)),
    )


def draw_parties(
    kind: str, texts: Mapping[str, Any], places: tuple[cast.Place, cast.Place], names: cast.Cast, rng: Random
) -> tuple[cast.Actor, cast.Actor]:
    """Draw the two parties: companies, save for the consultant, who is a person."""
    roles = [tuple(role) for role in rng.choice(texts["roles"])] if texts["roles"] else (None, None)
    first = names.company(places[0], roles[0])
    if kind == "consulting" and roles[1]:
        return first, names.individual(places[1], roles[1])
    return first, names.company(places[1], roles[1])


def state_truth(
    kind: str,
    facts: Facts,
    actors: tuple[cast.Actor, cast.Actor],
    third: str,
    texts: Mapping[str, Any],
    blocks: tuple[Block, ...],
    context: Mapping[str, Any],
) -> Truth:
    """State what the composed text says; only sums and distractor dates that a chosen variant really names count."""
    body = "\n".join(block.text for block in blocks)
    amounts = tuple(
        (str(amount.quantize(Decimal("0.01"))), facts.currency) for name, amount in facts.amounts.items() if context["amount"][name] in body
    )
    others = {facts.old: context["old_date"], facts.older: context["older_amendment"]}
    return Truth(
        kind=kind,
        title=facts.title,
        parties=tuple(actor.truth for actor in actors),
        agreement_date=facts.agreement.isoformat(),
        effective_date=facts.effective.isoformat(),
        expiration_date=facts.expiration.isoformat() if facts.expiration else None,
        expiration_stated=texts["expiry"] == "stated",
        term=facts.term,
        term_kind="fixed" if facts.term else "until_terminated",
        renewal_term=facts.renewal,
        notice_period=facts.notice,
        governing_law=(facts.law.place,),
        amounts=amounts,
        other_dates=tuple(day.isoformat() for day, text in others.items() if text in body),
        third_parties=(third,) if third in body else (),
    )
