"""The server under the fake of Nubank's API: requests in, answers and failures out."""

from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Protocol

import simplejson
from pynubank.utils.graphql import prepare_request_body

Failure = int | Literal["garbage", "slow", "drop"]
Json = dict[str, Any]

OPERATIONS = ("account_balance", "account_feed_paginated", "account_investments", "account_savings")
_QUERIES = {prepare_request_body(name)["query"]: name for name in OPERATIONS}


@dataclass(frozen=True)
class Asked:
    """One request: its path (`/api/graphql#account_balance` for a query), its headers and its body."""

    method: str
    path: str
    headers: dict[str, str]
    body: Json


class Answering(Protocol):
    """What decides about answers."""

    cpf: str
    asked: list[Asked]

    def failure_of(self, path: str) -> Failure | None: ...

    def wait(self) -> None: ...

    def answer(self, asked: Asked) -> "tuple[int, Json, dict[str, str]]": ...


def server_of(nubank: Answering) -> "QuietServer":
    """A server on a free port of this machine, not started."""
    return QuietServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"nubank": nubank}))


class QuietServer(ThreadingHTTPServer):
    """A server whose clients may go away, because they wait no longer or do not trust it."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """No traceback."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    #: Head and body leave together, or each answer waits for the other side.
    wbufsize = -1
    nubank: Answering

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """No access log."""

    def _answer(self) -> None:
        asked = self._asked()
        self.nubank.asked.append(asked)
        failure = self.nubank.failure_of(asked.path)
        if failure == "drop":
            self.close_connection = True
            return
        if failure == "slow":
            self.nubank.wait()
        if failure == "garbage":
            self._send(200, b"<html>maintenance</html>", {})
        elif isinstance(failure, int):
            self._send(failure, simplejson.dumps({"error": f"of {self.nubank.cpf}"}).encode(), {})
        else:
            status, body, headers = self.nubank.answer(asked)
            self._send(status, simplejson.dumps(body, use_decimal=True).encode(), headers)

    def _asked(self) -> Asked:
        length = int(self.headers.get("Content-Length", 0))
        body = simplejson.loads(self.rfile.read(length)) if length else {}
        operation = _QUERIES.get(body.get("query", ""))
        path = f"{self.path}#{operation}" if operation else self.path
        return Asked(self.command, path, dict(self.headers), body)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
