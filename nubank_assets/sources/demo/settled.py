"""What is true of the demo's bills and payments: which payment the household meant for which bill, and when.

From the books as they are; how the household pays is decided in ``bills.py``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from nubank_assets.domain.months import add_months
from nubank_assets.domain.proof_words import BillSettlement
from nubank_assets.domain.vocabulary import BillState, Kind
from nubank_assets.sources.demo.bills import CARRIED_BILL_IN, LATE_BILL_IN, Bills
from nubank_assets.sources.demo.cycle import closing_day, due_date, state_of
from nubank_assets.sources.demo.documents import CardDocument
from nubank_assets.sources.demo.events import CardLine
from nubank_assets.sources.demo.truth import TruthBill, TruthPayment

#: What can be paid on the first working day after a weekend.
_DAYS_TO_MONDAY: Final = {5: 2, 6: 1}


def settled_bills(bills: Bills, documents: Sequence[CardDocument], today: date) -> tuple[TruthBill, ...]:
    """Every bill that is no longer to come."""
    known = [document.bill for document in documents if state_of(document.bill, today) is not BillState.FUTURE]
    paid = Counter[str]()
    for line in _payments(bills, known, today):
        paid.update({bill: part for bill, part in line.settles if part})
    charged = {
        document.bill: -sum(line.centavos for line in document.lines if line.kind is not Kind.BILL_PAYMENT)
        for document in documents
    }
    return tuple(
        TruthBill(bill, charged[bill], paid[bill], _settlement(bill, charged[bill], paid[bill], today))
        for bill in known
    )


def settled_payments(bills: Bills, documents: Sequence[CardDocument], today: date) -> tuple[TruthPayment, ...]:
    """Every payment on these bills, by the bill that it settles; those of earlier bills together."""
    known = [document.bill for document in documents]
    return tuple(part for line in _payments(bills, known, today) for part in _parts(line, known))


def _payments(bills: Bills, known: Sequence[str], today: date) -> Iterator[CardLine]:
    for bill in known:
        lines = (line for line in bills.get(bill, []) if line.kind is Kind.BILL_PAYMENT and line.day <= today)
        yield from sorted(lines, key=lambda line: line.day)


def _parts(line: CardLine, known: Sequence[str]) -> Iterator[TruthPayment]:
    parts = Counter[str | None]()
    for bill, part in line.settles:
        parts[bill if bill in known else None] += part
    for settled, centavos in parts.items():
        yield TruthPayment(line.identifier, line.bill, settled, line.day, centavos)


def _settlement(bill: str, total: int, paid: int, today: date) -> BillSettlement:
    """How the household pays the bill, as far as it has come to that."""
    month = int(bill[5:])
    if state_of(bill, today) is not BillState.CLOSED:
        return BillSettlement.NOT_DUE
    if month == CARRIED_BILL_IN and today > closing_day(add_months(bill, 1)):
        return BillSettlement.CARRIED
    if paid == total:
        return BillSettlement.PAID_LATE if month == LATE_BILL_IN else BillSettlement.PAID
    due = due_date(bill)
    if today <= due + timedelta(days=_DAYS_TO_MONDAY.get(due.weekday(), 0)):
        return BillSettlement.NOT_DUE
    return BillSettlement.PAID_PARTLY if paid else BillSettlement.UNPAID
