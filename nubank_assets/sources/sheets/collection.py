"""One round over the spreadsheet: what a person wrote there by now, as documents; nothing is written.

The state of a worksheet that counts is the last that was read. A worksheet that is gone states nothing new.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from nubank_assets.domain.months import day_of, month_of
from nubank_assets.domain.person_sheets import CORRECTIONS_TITLE, STATED_TITLE, WORDS
from nubank_assets.domain.vocabulary import AccountType, DocumentFormat
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.lake.publish import Lake
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer
from nubank_assets.sources.sheets.corrected_months import months_to_redo
from nubank_assets.sources.sheets.correction_rows import rows_of, stored_row, write_corrections
from nubank_assets.sources.sheets.stated_rows import FORMATS, Statement, judge_rows, moments_of, write_statements
from nubank_assets.sources.sheets.worksheets import PersonRows, read_worksheets
from nubank_assets.sources.standing import documents_that_count

if TYPE_CHECKING:
    from nubank_assets.google.spreadsheet import Spreadsheet

#: What stands for an account in the receipt of corrections, which are of none.
_NO_ACCOUNT: Final = "corrections"


class SheetsSource:
    """The two worksheets that a person fills. `warnings` are those of the last round."""

    name = "sheets"

    def __init__(self, spreadsheet: "Spreadsheet", inbox: Inbox, lake: Lake) -> None:
        self._spreadsheet, self._inbox, self._lake = spreadsheet, inbox, lake
        self.warnings: list[str] = []

    def collect(self, known: Sequence[Receipt], now: datetime) -> list[Answer]:
        """Both worksheets as they are; of one that is gone, or was made anew and is empty, nothing, with a warning.

        Raises what `Spreadsheet` does.
        """
        self.warnings = []
        found = read_worksheets(self._spreadsheet)
        corrections = [receipt for receipt in known if receipt.format is DocumentFormat.STATED_CORRECTIONS]
        stated = [receipt for receipt in known if receipt.format in FORMATS.values()]
        answers: list[Answer] = []
        if sheet := self._unless_lost(CORRECTIONS_TITLE, found, corrections):
            answers += self._corrections(sheet, corrections, now)
        if sheet := self._unless_lost(STATED_TITLE, found, stated):
            answers += self._statements(sheet, stated, now)
        return answers

    def _unless_lost(self, title: str, found: Mapping[str, PersonRows], before: Sequence[Receipt]) -> PersonRows | None:
        """The worksheet, if it can be taken at its word: one deleted by accident must not take back what it said."""
        sheet, newest = found.get(title), documents_that_count(before)
        is_known = any(receipt.lines for receipt in newest)
        is_other = sheet is not None and all(receipt.external_account != sheet.sheet_id for receipt in newest)
        if is_known and (sheet is None or (is_other and not any(map(any, sheet.rows)))):
            self.warnings.append(message("sheets_worksheet_gone", title=WORDS[title][0]))
            return None
        return sheet

    def _corrections(self, sheet: PersonRows, before: Sequence[Receipt], now: datetime) -> Iterator[Answer]:
        rows = [row for row in map(stored_row, sheet.rows) if row]
        if not rows and not before:
            return
        known = [row for receipt in documents_that_count(before) for row in rows_of(self._inbox.read(receipt))]
        yield Answer(
            DocumentFormat.STATED_CORRECTIONS,
            _NO_ACCOUNT,
            message("sheets_corrections_name"),
            write_corrections(rows),
            external_account=sheet.sheet_id,
            months=months_to_redo(self._lake, known, rows, day_of(now)),
            lines=len(rows),
        )

    def _statements(self, sheet: PersonRows, before: Sequence[Receipt], now: datetime) -> Iterator[Answer]:
        """One document for each account that is stated or was before: what is no longer there counts no more."""
        judged = judge_rows(sheet.rows, self._products(), day_of(now))
        newest = {(receipt.account, receipt.format): receipt for receipt in documents_that_count(before)}
        stated: dict[tuple[str, DocumentFormat], set[Statement]] = {what: set() for what in newest}
        for one in [one for found in judged if isinstance(found, list) for one in found]:
            stated.setdefault((one.account, FORMATS[one.account_type]), set()).add(one)
        for (account, format_), statements in sorted(stated.items()):
            receipt = newest.get((account, format_))
            known = moments_of(self._inbox.read(receipt)) if receipt else {}
            yield Answer(
                format_,
                account,
                message("sheets_stated_name", account=account),
                write_statements(statements, known, now),
                external_account=sheet.sheet_id,
                months=_months(statements, known, receipt),
                lines=len(statements),
            )

    def _products(self) -> dict[str, AccountType]:
        """The accounts that others tell of."""
        others = [receipt for receipt in self._inbox.receipts() if receipt.source != self.name]
        receipts = [receipt for receipt in others if not receipt.format.is_of_categories]
        return {receipt.account: receipt.format.account_type for receipt in receipts}


def _months(
    statements: set[Statement], known: Mapping[tuple[str, ...], str], before: Receipt | None
) -> tuple[str, ...]:
    """The months of what is stated now, or was in the document before; of nothing that document's own."""
    months = {month_of(one.day) for one in statements} | {day[:7] for day, *_ in known}
    return tuple(sorted(months)) or (before.months if before else ())
