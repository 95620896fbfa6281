"""Which months have to be made again because corrections came, went or changed."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from nubank_assets.domain.catalog import CATEGORIZED_TRANSACTIONS
from nubank_assets.domain.months import month_of
from nubank_assets.domain.teaching import AppliesTo
from nubank_assets.lake.publish import Lake
from nubank_assets.merchants.normalising import tidy
from nubank_assets.sources.sheets.cells import text_of
from nubank_assets.sources.sheets.correction_rows import CorrectionRow, identify_rows, meanings


def months_to_redo(
    lake: Lake, before: Sequence[CorrectionRow], after: Sequence[CorrectionRow], today: date
) -> tuple[str, ...]:
    """The months of all lines that a row may mean which is in one of the documents alone; if there are none, one
    month, so that what became of the rows is told.

    Titles are not looked at, so that it may be a month too many: which line is meant is for ``transforms``.
    """
    changed = _changed(before, after)
    ids = {meaning["transaction_id"] for meaning in changed}
    names = {name for meaning in changed for name in _names(meaning)}
    lines = _lines(lake) if changed else []
    months = {line["month"] for line in lines if line["transaction_id"] in ids or _names_of(line) & names}
    months |= _months_of_merchants(changed, lines)
    return tuple(sorted(months) or lake.months(CATEGORIZED_TRANSACTIONS)[-1:] or [month_of(today)])


def _months_of_merchants(changed: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]]) -> set[str]:
    """The months of all lines of the merchants that rows mean which apply to a merchant."""
    rows = [meaning for meaning in changed if meaning["applies_to"] == AppliesTo.MERCHANT]
    if not rows:
        return set()
    by_id = {line["transaction_id"]: line["merchant"] for line in lines}
    keys = {tidy(by_id.get(row["transaction_id"]) or row["title"] or "").key for row in rows} - {""}
    return {line["month"] for line in lines if tidy(line["merchant"]).key in keys}


def _changed(before: Sequence[CorrectionRow], after: Sequence[CorrectionRow]) -> list[dict[str, Any]]:
    """What the rows mean that are in one of the documents alone, each with its `title` as written."""
    old, new = (dict(zip(identify_rows(rows), _with_titles(rows), strict=True)) for rows in (before, after))
    return [{**old, **new}[name] for name in old.keys() ^ new.keys()]


def _with_titles(rows: Sequence[CorrectionRow]) -> list[dict[str, Any]]:
    told = zip(rows, meanings(rows), strict=True)
    return [{**meaning, "title": text_of(row.get("title"))} for row, meaning in told]


#: Account, month, size of the amount; '' stands for lines of no bill in any month.
_Name = tuple[str, str, Decimal]


def _names(meaning: dict[str, Any]) -> Iterable[_Name]:
    account, bill, amount = meaning["account"], meaning["bill"] or "", meaning["amount_brl"]
    if account and amount is not None:
        yield account, bill[:7], abs(amount)


def _names_of(line: dict[str, Any]) -> set[_Name]:
    account, size = line["account"], abs(line["amount_brl"])
    return {(account, line["month"], size), *([] if line["bill"] else [(account, "", size)])}


def _lines(lake: Lake) -> list[dict[str, Any]]:
    columns = ["transaction_id", "month", "account", "bill", "amount_brl", "merchant"]
    lines: list[dict[str, Any]] = lake.read(CATEGORIZED_TRANSACTIONS, columns=columns).to_pylist()
    return lines
