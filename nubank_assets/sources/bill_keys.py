"""Which bill each document of a card is of, and which answers are of bills that there are no more.

From receipts alone: nothing is read. The rule that tells bills apart is in ``domain/documents.py``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nubank_assets.domain.documents import bill_keys, bill_state
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
    """Answers of a running bill that its API does not give any more, since it gave one with another due day.

    A changed due day gives a running bill another name; what was answered under the old one would count twice.
    """
    rounds: dict[tuple[str, Family], list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        if receipt.format.family in {Family.PYNUBANK, Family.PLUGGY}:
            rounds[receipt.account, receipt.format.family].append(receipt)
    return {name for group in rounds.values() for name in _retired(group)}


def _retired(group: Sequence[Receipt]) -> Iterator[str]:
    last = max(receipt.as_of_day for receipt in group)
    bills = [receipt for receipt in group if receipt.bill_due]
    real = {receipt.bill_due for receipt in bills if receipt.as_of_day >= last or _was_over(receipt)}
    for receipt in bills:
        if receipt.bill_due not in real and any(_took_its_place(other, receipt) for other in bills):
            yield receipt.document


def _was_over(receipt: Receipt) -> bool:
    return bill_state(str(receipt.bill), receipt.bill_due, receipt.as_of) is BillState.CLOSED


def _took_its_place(other: Receipt, receipt: Receipt) -> bool:
    """Whether it came after the receipt was last seen, and they are due too close together to be two bills."""
    if receipt.bill_due is None or other.bill_due in {None, receipt.bill_due}:
        return False
    days = abs((other.bill_due - receipt.bill_due).days) if other.bill_due else 0
    return other.collected_at > receipt.as_of and days < _DAYS_BETWEEN_BILLS
