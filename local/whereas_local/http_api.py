"""The HTTP API on a loopback port: each request becomes the event that API Gateway would send, for the function that the template names.

Event and answer: API Gateway Developer Guide, "AWS Lambda proxy integrations for HTTP APIs", payload format version 2.0.
What the deployed API demands, a signature, nobody can give here; instead only this machine is listened to, and only under its
own names, so that no web page can reach the API through a name of its own (DNS rebinding).
"""

from __future__ import annotations

import base64
import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from whereas.errors import ConfigurationError
from whereas_local.embedded import LOOPBACK
from whereas_local.execution import Executor
from whereas_local.stack import ACCOUNT, Function

logger = logging.getLogger(__name__)

MAX_BODY: Final = 10 * 2**20
"""Largest request that API Gateway takes, in bytes (API Gateway quotas)."""
OWN_NAMES: Final = frozenset({LOOPBACK, "localhost", "[::1]"})


@contextmanager
def serve_api(function: Function, executor: Executor, *, port: int = 0) -> Iterator[str]:
    """Serve ``function`` over HTTP until the block ends; yields the base address.

    Raises:
        ConfigurationError: the port is taken.
    """

    class Handler(_Handler):
        def answer(self, event: dict[str, Any]) -> dict[str, Any]:
            return _answer(executor, function, event)

    try:
        server = ThreadingHTTPServer((LOOPBACK, port), Handler)
    except OSError as exc:
        raise ConfigurationError(f"port {port} of {LOOPBACK} is taken; name another with --api-port") from exc
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def http_event(*, method: str, target: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """Return the payload 2.0 event of one request. ``target`` is path and query as sent; ``headers`` have lower-case names."""
    url = urlsplit(target)
    query: dict[str, str] = {}
    for name, value in parse_qsl(url.query, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    path = unquote(url.path)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "ANY /{proxy+}",
        "rawPath": path,
        "rawQueryString": url.query,
        "headers": dict(headers),
        "pathParameters": {"proxy": path.lstrip("/")},
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": headers.get("host", "localhost"),
            "domainPrefix": "local",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": LOOPBACK,
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": str(uuid.uuid4()),
            "routeKey": "ANY /{proxy+}",
            "stage": "$default",
            "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime()),
            "timeEpoch": int(time.time() * 1000),
        },
        "isBase64Encoded": False,
    }
    if query:
        event["queryStringParameters"] = query
    if cookies := headers.get("cookie"):
        event["cookies"] = [cookie.strip() for cookie in cookies.split(";")]
    if body:
        try:
            event["body"] = body.decode()
        except UnicodeDecodeError:
            event |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    return event


def _answer(executor: Executor, function: Function, event: dict[str, Any]) -> dict[str, Any]:
    outcome = executor.invoke(function, event)
    if outcome.error is None and isinstance(outcome.answer, dict) and "statusCode" in outcome.answer:
        return outcome.answer
    logger.error("%s did not answer: %s", function.name, outcome.error)
    # API Gateway's own words for a function that failed.
    return {"statusCode": 500, "headers": {"content-type": "application/json"}, "body": json.dumps({"message": "Internal Server Error"})}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answer: Callable[[dict[str, Any]], dict[str, Any]]

    def _handle(self) -> None:
        headers = {name.lower(): ",".join(self.headers.get_all(name) or []) for name in self.headers}
        if headers.get("host", "").rsplit(":", 1)[0] not in OWN_NAMES:
            self._send(403, {}, b'{"message":"Forbidden: this API answers to localhost alone"}')
            return
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            self.close_connection = True
            self._send(413, {}, b'{"message":"Request Entity Too Large"}')
            return
        body = self.rfile.read(int(length))
        answer = self.answer(http_event(method=self.command, target=self.path, headers=headers, body=body))
        text = str(answer.get("body") or "")
        data = base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode()
        self._send(int(answer["statusCode"]), answer.get("headers") or {}, data, cookies=answer.get("cookies") or ())

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = _handle  # noqa: N815 - the base class's words

    def _send(self, status: int, headers: Mapping[str, Any], body: bytes, *, cookies: Any = ()) -> None:
        self.send_response(status)
        names = {name.lower(): str(value) for name, value in headers.items()}
        names.setdefault("content-type", "application/json")
        for name, value in names.items():
            if name != "content-length":
                self.send_header(name, value)
        for cookie in cookies:
            self.send_header("set-cookie", str(cookie))
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: paths and queries may name parties."""
