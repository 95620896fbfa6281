"""Balances between readings, and readings that the movements contradict, against figures worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.transforms.steps import INSIGHTS
from nubank_assets_tests.fakes.frames import run_transform

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def reading(day: int, brl: str, *, live: bool = False, account: str = "account") -> dict[str, Any]:
    """A balance of a day of June: of its end, or seen while it lasted."""
    as_of = datetime(2026, 6, day if live else 30, 15, tzinfo=UTC)
    on = date(2026, 6, day)
    return {
        "account": account,
        "reading": "account_balance",
        "observed_on": on,
        "value_brl": Decimal(brl),
        "as_of": as_of,
    }


def movement(day: int, brl: str, account: str = "account") -> dict[str, Any]:
    return {"account": account, "account_type": "account", "date": date(2026, 6, day), "amount_brl": Decimal(brl)}


@pytest.fixture
def derive(session: "SparkSession", tmp_path: Path) -> Any:
    def run(readings: list[dict[str, Any]], movements: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        rows = {"balance_readings": readings, "categorized_transactions": movements}
        made = run_transform(session, tmp_path, INSIGHTS, "daily_balances", rows)
        return [
            (row["date"].day, str(row["balance_brl"]), row["is_observed"], _text(row["unexplained_brl"]))
            for row in made
        ]

    return run


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def test_balances_between_readings_come_from_the_movements(derive: Any) -> None:
    movements = [movement(3, "-10.00"), movement(8, "5.50"), movement(8, "-0.50"), movement(20, "-1.00")]
    found = derive([reading(5, "100.00"), reading(15, "105.00")], movements)
    assert found == [
        (3, "100.00", False, None),
        (5, "100.00", True, None),
        (8, "105.00", False, None),
        (15, "105.00", True, "0.00"),
        (20, "104.00", False, None),
    ]


def test_a_balance_before_the_first_reading_is_counted_back(derive: Any) -> None:
    found = derive([reading(10, "50.00")], [movement(2, "-10.00"), movement(4, "-20.00"), movement(10, "30.00")])
    assert [row[:2] for row in found] == [(2, "40.00"), (4, "20.00"), (10, "50.00")]


def test_a_reading_that_movements_do_not_explain_is_told(derive: Any) -> None:
    found = derive([reading(5, "100.00"), reading(15, "90.00"), reading(16, "90.00")], [movement(10, "-3.00")])
    assert [row[3] for row in found] == [None, None, "-7.00", "0.00"]


def test_a_reading_of_a_running_day_may_lack_that_days_movements(derive: Any) -> None:
    movements = [movement(5, "-40.00"), movement(5, "10.00"), movement(12, "-2.00")]
    late = derive([reading(5, "100.00", live=True), reading(15, "58.00")], movements)
    assert late[-1] == (15, "58.00", True, "0.00")
    too_much = derive([reading(5, "100.00", live=True), reading(15, "57.99")], movements)
    assert too_much[-1] == (15, "57.99", True, "-40.01")


def test_accounts_do_not_mix_and_one_never_observed_is_not_made_up(derive: Any) -> None:
    found = derive(
        [reading(5, "1.00", account="a"), reading(5, "7.00", account="b")],
        [movement(6, "-1.00", "a"), movement(6, "2.00", "b"), movement(6, "9.00", "c")],
    )
    assert [row[1] for row in found] == ["1.00", "0.00", "7.00", "9.00"]


def test_cards_move_no_balance(derive: Any) -> None:
    card = {**movement(6, "-5.00", "account"), "account_type": "card"}
    assert derive([reading(5, "1.00")], [card]) == [(5, "1.00", True, None)]
