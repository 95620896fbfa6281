"""One call of a function in surroundings like Lambda's: AWS's own client in the image's Python, read-only files."""

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from nubank_assets_tests.deploy.deployment import PYTHON
from nubank_assets_tests.deploy.templates import ROOT

#: Room in /tmp, in MB, that a function has if nobody asks for more.
TEMPORARY: Final = 512
_ARN: Final = "arn:aws:lambda:sa-east-1:123456789012:function:nubank"
_NEXT: Final = "/2018-06-01/runtime/invocation/next"


@dataclass
class Called:
    """What came of a call: its answer or its error, and what it took."""

    answer: Any = None
    error: dict[str, Any] = field(default_factory=dict)
    log: str = ""
    seconds: float = 0
    cpu_seconds: float = 0
    megabytes: float = 0


def call(name: str, event: object, variables: Mapping[str, str], limits: Mapping[str, int]) -> Called:
    """Start the function cold and give it one event; it is killed after its `Seconds`."""
    called, answered = Called(), threading.Event()
    began = time.monotonic()
    with _runtime_api(event, limits["Seconds"], called, answered) as address:
        process = subprocess.Popen(
            _command("-m", "awslambdaric", f"nubank_assets.serverless.handlers.{name}"),
            env={**variables, **_surroundings(name, address, limits["Memory"])},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # A function that dies answers nothing, and its log is at its end.
        reading = threading.Thread(target=_read, args=(process, called, answered))
        reading.start()
        answered.wait(limits["Seconds"])
        called.seconds = time.monotonic() - began
        called.cpu_seconds, called.megabytes = _usage(process.pid)
        process.kill()
        reading.join()
    return called


def _read(process: "subprocess.Popen[str]", called: Called, answered: threading.Event) -> None:
    assert process.stdout
    called.log = process.stdout.read()
    process.wait()
    answered.set()


def _command(*arguments: str) -> list[str]:
    """In the sandbox where there can be one; else at least in the image's Python."""
    return sandboxed(*arguments) if can_sandbox() else [str(PYTHON), *arguments]


@cache
def can_sandbox() -> bool:
    """Whether this machine lets us have a mount namespace (Linux; some containers and Ubuntus do not).

    Nor can it be where this checkout is below /tmp, which the sandbox hides.
    """
    return bool(shutil.which("unshare")) and subprocess.run(sandboxed("-c", ""), check=False).returncode == 0


def sandboxed(*arguments: str) -> list[str]:
    """A command of the image's Python, where nothing can be written but a /tmp of its own."""
    outside = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    sandbox = [str(PYTHON), str(Path(__file__).with_name("sandbox.py")), str(TEMPORARY)]
    return ["unshare", *outside, "--mount", *sandbox, str(PYTHON), *arguments]


def _surroundings(name: str, address: str, memory: int) -> dict[str, str]:
    """What Lambda gives, and the image."""
    return {
        "AWS_LAMBDA_RUNTIME_API": address,
        "AWS_LAMBDA_FUNCTION_NAME": f"nubank-{name}",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory),
        "LAMBDA_TASK_ROOT": str(ROOT),
        "PATH": f"{PYTHON.parent}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": "/tmp",
        "TZ": ":UTC",
        "LANG": "C.UTF-8",
    }


def _usage(pid: int) -> tuple[float, float]:
    """Seconds of the processor, and the most memory in MB, of a process that lives; nothing of one that is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
    return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK"), int(peak) / 1024


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A function that is killed hangs up in the middle of its next question."""


@contextmanager
def _runtime_api(event: object, seconds: int, called: Called, answered: threading.Event) -> Iterator[str]:
    """Lambda's side: gives one event, takes its answer, and lets the next question wait."""
    given = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path != _NEXT or given.is_set():
                answered.wait(seconds)
                return
            given.set()
            body = json.dumps(event).encode()
            self.send_response(200)
            self.send_header("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
            self.send_header("Lambda-Runtime-Deadline-Ms", str(int((time.time() + seconds) * 1000)))
            self.send_header("Lambda-Runtime-Invoked-Function-Arn", _ARN)
            # Without these AWS's client dies.
            self.send_header("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"null")
            if self.path.endswith("/response"):
                called.answer = told
            else:
                called.error = told
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()
            answered.set()

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        answered.set()
        server.shutdown()
        server.server_close()
