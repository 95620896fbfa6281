"""Which bill a card's transactions are on, and how final that bill is. Documents are made in ``collection.py``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from nubank_assets.domain.documents import DAYS_FROM_CLOSE_TO_DUE, bill_state
from nubank_assets.domain.identity import BILL_PAYMENT_TITLE
from nubank_assets.domain.months import add_months, first_day, last_day, month_of
from nubank_assets.domain.vocabulary import BillState
from nubank_assets.sources.pluggy.amounts import as_centavos, own_currency_amount
from nubank_assets.sources.pluggy.moments import known_day, known_month
from nubank_assets.sources.pluggy.shapes import Row, inner, missing, text

#: For so long after a bill has closed Pluggy may still bring lines of it (lags of 1 to 18 days were seen).
LONGEST_LAG: Final = timedelta(days=18)
#: Four decimals of Pluggy's lines against two of its total: so many centavos apart they agree.
ROUNDING: Final = 5
_LONGEST_CLOSE_TO_DUE: Final = 20
_MOST_PARCELS: Final = 100


@dataclass
class Bill:
    """One bill with its rows. `row` is Pluggy's own bill, None while Pluggy has none."""

    month: str
    due: date | None
    row: Row | None = None
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Cycle:
    """When bills of a card are due and close. A bill's last day lies `days_to_due` days before it is due."""

    due_day: int | None
    days_to_due: int

    def due(self, month: str) -> date | None:
        """The day the bill of a month is due."""
        if self.due_day is None:
            return None
        return min(first_day(month) + timedelta(days=self.due_day - 1), last_day(month))

    def closing(self, month: str) -> date | None:
        """The last day of the bill of a month."""
        due = self.due(month)
        return due - timedelta(days=self.days_to_due) if due else None

    def opening(self, month: str) -> date | None:
        """The first day of the bill of a month."""
        before = self.closing(add_months(month, -1))
        return before + timedelta(days=1) if before else None

    def month_of(self, day: date) -> str | None:
        """The month whose bill a day is on."""
        month = month_of(day)
        candidates = (add_months(month, later) for later in range(3))
        return next((m for m in candidates if (closing := self.closing(m)) and day <= closing), None)


def cycle_of(account: Row, bills: Sequence[Bill], today: date) -> Cycle:
    """The card's cycle: of its newest bill, else as the account says, else a week as Nubank has it."""
    credit = inner(account, "creditData")
    pairs = [(bill.due, known_day((bill.row or {}).get("billClosingDate"), today)) for bill in reversed(bills)]
    due, closing = (known_day(credit.get(name), today) for name in ("balanceDueDate", "balanceCloseDate"))
    pairs.append((due, closing))
    due_day = next((due.day for due, _ in pairs if due), None)
    spans = ((due - closing).days for due, closing in pairs if due and closing)
    days = next((span for span in spans if 0 < span <= _LONGEST_CLOSE_TO_DUE), DAYS_FROM_CLOSE_TO_DUE)
    return Cycle(due_day, days)


def closed_bills(rows: Sequence[Row], today: date) -> list[Bill]:
    """Pluggy's bills, oldest first."""
    dues = [(known_day(row.get("dueDate"), today), row) for row in rows]
    if any(due is None for due, _ in dues):
        raise missing("dueDate")
    ordered = sorted(((due, text(row, "id"), row) for due, row in dues if due), key=lambda known: known[:2])
    return [Bill(month_of(due), due, row) for due, _, row in ordered]


def group(transactions: Sequence[Row], closed: Sequence[Bill], cycle: Cycle, today: date) -> list[Bill]:
    """The bills with their transactions: Pluggy's own, and those it has no bill for yet, by month.

    A row that has no day, or an impossible one, is a reject of the bill that is running.
    """
    by_id = {text(bill.row, "id"): bill for bill in closed if bill.row}
    others: dict[str, Bill] = {}
    for row in transactions:
        bill = by_id.get(str(inner(row, "creditCardMetadata").get("billId")))
        if bill is None:
            month = _month_without_bill(row, closed, cycle, today)
            bill = _closed_of(month, known_day(row.get("date"), today), closed, cycle) or others.setdefault(
                month, Bill(month, cycle.due(month))
            )
        bill.rows.append(row)
    return [*closed, *(others[month] for month in sorted(others))]


def _month_without_bill(row: Row, closed: Sequence[Bill], cycle: Cycle, today: date) -> str:
    """The month a row's bill is due: as Pluggy forecasts it, else by its date."""
    forecast = known_month(inner(row, "creditCardMetadata").get("billForecastDate"), today)
    by_date = _month_by_date(row, cycle, today)
    last_closed = closed[-1].month if closed else ""
    if forecast and forecast <= last_closed and by_date and by_date > last_closed:
        # Some banks forecast the bill that has just closed for what was bought after it did.
        return by_date
    if month := forecast or by_date:
        return month
    raise missing("billForecastDate, balanceDueDate")


def _month_by_date(row: Row, cycle: Cycle, today: date) -> str | None:
    """By the cycle; a later parcel that has its purchase's date is on as many bills later."""
    metadata = inner(row, "creditCardMetadata")
    number, bought = metadata.get("installmentNumber"), known_day(metadata.get("purchaseDate"), today)
    day = known_day(row.get("date"), today) or today
    month = cycle.month_of(day)
    if month and isinstance(number, int) and 1 < number < _MOST_PARCELS and bought and day <= bought:
        return add_months(month, number - 1)
    return month


def _closed_of(month: str, day: date | None, closed: Sequence[Bill], cycle: Cycle) -> Bill | None:
    """Pluggy's bill of a month; where two are due in it, the first that had not closed on the row's day."""
    candidates = [bill for bill in closed if bill.month == month]
    days = timedelta(days=cycle.days_to_due)
    fitting = (bill for bill in candidates if day and bill.due and day <= bill.due - days)
    return next(fitting, candidates[-1] if candidates else None)


def state_of(bill: Bill, now: datetime) -> BillState:
    """How final a bill is.

    A closed bill is for ever, so it is called closed only when Pluggy has it and its lines add up to its total, or
    when no more lines of it are to be expected. Until then it stays open, however late its lines come.
    """
    by_date = bill_state(bill.month, bill.due, now)
    settled = bill_state(bill.month, bill.due, now - LONGEST_LAG) is BillState.CLOSED
    if settled or (bill.row and _adds_up(bill)):
        return BillState.CLOSED
    if bill.row:
        return BillState.OPEN
    return BillState.OPEN if by_date is BillState.CLOSED else by_date


def _adds_up(bill: Bill) -> bool:
    total = as_centavos((bill.row or {}).get("totalAmount"))
    amounts = [
        as_centavos(own_currency_amount(row)) for row in bill.rows if row.get("description") != BILL_PAYMENT_TITLE
    ]
    pending = any(row.get("status") == "PENDING" for row in bill.rows)
    known = [amount for amount in amounts if amount is not None]
    return total is not None and not pending and len(known) == len(amounts) and abs(sum(known) - total) <= ROUNDING
