"""`nubank balance set`: what no source tells, stated by hand."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from nubank_assets.cli.printing import console, format_day, format_money
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import SAO_PAULO
from nubank_assets.domain.vocabulary import AccountType, Reading
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings


@click.group("balance", help=message("balance_help"), short_help=message("balance_short"))
def balance() -> None:
    """Balances and limits."""


@balance.command("set", help=message("balance_set_help"), short_help=message("balance_set_short"))
@click.argument("amount", required=False)
@click.option("--limit", help=message("balance_limit_help"))
@click.option("--available", help=message("balance_available_help"))
@click.option("--account", help=message("balance_account_help"))
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help=message("balance_date_help"))
def set_balance(
    amount: str | None, limit: str | None, available: str | None, account: str | None, day: datetime | None
) -> None:
    """Store what is stated; exit 2 if it is no amount, no account or no day."""
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings

    if account and amount and (limit or available):
        raise click.UsageError(message("balance_mixed"))
    stated = {
        AccountType.ACCOUNT: _readings({Reading.ACCOUNT_BALANCE: amount}),
        AccountType.CARD: _readings({Reading.CARD_LIMIT: limit, Reading.AVAILABLE_LIMIT: available}),
    }
    if not any(stated.values()):
        raise click.UsageError(message("balance_nothing"))
    settings = load_settings()
    on = day.date() if day else datetime.now(SAO_PAULO).date()
    with lock_home(settings):
        for account_type, readings in stated.items():
            if readings:
                _state(settings, account_type, account or account_type.value, readings, on)


def _readings(given: Mapping[Reading, str | None]) -> dict[Reading, Decimal]:
    return {reading: _parse(text) for reading, text in given.items() if text}


def _parse(text: str) -> Decimal:
    """An amount as people write it; raises InputError."""
    import pyarrow as pa

    from nubank_assets.sources.exports.amounts import parse_amounts

    centavos, _ = parse_amounts(pa.array([text]), dot_may_be_thousands=True)
    if centavos[0].as_py() is None:
        raise InputError(message("balance_amount_wrong", amount=text))
    return Decimal(centavos[0].as_py()).scaleb(-2)


def _state(
    settings: "Settings", account_type: AccountType, account: str, readings: Mapping[Reading, Decimal], day: date
) -> None:
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.sources.stated import state_readings

    is_known = any(receipt.account == account for receipt in Inbox(settings.inbox_root).receipts())
    state_readings(Inbox(settings.inbox_root), account_type, account, readings, day, datetime.now(UTC))
    said = ", ".join(message(f"reading_{name.value}", amount=format_money(value)) for name, value in readings.items())
    console().print(message("balance_stated", account=account, day=format_day(day), readings=said))
    if not is_known:
        console().print(message("balance_new_account", account=account))
