"""What the Dagster page shows: the location, the lineage, the descriptions, what runs by itself."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml
from dagster._core.workspace.load import location_origins_from_yaml_paths

from nubank_assets.assets.declared import key_of
from nubank_assets.compute.audits import AUDITS
from nubank_assets.definitions import build_definitions, defs
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.lake.inbox import Inbox
from nubank_assets.schedules import daily_schedule
from nubank_assets.sensors.inbox import inbox_sensor
from nubank_assets.settings import Settings, load_settings
from nubank_assets_tests.fakes.homes import demo_home, run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def definitions(monkeypatch: pytest.MonkeyPatch) -> dg.Definitions:
    """Assembled with the network shut."""

    def refuse(*arguments: object) -> None:
        raise AssertionError(f"loading the definitions opened a connection: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return build_definitions(load_settings())


def test_workspace_names_one_location_and_loads() -> None:
    origins = location_origins_from_yaml_paths([str(ROOT / "workspace.yaml")])
    assert [origin.location_name for origin in origins] == ["nubank_assets"]
    (entry,) = yaml.safe_load((ROOT / "workspace.yaml").read_text())["load_from"]
    assert entry["python_module"]["module_name"] == "nubank_assets.definitions"
    assert isinstance(defs().resolve_all_asset_specs()[0], dg.AssetSpec)


def test_lineage_of_the_groups(definitions: dg.Definitions) -> None:
    """The global page, collapsed by group, shows the way of the data."""
    specs = {spec.key: spec for spec in definitions.resolve_all_asset_specs()}
    edges = {
        (specs[dep.asset_key].group_name, spec.group_name)
        for spec in specs.values()
        for dep in spec.deps
        if specs[dep.asset_key].group_name != spec.group_name
    }
    assert {
        ("raw_transactions", "cleaned_parquet"),
        ("cleaned_parquet", "categorized_tables"),
        ("categorized_tables", "sheets_export"),
    } <= edges
    order = [layer.value for layer in Layer]
    assert all(order.index(str(above)) < order.index(str(below)) for above, below in edges)


def test_every_declared_table_is_a_described_asset(definitions: dg.Definitions) -> None:
    specs = {spec.key: spec for spec in definitions.resolve_all_asset_specs()}
    files = {dg.AssetKey(["sheets_export", name]) for name in ("workbook", "dashboard")}
    shown = {dg.AssetKey(["sheets_export"]), *files}
    assert set(specs) == {*(key_of(name) for name in TABLES), *shown}
    for name, table in TABLES.items():
        spec = specs[key_of(name)]
        schema = spec.metadata["dagster/column_schema"]
        assert [column.name for column in schema.columns] == table.column_names
        assert all(column.description for column in schema.columns)
        assert spec.description
        assert spec.owners
        assert spec.kinds
        assert (spec.partitions_def is not None) == table.partitioned


def test_a_range_of_months_is_one_run(definitions: dg.Definitions) -> None:
    for asset in definitions.resolve_asset_graph().assets_defs:
        if asset.is_executable and asset.keys:
            assert asset.backfill_policy == dg.BackfillPolicy.single_run(), asset.keys


def test_every_audit_is_a_check_and_one_blocks_before_the_export(definitions: dg.Definitions) -> None:
    names = {key.name for key in definitions.resolve_asset_graph().asset_check_keys}
    of_runs = {"all_months_are_proven", "sources_answered"}
    assert names == {audit.name for audits in AUDITS.values() for audit in audits} | of_runs


def test_schedule_and_sensor_run_by_default(definitions: dg.Definitions) -> None:
    assert daily_schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    assert inbox_sensor.default_status is dg.DefaultSensorStatus.RUNNING
    assert definitions.executor is dg.in_process_executor


def _tags(request: dg.RunRequest) -> tuple[str, str]:
    tags = request.tags
    return tags["dagster/asset_partition_range_start"], tags["dagster/asset_partition_range_end"]


def test_schedule_takes_three_months_once_there_are_documents(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    resources = dict(build_definitions(settings).resources or {})
    moment = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)  # still October in São Paulo
    context = dg.build_schedule_context(scheduled_execution_time=moment, resources={"inbox": resources["inbox"]})
    empty = daily_schedule.evaluate_tick(context)
    assert not empty.run_requests
    demo_home(tmp_path, months=1)
    (request,) = daily_schedule.evaluate_tick(context).run_requests or []
    assert _tags(request) == ("2026-09", "2026-11")


def test_inbox_sensor_asks_for_each_block_of_months_once(tmp_path: Path) -> None:
    home = demo_home(tmp_path, months=2)
    resources = {"inbox": dict(build_definitions(home.settings).resources or {})["inbox"]}
    first = inbox_sensor.evaluate_tick(dg.build_sensor_context(resources=resources))
    (request,) = first.run_requests or []
    months = sorted({month for receipt in Inbox(home.settings.inbox_root).receipts() for month in receipt.months})
    assert _tags(request) == (months[0], months[-1])
    second = inbox_sensor.evaluate_tick(dg.build_sensor_context(resources=resources, cursor=first.cursor))
    assert not second.run_requests
    inbox = Inbox(home.settings.inbox_root)
    gone = inbox.receipts()[0]
    inbox.forget(gone)
    third = inbox_sensor.evaluate_tick(dg.build_sensor_context(resources=resources, cursor=first.cursor))
    assert {_tags(request)[0] for request in third.run_requests or []} <= set(gone.months)
    assert gone.document not in json.loads(third.cursor or "{}")


def test_definitions_import_quickly_without_clients() -> None:
    """Cloud and Google clients, engines and pandas are imported where they are used."""
    code = (
        "import sys, nubank_assets.definitions as d; d.build_definitions(d.load_settings());"
        "print([m for m in ('boto3','botocore','gspread','pynubank','pyspark','pandas','pysail','duckdb','xlsxwriter')"
        " if m in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


@pytest.mark.parametrize("seed", ["0", "3", "4"])
def test_a_backfill_of_everything_is_not_refused(seed: str) -> None:
    """Dagster 1.13 refused it under some hash seeds, when one table was read from another on two ways."""
    command = [sys.executable, "-m", "nubank_assets_tests.fakes.backfill_asked"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split("\n") == ["", ""], done.stdout


def test_the_event_log_lies_where_dagsters_own_does(tmp_path: Path) -> None:
    """So that leaving the class out of dagster.yaml loses no run, and no other database is taken for a run's."""
    home = demo_home(tmp_path / "a # home", months=1)
    assert run(home.settings)[0].succeeded
    with dg.DagsterInstance.from_config(str(home.settings.dagster_home)) as instance:
        (record,) = instance.get_runs()
        storage: Any = instance.event_log_storage
        assert list(storage.get_all_run_ids()) == [record.run_id]
        events = len(instance.all_logs(record.run_id))
    (home.settings.dagster_home / "dagster.yaml").write_text("telemetry: {enabled: false}")
    with dg.DagsterInstance.from_config(str(home.settings.dagster_home)) as instance:
        assert len(instance.all_logs(record.run_id)) == events
