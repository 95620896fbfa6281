"""Steps on a cluster: JVM Spark with nothing but pyspark, on S3, beside the embedded engine on the same raw tables.

The cluster's Python finds no pyarrow, no boto3, no pydantic (``fakes/cluster_worker.py``). The steps read what the ones
before them published, so the tests go one after the other.
"""

import re
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.report import StepReport
from nubank_assets.compute.step import run_step
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.lake.files import ObjectStore, open_store
from nubank_assets.lake.parts import POINTER, Part, home_of
from nubank_assets.lake.publish import Lake
from nubank_assets.transforms.steps import CATEGORIZATION, STEPS, Parameters
from nubank_assets_tests.compute.agreeing import compare, failed, layer_of
from nubank_assets_tests.compute.bad_tables import WRONG
from nubank_assets_tests.fakes.cluster import JARS, Cluster, ClusterError, cluster, s3_settings
from nubank_assets_tests.fakes.cluster_lakes import HOLDERS, assert_same_tables, fill_raw, run_sail, timeless
from nubank_assets_tests.fakes.faults import Call, Fault, S3Faults, When, s3_faults
from nubank_assets_tests.fakes.frames import arrow_rows
from nubank_assets_tests.fakes.ministack import environment

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not (JARS / "installed").exists(), reason="needs Java and Hadoop's way to S3: make .jars/installed"
    ),
]


@dataclass(frozen=True)
class World:
    """A cluster, its way to S3, and two lakes in a bucket: the embedded engine's and the cluster's."""

    cluster: Cluster
    faults: S3Faults
    sail: str
    spark: str
    months: list[str]
    reports: dict[str, StepReport]

    def run(self, step: str, run: str = "run") -> StepReport:
        return self.cluster.run(step, self.months, self.spark, run, HOLDERS)

    @property
    def lake(self) -> Lake:
        return Lake(self.spark)

    @property
    def store(self) -> ObjectStore:
        return open_store(self.spark)


@pytest.fixture(scope="module")
def world(aws_endpoint: str, session: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    from nubank_assets.aws.clients import client

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**environment(aws_endpoint), "NUBANK_LOCALE": "en"}.items():
            patch.setenv(name, value)
        client.cache_clear()
        bucket = f"nubank-{uuid.uuid4().hex[:12]}"
        client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
        sail, spark = f"s3://{bucket}/sail/lake", f"s3://{bucket}/spark/lake"
        months = fill_raw(tmp_path_factory.mktemp("raw"), sail, spark)
        reports = run_sail(session, sail, months)
        with s3_faults(aws_endpoint, "spark/lake/") as faults, cluster(s3_settings(faults.url)) as spark_cluster:
            yield World(spark_cluster, faults, sail, spark, months, reports)
    client.cache_clear()


@pytest.fixture(autouse=True)
def _reach(aws: str) -> None:
    """Every test reads the lakes without faults."""


def test_a_cluster_makes_the_same_tables_on_s3_and_tells_the_same(world: World) -> None:
    assert world.cluster.version == "4.1.3"
    told = {name: timeless(world.run(name, f"{name}-1")) for name in STEPS}
    assert_same_tables(Lake(world.sail), world.lake)
    assert told == world.reports


def test_each_month_is_one_file_of_a_run_with_exactly_the_declared_types(world: World) -> None:
    for step in STEPS.values():
        for name in step.outputs:
            for part in world.lake.parts(TABLES[name]):
                assert part.pointer, name
                assert part.pointer.run.startswith(f"{step.name}-1-")
                assert len(part.names) == (1 if part.pointer.rows else 0), part
                for file, data in zip(part.names, world.store.read_all(part.names), strict=True):
                    assert re.fullmatch(rf"runs/{TABLES[name].path}/run=[^/]+/of_month=[0-9a-l-]+/part-[^/]+", file)
                    assert pq.read_schema(pa.BufferReader(data)).remove_metadata() == TABLES[name].arrow_schema, name


def test_a_month_that_fails_is_held_back_on_a_cluster_too(world: World, session: "SparkSession") -> None:
    double_a_transaction(world)
    report = world.run("categorized_tables", "bad")
    assert report.withheld == (world.months[1],)
    assert {part.month: run_of(part) for part in world.lake.parts(TABLES["expenses"])} == {
        month: "categorized_tables-1" if month == world.months[1] else "bad" for month in world.months
    }
    embedded = run_step(session, CATEGORIZATION, world.months, Lake(world.sail), Parameters(HOLDERS))
    assert timeless(report) == timeless(embedded)


def double_a_transaction(world: World) -> None:
    """In both lakes; in the cluster's an embedded engine's object takes the place of a run's files."""
    for root in (world.sail, world.spark):
        rows = Lake(root).read(TABLES["transactions"], [world.months[1]])
        Lake(root).write(TABLES["transactions"], world.months[1], pa.concat_tables([rows, rows.slice(0, 1)]))


