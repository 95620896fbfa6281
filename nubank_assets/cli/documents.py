"""`nubank documents` and `nubank forget`: what is in the inbox, and how to undo an import."""

import click

from nubank_assets.cli.printing import console, format_day, print_table
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import contiguous_blocks
from nubank_assets.messages import message

#: A shorter beginning of a name could be meant for another document.
_SHORTEST_PREFIX = 4


@click.command("documents", help=message("documents_help"), short_help=message("documents_short"))
def documents() -> None:
    """Print a row for each document."""
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.settings import load_settings

    receipts = Inbox(load_settings().inbox_root).receipts()
    columns = ["document", "file", "format", "account", "months", "lines", "as_of"]
    rows = [
        [
            receipt.document,
            receipt.name,
            receipt.format.value,
            receipt.account,
            " – ".join(dict.fromkeys((receipt.months[0], receipt.months[-1]))),
            str(receipt.lines),
            format_day(receipt.as_of_day),
        ]
        for receipt in receipts
    ]
    print_table(columns, rows, right=["lines"])


@click.command("forget", help=message("forget_help"), short_help=message("forget_short"))
@click.argument("document")
def forget(document: str) -> None:
    """Erase one document and say which months to run again."""
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings

    settings = load_settings()
    with lock_home(settings):
        inbox = Inbox(settings.inbox_root)
        found = [receipt for receipt in inbox.receipts() if document in {receipt.document, receipt.name}]
        if not found and len(document) >= _SHORTEST_PREFIX:
            found = [receipt for receipt in inbox.receipts() if receipt.document.startswith(document)]
        if len(found) != 1:
            raise InputError(message("forget_unknown" if not found else "forget_ambiguous", document=document))
        inbox.forget(found[0])
    blocks = [" – ".join(dict.fromkeys(block)) for block in contiguous_blocks(found[0].months)]
    console().print(message("forgotten", name=found[0].name, months=", ".join(blocks)))
