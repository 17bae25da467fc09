"""``whereas link``: which names mean one company or person, and what people decided about that."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from whereas_local.query_cli import CANONICAL_ID, LOCAL, Json, Limit, Profile, Url, client_of

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="""Link the names of companies and people across contracts, on the stack that `whereas query` asks.

Names that differ only in case, accents, punctuation and legal form are one canonical entity already. Of others `candidates` says
which may be one; only `merge` makes them so, and `split` holds them apart.""",
)

Reason = Annotated[str, typer.Option("--reason", help="Why, for those who read the decision later.")]
One = Annotated[str, typer.Argument(metavar="A", help="Canonical id.")]
Other = Annotated[str, typer.Argument(metavar="B", help="Canonical id.")]


@app.command()
def candidates(
    name: Annotated[str, typer.Argument(metavar="NAME|ID", help="A name, or a canonical id.")],
    url: Url = LOCAL,
    profile: Profile = None,
    as_json: Json = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="Candidates at most.")] = 25,
) -> None:
    """Parties of contracts that may be the same, best first."""
    asked = {"canonical_id": name} if re.fullmatch(CANONICAL_ID, name) else {"name": name}
    answer = client_of(url, profile).link_candidates(**asked, limit=limit)
    _print(answer["candidates"], _candidate, as_json=as_json)
    if not answer["complete"]:
        Console(stderr=True).print("There are more names like this one than one call compares; give more of the name.", style="yellow")


@app.command()
def merge(one: One, other: Other, reason: Reason, url: Url = LOCAL, profile: Profile = None, as_json: Json = False) -> None:
    """Decide that A is B: asked for either, searches show the contracts of both from now on."""
    _print([client_of(url, profile).decide("merge", one, other, reason=reason)], _decision, as_json=as_json)


@app.command()
def split(one: One, other: Other, reason: Reason = "different", url: Url = LOCAL, profile: Profile = None, as_json: Json = False) -> None:
    """Decide that A is not B: they are no candidates any more, and a merge of the two is undone."""
    _print([client_of(url, profile).decide("split", one, other, reason=reason)], _decision, as_json=as_json)


@app.command("list")
def decisions(url: Url = LOCAL, profile: Profile = None, as_json: Json = False, limit: Limit = None) -> None:
    """Decisions, in the order in which they were made."""
    from whereas_local.client import walk

    client = client_of(url, profile)
    _print(itertools.islice(walk(lambda cursor: client.links(cursor=cursor), key="decisions"), limit), _decision, as_json=as_json)


@app.command()
def known(
    vendors: Annotated[Path, typer.Argument(metavar="CSV", help="Known companies: columns name, id and, if any, aliases parted by |.")],
    name_column: Annotated[str, typer.Option("--name-column", help="Column of names; Entity.LegalName in LEI data.")] = "name",
    id_column: Annotated[str, typer.Option("--id-column", help="Column of ids; LEI in LEI data.")] = "id",
    aliases_column: Annotated[str, typer.Option("--aliases-column", help="Column of further names.")] = "aliases",
    url: Url = LOCAL,
    profile: Profile = None,
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Parties of all contracts that a list of vendors, or the LEI register, knows, with the id that they have there."""
    from whereas.resolution.linking.authority import Columns, read_authority

    authority = read_authority(vendors, columns=Columns(name=name_column, id=id_column, aliases=aliases_column))
    found = (
        {"canonical_id": id, "name": name, "known_id": one.id, "known_name": one.name, "score": one.score, "reason": one.reason}
        for id, name in _parties(client_of(url, profile))
        if (one := authority.find(name))
    )
    _print(itertools.islice(found, limit), _known, as_json=as_json)


def _parties(client: Any) -> Iterator[tuple[str, str]]:
    """Yield every canonical id and name of a party once."""
    from whereas_local.client import walk

    seen: set[tuple[str, str]] = set()
    for row in walk(lambda cursor: client.documents(status="COMPLETE", cursor=cursor), key="documents"):
        for party in (row["summary"] or {}).get("parties", []):
            one = (party["canonical_id"], party["name"])
            if one not in seen:
                seen.add(one)
                yield one


def _print(rows: Iterable[dict[str, Any]], line: Any, *, as_json: bool) -> None:
    from whereas_local import querying

    if as_json:
        querying.print_json(rows, limit=None)
        return
    console = Console()
    for row in rows:
        console.print(line(row), soft_wrap=True)
    sys.stdout.flush()


def _candidate(row: dict[str, Any]) -> Text:
    return Text.assemble(f"{row['score']:.2f}  ", (row["name"], "bold"), (f"  {row['canonical_id']}  {row['reason']}", "dim"))


def _known(row: dict[str, Any]) -> Text:
    listed = f"  {row['canonical_id']}  listed as {row['known_name']}, {row['score']:.2f} {row['reason']}"
    return Text.assemble(f"{row['known_id']}  ", (row["name"], "bold"), (listed, "dim"))


def _decision(row: dict[str, Any]) -> Text:
    one, other = row["one"], row["other"]
    words = " into " if row["verb"] == "merge" else " from "
    ids = f"  {one['canonical_id']}{words}{other['canonical_id']}  {row['at'][:19]} {row['who']}: {row['reason']}"
    return Text.assemble(f"{row['number']} {row['verb']} ", (one["name"], "bold"), words, (other["name"], "bold"), (ids, "dim"))
