"""Which lines of the documents at hand count, are repeated, are replaced or could not be read.

Applies the decisions of ``domain/documents.py`` to documents that have been read. Making tables of them is
for ``raw.py``.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.documents import DocumentFacts, Verdict, choose_bill_document, choose_day_documents
from nubank_assets.domain.identity import BILL_PAYMENT_TITLE, OPEN_BILL_TITLE, title_key
from nubank_assets.domain.vocabulary import BillState, Family, LineState
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.base import ParsedDocument

_LineKey = tuple[date, str, int]

#: How far apart two families date one movement of an account.
_DAYS_OFF: Final = 3


@dataclass
class JudgedDocument:
    """A document with, for each of its lines, its month and its state.

    `bill` and `bill_state` are None for account documents. `state` is what became of the whole document of a
    bill, however many lines it has. `contradictions` names, by month, the document that counts instead and says
    otherwise.
    """

    receipt: Receipt
    parsed: ParsedDocument
    months: pa.Array
    bill: str | None = None
    bill_state: BillState | None = None
    state: LineState = field(init=False)
    line_states: pa.Array = field(init=False)
    contradictions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mark(LineState.CURRENT)

    @property
    def name(self) -> str:
        """Name of the document's receipt."""
        return self.receipt.document

    @property
    def facts(self) -> DocumentFacts:
        """What the choice between documents is made from."""
        receipt = self.receipt
        titles = pc.utf8_trim_whitespace(self.parsed.lines["raw_title"])
        looks_open = bool(pc.any(pc.equal(titles, OPEN_BILL_TITLE)).as_py())
        return DocumentFacts(
            self.name, receipt.format, receipt.as_of, receipt.collected_at, self.bill_state, looks_open
        )

    def mark(self, state: LineState) -> None:
        """Give the document and every line that is money this state; the others are void or rejected."""
        self.state = state
        lines = self.parsed.lines
        void = pc.and_(pc.is_null(lines["reason"]), pc.is_valid(lines["void_reason"]))
        other = pc.if_else(void, LineState.VOID.value, LineState.REJECTED.value)
        readable = pc.and_not(pc.is_valid(lines["centavos"]), void)
        states = pc.if_else(readable, state.value, other)
        self.line_states = states.combine_chunks() if isinstance(states, pa.ChunkedArray) else states


def judge(documents: Iterable[JudgedDocument]) -> None:
    """Set the states of all lines. The documents must be all that touch the same bills and days."""
    bills: dict[tuple[str, str], dict[str, JudgedDocument]] = defaultdict(dict)
    accounts: dict[str, dict[str, JudgedDocument]] = defaultdict(dict)
    for document in documents:
        if document.bill:
            bills[document.receipt.account, document.bill][document.name] = document
        else:
            accounts[document.receipt.account][document.name] = document
    for group in bills.values():
        _judge_bill(group)
    for group in accounts.values():
        _judge_account(group)


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
        lines = _lines_of_money(group[name])
        return sorted(zip((title_key(title) for title in lines.titles), lines.centavos, strict=True))

    @cache
    def charged(name: str) -> list[int]:
        lines = _lines_of_money(group[name])
        pairs = zip(lines.titles, lines.centavos, strict=True)
        return sorted(centavos for title, centavos in pairs if title.strip() != BILL_PAYMENT_TITLE)

    def agree(one: str, other: str) -> bool:
        if group[one].receipt.format.family is group[other].receipt.format.family:
            return titled(one) == titled(other)
        return charged(one) == charged(other)

    return agree


@dataclass(frozen=True)
class _MoneyLines:
    """Of a document the lines that are money: their place in it, day, title, Identificador and centavos."""

    indices: list[int]
    days: list[date]
    titles: list[str]
    identifiers: list[str | None]
    centavos: list[int]

    def keys(self, *, by_money: bool) -> list[_LineKey]:
        """What makes a line equal to another document's; of another family, day and money alone."""
        names = [
            identifier or title_key(title) for identifier, title in zip(self.identifiers, self.titles, strict=True)
        ]
        return [
            (day, "" if by_money else name, amount)
            for day, name, amount in zip(self.days, names, self.centavos, strict=True)
        ]


