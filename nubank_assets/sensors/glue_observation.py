"""What tells the page of changes that others made in the Glue catalog: a serverless run, a crawler, a person.

Data that is newer than what this Dagster knows is a materialisation: the month was made, and the page's lineage
and staleness must count it. Anything else, such as a comment, a parameter or a lost partition, is an observation.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import dagster as dg

from nubank_assets.assets.declared import key_of
from nubank_assets.aws_resources import GlueResource
from nubank_assets.sensors.glue import glue_catalog_sensor, glue_crawler_sensor

if TYPE_CHECKING:
    from nubank_assets.aws.glue_observing import Entry

#: Most changes that a tick looks at, each a call of S3 at most; the next one goes on.
_MOST_CHANGES: Final = 40
#: A run that is older died without a word, or is somebody else's to mend.
_LONGEST_RUN: Final = timedelta(hours=1)
_RUN: Final = "run_elsewhere"
_SEEN_IN: Final = {"seen_in": "Glue Data Catalog"}


@dg.sensor(
    minimum_interval_seconds=300,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Reports changes of the Glue catalog that were made elsewhere as events of the assets",
)
def glue_observation_sensor(context: dg.SensorEvaluationContext, glue: GlueResource) -> dg.SensorResult:
    """The cursor is the mark of every entry. A new Dagster home so learns which months there are.

    What this Dagster's own runs wrote is known by its seal and its run, and is not reported.
    """
    if _is_running(context.instance):
        return dg.SensorResult(skip_reason="a run is publishing: its events come first", cursor=context.cursor)
    marks: dict[str, str] = json.loads(context.cursor or "{}")
    changed, gone = glue.changes(marks)
    events: list[dg.AssetMaterialization | dg.AssetObservation] = []
    for entry in changed[:_MOST_CHANGES]:
        events += _events(context.instance, glue, entry, marks.get(entry.name))
        marks[entry.name] = entry.mark
    for name in gone[:_MOST_CHANGES]:
        events += _events_of_gone(glue, name)
        del marks[name]
    cursor = json.dumps(marks, separators=(",", ":"))
    if not events:
        return dg.SensorResult(skip_reason="nobody else changed the catalog", cursor=cursor)
    return dg.SensorResult(asset_events=events, cursor=cursor)


def _is_running(instance: dg.DagsterInstance) -> bool:
    statuses = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]
    since = datetime.now(UTC) - _LONGEST_RUN
    return bool(instance.get_runs(dg.RunsFilter(statuses=statuses, created_after=since), limit=1))


def _events(
    instance: dg.DagsterInstance, glue: GlueResource, entry: "Entry", known: str | None
) -> list[dg.AssetMaterialization | dg.AssetObservation]:
    """The event of a changed entry, or none if this Dagster made the change or knows of the data."""
    is_ours = entry.is_written_by_us(known)
    if is_ours and entry.run and instance.get_run_by_id(entry.run):
        return []
    key, metadata = key_of(entry.table), {**_SEEN_IN, "location": entry.location, _RUN: entry.run or "—"}
    written = glue.published_at(entry.table, entry.month) if entry.has_data else None
    if written and _is_news(instance, entry, written):
        rows = {"dagster/partition_row_count": glue.rows(entry.table, entry.month)}
        moment = {"written_at": dg.MetadataValue.timestamp(written)}
        return [dg.AssetMaterialization(key, partition=entry.month, metadata={**metadata, **rows, **moment})]
    if is_ours:
        return []
    change = "new entry" if known is None else "changed entry"
    return [dg.AssetObservation(key, partition=entry.month, metadata={**metadata, "change": change})]


def _events_of_gone(glue: GlueResource, name: str) -> list[dg.AssetObservation]:
    """Who deletes a partition with its month does right; one without it hides data from SQL."""
    table, _, month = name.partition("/")
    if glue.published_at(table, month or None) is None:
        return []
    metadata = {**_SEEN_IN, "change": "deleted entry, and its data is still there"}
    return [dg.AssetObservation(key_of(table), partition=month or None, metadata=metadata)]


def _is_news(instance: dg.DagsterInstance, entry: "Entry", written: datetime) -> bool:
    """Whether this Dagster does not know of the data yet."""
    months = [entry.month] if entry.month else None
    wanted = dg.AssetRecordsFilter(asset_key=key_of(entry.table), asset_partitions=months)
    for newest in instance.fetch_materializations(wanted, limit=1).records:
        told = newest.asset_materialization.metadata.get(_RUN) if newest.asset_materialization else None
        if entry.run and told and told.value == entry.run:
            return False
        # S3 tells whole seconds; a run that says it made the data gets the benefit of that doubt.
        return written.timestamp() + (1 if entry.run else 0) > newest.timestamp
    return True


#: The sensors of Glue, for the definitions of the aws deployment.
GLUE_SENSORS: Final = (glue_catalog_sensor, glue_crawler_sensor, glue_observation_sensor)
