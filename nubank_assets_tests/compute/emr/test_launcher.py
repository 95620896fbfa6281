"""Steps as real `spark-submit` processes: what the page shows of them, whatever becomes of them."""

import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import psutil
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from nubank_assets.assets.declared import key_of
from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import RAW_DOCUMENTS, RAW_LINES, TABLES
from nubank_assets.emr_resource import EmrPySparkStepLauncher
from nubank_assets.lake.publish import Lake
from nubank_assets.transforms.steps import CLEANING
from nubank_assets_tests.fakes.emr.clusters import Cluster
from nubank_assets_tests.fakes.emr.homes import clean_months, copy_into, copy_raw, emr_settings, failure_of, same_rows
from nubank_assets_tests.fakes.emr.machine import why_not
from nubank_assets_tests.fakes.emr.server import FakeEmr
from nubank_assets_tests.fakes.homes import DemoHome, command, demo_home, run
from nubank_assets_tests.fakes.s3_homes import objects_in
from nubank_assets_tests.fakes.troubled_aws import EXPIRED, THROTTLED, TroubledAws

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

GOOD, BAD = "2026-10", "2026-11"


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    """A year, run on this machine."""
    home = demo_home(tmp_path_factory.mktemp("household"), months=12)
    assert run(home.settings)[0].succeeded
    return home


@pytest.fixture
def instance() -> dg.DagsterInstance:
    return dg.DagsterInstance.ephemeral()


