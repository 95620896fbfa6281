"""Crawls by the driver, which does what a crawler with the configuration in Glue would: what is declared survives."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nubank_assets.aws.clients import client
from nubank_assets.aws.crawler import await_crawl, check_agreement, crawl_if_due, read_crawl, start_crawl
from nubank_assets.aws.crawler_setup import crawler_input, ensure_crawler
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets_tests.aws.glue_lake import EXPENSES, GlueLake, written
from nubank_assets_tests.fakes.crawler_driver import CrawlerDriver

ROLE = "arn:aws:iam::123456789012:role/nubank-crawler"


@pytest.fixture
def crawler(glue_lake: GlueLake) -> str:
    """A crawler over a published catalog, as the platform makes it."""
    glue_lake.publish(*TABLES.values())
    name = f"nubank-{uuid.uuid4().hex[:8]}"
    ensure_crawler(name, ROLE, glue_lake.database)
    return name


def described(name: str) -> dict[str, Any]:
    found: dict[str, Any] = client("glue").get_crawler(Name=name)["Crawler"]
    return found


@contextmanager
def answered(crawl: dict[str, Any]) -> Iterator[None]:
    """Glue's answers about the last crawl say this instead: the local one's crawls never fail."""

    def change(parsed: dict[str, Any], **_: Any) -> None:
        if (parsed["Crawler"].get("LastCrawl") or {}).get("Status"):
            parsed["Crawler"]["LastCrawl"].update(crawl)

    events = client("glue").meta.events
    events.register("after-call.glue.GetCrawler", change)
    try:
        yield
    finally:
        events.unregister("after-call.glue.GetCrawler", change)


def crawl(name: str, lake: GlueLake, **options: Any) -> bool:
    return crawl_if_due(name, ROLE, lake.database, lake.bucket_root, **options)


def write_otherwise(lake: GlueLake, month: str) -> None:
    """Another writer's file: its amounts are floats."""
    rows = EXPENSES.arrow_schema.empty_table()
    at = rows.schema.get_field_index("amount_brl")
    buffer = pa.BufferOutputStream()
    pq.write_table(rows.set_column(at, "amount_brl", pa.array([], pa.float64())), buffer)
    bucket, prefix = lake.bucket_root.removeprefix("s3://").split("/", 1)
    key = f"{prefix}/lake/{EXPENSES.path}/month={month}/data.parquet"
    client("s3").put_object(Bucket=bucket, Key=key, Body=buffer.getvalue().to_pybytes())


def test_the_crawler_is_made_so_that_declarations_survive(crawler: str, glue_lake: GlueLake) -> None:
    found = described(crawler)
    assert found["SchemaChangePolicy"] == {"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"}
    assert '"InheritFromTable"' in found["Configuration"]
    (target,) = found["Targets"]["CatalogTargets"]
    assert target["DatabaseName"] == glue_lake.database
    assert {*target["Tables"]} == {table.name for table in TABLES.values() if table.partitioned}
    with written() as calls:
        ensure_crawler(crawler, ROLE, glue_lake.database)
    assert not calls


def test_a_crawl_adds_the_months_of_others_and_keeps_types_and_comments(crawler: str, glue_lake: GlueLake) -> None:
    glue_lake.write(EXPENSES, "2026-11")
    write_otherwise(glue_lake, "2026-12")
    before = glue_lake.table("expenses")
    with CrawlerDriver(crawler) as driver:
        assert crawl(crawler, glue_lake) is True
        assert crawl(crawler, glue_lake) is False  # too soon
    assert driver.crawls == 1
    assert glue_lake.table("expenses") == before
    found = glue_lake.partitions("expenses")
    assert sorted(found) == ["2026-09", "2026-10", "2026-11", "2026-12"]
    columns = before["StorageDescriptor"]["Columns"]
    assert all(entry["StorageDescriptor"]["Columns"] == columns for entry in found.values())
    assert found["2026-12"]["StorageDescriptor"]["Location"].endswith("/expenses/month=2026-12/")


def test_a_crawler_that_may_update_is_found_out_and_mended(crawler: str, glue_lake: GlueLake) -> None:
    """Somebody let it update: the next crawl would replace types, so the next start configures it again."""
    glue = client("glue")
    write_otherwise(glue_lake, "2026-12")
    loose = {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"}
    glue.update_crawler(Name=crawler, SchemaChangePolicy=loose, Configuration="")
    driver = CrawlerDriver(crawler)
    driver.crawl()
    with pytest.raises(PermanentError) as raised:
        check_agreement(crawler, glue_lake.database, glue_lake.bucket_root)
    assert all(word in str(raised.value) for word in ("expenses", "amount_brl", "double", "decimal(18,2)", "month"))
    ensure_crawler(crawler, ROLE, glue_lake.database)
    assert described(crawler)["SchemaChangePolicy"]["UpdateBehavior"] == "LOG"
    glue.delete_table(DatabaseName=glue_lake.database, Name="expenses")
    glue_lake.publish(*TABLES.values())
    driver.crawl()
    check_agreement(crawler, glue_lake.database, glue_lake.bucket_root)


def test_a_target_in_the_bucket_is_taken_away(crawler: str, glue_lake: GlueLake) -> None:
    """A crawler over the bucket would make tables of its own."""
    targets = described(crawler)["Targets"]
    client("glue").update_crawler(Name=crawler, Targets={**targets, "S3Targets": [{"Path": glue_lake.bucket_root}]})
    ensure_crawler(crawler, ROLE, glue_lake.database)
    found = described(crawler)["Targets"]
    assert not found.get("S3Targets")
    assert found["CatalogTargets"] == crawler_input(crawler, glue_lake.database)["Targets"]["CatalogTargets"]


def test_a_crawl_that_runs_already_is_as_good(crawler: str, glue_lake: GlueLake) -> None:
    before = read_crawl(crawler)
    start_crawl(crawler)
    start_crawl(crawler)
    assert read_crawl(crawler).is_running
    await_crawl(before, timedelta(seconds=30))
    assert not read_crawl(crawler).is_running


def test_a_crawl_that_does_not_end_is_given_up(crawler: str) -> None:
    before = read_crawl(crawler)
    start_crawl(crawler)
    with pytest.raises(RetryableError, match=crawler):
        await_crawl(before, timedelta(seconds=1))


def test_a_crawl_that_was_stopped_may_pass_later(crawler: str) -> None:
    before = read_crawl(crawler)
    start_crawl(crawler)
    client("glue").stop_crawler(Name=crawler)
    with pytest.raises(RetryableError, match="interrompido"):
        await_crawl(before, timedelta(seconds=30))


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [("FAILED", PermanentError, r"sem permissão.*/aws-glue/crawlers"), ("CANCELLED", RetryableError, "interrompido")],
)
def test_a_crawl_that_failed_says_why_and_where(crawler: str, status: str, kind: type[Exception], said: str) -> None:
    before = read_crawl(crawler)
    start_crawl(crawler)
    with answered({"Status": status, "ErrorMessage": "sem permissão"}), pytest.raises(kind, match=said):
        await_crawl(before, timedelta(seconds=30))


def test_without_a_role_no_crawler_is_made(glue_lake: GlueLake) -> None:
    with pytest.raises(InputError, match="NUBANK_GLUE_CRAWLER_ROLE"):
        ensure_crawler("nubank-none", "", glue_lake.database)
    assert "nubank-none" not in {found["Name"] for found in client("glue").get_crawlers()["Crawlers"]}
