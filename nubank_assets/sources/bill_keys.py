"""Which bill each document of a card is of, and which answers are of bills that there are no more.

From receipts alone: nothing is read. The rule that tells bills apart is in ``domain/documents.py``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nubank_assets.domain.documents import bill_keys, bill_state
from nubank_assets.domain.months import day_of
from nubank_assets.domain.vocabulary import BillState, Family
from nubank_assets.lake.inbox import Receipt

#: The bills of a card are due a month apart.
_DAYS_BETWEEN_BILLS: Final = 28


def find_bill_keys(receipts: Sequence[Receipt]) -> dict[str, str]:
    """The bill of each card document that stands, by the document's name."""
    retired = find_retired(receipts)
    by_account: dict[str, list[tuple[str, Receipt]]] = defaultdict(list)
    for receipt in receipts:
        if receipt.bill and receipt.document not in retired:
            by_account[receipt.account].append((receipt.bill, receipt))
    found = {}
    for group in by_account.values():
        keys = bill_keys((month, receipt.bill_due) for month, receipt in group)
        found.update({receipt.document: keys[month, receipt.bill_due] for month, receipt in group})
    return found


def find_retired(receipts: Iterable[Receipt]) -> set[str]:
    """Answers of a running bill that its API's last whole round does not list, with another due day beside it.

    A changed due day gives a running bill another name; what was answered under the old one would count twice.
    """
    rounds: dict[tuple[str, Family], list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        if receipt.format.family in {Family.PYNUBANK, Family.PLUGGY}:
            rounds[receipt.account, receipt.format.family].append(receipt)
    return {name for group in rounds.values() for name in _retired(group)}


def _retired(group: Sequence[Receipt]) -> Iterator[str]:
    last = max((day_of(receipt.collected_at) for receipt in group if receipt.format.is_reading), default=None)
    bills = [receipt for receipt in group if receipt.bill_due]
    if last is None:
        # The limit is stored after all bills: no round was whole yet.
        return
    listed = [receipt for receipt in bills if receipt.as_of_day >= last]
    dues = {receipt.bill_due for receipt in listed}
    for receipt in bills:
        if receipt.bill_due not in dues and not _was_over(receipt) and any(_renamed(receipt, o) for o in listed):
            yield receipt.document


def _was_over(receipt: Receipt) -> bool:
    return bill_state(str(receipt.bill), receipt.bill_due, receipt.as_of) is BillState.CLOSED


def _renamed(receipt: Receipt, other: Receipt) -> bool:
    """Whether they are too close to be two bills."""
    if receipt.bill_due is None or other.bill_due is None:
        return False
    return abs((other.bill_due - receipt.bill_due).days) < _DAYS_BETWEEN_BILLS