class Watched:
    """A command and what was ever seen among its own processes."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        self.engines: set[str] = set()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self.process.poll() is None:
            try:
                me = psutil.Process(self.process.pid)
                for process in [me, *me.children(recursive=True)]:
                    maps = {Path(part.path).name for part in process.memory_maps()}
                    self.engines |= {name for name in maps if "pysail" in name or "libjvm" in name}
            except psutil.Error:
                continue
            time.sleep(0.5)


@pytest.mark.long
def test_a_year_by_the_command_equals_the_one_of_this_machine(
    household: DemoHome, cluster: Cluster, troubled: TroubledAws, bucket: str, tmp_path: Path
) -> None:
    """All three steps, on a cluster that is found by its name, by an EMR that is busy at first."""
    settings = emr_settings(household, tmp_path / "home", bucket)
    copy_into(bucket, household.settings.inbox_root, "nubank/inbox")
    troubled.faults = [THROTTLED] * 3
    watched = Watched(*command(settings))
    out, err = watched.process.communicate(timeout=1200)
    assert watched.process.returncode == 0, f"{out}{err}"
    assert [step.state for step in cluster.steps] == ["COMPLETED"] * 3
    assert not watched.engines
    here, there = Lake(settings.lake_root), household.lake
    for name, table in TABLES.items():
        assert here.months(table) == there.months(table), name
        assert same_rows(here, there, name), name
    assert not objects_in(bucket, "nubank/emr/messages/")


def test_a_year_on_a_cluster_of_its_own_and_a_month_that_is_held_back(
    household: DemoHome, emr: FakeEmr, bucket: str, tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    roles = {"emr_cluster": "", "emr_service_role": "nubank-emr", "emr_instance_profile": "nubank-emr-nodes"}
    settings = emr_settings(household, tmp_path / "home", bucket, **roles)
    copy_raw(household, bucket)
    lake = Lake(settings.lake_root)
    _lose_a_line(lake)
    months = household.lake.months(RAW_LINES)
    good = [month for month in months if month != BAD]
    result = clean_months(settings, EmrPySparkStepLauncher, months, instance)
    assert not result.success
    for name in CLEANING.outputs:
        assert set(lake.months(TABLES[name])) <= set(good)
        assert same_rows(lake, household.lake, name, good), name
    _look_at_page(result, instance, good[-1], household.lake.read(TABLES["transactions"], good[-1:]).num_rows)
    (made,) = emr.clusters.values()
    assert (made.state, made.steps[0].state) == ("TERMINATED", "COMPLETED")


def _look_at_page(result: dg.ExecuteInProcessResult, instance: dg.DagsterInstance, month: str, rows: int) -> None:
    """What was made last, how much, what failed, why, and what it was going to cost."""
    event = instance.get_latest_materialization_event(key_of("transactions"))
    assert event
    assert event.asset_materialization
    assert event.asset_materialization.partition == month
    assert event.asset_materialization.metadata["dagster/partition_row_count"].value == rows
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert [check.check_name for check in failed] == ["lines_are_conserved"]
    assert BAD in str(failed[0].description)
    (failure,) = result.get_step_failure_events()
    assert BAD in str(failure.step_failure_data.user_failure_data)
    (told,) = instance.fetch_observations(key_of(min(CLEANING.outputs)), limit=5).records
    assert told.asset_observation
    assert told.asset_observation.metadata["estimated_usd_per_hour"].value == "0.71"


def _lose_a_line(lake: Lake) -> None:
    documents = lake.read(RAW_DOCUMENTS, [BAD])
    index = documents.schema.get_field_index("current_lines")
    more = pc.add(documents["current_lines"], pa.scalar(1, pa.int32()))
    lake.write(RAW_DOCUMENTS, BAD, documents.set_column(index, "current_lines", more))


@pytest.mark.long
def test_what_a_transform_raises_is_in_the_page(
    household: DemoHome, cluster: Cluster, bucket: str, tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    settings = emr_settings(household, tmp_path / "home", bucket)
    copy_raw(household, bucket)
    broken = f"nubank/lake/{Lake(settings.lake_root).name(RAW_LINES, GOOD)}"
    client("s3").put_object(Bucket=bucket, Key=broken, Body=b"this is no Parquet")
    result = clean_months(settings, EmrPySparkStepLauncher, [GOOD], instance)
    said = failure_of(result)
    assert cluster.steps[0].state == "FAILED"
    assert f"failed on EMR ({cluster.id}/{cluster.steps[0].id}) with py4j.protocol.Py4JJavaError" in said
    assert "is not a Parquet file" in said
    assert "in run_cluster_step" in said
    assert not objects_in(bucket, "nubank/emr/messages/")


def kill(emr: FakeEmr, cluster: Cluster, troubled: TroubledAws) -> None:
    cluster.steps[0].process.end(signal.SIGKILL)


def lose_cluster(emr: FakeEmr, cluster: Cluster, troubled: TroubledAws) -> None:
    cluster.end("TERMINATED_WITH_ERRORS", "INSTANCE_FAILURE", "the primary node is gone")


def expire(emr: FakeEmr, cluster: Cluster, troubled: TroubledAws) -> None:
    troubled.faults = [EXPIRED] * 100


@pytest.mark.parametrize(
    ("happens", "said", "state"),
    [
        (kill, "ended on EMR .* as FAILED", "FAILED"),
        pytest.param(lose_cluster, "INSTANCE_FAILURE: the primary node is gone", "RUNNING", marks=pytest.mark.long),
        pytest.param(expire, "AWS credentials have expired .*aws sso login", "RUNNING", marks=pytest.mark.long),
    ],
)
def test_a_step_that_is_lost_fails_the_run_and_says_why(
    household: DemoHome,
    emr: FakeEmr,
    cluster: Cluster,
    troubled: TroubledAws,
    bucket: str,
    tmp_path: Path,
    instance: dg.DagsterInstance,
    happens: Callable[[FakeEmr, Cluster, TroubledAws], None],
    said: str,
    state: str,
) -> None:
    settings = emr_settings(household, tmp_path / "home", bucket)
    copy_raw(household, bucket)

    def happen() -> None:
        await_spark(cluster)
        happens(emr, cluster, troubled)

    meanwhile = threading.Thread(target=happen)
    meanwhile.start()
    result = clean_months(settings, EmrPySparkStepLauncher, [GOOD], instance)
    meanwhile.join(30)
    assert re.search(said, failure_of(result))
    assert cluster.steps[0].state == state
    assert not Lake(settings.lake_root).months(TABLES["transactions"])
    assert not objects_in(bucket, "nubank/emr/messages/")


def await_spark(cluster: Cluster) -> None:
    """Until a step's JVM runs."""
    until = time.monotonic() + 60
    while not any("java" in psutil.Process(pid).name() for step in cluster.steps for pid in step.process.alive):
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.mark.long
def test_a_run_that_is_interrupted_cancels_its_step(
    household: DemoHome, cluster: Cluster, bucket: str, tmp_path: Path
) -> None:
    settings = emr_settings(household, tmp_path / "home", bucket)
    copy_into(bucket, household.settings.inbox_root, "nubank/inbox")
    words, environment = command(settings)
    process = subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    await_spark(cluster)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert process.returncode != 0
    assert cluster.steps[0].state == "CANCELLED"
    assert not cluster.steps[0].process.alive
    assert not Lake(settings.lake_root).months(TABLES["transactions"])
    assert not objects_in(bucket, "nubank/emr/messages/")
