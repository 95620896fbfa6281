"""A way to an AWS on which things go wrong: a small HTTP proxy that spoils the calls it is told to spoil.

Pass its address as `AWS_ENDPOINT_URL_<SERVICE>`; faults are used up in order, one a call, then everything passes.
"""

import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Final, Literal

#: An error's HTTP status and code; or never an answer; or taken and done, and the answer is lost.
Fault = tuple[int, str] | Literal["silent", "lost"]

BROKEN: Final = (500, "InternalFailure")
THROTTLED: Final = (400, "ThrottlingException")
EXPIRED: Final = (400, "ExpiredTokenException")
DENIED: Final = (403, "AccessDenied")
_LONGEST_SILENCE: Final = 30


@dataclass
class TroubledAws:
    """Its address, the faults to come (None: one that passes), and the actions asked for, each with its fault."""

    url: str
    faults: list[Fault | None] = field(default_factory=list)
    calls: list[tuple[str, Fault | None]] = field(default_factory=list)


@contextmanager
def troubled_aws(upstream: str) -> Iterator[TroubledAws]:
    """A proxy to this endpoint that lives as long as the block."""
    over = threading.Event()

    class Handler(_Handler):
        endpoint = upstream
        silence = over

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.aws = TroubledAws(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Handler.aws
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    aws: ClassVar[TroubledAws]
    endpoint: ClassVar[str]
    silence: ClassVar[threading.Event]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.aws.faults.pop(0) if self.aws.faults else None
        self.aws.calls.append((self._action(body), fault))
        if fault == "silent":
            self.silence.wait(_LONGEST_SILENCE)
            self.close_connection = True
        elif fault == "lost":
            self._forward(body)
            self.close_connection = True
        elif fault is None:
            self._answer(*self._forward(body))
        else:
            self._answer(*self._error(*fault))

    def _action(self, body: bytes) -> str:
        target = self.headers.get("X-Amz-Target")
        return target.split(".")[-1] if target else urllib.parse.parse_qs(body.decode())["Action"][0]

    def _error(self, status: int, code: str) -> tuple[int, str, bytes]:
        if self.headers.get("X-Amz-Target"):
            return status, "application/x-amz-json-1.1", json.dumps({"__type": code, "message": "no"}).encode()
        error = f"<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
        return status, "text/xml", error.encode()

    def _forward(self, body: bytes) -> tuple[int, str, bytes]:
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        request = urllib.request.Request(self.endpoint, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=_LONGEST_SILENCE) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get_content_type(), error.read()

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing is printed."""
