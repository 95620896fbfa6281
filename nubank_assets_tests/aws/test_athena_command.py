"""`nubank query` on Athena, as a process: rows, bytes, refusals, exit codes, Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.aws.glue import publish_catalog
from nubank_assets.domain.catalog import TABLES
from nubank_assets.settings import Settings
from nubank_assets_tests.aws.test_athena_queries import LONG
from nubank_assets_tests.fakes.lake import make_lake


@pytest.fixture
def settings(bucket: str, tmp_path: Path) -> Settings:
    """An aws deployment with income of two months in its lake."""
    word = uuid.uuid4().hex[:8]
    settings = Settings(
        deployment="aws", bucket=bucket, glue_database=f"db_{word}", athena_workgroup=f"group-{word}", locale="en"
    )
    client("athena").create_work_group(Name=settings.athena_workgroup, Configuration={})
    rows = [{"month": month, "amount_brl": "10.50", "title": "=cmd"} for month in ("2026-05", "2026-06")]
    make_lake(tmp_path, income=rows)
    for file in (tmp_path / "lake").rglob("*.parquet"):
        key = f"{settings.bucket_prefix}/lake/{file.relative_to(tmp_path / 'lake').as_posix()}"
        client("s3").put_object(Bucket=bucket, Key=key, Body=file.read_bytes())
    publish_catalog(settings.glue_database, settings.bucket_root, {"income": TABLES["income"]})
    return settings


def command(settings: Settings, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [str(Path(sys.executable).parent / "nubank"), "query", *arguments],
        env={**os.environ, **settings.environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(settings: Settings, *arguments: str) -> tuple[int, str, str]:
    process = command(settings, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def queries_of(settings: Settings) -> list[str]:
    found: list[str] = client("athena").list_query_executions(WorkGroup=settings.athena_workgroup)["QueryExecutionIds"]
    return found


def test_athena_answers_in_the_aws_deployment(settings: Settings) -> None:
    sql = "select month, amount_brl, title from income order by 1"
    code, out, err = ask(settings, sql, "--format", "json")
    assert code == 0, err
    assert json.loads(out) == [
        {"month": "2026-05", "amount_brl": "10.50", "title": "=cmd"},
        {"month": "2026-06", "amount_brl": "10.50", "title": "=cmd"},
    ]
    (query_id,) = queries_of(settings)
    assert query_id in err
    assert " scanned" in err
    assert ask(settings, sql, "--format", "csv")[1].splitlines()[1] == "2026-05,10.50,'=cmd"
    assert "2026-06" in ask(settings, sql)[1]


def test_what_is_wrong_is_said_in_a_sentence(settings: Settings) -> None:
    for arguments in (
        ("select nothing from income",),
        ("select nothing from no_such_table",),
        ("select 1", "--dialect", "duckdb"),
        ("select 1", "--demo", "--engine", "athena"),
    ):
        code, out, err = ask(settings, *arguments)
        assert (code, out) == (2, ""), arguments
        assert len(err.strip().splitlines()) == 1, err


def test_a_statement_that_writes_never_reaches_athena(settings: Settings) -> None:
    for sql in ("drop table income", "insert into income select * from income", "create table x as select 1"):
        code, _, err = ask(settings, sql)
        assert code == 2
        assert "SELECT, WITH, SHOW" in err
    assert queries_of(settings) == []


def test_duckdb_reads_the_same_lake_in_s3(settings: Settings) -> None:
    code, out, err = ask(settings, "select sum(amount_brl) as s from income", "--engine", "duckdb", "--format", "json")
    assert (code, json.loads(out)) == (0, [{"s": "21.00"}]), err
    assert queries_of(settings) == []


def test_interrupting_the_command_cancels_the_query(settings: Settings) -> None:
    process = command(settings, LONG)
    until = time.monotonic() + 60
    while not queries_of(settings) and time.monotonic() < until:
        time.sleep(0.1)
    (query_id,) = queries_of(settings)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Traceback" not in err
    execution = client("athena").get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
    assert execution["Status"]["State"] == "CANCELLED"


def test_athenas_sql_runs_on_the_local_lake(tmp_path: Path) -> None:
    make_lake(tmp_path, income=[{"amount_brl": "10.00"}, {"amount_brl": "0.01"}])
    settings = Settings(home=tmp_path, locale="en")
    code, out, err = ask(settings, "select avg(amount_brl) from income", "--dialect", "athena", "--format", "json")
    assert (code, json.loads(out)) == (0, [{"_col0": "5.01"}]), err
    code, out, err = ask(settings, "select amont_brl from income", "--dialect", "athena")
    assert (code, out) == (2, "")
    assert "amount_brl" in err
    code, _, err = ask(settings, "select * from income", "--engine", "athena")
    assert code == 2
    assert "NUBANK_DEPLOYMENT=aws" in err
    code, out, _ = ask(settings, "select amount from receitas order by 1", "--format", "csv")
    assert (code, out) == (0, "amount\n0.01\n10.00\n")
