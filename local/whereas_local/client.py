"""A client of the HTTP API, local or deployed: plain dictionaries out, this project's errors where it fails.

A deployed API wants AWS Signature Version 4 (service ``execute-api``); the signature is made with the credentials that the AWS
command line would use. A local one, on a loopback address, wants none.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from boto3.session import Session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

from whereas.aws import faults
from whereas.errors import ConfigurationError, InvalidRequestError, NotFoundError, ThrottledError, TransientError, WhereasError

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
TRIES: Final = 4
BACKOFF_S: Final = 0.3
TIMEOUTS_S: Final = (5, 40)
"""To connect, and to wait for an answer; API Gateway itself gives up after 30 seconds."""

Answer = dict[str, Any]


class Client:
    """Asks one API. Every method returns the API's answer as it is; ``docs/api.md`` says what is in it.

    Raises, all of them:
        InvalidRequestError: a parameter is wrong.
        NotFoundError: there is no such document, or it has no results.
        ConfigurationError: the API refuses the credentials, or there are none.
        TransientError: the API could not be reached or is busy.
    """

    def __init__(self, base_url: str, *, profile: str | None = None, region: str | None = None) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InvalidRequestError(f"the address of an API starts with http:// or https://; found {base_url!r}")
        self._base = base_url.rstrip("/")
        self._signer = None if parts.hostname in LOOPBACK else _signer(parts.hostname, profile=profile, region=region)
        self._http = URLLib3Session(proxies=get_environ_proxies(base_url), timeout=TIMEOUTS_S)  # type: ignore[arg-type]

    def documents(self, *, status: str | None = None, limit: int | None = None, cursor: str | None = None) -> Answer:
        """One page of documents by the status of their latest version."""
        return self.get("/documents", status=status, limit=limit, cursor=cursor)

    def document(self, document_id: str) -> Answer:
        """A document without contract and entities."""
        return self.get(f"/documents/{quote(document_id, safe='')}")

    def contract(self, document_id: str) -> Answer:
        """A document's contract facts."""
        return self.get(f"/documents/{quote(document_id, safe='')}/contract")

    def entities(
        self,
        document_id: str,
        *,
        entity_type: str | None = None,
        layer: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Answer:
        """One page of a document's entities."""
        path = f"/documents/{quote(document_id, safe='')}/entities"
        return self.get(path, type=entity_type, layer=layer, limit=limit, cursor=cursor)

    def text(self, document_id: str, *, start: int | None = None, length: int | None = None) -> Answer:
        """A part of a document's text with its spans."""
        return self.get(f"/documents/{quote(document_id, safe='')}/text", start=start, length=length)

    def by_entity(
        self,
        *,
        name: str | None = None,
        canonical_id: str | None = None,
        entity_type: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Answer:
        """One page of documents that name an entity."""
        return self.get("/entities", name=name, canonical_id=canonical_id, type=entity_type, limit=limit, cursor=cursor)

    def by_party(
        self,
        *,
        name: str | None = None,
        canonical_id: str | None = None,
        match: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Answer:
        """One page of contracts by party; ``match`` is "words" (the default) or "exact"."""
        return self.get("/parties", name=name, canonical_id=canonical_id, match=match, limit=limit, cursor=cursor)

    def party(self, canonical_id: str, *, limit: int | None = None, cursor: str | None = None) -> Answer:
        """One page of the contracts of a canonical entity, with those of all that were merged into it."""
        return self.get(f"/parties/{quote(canonical_id, safe='')}", limit=limit, cursor=cursor)

    def link_candidates(self, *, name: str | None = None, canonical_id: str | None = None, limit: int | None = None) -> Answer:
        """Parties that may be the one of a name or canonical id."""
        return self.get("/links/candidates", name=name, canonical_id=canonical_id, limit=limit)

    def links(self, *, limit: int | None = None, cursor: str | None = None) -> Answer:
        """One page of decisions about names."""
        return self.get("/links", limit=limit, cursor=cursor)

    def decide(self, verb: str, one: str, other: str, *, reason: str) -> Answer:
        """Merge ("merge") canonical id ``one`` into ``other``, or hold the two apart ("split"); returns the decision that stands."""
        body = json.dumps({"verb": verb, "one": one, "other": other, "reason": reason}).encode()
        return self._ask("POST", "/links", body=body)

    def expiring(self, first: str, last: str, *, limit: int | None = None, cursor: str | None = None) -> Answer:
        """One page of contracts that expire in a window of ISO 8601 days, both included."""
        return self.get("/contracts/expiring", **{"from": first, "to": last}, limit=limit, cursor=cursor)

    def notice_deadlines(self, first: str, last: str, *, limit: int | None = None, cursor: str | None = None) -> Answer:
        """One page of contracts whose notice is due in a window of ISO 8601 days, both included."""
        return self.get("/contracts/notice-deadlines", **{"from": first, "to": last}, limit=limit, cursor=cursor)

    def by_model(self, version: str, *, limit: int | None = None, cursor: str | None = None) -> Answer:
        """One page of documents whose current results were made by a model version."""
        return self.get(f"/models/{quote(version, safe='')}/documents", limit=limit, cursor=cursor)

    def upload_form(self, name: str, *, content_type: str, size_bytes: int) -> Answer:
        """A form that uploads one file without credentials."""
        body = json.dumps({"name": name, "content_type": content_type, "size_bytes": size_bytes}).encode()
        return self._ask("POST", "/uploads", body=body)

    def get(self, path: str, **parameters: str | int | None) -> Answer:
        """The answer to a GET; parameters that are None are left out."""
        given = {name: value for name, value in parameters.items() if value is not None}
        # Signatures are made over %20, never over a plus sign.
        return self._ask("GET", path + ("?" + urlencode(given, quote_via=quote) if given else ""))

    def _ask(self, method: str, path: str, *, body: bytes = b"") -> Answer:
        for attempt in range(TRIES - 1):
            try:
                return self._send(method, path, body=body)
            except TransientError:
                time.sleep(random.uniform(0, BACKOFF_S * 2**attempt))
        return self._send(method, path, body=body)

    def _send(self, method: str, path: str, *, body: bytes) -> Answer:
        headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body else {})
        request = AWSRequest(method=method, url=self._base + path, data=body or None, headers=headers)
        try:
            if self._signer:
                self._signer.add_auth(request)
            response = self._http.send(request.prepare())
        except BotoCoreError as exc:
            raise faults.from_exception(exc, action=f"asking {self._base}") from exc
        if response.status_code >= 300:
            raise _error(self._base, response.status_code, response.content)
        answer: Answer = json.loads(response.content)
        return answer


def walk(ask: Callable[[str | None], Answer], *, key: str) -> Iterator[Any]:
    """Yield what is in ``key`` ("documents" or "entities") of every page.

    Args:
        ask: returns the page of a cursor, the first page for None: ``lambda cursor: client.documents(cursor=cursor)``.
        key: of a page's list.
    """
    cursor: str | None = None
    while True:
        page = ask(cursor)
        yield from page[key]
        cursor = page["cursor"]
        if cursor is None:
            return


def _signer(host: str, *, profile: str | None, region: str | None) -> SigV4Auth:
    """Return what signs requests; the region is in the host's name unless the API has a domain of its own."""
    try:
        session = Session(profile_name=profile)
        credentials = session.get_credentials()
    except BotoCoreError as exc:
        raise ConfigurationError(f"the AWS credentials could not be read ({type(exc).__name__}); check the profile") from exc
    named = re.search(r"\.execute-api\.([a-z0-9-]+)\.", host)
    where = region or (named.group(1) if named else session.region_name)
    if credentials is None or not where:
        raise ConfigurationError("a deployed API wants signed requests: set AWS credentials and, for a domain of your own, AWS_REGION")
    return SigV4Auth(credentials, "execute-api", where)


def _error(base: str, status: int, content: bytes) -> WhereasError:
    """Return what an answer that is no success says."""
    try:
        problem = json.loads(content)
    except ValueError:
        problem = {}
    detail = str(problem.get("detail") or problem.get("message") or f"HTTP {status}")
    wrong = "; ".join(f"{' '.join(one['where'])}: {one['problem']}" for one in problem.get("errors", []))
    if status == 404:
        return NotFoundError(detail)
    if status == 429:
        return ThrottledError(f"{base} asks to slow down: {detail}")
    if status >= 500:
        return TransientError(f"{base} failed: {detail}")
    if status in (401, 403):
        return ConfigurationError(f"{base} refused: {detail}; check that your role may call execute-api:Invoke")
    return InvalidRequestError(f"{detail} {wrong}".strip())
