"""A document on its way to the raw tables: what it is, what became of its lines, which of them are money.

Which lines count is decided in ``judging.py`` and ``day_judging.py``.
"""

from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.documents import DocumentFacts
from nubank_assets.domain.identity import OPEN_BILL_TITLE, title_key
from nubank_assets.domain.vocabulary import BillState, LineState
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.base import ParsedDocument

#: Day, Identificador or title (empty where only the money is compared), centavos.
LineKey = tuple[date, str, int]


@dataclass
class JudgedDocument:
    """A document with, for each of its lines, its month and its state.

    `bill` and `bill_state` are None for account documents. An answer `is_retired` when its API does not list the
    bill any more. `state` is what became of the whole document of a
    bill, however many lines it has. `contradictions` names, by month, the document that counts instead and says
    otherwise.
    """

    receipt: Receipt
    parsed: ParsedDocument
    months: pa.Array
    bill: str | None = None
    bill_state: BillState | None = None
    is_retired: bool = False
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


@dataclass(frozen=True)
class MoneyLines:
    """Of a document the lines that are money: their place in it, day, title, Identificador and centavos."""

    indices: list[int]
    days: list[date]
    titles: list[str]
    identifiers: list[str | None]
    centavos: list[int]

    def keys(self, *, by_money: bool) -> list[LineKey]:
        """What makes a line equal to another document's; of another family, day and money alone."""
        names = [
            identifier or title_key(title) for identifier, title in zip(self.identifiers, self.titles, strict=True)
        ]
        return [
            (day, "" if by_money else name, amount)
            for day, name, amount in zip(self.days, names, self.centavos, strict=True)
        ]


def lines_of_money(document: JudgedDocument) -> MoneyLines:
    """The lines of a document that are money, in its order."""
    lines = document.parsed.lines
    is_money = pc.and_(pc.is_valid(lines["centavos"]), pc.is_null(lines["void_reason"]))
    kept = lines.filter(is_money)
    titles = pc.fill_null(pc.coalesce(kept["statement_title"], kept["raw_title"]), "")
    return MoneyLines(
        pc.indices_nonzero(is_money).to_pylist(),
        kept["date"].to_pylist(),
        titles.to_pylist(),
        kept["raw_identifier"].to_pylist(),
        kept["centavos"].to_pylist(),
    )
