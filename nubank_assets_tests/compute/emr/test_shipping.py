"""What is shipped is all that a step needs beside pyspark, goes up once, and is the same for the same code."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets.compute import shipping
from nubank_assets.compute.launch import spark_submit
from nubank_assets.compute.shipping import parcels, ship
from nubank_assets_tests.fakes.s3_homes import objects_in

#: Imports every module of the wheel in a Python that has pyspark and nothing else, and says what was loaded beside it.
_IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path[:0] = sys.argv[1:]
before = set(sys.modules)
import nubank_assets
from nubank_assets.compute import cluster_step, step_main
from nubank_assets.transforms.steps import STEPS
for step in STEPS.values():
    step.transforms()
foreign = {name.split(".")[0] for name in set(sys.modules) - before}
print(*sorted(name for name in foreign - set(sys.stdlib_module_names) if not name.startswith("_sysconfigdata")))
"""


def test_it_goes_up_once_for_each_content(bucket: str) -> None:
    root = f"s3://{bucket}/nubank/emr"
    code = ship(root)
    versions = objects_in(bucket, "nubank/emr/")
    assert versions == dict(parcels())
    assert [code.main, *code.archives] == [f"{root}/{name}" for name in parcels()]
    from nubank_assets.aws.clients import client

    assert ship(root) == code
    listed = client("s3").list_object_versions(Bucket=bucket, Prefix="nubank/emr/")["Versions"]
    assert len(listed) == len(versions)


@pytest.fixture
def _fresh() -> Iterator[None]:
    yield
    parcels.cache_clear()


@pytest.mark.usefixtures("_fresh")
def test_other_code_has_another_place_and_the_same_code_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = dict(parcels())
    parcels.cache_clear()
    assert dict(parcels()) == first
    monkeypatch.setattr(shipping, "_pipes_wheel", lambda: b"another version")
    parcels.cache_clear()
    assert not set(parcels()) & set(first)


def test_every_module_loads_in_a_python_that_has_pyspark_alone(tmp_path: Path) -> None:
    """As on a cluster: a venv with links to pyspark and py4j, and the archives as they are."""
    from nubank_assets_tests.fakes.emr.machine import Machine

    (tmp_path / "machine").mkdir()
    Machine(tmp_path / "machine", "http://127.0.0.1:9")
    for name, data in parcels().items():
        (tmp_path / name.rpartition("/")[2]).write_bytes(data)
    archives = [str(path) for path in tmp_path.glob("*.whl")]
    python = tmp_path / "machine" / "python" / "bin" / "python"
    done = subprocess.run(
        [python, "-I", "-c", _IMPORT_ALL, *archives], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) <= {"nubank_assets", "dagster_pipes", "pyspark", "py4j"}


def test_it_has_the_rules_and_nothing_of_the_rest(tmp_path: Path) -> None:
    (wheel,) = [data for name, data in parcels().items() if "nubank_assets_steps" in name]
    (tmp_path / "steps.whl").write_bytes(wheel)
    names = zipfile.ZipFile(tmp_path / "steps.whl").namelist()
    assert {"nubank_assets/transforms/rules/kinds.csv", "nubank_assets/merchants/knowledge.csv"} <= set(names)
    strangers = ("nubank_assets/assets/", "nubank_assets/export/", "nubank_assets/sensors/", "nubank_assets/resources")
    words = ("/__init__.py", "/sentences.py")  # what messages are made of comes from everywhere
    assert not [name for name in names if name.startswith(strangers) and not name.endswith(words)]


def test_pip_takes_it_as_a_wheel(tmp_path: Path) -> None:
    for name, data in parcels().items():
        (tmp_path / name.rpartition("/")[2]).write_bytes(data)
    wheels = sorted(str(path) for path in tmp_path.glob("*.whl"))
    install = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target", str(tmp_path / "there")]
    done = subprocess.run([*install, *wheels], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    (metadata,) = (tmp_path / "there").glob("nubank_assets_steps-*.dist-info/METADATA")
    needs = [line for line in metadata.read_text().splitlines() if line.startswith("Requires-Dist")]
    assert needs == ["Requires-Dist: pyspark", "Requires-Dist: dagster-pipes"]
    (licence,) = (tmp_path / "there").rglob("LICENSE*")
    assert "dagster_pipes" in licence.as_posix()


def test_a_step_starts_with_the_archives_and_the_bootstrap(tmp_path: Path) -> None:
    words = spark_submit(
        shipping.Shipped("s3://b/main.py", ("s3://b/a.whl", "s3://b/b.whl")), "python3.11", {"x": "1"}, {"--p": "q"}
    )
    assert words[:5] == ("spark-submit", "--deploy-mode", "client", "--py-files", "s3://b/a.whl,s3://b/b.whl")
    assert words[-3:] == ("s3://b/main.py", "--p", "q")
    assert {"spark.pyspark.python=python3.11", "x=1"} <= set(words)
