"""The Caddyfile in a real Caddy before a page of our own: nobody comes through without the password."""

import base64
import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nubank_assets_tests.server.composed import FOLDER, ROOT, read_compose
from nubank_assets_tests.server.postgres import free_port

CADDY = ROOT / ".server" / "tools" / "bin" / "caddy"
PASSWORD = "made-up-for-a-test"
pytestmark = pytest.mark.skipif(not CADDY.exists(), reason="needs Caddy: make .server/installed")


class _Page(BaseHTTPRequestHandler):
    """Answers with the headers it was given."""

    def do_GET(self) -> None:
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quietly."""


@contextmanager
def _page() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Caddy with the Caddyfile and the command of compose.web.yaml, without TLS, on this machine."""
    port = free_port()
    hashed = subprocess.run(
        [str(CADDY), "hash-password", "--plaintext", PASSWORD], capture_output=True, text=True, timeout=60, check=True
    )
    with _page() as upstream:
        given = {
            "PAGE_ADDRESS": f"http://127.0.0.1:{port}",
            "PAGE_USER": "ana",
            "PAGE_PASSWORD_HASH": hashed.stdout.strip(),
        }
        service = read_compose("compose.web.yaml", **given)["services"]["caddy"]
        command = [word.replace("/etc/caddy", str(FOLDER)) for word in service["command"]]
        changes = {"PAGE_UPSTREAM": f"127.0.0.1:{upstream}", "HOME": str(tmp_path)}
        environment = {"PATH": os.environ["PATH"], **service["environment"], **changes}
        with (tmp_path / "log").open("wb") as log:
            process = subprocess.Popen(command, executable=CADDY, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_up(given["PAGE_ADDRESS"], process, tmp_path / "log")
            yield given["PAGE_ADDRESS"]
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_up(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 30
    while _status(address, None)[0] is None:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.2)


def _status(address: str, password: str | None) -> tuple[int | None, dict[str, str]]:
    request = urllib.request.Request(address)
    if password:
        told = base64.b64encode(f"ana:{password}".encode()).decode()
        request.add_header("Authorization", f"Basic {told}")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, {**answer.headers, **json.loads(answer.read())}
    except urllib.error.HTTPError as error:
        return error.code, {}
    except OSError:
        return None, {}


def test_only_the_password_opens_the_page_and_the_page_never_sees_it(address: str) -> None:
    assert _status(address, None)[0] == 401
    assert _status(address, "wrong")[0] == 401
    status, headers = _status(address, PASSWORD)
    assert status == 200
    assert "Authorization" not in headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
