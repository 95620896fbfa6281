"""What the assets and sensors of the aws deployment are given beside ``resources.py``. Network only when asked."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import dagster as dg

from nubank_assets.domain.catalog import TABLES

if TYPE_CHECKING:
    from nubank_assets.aws.crawler import Crawl
    from nubank_assets.aws.glue_differences import Difference
    from nubank_assets.aws.glue_observing import Entry


class GlueResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The Glue Data Catalog of the lake, and its crawler."""

    database: str
    bucket_root: str
    crawler: str = ""
    crawler_role: str = ""
    hours_between_crawls: float = 12
    minutes_of_longest_crawl: float = 30

    def declared(self) -> str:
        """Changes when anything does that decides what the catalog must say."""
        from nubank_assets.aws.athena_views import view_input
        from nubank_assets.aws.glue_inputs import declaration_hash
        from nubank_assets.domain.identity import content_hash
        from nubank_assets.lake.views import VIEWS

        hashes = [declaration_hash(table) for table in TABLES.values()]
        views = [view_input(view, self.database) for view in VIEWS.values()]
        hashes.append(content_hash(json.dumps(views, sort_keys=True).encode())[:16])
        return "-".join([self.database, self.bucket_root, *hashes])

    def publish(self) -> None:
        """Let the catalog have every table and view, and the months of the lake; old files of runs are deleted."""
        from nubank_assets.aws.athena_views import publish_views
        from nubank_assets.aws.glue import publish_catalog
        from nubank_assets.aws.run_folders import clean_runs

        publish_catalog(self.database, self.bucket_root)
        publish_views(self.database)
        clean_runs(self.database, self.bucket_root, datetime.now(UTC))

    def update(self, published: Iterable[tuple[str, str | None]], run: str) -> None:
        """Let the catalog show what a run published."""
        from nubank_assets.aws.glue import update_catalog

        update_catalog(self.database, self.bucket_root, published, run)

    def publish_run(self, instance: dg.DagsterInstance, run: str) -> None:
        """Let the catalog show what a run of this process published: for Lambda and commands, where no sensor ticks.

        The sensor finds nothing left to write.
        """
        logged = instance.all_logs(run, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
        events = [entry.dagster_event for entry in logged if entry.dagster_event and entry.dagster_event.asset_key]
        names = {(event.asset_key.path[-1], event.partition) for event in events if event.asset_key}
        self.update(sorted((name, month) for name, month in names if name in TABLES), run)

    def differences(self) -> "list[Difference]":
        """In what the catalog is not as declared."""
        from nubank_assets.aws.glue_differences import find_differences

        return list(find_differences(self.database, self.bucket_root))

    def changes(self, known: Mapping[str, str]) -> "tuple[list[Entry], list[str]]":
        """What in the catalog has another mark than is known, and the known names that are not there any more."""
        from nubank_assets.aws.glue_observing import changed_since, read_entries

        entries = list(read_entries(self.database, TABLES.values()))
        return changed_since(entries, known), sorted(known.keys() - {entry.name for entry in entries})

    def published_at(self, table: str, month: str | None) -> datetime | None:
        """When the object of a month was written last; None if there is none."""
        from nubank_assets.aws.glue_observing import published_at

        return published_at(self.bucket_root, TABLES[table], month)

    def rows(self, table: str, month: str | None) -> int:
        """Number of rows of one object."""
        from nubank_assets.lake.publish import Lake

        return Lake(f"{self.bucket_root}/lake").rows(TABLES[table], month)

    def start_crawl(self) -> "Crawl | None":
        """Start the crawler, configured as it must be; what was known of it before, or None if it is too soon."""
        from nubank_assets.aws.crawler import is_due, read_crawl, start_crawl
        from nubank_assets.aws.crawler_setup import ensure_crawler

        ensure_crawler(self.crawler, self.crawler_role, self.database)
        before = read_crawl(self.crawler)
        if not is_due(before, timedelta(hours=self.hours_between_crawls)):
            return None
        start_crawl(self.crawler)
        return before

    def crawl_ended(self, known: datetime | None, started: datetime, now: datetime) -> bool:
        """Whether the crawl has ended well; `known` is the start of the one before it.

        Raises PermanentError if it failed or left the catalog other than declared, RetryableError if it was
        stopped or takes too long.
        """
        from nubank_assets.aws.crawler import check_agreement, read_crawl, stuck
        from nubank_assets.domain.failures import RetryableError

        crawl, longest = read_crawl(self.crawler), timedelta(minutes=self.minutes_of_longest_crawl)
        if crawl.is_running:
            if now - started > longest:
                raise RetryableError(stuck(self.crawler, longest))
            return False
        crawl.check(known)
        check_agreement(self.crawler, self.database, self.bucket_root)
        return True
