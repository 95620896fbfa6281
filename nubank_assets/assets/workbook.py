"""The workbook as an asset: every worksheet in one file."""

from typing import Any, Final

import dagster as dg

from nubank_assets.assets.declared import OWNERS, SHOWN
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.partitions import SINGLE_RUN
from nubank_assets.resources import FilesResource, LakeResource

WORKBOOK: Final = dg.AssetKey([Layer.EXPORT.value, "workbook"])


@dg.asset(
    key=WORKBOOK,
    group_name=Layer.EXPORT.value,
    deps=SHOWN,
    owners=OWNERS,
    kinds={"excel"},
    tags={"layer": Layer.EXPORT.value, "personal_data": "masked"},
    backfill_policy=SINGLE_RUN,
)
def workbook(lake: LakeResource, files: FilesResource) -> dg.MaterializeResult[Any]:
    """All months as one workbook in the home, replaced whole."""
    return dg.MaterializeResult(metadata=files.write_workbook(lake.open()))
