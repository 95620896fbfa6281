"""The run status sensors on a real instance: which runs they tell of, what they say, and what fails them."""

import re
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest

from nubank_assets.definitions import build_definitions
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.local_home import prepare_home
from nubank_assets.sensors.run_status import (
    run_canceled_sensor,
    run_failed_sensor,
    run_started_sensor,
    run_succeeded_sensor,
)
from nubank_assets.sensors.untold_runs import untold_runs_sensor
from nubank_assets.settings import Settings, load_settings
from nubank_assets_tests.fakes.lake import make_lake

RANGE = {"dagster/asset_partition_range_start": "2026-10", "dagster/asset_partition_range_end": "2026-12"}
SENSORS = (run_started_sensor, run_succeeded_sensor, run_failed_sensor, run_canceled_sensor)


@dg.asset
def works() -> None:
    """Nothing can go wrong."""


@dg.asset(check_specs=[dg.AssetCheckSpec("lines_add_up", asset="breaks")])
def breaks() -> Iterator[dg.AssetCheckResult]:
    """A failed check, and the error that follows from it."""
    yield dg.AssetCheckResult(passed=False, description="2026-10 perdeu uma linha")
    raise PermanentError("2026-10 não foi publicado.")


@dg.asset
def raises() -> None:
    """No check, only an error."""
    raise PermanentError("2026-10 não foi publicado.")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """The one that Dagster's page and daemon have: with the home's own event log."""
    settings = load_settings()
    prepare_home(settings)
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as made:
        yield made


def settings_with(*channels: str, **changes: Any) -> Settings:
    return load_settings(notifications=channels, **changes)


def tick(
    sensor: dg.SensorDefinition, settings: Settings, instance: dg.DagsterInstance, cursor: str | None
) -> tuple[Any, list[Any]]:
    """One evaluation as the daemon does it: the cursor after it, and what came out."""
    resources = build_definitions(settings).resources or {}
    with dg.build_sensor_context(instance=instance, cursor=cursor, resources=dict(resources)) as context:
        outcome = sensor.evaluate_tick(context)
    return outcome.cursor, [outcome.skip_message, *(outcome.dagster_run_reactions or [])]


def run_and_tick(
    asset: dg.AssetsDefinition, settings: Settings, instance: dg.DagsterInstance, tags: dict[str, str] | None = None
) -> list[Any]:
    """Start the sensors, run the asset, and let each sensor look: what came out, in the order of SENSORS."""
    cursors = [tick(sensor, settings, instance, None)[0] for sensor in SENSORS]
    dg.materialize([asset], instance=instance, raise_on_error=False, tags={**RANGE, **(tags or {})})
    return [tick(sensor, settings, instance, cursor)[1] for sensor, cursor in zip(SENSORS, cursors, strict=True)]


def test_a_run_that_succeeds(instance: dg.DagsterInstance, capsys: pytest.CaptureFixture[str]) -> None:
    settings = settings_with("console")
    make_lake(settings.home, transactions=[{"month": "2026-10"}])
    run_and_tick(works, settings, instance)
    out = capsys.readouterr().out
    assert out.count("Nubank: a atualização começou (2026-10 a 2026-12)") == 1
    assert out.count("Nubank: tudo atualizado (2026-10 a 2026-12)") == 1
    assert "Linhas nesses meses: 1." in out
    assert str(settings.workbook_path) in out
    assert "falhou" not in out


@pytest.mark.parametrize(
    ("asset", "reason"),
    [(breaks, "lines_add_up: 2026-10 perdeu uma linha"), (raises, "2026-10 não foi publicado.")],
)
def test_a_run_that_fails(
    asset: dg.AssetsDefinition, reason: str, instance: dg.DagsterInstance, capsys: pytest.CaptureFixture[str]
) -> None:
    run_and_tick(asset, settings_with("console"), instance)
    out = capsys.readouterr().out
    assert out.count("Nubank: a atualização falhou (2026-10 a 2026-12)") == 1
    assert re.search(f"- {reason}\n", out)
    assert "tudo atualizado" not in out


def test_the_command_tells_of_its_own_runs(instance: dg.DagsterInstance, capsys: pytest.CaptureFixture[str]) -> None:
    came_out = run_and_tick(works, settings_with("console"), instance, tags={"nubank/command": "run"})
    assert "nubank run" in str(came_out[1][0])
    assert capsys.readouterr().out == ""


def test_a_run_that_somebody_ends(instance: dg.DagsterInstance, capsys: pytest.CaptureFixture[str]) -> None:
    settings = settings_with("console")
    _, cursor = [tick(sensor, settings, instance, None)[0] for sensor in (run_succeeded_sensor, run_canceled_sensor)]
    run = instance.create_run_for_job(
        dg.define_asset_job("j").resolve(asset_graph=dg.Definitions([works]).resolve_asset_graph()), tags=RANGE
    )
    instance.report_run_canceled(run)
    tick(run_canceled_sensor, settings, instance, cursor)
    tick(run_canceled_sensor, settings, instance, cursor)
    assert capsys.readouterr().out.count("Nubank: a atualização foi cancelada (2026-10 a 2026-12)") == 1


def test_without_a_channel_nothing_is_told(instance: dg.DagsterInstance, capsys: pytest.CaptureFixture[str]) -> None:
    came_out = run_and_tick(works, settings_with(), instance)
    assert "NUBANK_NOTIFICATIONS" in str(came_out[0][0])
    assert capsys.readouterr().out == ""


def test_what_cannot_be_delivered_fails_the_tick_and_not_the_run(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    came_out = run_and_tick(works, settings_with("desktop"), instance)
    reactions = [reaction for _, *some in came_out[:2] for reaction in some]
    assert [RetryableError.__name__ in str(reaction.error) for reaction in reactions] == [True, True]
    assert all("O aviso por desktop não foi entregue" in str(reaction.error) for reaction in reactions)
    (run,) = instance.get_runs()
    assert run.status is dg.DagsterRunStatus.SUCCESS


def test_a_sensor_called_by_hand(instance: dg.DagsterInstance, capsys: pytest.CaptureFixture[str]) -> None:
    """A run of one month, started on the page."""
    done = dg.materialize([works], instance=instance, tags={"dagster/partition": "2026-10"})
    resources = build_definitions(settings_with("console")).resources or {}
    context = dg.build_run_status_sensor_context(
        sensor_name=run_succeeded_sensor.name,
        dagster_event=done.get_run_success_event(),
        dagster_instance=instance,
        dagster_run=done.dagster_run,
        resources={"notifications": resources["notifications"]},
    )
    assert run_succeeded_sensor(context) is None
    assert "Nubank: tudo atualizado (2026-10)\n" in capsys.readouterr().out


def test_all_are_in_the_definitions_and_run_by_default() -> None:
    sensors = {sensor.name: sensor for sensor in build_definitions(load_settings()).sensors or []}
    for sensor in (*SENSORS, untold_runs_sensor):
        assert sensors[sensor.name].default_status is dg.DefaultSensorStatus.RUNNING
