"""Puts a contract together: clause texts from ``clauses/*.toml``, names, dates and sums from the seed."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from whereas_local.samples import cast, drawing, wording
from whereas_local.samples.document import Block, Draft

KINDS = ("msa", "nda", "license", "lease", "supply", "consulting")
_PARAGRAPH_BREAK = re.compile(r"\n(?=\([a-z]\) )")
_REFERENCE = {"decimal": "Clause", "section": "Section", "article": "Article"}
_PRODUCTS = ("Tarnlight Planner", "Moorgrid", "Pallet Oracle 6")
_BUILDINGS = (
    "the Old Granary Building, 44 Quarry Street",
    "Copperfield House, 7 Copperfield Square",
    "Larch Way Business Centre, 210 Larch Way",
)


@cache
def _texts(name: str) -> dict[str, Any]:
    return tomllib.loads((files("whereas_local.samples") / "clauses" / f"{name}.toml").read_text(encoding="utf-8"))


class _Numbers(dict[str, str]):
    """Articles by id as clauses refer to them: "Section 7"."""

    def __missing__(self, key: str) -> str:
        raise KeyError(f"a clause refers to the article {key!r}, which this kind of contract does not have")


def _context(
    facts: drawing.Facts, actors: tuple[cast.Actor, cast.Actor], third: str, texts: Mapping[str, Any], rng: Random
) -> dict[str, Any]:
    """Everything that a clause text may name."""
    first, second = actors
    american = first.place.american
    reference = _REFERENCE[texts["numbering"]]
    numbers = _Numbers({article: f"{reference} {number}" for number, article in enumerate(texts["order"], 1)})

    def day(value: dt.date | None) -> str:
        return wording.date_text(value, american=american) if value else ""

    return {
        "title": facts.title,
        "title_upper": facts.title.upper(),
        "party_a": first.introduction,
        "party_b": second.introduction,
        "the_a": first.reference,
        "the_b": second.reference,
        "The_a": first.reference[0].upper() + first.reference[1:],
        "The_b": second.reference[0].upper() + second.reference[1:],
        "third": third,
        "city_a": first.place.city,
        "city_b": second.place.city,
        "email_a": first.email,
        "phone_a": first.phone,
        "agreement_date": day(facts.agreement),
        "agreement_date_long": wording.date_long(facts.agreement),
        "effective_date": day(facts.effective),
        "expiration_date": day(facts.expiration),
        "old_date": day(facts.old),
        "older_amendment": day(facts.older),
        "term": wording.duration_text(facts.term) if facts.term else "",
        "renewal": wording.duration_text(facts.renewal) if facts.renewal else "",
        "notice": wording.duration_text(facts.notice) if facts.notice else "",
        "law_phrase": facts.law.phrase,
        "court_place": facts.law.courts,
        "amount": {name: wording.money_text(amount, facts.currency, rng) for name, amount in facts.amounts.items()},
        "currency_name": wording.CURRENCIES[facts.currency][0],
        "percent": rng.choice(("one and one-half percent (1.5%)", "8 %", "six percent (6%)", "4.25%")),
        "share": rng.choice(("12.4%", "nine percent (9%)")),
        "count": rng.choice((12, 40, 75, 250)),
        "area": f"{rng.randint(40, 180) * 100:,}",
        "parking": rng.randint(4, 30),
        "suite": rng.randint(100, 900),
        "product": rng.choice(_PRODUCTS),
        "building": rng.choice(_BUILDINGS),
        "schedule": texts["schedule"]["name"] if "schedule" in texts else "",
        "ref": numbers,
        "ref_upper": _Numbers({key: value.upper() for key, value in numbers.items()}),
    }


def _clause_number(numbering: str, article: int, clause: int) -> str:
    return f"{article}.{clause:02d}" if numbering == "article" else f"{article}.{clause}"


def _heading(numbering: str, number: int, heading: str) -> Block:
    if numbering == "article":
        return Block("heading", heading.upper(), f"ARTICLE {number}")
    return Block("heading", heading, f"{number}." if numbering == "decimal" else f"Section {number}.")


def _articles(texts: Mapping[str, Any], context: Mapping[str, Any], rng: Random, notices: list[Block]) -> Iterator[Block]:
    """Yield the numbered body: headings, clauses, sub-clauses, and the addresses after the notices clause."""
    numbering, common = texts["numbering"], _texts("common")
    for number, name in enumerate(texts["order"], 1):
        article = texts["articles"].get(name) or common[name]
        if name == texts.get("columns_from"):
            yield Block("columns")
        yield _heading(numbering, number, rng.choice(article["heading"]))
        for position, variants in enumerate(article["clauses"], 1):
            clause, *subclauses = _PARAGRAPH_BREAK.split(rng.choice(variants).format_map(context))
            yield Block("clause", clause, _clause_number(numbering, number, position))
            for subclause in subclauses:
                yield Block("subclause", subclause[4:], subclause[:3])
        if name == "notices":
            yield from notices


def _notice(actor: cast.Actor) -> Block:
    person = actor.truth.signatory
    lines = (f"If to {actor.reference}:", actor.truth.name, f"Attention: {person.name}, {person.title}", actor.truth.address)
    return Block("notice", "\n".join((*lines, f"E-mail: {actor.email}", f"Telephone: {actor.phone}")))


def _signatures(actors: tuple[cast.Actor, cast.Actor], signed: str) -> Iterator[Block]:
    yield Block(
        "body", "IN WITNESS WHEREOF, the parties have caused this instrument to be signed by their duly authorised representatives."
    )
    columns = []
    for actor in actors:
        truth = actor.truth
        lines = (
            truth.name,
            "By: ____________________",
            f"Name: {truth.signatory.name}",
            f"Title: {truth.signatory.title}",
            f"Date: {signed}",
        )
        if truth.kind == "person":
            lines = (truth.name, "____________________", "(signature)", "", f"Date: {signed}")
        columns.append(lines)
    yield Block("signatures", rows=tuple(columns))


def _schedule(texts: Mapping[str, Any], context: Mapping[str, Any], rng: Random) -> Iterator[Block]:
    schedule = texts["schedule"]
    yield Block("page_break")
    yield Block("schedule", schedule["title"], schedule["name"])
    yield Block("body", rng.choice(schedule["text"]).format_map(context))
    rows = [tuple(schedule["columns"])]
    rows += [(str(number), name, unit, f"{price:,.2f}") for number, (name, unit, price) in enumerate(schedule["items"], 1)]
    yield Block("table", rows=tuple(rows))
    for text in schedule["after"]:
        yield Block("body", text.format_map(context))


def _blocks(kind: str, context: Mapping[str, Any], actors: tuple[cast.Actor, cast.Actor], rng: Random) -> Iterator[Block]:
    texts = _texts(kind)
    yield Block("title", context["title"])
    yield Block("preamble", rng.choice(texts["preamble"]).format_map(context))
    yield Block("label", rng.choice(("RECITALS", "WHEREAS:", "BACKGROUND")))
    for letter, variants in zip("ABC", texts["recitals"], strict=False):
        yield Block("recital", rng.choice(variants).format_map(context), f"({letter})")
    yield Block("label", "NOW, THEREFORE, the parties agree as follows:")
    yield from _articles(texts, context, rng, [_notice(actor) for actor in actors])
    if "columns_from" in texts:
        yield Block("columns_end")
    yield from _signatures(actors, context["agreement_date"])
    yield from _schedule(texts, context, rng)


def compose(kind: str, *, seed: int) -> Draft:
    """Compose a contract.

    Args:
        kind: one of ``KINDS``.
        seed: decides names, dates, sums, law and wording; the same seed gives the same contract.

    Raises:
        ValueError: there is no such kind.
        KeyError: a clause text refers to an article that the kind does not have.
    """
    if kind not in KINDS:
        raise ValueError(f"expected a kind of contract among {', '.join(KINDS)}, found {kind!r}")
    rng = Random(f"{kind}/{seed}")  # a str seed is hashed with SHA-512, the same on every platform
    texts = _texts(kind)
    places = (cast.AMERICAN, cast.EUROPEAN)[rng.random() < 0.35]
    pair = (rng.choice(places), rng.choice(places))
    facts = drawing.draw_facts(texts, pair, rng)
    names = cast.Cast(rng)
    actors = drawing.draw_parties(kind, texts, pair, names, rng)
    third = names.company_name(rng.choice(cast.EUROPEAN))[0]
    context = _context(facts, actors, third, texts, rng)
    blocks = tuple(_blocks(kind, context, actors, rng))
    first = actors[0]
    number = f"{kind.upper()}-{facts.agreement.year}-{rng.randint(100, 9999):04d}"
    return Draft(
        truth=drawing.state_truth(kind, facts, actors, third, texts, blocks, context),
        seed=seed,
        letterhead=(first.truth.name, first.truth.address, f"Tel. {first.phone} · {first.email} · www.{first.short.lower()}.example"),
        header=(facts.title, f"Contract No. {number}"),
        footer=f"{first.short} / {actors[1].short} – Confidential",
        blocks=blocks,
    )
