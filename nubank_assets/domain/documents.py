"""Which document counts: of each bill one whole document, of each account and day one document.

Pure decisions on facts about documents; reading them is for ``sources``. The rules (`../docs/architecture.md`):
closed > open > future, then the later day, then exports > pynubank > Pluggy, then the later moment, then OFX > CSV.
Of closed bills and of days that are over, an export counts before an API, however late the API was asked: its words
and its Identificador are the ones that stay. Closed bills that contradict each other: the export stays, of two exports
the one collected first.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from nubank_assets.domain.months import add_months, day_of, last_day, month_of
from nubank_assets.domain.vocabulary import BillState, DocumentFormat, Family, LineState

#: A Nubank bill closes a week before it is due.
DAYS_FROM_CLOSE_TO_DUE: Final = 7

#: Two bills of one card are never due as close as this.
_DAYS_BETWEEN_BILLS: Final = 15

_STATE_RANK: Final = {BillState.CLOSED: 2, BillState.OPEN: 1, BillState.FUTURE: 0}
_OFX: Final = frozenset({DocumentFormat.CARD_OFX, DocumentFormat.ACCOUNT_OFX})

_Rank = tuple[int, int, date, int, datetime, bool, str]


@dataclass(frozen=True)
class DocumentFacts:
    """What the choice between documents is made from; `bill_state` is None for account documents.

    `looks_open`: it has a line that Nubank names otherwise once the bill is closed, whatever its file's time says.
    """

    document: str
    format: DocumentFormat
    as_of: datetime
    collected_at: datetime
    bill_state: BillState | None = None
    looks_open: bool = False

    @property
    def rank(self) -> _Rank:
        """The greater counts; the name is only there so that a tie has one end."""
        state = _STATE_RANK[self.bill_state] if self.bill_state else 0
        return self._rank(state, is_final=self.bill_state is BillState.CLOSED)

    def rank_on(self, day: date) -> _Rank:
        """What counts for one day of an account: first whether the document was made when the day was over."""
        is_over = self.knows(day)
        return self._rank(int(is_over), is_final=is_over)

    def knows(self, day: date) -> bool:
        """Whether the document was made when the day was over; a statement's period ends with its last day."""
        return day_of(self.as_of + timedelta(microseconds=1)) > day

    def _rank(self, state: int, *, is_final: bool) -> _Rank:
        family = self.format.family
        final = family if is_final else 0
        return state, final, day_of(self.as_of), family, self.as_of, self.format in _OFX, self.document


@dataclass(frozen=True)
class Verdict:
    """What became of one document of a bill, and which closed document it contradicts."""

    state: LineState
    contradicts: str | None = None


def bill_state(bill: str, due: date | None, as_of: datetime) -> BillState:
    """How final a bill was at a moment. A bill of which only the month is known is taken to be due on its last
    day, so that it never counts as closed too early.
    """
    due = due or last_day(bill[:7])
    day = day_of(as_of)
    if day > due - timedelta(days=DAYS_FROM_CLOSE_TO_DUE):
        return BillState.CLOSED
    month_before = add_months(month_of(due), -1)
    due_before = last_day(month_before).replace(day=min(due.day, last_day(month_before).day))
    if day > due_before - timedelta(days=DAYS_FROM_CLOSE_TO_DUE):
        return BillState.OPEN
    return BillState.FUTURE


def choose_bill_document(documents: Iterable[DocumentFacts], agree: Callable[[str, str], bool]) -> dict[str, Verdict]:
    """The verdict on every document of one bill; exactly one is current.

    `agree` says whether two documents, by name, have the same lines; it is asked only when there are several.
    """
    candidates = sorted(documents, key=lambda document: document.rank, reverse=True)
    if len(candidates) == 1:
        return {candidates[0].document: Verdict(LineState.CURRENT)}
    closed = _without_replaced_answers(d for d in candidates if d.bill_state is BillState.CLOSED)
    first = min(closed, key=_age, default=None)
    agreed = [other for other in closed if agree(other.document, first.document)] if first else []
    current = (agreed or candidates)[0]
    verdicts = {}
    for document in candidates:
        same = agree(document.document, current.document)
        state = LineState.DUPLICATE if same else LineState.SUPERSEDED
        contradicts = current.document if document in closed and not same else None
        verdicts[document.document] = Verdict(state, contradicts)
    return {**verdicts, current.document: Verdict(LineState.CURRENT)}


def _without_replaced_answers(documents: Iterable[DocumentFacts]) -> list[DocumentFacts]:
    """The documents, of each API only its latest answer: an API corrects itself, it does not contradict itself."""
    kept: list[DocumentFacts] = []
    for document in documents:
        family = document.format.family
        if family is Family.EXPORTS or all(other.format.family is not family for other in kept):
            kept.append(document)
    return kept


def _age(document: DocumentFacts) -> tuple[bool, int, datetime, datetime, str]:
    """Which of contradicting closed documents stays: the greater family's, of one family the first collected.

    Those that cannot be closed come after all.
    """
    family = -document.format.family
    return document.looks_open, family, document.collected_at, document.as_of, document.document


def choose_day_documents(documents: Iterable[DocumentFacts], days: Mapping[str, Iterable[date]]) -> dict[date, str]:
    """For each day that several documents have lines of, the document that counts."""
    facts = {document.document: document for document in documents}
    pairs = sorted((day, name) for name, its_days in days.items() for day in set(its_days))
    chosen: dict[date, str] = {}
    for day, group in groupby(pairs, key=lambda pair: pair[0]):
        names = [name for _, name in group]
        if len(names) > 1:
            chosen[day] = max((facts[name] for name in names), key=lambda one: one.rank_on(day)).document
    return chosen


def bill_keys(bills: Iterable[tuple[str, date | None]]) -> dict[tuple[str, date | None], str]:
    """The key of each (month, due date) of one account: its month, unless two are due in that month.

    A document that knows only the month belongs to the month's first bill. Due dates a few days apart are one
    bill's: a weekend moved it, or a person typed it.
    """
    dues: dict[str, set[date]] = {}
    for month, due in bills:
        dues.setdefault(month, set()).update({due} if due else set())
    keys: dict[tuple[str, date | None], str] = {}
    for month, found in dues.items():
        keys[month, None] = month
        key, before = month, None
        for due in sorted(found):
            if before and (due - before).days >= _DAYS_BETWEEN_BILLS:
                key = due.isoformat()
            keys[month, due] = key
            before = due
    return keys
