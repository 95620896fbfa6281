"""Which lines of the documents at hand count, are repeated, are replaced or could not be read.

Applies the decisions of ``domain/documents.py`` to documents that have been read; the days of accounts are
``day_judging.py``'s. Making tables of them is for ``raw.py``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from nubank_assets.domain.documents import Verdict, choose_bill_document
from nubank_assets.domain.identity import BILL_PAYMENT_TITLE, title_key
from nubank_assets.domain.vocabulary import LineState
from nubank_assets.sources.day_judging import judge_days
from nubank_assets.sources.judged import JudgedDocument, lines_of_money


def judge(documents: Iterable[JudgedDocument]) -> None:
    """Set the states of all lines. The documents must be all that touch the same bills and days."""
    bills: dict[tuple[str, str], dict[str, JudgedDocument]] = defaultdict(dict)
    accounts: dict[str, dict[str, JudgedDocument]] = defaultdict(dict)
    for document in documents:
        if document.is_retired:
            document.mark(LineState.SUPERSEDED)
        elif document.bill:
            bills[document.receipt.account, document.bill][document.name] = document
        else:
            accounts[document.receipt.account][document.name] = document
    for group in bills.values():
        _judge_bill(group)
    for group in accounts.values():
        judge_days(group)


def _judge_bill(group: Mapping[str, JudgedDocument]) -> None:
    verdicts = choose_bill_document([document.facts for document in group.values()], _comparison(group))
    for name, verdict in verdicts.items():
        _apply(verdict, group[name])


def _apply(verdict: Verdict, document: JudgedDocument) -> None:
    document.mark(verdict.state)
    if verdict.contradicts and document.receipt.bill:
        document.contradictions[document.receipt.bill] = verdict.contradicts


def _comparison(group: Mapping[str, JudgedDocument]) -> Callable[[str, str], bool]:
    """Whether two documents of a bill have the same lines; of different families, the same money.

    Families word titles differently, and not all of them list payments received, which no total counts.
    """

    @cache
    def titled(name: str) -> list[tuple[str, int]]:
        lines = lines_of_money(group[name])
        return sorted(zip((title_key(title) for title in lines.titles), lines.centavos, strict=True))

    @cache
    def charged(name: str) -> list[int]:
        lines = lines_of_money(group[name])
        pairs = zip(lines.titles, lines.centavos, strict=True)
        return sorted(centavos for title, centavos in pairs if title.strip() != BILL_PAYMENT_TITLE)

    def agree(one: str, other: str) -> bool:
        if group[one].receipt.format.family is group[other].receipt.format.family:
            return titled(one) == titled(other)
        return charged(one) == charged(other)

    return agree
