"""`nubank google`: keeps the key of a service account, and says what is left to do. Nothing is asked of Google."""

from pathlib import Path

import click

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message


@click.group("google", help=message("google_help"), short_help=message("google_short"))
def google() -> None:
    """The Google account that writes to the spreadsheet."""


@google.command("connect", help=message("google_connect_help"))
@click.argument("keyfile", type=click.Path(path_type=Path))
@click.option("--spreadsheet", metavar="ADDRESS", default="", help=message("google_spreadsheet_help"))
def connect(keyfile: Path, spreadsheet: str) -> None:
    """Keep a downloaded key, which must be one; exit 2 if it is not."""
    from nubank_assets.credentials import open_credentials
    from nubank_assets.google.accounts import SECRET, read_account
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings

    settings = load_settings(**({"spreadsheet": spreadsheet} if spreadsheet else {}))
    text = _read(keyfile)
    account = read_account(text, str(keyfile))
    credentials = open_credentials(settings)
    with lock_home(settings):
        credentials.put(SECRET, text.encode())
    click.echo(message("google_connected", email=account.client_email, keyfile=keyfile))
    if credentials.get(SECRET) != text.encode():
        click.echo(message("google_key_overridden"))
    click.echo(message("google_step_share", email=account.client_email))
    key = settings.spreadsheet or message("google_address")
    click.echo(message("google_step_setting", key=key))


def _read(keyfile: Path) -> str:
    try:
        # Editors of some systems put a mark before the text.
        return keyfile.read_bytes().decode("utf-8-sig").strip()
    except FileNotFoundError:
        raise InputError(message("path_missing", name=keyfile)) from None
    except UnicodeDecodeError:
        raise InputError(message("google_key_no_json", name=keyfile)) from None
    except OSError as error:
        raise InputError(message("path_unreadable", name=keyfile, error=error.strerror or error)) from None
