"""What starts runs when documents come into the inbox or are forgotten."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import dagster as dg

from nubank_assets.domain.identity import content_hash
from nubank_assets.domain.months import contiguous_blocks
from nubank_assets.jobs import MONTHLY_JOB, range_tags
from nubank_assets.resources import InboxResource

if TYPE_CHECKING:
    from nubank_assets.lake.inbox import Receipt


@dg.sensor(
    job=MONTHLY_JOB,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="One run for each unbroken block of months that new or forgotten documents touch",
)
def inbox_sensor(context: dg.SensorEvaluationContext, inbox: InboxResource) -> dg.SensorResult | dg.SkipReason:
    """Compares the receipts with those of the last tick; the cursor is those receipts with their months."""
    known: dict[str, list[str]] = json.loads(context.cursor or "{}")
    present = {_version(receipt): list(receipt.months) for receipt in inbox.open().receipts()}
    changed = sorted(known.keys() ^ present.keys())
    if not changed:
        return dg.SkipReason("no document came or went")
    months = {month for document in changed for month in (present.get(document) or known[document])}
    requests = [
        dg.RunRequest(run_key=_run_key(changed, first, present), tags=range_tags(first, last))
        for first, last in contiguous_blocks(months)
    ]
    return dg.SensorResult(run_requests=requests, cursor=json.dumps(present))


def _version(receipt: "Receipt") -> str:
    """A document as it is known: forgotten and imported again, or seen again later, it is another."""
    return f"{receipt.document}@{receipt.collected_at.isoformat()}@{receipt.as_of.isoformat()}"


def _run_key(changed: Iterable[str], first: str, present: Iterable[str]) -> str:
    """The same change of the same inbox asks for the same run once, also if a tick is repeated."""
    return f"{first}-{content_hash(json.dumps([sorted(changed), sorted(present)]).encode())[:16]}"
