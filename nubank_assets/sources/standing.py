"""Which documents of the inbox count at all: of worksheets only the newest state.

Which of the others counts for a bill or a day is decided in ``judging.py``.
"""

from collections.abc import Iterable

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Receipt


def documents_that_count(receipts: Iterable[Receipt]) -> list[Receipt]:
    """The receipts without those of worksheets that were read again since, in their order."""
    receipts = list(receipts)
    newest: dict[tuple[str, DocumentFormat], Receipt] = {}
    for receipt in receipts:
        what = receipt.account, receipt.format
        newest[what] = max(newest.get(what, receipt), receipt, key=lambda one: (one.as_of, one.document))
    return [r for r in receipts if not r.format.is_worksheet or newest[r.account, r.format] == r]


def documents_with_money(receipts: Iterable[Receipt]) -> list[Receipt]:
    """Of those that count, what has lines or readings: corrections and rules say nothing of money."""
    return [r for r in documents_that_count(receipts) if not r.format.is_of_categories]
