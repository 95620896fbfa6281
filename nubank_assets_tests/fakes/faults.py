"""A way to S3 on which one chosen call fails: before it takes effect, or after, so that only its answer is lost.

Real sockets before a real endpoint: `S3Faults.url` is an `AWS_ENDPOINT_URL`. Every call is kept by its name, such as
`PUT lake/insights/monthly_summary/data.parquet`, and by how many of that name came before.
"""

import http.client
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

#: How a call fails: an error's answer, no answer, an answer that comes late, or half of one.
Kind = Literal["500", "503", "403", "404", "reset", "slow", "half"]
When = Literal["before", "after"]
_CODES: Final = {"500": "InternalError", "503": "SlowDown", "403": "AccessDenied", "404": "NoSuchBucket"}
_HOP: Final = frozenset({"connection", "keep-alive", "transfer-encoding", "expect"})
_LONGEST_SILENCE: Final = 20


@dataclass(frozen=True)
class Call:
    """One call: its name, and its place among those of the same name."""

    name: str
    nth: int = 0


@dataclass(frozen=True)
class Fault:
    """What is to go wrong: with one call (None: with every one), how, when, and whether it never gets better.

    With `is_death` no call comes through after it, of whatever name: the caller is dead.
    """

    call: Call | None
    kind: Kind
    when: When = "before"
    lasting: bool = False
    is_death: bool = False


@dataclass
class S3Faults:
    """The proxy's address, what is to go wrong, and what came."""

    url: str
    prefix: str = ""
    fault: Fault | None = None
    only: str = ""
    """Calls whose names begin otherwise pass."""
    codes: dict[str, str] = field(default_factory=dict)
    """What S3 calls a status, where it has more than one name for it."""
    calls: list[Call] = field(default_factory=list)
    fired: int = 0
    _seen: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, fault: Fault | None = None) -> None:
        """Forget what came, and let this go wrong from now on."""
        with self._lock:
            self.fault, self.calls, self.fired = fault, [], 0
            self._seen.clear()

    def meet(self, name: str) -> Fault | None:
        """Note a call; the fault that it is to meet."""
        with self._lock:
            call = Call(name, self._seen[name])
            self._seen[name] += 1
            self.calls.append(call)
            fault = self.fault
            if fault and fault.is_death and self.fired:
                return Fault(call, fault.kind)
            if not fault or (self.fired and not fault.lasting) or not name.startswith(self.only):
                return None
            if fault.call not in (None, call) and not (fault.lasting and self.fired and fault.call.name == name):
                return None
            self.fired += 1
            return fault


@contextmanager
def s3_faults(upstream: str, prefix: str = "") -> Iterator[S3Faults]:
    """A proxy to this endpoint; names of calls are told without the bucket and without the prefix."""
    over = threading.Event()

    class Handler(_Handler):
        endpoint, silence = upstream, over

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Handler.faults = S3Faults(f"http://127.0.0.1:{server.server_port}", prefix)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Handler.faults
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    faults: ClassVar[S3Faults]
    endpoint: ClassVar[str]
    silence: ClassVar[threading.Event]

    def _pass_on(self) -> None:
        body = self._body()
        fault = self.faults.meet(_name(self.command, self.path, self.headers.get("Range"), self.faults.prefix))
        if fault and fault.when == "before" and fault.kind != "half":
            self._fail(fault.kind)
            return
        answer = self._ask(body)
        if fault:
            self._fail(fault.kind, answer)
        else:
            self._answer(*answer)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on  # noqa: N815

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            continue
        return b"".join(parts)

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.endpoint).netloc, timeout=30)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
            connection.request(self.command, self.path, body, {**headers, "Content-Length": str(len(body))})
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    def _fail(self, kind: Kind, answer: tuple[int, list[tuple[str, str]], bytes] | None = None) -> None:
        if kind in _CODES:
            code = self.faults.codes.get(kind, _CODES[kind])
            text = f"<Error><Code>{code}</Code><Message>as the test wants it</Message></Error>".encode()
            self._answer(int(kind), [("Content-Type", "application/xml")], text)
        elif kind == "half" and answer:
            status, headers, data = answer
            self._answer(status, headers, data, sent=len(data) // 2)
            self._hang_up()
        else:
            if kind == "slow":
                self.silence.wait(_LONGEST_SILENCE)
            self._hang_up()

    def _answer(self, status: int, headers: list[tuple[str, str]], data: bytes, sent: int | None = None) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {*_HOP, "content-length"}:
                self.send_header(name, value)
        length = dict(headers).get("Content-Length", "0") if self.command == "HEAD" else str(len(data))
        self.send_header("Content-Length", length)
        self.end_headers()
        self.wfile.write(data[:sent] if self.command != "HEAD" else b"")

    def _hang_up(self) -> None:
        """End the connection at once, as a machine does that dies."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: what came is in `calls`."""


def _name(method: str, target: str, part: str | None, prefix: str) -> str:
    """`GET`, `TAIL`, `PUT`, `DELETE` or `LIST`, and of what, without the bucket."""
    place = urlsplit(target)
    query = parse_qs(place.query, keep_blank_values=True)
    bucket, _, key = unquote(place.path).lstrip("/").partition("/")
    if not key:
        of = query.get("prefix", [""])[0].removeprefix(prefix)
        return f"LIST {of}" if "list-type" in query else f"{method} {bucket}?{place.query}"
    verb = "TAIL" if part else method
    verb += "".join(f"?{name}" for name in ("uploads", "partNumber", "uploadId") if name in query)
    return f"{verb} {key.removeprefix(prefix)}"
