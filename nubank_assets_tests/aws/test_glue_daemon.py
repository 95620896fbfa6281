"""The sensors of Glue ticking in a real `dagster dev`, started as a person starts it, over the local AWS."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from nubank_assets.assets.declared import key_of
from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import TABLES
from nubank_assets.settings import Settings
from nubank_assets_tests.aws.glue_instance import dagster_home, run, settings_of
from nubank_assets_tests.aws.glue_lake import EXPENSES, GlueLake

ROLE = "arn:aws:iam::123456789012:role/nubank-crawler"
SENSORS = {"glue_catalog_sensor", "glue_crawler_sensor", "glue_observation_sensor"}
_SECONDS = 150


@contextmanager
def nubank_ui(settings: Settings) -> Iterator["subprocess.Popen[bytes]"]:
    """`nubank ui` with its daemon, ended with all its processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "nubank"), "ui", "--port", str(port)],
        env={**os.environ, **settings.environment()},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def ticks_of(instance: dg.DagsterInstance) -> dict[str, list[str]]:
    """How the finished ticks of each of the sensors ended, or what failed them."""
    found: dict[str, list[str]] = {}
    for state in instance.all_instigator_state():
        if state.instigator_name in SENSORS:
            ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id)
            ended = [tick for tick in ticks if tick.status.value != "STARTED"]
            found[state.instigator_name] = [str(tick.error or tick.status.value) for tick in ended]
    return found


def test_the_sensors_tick_in_a_real_daemon(glue_lake: GlueLake) -> None:
    crawler = f"nubank-{uuid.uuid4().hex[:8]}"
    settings = settings_of(glue_lake, glue_crawler=crawler, glue_crawler_role=ROLE)
    glue_lake.publish(EXPENSES)
    glue_lake.update("serverless-1", ("expenses", "2026-10"))
    with dagster_home(settings) as instance:
        run(instance, glue_lake, "2026-11")
        with nubank_ui(settings) as process:
            until = time.monotonic() + _SECONDS
            while len([ended for ended in ticks_of(instance).values() if ended]) < len(SENSORS):
                assert process.poll() is None, "dagster dev ended"
                assert time.monotonic() < until, ticks_of(instance)
                time.sleep(0.5)
        ended = ticks_of(instance)
        assert {*ended} == SENSORS
        assert {status for statuses in ended.values() for status in statuses} <= {"SUCCESS", "SKIPPED"}, ended
        # What each of them is for, as it stands in Glue and in Dagster's own storage.
        tables = client("glue").get_tables(DatabaseName=glue_lake.database)["TableList"]
        assert {entry["Name"] for entry in tables} >= {*TABLES}  # and Athena's views
        assert "2026-11" in glue_lake.partitions("expenses")
        assert {"2026-09", "2026-10", "2026-11"} == instance.get_materialized_partitions(key_of("expenses"))
        wanted = dg.AssetRecordsFilter(asset_key=key_of("expenses"), asset_partitions=["2026-10"])
        (record,) = instance.fetch_materializations(wanted, limit=9).records
        assert record.asset_materialization
        assert record.asset_materialization.metadata["run_elsewhere"].value == "serverless-1"
        described = client("glue").get_crawler(Name=crawler)["Crawler"]
        assert described["State"] == "RUNNING" or described["LastCrawl"]["Status"] == "SUCCEEDED"
