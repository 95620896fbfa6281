"""The figures that are told: of the newest closed month and of the open one after it, and how many rows there are."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.notifications.events import MonthFigures

if TYPE_CHECKING:
    from nubank_assets.lake.publish import Lake


_LOG: Final = logging.getLogger(__name__)

Figures = tuple[int | None, int | None, tuple[MonthFigures, ...]]


def figures_of(lake: "Lake", months: Sequence[str]) -> Figures:
    """Rows and rejects of these months, and the newest months' figures; nothing of a lake that cannot be read.

    A notice of a run must not be what stops the next one, which would mend the table.
    """
    try:
        rows = (count_rows(lake, months), count_rejects(lake, months)) if months else (None, None)
        return *rows, newest_figures(lake)
    except (OSError, ValueError, PermanentError, RetryableError) as error:
        _LOG.warning("no figures in the notice: %s", error)
        return None, None, ()


def newest_figures(lake: "Lake") -> tuple[MonthFigures, ...]:
    """By bill; fewer where there is no closed or no open month. Future bills that are open too are left out."""
    from nubank_assets.domain.catalog import MONTHLY_SUMMARY
    from nubank_assets.domain.vocabulary import Basis

    rows = [row for row in lake.read(MONTHLY_SUMMARY).to_pylist() if row["basis"] == Basis.BILL.value]
    closed = max((row["month"] for row in rows if not row["is_open"]), default="")
    is_open = min((row["month"] for row in rows if row["is_open"] and row["month"] > closed), default="")
    return tuple(_figures(row) for row in sorted(rows, key=_month) if row["month"] in {closed, is_open})


def count_rows(lake: "Lake", months: Sequence[str]) -> int:
    """The transactions of these months."""
    from nubank_assets.domain.catalog import TRANSACTIONS

    return sum(lake.rows(TRANSACTIONS, month) for month in months)


def count_rejects(lake: "Lake", months: Sequence[str]) -> int:
    """The lines of these months that could not be read."""
    from nubank_assets.domain.catalog import REJECTS

    return sum(lake.rows(REJECTS, month) for month in months)


def _month(row: dict[str, Any]) -> str:
    return str(row["month"])


def _figures(row: dict[str, Any]) -> MonthFigures:
    return MonthFigures(row["month"], row["is_open"], row["income_brl"], -row["expenses_brl"])
