"""What a document adds up to, by month and by what became of its lines, and what it observes of its account.

Rows of tables are made of it in ``raw.py``.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeGuard

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.domain.identity import BILL_PAYMENT_TITLE
from nubank_assets.domain.vocabulary import AccountType, LineState, Reading
from nubank_assets.sources.base import Observation, ParsedDocument
from nubank_assets.sources.exports.dates import EARLIEST
from nubank_assets.sources.judged import JudgedDocument

_CENTAVO: Final = Decimal("0.01")
_STATE_ORDER: Final = (LineState.CURRENT, LineState.SUPERSEDED, LineState.DUPLICATE)


def total_lines(document: JudgedDocument) -> list[dict[str, Any]]:
    """Count and sums of a document's lines by month and state."""
    lines = document.parsed.lines
    centavos = pc.if_else(pc.is_null(lines["void_reason"]), pc.fill_null(lines["centavos"], 0), 0)
    payments = pc.if_else(_is_payment(document.parsed), centavos, 0)
    states, months = document.line_states, document.months
    rows = pa.table({"month": months, "state": states, "centavos": centavos, "payments": payments})
    sums = [([], "count_all"), ("centavos", "sum"), ("payments", "sum")]
    groups: list[dict[str, Any]] = rows.group_by(["month", "state"]).aggregate(sums).to_pylist()
    return groups


def sum_states(document: JudgedDocument, groups: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The columns of raw_documents that count and add up one month of a document, in BRL with our sign."""
    counts = {state: groups[state.value]["count_all"] if state.value in groups else 0 for state in LineState}
    current = groups.get(LineState.CURRENT.value)
    is_card = document.receipt.format.account_type is AccountType.CARD
    return {
        "document_state": _state(document, counts).value,
        "lines": sum(counts.values()),
        **{f"{state.value}_lines": count for state, count in counts.items()},
        "total_brl": _reais(sum(group["centavos_sum"] for group in groups.values())),
        "current_brl": _reais(current["centavos_sum"] if current else 0),
        "payments_brl": _reais(sum(group["payments_sum"] for group in groups.values()) if is_card else 0),
        "ledger_brl": document.parsed.ledger_brl if is_card else None,
    }


def _state(document: JudgedDocument, counts: Mapping[LineState, int]) -> LineState:
    """Of a bill the verdict on the whole document; of an account the best that became of a line in the month."""
    if document.bill:
        return document.state
    return next((state for state in _STATE_ORDER if counts[state]), LineState.CURRENT)


def _reais(centavos: int) -> Decimal:
    return centavos * _CENTAVO


def _is_payment(parsed: ParsedDocument) -> pa.ChunkedArray:
    title = pc.utf8_trim_whitespace(parsed.lines["raw_title"])
    return pc.fill_null(pc.equal(title, BILL_PAYMENT_TITLE), False)


def observe(parsed: ParsedDocument, as_of: date, *, is_open_bill: bool) -> Iterator[Observation]:
    """What a document observes: an account its balance, an open bill what it charges so far, an API what it says."""
    yield from (seen for seen in parsed.observations if _is_believable(seen.observed_on, as_of))
    if is_open_bill:
        yield Observation(Reading.OPEN_BILL, as_of, _reais(charged(parsed)))
    is_account = parsed.format.account_type is AccountType.ACCOUNT
    if is_account and parsed.ledger_brl is not None and _is_believable(parsed.ledger_on, as_of):
        yield Observation(Reading.ACCOUNT_BALANCE, parsed.ledger_on, parsed.ledger_brl)


def _is_believable(day: date | None, as_of: date) -> TypeGuard[date]:
    """Neither before Nubank nor after the document, as a damaged file may claim."""
    return day is not None and EARLIEST <= day <= as_of + timedelta(days=1)


def charged(parsed: ParsedDocument) -> int:
    """What a bill charges, in centavos with our sign: its readable lines of money without payments received."""
    is_no_charge = pc.or_(_is_payment(parsed), pc.is_valid(parsed.lines["void_reason"]))
    return int(pc.sum(pc.if_else(is_no_charge, 0, parsed.lines["centavos"])).as_py() or 0)
