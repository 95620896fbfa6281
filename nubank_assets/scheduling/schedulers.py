"""What every system's scheduler can do, which one this system has, and the crontab line where there is none."""

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nubank_assets.domain.failures import PermanentError
from nubank_assets.messages import message
from nubank_assets.scheduling.commands import Answer, Commands
from nubank_assets.scheduling.plan import Plan


@dataclass(frozen=True)
class Registered:
    """The system knows the daily run: whether it will start it, and when, if the system tells."""

    is_active: bool
    next_run: str | None = None


class Scheduler(Protocol):
    """A system's scheduler."""

    def is_there(self) -> bool:
        """Whether this machine has it, running, for this person."""

    def install(self, plan: Plan) -> None:
        """Register the plan, replacing what was registered for its home; raises PermanentError."""

    def remove(self, home: Path) -> None:
        """Forget the daily run of a home; nothing happens if there is none."""

    def look(self, home: Path) -> Registered | None:
        """What is registered for a home, or None."""


def scheduler_of(platform: str, commands: Commands) -> Scheduler:
    """The scheduler of a platform; where there is none of its own, systemd is asked and not found."""
    if platform == "darwin":
        from nubank_assets.scheduling.launchd import Launchd

        return Launchd(commands)
    if platform == "win32":
        from nubank_assets.scheduling.windows import TaskScheduler

        return TaskScheduler(commands)
    from nubank_assets.scheduling.systemd import Systemd

    return Systemd(commands)


def this_scheduler() -> Scheduler:
    """The scheduler of this machine."""
    from nubank_assets.scheduling.commands import call_system

    return scheduler_of(sys.platform, call_system)


def expect(answer: Answer, program: str) -> None:
    """Raise PermanentError with what the program said if it failed."""
    if answer.code:
        reason = " ".join(answer.output.split()) or str(answer.code)
        raise PermanentError(message("schedule_refused", program=program, reason=reason))


def crontab_line(plan: Plan) -> str:
    """The line that a person adds by `crontab -e`; there `%` is a line break unless it is escaped."""
    return f"{plan.minute} {plan.hour} * * * {shlex.join(plan.command)}".replace("%", r"\%")
