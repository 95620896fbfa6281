"""Which lines of the documents at hand count, are repeated, are replaced or could not be read.

Applies the decisions of ``domain/documents.py`` to documents that have been read. Making tables of them is
for ``raw.py``.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.documents import DocumentFacts, Verdict, choose_bill_document, choose_day_documents
from nubank_assets.domain.identity import OPEN_BILL_TITLE, content_hash, title_key
from nubank_assets.domain.vocabulary import BillState, LineState
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.base import ParsedDocument

_LineKey = tuple[date, str, int]


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
        """Give the document and every readable line this state; the other lines are rejected."""
        self.state = state
        readable = pc.is_valid(self.parsed.lines["centavos"])
        states = pc.if_else(readable, state.value, LineState.REJECTED.value)
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
    verdicts = choose_bill_document([document.facts for document in group.values()], _fingerprints(group))
    for name, verdict in verdicts.items():
        _apply(verdict, group[name])


def _apply(verdict: Verdict, document: JudgedDocument) -> None:
    document.mark(verdict.state)
    if verdict.contradicts and document.receipt.bill:
        document.contradictions[document.receipt.bill] = verdict.contradicts


def _fingerprints(group: Mapping[str, JudgedDocument]) -> Callable[[str], str]:
    @cache
    def fingerprint(name: str) -> str:
        lines = group[name].parsed.lines
        pairs = zip(lines["raw_title"].to_pylist(), lines["centavos"].to_pylist(), strict=True)
        readable = sorted(f"{title_key(title or '')}\t{centavos}" for title, centavos in pairs if centavos is not None)
        return content_hash("\n".join(readable).encode())

    return fingerprint


def _judge_account(group: Mapping[str, JudgedDocument]) -> None:
    """Where several documents have lines of a day, let one count; a line it does not have is superseded."""
    if len(group) == 1:
        return
    days = {name: pc.unique(d.parsed.lines["date"].drop_null()).to_pylist() for name, d in group.items()}
    chosen = choose_day_documents([document.facts for document in group.values()], days)
    group = {name: document for name, document in group.items() if chosen.keys() & set(days[name])}
    counting: Counter[_LineKey] = Counter()
    for name, document in group.items():
        counting.update(key for key in _keys(document, chosen) if key and chosen[key[0]] == name)
    for document in group.values():
        _judge_days(document, chosen, Counter(counting))


def _judge_days(document: JudgedDocument, chosen: Mapping[date, str], counting: Counter[_LineKey]) -> None:
    states: list[str] = document.line_states.to_pylist()
    months: list[str] = document.months.to_pylist()
    for index, key in enumerate(_keys(document, chosen)):
        if not key or chosen[key[0]] == document.name:
            continue
        if counting[key] > 0:
            counting[key] -= 1
            states[index] = LineState.DUPLICATE.value
        else:
            states[index] = LineState.SUPERSEDED.value
            document.contradictions[months[index]] = chosen[key[0]]
    document.line_states = pa.array(states, pa.string())


def _keys(document: JudgedDocument, chosen: Mapping[date, str]) -> Iterator[_LineKey | None]:
    """What makes a line equal to another document's; None where no documents compete for its day."""
    lines = document.parsed.lines
    columns = (lines[name].to_pylist() for name in ("date", "raw_identifier", "raw_title", "centavos"))
    for day, identifier, title, centavos in zip(*columns, strict=True):
        yield (day, identifier or title_key(title or ""), centavos) if day in chosen else None
