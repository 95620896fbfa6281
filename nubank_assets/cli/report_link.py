"""`nubank report-link`: the link that makes the report in Data Studio, and how to finish it there."""

from typing import TYPE_CHECKING, Final

import click

from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

#: Seconds for which Google is asked again: a person waits for the answer.
_PATIENCE: Final = 10.0


@click.command("report-link", help=message("report_help"), short_help=message("report_short"))
@click.option("--open", "is_opened", is_flag=True, help=message("report_open_help"))
def report_link(is_opened: bool) -> None:
    """Print the link; Google is asked for the worksheets only where the link names them, for a template."""
    from nubank_assets.export.report_link import report_guide
    from nubank_assets.export.report_link import report_link as link_of
    from nubank_assets.google.spreadsheet import check_key
    from nubank_assets.settings import load_settings

    settings = load_settings()
    check_key(settings.spreadsheet)
    template = settings.report_template_id
    ids = _published(settings) if template else {}
    link = link_of(settings.report_url, template, settings.spreadsheet, ids, settings.locale)
    click.echo(link)
    if template:
        click.echo(message("report_template", template=template))
    else:
        click.echo(message("report_blank"))
        click.echo(report_guide(settings.locale))
    if is_opened and click.launch(link):
        click.echo(message("report_no_browser"), err=True)


def _published(settings: "Settings") -> dict[str, int]:
    """The worksheets' ids as Google has them now; raises what asking it raises."""
    from nubank_assets.credentials import open_credentials
    from nubank_assets.export.report_link import find_sheet_ids
    from nubank_assets.google.spreadsheet import open_spreadsheet

    credentials = open_credentials(settings)
    spreadsheet = open_spreadsheet(settings.spreadsheet, settings.sheets_url, credentials, patience=_PATIENCE)
    return find_sheet_ids(spreadsheet.structure(), settings.locale)
