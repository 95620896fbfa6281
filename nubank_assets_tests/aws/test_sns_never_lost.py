"""Every run is told of by SNS, once: with the daemon's ticks, while SNS fails, after restarts, for backfills."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest
from dagster._core.execution.backfill import BulkActionStatus, PartitionBackfill

from nubank_assets.definitions import build_definitions
from nubank_assets.jobs import range_tags
from nubank_assets.local_home import prepare_home
from nubank_assets.notifications.channels import notify
from nubank_assets.notifications.events import RunEvent
from nubank_assets.sensors.marks import InstanceMarks
from nubank_assets.sensors.run_status import (
    run_canceled_sensor,
    run_failed_sensor,
    run_started_sensor,
    run_succeeded_sensor,
)
from nubank_assets.sensors.untold_runs import tell_untold, untold_runs_sensor
from nubank_assets.settings import Settings, load_settings
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.inboxes import Reader, make_reader
from nubank_assets_tests.fakes.lake import make_lake
from nubank_assets_tests.fakes.troubled_aws import BROKEN, DENIED, Fault, TroubledAws, troubled_aws

#: A quarter of an hour: those who tell as it happens had their time.
LATER = 900
SENSORS = (run_started_sensor, run_succeeded_sensor, run_failed_sensor, run_canceled_sensor)


@dg.op
def work(context: dg.OpExecutionContext) -> None:
    """Fails where the run says so."""
    if "fail" in context.run.tags:
        raise ValueError("2026-10 quebrou")


@dg.job
def monthly() -> None:
    """Any job."""
    work()


@pytest.fixture
def reader(aws: str) -> Reader:
    return make_reader()


@pytest.fixture
def troubled(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledAws]:
    with troubled_aws(aws) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", running.url)
        yield running


class Daemon:
    """Dagster's daemon as far as it evaluates sensors: it keeps their cursors, and can be started anew."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cursors: dict[str, str | None] = {}
        self.errors: list[str] = []

    def instance(self) -> dg.DagsterInstance:
        return dg.DagsterInstance.from_config(str(self.settings.dagster_home))

    def tick(self, *sensors: dg.SensorDefinition) -> None:
        resources = {"notifications": (build_definitions(self.settings).resources or {})["notifications"]}
        with self.instance() as instance:
            for sensor in sensors or (*SENSORS, untold_runs_sensor):
                cursor = self.cursors.get(sensor.name)
                with dg.build_sensor_context(instance=instance, cursor=cursor, resources=resources) as context:
                    try:
                        outcome = sensor.evaluate_tick(context)
                    except Exception as error:  # noqa: BLE001 - as the daemon does
                        self.errors.append(str(error.__cause__ or error))
                        continue
                    self.cursors[sensor.name] = outcome.cursor
                    self.errors += [str(r.error) for r in outcome.dagster_run_reactions or [] if r.error]

    def run(self, **tags: str) -> str:
        with self.instance() as instance:
            made = {**range_tags("2026-10", "2026-12"), **{name.replace("__", "/"): v for name, v in tags.items()}}
            return monthly.execute_in_process(instance=instance, raise_on_error=False, tags=made).run_id

    def tell_untold(self, now: float | None = None) -> list[str]:
        with self.instance() as instance:
            return list(tell_untold(instance, self.settings, now or time.time() + LATER).undelivered)


@pytest.fixture
def daemon(reader: Reader) -> Daemon:
    settings = load_settings(notifications=("sns",), sns_topic=reader.topic)
    prepare_home(settings)
    make_lake(settings.home, transactions=[{"month": "2026-10"}])
    made = Daemon(settings)
    made.tick()
    return made


def test_a_run_is_told_of_once_however_often_is_looked(daemon: Daemon, reader: Reader) -> None:
    good, bad = daemon.run(), daemon.run(fail="yes")
    for _ in range(3):
        daemon.tick()
        assert daemon.tell_untold() == []
    expected = [f"{good}:started", f"{good}:succeeded", f"{bad}:started", f"{bad}:failed"]
    assert sorted(reader.ids()) == sorted(expected)
    assert daemon.errors == []


