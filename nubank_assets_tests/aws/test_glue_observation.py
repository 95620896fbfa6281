"""Changes that others make in the catalog reach the page once; this Dagster's own do not come back to it."""

import time
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test

from nubank_assets.assets.declared import key_of
from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import TABLES
from nubank_assets.sensors.glue import glue_catalog_sensor
from nubank_assets.sensors.glue_observation import glue_observation_sensor
from nubank_assets_tests.aws.glue_instance import Ticks, dagster_home, run, settings_of
from nubank_assets_tests.aws.glue_lake import EXPENSES, SUMMARY, GlueLake


@pytest.fixture
def catalog(glue_lake: GlueLake) -> Iterator[Ticks]:
    """The sensor that publishes, in a home whose runs made all that is in the lake."""
    settings = settings_of(glue_lake)
    with dagster_home(settings) as instance:
        for month in ("2026-09", "2026-10", None):
            run(instance, glue_lake, month)
        ticks = Ticks(glue_catalog_sensor, settings, instance)
        ticks.tick()
        yield ticks


@pytest.fixture
def observed(catalog: Ticks, glue_lake: GlueLake) -> Ticks:
    """The sensor that observes, which knows the catalog as it is."""
    ticks = Ticks(glue_observation_sensor, settings_of(glue_lake), catalog.instance)
    assert ticks.tick() == []
    return ticks


def elsewhere(lake: GlueLake, run_id: str, *published: tuple[str, str | None]) -> None:
    """A serverless run: it writes and tells the catalog, and no Dagster here knows."""
    for name, month in published:
        lake.lake.remove(TABLES[name], month)  # equal bytes would not be written again
        lake.lake.write(TABLES[name], month, TABLES[name].arrow_schema.empty_table())
    lake.update(run_id, *published)


def told(events: list[Any]) -> list[tuple[str, str, str | None]]:
    return [(type(event).__name__, event.asset_key.path[-1], event.partition) for event in events]


def test_our_own_runs_are_not_reported(observed: Ticks, catalog: Ticks, glue_lake: GlueLake) -> None:
    for month in ("2026-10", "2026-11", None):
        run(catalog.instance, glue_lake, month)
    catalog.tick()
    assert observed.tick() == []


def test_a_run_elsewhere_is_a_materialisation_once(observed: Ticks, glue_lake: GlueLake) -> None:
    elsewhere(glue_lake, "serverless-1", ("expenses", "2026-11"), ("expenses", "2026-10"), ("monthly_summary", None))
    events = observed.tick()
    assert sorted(told(events), key=str) == [
        ("AssetMaterialization", "expenses", "2026-10"),
        ("AssetMaterialization", "expenses", "2026-11"),
        ("AssetMaterialization", "monthly_summary", None),
    ]
    assert {event.metadata["run_elsewhere"].value for event in events} == {"serverless-1"}
    assert {event.metadata["dagster/partition_row_count"].value for event in events} == {0}
    assert "2026-11" in observed.instance.get_materialized_partitions(key_of("expenses"))
    assert observed.tick() == []
    observed.cursor = None
    assert observed.tick() == []


def test_a_run_elsewhere_that_writes_a_month_twice_is_told_once(observed: Ticks, glue_lake: GlueLake) -> None:
    """Its retry wrote the object anew, and this daemon lost its cursor."""
    elsewhere(glue_lake, "serverless-1", ("expenses", "2026-10"))
    assert len(observed.tick()) == 1
    time.sleep(1.1)  # S3 tells whole seconds
    elsewhere(glue_lake, "serverless-1", ("expenses", "2026-10"))
    observed.cursor = None
    assert observed.tick() == []


def test_the_next_run_elsewhere_is_reported_too(observed: Ticks, glue_lake: GlueLake) -> None:
    for name in ("serverless-1", "serverless-2"):
        elsewhere(glue_lake, name, ("expenses", "2026-10"))
        (event,) = observed.tick()
        assert event.metadata["run_elsewhere"].value == name


def test_our_run_after_a_run_elsewhere_is_ours(observed: Ticks, catalog: Ticks, glue_lake: GlueLake) -> None:
    elsewhere(glue_lake, "serverless-1", ("expenses", "2026-10"))
    observed.tick()
    made = run(catalog.instance, glue_lake, "2026-10")
    catalog.tick()
    assert glue_lake.partitions("expenses")["2026-10"]["Parameters"]["nubank_run"] == made
    assert observed.tick() == []


