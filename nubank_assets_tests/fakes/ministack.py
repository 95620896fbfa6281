"""An AWS on this machine: ministack, pinned, in an environment of its own, on 127.0.0.1 and a free port.

`make aws-local` starts one and says how to point the platform at it; tests start one for all of them.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

COMMAND: Final = Path(__file__).parents[2] / ".aws-local" / "bin" / "ministack"
REGION: Final = "sa-east-1"
ACCOUNT: Final = "123456789012"
_SECONDS: Final = 60
_OPTIONS: Final = {
    "BIND_HOST": "127.0.0.1",
    "IOT_MTLS_ENABLED": "0",
    "SFTP_ENABLED": "false",
    "S3_PERSIST": "0",
    "PERSIST_STATE": "0",
    "LAMBDA_EXECUTOR": "local",
    "MINISTACK_ACCOUNT_ID": ACCOUNT,
    "MINISTACK_REGION": REGION,
    # Waits and pauses of state machines take a twentieth of their time.
    "SFN_WAIT_SCALE": "0.05",
}


@contextmanager
def ministack(port: int | None = None, **options: str) -> Iterator[str]:
    """The address of an AWS that lives as long as the block; `options` are ministack's own, such as AUTH="true"."""
    port = port or _free_port()
    environment = {**os.environ, **_OPTIONS, **options, "GATEWAY_PORT": str(port)}
    process = subprocess.Popen(
        [COMMAND], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield _wait_until_ready(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def environment(url: str) -> dict[str, str]:
    """The variables that point every AWS client of a process at it."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_until_ready(process: "subprocess.Popen[bytes]", url: str) -> str:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"ministack ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/_ministack/health", timeout=2):
                return url
        except urllib.error.HTTPError:
            return url
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("ministack did not answer")


def main() -> None:
    """Run one until Ctrl-C."""
    with ministack() as url:
        lines = [f"export {name}={value}" for name, value in environment(url).items()]
        print("\n".join(["# AWS on this machine; Ctrl-C ends it.", *lines]), flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            sys.exit(0)


if __name__ == "__main__":
    main()
