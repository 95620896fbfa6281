"""How the commands print: tables, money, days. The words are in ``messages.py``."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table

from nubank_assets.messages import locale, message

if TYPE_CHECKING:
    from rich.console import JustifyMethod

#: Wide enough for every table; a file has no edge.
_PIPED_WIDTH: Final = 240


@cache
def console() -> Console:
    """Standard output; nothing in a person's data is taken for markup, and nothing is cut where it is piped."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=_PIPED_WIDTH)


def format_money(value: Decimal) -> str:
    """`R$ 1.234,56`."""
    from babel.numbers import format_currency

    return str(format_currency(value, "BRL", locale=locale().replace("-", "_")))


def format_day(day: date) -> str:
    """`31/10/2026`, or `2026-10-31` in English."""
    return day.strftime("%d/%m/%Y") if locale() == "pt-BR" else day.isoformat()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[str] = ()) -> None:
    """Rows under columns, given by the keys of their headings; `right` names the columns of numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    numbers = set(right)
    for column in columns:
        justify: JustifyMethod = "right" if column in numbers else "left"
        table.add_column(message(f"column_{column}"), justify=justify, overflow="fold")
    for row in rows:
        table.add_row(*[str(cell) for cell in row])
    console().print(table, soft_wrap=False)
