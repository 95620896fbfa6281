"""The jobs: which assets run together, and how a range of months is asked for."""

from collections.abc import Mapping
from typing import Final

import dagster as dg

from nubank_assets.domain.vocabulary import Layer

_MONTHLY_LAYERS: Final = (Layer.RAW.value, Layer.CLEANED.value, Layer.CATEGORIZED.value)

#: The tag of runs that a command made, with the command's name: it collected and notifies by itself.
COMMAND_TAG: Final = "nubank/command"

#: The tag of a run that the page started from another: it has the other's tags.
_RERUN_TAG: Final = "dagster/parent_run_id"

#: The tag of the runs that a command made, with what they are told of under: the id of the first of them.
NOTICE_TAG: Final = "nubank/notice"

#: Everything, for a range of months; what a person or the schedule asks for.
MONTHLY_JOB: Final = dg.define_asset_job(
    "nubank_monthly",
    selection=dg.AssetSelection.all(),
    description="Collect, clean, categorise, sum up and show a range of months",
)

#: The monthly layers alone: all but the last block of months when there are gaps between them.
MONTHLY_LAYERS_JOB: Final = dg.define_asset_job(
    "nubank_monthly_layers",
    selection=dg.AssetSelection.groups(*_MONTHLY_LAYERS),
    description="Collect, clean and categorise a range of months; insights and exports follow in another run",
)


def range_tags(first: str, last: str) -> dict[str, str]:
    """The tags of a run over these months and all between."""
    return {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}


def made_by_command(tags: Mapping[str, str]) -> bool:
    """Whether `nubank run` itself made the run, and not the page by running one of its runs again."""
    return COMMAND_TAG in tags and _RERUN_TAG not in tags
