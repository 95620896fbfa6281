"""What becomes of each line of overlapping documents: counted once, and every line accounted for."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from nubank_assets.domain.catalog import RAW_LINES
from nubank_assets.domain.months import months_between
from nubank_assets.lake.publish import conform
from nubank_assets.sources.raw import read_raw_tables
from nubank_assets_tests.fakes.exports import Household, account_csv, account_ofx, card_csv, card_ofx, stored_rows

NOON = datetime(2026, 6, 1, 15, tzinfo=UTC)
MONTHS = months_between("2026-03", "2026-10")
STATES = ("current", "superseded", "duplicate", "rejected")
LOJA, PADARIA, TOLL = "2026-06-20,Loja Azul,10.00", "2026-06-21,Padaria,5.00", "2026-06-22,Pedagio,9.10"


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 15, tzinfo=UTC)


@pytest.fixture
def household(tmp_path: Path) -> Household:
    return Household(tmp_path)


def documents(household: Household, months: Sequence[str] = MONTHS) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_raw_tables(household.inbox, months).documents.to_pylist()
    return rows


def states(household: Household) -> dict[str, list[str]]:
    """The states of the lines of each document, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in read_raw_tables(household.inbox, MONTHS).lines.to_pylist():
        found[line["document_name"]].append(line["line_state"])
    return dict(found)


def test_an_open_bill_exported_again_is_superseded(household: Household) -> None:
    household.bring("Nubank_2026-07-10.csv", card_csv(LOJA), day(6, 25))
    household.bring("Nubank_2026-07-10 (1).csv", card_csv(LOJA, PADARIA), day(6, 28))
    household.bring("Nubank_2026-07-10 (2).csv", card_csv(LOJA, PADARIA, TOLL, TOLL), day(7, 5))
    assert states(household) == {
        "Nubank_2026-07-10.csv": ["superseded"],
        "Nubank_2026-07-10 (1).csv": ["superseded"] * 2,
        "Nubank_2026-07-10 (2).csv": ["current"] * 4,
    }
    assert [(d["bill_state"], d["contradicts"]) for d in documents(household)] == [
        ("open", None),
        ("open", None),
        ("closed", None),
    ]


def test_csv_and_ofx_of_one_bill_are_one(household: Household) -> None:
    household.bring("Nubank_2026-07-10.csv", card_csv(LOJA, '2026-06-23,"IOF de ""Gringa""",0.35'), day(7, 5))
    lines = [("20260623", "IOF de compra internacional", "-0.35"), ("20260620", "LOJA AZUL", "-10.00")]
    household.bring("Nubank_2026-07-10.ofx", card_ofx(lines, as_of="20260705", ledger="-10.35"), day(7, 5))
    assert states(household) == {"Nubank_2026-07-10.csv": ["duplicate"] * 2, "Nubank_2026-07-10.ofx": ["current"] * 2}
    ledgers = {d["document_state"]: d["ledger_brl"] for d in documents(household)}
    assert ledgers == {"duplicate": None, "current": Decimal("-10.35")}


def test_of_closed_bills_that_disagree_the_first_stays_and_the_other_says_so(household: Household) -> None:
    first = household.bring("Nubank_2026-07-10.csv", card_csv(LOJA), day(7, 5)).receipt
    household.bring("Nubank_2026-07-10.ofx", card_ofx([("20260620", "Loja Azul", "-11.00")]), day(7, 6))
    # The OFX states that it is of the 1st, when the bill was open; only a closed one can contradict.
    assert [d["contradicts"] for d in documents(household)] == [None, None]
    household.bring("Nubank_2026-07-10 (1).csv", card_csv(PADARIA), day(7, 7))
    assert [d["contradicts"] for d in documents(household)] == [None, None, first.document]
    assert states(household)["Nubank_2026-07-10.csv"] == ["current"]


