"""Whatever cards do: every payment is used once, for the oldest debt, in any order of rows; and the same inbox says the
same, however its files were imported.
"""

import random
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nubank_assets.sources.demo.generator import write_demo
from nubank_assets_tests.fakes.homes import TODAY
from nubank_assets_tests.transforms.proving import PROVING, Rows, bills_of, line, paid, prove, tables_of_files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Line = dict[str, Any]

#: What a bill charges (negative: it gives money back), and the payments in its cycle.
BILL = st.tuples(st.integers(-3, 9), st.lists(st.sampled_from([1, 2, 3, 5, 8, -2]), max_size=3))
CARDS = st.lists(st.lists(BILL | st.none(), min_size=1, max_size=6), min_size=12, max_size=12)
#: Each example is twelve cards at once; making a failing one smaller would take minutes.
FEW = settings(
    max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)


def lines_of(cards: Sequence[Sequence[Any]]) -> list[Line]:
    """Each card's lines, a bill a month; None is a month of which there is no bill."""
    lines = []
    for number, card in enumerate(cards):
        for month, bill in enumerate(card, 1):
            name, account = f"2026-{month:02d}", f"card{number}"
            if bill:
                charged, payments = bill
                lines.append(line(name, f"{name}-01", str(-charged), account=account))
                lines += [
                    paid(
                        name,
                        f"{name}-{day:02d}",
                        str(amount),
                        account=account,
                        transaction_id=f"{number}.{month}.{day}",
                    )
                    for day, amount in enumerate(payments, 2)
                ]
    return [one | {"transaction_id": f"{number} {one['transaction_id']}"} for number, one in enumerate(lines)]


def settle_one_by_one(lines: Sequence[Line]) -> dict[tuple[str, str | None, str], Decimal]:
    """What each line of payment settles, worked out payment by payment: account, bill, line."""
    found: dict[tuple[str, str | None, str], Decimal] = defaultdict(Decimal)
    for account in {one["account"] for one in lines}:
        own = sorted((one for one in lines if one["account"] == account), key=lambda one: one["date"])
        owed: list[tuple[str | None, Decimal]] = []
        waiting: list[tuple[str, Decimal]] = []
        before = None
        for bill in sorted({one["bill"] for one in own}):
            month = int(bill[5:])
            is_first = before is None or month - before > 1
            if is_first:
                found |= {(account, None, name): found[account, None, name] + left for name, left in waiting}
                owed, waiting = [], []
            before = month
            cycle = [one for one in own if one["bill"] == bill]
            due = -sum((one["amount_brl"] for one in cycle if one["kind"] == "purchase"), Decimal(0))
            payments = [one for one in cycle if one["kind"] == "bill_payment"]
            for one in payments:
                if one["amount_brl"] < 0:
                    found[account, bill, one["transaction_id"]] += one["amount_brl"]
            back = -sum((one["amount_brl"] for one in payments if one["amount_brl"] < 0), Decimal(0))
            came = [(one["transaction_id"], one["amount_brl"]) for one in payments if one["amount_brl"] > 0]
            if is_first:
                found |= {(account, None, name): found[account, None, name] + amount for name, amount in came}
                came = []
            owed.append((bill, max(due, Decimal(0)) + back))
            waiting += came + ([("credit", -due)] if due < 0 else [])
            owed, waiting = _meet(account, owed, waiting, found)
        found |= {(account, None, name): found[account, None, name] + left for name, left in waiting}
    return {key: amount for key, amount in found.items() if amount and key[2] != "credit"}


def _meet(account: str, owed: list[Any], waiting: list[Any], found: dict[Any, Decimal]) -> tuple[list[Any], list[Any]]:
    owed, waiting = [debt for debt in owed if debt[1]], list(waiting)
    while owed and waiting:
        (bill, debt), (name, money) = owed[0], waiting[0]
        part = min(debt, money)
        found[account, bill, name] += part
        owed = [(bill, debt - part), *owed[1:]] if debt > part else owed[1:]
        waiting = [(name, money - part), *waiting[1:]] if money > part else waiting[1:]
    return owed, waiting


def proven(session: "SparkSession", lines: Sequence[Line]) -> Rows:
    with tempfile.TemporaryDirectory() as folder:
        return prove(session, Path(folder), {"categorized_transactions": lines, "bills": bills_of(lines)})


@FEW
@given(CARDS, st.randoms(use_true_random=False))
def test_every_payment_settles_the_oldest_debts_once_in_any_order_of_rows(
    session: "SparkSession", cards: Any, chance: random.Random
) -> None:
    lines = lines_of(cards)
    chance.shuffle(lines)
    rows = proven(session, lines)
    found: dict[tuple[str, str | None, str], Decimal] = defaultdict(Decimal)
    for part in rows["bill_payments"]:
        if part["settled_by"] == "payment":
            found[part["account"], part["bill"], part["transaction_id"]] += part["amount_brl"]
    assert dict(found) == settle_one_by_one(lines)
    _check_sums(rows, lines)


def _check_sums(rows: Rows, lines: Sequence[Mapping[str, Any]]) -> None:
    """Money is neither lost nor made on its way into any of the tables."""
    paid_in = sum((one["amount_brl"] for one in lines if one["kind"] == "bill_payment"), Decimal(0))
    parts = rows["bill_payments"]
    assert sum((part["amount_brl"] for part in parts if part["transaction_id"]), Decimal(0)) == paid_in
    settled: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for part in parts:
        if part["bill"]:
            settled[part["account"], part["bill"]] += part["amount_brl"]
    for bill in rows["bill_proofs"]:
        assert bill["paid_brl"] == settled[bill["account"], bill["bill"]]
        assert bill["paid_brl"] <= max(-bill["due_brl"], Decimal(0))
        assert bill["open_brl"] in {None, min(bill["due_brl"], Decimal(0)) + bill["paid_brl"]}
    assert sum((bill["total_brl"] + bill["received_brl"] for bill in rows["bill_proofs"]), Decimal(0)) == sum(
        (one["amount_brl"] for one in lines), Decimal(0)
    )


def test_shuffled_repeated_and_overlapping_imports_say_the_same(session: "SparkSession", tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", months=5, seed=3, today=TODAY)
    files = sorted((tmp_path / "demo" / "exports").iterdir())
    once = tables_of_files(session, tmp_path / "once", files)
    chance = random.Random(7)
    again = [*files, *chance.sample(files, 5), *_overlapping(files, tmp_path)]
    chance.shuffle(again)
    more = tables_of_files(session, tmp_path / "more", again)
    for name in PROVING[1:]:
        assert [_without_document(row) for row in more[name]] == [_without_document(row) for row in once[name]], name
    assert {row["coverage"] for row in more["statement_coverage"]} == {"covered", "overlap"}
    repeated = [sum(row["repeated_lines"] for row in rows["statement_coverage"]) for rows in (once, more)]
    assert repeated[0] < repeated[1]


def _overlapping(files: Sequence[Path], folder: Path) -> list[Path]:
    """The statement of September again, as it was on the 20th."""
    whole = next(file for file in files if "_01SET2026_" in file.name and file.suffix == ".csv")
    head, *lines = whole.read_text(encoding="utf-8").splitlines()
    part = folder / whole.name.replace("30SET2026", "20SET2026")
    part.write_text("\n".join([head, *(one for one in lines if one[:2] <= "20"), ""]), encoding="utf-8")
    return [part]


def _without_document(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"document", "as_of", "next_as_of"}}
