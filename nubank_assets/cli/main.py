"""The `nubank` command: its group, its options for all commands, its exit codes.

0 done, 1 the run failed, 2 the input or a setting was wrong. What each command does is in its own module;
commands are imported when they are called, so that `nubank --help` is quick.
"""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.messages import message

#: Where each command is, with the key of its one-line help.
_COMMANDS: Final = {
    "import": "nubank_assets.cli.importing:import_files",
    "run": "nubank_assets.cli.running:run",
    "login": "nubank_assets.cli.login:login",
    "google": "nubank_assets.cli.google:google",
    "balance": "nubank_assets.cli.balance:balance",
    "schedule": "nubank_assets.cli.schedule:schedule",
    "demo": "nubank_assets.cli.demo:demo",
    "query": "nubank_assets.cli.querying:query",
    "categorize": "nubank_assets.cli.categorizing:categorize",
    "correct": "nubank_assets.cli.correcting:correct",
    "rules": "nubank_assets.cli.rules:rules",
    "report-link": "nubank_assets.cli.report_link:report_link",
    "doctor": "nubank_assets.cli.doctor:doctor",
    "documents": "nubank_assets.cli.documents:documents",
    "forget": "nubank_assets.cli.documents:forget",
    "ui": "nubank_assets.cli.ui:ui",
}


class _LazyGroup(click.Group):
    """Commands that are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_LazyGroup, help=message("cli_help"), context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help=message("cli_home_help"))
@click.version_option(package_name="nubank_assets")
def cli(home: Path | None) -> None:
    """Set what holds for every command."""
    if home is not None:
        os.environ["NUBANK_HOME"] = str(home.expanduser().absolute())


def main() -> None:
    """Run the command line; errors a person can mend are one plain sentence on standard error."""
    # Importing and running a month makes hundreds of thousands of objects that stay: looking for garbage among
    # them as often as Python does by default costs a tenth of a run.
    gc.set_threshold(100_000, 20, 20)
    try:
        # Outside of its standalone mode click returns the exit code of `ctx.exit`.
        sys.exit(cli.main(standalone_mode=False))
    except (click.Abort, KeyboardInterrupt):
        click.echo(message("aborted"), err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except (PermanentError, RetryableError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