def test_an_edit_by_another_is_an_observation_and_our_mending_is_not(
    observed: Ticks, catalog: Ticks, glue_lake: GlueLake
) -> None:
    glue_lake.edit_table("expenses", Description="vandalised")
    assert told(observed.tick()) == [("AssetObservation", "expenses", None)]
    assert observed.tick() == []
    glue_lake.publish(*TABLES.values())
    assert EXPENSES.description in glue_lake.table("expenses")["Description"]
    assert observed.tick() == []


def test_a_parameter_by_another_is_an_observation(observed: Ticks, glue_lake: GlueLake) -> None:
    parameters = glue_lake.table("expenses")["Parameters"]
    glue_lake.edit_table("expenses", Parameters={**parameters, "has_encrypted_data": "true"})
    assert told(observed.tick()) == [("AssetObservation", "expenses", None)]


def test_a_partition_by_a_crawler_is_an_observation_if_we_made_its_data(
    observed: Ticks, catalog: Ticks, glue_lake: GlueLake
) -> None:
    run(catalog.instance, glue_lake, "2026-11")
    glue_lake.foreign_partition("expenses", "2026-11")
    (event,) = observed.tick()
    assert told([event]) == [("AssetObservation", "expenses", "2026-11")]
    assert event.metadata["change"].value == "new entry"
    catalog.tick()  # makes it ours
    assert observed.tick() == []


def test_a_partition_over_data_that_we_do_not_know_is_a_materialisation(observed: Ticks, glue_lake: GlueLake) -> None:
    glue_lake.write(EXPENSES, "2026-12")
    glue_lake.foreign_partition("expenses", "2026-12")
    assert told(observed.tick()) == [("AssetMaterialization", "expenses", "2026-12")]
    assert observed.tick() == []


def test_a_deleted_partition_is_observed_only_if_its_data_is_there(observed: Ticks, glue_lake: GlueLake) -> None:
    glue_lake.lake.remove(EXPENSES, "2026-09")
    for month in ("2026-09", "2026-10"):
        client("glue").delete_partition(DatabaseName=glue_lake.database, TableName="expenses", PartitionValues=[month])
    assert told(observed.tick()) == [("AssetObservation", "expenses", "2026-10")]
    assert observed.tick() == []


def test_a_new_home_learns_which_months_there_are(glue_lake: GlueLake) -> None:
    glue_lake.publish(EXPENSES, SUMMARY)
    settings = settings_of(glue_lake)
    with dagster_home(settings) as instance:
        ticks = Ticks(glue_observation_sensor, settings, instance)
        assert sorted(told(ticks.tick()), key=str) == [
            ("AssetMaterialization", "expenses", "2026-09"),
            ("AssetMaterialization", "expenses", "2026-10"),
            ("AssetMaterialization", "monthly_summary", None),
        ]
        assert instance.get_materialized_partitions(key_of("expenses")) == {"2026-09", "2026-10"}
        ticks.cursor = None
        assert ticks.tick() == []


def test_many_changes_take_several_ticks(observed: Ticks, glue_lake: GlueLake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nubank_assets.sensors.glue_observation._MOST_CHANGES", 2)
    months = ["2026-05", "2026-06", "2026-07"]
    elsewhere(glue_lake, "serverless-1", *[("expenses", month) for month in months])
    ticks = [told(observed.tick()) for _ in range(3)]
    assert [len(events) for events in ticks] == [2, 1, 0]
    assert sorted(month or "" for events in ticks for _, _, month in events) == months


def test_it_waits_while_a_run_publishes(observed: Ticks, glue_lake: GlueLake) -> None:
    going = create_run_for_test(observed.instance, status=dg.DagsterRunStatus.STARTED)
    elsewhere(glue_lake, "serverless-1", ("expenses", "2026-10"))
    assert observed.tick() == []
    assert "a run is publishing" in str(observed.said)
    observed.instance.delete_run(going.run_id)
    assert told(observed.tick()) == [("AssetMaterialization", "expenses", "2026-10")]
