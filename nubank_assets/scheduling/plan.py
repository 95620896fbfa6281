"""The plan: when the daily run is due, by which interpreter, with which settings. Without any secret.

It lies in the home, so that what the system is given is only an interpreter and a folder: the fewer values a
unit file, a property list or a task holds, the fewer can be escaped wrongly.
"""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.settings import Settings

_PLAN: Final = "schedule.json"
#: A system's timer starts with next to no environment; these are needed to find Java, trusted certificates and AWS.
#: Of AWS only where its keys are, never keys.
_PASSED_ON: Final = (
    "PATH",
    "JAVA_HOME",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CA_BUNDLE",
    "AWS_ENDPOINT_URL",
)


@dataclass(frozen=True)
class Plan:
    """A daily run at `hour:minute` of the person's clock, by `python`, for `home`."""

    home: str
    python: str
    hour: int
    minute: int
    installed: str
    environment: Mapping[str, str]

    @property
    def command(self) -> tuple[str, ...]:
        """What the system runs. `-P`: modules that lie in the folder where it runs are not ours."""
        return (self.python, "-P", "-m", "nubank_assets.scheduling.daily", self.home)

    @property
    def at(self) -> str:
        """`08:00`."""
        return f"{self.hour:02}:{self.minute:02}"

    @property
    def name(self) -> str:
        """A name that no other home's plan has."""
        return name_of(Path(self.home))


def name_of(home: Path) -> str:
    """The name under which the system knows the daily run of a home."""
    return f"nubank-daily-{hashlib.sha256(str(home).encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def make_plan(settings: Settings, hour: int, minute: int) -> Plan:
    """The plan for these settings and this interpreter; raises InputError for a path no timer can carry."""
    plan = Plan(
        str(settings.home),
        sys.executable,
        hour,
        minute,
        datetime.now().astimezone().isoformat(timespec="seconds"),
        {**{name: os.environ[name] for name in _PASSED_ON if name in os.environ}, **settings.environment()},
    )
    for path in (plan.home, plan.python):
        # Undecodable bytes and control characters fit neither XML nor JSON.
        if not path.isprintable() or (sys.platform == "win32" and "%" in path):
            raise InputError(message("schedule_path_unusable", path=repr(path)))
    return plan


def write_plan(plan: Plan) -> None:
    """Keep the plan in its home."""
    write_private(Path(plan.home) / _PLAN, json.dumps(asdict(plan), indent=2, ensure_ascii=False))


def read_plan(home: Path) -> Plan | None:
    """The plan of a home, or None; raises InputError for one that was altered so that it is none."""
    path = home / _PLAN
    try:
        return Plan(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise InputError(message("schedule_plan_broken", path=path)) from error


def delete_plan(home: Path) -> None:
    """Forget the plan of a home, if there is one."""
    (home / _PLAN).unlink(missing_ok=True)


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file that is never readable by others, replacing it whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = path.with_name(f".{path.name}.new")
    staged.unlink(missing_ok=True)
    data = content.encode() if isinstance(content, str) else content
    with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    staged.replace(path)
