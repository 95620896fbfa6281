"""Where people look: publishing the tables to the declared destinations."""

from typing import Any

import dagster as dg

from nubank_assets.assets.declared import OWNERS, key_of
from nubank_assets.domain.catalog import tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.partitions import SINGLE_RUN
from nubank_assets.resources import DestinationsResource, LakeResource

_SHOWN = [*tables_of(Layer.CATEGORIZED), *tables_of(Layer.INSIGHTS)]
_ALSO_SHOWN = ("bills", "rejects")


@dg.asset(
    key=[Layer.EXPORT.value],
    group_name=Layer.EXPORT.value,
    deps=[*(key_of(table.name) for table in _SHOWN), *(key_of(name) for name in _ALSO_SHOWN)],
    owners=OWNERS,
    kinds={"excel"},
    tags={"layer": Layer.EXPORT.value, "personal_data": "masked"},
    backfill_policy=SINGLE_RUN,
)
def sheets_export(
    context: dg.AssetExecutionContext, lake: LakeResource, destinations: DestinationsResource
) -> dg.MaterializeResult[Any]:
    """All months, published to every destination in `NUBANK_DESTINATIONS`; a workbook on a laptop."""
    metadata = destinations.publish(lake.open())
    context.log.info(f"published to {', '.join(metadata)}")
    return dg.MaterializeResult(metadata=metadata)
