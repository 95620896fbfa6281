"""The demo account collected from the APIs of Nubank and Pluggy: the same money as from its exports."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from nubank_assets.definitions import build_definitions
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import SourceAnswerError, SourceUnavailableError
from nubank_assets.domain.months import SAO_PAULO, add_months, month_of
from nubank_assets.jobs import MONTHLY_JOB, range_tags
from nubank_assets.lake.publish import Lake
from nubank_assets.settings import Settings
from nubank_assets.sources import http
from nubank_assets_tests.fakes.collecting import NOW, CollectedHome, collected_home
from nubank_assets_tests.fakes.homes import DemoHome, demo_home, digests, run

MONTHS = 6
#: Of these the demo's exports know parcels that pynubank does not tell: bills that are to come.
FUTURE = ("2027-01", "2027-02", "2027-03")


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Lake(settings.lake_root).read(TABLES[table]).to_pylist()
    return found


def counted(settings: Settings, *columns: str) -> Counter[tuple[Any, ...]]:
    """How often each combination of values stands in categorized_transactions."""
    return Counter(tuple(row[name] for name in columns) for row in rows(settings, "categorized_transactions"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    """The demo as its exports tell it."""
    home = demo_home(tmp_path_factory.mktemp("exported"), months=MONTHS)
    assert all(outcome.succeeded for outcome in run(home.settings))
    return home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CollectedHome]:
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.01)
    with collected_home(tmp_path, months=MONTHS) as home:
        yield home


def collect_and_run(home: CollectedHome, *names: str) -> None:
    collection = home.collect(*names)
    assert not collection.failures
    (outcome,) = run(home.settings)
    assert outcome.succeeded, outcome
    assert not outcome.warnings


WHAT = ("transaction_id", "account", "month", "date", "amount_brl", "kind", "flow", "bill_state")


def test_pluggy_tells_what_the_exports_tell(exported: DemoHome, home: CollectedHome) -> None:
    collect_and_run(home, "pluggy")
    assert counted(home.settings, *WHAT) == counted(exported.settings, *WHAT)
    assert rows(home.settings, "monthly_summary") == rows(exported.settings, "monthly_summary")


def test_pynubank_tells_what_the_exports_tell_but_for_bills_to_come(exported: DemoHome, home: CollectedHome) -> None:
    collect_and_run(home, "pynubank")
    found, expected = counted(home.settings, *WHAT), counted(exported.settings, *WHAT)
    assert {line[2] for line in (expected - found) if line[5] != "transfer_in"} == set(FUTURE)
    # Of a transfer inside Nubank this API does not say that it was no Pix; both are income.
    (other,) = (found - expected).keys()
    assert (other[5], other[6]) == ("pix_in", "income")
    money = ("month", "basis", "income_brl", "expenses_brl", "neutral_brl", "charges_brl", "is_open")
    summary = {
        name: [[row[column] for column in money] for row in rows(settings, "monthly_summary")]
        for name, settings in (("found", home.settings), ("expected", exported.settings))
    }
    assert summary["found"] == [
        row for row in summary["expected"] if row[0] not in FUTURE and row[:2] != ["2026-12", "date"]
    ]


def test_all_sources_at_once_are_one_set_of_lines(exported: DemoHome, home: CollectedHome) -> None:
    home.import_exports()
    collect_and_run(home, "pynubank", "pluggy")
    assert counted(home.settings, *WHAT) == counted(exported.settings, *WHAT)
    traced = rows(home.settings, "transaction_sources")
    sources = {row["source"]: row for row in traced if row["transaction_id"]}
    assert set(sources) == {"exports", "pynubank", "pluggy"}
    # The demo keeps every id: nothing but an open bill's later changes is found by its money.
    assert {row["format"] for row in traced if row["matched_by"] == "amount"} == {"card_csv"}
    richest = [row for row in rows(home.settings, "transactions") if row["foreign_currency"]]
    assert richest
    assert all(row["occurred_at"] and row["card_last_four"] and row["included_iof_brl"] for row in richest)
    assert {row["source"] for row in rows(home.settings, "transactions")} == {"exports"}


def test_balances_and_limits_are_the_demos(home: CollectedHome) -> None:
    collect_and_run(home, "pynubank", "pluggy")
    (balance,) = rows(home.settings, "account_balances")
    assert balance["balance_brl"].scaleb(2) == home.truth.balances["2026-11"]
    assert balance["invested_brl"] > 0
    (limit,) = rows(home.settings, "credit_limits")
    assert (limit["limit_brl"], limit["date"]) == (Decimal("15000.00"), NOW.date())
    assert 0 < limit["available_limit_brl"] < limit["limit_brl"]
    owed = sum(line.centavos for line in home.truth.lines if line.bill_state == "open" and line.kind != "bill_payment")
    assert limit["open_bill_brl"].scaleb(2) == owed


def test_the_same_round_and_run_again_add_nothing(home: CollectedHome) -> None:
    collect_and_run(home, "pynubank", "pluggy")
    before, receipts = digests(home.settings), home.inbox.receipts()
    collection = home.collect("pynubank", "pluggy", now=NOW + timedelta(minutes=5))
    assert not any(answer.is_new for answer in collection.answers)
    assert home.inbox.receipts() == receipts
    run(home.settings)
    assert digests(home.settings) == before


@pytest.mark.parametrize(
    ("part", "failure", "kind"),
    [
        ("/api/bills/", 503, SourceUnavailableError),
        ("account_feed_paginated", "garbage", SourceAnswerError),
        ("/api/bills/", "drop", SourceUnavailableError),
    ],
)
def test_an_outage_of_nubank_in_the_middle_changes_nothing_of_it(
    home: CollectedHome, part: str, failure: Any, kind: type[Exception]
) -> None:
    home.nubank.fail_with(part, failure, after=2)
    collection = home.collect("pynubank", "pluggy")
    assert [type(failure) for failure in collection.failures] == [kind]
    assert {receipt.source for receipt in home.inbox.receipts()} == {"pluggy"}
    home.nubank.heal()
    assert not home.collect("pynubank").failures


@pytest.mark.parametrize(
    ("part", "failure", "kind"),
    [
        ("/v2/transactions", 502, SourceUnavailableError),
        ("/v2/transactions", "garbage", SourceAnswerError),
        ("/bills", "drop", SourceUnavailableError),
    ],
)
def test_an_outage_of_pluggy_in_the_middle_changes_nothing_of_it(
    home: CollectedHome, part: str, failure: Any, kind: type[Exception]
) -> None:
    home.pluggy.fail_with(part, failure, after=0 if part == "/bills" else 2)
    collection = home.collect("pluggy", "pynubank")
    assert [type(failure) for failure in collection.failures] == [kind]
    assert {receipt.source for receipt in home.inbox.receipts()} == {"pynubank"}
    home.pluggy.recover()
    assert not home.collect("pluggy").failures


@pytest.fixture
def home_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CollectedHome]:
    """A demo that ends on the very day the clock says."""
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.01)
    with collected_home(tmp_path, months=2, today=datetime.now(SAO_PAULO).date()) as home:
        yield home


def materialize(home: CollectedHome) -> dg.ExecuteInProcessResult:
    """A run as Dagster's page starts it: no command collected before."""
    month = month_of(home.nubank.today)
    tags = range_tags(add_months(month, -1), add_months(month, 1))
    job = build_definitions(home.settings).resolve_job_def(MONTHLY_JOB.name)
    with dg.DagsterInstance.ephemeral() as instance:
        return job.execute_in_process(instance=instance, tags=tags, raise_on_error=False)


def test_a_run_of_the_page_collects_once_however_many_months_it_has(home_of_today: CollectedHome) -> None:
    result = materialize(home_of_today)
    assert result.success
    assert len(home_of_today.nubank.logins) == 1
    assert len(home_of_today.pluggy.called("/auth")) == 1
    assert len(rows(home_of_today.settings, "transactions")) > 100


def test_a_run_of_the_page_fails_when_a_source_does_and_processes_what_is_stored(
    home_of_today: CollectedHome,
) -> None:
    home_of_today.pluggy.fail_with("/v2/transactions", 500)
    result = materialize(home_of_today)
    assert not result.success
    (failed,) = result.get_step_failure_events()
    assert "sources_answered" in str(failed.step_key)
    assert "Pluggy" in str(failed.step_failure_data.user_failure_data)
    assert {row["source"] for row in rows(home_of_today.settings, "transactions")} == {"pynubank"}
    assert home_of_today.settings.workbook_path.exists()
    before = digests(home_of_today.settings)
    home_of_today.nubank.fail_with("/api/bills/", 500)
    assert not materialize(home_of_today).success
    assert digests(home_of_today.settings) == before
