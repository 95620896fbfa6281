"""The whole demo through the aws deployment: the same tables as on a laptop, byte by byte."""

import subprocess
import sys
from pathlib import Path

import pytest

from nubank_assets.domain.catalog import TABLES
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake
from nubank_assets.lake.sql import open_lake
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets_tests.fakes.homes import TODAY, DemoHome, demo_home, import_files, run
from nubank_assets_tests.fakes.s3_homes import files_in, objects_in, s3_settings

IN_THE_HOME = ["dagster", "nubank.html", "nubank.lock", "nubank.xlsx"]


@pytest.fixture
def local(tmp_path: Path) -> DemoHome:
    home = demo_home(tmp_path / "local", months=6)
    assert run(home.settings)[0].succeeded
    return home


def test_the_demo_in_s3_equals_the_demo_on_a_laptop(local: DemoHome, bucket: str, tmp_path: Path) -> None:
    settings = s3_settings(tmp_path / "home", bucket)
    import_files(settings, [local.settings.home / "files" / "exports"], source="demo")
    (outcome,) = run(settings)
    assert outcome.succeeded, outcome
    lake = Lake(settings.lake_root)
    for name, table in TABLES.items():
        columns = [column for column in table.column_names if column != "collected_at"]
        assert lake.months(table) == local.lake.months(table)
        assert lake.read(table, columns=columns).equals(local.lake.read(table, columns=columns)), name
    here, there = open_lake(settings.lake_root), open_lake(local.settings.lake_root)
    for name in TABLES:
        query = (
            f"select * exclude (collected_at) from {name} order by all" if _has(name) else f"from {name} order by all"
        )
        assert here.execute(query).fetchall() == there.execute(query).fetchall(), name


def test_what_depends_on_no_moment_is_equal_byte_by_byte(local: DemoHome, bucket: str, tmp_path: Path) -> None:
    """The same receipts, so that not even the moment of collection differs."""
    from nubank_assets.aws.clients import client

    settings = s3_settings(tmp_path / "home", bucket)
    for name, data in files_in(Path(local.settings.inbox_root)).items():
        client("s3").put_object(Bucket=bucket, Key=f"nubank/inbox/{name}", Body=data)
    assert run(settings)[0].succeeded
    assert objects_in(bucket, "nubank/lake/") == files_in(Path(local.settings.lake_root))
    assert sorted(path.name for path in settings.home.iterdir()) == IN_THE_HOME


def _has(table: str) -> bool:
    return "collected_at" in TABLES[table].column_names


def test_a_person_does_all_of_it_from_the_command_line(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """import, run, documents, query, doctor, forget; of the money only workbook and page stay here."""
    monkeypatch.setenv("NUBANK_DEPLOYMENT", "aws")
    monkeypatch.setenv("NUBANK_BUCKET", bucket)
    monkeypatch.setenv("NUBANK_HOLDER_NAMES", HOLDER_NAME)
    write_demo(tmp_path / "files", months=1, seed=1, today=TODAY)
    assert nubank("import", str(tmp_path / "files" / "exports")).returncode == 0
    ran = nubank("run")
    assert ran.returncode == 0, ran
    assert f"s3://{bucket}/nubank/lake" in ran.stdout.replace("\n", "")
    listed = nubank("documents").stdout
    receipts = Inbox(f"s3://{bucket}/nubank/inbox").receipts()
    assert receipts
    assert all(receipt.document in listed for receipt in receipts)
    rows = Lake(f"s3://{bucket}/nubank/lake").read(TABLES["expenses"]).num_rows
    counted = nubank("query", "select count(*) as n from expenses", "--engine", "duckdb", "--format", "csv")
    assert counted.stdout == f"n\n{rows}\n"
    assert f"✓ s3://{bucket}/nubank" in nubank("doctor").stdout
    assert nubank("forget", receipts[0].document).returncode == 0
    assert receipts[0] not in Inbox(f"s3://{bucket}/nubank/inbox").receipts()
    assert sorted(path.name for path in (tmp_path / "home").iterdir()) == IN_THE_HOME


def test_without_a_bucket_the_setting_is_named(aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_DEPLOYMENT", "aws")
    for command in ("documents", "run"):
        done = nubank(command)
        assert done.returncode == 2
        assert done.stderr == "Falta NUBANK_BUCKET, de que NUBANK_DEPLOYMENT=aws precisa.\n"


def nubank(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(Path(sys.executable).parent / "nubank"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
