"""The daily run as the system starts it: real processes, with a stand-in for an interpreter that misbehaves."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.scheduling.daily import main, run_daily
from nubank_assets.scheduling.plan import Plan, make_plan, read_plan, write_plan
from nubank_assets.scheduling.records import log_of, read_record
from nubank_assets.settings import load_settings
from nubank_assets_tests.fakes.homes import demo_home
from nubank_assets_tests.scheduling.fakes import plan_of

Install = Callable[..., Plan]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Write down a plan whose interpreter is a stand-in that runs this code; due since the first of November."""

    def write(code: str, **environment: str) -> Plan:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        python = tmp_path / "python"
        python.write_text(f"#!{sys.executable}\nimport os, sys, time, subprocess\n{code}\n")
        python.chmod(0o700)
        plan = plan_of(home, str(python), NUBANK_HOME=str(home), **environment)
        write_plan(plan)
        return plan

    return write


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the daily run puts into its environment is undone."""
    monkeypatch.setattr(os, "environ", os.environ.copy())


def test_what_is_run_and_written_down(install: Install) -> None:
    code = "print(*sys.argv[1:], os.environ['NUBANK_LOCALE'], os.getcwd()); print('ação', file=sys.stderr)"
    plan = install(code, NUBANK_LOCALE="en")
    assert main([plan.home]) == 0
    record = read_record(Path(plan.home))
    assert record is not None
    assert (record.exit_code, record.timed_out) == (0, False)
    assert record.ended is not None
    assert set(record.last_lines) == {f"-P -m nubank_assets run en {plan.home}", "ação"}
    log = log_of(Path(plan.home)).read_text()
    assert log.startswith(f"== {record.started}\n")
    assert "ação" in log


def test_a_success_is_enough_for_the_day_and_a_failure_is_not(install: Install) -> None:
    plan = install("sys.exit(1)")
    assert main([plan.home]) == 1
    install("print('once')")
    assert main([plan.home]) == 0
    assert main([plan.home]) == 0
    assert log_of(Path(plan.home)).read_text().count("once") == 1


def test_a_run_without_an_end_is_ended_with_all_it_started(install: Install, capfd: pytest.CaptureFixture[str]) -> None:
    child = "import time; time.sleep(600)"
    code = f"p = subprocess.Popen([{sys.executable!r}, '-c', {child!r}]); print(p.pid, flush=True); time.sleep(600)"
    plan = install(code, NUBANK_NOTIFICATIONS="console", NUBANK_LOCALE="en")
    os.environ.update(plan.environment)
    started = time.monotonic()
    assert run_daily(plan, longest=2) == 124
    assert time.monotonic() - started < 120
    record = read_record(Path(plan.home))
    assert record is not None
    assert record.timed_out
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(int(record.last_lines[0]))
    out = capfd.readouterr().out
    assert "Nubank: the update failed" in out
    assert "was ended" in out


def _wait_until_gone(pid: int) -> None:
    for _ in range(100):
        os.kill(pid, 0)
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            raise ProcessLookupError
        time.sleep(0.05)


TELLS = """
from pathlib import Path
Path('logs/told').touch()
"""


@pytest.mark.parametrize(("before", "code", "told"), [("", 0, 0), (TELLS, 1, 0), ("", 1, 1), ("", 2, 1), ("", -9, 1)])
def test_only_what_the_run_could_not_tell_itself_is_told(
    before: str, code: int, told: int, install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    how = f"os.kill(os.getpid(), {-code})" if code < 0 else f"print('uma variável está errada'); sys.exit({code})"
    plan = install(before + how, NUBANK_NOTIFICATIONS="console")
    assert main([plan.home]) == code
    out = capfd.readouterr().out
    assert out.count("Nubank: a atualização falhou") == told
    assert out.count("uma variável está errada") == (told if code > 0 else 0)


def test_settings_that_are_wrong_end_in_the_log(install: Install) -> None:
    plan = install("sys.exit(2)", NUBANK_NOTIFICATIONS="pombo")
    assert main([plan.home]) == 2
    assert "NUBANK_NOTIFICATIONS" in log_of(Path(plan.home)).read_text()


def test_a_home_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="não há execução diária"):
        main([str(tmp_path / "gone")])
    assert not (tmp_path / "gone").exists()


def _start(plan: Plan) -> "subprocess.Popen[str]":
    """As the system starts it: in another folder, with little environment."""
    command = [sys.executable, *plan.command[1:]]
    return subprocess.Popen(command, cwd="/", env={"PATH": "/usr/bin:/bin"}, text=True, stderr=subprocess.PIPE)


def _wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_two_starts_at_once_are_one_run_and_stopping_it_stops_the_run(install: Install) -> None:
    plan = install("print('pid', os.getpid(), flush=True); time.sleep(600)")
    log = log_of(Path(plan.home))
    first = _start(plan)
    _wait_for(lambda: log.exists() and "pid" in log.read_text())
    second = _start(plan)
    assert second.wait(60) == 0
    assert log.read_text().count("pid") == 1
    first.send_signal(signal.SIGTERM)
    assert first.wait(60) == 128 + signal.SIGTERM
    pid = int(log.read_text().split("pid ")[1])
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(pid)
    record = read_record(Path(plan.home))
    assert record is not None
    assert record.ended is None


def test_a_real_home_from_the_plan_to_the_workbook(tmp_path: Path) -> None:
    home = demo_home(tmp_path / "casa nova 100%", months=1)
    plan = make_plan(home.settings, 8, 5)
    write_plan(Plan(**{**json.loads((_written(plan)).read_text()), "installed": "2026-11-01T00:00:00+00:00"}))
    assert _start(plan).wait(300) == 0, log_of(home.settings.home).read_text()
    assert home.settings.workbook_path.exists()
    record = read_record(home.settings.home)
    assert record is not None
    assert record.exit_code == 0
    assert any(str(home.settings.workbook_path) in line for line in record.last_lines)


def _written(plan: Plan) -> Path:
    write_plan(plan)
    return Path(plan.home) / "schedule.json"


def test_a_plan_comes_back_and_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_SMTP_PASSWORD", "s3cr3t")
    monkeypatch.setenv("NUBANK_PLUGGY_CLIENT_SECRET", "s3cr3t")
    monkeypatch.setenv("NUBANK_HOLDER_NAMES", "Ana;João")
    plan = make_plan(load_settings(), 23, 59)
    file = _written(plan)
    assert read_plan(Path(plan.home)) == plan
    assert plan.environment["NUBANK_HOLDER_NAMES"] == "Ana;João"
    assert "s3cr3t" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("home", ["/tmp/a\nb", "/tmp/a\x1bb", "/tmp/a\udcffb"])
def test_a_path_no_timer_can_carry(home: str) -> None:
    with pytest.raises(InputError, match="este caminho tem caracteres"):
        make_plan(load_settings().model_copy(update={"home": Path(home)}), 8, 5)


@pytest.mark.parametrize("content", ["", "[]", '{"home": "/h"}'])
def test_a_damaged_plan_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / "schedule.json").write_text(content)
    with pytest.raises(InputError, match="o agendamento está danificado"):
        read_plan(tmp_path)
