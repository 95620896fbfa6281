"""Crawls: started not too often, awaited not too long, and looked at afterwards.

How the crawler is configured is in ``crawler_setup.py``; how the catalog itself is written, in ``glue.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from tenacity import RetryError, Retrying, retry_if_result, stop_after_attempt, stop_after_delay, wait_exponential

from nubank_assets.aws.crawler_setup import ensure_crawler
from nubank_assets.aws.glue_calls import call, call_unless
from nubank_assets.aws.glue_differences import find_differences
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.domain.tables import Table
from nubank_assets.messages import message

#: A crawl is billed for ten minutes at least: no more than two a day.
BETWEEN_CRAWLS: Final = timedelta(hours=12)
#: A household's lake takes a crawler two or three minutes.
LONGEST_CRAWL: Final = timedelta(minutes=30)
_MOST_LOOKS: Final = 200


@dataclass(frozen=True)
class Crawl:
    """What Glue says of the crawler now, and of its last crawl that ended."""

    crawler: str
    is_running: bool
    started_at: datetime | None = None
    status: str = ""
    reason: str = ""
    log: str = ""

    def check(self, known: datetime | None) -> None:
        """Raise PermanentError if this crawl failed, RetryableError if it was stopped.

        `known` is the start of the last crawl before it: the same again means that this one left no trace.
        """
        if self.started_at == known or self.status == "CANCELLED":
            raise RetryableError(message("glue_crawl_canceled", crawler=self.crawler))
        if self.status != "SUCCEEDED":
            raise PermanentError(
                message("glue_crawl_failed", crawler=self.crawler, reason=self.reason or self.status, log=self.log)
            )


def read_crawl(name: str) -> Crawl:
    """What the crawler does now and did last; raises AwsMissingError when there is none."""
    found = call("GetCrawler", name, Name=name)["Crawler"]
    last = found.get("LastCrawl") or {}
    return Crawl(
        name,
        found["State"] != "READY",
        last.get("StartTime"),
        last.get("Status", ""),
        last.get("ErrorMessage", ""),
        "/".join(filter(None, (last.get("LogGroup"), last.get("LogStream")))),
    )


def is_due(crawl: Crawl, between: timedelta = BETWEEN_CRAWLS) -> bool:
    """Whether the last crawl is long enough ago for another."""
    return crawl.started_at is None or datetime.now(UTC) - crawl.started_at >= between


def start_crawl(name: str) -> None:
    """Start the crawler; one that runs already is as good."""
    call_unless("CrawlerRunningException", "StartCrawler", name, Name=name)


def await_crawl(before: Crawl, longest: timedelta = LONGEST_CRAWL) -> None:
    """Wait for the crawl that was started after `before`.

    Raises PermanentError if it failed, RetryableError if it was stopped or does not end in time.
    """
    looks = Retrying(
        retry=retry_if_result(lambda crawl: crawl.is_running),
        wait=wait_exponential(multiplier=0.25, max=20),
        stop=stop_after_delay(longest.total_seconds()) | stop_after_attempt(_MOST_LOOKS),
    )
    try:
        crawl: Crawl = looks(read_crawl, before.crawler)
    except RetryError:
        raise RetryableError(stuck(before.crawler, longest)) from None
    crawl.check(before.started_at)


def stuck(crawler: str, longest: timedelta) -> str:
    """The sentence of a crawl that does not end."""
    return message("glue_crawl_stuck", crawler=crawler, minutes=round(longest.total_seconds() / 60))


def check_agreement(name: str, database: str, bucket_root: str, tables: Mapping[str, Table] = TABLES) -> None:
    """Raise PermanentError with every difference when the catalog after a crawl is not as declared."""
    wrong = [found.sentence for found in find_differences(database, bucket_root, tables) if found.severity != "waiting"]
    if wrong:
        raise PermanentError(message("glue_crawl_disagrees", crawler=name, differences="\n".join(wrong)))


def crawl_if_due(name: str, role: str, database: str, bucket_root: str, between: timedelta = BETWEEN_CRAWLS) -> bool:
    """Crawl and wait for the end, unless the last crawl is too short ago; whether it crawled.

    Raises what `await_crawl` and `check_agreement` raise.
    """
    ensure_crawler(name, role, database)
    before = read_crawl(name)
    if not is_due(before, between):
        return False
    start_crawl(name)
    await_crawl(before)
    check_agreement(name, database, bucket_root)
    return True
