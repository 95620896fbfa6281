"""The demo account through the aws deployment: its run, the sensors after it, and a catalog equal to the lake."""

import uuid
from pathlib import Path

import dagster as dg
import pytest

from nubank_assets.assets.declared import key_of
from nubank_assets.checks_glue import catalog_agrees_with_declarations
from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets.sensors.glue import glue_catalog_sensor
from nubank_assets.sensors.glue_observation import glue_observation_sensor
from nubank_assets.settings import Settings
from nubank_assets_tests.aws.glue_instance import Ticks, dagster_home
from nubank_assets_tests.aws.glue_lake import GlueLake, written
from nubank_assets_tests.fakes.homes import demo_home, import_files, run
from nubank_assets_tests.fakes.s3_homes import s3_settings


@pytest.fixture
def settings(bucket: str, tmp_path: Path) -> Settings:
    """A deployment in whose inbox two months of the demo are."""
    database = {"glue_database": f"nubank_{uuid.uuid4().hex[:8]}", "glue_crawler": ""}
    made = s3_settings(tmp_path / "home", bucket).model_copy(update=database)
    import_files(made, [demo_home(tmp_path / "demo", months=2).settings.home / "files" / "exports"], source="demo")
    return made


def test_after_a_run_the_catalog_is_the_lake(settings: Settings) -> None:
    glue_lake = GlueLake(settings.glue_database, settings.bucket_root)
    with dagster_home(settings) as instance:
        catalog = Ticks(glue_catalog_sensor, settings, instance)
        observed = Ticks(glue_observation_sensor, settings, instance)
        catalog.tick()
        observed.tick()
        (outcome,) = run(settings)
        assert outcome.succeeded, outcome
        (record,) = instance.get_runs()
        assert _check_passed(instance)
        catalog.tick()
        assert catalog.glue.differences() == []
        assert observed.tick() == []
        with written() as calls:
            catalog.tick()
        assert not calls
    lake = Lake(settings.lake_root)
    for table in TABLES.values():
        found = glue_lake.partitions(table.name)
        assert sorted(found) == lake.months(table)
        marks = {entry["Parameters"].get("nubank_run") for entry in found.values()}
        if not table.partitioned:
            marks = {glue_lake.table(table.name)["Parameters"].get("nubank_run")}
        assert marks <= {record.run_id}, table.name
    assert len(glue_lake.partitions("transactions")) >= 2


def _check_passed(instance: dg.DagsterInstance) -> bool:
    """Whether the run itself evaluated the check, and it passed."""
    (key,) = catalog_agrees_with_declarations.check_keys
    assert key.asset_key == key_of("monthly_summary")
    (found,) = instance.event_log_storage.get_asset_check_execution_history(key, limit=5)
    return found.status.value == "SUCCEEDED"