@pytest.mark.parametrize("second", [card_csv(), card_csv(LOJA), card_csv("2026-06-99,Loja,1.00")])
def test_of_a_bill_that_was_empty_still_one_document_counts(household: Household, second: str) -> None:
    household.bring("Nubank_2026-07-10.csv", card_csv(), day(5, 20))
    household.bring("Nubank_2026-07-10 (1).csv", "\n" + second, day(7, 5))
    found = {d["document_name"]: d["document_state"] for d in documents(household)}
    assert found["Nubank_2026-07-10 (1).csv"] == "current"
    assert found["Nubank_2026-07-10.csv"] in {"superseded", "duplicate"}


def test_overlapping_account_exports_count_each_day_once(household: Household) -> None:
    early = account_csv("04/06/2026,1.00,a,X", "05/06/2026,2.00,b,X")
    late = account_csv("05/06/2026,2.00,b,X", "05/06/2026,3.00,c,X", "06/06/2026,4.00,d,X")
    household.bring("early.csv", early, day(6, 5))
    household.bring("late.csv", late, day(6, 30))
    assert states(household) == {"early.csv": ["current", "duplicate"], "late.csv": ["current"] * 3}
    assert [d["contradicts"] for d in documents(household)] == [None, None]


def test_a_line_that_the_later_export_lacks_is_told(household: Household) -> None:
    household.bring("early.csv", account_csv("05/06/2026,2.00,b,X", "05/06/2026,9.00,z,X"), day(6, 5))
    late = household.bring("late.csv", account_csv("05/06/2026,2.00,b,X"), day(6, 30)).receipt
    assert states(household)["early.csv"] == ["duplicate", "superseded"]
    assert [d["contradicts"] for d in documents(household)] == [late.document, None]


def test_a_month_is_the_same_whatever_months_are_read_with_it(household: Household) -> None:
    early = account_csv("30/04/2026,1.00,a,X", "31/05/2026,2.00,b,X", "01/06/2026,9.00,c,X", "02/06/2026,1.00,d,X")
    household.bring("early.csv", early, day(6, 5))
    household.bring("late.csv", account_csv("31/05/2026,2.00,b,X", "01/06/2026,8.00,z,X"), day(6, 30))
    household.bring("Nubank_2026-07-10.csv", card_csv(LOJA), day(6, 25))
    whole = stored_rows(read_raw_tables(household.inbox, MONTHS))
    for month in MONTHS:
        alone = stored_rows(read_raw_tables(household.inbox, [month]))
        for table, rows in alone.items():
            assert rows == [row for row in whole[table] if row["month"] == month], (table, month)


def test_an_account_balance_is_read_on_its_day(household: Household) -> None:
    content = account_ofx([("20260605", "X", "1.00")], ledger="1234.56", as_of="20260701")
    household.bring("conta.ofx", content, day(7, 2))
    household.bring("Nubank_2026-07-10.csv", card_csv(LOJA, "2026-06-21,Pagamento recebido,-99.00"), day(6, 25))
    readings = read_raw_tables(household.inbox, MONTHS).readings.to_pylist()
    assert [(r["month"], r["reading"], r["observed_on"], r["raw_value"]) for r in readings] == [
        ("2026-07", "account_balance", date(2026, 7, 1), "1234.56"),
        ("2026-06", "open_bill", date(2026, 6, 25), "-10.00"),
    ]


def test_an_empty_inbox_gives_empty_tables(household: Household) -> None:
    for name, rows in read_raw_tables(household.inbox, MONTHS).by_name().items():
        assert rows.num_rows == 0, name


def test_lines_keep_their_declared_types(household: Household) -> None:
    household.bring("Nubank_2026-07-10.csv", card_csv(LOJA), day(6, 25))
    lines = read_raw_tables(household.inbox, MONTHS).lines
    assert lines.column_names == RAW_LINES.column_names
    assert conform(lines, RAW_LINES).schema == RAW_LINES.arrow_schema
    assert isinstance(lines, pa.Table)
