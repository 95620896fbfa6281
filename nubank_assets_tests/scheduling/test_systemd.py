"""systemd's units: what they say, that systemd itself reads them, and what is asked of it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given

from nubank_assets.domain.failures import PermanentError
from nubank_assets.scheduling.commands import Answer
from nubank_assets.scheduling.schedulers import Registered, crontab_line
from nubank_assets.scheduling.systemd import Systemd, units
from nubank_assets_tests.scheduling.fakes import NASTY, PATHS, FakeSystem, plan_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "systemd" / "user"


def read_command(service: str) -> list[str]:
    """What systemd starts: its words, unquoted as its manual says (systemd.service, Command lines)."""
    (line,) = re.findall(r"^ExecStart=:(.*)$", service, re.MULTILINE)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    return [re.sub(r"\\(.)", r"\1", quoted or bare).replace("%%", "%") for quoted, bare in words]


@given(PATHS, PATHS)
def test_paths_arrive_as_they_are(python: str, home: str) -> None:
    plan = plan_of(home, python)
    service, timer = units(plan)
    assert read_command(service)[3:] == list(plan.command)
    # No specifier is left, and no path can begin another line.
    assert "%" not in service.replace("%%", "")
    assert len(service.splitlines()) == len(units(plan_of("/h"))[0].splitlines())
    assert python not in timer


def test_what_systemd_starts_really_starts(tmp_path: Path) -> None:
    python = tmp_path / NASTY.replace("/", "_") / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!{sys.executable}\nimport sys\nprint(*sys.argv[1:], sep="|")\n')
    python.chmod(0o700)
    command = read_command(units(plan_of(NASTY, str(python)))[0])
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env={"HOME": "/wrong"})
    assert done.stdout == f"-P|-m|nubank_assets.scheduling.daily|{NASTY}\n"


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    service, timer = units(plan_of(NASTY, f"{NASTY}/python"))
    assert "OnCalendar=*-*-* 08:05:00\nPersistent=true\n" in timer
    (tmp_path / "n.service").write_text(service)
    (tmp_path / "n.timer").write_text(timer)
    if analyze := shutil.which("systemd-analyze"):
        done = subprocess.run(
            [analyze, "verify", "--user", str(tmp_path / "n.service"), str(tmp_path / "n.timer")],
            env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_install_writes_private_units_and_starts_the_timer(folder: Path) -> None:
    system, plan = FakeSystem(), plan_of("/home/ana/nubank")
    Systemd(system).install(plan)
    Systemd(system).install(plan)
    assert sorted(path.name for path in folder.iterdir()) == [f"{plan.name}.service", f"{plan.name}.timer"]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    once = ["daemon-reload", f"enable {plan.name}.timer", f"restart {plan.name}.timer"]
    assert system.verbs == once * 2
    assert all(call[:2] == ["systemctl", "--user"] for call in system.calls)


def test_a_refusal_is_said(folder: Path) -> None:
    system = FakeSystem({"enable": [Answer(1, "Failed to enable unit:\nAccess denied")]})
    with pytest.raises(PermanentError, match=r"systemctl .* \(Failed to enable unit: Access denied\)"):
        Systemd(system).install(plan_of("/h"))


def test_look_and_remove(folder: Path) -> None:
    system = FakeSystem({"show": [Answer(0, "Tue 2026-11-24 08:05:00 -03")]})
    systemd, plan, home = Systemd(system), plan_of("/home/ana"), Path("/home/ana")
    assert systemd.look(home) is None
    systemd.install(plan)
    assert systemd.look(home) == Registered(True, "Tue 2026-11-24 08:05:00 -03")
    assert systemd.look(Path("/home/bia")) is None
    system.answers["is-active"] = [Answer(3, "inactive")]
    assert systemd.look(home) == Registered(False)
    system.calls.clear()
    systemd.remove(home)
    systemd.remove(home)
    assert system.verbs == [f"disable --now {plan.name}.timer", "daemon-reload"]
    assert not list(folder.iterdir())


def test_without_a_session_there_is_no_systemd() -> None:
    assert Systemd(FakeSystem()).is_there()
    assert not Systemd(FakeSystem({"show": [Answer(1, "Failed to connect to bus: No medium found")]})).is_there()
    assert not Systemd(FakeSystem({"show": [Answer(127, "systemctl: No such file or directory")]})).is_there()


@given(PATHS)
def test_the_crontab_line_arrives_as_it_is(home: str) -> None:
    """cron takes away the escapes of `%` and gives the rest to the shell."""
    line = crontab_line(plan_of(home, "/bin/echo"))
    assert not re.search(r"(?<!\\)%", line)
    fields = line.replace(r"\%", "%").split(" ", 5)
    assert fields[:5] == ["5", "8", "*", "*", "*"]
    done = subprocess.run(["/bin/sh", "-c", fields[5]], capture_output=True, timeout=60, check=True)
    assert done.stdout.decode() == f"-P -m nubank_assets.scheduling.daily {home}\n"
