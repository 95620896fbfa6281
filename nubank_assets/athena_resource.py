"""Athena as a Dagster resource, for assets that ask the catalog in SQL.

dagster_aws's AthenaClientResource is not what it stands on: when its polls run out it leaves the query running (and
on cost), as it does when the run is cancelled; it reads the result file by `splitlines`, which cuts a text with a line
break in two, tells NULL from the empty text no more, and gives texts instead of decimals and dates; it sets no
database, and its clients have no ends to their waits.
"""

from typing import TYPE_CHECKING

import dagster as dg

if TYPE_CHECKING:
    from nubank_assets.aws.athena import QueryResult
    from nubank_assets.settings import Settings


class AthenaResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where queries run: workgroup, database, and where results go if the workgroup does not say."""

    workgroup: str
    database: str
    output: str
    kms_key: str = ""
    timeout_seconds: float = 300

    @classmethod
    def of(cls, settings: "Settings") -> "AthenaResource":
        """As the settings say; raises InputError without a bucket."""
        return cls(
            workgroup=settings.athena_workgroup,
            database=settings.glue_database,
            output=f"{settings.bucket_root}/athena/",
            kms_key=settings.kms_key,
        )

    def query(self, sql: str) -> "QueryResult":
        """The whole answer to one statement; a run that is cancelled meanwhile stops it.

        Raises InputError, PermanentError or RetryableError as `run_query` does. What a statement may do is up to the
        role: nothing here refuses one that writes.
        """
        from nubank_assets.aws.athena import AthenaPlace, run_query

        place = AthenaPlace(self.workgroup, self.database, self.output, self.kms_key)
        return run_query(sql, place, timeout=self.timeout_seconds)

    def metadata(self, result: "QueryResult") -> dict[str, dg.MetadataValue]:
        """What a query cost, for the page."""
        return {
            "athena_query": dg.MetadataValue.text(result.query_id),
            "scanned_bytes": dg.MetadataValue.int(result.scanned_bytes),
        }
