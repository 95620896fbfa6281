"""`nubank run` tells by SNS, and shares its marks with the daemon: once, and not lost where no daemon ticks."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dagster as dg
import psutil
import pytest

from nubank_assets.local_home import lock_home
from nubank_assets.scheduling.daily import run_daily
from nubank_assets.scheduling.plan import make_plan
from nubank_assets.sensors.untold_runs import tell_untold
from nubank_assets.settings import Settings, load_settings
from nubank_assets_tests.fakes.homes import import_files
from nubank_assets_tests.fakes.inboxes import Reader, attribute, make_reader
from nubank_assets_tests.fakes.troubled_aws import DENIED, TroubledAws, troubled_aws

NUBANK = str(Path(sys.executable).parent / "nubank")
HEADER = "date,title,amount\n"


@pytest.fixture
def reader(aws: str) -> Reader:
    return make_reader()


@pytest.fixture
def troubled(aws: str) -> Iterator[TroubledAws]:
    with troubled_aws(aws) as running:
        yield running


@pytest.fixture
def settings(reader: Reader, tmp_path: Path) -> Settings:
    """A home with two bills and a gap between them: two runs of Dagster."""
    settings = load_settings(notifications=("sns",), sns_topic=reader.topic, page_url="https://dagster.example.com/")
    files = [tmp_path / "Nubank_2026-01-10.csv", tmp_path / "Nubank_2026-04-10.csv"]
    for file in files:
        file.write_text(f"{HEADER}2025-12-14,Loja {file.stem},10.00\n2025-13-40,Data ruim,1.00\n")
    with lock_home(settings):
        import_files(settings, files)
    # Dagster makes its tables when they are first looked at, and two at once are in each other's way.
    assert runs_of(settings) == []
    return settings


def nubank_run(settings: Settings, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **settings.environment(), **more}
    return subprocess.run(
        [NUBANK, "run", *arguments], env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def daemon_tells(settings: Settings, later: float = 900) -> list[str]:
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        outcome = tell_untold(instance, settings, time.time() + later)
    assert not outcome.undelivered
    return list(outcome.told)


def runs_of(settings: Settings) -> list[dg.DagsterRun]:
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        return list(instance.get_runs())


def _wait_until_started(settings: Settings) -> dg.DagsterRun:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        for run in runs_of(settings):
            if run.status is dg.DagsterRunStatus.STARTED:
                return run
        time.sleep(0.05)
    raise TimeoutError("the run never started")


@pytest.mark.long
def test_a_command_of_two_runs_is_told_of_once(settings: Settings, reader: Reader) -> None:
    done = nubank_run(settings)
    assert done.returncode == 0, done.stderr
    assert daemon_tells(settings) == []
    started, succeeded = reader.read()
    runs = {run.run_id for run in runs_of(settings)}
    assert len(runs) == 2
    assert attribute(started, "run_id") == attribute(succeeded, "run_id")
    assert attribute(started, "run_id") in runs
    assert f"https://dagster.example.com/runs/{attribute(started, 'run_id')}\n" in succeeded["Message"]
    assert "Linhas nesses meses: 2. Linhas que não puderam ser lidas: 2." in succeeded["Message"]
    assert "2026-01 a 2026-04" in succeeded["Message"]


def test_what_the_command_could_not_send_the_daemon_sends(
    settings: Settings, reader: Reader, troubled: TroubledAws
) -> None:
    troubled.faults = [DENIED] * 99
    done = nubank_run(settings, AWS_ENDPOINT_URL_SNS=troubled.url)
    assert done.returncode == 0
    assert done.stderr.count("O aviso por sns não foi entregue: A AWS negou sns:Publish") == 2
    assert reader.read() == []
    (told,) = daemon_tells(settings)
    assert told.endswith(":succeeded")
    assert daemon_tells(settings) == []
    assert reader.ids() == [told]


def test_where_no_daemon_ticks_the_next_command_sends_it_first(
    settings: Settings, reader: Reader, troubled: TroubledAws
) -> None:
    troubled.faults = [DENIED] * 99
    assert nubank_run(settings, AWS_ENDPOINT_URL_SNS=troubled.url).returncode == 0
    assert nubank_run(settings, "--month", "2026-01").returncode == 0
    notices = reader.read()
    assert [attribute(notice, "status") for notice in notices] == ["succeeded", "started", "succeeded"]
    assert attribute(notices[0], "run_id") != attribute(notices[1], "run_id")


def test_what_failed_before_any_run_began_is_not_lost_either(
    settings: Settings, reader: Reader, troubled: TroubledAws
) -> None:
    """No run of Dagster's tells of it: the login is missing."""
    troubled.faults = [DENIED] * 99
    changed = settings.model_copy(update={"sources": ("pynubank",)})
    assert nubank_run(changed, AWS_ENDPOINT_URL_SNS=troubled.url).returncode == 2
    assert runs_of(settings) == []
    (told,) = daemon_tells(settings)
    (notice,) = reader.read()
    assert told.endswith(":failed")
    assert "nubank login" in notice["Message"]
    assert daemon_tells(settings) == []


