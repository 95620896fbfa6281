"""`nubank ui`: Dagster's own web page and daemon on the home, bound to this machine."""

import os
import subprocess
import sys

import click

from nubank_assets.cli.printing import console
from nubank_assets.messages import message


@click.command("ui", help=message("ui_help"), short_help=message("ui_short"))
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True)
@click.option("--demo", "of_demo", is_flag=True, help=message("query_demo_help"))
def ui(port: int, of_demo: bool) -> None:
    """Become `dagster dev`."""
    from nubank_assets.local_home import prepare_home
    from nubank_assets.settings import demo_settings, load_settings

    settings = demo_settings() if of_demo else load_settings()
    prepare_home(settings)
    os.environ |= {"DAGSTER_HOME": str(settings.dagster_home), **settings.environment()}
    console().print(message("ui_address", address=f"http://127.0.0.1:{port}"))
    workspace = str(settings.dagster_home / "workspace.yaml")
    arguments = ["dev", "--workspace", workspace, "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    if os.name == "nt":
        # There, exec would return to the prompt at once.
        raise SystemExit(subprocess.call([sys.executable, "-m", "dagster", *arguments]))
    os.execv(sys.executable, [sys.executable, "-m", "dagster", *arguments])  # noqa: S606 (our own interpreter)
