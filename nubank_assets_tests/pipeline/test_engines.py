"""Sail and JVM Spark make the same tables from the same documents, value by value and type by type.

On a cluster's JVM Spark, with S3, that is ``compute/test_cluster.py``.
"""

import shutil
from pathlib import Path

import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.publish import Lake
from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.homes import DemoHome, run_process


@pytest.mark.skipif(not shutil.which("java"), reason="JVM Spark needs Java 17 (Debian: openjdk-17-jre-headless)")
def test_jvm_spark_makes_the_same_tables(demo: DemoHome, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "spark", holder_names=demo.settings.holder_names, engine="spark")
    shutil.copytree(demo.settings.inbox_root, settings.inbox_root)
    finished = run_process(settings)
    assert finished.returncode == 0, finished.stderr
    lake = Lake(settings.lake_root)
    for name, table in TABLES.items():
        ours, theirs = demo.lake.read(table), lake.read(table)
        assert ours.schema.equals(theirs.schema), name
        assert ours.equals(theirs), name
        assert demo.lake.months(table) == lake.months(table), name
