"""The way into the demo: lives a household's months and writes its exports and the truth about them.

Nothing is decided here about the household or its files; this is the order of the work, and the disk.
"""

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import FIRST_MONTH, add_months, month_of
from nubank_assets.sources.demo.documents import AccountDocument, CardDocument
from nubank_assets.sources.demo.exports import ExportFile, account_months, current_bills, files
from nubank_assets.sources.demo.household import live
from nubank_assets.sources.demo.settled import settled_bills, settled_payments
from nubank_assets.sources.demo.true_plans import true_plans
from nubank_assets.sources.demo.truth import Truth, tally, without_lone_pairs

EXPORTS: Final = "exports"
TRUTH: Final = "truth.json"
MAX_MONTHS: Final = 120


def write_demo(directory: Path, *, months: int, seed: int, today: date) -> Truth:
    """Write a made-up household's export files into ``directory/exports`` and the truth into ``truth.json``.

    The demo has `months` months and ends today, in the middle of its last month. The same arguments give equal
    bytes and file times, and a past month or closed bill is the same in any demo of its seed. The files of an
    earlier demo in `directory` go; raises InputError when `months` is not 1 to 120, when the demo would begin
    before there is a partition, or when ``exports`` holds files that no demo wrote.
    """
    first_month = _first_month(months, today)
    books = live(seed, first_month, today)
    bills = current_bills(books, first_month, today)
    account = account_months(books, first_month, today)
    documents: list[CardDocument | AccountDocument] = [*bills, *account]
    lines = without_lone_pairs(line for document in documents for line in document.lines)
    balances = {month_of(document.first): document.balance for document in account}
    settled = settled_bills(books.bills, bills, today), settled_payments(books.bills, bills, today)
    plans = true_plans(books.bills, lines, first_month, today)
    truth = Truth(months, seed, today, lines, tally(lines), balances, *settled, plans)
    exports = _empty_exports(directory)
    for file in files(books, bills, account):
        _write(exports, file)
    (directory / TRUTH).write_bytes(truth.to_json().encode())
    return truth


def _first_month(months: int, today: date) -> str:
    if not 1 <= months <= MAX_MONTHS:
        raise InputError(f"A demo has 1 to {MAX_MONTHS} months, not {months}.")
    first = add_months(month_of(today), 1 - months)
    if first < FIRST_MONTH:
        raise InputError(f"A demo of {months} months would begin in {first}, before {FIRST_MONTH}; ask for fewer.")
    return first


def _empty_exports(directory: Path) -> Path:
    exports = directory / EXPORTS
    if (directory / TRUTH).is_file():
        shutil.rmtree(exports, ignore_errors=True)
    exports.mkdir(parents=True, exist_ok=True)
    if any(exports.iterdir()):
        raise InputError(f"{exports} holds files that are not a demo's; give the demo a directory of its own.")
    return exports


def _write(exports: Path, file: ExportFile) -> None:
    path = exports / file.name
    path.write_bytes(file.content)
    moment = int(file.exported_at.timestamp())
    os.utime(path, (moment, moment))
