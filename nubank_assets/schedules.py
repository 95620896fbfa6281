"""What runs by the clock."""

from datetime import datetime

import dagster as dg

from nubank_assets.domain.months import add_months, day_of, month_of
from nubank_assets.jobs import MONTHLY_JOB, range_tags
from nubank_assets.resources import InboxResource


@dg.schedule(
    job=MONTHLY_JOB,
    cron_schedule="0 7 * * *",
    execution_timezone="America/Sao_Paulo",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every morning: the previous, the current and the next month, whose bill is open",
)
def daily_schedule(context: dg.ScheduleEvaluationContext, inbox: InboxResource) -> dg.RunRequest | dg.SkipReason:
    """One run over three months; nothing while the inbox is empty."""
    if not inbox.open().receipts():
        return dg.SkipReason("the inbox is empty; import files with `nubank import`")
    moment: datetime = context.scheduled_execution_time
    month = month_of(day_of(moment))
    return dg.RunRequest(tags=range_tags(add_months(month, -1), add_months(month, 1)))
