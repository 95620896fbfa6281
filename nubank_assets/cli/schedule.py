"""`nubank schedule`: a daily `nubank run` by what the system has."""

import re
from datetime import time
from typing import TYPE_CHECKING

import click

from nubank_assets.cli.printing import console
from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.scheduling.plan import Plan
    from nubank_assets.scheduling.schedulers import Scheduler
    from nubank_assets.settings import Settings


def _time_of_day(ctx: click.Context, param: click.Parameter, value: str) -> time:  # noqa: ARG001
    if found := re.fullmatch(r"(\d{1,2}):(\d{2})", value, re.ASCII):
        hour, minute = map(int, found.groups())
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise click.BadParameter(message("schedule_time_wrong", value=value))


@click.group("schedule", help=message("schedule_help"), short_help=message("schedule_short"))
def schedule() -> None:
    """The daily run."""


@schedule.command("install", help=message("schedule_install_help"))
@click.option("--at", default="08:00", show_default=True, callback=_time_of_day, help=message("schedule_at_help"))
def install(at: time) -> None:
    """Register the daily run, or register it anew; exit 2 where a person must add a line to their crontab."""
    from nubank_assets.credentials import open_credentials
    from nubank_assets.local_home import prepare_home
    from nubank_assets.notifications.channels import check_notifications
    from nubank_assets.scheduling.plan import make_plan, write_plan
    from nubank_assets.scheduling.schedulers import crontab_line, this_scheduler
    from nubank_assets.settings import load_settings

    settings = load_settings()
    check_notifications(settings, open_credentials(settings))
    plan = make_plan(settings, at.hour, at.minute)
    prepare_home(settings)
    _keep_secrets(settings)
    write_plan(plan)
    scheduler = this_scheduler()
    if not scheduler.is_there():
        raise InputError(message("schedule_no_scheduler", line=crontab_line(plan)))
    _register(scheduler, plan)
    console().print(message("schedule_installed", at=plan.at, home=settings.home))


@schedule.command("remove", help=message("schedule_remove_help"))
def remove() -> None:
    """Forget the daily run; the log of runs stays."""
    from nubank_assets.scheduling.plan import delete_plan
    from nubank_assets.scheduling.records import log_of
    from nubank_assets.scheduling.schedulers import this_scheduler
    from nubank_assets.settings import load_settings

    settings = load_settings()
    scheduler = this_scheduler()
    scheduler.remove(settings.home)
    delete_plan(settings.home)
    if not scheduler.is_there():
        console().print(message("schedule_remove_line", home=settings.home))
    console().print(message("schedule_removed", log=log_of(settings.home)))


@schedule.command("status", help=message("schedule_status_help"))
@click.pass_context
def status(ctx: click.Context) -> None:
    """Say whether it is installed, when it runs next, and how the last run ended; exit 2 if either is wrong."""
    from nubank_assets.scheduling.looking import look_at_schedule
    from nubank_assets.settings import load_settings

    found = list(look_at_schedule(load_settings()))
    for _, sentence in found:
        console().print(sentence)
    ctx.exit(2 if any(is_right is False for is_right, _ in found) else 0)


def _keep_secrets(settings: "Settings") -> None:
    from nubank_assets.scheduling.secrets import keep_secret, lacks_login, secrets_to_keep
    from nubank_assets.sources.credentials import variable_of

    for name in list(secrets_to_keep(settings)):
        console().print(message("schedule_keeps_secret", variable=variable_of(name), folder=settings.secrets_folder))
        keep_secret(settings, name)
    if lacks_login(settings):
        console().print(message("schedule_lacks_login"))


def _register(scheduler: "Scheduler", plan: "Plan") -> None:
    """All of it, or nothing."""
    from pathlib import Path

    from nubank_assets.scheduling.plan import delete_plan

    try:
        scheduler.install(plan)
    except PermanentError:
        scheduler.remove(Path(plan.home))
        delete_plan(Path(plan.home))
        raise
