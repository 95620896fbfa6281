"""A Pluggy on 127.0.0.1 that speaks real HTTP, with the shapes, cursors and failures of the real one.

What it has is in ``pluggy_content.py``.
"""

import json
import sys
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Final, Literal, Self
from urllib.parse import parse_qsl, quote, urlsplit

import simplejson

from nubank_assets.sources.demo.truth import Truth
from nubank_assets.sources.pluggy.moments import parse_day
from nubank_assets_tests.fakes.pluggy_content import ITEM, PluggyContent, Row, content_of

CLIENT_ID: Final = "c11e0000-0000-4000-8000-00000000c11e"
CLIENT_SECRET: Final = "s3cr3t00-0000-4000-8000-0000005ec4e7"

Failure = int | Literal["garbage", "slow", "drop"]


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str


@dataclass
class _Fault:
    """A failure of the requests whose path has `path_part`: the first `after` of them pass, then `times` fail."""

    path_part: str
    failure: Failure
    times: int | None
    after: int
    headers: dict[str, str]

    def strikes(self, path: str) -> bool:
        if self.path_part not in path or self.times == 0:
            return False
        if self.after:
            self.after -= 1
            return False
        self.times = None if self.times is None else self.times - 1
        return True


@dataclass
class FakePluggy:
    """A context manager: ``with FakePluggy(truth, today) as pluggy: PluggySource(…, pluggy.url, [pluggy.item])``.

    `content` is what it has, for tests to change; `requests` is every request that came.
    """

    truth: Truth | None = None
    today: date | None = None
    content: PluggyContent = field(default_factory=PluggyContent)
    page_size: int = 50
    slow_seconds: float = 1.5
    item: str = ITEM
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.truth and self.today:
            self.content = content_of(self.truth, self.today)
        self._faults: list[_Fault] = []
        self._keys: set[str] = set()
        self._issued = 0
        self._server = _Server(self)

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The API's address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def keys(self) -> list[str]:
        """Every API key that was given out."""
        return [f"eyJfake-key-{number}" for number in range(1, self._issued + 1)]

    def fail_with(
        self,
        path_part: str,
        failure: Failure,
        times: int | None = None,
        after: int = 0,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Let requests fail whose path has `path_part`: with a status, with what is no JSON, late, or half sent."""
        self._faults.append(_Fault(path_part, failure, times, after, headers or {}))

    def recover(self) -> None:
        """No failure any more."""
        self._faults.clear()

    def expire_key(self) -> None:
        """No key that was given out is valid any more."""
        self._keys.clear()

    def revoke_consent(self) -> None:
        """The person took back the consent: Pluggy keeps the data and says so."""
        for item in self.content.items.values():
            item.update(status="OUTDATED", executionStatus="USER_AUTHORIZATION_REVOKED")
            item["error"] = {"code": "USER_AUTHORIZATION_REVOKED", "message": "User revoked the authorization"}

    def called(self, path: str) -> list[Request]:
        """The requests of a path."""
        return [request for request in self.requests if request.path == path]

    def fault_for(self, path: str) -> _Fault | None:
        return next((fault for fault in self._faults if fault.strikes(path)), None)

    def answer(self, request: Request) -> tuple[int, Any]:
        """Status and JSON of a request."""
        if request.path == "/auth":
            return self._authenticate(request)
        if request.headers.get("x-api-key") not in self._keys:
            return 403, {"code": 403, "message": "Missing or invalid authorization token"}
        if request.path.startswith("/items/"):
            item = self.content.items.get(request.path.removeprefix("/items/"))
            return (200, item) if item else (404, {"code": 404, "message": "item not found"})
        if "pageSize" in request.query:
            return 400, {"code": 400, "message": "property pageSize should not exist"}
        query = request.query
        if request.path == "/accounts":
            return 200, _page(self.content.accounts.get(query["itemId"], []))
        if request.path == "/bills":
            return 200, _page(self.content.bills.get(query["accountId"], []))
        if request.path == "/v2/transactions":
            return 200, self._transactions(query)
        return 404, {"code": 404, "message": "not found"}

    def _authenticate(self, request: Request) -> tuple[int, Any]:
        given = json.loads(request.body)
        if (given.get("clientId"), given.get("clientSecret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"code": 401, "message": "Client keys are invalid"}
        self._issued += 1
        self._keys.add(self.keys[-1])
        return 200, {"apiKey": self.keys[-1]}

    def _transactions(self, query: dict[str, str]) -> Row:
        """A page by cursor, newest first; its first line is the last one of the page before."""
        place, since = 0, query.get("dateFrom", "")
        if "after" in query:
            place, since = json.loads(urlsafe_b64decode(query["after"]))
        rows = [
            row
            for row in self.content.transactions.get(query["accountId"], [])
            if str(parse_day(row.get("date"))) >= since
        ]
        rows.sort(key=lambda row: str(row.get("date")), reverse=True)
        end = place + self.page_size
        cursor = quote(urlsafe_b64encode(json.dumps([end, since]).encode()))
        following = f"?accountId={query['accountId']}&after={cursor}" if end < len(rows) else None
        return {"results": rows[max(place - 1, 0) : end], "next": following}


def _page(rows: list[Row]) -> Row:
    return {"page": 1, "total": len(rows), "totalPages": 1, "results": rows}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, pluggy: FakePluggy) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pluggy = pluggy

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that did not wait is what some tests are about; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def _serve(self, body: str) -> None:
        pluggy, parts = self.server.pluggy, urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
        pluggy.requests.append(request)
        fault = pluggy.fault_for(request.path)
        if fault and isinstance(fault.failure, int):
            self._send(fault.failure, b'{"message": "no"}', fault.headers)
            return
        if fault and fault.failure == "slow":
            time.sleep(pluggy.slow_seconds)
        status, answer = pluggy.answer(request)
        content = simplejson.dumps(answer, use_decimal=True).encode()
        if fault and fault.failure == "garbage":
            content = b"<html>Bad gateway</html>"
        if fault and fault.failure == "drop":
            self._send(status, content, {}, missing=1000)
            return
        self._send(status, content, {})

    def _send(self, status: int, content: bytes, headers: dict[str, str], missing: int = 0) -> None:
        """`missing` bytes are promised and never sent."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) + missing))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if missing else content)
        self.close_connection = bool(missing)
