"""compose.yaml without Docker: its services as processes, with its commands, its environment and its health checks.

What differs is said by the test: addresses, ports and the home. Everything else is what is shipped.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "server"
BIN = ROOT / ".server" / "bin"
_VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::?[-?]([^}]*))?\})")


def read_compose(name: str, **environment: str) -> dict[str, Any]:
    """A Compose file with its variables filled in: `${NAME}`, `${NAME:-default}`, `${NAME:?reason}`, `$$`."""
    text = "\n".join(line for line in (FOLDER / name).read_text().splitlines() if not line.lstrip().startswith("#"))
    found: dict[str, Any] = yaml.safe_load(_VARIABLE.sub(lambda match: _value(match, environment), text))
    return found


def _value(match: "re.Match[str]", environment: Mapping[str, str]) -> str:
    if match[1]:
        return "$"
    if match[2] in environment:
        return environment[match[2]]
    assert ":-" in match[0], f"{match[2]} is needed: {match[3]}"
    return match[3]


@dataclass
class Services:
    """The services of compose.yaml; `changes` go over their environment, `logs` is where they write."""

    changes: Mapping[str, str]
    logs: Path
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._declared = read_compose("compose.yaml", POSTGRES_PASSWORD=self.changes["POSTGRES_PASSWORD"])["services"]

    def environment(self, name: str) -> dict[str, str]:
        """What a service's processes are given."""
        kept = {key: os.environ[key] for key in ("LANG", "TMPDIR") if key in os.environ}
        declared = self._declared[name]["environment"]
        changed = {key: value for key, value in self.changes.items() if key in declared}
        return {**kept, "PATH": f"{BIN}:/usr/bin:/bin", "DAGSTER_HOME": str(FOLDER), **declared, **changed}

    def start(self, *names: str) -> None:
        """Start services and wait until the health check of each says so, in this order."""
        for name in names:
            with (self.logs / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    self._declared[name]["command"],
                    cwd=FOLDER,
                    env={**self.environment(name), **self._settings(name)},
                    stdout=log,
                    stderr=log,
                    executable=str(BIN / self._declared[name]["command"][0]),
                    start_new_session=True,
                )
            if name != "daemon":  # its heartbeats take half a minute
                self.wait_until_healthy(name)

    def _settings(self, name: str) -> dict[str, str]:
        """What nubank.env would hold, for the service that gets it."""
        told = {key: value for key, value in self.changes.items() if key.startswith(("NUBANK_", "AWS_"))}
        return told if "env_file" in self._declared[name] else {}

    def run(self, name: str, *command: str) -> str:
        """As `docker compose exec`: what a command in a service printed."""
        environment = {**self.environment(name), **self._settings(name)}
        done = subprocess.run(
            command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def is_healthy(self, name: str) -> bool:
        """Whether the health check of a service passes."""
        kind, *command = self._declared[name]["healthcheck"]["test"]
        arguments = ["sh", "-c", *command] if kind == "CMD-SHELL" else command
        environment = self.environment(name)
        done = subprocess.run(arguments, cwd=FOLDER, env=environment, capture_output=True, timeout=60, check=False)
        return done.returncode == 0

    def wait_until_healthy(self, name: str, seconds: float = 180) -> None:
        """Raise if a service ends or is not healthy in time."""
        until = time.monotonic() + seconds
        while not self.is_healthy(name):
            log = (self.logs / f"{name}.log").read_text()[-3000:]
            assert self.running[name].poll() is None, log
            assert time.monotonic() < until, log
            time.sleep(0.5)

    def kill(self, *names: str) -> None:
        """End services with all their processes at once, as a machine that loses power."""
        for name in names:
            if self.running[name].poll() is None:
                os.killpg(self.running[name].pid, signal.SIGKILL)
            self.running[name].wait(15)