def test_what_a_failed_run_says(daemon: Daemon, reader: Reader) -> None:
    daemon.run(fail="yes")
    daemon.tick(run_failed_sensor)
    (notice,) = reader.read()
    assert notice["Subject"] == "Nubank: a atualizacao falhou (2026-10 a 2026-12)"
    assert "2026-10 quebrou" in notice["Message"]


@pytest.mark.parametrize("fault", [BROKEN, DENIED, (400, "Throttling")])
def test_what_sns_refuses_for_a_while_is_told_when_it_takes_it_again(
    fault: Fault, daemon: Daemon, reader: Reader, troubled: TroubledAws
) -> None:
    run = daemon.run()
    troubled.faults = [fault] * 1000
    daemon.tick()
    assert len(daemon.errors) == 2
    assert all("O aviso por sns não foi entregue" in error for error in daemon.errors)
    now = time.time() + LATER
    assert len(daemon.tell_untold(now)) == 1
    assert reader.read() == []
    troubled.faults = []
    daemon.tick()
    assert daemon.tell_untold(now + 3600) == []
    assert reader.ids() == [f"{run}:succeeded"]
    daemon.tick()
    assert daemon.tell_untold(now + 7200) == []
    assert reader.ids() == []


def test_a_channel_that_fails_is_asked_less_and_less(daemon: Daemon, troubled: TroubledAws) -> None:
    daemon.run()
    daemon.run()
    troubled.faults = [DENIED] * 1000
    now = time.time() + LATER
    asked = []
    for minute in range(120):
        before = len(troubled.calls)
        daemon.tell_untold(now + minute * 60)
        asked += [minute] if len(troubled.calls) > before else []
    assert asked == [0, 1, 3, 7, 15, 31, 63]
    assert len(troubled.calls) == len(asked)


def test_a_daemon_that_was_away_tells_of_the_ends_and_drops_the_starts(daemon: Daemon, reader: Reader) -> None:
    runs = [daemon.run() for _ in range(3)]
    restarted = Daemon(daemon.settings)
    assert restarted.tell_untold() == []
    assert reader.ids() == [f"{run}:succeeded" for run in runs]
    # Its run-status sensors begin anew, or go on where they were: nothing is left to tell.
    restarted.tick()
    daemon.tick()
    assert reader.ids() == []


def test_at_most_five_a_tick(daemon: Daemon, reader: Reader) -> None:
    runs = [daemon.run() for _ in range(7)]
    daemon.tell_untold()
    assert reader.ids() == [f"{run}:succeeded" for run in runs[:5]]
    daemon.tell_untold()
    assert reader.ids() == [f"{run}:succeeded" for run in runs[5:]]


def _start(daemon: Daemon) -> dg.DagsterRun:
    with daemon.instance() as instance:
        run = instance.create_run_for_job(monthly, tags=range_tags("2026-10", "2026-10"))
        event = dg.DagsterEvent(event_type_value=dg.DagsterEventType.RUN_START.value, job_name="monthly")
        instance.report_dagster_event(event, run.run_id)
        return run


def test_a_start_that_sns_refused_is_told_while_the_run_goes_on(
    daemon: Daemon, reader: Reader, troubled: TroubledAws
) -> None:
    run = _start(daemon)
    troubled.faults = [DENIED]
    daemon.tick(run_started_sensor)
    assert len(daemon.errors) == 1
    daemon.tell_untold()
    assert reader.ids() == [f"{run.run_id}:started"]
    with daemon.instance() as instance:
        instance.report_run_canceled(run)
    daemon.tick()
    assert daemon.tell_untold() == []
    assert reader.ids() == [f"{run.run_id}:canceled"]


def test_those_who_tell_as_it_happens_have_their_time(daemon: Daemon, reader: Reader) -> None:
    daemon.run()
    assert daemon.tell_untold(time.time()) == []
    assert reader.ids() == []
    daemon.tell_untold()
    assert len(reader.ids()) == 1


def test_a_new_installation_does_not_tell_of_the_past(reader: Reader) -> None:
    settings = load_settings(notifications=("sns",), sns_topic=reader.topic)
    prepare_home(settings)
    daemon = Daemon(settings)
    daemon.run()
    for _ in range(2):
        daemon.tick()
        daemon.tell_untold()
    assert reader.ids() == []
    after = daemon.run()
    daemon.tell_untold()
    assert reader.ids() == [f"{after}:succeeded"]


