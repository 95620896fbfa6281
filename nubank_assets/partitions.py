"""The months as Dagster partitions."""

import warnings
from typing import Final

import dagster as dg

from nubank_assets.domain.months import FIRST_MONTH, MONTHS_AHEAD

#: Keys such as ``2026-10``, flipping at midnight in São Paulo. The end offset counts the open month and the
#: year of bills after it that can be exported.
MONTHLY: Final = dg.MonthlyPartitionsDefinition(
    start_date=FIRST_MONTH, timezone="America/Sao_Paulo", fmt="%Y-%m", end_offset=MONTHS_AHEAD + 1
)

# `backfill_policy` is marked beta; the version is pinned, and tests run ranges through it.
warnings.filterwarnings("ignore", message="Parameter `backfill_policy`", category=dg.BetaWarning)

#: A range of months is one run, never one run per month.
SINGLE_RUN: Final = dg.BackfillPolicy.single_run()