@pytest.mark.long
def test_a_step_that_dies_amid_its_files_or_its_pointers_leaves_every_month_whole(world: World) -> None:
    for root in (world.sail, world.spark):
        rows = Lake(root).read(TABLES["transactions"], [world.months[1]]).to_pylist()
        once = {row["transaction_id"]: row for row in rows}.values()
        Lake(root).write(TABLES["transactions"], world.months[1], arrow_rows("transactions", list(once)))
    # Names of a run's files are its own: without a name, the first file of expenses is meant.
    switch = Call(f"PUT {home_of(TABLES['expenses'], world.months[1])}/{POINTER}")
    done = CATEGORIZATION.outputs.index("expenses") + 1 + len(CATEGORIZATION.outputs)
    deaths: list[tuple[Call | None, When, int]] = [(None, "after", 0), (switch, "after", done)]
    for number, (call, when, switched_months) in enumerate(deaths):
        old = runs_of(world)
        world.faults.only = "" if call else "PUT runs/categorized_tables/expenses/"
        world.faults.begin(Fault(call, "500", when, is_death=True))
        with pytest.raises(ClusterError):
            world.run("categorized_tables", f"dead-{number}")
        assert world.faults.fired
        world.faults.begin()
        now = runs_of(world)
        switched = [place for place in now if now[place] != old[place]]
        assert len(switched) == switched_months
        assert {now[place] for place in switched} <= {f"dead-{number}"}
        assert_whole(world)
    world.run("categorized_tables", "mended")
    assert set(runs_of(world).values()) == {"mended"}


@pytest.mark.long
def test_nothing_is_published_of_inputs_that_are_replaced_meanwhile(world: World) -> None:
    old = runs_of(world)
    world.faults.begin()
    with ThreadPoolExecutor(1) as threads:
        told = threads.submit(world.run, "categorized_tables", "late")
        while not any(call.name.startswith("PUT runs/") for call in list(world.faults.calls)):
            assert not told.done()
            time.sleep(0.05)
        rows = world.lake.read(TABLES["transactions"], [world.months[0]])
        world.lake.write(TABLES["transactions"], world.months[0], rows)
        with pytest.raises(ClusterError, match=r"RetryableError: .*replaced meanwhile"):
            told.result()
    assert runs_of(world) == old


def run_of(part: Part) -> str:
    assert part.pointer
    return part.pointer.run.rpartition("-")[0]


def runs_of(world: World) -> dict[tuple[str, str | None], str]:
    """Which run each month of each table is of."""
    return {(name, p.month): run_of(p) for name in CATEGORIZATION.outputs for p in world.lake.parts(TABLES[name])}


def assert_whole(world: World) -> None:
    """Whatever run a month is of, it has that run's rows, all of them."""
    for name in CATEGORIZATION.outputs:
        for part in world.lake.parts(TABLES[name]):
            assert part.pointer
            assert world.lake.read(TABLES[name], [str(part.month)]).num_rows == part.pointer.rows


def test_an_embedded_engine_takes_the_months_back(world: World, session: "SparkSession") -> None:
    assert run_sail(session, world.sail, world.months) == run_sail(session, world.spark, world.months)
    sail, spark = (objects_of(root) for root in (world.sail, world.spark))
    assert {name for name in spark if name.endswith(POINTER)} == set()
    assert {name: spark[name] for name in sail} == sail


def objects_of(root: str) -> dict[str, bytes]:
    """Every object of a lake but the files of runs."""
    store = open_store(root)
    names = [name for name in store.names("", recursive=True) if not name.startswith("runs/")]
    return dict(zip(names, store.read_all(names), strict=True))


@pytest.mark.parametrize("layer", list(AUDITS))
def test_audits_say_the_same_of_bad_tables_as_here(world: World, layer: Layer, tmp_path: Path) -> None:
    found = compare(world.cluster, tmp_path, layer)
    assert all(map(failed, found[: sum(layer_of(case[0]) is layer for case in WRONG)]))


def test_no_rows_come_to_one_place(world: World, tmp_path: Path) -> None:
    for name, step in STEPS.items():
        files = {}
        for table in step.inputs:
            files[table] = str(tmp_path / f"{table}.parquet")
            pq.write_table(Lake(world.sail).read(TABLES[table]), files[table])
        for output, plan in world.cluster.ask("plans", {"step": name, "files": files}).items():
            assert not re.search("SinglePartition|CartesianProduct|NestedLoop|Python|BatchEval", plan), (output, plan)
            assert re.search("FileScan|InMemoryTableScan", plan), output
