"""A card's limits as Pluggy says them, each counted once however many cards share it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.vocabulary import Reading
from nubank_assets.sources.pluggy.amounts import BRL, as_reais
from nubank_assets.sources.pluggy.shapes import Row

_TOTAL: Final = "LIMITE_CREDITO_TOTAL"
_CONSOLIDATED: Final = "CONSOLIDADO"
_ADDITIONAL: Final = "ADDITIONAL"

_Total = tuple[Decimal | None, Decimal | None]


def card_limits(account: Row) -> Iterator[tuple[Reading, Decimal]]:
    """The limit and what is left of it, in BRL. What is not said is not there; an additional card has none."""
    credit = account.get("creditData")
    if not isinstance(credit, dict) or credit.get("holderType") == _ADDITIONAL or account.get("currencyCode") != BRL:
        return
    stated = as_reais(credit.get("creditLimit")), as_reais(credit.get("availableCreditLimit"))
    shared = shared_total(account) or (None, None)
    for reading, of_all, of_card in zip((Reading.CARD_LIMIT, Reading.AVAILABLE_LIMIT), shared, stated, strict=True):
        value = of_card if of_all is None else of_all
        if value is not None:
            yield reading, value


def shared_total(account: Row) -> _Total | None:
    """The consolidated limit and what is left of it, if Pluggy tells one for all cards.

    Pluggy repeats it for each card number, and beside it lists parts of it (cash, withdrawals): adding them up
    would count the same limit several times. Totals that differ are several limits, and then none is shared.
    """
    credit = account.get("creditData")
    details = credit.get("disaggregatedCreditLimits") if isinstance(credit, dict) else None
    lines = [line for line in details if isinstance(line, dict)] if isinstance(details, list) else []
    totals = {_total(line) for line in lines if _is_total(line)}
    return totals.pop() if len(totals) == 1 else None


def _is_total(line: dict[str, Any]) -> bool:
    is_consolidated = line.get("consolidationType") == _CONSOLIDATED
    currency = line.get("limitAmountCurrencyCode") or BRL
    return is_consolidated and line.get("creditLineLimitType") == _TOTAL and currency == BRL


def _total(line: dict[str, Any]) -> _Total:
    """A person may have lowered the limit: what is left then counts from the lowered one."""
    lowered = as_reais(line.get("customizedLimitAmount"))
    limit = as_reais(line.get("limitAmount")) if lowered is None else lowered
    return limit, as_reais(line.get("availableAmount"))
