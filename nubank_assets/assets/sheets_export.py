"""Where people look: publishing the tables to the declared destinations."""

from typing import Any

import dagster as dg

from nubank_assets.assets.declared import OWNERS, SHOWN
from nubank_assets.assets.workbook import WORKBOOK
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.partitions import SINGLE_RUN
from nubank_assets.resources import DestinationsResource, LakeResource


@dg.asset(
    key=[Layer.EXPORT.value],
    group_name=Layer.EXPORT.value,
    deps=[*SHOWN, WORKBOOK],
    owners=OWNERS,
    kinds={"excel", "googlesheets"},
    tags={"layer": Layer.EXPORT.value, "personal_data": "masked"},
    backfill_policy=SINGLE_RUN,
)
def sheets_export(
    context: dg.AssetExecutionContext, lake: LakeResource, destinations: DestinationsResource
) -> dg.MaterializeResult[Any]:
    """All months, at every destination in `NUBANK_DESTINATIONS`: the workbook on a laptop, a Google spreadsheet."""
    metadata = destinations.publish(lake.open())
    context.log.info(f"published to {', '.join(destinations.names)}")
    return dg.MaterializeResult(metadata=metadata)
