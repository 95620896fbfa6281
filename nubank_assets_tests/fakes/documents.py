"""Documents of any source made by hand, without bytes: what a reader would have read."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from nubank_assets.domain.vocabulary import BillState, DocumentFormat, VoidReason
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.judged import JudgedDocument

#: Day of June 2026, title, centavos; and the Identificador, if there is one.
Line = tuple[int, str, int] | tuple[int, str, int, str]


def june(day: int, hour: int = 15) -> datetime:
    """Noon of a day of June in São Paulo, unless another hour (UTC) is said; 35 is 5 July."""
    return datetime(2026, 6, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def parse_by_hand(format_: DocumentFormat, lines: Sequence[Line], void: Sequence[Line] = ()) -> ParsedDocument:
    """A document with these lines of money, then these that failed."""
    rows = [_row(number, line) for number, line in enumerate([*lines, *void], 1)]
    for row in rows[len(lines) :]:
        row["void_reason"] = VoidReason.FAILED.value
    return ParsedDocument(format_, pa.Table.from_pylist(rows, LINES_SCHEMA))


def _row(number: int, line: Line) -> dict[str, Any]:
    day, title, centavos, *identifier = line
    on = date(2026, 6, 1) + timedelta(days=day - 1)
    return {
        "line_number": number,
        "date": on,
        "raw_title": title,
        "centavos": centavos,
        "raw_identifier": identifier[0] if identifier else None,
    }


def bill_by_hand(
    name: str, format_: DocumentFormat, as_of: datetime, lines: Sequence[Line], state: BillState, **more: Any
) -> JudgedDocument:
    """A document of the bill of July."""
    parsed = parse_by_hand(format_, lines, **more)
    months = pa.array(["2026-07"] * parsed.lines.num_rows, pa.string())
    receipt = _receipt(name, format_, "card", as_of, bill="2026-07")
    return JudgedDocument(receipt, parsed, months, "2026-07", state)


def statement_by_hand(
    name: str, format_: DocumentFormat, as_of: datetime, lines: Sequence[Line], **more: Any
) -> JudgedDocument:
    """A document of the account's movements."""
    parsed = parse_by_hand(format_, lines, **more)
    months = pa.array([f"{day:%Y-%m}" for day in parsed.lines["date"].to_pylist()], pa.string())
    return JudgedDocument(_receipt(name, format_, "account", as_of), parsed, months)


def _receipt(name: str, format_: DocumentFormat, account: str, as_of: datetime, **more: Any) -> Receipt:
    return Receipt(
        document=name,
        sha256=name,
        name=name,
        source=format_.family.name.lower(),
        format=format_,
        account=account,
        as_of=as_of,
        collected_at=more.pop("collected_at", as_of),
        lines=0,
        months=("2026-06",),
        **more,
    )