def test_a_channel_that_is_chosen_later_tells_from_then_on(
    daemon: Daemon, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    daemon.run()
    daemon.tell_untold()
    daemon.settings = daemon.settings.model_copy(update={"notifications": ("sns", "console")})
    daemon.tell_untold(time.time())
    second = daemon.run()
    daemon.tell_untold()
    out = capsys.readouterr().out
    assert out.count("Nubank: ") == 1
    assert f"{second}:succeeded" in out
    assert len(reader.ids()) == 2


def test_a_channel_that_was_given_up_for_a_while_does_not_tell_of_that_time(daemon: Daemon, reader: Reader) -> None:
    chosen = daemon.settings
    daemon.settings = chosen.model_copy(update={"notifications": ()})
    daemon.tick()
    daemon.run()
    daemon.tick()
    daemon.settings = chosen
    daemon.tick()
    daemon.tell_untold()
    assert reader.ids() == []


def test_what_happened_over_a_week_ago_is_no_news(daemon: Daemon, reader: Reader) -> None:
    daemon.run()
    daemon.tell_untold(time.time() + 8 * 24 * 3600)
    assert reader.ids() == []


@pytest.mark.parametrize(("failed", "status"), [pytest.param(0, "succeeded", marks=pytest.mark.long), (2, "failed")])
def test_a_backfill_of_24_months_is_one_digest(failed: int, status: str, daemon: Daemon, reader: Reader) -> None:
    with daemon.instance() as instance:
        backfill = PartitionBackfill(
            backfill_id="abcdefgh", status=BulkActionStatus.REQUESTED, from_failure=False, tags={},
            backfill_timestamp=time.time(), partition_names=[],
        )  # fmt: skip
        instance.add_backfill(backfill)
    for month in range(24):
        tags = {"dagster__backfill": "abcdefgh", **({"fail": "yes"} if month < failed else {})}
        daemon.run(**tags)
        if month % 10 == 0:
            daemon.tick()
            daemon.tell_untold()
    assert reader.ids() == []
    with daemon.instance() as instance:
        instance.update_backfill(backfill.with_status(BulkActionStatus.COMPLETED_SUCCESS))  # type: ignore[no-untyped-call]
    for _ in range(3):
        daemon.tick()
        assert daemon.tell_untold() == []
    (notice,) = reader.read()
    assert f"Execuções: 24, das quais {failed} não terminaram bem." in notice["Message"]
    assert f"Aviso abcdefgh:{status} " in notice["Message"]


def test_two_who_tell_of_the_same_run_at_once_send_once(daemon: Daemon, reader: Reader) -> None:
    event = RunEvent("succeeded", ("2026-10",), run_id="4f1c")

    def tell() -> None:
        with daemon.instance() as instance:
            credentials = LocalCredentials(daemon.settings.secrets_folder)
            assert notify(daemon.settings, credentials, event, InstanceMarks(instance)) == []

    threads = [threading.Thread(target=tell) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert reader.ids() == ["4f1c:succeeded"]


def _plans() -> Iterator[Any]:
    """Each fault at each of the calls of a run's two notices, alone and for long."""
    for fault in (BROKEN, DENIED, (400, "Throttling"), "lost"):
        for before in range(4):
            for times in (1, 2, 5):
                few = times == 1 and fault != (400, "Throttling")
                marks = [] if few else [pytest.mark.long]
                yield pytest.param([None] * before + [fault] * times, id=f"{fault}-{before}-{times}", marks=marks)


@pytest.mark.parametrize("plan", _plans())
def test_wherever_it_fails_nothing_is_lost_and_only_a_lost_answer_doubles(
    plan: list[Fault | None], daemon: Daemon, reader: Reader, troubled: TroubledAws
) -> None:
    troubled.faults = list(plan)
    run = daemon.run()
    now = time.time() + LATER
    for hour in range(6):
        daemon.tick()
        daemon.tell_untold(now + hour * 3600)
    told = reader.ids()
    assert f"{run}:succeeded" in told
    lost = [fault for _, fault in troubled.calls if fault == "lost"]
    assert len(told) - len(set(told)) <= len(lost)
    assert set(told) <= {f"{run}:started", f"{run}:succeeded"}
