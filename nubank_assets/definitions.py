"""The assembly: settings in, Dagster definitions out. The only place where assets and resources meet."""

from typing import Any

import dagster as dg

from nubank_assets.assets.categorized_tables import categorized_tables
from nubank_assets.assets.cleaned_parquet import cleaned_parquet
from nubank_assets.assets.dashboard import dashboard
from nubank_assets.assets.insights import insights
from nubank_assets.assets.raw_transactions import corrections, raw_transactions, rules
from nubank_assets.assets.sheets_export import sheets_export
from nubank_assets.assets.workbook import workbook
from nubank_assets.checks import all_months_are_proven, sources_answered
from nubank_assets.checks_glue import catalog_agrees_with_declarations
from nubank_assets.deployments import DEPLOYMENTS
from nubank_assets.jobs import MONTHLY_JOB, MONTHLY_LAYERS_JOB
from nubank_assets.schedules import daily_schedule
from nubank_assets.sensors.glue_observation import GLUE_SENSORS
from nubank_assets.sensors.inbox import inbox_sensor
from nubank_assets.sensors.run_status import (
    run_canceled_sensor,
    run_failed_sensor,
    run_started_sensor,
    run_succeeded_sensor,
)
from nubank_assets.sensors.untold_runs import untold_runs_sensor
from nubank_assets.settings import Settings, load_settings


def build_definitions(settings: Settings, **overrides: Any) -> dg.Definitions:
    """The definitions for these settings; `overrides` replace resources by name. Touches no network or disk."""
    is_aws = settings.deployment == "aws"
    return dg.Definitions(
        assets=[
            corrections,
            rules,
            raw_transactions,
            cleaned_parquet,
            categorized_tables,
            insights,
            workbook,
            dashboard,
            sheets_export,
        ],
        asset_checks=[all_months_are_proven, sources_answered, *([catalog_agrees_with_declarations] if is_aws else [])],
        jobs=[MONTHLY_JOB, MONTHLY_LAYERS_JOB],
        schedules=[daily_schedule],
        sensors=[
            inbox_sensor,
            run_started_sensor,
            run_succeeded_sensor,
            run_failed_sensor,
            run_canceled_sensor,
            untold_runs_sensor,
            *(GLUE_SENSORS if is_aws else []),
        ],
        resources={**DEPLOYMENTS[settings.deployment](settings), **overrides},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `workspace.yaml` loads: the definitions for the environment's settings."""
    return build_definitions(load_settings())
