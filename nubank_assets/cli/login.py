"""`nubank login`: asks what Nubank asks, and says what to do next. What it asks for is neither shown nor kept."""

import click

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message


@click.command("login", help=message("login_help"), short_help=message("login_short"))
@click.option("--name", metavar="NAME", help=message("login_name_help"))
def login(name: str | None) -> None:
    """Make this computer known to Nubank."""
    from nubank_assets.credentials import open_credentials, secrets_prefix
    from nubank_assets.domain.identity import check_account_name
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings
    from nubank_assets.sources.pynubank.login import log_in, parse_cpf
    from nubank_assets.sources.pynubank.names import LoginNames

    settings, names = load_settings(), LoginNames(name)
    if name is not None:
        check_account_name(name)
        check_account_name(names.account)
    with lock_home(settings):
        person = parse_cpf(_ask("login_cpf")), _ask("login_password")
        log_in(open_credentials(settings), names, settings.pynubank_url, person, _ask_code)
    prefix = secrets_prefix(settings)
    if prefix is not None:
        click.echo(message("secrets_login_done", prefix=prefix))
    else:
        click.echo(message("login_done", folder=settings.secrets_folder))


def _ask(question: str) -> str:
    answer: str = click.prompt(message(question), hide_input=True, default="", show_default=False)
    if not answer.strip():
        raise InputError(message("login_empty"))
    return answer


def _ask_code(recipient: str) -> str:
    click.echo(message("login_code_sent", recipient=recipient or message("login_your_email")))
    return _ask("login_code").strip()
