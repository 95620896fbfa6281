"""The worksheets about lines that belong together: the pairs, and the lines that lack their other side."""

from typing import Final

from nubank_assets.domain.catalog import TRANSACTION_LINKS, UNLINKED_TRANSACTIONS
from nubank_assets.export import cells
from nubank_assets.export.sheet import CellType, Order, SheetColumn, Worksheet, money

LINKS: Final = Worksheet(
    "sheet.links",
    TRANSACTION_LINKS,
    (
        SheetColumn("column.link_reason", CellType.WORD, 32, ("reason",), cells.word("link")),
        SheetColumn("column.first_date", CellType.DATE, 13, ("first_date",)),
        SheetColumn("column.first_account", CellType.TEXT, 14, ("first_account",)),
        SheetColumn("column.first_title", CellType.TEXT, 42, ("first_title",)),
        money("column.first_amount", "first_amount_brl"),
        SheetColumn("column.second_date", CellType.DATE, 13, ("second_date",)),
        SheetColumn("column.second_account", CellType.TEXT, 14, ("second_account",)),
        SheetColumn("column.second_title", CellType.TEXT, 42, ("second_title",)),
        money("column.second_amount", "second_amount_brl"),
        money("column.linked", "linked_brl", width=15),
        SheetColumn("column.days_apart", CellType.INTEGER, 16, ("days_apart",)),
        SheetColumn("column.found_by", CellType.WORD, 32, ("found_by",), cells.word("found")),
    ),
    (Order("second_date", is_descending=True), Order("first_date", is_descending=True), Order("link_id")),
    intro="sheet_intro_links",
    empty="sheet_no_links",
)

UNLINKED: Final = Worksheet(
    "sheet.unlinked",
    UNLINKED_TRANSACTIONS,
    (
        SheetColumn("column.day", CellType.DATE, 12, ("date",)),
        SheetColumn("column.account", CellType.TEXT, 14, ("account",)),
        SheetColumn("column.title", CellType.TEXT, 52, ("title",)),
        money("column.amount", "amount_brl"),
        SheetColumn("column.expects", CellType.WORD, 32, ("expects",), cells.word("link")),
        SheetColumn("column.unlinked_reason", CellType.WORD, 38, ("reason",), cells.word("unlinked")),
        money("column.unlinked", "unlinked_brl", width=15),
    ),
    (Order("date", is_descending=True), Order("transaction_id"), Order("expects")),
    intro="sheet_intro_unlinked",
    empty="sheet_no_unlinked",
)
