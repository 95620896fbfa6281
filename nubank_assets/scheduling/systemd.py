"""A timer of the person's own systemd, as most of Linux has it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from nubank_assets.scheduling.commands import Answer, Commands
from nubank_assets.scheduling.plan import Plan, name_of, write_private
from nubank_assets.scheduling.schedulers import Registered, expect

#: systemd refuses an interpreter whose path has quotes, so the shell starts it. `:`: systemd leaves `$0` to the shell.
#: The run caps itself; the time-out is for what hangs before.
_SERVICE: Final = """\
[Unit]
Description=Nubank: daily run

[Service]
Type=oneshot
ExecStart=:/bin/sh -c "exec \\"$0\\" \\"$@\\"" {command}
UMask=0077
Nice=10
TimeoutStartSec=3h
"""
#: Persistent: a day on which the laptop was off or asleep is caught up.
_TIMER: Final = """\
[Unit]
Description=Nubank: daily run at {at}

[Timer]
OnCalendar=*-*-* {at}:00
Persistent=true
RandomizedDelaySec=2min

[Install]
WantedBy=timers.target
"""


class Systemd:
    """Two unit files and `systemctl --user`."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    def is_there(self) -> bool:
        """Whether systemd serves this person's session: in containers and over `su` it does not."""
        return self._call("show", "--property=Version").code == 0

    def install(self, plan: Plan) -> None:
        """Write the units and start the timer."""
        for path, content in zip(_paths(plan.name), units(plan), strict=True):
            write_private(path, content)
        for command in (("daemon-reload",), ("enable", f"{plan.name}.timer"), ("restart", f"{plan.name}.timer")):
            expect(self._call(*command), "systemctl")

    def remove(self, home: Path) -> None:
        """Stop the timer and delete the units."""
        name = name_of(home)
        if not any(path.exists() for path in _paths(name)):
            return
        # Without a session there is no timer to stop, and the units go all the same.
        self._call("disable", "--now", f"{name}.timer")
        for path in _paths(name):
            path.unlink(missing_ok=True)
        self._call("daemon-reload")

    def look(self, home: Path) -> Registered | None:
        """Whether the timer runs, and when it starts the next run."""
        name = name_of(home)
        if not all(path.exists() for path in _paths(name)):
            return None
        is_active = self._call("is-active", f"{name}.timer").code == 0
        answer = self._call("show", f"{name}.timer", "--property=NextElapseUSecRealtime", "--value")
        return Registered(is_active, answer.output if is_active and answer.code == 0 and answer.output else None)

    def _call(self, *arguments: str) -> Answer:
        return self._commands(["systemctl", "--user", *arguments])


def units(plan: Plan) -> tuple[str, str]:
    """The content of the service and of the timer."""
    return _SERVICE.format(command=quote(plan.command)), _TIMER.format(at=plan.at)


def quote(command: Sequence[str]) -> str:
    """A command as systemd reads it: C escapes within double quotes, and `%` begins a specifier."""
    escapes = str.maketrans({"\\": "\\\\", '"': '\\"', "%": "%%"})
    return " ".join(f'"{word.translate(escapes)}"' for word in command)


def _paths(name: str) -> tuple[Path, Path]:
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    folder = Path(config) / "systemd" / "user"
    return folder / f"{name}.service", folder / f"{name}.timer"
