"""``whereas query``: one command an access pattern of the API, local or deployed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from whereas.errors import InvalidRequestError

if TYPE_CHECKING:
    from whereas_local.client import Client

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="""Search a stack: the one that `whereas up` runs, or a deployed one.

A deployed API wants signed requests: name it with `--url` (output ApiUrl of the stack), the credentials come from where the AWS
command line takes them.""",
)

Url = Annotated[str, typer.Option("--url", envvar="WHEREAS_URL", help="Base address of the API.")]
Profile = Annotated[str | None, typer.Option("--profile", help="AWS profile that signs, for a deployed API.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop after so many. Default: all.", show_default=False)]
From = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
To = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")]
CANONICAL_ID = "[0-9a-f]{24}"
LOCAL = "http://127.0.0.1:4581"


class Status(StrEnum):
    """Statuses of a document."""

    COMPLETE = "COMPLETE"
    QUARANTINED = "QUARANTINED"
    PROCESSING = "PROCESSING"


class EntityLayer(StrEnum):
    """Layers of entities."""

    MENTION = "mention"
    ROLE = "role"


class Match(StrEnum):
    """How a party's name is compared."""

    WORDS = "words"
    EXACT = "exact"


@app.command()
def documents(
    status: Annotated[Status, typer.Option("--status", case_sensitive=False, help="Of the latest version.")] = Status.COMPLETE,
    url: Url = LOCAL,
    profile: Profile = None,
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Documents by status."""
    client = client_of(url, profile)
    _list(lambda cursor: client.documents(status=status.value, cursor=cursor), as_json=as_json, limit=limit)


@app.command()
def document(
    document_id: Annotated[str, typer.Argument(help="As `whereas query documents` shows it.")],
    url: Url = LOCAL,
    profile: Profile = None,
) -> None:
    """A document with its contract facts, as JSON."""
    client = client_of(url, profile)
    answer = client.document(document_id)
    if answer["run"] is not None:
        answer |= client.contract(document_id)
    _print_object(answer)


@app.command()
def entities(
    document_id: Annotated[str, typer.Argument(help="As `whereas query documents` shows it.")],
    entity_type: Annotated[str | None, typer.Option("--type", help="Such as ORGANIZATION, MONEY, PARTY.", show_default=False)] = None,
    layer: Annotated[EntityLayer | None, typer.Option("--layer", help="Mentions or contract roles.", show_default=False)] = None,
    url: Url = LOCAL,
    profile: Profile = None,
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Entities of a document."""
    from whereas_local import querying
    from whereas_local.client import walk

    client = client_of(url, profile)
    kind, level = entity_type.upper() if entity_type else None, layer.value if layer else None
    rows = walk(lambda cursor: client.entities(document_id, entity_type=kind, layer=level, cursor=cursor), key="entities")
    if as_json:
        querying.print_json(rows, limit=limit)
    else:
        querying.print_entities(rows, Console(), limit=limit)


@app.command()
def text(
    document_id: Annotated[str, typer.Argument(help="As `whereas query documents` shows it.")],
    url: Url = LOCAL,
    profile: Profile = None,
) -> None:
    """The text of a document, as all offsets count in it."""
    client = client_of(url, profile)
    start: int | None = 0
    while start is not None:
        part = client.text(document_id, start=start)
        sys.stdout.write(part["text"])
        start = part["next_start"]
    sys.stdout.write("\n")


@app.command()
def entity(
    name: Annotated[str, typer.Argument(help="Name of an organization, a person, a place.")],
    entity_type: Annotated[str | None, typer.Option("--type", help="Such as ORGANIZATION.", show_default=False)] = None,
    url: Url = LOCAL,
    profile: Profile = None,
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Documents that name an entity, however its name is written there."""
    client, kind = client_of(url, profile), entity_type.upper() if entity_type else None
    _list(lambda cursor: client.by_entity(name=name, entity_type=kind, cursor=cursor), as_json=as_json, limit=limit)


@app.command()
def party(
    name: Annotated[str, typer.Argument(metavar="NAME|ID", help="A party's name, some words of it, or its canonical id.")],
    match: Annotated[Match, typer.Option("--match", help="All the words, or the whole name.")] = Match.WORDS,
    url: Url = LOCAL,
    profile: Profile = None,
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Contracts by party, with roles and dates; by a canonical id also those of all that were merged into it."""
    client = client_of(url, profile)
    if re.fullmatch(CANONICAL_ID, name):
        _list(lambda cursor: client.party(name, cursor=cursor), as_json=as_json, limit=limit)
        return
    _list(lambda cursor: client.by_party(name=name, match=match.value, cursor=cursor), as_json=as_json, limit=limit)


@app.command()
def expiring(first: From, last: To, url: Url = LOCAL, profile: Profile = None, as_json: Json = False, limit: Limit = None) -> None:
    """Contracts that expire in a window of days."""
    client, window = client_of(url, profile), _window(first, last)
    _list(lambda cursor: client.expiring(*window, cursor=cursor), as_json=as_json, limit=limit)


@app.command()
def notice(first: From, last: To, url: Url = LOCAL, profile: Profile = None, as_json: Json = False, limit: Limit = None) -> None:
    """Contracts whose last day to refuse a renewal lies in a window of days."""
    client, window = client_of(url, profile), _window(first, last)
    _list(lambda cursor: client.notice_deadlines(*window, cursor=cursor), as_json=as_json, limit=limit)


@app.command()
def model(
    version: Annotated[str, typer.Argument(help="Model version, as records name it.")],
    url: Url = LOCAL,
    profile: Profile = None,
    as_json: Json = False,
    limit: Limit = None,
) -> None:
    """Documents whose current results a model version made."""
    client = client_of(url, profile)
    _list(lambda cursor: client.by_model(version, cursor=cursor), as_json=as_json, limit=limit)


def client_of(url: str, profile: str | None) -> Client:
    """Return a client of the API at ``url``."""
    from whereas_local.client import Client

    return Client(url, profile=profile)


def _window(first: datetime, last: datetime) -> tuple[str, str]:
    start, end = (date(day.year, day.month, day.day) for day in (first, last))
    if start > end:
        raise InvalidRequestError(f"--from {start} lies after --to {end}")
    return start.isoformat(), end.isoformat()


def _list(ask: Callable[[str | None], dict[str, Any]], *, as_json: bool, limit: int | None) -> None:
    from whereas_local import querying
    from whereas_local.client import walk

    rows = walk(ask, key="documents")
    if as_json:
        querying.print_json(rows, limit=limit)
    else:
        querying.print_documents(rows, Console(), limit=limit)


def _print_object(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
