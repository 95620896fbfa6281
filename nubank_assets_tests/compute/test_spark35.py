"""Steps on the Spark of emr-7 (3.5.6, in an environment of its own) make the tables of the embedded engine."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nubank_assets.lake.publish import Lake
from nubank_assets.transforms.steps import STEPS
from nubank_assets_tests.fakes.cluster import SPARK35, cluster
from nubank_assets_tests.fakes.cluster_lakes import HOLDERS, assert_same_tables, fill_raw, run_sail, timeless

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.skipif(
    not (SPARK35.parents[1] / "installed").exists(),
    reason="needs Java and the PySpark of emr-7: make .spark35/installed",
)
@pytest.mark.long
def test_the_spark_of_emr_7_makes_the_same_tables(session: "SparkSession", tmp_path: Path) -> None:
    sail, spark = (str(tmp_path / name) for name in ("sail", "it's spark"))
    months = fill_raw(tmp_path, sail, spark)
    reports = run_sail(session, sail, months)
    with cluster({}, SPARK35) as spark35:
        assert spark35.version == "3.5.6"
        told = {name: timeless(spark35.run(name, months, spark, "run", HOLDERS)) for name in STEPS}
    assert_same_tables(Lake(sail), Lake(spark))
    assert told == reports
