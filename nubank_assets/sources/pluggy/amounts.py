"""Pluggy's amounts to integer centavos. Numbers come as int or Decimal; a float is refused like any other nonsense."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from nubank_assets.sources.pluggy.shapes import Row

BRL: Final = "BRL"
_CENTAVO: Final = Decimal("0.01")
#: Digits before the point that an amount may have; more is broken.
_MOST_DIGITS: Final = 15


def as_decimal(value: object) -> Decimal | None:
    """A JSON number, every digit kept; None for whatever is no number or no amount."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() and number.adjusted() < _MOST_DIGITS else None


def as_reais(value: object) -> Decimal | None:
    """A JSON number with two decimals: half a centavo rounds away from zero."""
    number = as_decimal(value)
    return None if number is None else number.quantize(_CENTAVO, ROUND_HALF_UP)


def as_centavos(value: object) -> int | None:
    """A JSON number in integer centavos, rounded in the same way."""
    reais = as_reais(value)
    return None if reais is None else int(reais.scaleb(2))


def own_currency_amount(row: Row) -> Any:
    """The number of a transaction that is in BRL, None where it has none.

    A foreign purchase's `amount` is in its currency (`currencyCode`), and `amountInAccountCurrency` is in BRL.
    """
    converted = row.get("amountInAccountCurrency")
    if converted is not None:
        return converted
    return row.get("amount") if row.get("currencyCode") == BRL else None
