"""The page as an asset: figures, charts and the lines behind them in one file for the browser."""

from typing import Any, Final

import dagster as dg

from nubank_assets.assets.declared import OWNERS, SHOWN
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.partitions import SINGLE_RUN
from nubank_assets.resources import FilesResource, LakeResource

DASHBOARD: Final = dg.AssetKey([Layer.EXPORT.value, "dashboard"])


@dg.asset(
    key=DASHBOARD,
    group_name=Layer.EXPORT.value,
    deps=SHOWN,
    owners=OWNERS,
    kinds={"html"},
    tags={"layer": Layer.EXPORT.value, "personal_data": "masked"},
    backfill_policy=SINGLE_RUN,
)
def dashboard(lake: LakeResource, files: FilesResource) -> dg.MaterializeResult[Any]:
    """All months as one page in the home, which opens in a browser and asks no network."""
    return dg.MaterializeResult(metadata=files.write_dashboard(lake.open()))
