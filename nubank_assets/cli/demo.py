"""`nubank demo`: a made-up account, imported and run in a home of its own, never mixed with real data."""

import shutil
from datetime import datetime

import click

from nubank_assets.cli.printing import console
from nubank_assets.domain.months import SAO_PAULO
from nubank_assets.messages import message


@click.command("demo", help=message("demo_help"), short_help=message("demo_short"))
@click.option("--months", type=click.IntRange(1, 120), default=24, show_default=True, help=message("demo_months_help"))
@click.option("--seed", type=int, default=1, show_default=True, help=message("demo_seed_help"))
@click.pass_context
def demo(ctx: click.Context, months: int, seed: int) -> None:
    """Write the exports, import them as a person's, run; exit as `import` and `run` do."""
    from nubank_assets.cli.importing import import_into
    from nubank_assets.cli.running import chosen_months, run_and_report
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import demo_settings
    from nubank_assets.sources.demo.generator import write_demo

    settings = demo_settings()
    with lock_home(settings):
        for part in ("inbox", "lake", "dagster/storage", "dagster/history", "dagster/schedules"):
            shutil.rmtree(settings.home / part, ignore_errors=True)
        write_demo(settings.home, months=months, seed=seed, today=datetime.now(SAO_PAULO).date())
        if import_into(settings.inbox_root, [settings.home / "exports"], None, None, source="demo"):
            ctx.exit(2)
        outcomes = run_and_report(settings, chosen_months(settings, None, None))
    console().print(message("demo_next"))
    ctx.exit(0 if all(outcome.succeeded for outcome in outcomes) else 1)
