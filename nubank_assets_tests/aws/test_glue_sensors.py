"""The catalog follows the runs of a real Dagster: exactly what they published, nothing lost, nothing written twice."""

import json
from collections.abc import Iterator

import dagster as dg
import pytest

from nubank_assets.assets.declared import key_of
from nubank_assets.aws.clients import client
from nubank_assets.definitions import build_definitions
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError
from nubank_assets.sensors.glue import glue_catalog_sensor
from nubank_assets.settings import load_settings
from nubank_assets_tests.aws.glue_instance import Ticks, dagster_home, run, settings_of
from nubank_assets_tests.aws.glue_lake import EXPENSES, GlueLake, written


@pytest.fixture
def catalog(glue_lake: GlueLake) -> Iterator[Ticks]:
    """The sensor before its first tick."""
    settings = settings_of(glue_lake)
    with dagster_home(settings) as instance:
        yield Ticks(glue_catalog_sensor, settings, instance)


def test_the_first_tick_publishes_what_there_is(catalog: Ticks, glue_lake: GlueLake) -> None:
    run(catalog.instance, glue_lake, "2026-08")
    catalog.tick()
    names = {entry["Name"] for entry in client("glue").get_tables(DatabaseName=glue_lake.database)["TableList"]}
    assert names >= {*TABLES}  # and Athena's views
    assert sorted(glue_lake.partitions("expenses")) == ["2026-08", "2026-09", "2026-10"]
    with written() as calls:
        catalog.tick()
    assert not calls


def test_a_run_updates_exactly_its_month(catalog: Ticks, glue_lake: GlueLake) -> None:
    catalog.tick()
    before = glue_lake.partitions("expenses")
    made, changed, summed = (run(catalog.instance, glue_lake, month) for month in ("2026-11", "2026-10", None))
    catalog.tick()
    after = glue_lake.partitions("expenses")
    assert after["2026-09"] == before["2026-09"]
    assert {month: after[month]["Parameters"]["nubank_run"] for month in ("2026-10", "2026-11")} == {
        "2026-10": changed,
        "2026-11": made,
    }
    assert glue_lake.table("monthly_summary")["Parameters"]["nubank_run"] == summed
    assert "nubank_run" not in glue_lake.table("expenses")["Parameters"]


def test_a_tick_that_is_repeated_writes_nothing(catalog: Ticks, glue_lake: GlueLake) -> None:
    """The daemon died after the writes and before it kept the cursor."""
    catalog.tick()
    cursor = catalog.cursor
    run(catalog.instance, glue_lake, "2026-11")
    catalog.tick()
    catalog.cursor = cursor
    with written() as calls:
        catalog.tick()
    assert not calls


def test_the_last_run_of_a_month_counts(catalog: Ticks, glue_lake: GlueLake) -> None:
    catalog.tick()
    _, second = (run(catalog.instance, glue_lake, "2026-11") for _ in range(2))
    catalog.tick()
    assert glue_lake.partitions("expenses")["2026-11"]["Parameters"]["nubank_run"] == second


def test_a_contradiction_fails_the_tick_and_loses_nothing(catalog: Ticks, glue_lake: GlueLake) -> None:
    catalog.tick()
    cursor = catalog.cursor
    storage = glue_lake.table("expenses")["StorageDescriptor"]
    columns = [
        {**column, "Type": "double"} if column["Name"] == "amount_brl" else column for column in storage["Columns"]
    ]
    glue_lake.edit_table("expenses", StorageDescriptor={**storage, "Columns": columns})
    made = run(catalog.instance, glue_lake, "2026-11")
    with pytest.raises(PermanentError, match=r"expenses.*amount_brl.*double.*decimal\(18,2\)"):
        catalog.tick()
    assert catalog.cursor == cursor
    client("glue").delete_table(DatabaseName=glue_lake.database, Name="expenses")
    catalog.tick()
    found = glue_lake.partitions("expenses")
    assert sorted(found) == ["2026-09", "2026-10", "2026-11"]
    assert found["2026-11"]["Parameters"]["nubank_run"] == made


def test_other_declarations_publish_all_again(catalog: Ticks, glue_lake: GlueLake) -> None:
    catalog.tick()
    client("glue").delete_database(Name=glue_lake.database)
    catalog.tick()
    assert glue_lake.database not in {found["Name"] for found in client("glue").get_databases()["DatabaseList"]}
    catalog.cursor = json.dumps({**json.loads(catalog.cursor or ""), "declared": "of an older version"})
    catalog.tick()
    assert sorted(glue_lake.partitions("expenses")) == ["2026-09", "2026-10"]


def test_what_no_run_made_is_not_followed(catalog: Ticks, glue_lake: GlueLake) -> None:
    catalog.tick()
    glue_lake.write(EXPENSES, "2026-11")
    catalog.instance.report_runless_asset_event(dg.AssetMaterialization(key_of("expenses"), partition="2026-11"))
    with written() as calls:
        catalog.tick()
    assert not calls


def test_a_command_publishes_its_run_itself(catalog: Ticks, glue_lake: GlueLake) -> None:
    catalog.tick()
    made = run(catalog.instance, glue_lake, "2026-11")
    catalog.glue.publish_run(catalog.instance, made)
    assert glue_lake.partitions("expenses")["2026-11"]["Parameters"]["nubank_run"] == made
    with written() as calls:
        catalog.tick()
    assert not calls


def test_only_the_aws_deployment_has_them(glue_lake: GlueLake) -> None:
    names = {"glue_catalog_sensor", "glue_crawler_sensor", "glue_observation_sensor"}
    on_aws = {sensor.name: sensor for sensor in build_definitions(settings_of(glue_lake)).sensors or []}
    assert names <= {*on_aws}
    assert all(on_aws[name].default_status is dg.DefaultSensorStatus.RUNNING for name in names)
    local = build_definitions(load_settings())
    assert not names & {sensor.name for sensor in local.sensors or []}
    assert "catalog_agrees_with_declarations" not in str(local.resolve_asset_graph().asset_check_keys)
