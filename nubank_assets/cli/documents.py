"""`nubank documents` and `nubank forget`: what is in the inbox, and how to undo an import."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from nubank_assets.cli.printing import console, format_day, print_table
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import contiguous_blocks
from nubank_assets.domain.vocabulary import Family
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.lake.inbox import Receipt
    from nubank_assets.settings import Settings

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
    """Erase one document, of an API all its answers about the same, and say which months to run again."""
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings

    settings = load_settings()
    with lock_home(settings):
        inbox = Inbox(settings.inbox_root)
        erased = find_erased(document, inbox.receipts())
        for receipt in erased:
            inbox.forget(receipt)
    touched = {month for receipt in erased for month in receipt.months} | _months_decided(settings, erased)
    months = contiguous_blocks(sorted(touched))
    blocks = [" – ".join(dict.fromkeys(block)) for block in months]
    name = erased[0].name if len(erased) == 1 else f"{erased[0].name} ({len(erased)}×)"
    console().print(message("forgotten", name=name, months=", ".join(blocks)))


def _months_decided(settings: "Settings", erased: Iterable["Receipt"]) -> set[str]:
    """The months of lines that these corrections and rules decided, those that came after them too."""
    import pyarrow.compute as pc

    from nubank_assets.domain.catalog import CATEGORIZED_TRANSACTIONS
    from nubank_assets.lake.publish import Lake

    names = [receipt.document for receipt in erased if receipt.format.is_of_categories]
    if not names:
        return set()
    decided = pc.field("correction").isin(names) | pc.field("own_rule").isin(names)
    lines = Lake(settings.lake_root).dataset(CATEGORIZED_TRANSACTIONS).to_table(columns=["month"], filter=decided)
    return set(lines["month"].to_pylist())


def find_erased(document: str, receipts: Sequence["Receipt"]) -> list["Receipt"]:
    """What goes when a person forgets `document`: a file's name, or a document's or the beginning of it.

    Raises InputError when nothing is meant by it, or several that have to do with nothing but their name.
    """
    found = [receipt for receipt in receipts if document in {receipt.document, receipt.name}]
    if not found and len(document) >= _SHORTEST_PREFIX:
        found = [receipt for receipt in receipts if receipt.document.startswith(document)]
    if not found:
        raise InputError(message("forget_unknown", document=document))
    erased = answers_about_the_same(found[0], receipts)
    if any(receipt not in erased for receipt in found):
        raise InputError(message("forget_ambiguous", document=document))
    return erased


def answers_about_the_same(receipt: "Receipt", receipts: Iterable["Receipt"]) -> list["Receipt"]:
    """The receipt, and of an API's answer every stored one about the same bill, the same month or the same day.

    A source asks anew for what is not stored; an answer before the one that was wrong would stand for it.
    """
    if receipt.format.family in {Family.EXPORTS, Family.STATED} and not receipt.format.is_worksheet:
        return [receipt]
    return [other for other in receipts if _told_of(other) == _told_of(receipt)]


def _told_of(receipt: "Receipt") -> tuple[object, ...]:
    """What an answer is about; the day of a reading is in its name. All states of a worksheet are about the same."""
    if receipt.format.is_worksheet:
        return receipt.format, receipt.account
    what = receipt.name if receipt.format.is_reading else (receipt.bill, receipt.bill_due) if receipt.bill else None
    return receipt.source, receipt.format, receipt.account, what or receipt.months