def _lines_of_money(document: JudgedDocument) -> _MoneyLines:
    lines = document.parsed.lines
    is_money = pc.and_(pc.is_valid(lines["centavos"]), pc.is_null(lines["void_reason"]))
    kept = lines.filter(is_money)
    titles = pc.fill_null(pc.coalesce(kept["statement_title"], kept["raw_title"]), "")
    return _MoneyLines(
        pc.indices_nonzero(is_money).to_pylist(),
        kept["date"].to_pylist(),
        titles.to_pylist(),
        kept["raw_identifier"].to_pylist(),
        kept["centavos"].to_pylist(),
    )


def _judge_account(group: Mapping[str, JudgedDocument]) -> None:
    """Where several documents have lines of a day, let one count; a line it does not have is superseded."""
    if len(group) == 1:
        return
    lines = {name: _lines_of_money(document) for name, document in group.items()}
    facts = {name: document.facts for name, document in group.items()}
    chosen = choose_day_documents(facts.values(), {name: its_lines.days for name, its_lines in lines.items()})
    chosen |= _covered_days(facts, lines)
    for name, document in group.items():
        lost = [at for at, day in enumerate(lines[name].days) if chosen.get(day, name) != name]
        if lost:
            _mark_lost(document, lost, lines, chosen, group)


def _covered_days(facts: Mapping[str, DocumentFacts], lines: Mapping[str, _MoneyLines]) -> dict[date, str]:
    """For days on which only a lesser family has lines, the greater one's document that covers them.

    A movement that Pluggy dates a day off the statement must not count beside the statement's own.
    """
    if len({fact.format.family for fact in facts.values()}) == 1:
        return {}
    spans = {name: (min(its.days), max(its.days)) for name, its in lines.items() if its.days}
    families: dict[date, Family] = {}
    for name in spans:
        for day in lines[name].days:
            families[day] = max(families.get(day, Family.STATED), facts[name].format.family)
    covered = {}
    for day, family in families.items():
        greater = [facts[name] for name, (first, last) in spans.items() if first <= day <= last]
        greater = [fact for fact in greater if fact.format.family > family and fact.knows(day)]
        if greater:
            covered[day] = max(greater, key=lambda fact: fact.rank_on(day)).document
    return covered


def _mark_lost(
    document: JudgedDocument,
    lost: Sequence[int],
    lines: Mapping[str, _MoneyLines],
    chosen: Mapping[date, str],
    group: Mapping[str, JudgedDocument],
) -> None:
    """Say of each line that does not count whether the document that counts instead has it too."""
    own = lines[document.name]
    states: list[str] = document.line_states.to_pylist()
    months: list[str] = document.months.to_pylist()
    family = document.receipt.format.family
    counting: dict[bool, Counter[_LineKey]] = {True: Counter(), False: Counter()}
    for name in {chosen[own.days[at]] for at in lost}:
        by_money = group[name].receipt.format.family is not family
        keys = lines[name].keys(by_money=by_money)
        counting[by_money].update(key for key in keys if chosen.get(key[0], name) == name)
    keys_of = {by_money: own.keys(by_money=by_money) for by_money in counting}
    for at in lost:
        counts_instead = chosen[own.days[at]]
        by_money = group[counts_instead].receipt.format.family is not family
        is_repeated = _take(counting[by_money], keys_of[by_money][at], days=_DAYS_OFF if by_money else 0)
        index = own.indices[at]
        states[index] = LineState.DUPLICATE.value if is_repeated else LineState.SUPERSEDED.value
        if not is_repeated and (by_money or family is Family.EXPORTS):
            document.contradictions[months[index]] = counts_instead
    document.line_states = pa.array(states, pa.string())


def _take(counting: Counter[_LineKey], key: _LineKey, days: int) -> bool:
    """Use up one equal line, of the same day or else of the nearest within `days`; False if none is left."""
    day, name, centavos = key
    for off in sorted(range(-days, days + 1), key=abs):
        near = (day + timedelta(days=off), name, centavos)
        if counting[near] > 0:
            counting[near] -= 1
            return True
    return False
