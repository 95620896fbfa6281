"""A task of the Task Scheduler, as Windows has it: for this person, without elevated rights."""

import csv
import subprocess
import tempfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from nubank_assets.scheduling.commands import Commands
from nubank_assets.scheduling.plan import Plan, name_of
from nubank_assets.scheduling.schedulers import Registered, expect

_NAMESPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
#: The columns of `schtasks /Query /FO CSV`: name, next run, state. Their headings are in the person's language.
_COLUMNS: Final = 3


class TaskScheduler:
    """An XML file and `schtasks`."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    def is_there(self) -> bool:
        """Whether it answers."""
        return self._commands(["schtasks", "/Query", "/FO", "CSV", "/NH"]).code == 0

    def install(self, plan: Plan) -> None:
        """Register the task, replacing the one before."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_bytes(task(plan))
            answer = self._commands(["schtasks", "/Create", "/TN", plan.name, "/XML", str(file), "/F"])
        expect(answer, "schtasks")

    def remove(self, home: Path) -> None:
        """Delete the task, if there is one."""
        if self.look(home):
            expect(self._commands(["schtasks", "/Delete", "/TN", name_of(home), "/F"]), "schtasks")

    def look(self, home: Path) -> Registered | None:
        """Whether the task is registered, and when it runs next, as Windows writes it."""
        answer = self._commands(["schtasks", "/Query", "/TN", name_of(home), "/FO", "CSV", "/NH"])
        if answer.code:
            return None
        rows = [row for row in csv.reader(answer.output.splitlines()) if len(row) == _COLUMNS]
        next_run = rows[0][1] if rows else ""
        return Registered(is_active=True, next_run=next_run if any(map(str.isdigit, next_run)) else None)


def task(plan: Plan) -> bytes:
    """The task as `schtasks` reads it: UTF-16, its elements in the order that its schema asks for."""
    root = ET.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    _add(root, "RegistrationInfo/Description", "Nubank: daily run")
    # The day lies in the past on purpose: the task is due from the next time it is this time of day.
    _add(root, "Triggers/CalendarTrigger/StartBoundary", f"2026-01-01T{plan.at}:00")
    _add(root, "Triggers/CalendarTrigger/ScheduleByDay/DaysInterval", "1")
    _add(root, "Principals/Principal/LogonType", "InteractiveToken")
    _add(root, "Principals/Principal/RunLevel", "LeastPrivilege")
    _add(root, "Settings/MultipleInstancesPolicy", "IgnoreNew")
    _add(root, "Settings/DisallowStartIfOnBatteries", "false")
    _add(root, "Settings/StopIfGoingOnBatteries", "false")
    _add(root, "Settings/StartWhenAvailable", "true")
    _add(root, "Settings/ExecutionTimeLimit", "PT3H")
    _add(root, "Actions/Exec/Command", _without_window(plan.python))
    _add(root, "Actions/Exec/Arguments", subprocess.list2cmdline(plan.command[1:]))
    data: bytes = ET.tostring(root, encoding="utf-16", xml_declaration=True)
    return data


def _without_window(python: str) -> str:
    """The interpreter that opens no black window every morning, where it is beside the other."""
    quiet = Path(python).parent / "pythonw.exe"
    return str(quiet) if quiet.exists() else python


def _add(root: ET.Element, path: str, text: str) -> None:
    """Put a text at a path below the root, making what is missing of the path."""
    element = root
    for tag in path.split("/"):
        found = element.find(tag)
        element = ET.SubElement(element, tag) if found is None else found
    element.text = text
