"""The crawler as the sensor starts and awaits it, tick by tick, and the check that shows how it ended."""

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest

from nubank_assets.aws.clients import client
from nubank_assets.checks_glue import CHECKED_ASSET, catalog_agrees_with_declarations
from nubank_assets.domain.catalog import TABLES
from nubank_assets.sensors.glue import glue_crawler_sensor
from nubank_assets_tests.aws.glue_instance import Ticks, dagster_home, run, settings_of
from nubank_assets_tests.aws.glue_lake import EXPENSES, GlueLake
from nubank_assets_tests.fakes.crawler_driver import CrawlerDriver

ROLE = "arn:aws:iam::123456789012:role/nubank-crawler"


@pytest.fixture
def crawler(glue_lake: GlueLake) -> Iterator[Ticks]:
    """The sensor over a published catalog."""
    glue_lake.publish(*TABLES.values())
    settings = settings_of(glue_lake, glue_crawler=f"nubank-{uuid.uuid4().hex[:8]}", glue_crawler_role=ROLE)
    with dagster_home(settings) as instance:
        yield Ticks(glue_crawler_sensor, settings, instance)


def await_end(crawler: Ticks, **changes: Any) -> list[Any]:
    """Ticks until the crawl has ended."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if events := crawler.tick(**changes):
            return events
        assert "running" in str(crawler.said)
        time.sleep(0.3)
    raise AssertionError("the crawl did not end")


def shown(instance: dg.DagsterInstance) -> Any:
    """The state of the check on the page."""
    (key,) = catalog_agrees_with_declarations.check_keys
    (record,) = instance.event_log_storage.get_asset_check_execution_history(key, limit=1)
    return record


def test_new_data_starts_one_crawl_and_its_end_passes_the_check(crawler: Ticks, glue_lake: GlueLake) -> None:
    crawler.tick()
    assert "no new data" in str(crawler.said)
    run(crawler.instance, glue_lake, "2026-11")
    glue_lake.write(EXPENSES, "2026-12")
    with CrawlerDriver(crawler.glue.crawler) as driver:
        crawler.tick()
        assert "started" in str(crawler.said)
        (event,) = await_end(crawler)
    assert (event.passed, event.asset_key, driver.crawls) == (True, CHECKED_ASSET, 1)
    assert sorted(glue_lake.partitions("expenses")) == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert shown(crawler.instance).status.value == "SUCCEEDED"
    run(crawler.instance, glue_lake, "2026-11")
    crawler.tick()
    assert "too short ago" in str(crawler.said)
    crawler.tick(hours_between_crawls=0)
    assert "started" in str(crawler.said)


def test_a_crawl_that_fails_alerts_the_person_once(glue_lake: GlueLake, capsys: pytest.CaptureFixture[str]) -> None:
    glue_lake.publish(*TABLES.values())
    crawler = f"nubank-{uuid.uuid4().hex[:8]}"
    settings = settings_of(glue_lake, glue_crawler=crawler, glue_crawler_role=ROLE, notifications=("console",))
    with dagster_home(settings) as instance:
        ticks = Ticks(glue_crawler_sensor, settings, instance)
        run(instance, glue_lake, "2026-11")
        ticks.tick()
        for _ in range(3):
            ticks.tick(minutes_of_longest_crawl=0)
    printed = capsys.readouterr()
    assert (printed.out + printed.err).count("Nubank: atenção") == 1
    assert crawler in printed.out + printed.err


def test_a_stuck_crawl_fails_the_check_once(crawler: Ticks, glue_lake: GlueLake) -> None:
    run(crawler.instance, glue_lake, "2026-11")
    crawler.tick()
    (event,) = crawler.tick(minutes_of_longest_crawl=0)
    assert not event.passed
    assert crawler.glue.crawler in event.description
    assert shown(crawler.instance).status.value == "FAILED"
    assert crawler.tick(minutes_of_longest_crawl=0) == []


def test_a_stopped_crawl_fails_the_check_and_the_next_data_crawls_again(crawler: Ticks, glue_lake: GlueLake) -> None:
    run(crawler.instance, glue_lake, "2026-11")
    crawler.tick()
    client("glue").stop_crawler(Name=crawler.glue.crawler)
    (event,) = crawler.tick()
    assert (event.passed, "interrompido" in event.description) == (False, True)
    run(crawler.instance, glue_lake, "2026-11")
    crawler.tick()
    assert "awaited" in json.loads(crawler.cursor or "")


def test_a_catalog_that_disagrees_after_the_crawl_fails_the_check(crawler: Ticks, glue_lake: GlueLake) -> None:
    run(crawler.instance, glue_lake, "2026-11")
    storage = glue_lake.table("expenses")["StorageDescriptor"]
    glue_lake.edit_table("expenses", StorageDescriptor={**storage, "Columns": storage["Columns"][1:]})
    crawler.tick()
    (event,) = await_end(crawler)
    assert not event.passed
    assert "expenses" in event.description


def test_without_a_crawler_there_is_nothing_to_do(crawler: Ticks) -> None:
    assert crawler.tick(crawler="") == []
    assert "NUBANK_GLUE_CRAWLER" in str(crawler.said)
