"""`nubank schedule` as a process, with a `systemctl` of its own on the path; and what doctor is told."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nubank_assets.scheduling.commands import Answer, call_system
from nubank_assets.scheduling.looking import look_at_schedule
from nubank_assets.scheduling.plan import name_of, read_plan, write_plan
from nubank_assets.scheduling.records import DailyRun, log_of, write_record
from nubank_assets.scheduling.schedulers import scheduler_of
from nubank_assets.settings import Settings, load_settings
from nubank_assets_tests.scheduling.fakes import FakeSystem, plan_of

#: Writes down how it is called; `show` answers as systemd does, and `$REFUSES` names what it refuses.
SYSTEMCTL = """\
#!/bin/sh
echo "$@" >> "$CALLS"
case "$*" in
  *"$REFUSES"*) echo "Failed to connect to bus: No medium found" >&2; exit 1;;
  *NextElapse*) echo "Tue 2026-11-24 09:30:00 -03";;
esac
"""

Nubank = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """What systemctl was asked, a line each."""
    return tmp_path / "calls"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "casa 100% da Ana"


@pytest.fixture
def nubank(tmp_path: Path, calls: Path, home: Path) -> Nubank:
    """Run `nubank --home HOME schedule …`; environment variables as keywords."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "systemctl").write_text(SYSTEMCTL)
    (programs / "systemctl").chmod(0o700)

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        given = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "CALLS": str(calls),
            "REFUSES": "nothing",
        }
        return subprocess.run(
            [sys.executable, "-m", "nubank_assets", "--home", str(home), "schedule", *arguments],
            env={**os.environ, **given, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_install_status_remove(nubank: Nubank, home: Path, calls: Path, tmp_path: Path) -> None:
    units = tmp_path / "config" / "systemd" / "user"
    assert "Não há execução diária" in nubank("status").stdout
    for at in ("07:00", "9:30"):
        done = nubank("install", "--at", at, NUBANK_HOLDER_NAMES="Ana;João")
        assert (done.returncode, done.stderr) == (0, "")
    assert f"todo dia às 09:30, com os dados em {home}" in done.stdout
    plan = read_plan(home)
    assert plan is not None
    assert plan.environment["NUBANK_HOLDER_NAMES"] == "Ana;João"
    assert {path.name for path in units.iterdir()} == {f"{name_of(home)}.timer", f"{name_of(home)}.service"}
    assert "OnCalendar=*-*-* 09:30:00\n" in (units / f"{name_of(home)}.timer").read_text()
    assert f"--user enable {name_of(home)}.timer" in calls.read_text()
    status = nubank("status")
    assert status.returncode == 0
    assert "Execução diária às 09:30; a próxima: Tue 2026-11-24 09:30:00 -03." in status.stdout
    assert "ainda não rodou" in status.stdout
    for _ in range(2):
        assert nubank("remove").returncode == 0
        assert not list(units.iterdir())
        assert read_plan(home) is None
    assert "Não há execução diária" in nubank("status").stdout


def test_without_systemd_the_crontab_line_is_told(nubank: Nubank, home: Path) -> None:
    done = nubank("install", REFUSES="--user")
    assert done.returncode == 2
    line = done.stderr.splitlines()[-1]
    assert line.startswith("0 8 * * * ")
    assert line.endswith(f" -P -m nubank_assets.scheduling.daily '{str(home).replace('%', chr(92) + '%')}'")
    # What the line starts is there.
    assert read_plan(home) is not None
    status = nubank("status", REFUSES="--user")
    assert status.returncode == 0
    assert "se a linha está no seu crontab" in status.stdout
    assert "apague-a com `crontab -e`" in nubank("remove", REFUSES="--user").stdout


def test_a_refusal_leaves_nothing(nubank: Nubank, home: Path, tmp_path: Path) -> None:
    done = nubank("install", REFUSES="enable")
    assert done.returncode == 1
    assert "nada ficou instalado" in done.stderr
    assert not list((tmp_path / "config" / "systemd" / "user").iterdir())
    assert read_plan(home) is None


def test_needed_secrets_of_the_terminal_are_kept_and_others_are_not(nubank: Nubank, home: Path) -> None:
    mail = {
        "NUBANK_NOTIFICATIONS": "smtp", "NUBANK_SMTP_HOST": "127.0.0.1", "NUBANK_SMTP_USER": "ana",
        "NUBANK_NOTIFY_FROM": "ana@example.com", "NUBANK_NOTIFY_TO": "ana@example.com",
    }  # fmt: skip
    secrets = {
        f"NUBANK_{name}": f"s3cr3t-{name}"
        for name in ("SMTP_PASSWORD", "PLUGGY_CLIENT_ID", "PLUGGY_CLIENT_SECRET", "GOOGLE_SERVICE_ACCOUNT", "PASSWORD")
    }
    done = nubank("install", **mail, **secrets)
    assert done.returncode == 0, done.stderr
    kept = home / "secrets"
    assert {path.name: path.read_text() for path in kept.iterdir()} == {"smtp_password": "s3cr3t-SMTP_PASSWORD"}
    assert (kept / "smtp_password").stat().st_mode & 0o777 == 0o600
    assert "NUBANK_SMTP_PASSWORD está só neste terminal" in done.stdout
    again = nubank("install", NUBANK_SOURCES="pluggy", NUBANK_DESTINATIONS="workbook,sheets", **mail, **secrets)
    assert "NUBANK_SMTP_PASSWORD" not in again.stdout
    assert sorted(path.name for path in kept.iterdir()) == [
        "google_service_account",
        "pluggy_client_id",
        "pluggy_client_secret",
        "smtp_password",
    ]
    everything = done.stdout + done.stderr + again.stdout + (home / "schedule.json").read_text()
    assert "s3cr3t" not in everything


def test_a_missing_login_is_said_and_a_password_is_never_kept(nubank: Nubank, home: Path) -> None:
    login = {"NUBANK_SOURCES": "pynubank", "NUBANK_NUBANK_CPF": "1", "NUBANK_NUBANK_PASSWORD": "s3cr3t"}
    done = nubank("install", **login)
    assert done.returncode == 0
    assert "rode `nubank login`" in done.stdout
    assert not (home / "secrets").exists()
    (home / "secrets").mkdir()
    (home / "secrets" / "nubank_refresh_token_ana").write_text("token")
    assert "nubank login" not in nubank("install", **login).stdout


def test_a_notification_without_its_settings_is_an_error_at_once(nubank: Nubank, home: Path) -> None:
    done = nubank("install", NUBANK_NOTIFICATIONS="smtp")
    assert done.returncode == 2
    assert "NUBANK_SMTP_HOST" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize("at", ["8", "24:00", "08:60", "8h", "08:00:00", "-1:00", "٠٨:٠٠"])
def test_what_is_no_time_of_day(at: str, nubank: Nubank) -> None:
    done = nubank("install", "--at", at)
    assert done.returncode == 2
    assert "HH:MM" in done.stderr


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Of a home with an installed plan."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = load_settings()
    settings.home.mkdir()
    plan = plan_of(settings.home, sys.executable)
    write_plan(plan)
    scheduler_of("linux", FakeSystem()).install(plan)
    return settings


@pytest.mark.parametrize(
    ("run", "is_right", "says"),
    [
        (DailyRun("2026-11-23T08:05:01-03:00", "2026-11-23T08:06:00-03:00", 0), True, "deu certo: de 2026-11-23 08:05"),
        (DailyRun("2026-11-23T08:05:01-03:00", "2026-11-23T08:06:00-03:00", 1), False, "falhou (código 1)"),
        (DailyRun("2026-11-23T08:05:01-03:00", "2026-11-23T10:05:01-03:00", 124, True), False, "demorou demais"),
        (DailyRun("2026-11-23T08:05:01-03:00"), None, "ainda roda, ou foi cortada"),
    ],
)
def test_what_is_said_of_the_last_run(run: DailyRun, is_right: bool | None, says: str, settings: Settings) -> None:
    write_record(settings.home, run)
    (installed, _), (right, sentence) = look_at_schedule(settings, scheduler_of("linux", FakeSystem()))
    assert installed is True
    assert right is is_right
    assert says in sentence
    assert str(log_of(settings.home)) in sentence


def test_a_timer_that_was_stopped_is_wrong(settings: Settings) -> None:
    stopped = FakeSystem({"is-active": [Answer(3, "inactive")]})
    (first, _) = look_at_schedule(settings, scheduler_of("linux", stopped))
    assert first[0] is False
    assert "não está mais ativa" in first[1]


def test_an_interpreter_that_is_gone_is_wrong(settings: Settings) -> None:
    write_plan(plan_of(settings.home, "/gone/python"))
    (first, _) = look_at_schedule(settings, scheduler_of("linux", FakeSystem()))
    assert first == (
        False,
        "A execução diária não vai funcionar: /gone/python não existe mais; rode de novo `nubank schedule install`.",
    )


def test_a_damaged_plan_is_wrong(settings: Settings) -> None:
    (settings.home / "schedule.json").write_text("{")
    ((is_right, sentence),) = look_at_schedule(settings)
    assert is_right is False
    assert "danificado" in sentence


def test_where_nothing_was_installed_the_system_is_not_asked() -> None:
    system = FakeSystem()
    ((is_right, sentence),) = look_at_schedule(load_settings(), scheduler_of("linux", system))
    assert is_right is None
    assert "Não há execução diária" in sentence
    assert not system.calls


def test_programs_that_are_missing_or_do_not_end() -> None:
    assert call_system(["no-such-program-here"]).code == 127
    assert call_system(["sh", "-c", "echo a; echo b >&2; exit 3"]) == Answer(3, "a\nb")


@pytest.mark.parametrize(
    ("platform", "program"), [("linux", "systemctl"), ("darwin", "launchctl"), ("win32", "schtasks")]
)
def test_each_platform_is_asked_by_its_own_program(platform: str, program: str) -> None:
    system = FakeSystem()
    assert scheduler_of(platform, system).is_there()
    assert system.calls[0][0] == program
