"""What starts runs when documents come into the inbox or are forgotten."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import dagster as dg

from nubank_assets.domain.identity import content_hash
from nubank_assets.domain.months import contiguous_blocks
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.jobs import MONTHLY_JOB, range_tags
from nubank_assets.resources import InboxResource

if TYPE_CHECKING:
    from nubank_assets.lake.inbox import Receipt

#: Among the months of a document: and those after.
_AND_LATER: Final = "+"
#: The months of each document, as it was known at a tick.
_Known = dict[str, list[str]]


@dg.sensor(
    job=MONTHLY_JOB,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="One run for each unbroken block of months that new or forgotten documents touch",
)
def inbox_sensor(context: dg.SensorEvaluationContext, inbox: InboxResource) -> dg.SensorResult | dg.SkipReason:
    """Compares the receipts with those of the last tick; the cursor is those receipts with their months."""
    known: _Known = json.loads(context.cursor or "{}")
    present = {_version(receipt): _months(receipt) for receipt in inbox.open().receipts()}
    changed = sorted(known.keys() ^ present.keys())
    if not changed:
        return dg.SkipReason("no document came or went")
    requests = [
        dg.RunRequest(run_key=_run_key(changed, first, present), tags=range_tags(first, last))
        for first, last in contiguous_blocks(set(_touched(changed, known, present)))
    ]
    return dg.SensorResult(run_requests=requests, cursor=json.dumps(present))


def _months(receipt: "Receipt") -> list[str]:
    """The months of a document; a rule of the person's own decides lines of later months too, once they come."""
    is_rule = receipt.format is DocumentFormat.STATED_RULE
    return [*receipt.months, *([_AND_LATER] if is_rule else [])]


def _touched(changed: Iterable[str], known: _Known, present: _Known) -> Iterator[str]:
    """The months of what came; of a rule that went, those since it was made, too."""
    there = {month for months in present.values() for month in months} - {_AND_LATER}
    for document in changed:
        months = [month for month in present.get(document, known.get(document, [])) if month != _AND_LATER]
        yield from months
        if document not in present and _AND_LATER in known[document]:
            yield from (month for month in there if month >= min(months))


def _version(receipt: "Receipt") -> str:
    """A document as it is known: forgotten and imported again, or seen again later, it is another."""
    return f"{receipt.document}@{receipt.collected_at.isoformat()}@{receipt.as_of.isoformat()}"


def _run_key(changed: Iterable[str], first: str, present: Iterable[str]) -> str:
    """The same change of the same inbox asks for the same run once, also if a tick is repeated."""
    return f"{first}-{content_hash(json.dumps([sorted(changed), sorted(present)]).encode())[:16]}"
