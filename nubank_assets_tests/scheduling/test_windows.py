"""The Task Scheduler's tasks: the XML, the quoting of arguments, and what is asked of schtasks."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given

from nubank_assets.domain.failures import PermanentError
from nubank_assets.scheduling.commands import Answer
from nubank_assets.scheduling.schedulers import Registered
from nubank_assets.scheduling.windows import TaskScheduler, task
from nubank_assets_tests.scheduling.fakes import PATHS, FakeSystem, plan_of

SPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
HOME = Path(r"C:\Users\Ana Luísa\nubank & cia")


def text_at(root: ET.Element, path: str) -> str | None:
    return root.findtext("/".join(f"t:{tag}" for tag in path.split("/")), namespaces=SPACE)


def split_arguments(line: str) -> list[str]:
    """A command line as the C runtime of Windows reads it ("Parsing C command-line arguments")."""
    words, word, quoted, backslashes, started = [], "", False, 0, False
    for char in line:
        if char == "\\":
            backslashes, started = backslashes + 1, True
            continue
        if char == '"':
            word += "\\" * (backslashes // 2)
            started = True
            if backslashes % 2:
                word += '"'
            else:
                quoted = not quoted
        else:
            word += "\\" * backslashes
            if char in " \t" and not quoted:
                if started:
                    words.append(word)
                word, started = "", False
            else:
                word, started = word + char, True
        backslashes = 0
    word += "\\" * backslashes
    return [*words, word] if started else words


@given(PATHS, PATHS)
@example("//", "/0")
def test_paths_arrive_as_they_are(python: str, home: str) -> None:
    root = ET.fromstring(task(plan_of(home, python)))
    assert text_at(root, "Actions/Exec/Command") == python
    arguments = text_at(root, "Actions/Exec/Arguments")
    assert split_arguments(str(arguments)) == ["-P", "-m", "nubank_assets.scheduling.daily", home]


def test_what_the_task_is() -> None:
    content = task(plan_of(HOME, r"C:\Python 3\python.exe"))
    assert content.startswith(b"\xff\xfe")
    root = ET.fromstring(content)
    assert root.tag == "{http://schemas.microsoft.com/windows/2004/02/mit/task}Task"
    assert text_at(root, "Triggers/CalendarTrigger/StartBoundary") == "2026-01-01T08:05:00"
    assert text_at(root, "Triggers/CalendarTrigger/ScheduleByDay/DaysInterval") == "1"
    assert text_at(root, "Settings/StartWhenAvailable") == "true"
    assert text_at(root, "Principals/Principal/RunLevel") == "LeastPrivilege"
    assert str(text_at(root, "Actions/Exec/Arguments")).endswith(f'"{HOME}"')


def test_no_window_where_python_has_a_quiet_twin(tmp_path: Path) -> None:
    (tmp_path / "pythonw.exe").touch()
    root = ET.fromstring(task(plan_of(HOME, str(tmp_path / "python.exe"))))
    assert text_at(root, "Actions/Exec/Command") == str(tmp_path / "pythonw.exe")


def test_install_replaces_and_leaves_no_file() -> None:
    system, plan = FakeSystem(), plan_of(HOME)
    TaskScheduler(system).install(plan)
    (call,) = system.calls
    assert call[:5] == ["schtasks", "/Create", "/TN", plan.name, "/XML"]
    assert call[-1] == "/F"
    assert not Path(call[5]).exists()


def test_a_refusal_is_said() -> None:
    system = FakeSystem({"/Create": [Answer(1, "ERROR: Access is denied.")]})
    with pytest.raises(PermanentError, match=r"schtasks .* \(ERROR: Access is denied\.\)"):
        TaskScheduler(system).install(plan_of(HOME))


@pytest.mark.parametrize(("told", "next_run"), [("24/11/2026 08:05:00", "24/11/2026 08:05:00"), ("N/D", None)])
def test_look_and_remove(told: str, next_run: str | None) -> None:
    plan = plan_of(HOME)
    system = FakeSystem({"/Query": [Answer(0, f'"\\{plan.name}","{told}","Pronto"')]})
    scheduler = TaskScheduler(system)
    assert scheduler.look(HOME) == Registered(True, next_run)
    scheduler.remove(HOME)
    assert system.calls[-1] == ["schtasks", "/Delete", "/TN", plan.name, "/F"]
    gone = FakeSystem({"/Query": [Answer(1, "ERRO: o sistema não pode encontrar o arquivo especificado.")]})
    TaskScheduler(gone).remove(HOME)
    assert TaskScheduler(gone).look(HOME) is None
    assert not any("/Delete" in call for call in gone.calls)