def test_a_command_that_was_killed_is_told_of_by_the_next(
    settings: Settings, reader: Reader, troubled: TroubledAws
) -> None:
    environment = {**os.environ, **settings.environment()}
    process = subprocess.Popen([NUBANK, "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    dead = _wait_until_started(settings)
    process.kill()
    process.wait(60)
    assert nubank_run(settings, "--month", "2026-01").returncode == 0
    told = reader.ids()
    notice = dead.tags["nubank/notice"]
    assert told[:2] == [f"{notice}:started", f"{notice}:failed"]
    assert [one.split(":")[1] for one in told[2:]] == ["started", "succeeded"]
    assert daemon_tells(settings) == []


def test_a_wrong_topic_stops_the_command_before_it_runs(settings: Settings) -> None:
    done = nubank_run(settings, NUBANK_SNS_TOPIC="nubank")
    assert done.returncode == 2
    assert done.stderr.startswith("NUBANK_SNS_TOPIC: 'nubank' não é o ARN de um tópico")
    assert runs_of(settings) == []
    done = nubank_run(settings, NUBANK_SNS_TOPIC="", NUBANK_LOCALE="en")
    assert done.stderr.startswith("NUBANK_NOTIFICATIONS asks for sns, but NUBANK_SNS_TOPIC is missing")


def test_a_command_that_a_person_interrupts_is_told_of_as_canceled(settings: Settings, reader: Reader) -> None:
    """Dagster keeps its run as failed; that is not told of beside it."""
    environment = {**os.environ, **settings.environment()}
    process = subprocess.Popen([NUBANK, "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait_until_started(settings)
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 1
    assert daemon_tells(settings) == []
    notices = reader.read()
    assert [attribute(notice, "status") for notice in notices] == ["started", "canceled"], notices[-1]["Message"]


def test_the_daily_run_tells_under_the_id_of_the_command_that_it_ended(
    settings: Settings, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make_plan(settings, 8, 0)
    for name, value in plan.environment.items():
        monkeypatch.setenv(name, value)
    (settings.home / "logs").mkdir(mode=0o700)
    with ThreadPoolExecutor() as pool:
        code = pool.submit(run_daily, plan, 3600)
        run = _wait_until_started(settings)
        (child,) = (one for one in psutil.Process().children() if "nubank_assets" in one.cmdline())
        child.kill()
        assert code.result(120) != 0
    (failed,) = [notice for notice in reader.read() if attribute(notice, "status") == "failed"]
    assert attribute(failed, "run_id") == run.tags["nubank/notice"]
    assert nubank_run(settings, "--month", "2026-01").returncode == 0
    assert reader.statuses() == ["started", "succeeded"]
    assert daemon_tells(settings) == []
