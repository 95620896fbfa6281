"""An agent of launchd, as macOS has it. A run missed while the Mac slept starts when it wakes.

One missed while it was off starts at login, by RunAtLoad; ``daily.py`` lets only the first of a day run.
"""

import os
import plistlib
import time
from pathlib import Path
from typing import Final

from nubank_assets.scheduling.commands import Answer, Commands
from nubank_assets.scheduling.plan import Plan, name_of, write_private
from nubank_assets.scheduling.schedulers import Registered, expect

_ATTEMPTS: Final = 5


class Launchd:
    """A property list and `launchctl`."""

    def __init__(self, commands: Commands, pause: float = 1.0) -> None:
        self._commands = commands
        self._pause = pause
        self._domain = f"gui/{os.getuid()}"

    def is_there(self) -> bool:
        """Whether this person has a session on the screen: over ssh alone there is none."""
        return self._call("print", self._domain).code == 0

    def install(self, plan: Plan) -> None:
        """Write the property list and load it."""
        path = _path(plan.name)
        self._call("bootout", f"{self._domain}/{plan.name}")
        write_private(path, property_list(plan))
        self._call("enable", f"{self._domain}/{plan.name}")
        expect(self._load(path), "launchctl")

    def remove(self, home: Path) -> None:
        """Unload the agent and delete its property list."""
        name = name_of(home)
        if _path(name).exists():
            self._call("bootout", f"{self._domain}/{name}")
            _path(name).unlink(missing_ok=True)

    def look(self, home: Path) -> Registered | None:
        """Whether the agent is loaded; launchd does not tell when it runs next."""
        name = name_of(home)
        if not _path(name).exists():
            return None
        return Registered(self._call("print", f"{self._domain}/{name}").code == 0)

    def _load(self, path: Path) -> Answer:
        """`bootout` returns before the old agent is gone, and until then the new one is refused."""
        for _ in range(_ATTEMPTS - 1):
            answer = self._call("bootstrap", self._domain, str(path))
            if answer.code == 0:
                return answer
            time.sleep(self._pause)
        return self._call("bootstrap", self._domain, str(path))

    def _call(self, *arguments: str) -> Answer:
        return self._commands(["launchctl", *arguments])


def property_list(plan: Plan) -> bytes:
    """The agent as launchd reads it."""
    return plistlib.dumps(
        {
            "Label": plan.name,
            "ProgramArguments": list(plan.command),
            "StartCalendarInterval": {"Hour": plan.hour, "Minute": plan.minute},
            "RunAtLoad": True,
            "ProcessType": "Background",
            "Umask": 0o077,
            # Only what goes wrong before the daily run has its own log.
            "StandardErrorPath": str(Path(plan.home) / "logs" / "launchd.log"),
        }
    )


def _path(name: str) -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{name}.plist"
