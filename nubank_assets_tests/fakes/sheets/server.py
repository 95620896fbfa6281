"""The fake as a server: plain HTTP on this machine, which can hang up, be late, and not listen at all."""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from nubank_assets_tests.fakes.sheets.api import FakeSheets, Request
from nubank_assets_tests.fakes.sheets.faults import Fault, Kind

_PAGE: Final = b"<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title><p>That's an error.</html>"


@contextmanager
def sheets_server() -> Iterator[FakeSheets]:
    """A server for one test, which fails if a body came that Google's own description forbids."""
    fake = FakeSheets()
    listener = _Listener(fake)
    fake.begin(f"http://127.0.0.1:{listener.port}")
    fake.refuse_connections, fake.accept_connections = listener.stop, listener.start
    try:
        yield fake
    finally:
        listener.stop()
    assert fake.complaints == []


class _Listener:
    """Listens on one port, and may stop and start again."""

    def __init__(self, fake: FakeSheets) -> None:
        self._fake, self.port = fake, 0
        self._server: _Server | None = None
        self.start()

    def start(self) -> None:
        if self._server is None:
            self._server = _Server(self._fake, self.port)
            self.port = self._server.server_port
            threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, fake: FakeSheets, port: int) -> None:
        self.fake = fake
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that are still open, as a machine does that dies."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                # The other side was first.
                self._open.discard(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that did not wait is what some tests are about; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        fake, place = self.server.fake, urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind: Kind = "token" if place.path == "/token" else "read" if self.command == "GET" else "write"
        with fake.lock:
            headers = {name.lower(): value for name, value in self.headers.items()}
            fake.requests.append(Request(kind, self.command, place.path, len(body), _content(body), headers))
        fault = fake.fault_for(kind)
        if fault and fault.how == "slow":
            time.sleep(fault.seconds)
        if fault and fault.how != "slow" and not fault.is_carried_out:
            self._fail(fault)
            return
        if kind == "token":
            answered = fake.tokens.grant(body.decode())
        else:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            query = parse_qs(place.query, keep_blank_values=True)
            answered = fake.answer(self.command, place.path, query, body, token)
        if fault and fault.how != "slow":
            self._fail(fault)
        else:
            self._send(answered[0], json.dumps(answered[1]).encode())

    do_GET = do_POST = do_PUT = _serve  # noqa: N815

    def _fail(self, fault: Fault) -> None:
        if fault.how == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault.how == "page":
            self._send(fault.status, _PAGE, fault, "text/html; charset=UTF-8")
        elif fault.how == "garbage":
            self._send(fault.status, b'{"spreadsheetId": "1fa', fault)
        else:
            error = {"code": fault.status, "message": fault.text, "status": fault.status_name}
            self._send(fault.status, json.dumps({"error": error}).encode(), fault)

    def _send(self, status: int, content: bytes, fault: Fault | None = None, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if fault and fault.retry_after is not None:
            self.send_header("Retry-After", str(fault.retry_after))
        if fault and fault.location:
            self.send_header("Location", fault.location)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: what came is in `requests`."""


def _content(body: bytes) -> Any:
    """What was sent, as JSON if it is; a question for a token is a form."""
    try:
        return json.loads(body) if body else {}
    except ValueError:
        return body.decode(errors="replace")
