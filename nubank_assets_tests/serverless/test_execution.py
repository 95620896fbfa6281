"""Executions in real functions and a real state machine: what they make, once, at once, and for a dropped file."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.aws.clients import client
from nubank_assets.domain.catalog import CATEGORIZED_TRANSACTIONS, TABLES
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake
from nubank_assets.sensors.glue_observation import glue_observation_sensor
from nubank_assets.serverless.starting import start
from nubank_assets_tests.aws.glue_instance import Ticks, dagster_home
from nubank_assets_tests.aws.glue_lake import GlueLake
from nubank_assets_tests.export.sheets.home import assert_shows
from nubank_assets_tests.fakes.exports import card_csv
from nubank_assets_tests.fakes.homes import months_in
from nubank_assets_tests.fakes.inboxes import attribute
from nubank_assets_tests.fakes.s3_homes import files_in, objects_in
from nubank_assets_tests.serverless.conftest import World


def test_it_makes_the_very_tables_of_a_laptop(aws: str, world: World, first: dict[str, Any]) -> None:
    assert first["status"] == "SUCCEEDED", first
    assert objects_in(world.settings.bucket, "nubank/lake/") == files_in(Path(world.laptop.settings.lake_root))
    results = objects_in(world.settings.bucket, "nubank/results/")
    assert results.keys() == {"nubank.xlsx", "nubank.html"}
    assert results["nubank.xlsx"] == world.laptop.settings.workbook_path.read_bytes()


def test_the_catalog_has_every_month_as_made_by_the_execution(aws: str, world: World, first: dict[str, Any]) -> None:
    glue, lake = GlueLake(world.settings.glue_database, world.settings.bucket_root), Lake(world.settings.lake_root)
    for table in TABLES.values():
        entries = glue.partitions(table.name) if table.partitioned else {"": glue.table(table.name)}
        assert not table.partitioned or sorted(entries) == lake.months(table)
        assert {entry["Parameters"]["nubank_run"] for entry in entries.values()} == {first["name"]}, table.name


def test_the_spreadsheet_shows_the_lake_and_people_are_told_twice(
    aws: str, world: World, first: dict[str, Any]
) -> None:
    assert_shows(world.google.book(world.settings.spreadsheet), Lake(world.settings.lake_root))
    started, ended = world.reader.read()
    assert [attribute(notice, "status") for notice in (started, ended)] == ["started", "succeeded"]
    months = months_in(world.laptop.settings)
    assert months[0] in started["Subject"]
    assert months[-1] in started["Subject"]
    rows = Lake(world.settings.lake_root).read(TABLES["transactions"]).num_rows
    assert f"Linhas nesses meses: {rows}." in ended["Message"]
    assert world.settings.spreadsheet_address in ended["Message"]
    assert f"#/v2/executions/details/{first['executionArn']}" in ended["Message"]


def test_a_dagster_that_looks_later_learns_what_was_made(
    aws: str, world: World, first: dict[str, Any], tmp_path: Path
) -> None:
    settings = world.settings.model_copy(update={"home": tmp_path / "later"})
    with dagster_home(settings) as instance:
        ticks = Ticks(glue_observation_sensor, settings, instance)
        seen = []
        while events := ticks.tick():
            seen += events
    told = {(event.asset_key.path[-1], event.partition) for event in seen}
    lake = Lake(world.settings.lake_root)
    assert told == {
        (table.name, month)
        for table in TABLES.values()
        for month in (lake.months(table) if table.partitioned else [None])
    }
    assert {event.metadata["run_elsewhere"].value for event in seen} == {first["name"]}


def test_two_at_once_run_one_after_the_other_and_change_nothing(aws: str, world: World, first: dict[str, Any]) -> None:
    before, asked = world.versions(), len(world.google.requests)
    world.reader.read()
    month = {"month": months_in(world.laptop.settings)[0], "offline": True}
    weekly = {**month, "name": "weekly-2026-11-23T07:00:00Z"}
    both = [world.stack.start(weekly), world.stack.start(month)]
    assert both[0].endswith(":weekly-2026-11-23T07-00-00Z")
    assert world.stack.start(weekly) == both[0]
    assert [world.stack.wait(execution)["status"] for execution in both] == ["SUCCEEDED", "SUCCEEDED"]
    one, other = sorted(_held(world, execution) for execution in both)
    assert one[1] <= other[0]
    assert sorted(world.reader.statuses()) == ["started", "started", "succeeded", "succeeded"]
    assert world.versions() == before
    assert not [request for request in world.google.requests[asked:] if request.kind == "write"]


def test_a_dropped_file_makes_the_months_that_it_touches(aws: str, world: World, first: dict[str, Any]) -> None:
    known, month = set(world.stack.executions()), "2026-06"
    bill = card_csv("2026-05-20,Livraria Verde,31.50", "2026-05-28,Padaria Azul,12.00")
    drop(world, "maria/Nubank_2026-06-10.csv", bill)
    execution = wait_for_another(world, known)
    done = world.stack.wait(execution)
    assert done["status"] == "SUCCEEDED", done
    assert json.loads(done["input"]) == {"months": [month], "offline": True}
    rows = Lake(world.settings.lake_root).read(CATEGORIZED_TRANSACTIONS, [month]).to_pylist()
    assert sorted((row["account"], str(row["amount_brl"])) for row in rows) == [
        ("maria", "-12.00"),
        ("maria", "-31.50"),
    ]
    assert objects_in(world.settings.bucket, "nubank/inbox/new/") == {}
    # The same event comes a second time.
    assert start({"Records": [{"eventSource": "aws:s3"}]}, world.settings) == {"execution": None, "refused": []}
    assert set(world.stack.executions()) == {*known, execution}


def test_what_is_not_recognised_is_put_aside_and_told_of(aws: str, world: World) -> None:
    known = set(world.stack.executions())
    world.reader.read()
    drop(world, "lista.csv", "leite,pão\n2,3\n")
    world.wait_until(lambda: not objects_in(world.settings.bucket, "nubank/inbox/new/"))
    assert objects_in(world.settings.bucket, "nubank/inbox/refused/") == {"lista.csv": "leite,pão\n2,3\n".encode()}
    (notice,) = world.reader.read()
    assert attribute(notice, "status") == "alert"
    assert "lista.csv" in notice["Message"]
    assert set(world.stack.executions()) == known
    assert "lista.csv" not in {receipt.name for receipt in Inbox(world.settings.inbox_root).receipts()}


def test_what_cannot_be_asked_for_is_refused_before_anything_starts(aws: str, world: World) -> None:
    known = set(world.stack.executions())
    for wrong, sentence in (
        ({"month": "2026-13"}, "não é um mês"),
        ({"mes": "2026-10"}, "mes, que não existe"),
        ({"month": "2026-10", "from": "2026-01"}, "só um dos três"),
        ({"engine": "laptop"}, "emr-serverless"),
        ([], "não serve"),
    ):
        with pytest.raises(RuntimeError, match=f"PermanentError: .*{sentence}"):
            world.stack.invoke("start", wrong)
    assert set(world.stack.executions()) == known


def drop(world: World, name: str, content: str) -> None:
    client("s3").put_object(Bucket=world.settings.bucket, Key=f"nubank/inbox/new/{name}", Body=content.encode())


def wait_for_another(world: World, known: set[str]) -> str:
    """The execution that something started meanwhile."""
    world.wait_until(lambda: set(world.stack.executions()) - known)
    (execution,) = set(world.stack.executions()) - known
    return execution


def _held(world: World, execution: str) -> tuple[datetime, datetime]:
    """From when to when an execution had the lock."""
    entered = dict(world.stack.entered(execution))
    return entered["Collect"], entered["Unlock"]
