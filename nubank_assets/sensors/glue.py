"""What keeps the Glue catalog and the page true of each other, in the aws deployment.

One sensor tells the catalog what runs published, one lets the crawler look for what others wrote, and
``sensors/glue_observation.py`` tells the page what others changed in the catalog.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import dagster as dg

from nubank_assets.assets.declared import key_of
from nubank_assets.aws_resources import GlueResource
from nubank_assets.checks_glue import CATALOG_CHECK, CHECKED_ASSET
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.notifications.events import RunEvent
from nubank_assets.notifications.marks import one_at_a_time
from nubank_assets.resources import NotificationsResource
from nubank_assets.sensors.marks import InstanceMarks

#: Most events of one table that a tick looks at; the next one goes on.
_MOST_EVENTS: Final = 500

#: What runs published: months of tables, by run.
Published = dict[str, list[tuple[str, str | None]]]


@dg.sensor(
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Updates the Glue partitions of exactly the months that runs published",
)
def glue_catalog_sensor(context: dg.SensorEvaluationContext, glue: GlueResource) -> dg.SensorResult:
    """The cursor is the last event of each table, and the declarations that the catalog was made from.

    A failure leaves the cursor where it is, so that nothing is lost; what was written already differs no more.
    """
    known = json.loads(context.cursor or "{}")
    declared = f"{glue.declared()} {datetime.now(UTC).date()}"
    # Looked at before publishing: what a run publishes meanwhile is still to be seen.
    newest = _newest(context.instance)
    if known.get("declared") != declared:
        # Once a day whatever happened: a month that nobody saw being published gets its partition then.
        glue.publish()
    if "after" not in known:
        cursor = json.dumps({"declared": declared, "after": newest})
        return dg.SensorResult(skip_reason="the whole catalog was published", cursor=cursor)
    # SQLite gives the ids of deleted runs again.
    seen = {name: min(last, newest.get(name, 0)) for name, last in known["after"].items()}
    published, after = _published(context.instance, seen)
    for run, months in published.items():
        glue.update(months, run)
    cursor = json.dumps({"declared": declared, "after": after})
    told = sum(len(months) for months in published.values())
    said = f"the catalog shows {told} published months and tables" if told else "no run published anything"
    return dg.SensorResult(skip_reason=said, cursor=cursor)


@dg.sensor(
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts the Glue crawler, not too often, and checks that the catalog is as declared afterwards",
)
def glue_crawler_sensor(
    context: dg.SensorEvaluationContext, glue: GlueResource, notifications: NotificationsResource
) -> dg.SensorResult:
    """The cursor is the newest event that a crawl has seen, and the crawl that is awaited.

    A crawl that fails, stops or does not end fails the check of the catalog, once; the next data starts another.
    """
    if not glue.crawler:
        return dg.SensorResult(skip_reason="there is no crawler: NUBANK_GLUE_CRAWLER is empty")
    known = json.loads(context.cursor or "{}")
    if awaited := known.get("awaited"):
        return _look_after(context, glue, notifications, known, awaited)
    newest = max(_newest(context.instance).values())
    if newest <= known.get("seen", 0):
        return dg.SensorResult(skip_reason="no new data since the last crawl")
    before = glue.start_crawl()
    if before is None:
        return dg.SensorResult(skip_reason="the last crawl was too short ago")
    awaited = {
        "started": datetime.now(UTC).isoformat(),
        "known": before.started_at.isoformat() if before.started_at else None,
    }
    return dg.SensorResult(
        skip_reason="the crawler was started", cursor=json.dumps({"seen": newest, "awaited": awaited})
    )


def raise_alert(
    context: dg.SensorEvaluationContext, notifications: NotificationsResource, crawl: str, sentence: str
) -> None:
    """Tell the person of a crawl that went wrong, once, beside the failed check on the page.

    What cannot be delivered now is kept for `untold_runs_sensor`.
    """
    context.log.error(sentence)
    event, marks = RunEvent("alert", failures=(sentence,), run_id=f"crawl-{crawl}"), InstanceMarks(context.instance)
    if notifications.tell(event, marks):
        with one_at_a_time(notifications.load().home):
            marks.keep(event)


def _look_after(
    context: dg.SensorEvaluationContext,
    glue: GlueResource,
    notifications: NotificationsResource,
    known: Mapping[str, object],
    awaited: Mapping[str, str],
) -> dg.SensorResult:
    """Look whether the awaited crawl has ended, and how."""
    before = datetime.fromisoformat(awaited["known"]) if awaited["known"] else None
    cursor = json.dumps({"seen": known["seen"]})
    try:
        if not glue.crawl_ended(before, datetime.fromisoformat(awaited["started"]), datetime.now(UTC)):
            return dg.SensorResult(skip_reason="the crawler is running", cursor=context.cursor)
    except (PermanentError, RetryableError) as error:
        raise_alert(context, notifications, awaited["started"], str(error))
        return dg.SensorResult(asset_events=[_evaluation(str(error))], cursor=cursor)
    return dg.SensorResult(asset_events=[_evaluation(None)], cursor=cursor)


def _evaluation(wrong: str | None) -> dg.AssetCheckEvaluation:
    return dg.AssetCheckEvaluation(
        asset_key=CHECKED_ASSET,
        check_name=CATALOG_CHECK,
        passed=wrong is None,
        severity=dg.AssetCheckSeverity.WARN,
        description=wrong,
        metadata={"after": "crawl"},
    )


def _newest(instance: dg.DagsterInstance) -> dict[str, int]:
    """The id of the newest materialisation of each table; 0 if there is none."""
    return {name: _ids(instance, name) for name in TABLES}


def _ids(instance: dg.DagsterInstance, name: str) -> int:
    records = instance.fetch_materializations(key_of(name), limit=1).records
    return records[0].storage_id if records else 0


def _published(instance: dg.DagsterInstance, after: Mapping[str, int]) -> tuple[Published, dict[str, int]]:
    """What runs published after these events, table by table, and the events to go on from.

    What belongs to no run was observed in the catalog, or said by a person on the page: no data was written.
    """
    published: Published = defaultdict(list)
    newest = dict(after)
    for name in TABLES:
        wanted = dg.AssetRecordsFilter(asset_key=key_of(name), after_storage_id=after.get(name, 0))
        last: dict[str | None, str] = {}
        for record in instance.fetch_materializations(wanted, limit=_MOST_EVENTS, ascending=True).records:
            newest[name] = record.storage_id
            if record.run_id:
                last[record.partition_key] = record.run_id
        for month, run in last.items():
            published[run].append((name, month))
    return published, newest
