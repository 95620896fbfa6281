"""Each audit is silent on good tables and speaks when one thing in them is wrong."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from nubank_assets.compute.arrow_audits import audit_arrow, columns_of
from nubank_assets.compute.audit import Audit, find_drift
from nubank_assets.compute.audits import AUDITS
from nubank_assets.domain.catalog import TABLES, tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets_tests.fakes.frames import arrow_rows

Rows = dict[str, list[dict[str, Any]]]
AUDIT = {audit.name: audit for audits in AUDITS.values() for audit in audits}


def money(text: str) -> Decimal:
    return Decimal(text)


def cleaned() -> Rows:
    """A bill of two lines with a payment and a reject, an account of one line; a document that was replaced."""
    sums = {"total_brl": money("-10.00"), "current_brl": money("-10.00"), "payments_brl": money("40.00")}
    return {
        "raw_documents": [
            {
                "document": "bill",
                "lines": 4,
                "current_lines": 2,
                "rejected_lines": 1,
                "void_lines": 1,
                "bill": "2026-06",
                **sums,
            },
            {"document": "old", "lines": 2, "superseded_lines": 1, "duplicate_lines": 1, "bill": "2026-06"},
            {"document": "nu", "lines": 1, "current_lines": 1, "current_brl": money("7.00"), "account_type": "account"},
        ],
        "transaction_sources": [
            *({"document": "bill", "line_state": "current", "transaction_id": f"id000{n}"} for n in (1, 2)),
            {"document": "bill", "line_state": "rejected"},
            {"document": "bill", "line_state": "void"},
            {"document": "old", "line_state": "superseded"},
            {"document": "old", "line_state": "duplicate", "transaction_id": "id0001"},
            {"document": "nu", "line_state": "current", "transaction_id": "id0003"},
        ],
        "transactions": [
            {"document": "bill", "amount_brl": money("-50.00")},
            {"document": "bill", "amount_brl": money("40.00")},
            {"document": "nu", "amount_brl": money("7.00"), "account_type": "account"},
        ],
        "rejects": [{"document": "bill"}],
        "bills": [
            {
                "document": "bill",
                "bill": "2026-06",
                "total_brl": money("-50.00"),
                "payments_brl": money("40.00"),
                "ledger_brl": money("-50.00"),
                "ledger_difference_brl": money("0.00"),
            }
        ],
        "balance_readings": [],
    }


def categorized() -> Rows:
    lines = [
        {"flow": "expense", "category": "casa", "amount_brl": money("-9.00")},
        {"flow": "expense_reduction", "category": "casa", "amount_brl": money("2.00"), "bill_state": "closed"},
        {"flow": "expense", "category": "casa", "amount_brl": money("-99.00"), "bill_state": "future"},
        {"flow": "income", "amount_brl": money("100.00")},
        {"flow": "neutral", "amount_brl": money("5.00")},
    ]
    return {
        "transactions": [{"amount_brl": line["amount_brl"]} for line in lines],
        "categorized_transactions": lines,
        "expenses": [
            {"amount_brl": money("-9.00"), "category": "casa"},
            {"amount_brl": money("2.00"), "category": "casa"},
        ],
        "income": [{"amount_brl": money("100.00")}],
    }


def summed() -> Rows:
    """A month of two accounts, and a balance that was read twice."""
    both = {"month": "2026-06", "basis": "bill"}
    return {
        "monthly_summary": [{**both, "income_brl": money("9.00"), "expenses_brl": money("-4.00")}],
        "account_monthly_summary": [
            {**both, "account": "a", "income_brl": money("9.00"), "expenses_brl": money("-1.00")},
            {**both, "account": "b", "expenses_brl": money("-3.00")},
        ],
        "daily_balances": [{"unexplained_brl": None}, {"unexplained_brl": money("0.00")}],
    }


def found(audit: str, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """What the audit says of these tables, by DuckDB."""
    tables = {name: arrow_rows(name, given) for name, given in rows.items()}
    month = None if "monthly_summary" in rows else "2026-06"
    (finding,) = audit_arrow([AUDIT[audit]], {month: tables}, {})[month]
    assert finding.passed == (not finding.explanation)
    return finding.explanation


GOOD = {
    "lines_are_conserved": cleaned,
    "lines_are_traced": cleaned,
    "bills_are_proven": cleaned,
    "ledger_balances_agree": cleaned,
    "documents_agree": cleaned,
    "every_transaction_is_categorized": categorized,
    "category_totals_equal_expenses": categorized,
    "accounts_add_up": summed,
    "readings_agree_with_movements": summed,
}


@pytest.mark.parametrize("audit", GOOD)
def test_good_tables_pass(audit: str) -> None:
    assert found(audit, GOOD[audit]()) == ""


#: The audit, the table, its row, what becomes of it, what the audit says.
WRONG = [
    ("lines_are_conserved", "transactions", 0, None, "2 lines and R$ -10.00 count, the table has 1"),
    ("lines_are_conserved", "transactions", 2, {"amount_brl": money("7.01")}, "document nu"),
    ("lines_are_conserved", "transactions", 2, {"document": "ghost"}, "not read: ghost"),
    ("lines_are_conserved", "rejects", 0, None, "1 unreadable lines are not all in rejects"),
    ("lines_are_conserved", "rejects", 0, {"document": "ghost"}, "not read: ghost"),
    ("lines_are_conserved", "raw_documents", 0, {"lines": 5}, "its 5 lines do not add up"),
    ("lines_are_conserved", "raw_documents", 1, {"duplicate_lines": 0}, "document old: its 2 lines do not add up"),
    ("lines_are_conserved", "raw_documents", 2, None, "not read: nu"),
    ("lines_are_traced", "transaction_sources", 3, None, "document bill: its 4 lines are not all"),
    ("lines_are_traced", "transaction_sources", 6, {"line_state": "duplicate"}, "2 lines count, but there are 3"),
    ("lines_are_traced", "transaction_sources", 1, {"transaction_id": "id0001"}, "or other ones"),
    ("bills_are_proven", "bills", 0, {"total_brl": money("-49.99")}, "add up to R$ -10.00"),
    ("bills_are_proven", "bills", 0, {"payments_brl": money("0.00")}, "x 2026-06"),
    ("bills_are_proven", "bills", 0, None, "transactions without a bill: bill"),
    ("bills_are_proven", "transactions", 1, None, "add up to R$ -50.00"),
    ("ledger_balances_agree", "bills", 0, {"ledger_difference_brl": money("0.01")}, "the document states R$ -50.00"),
    ("documents_agree", "raw_documents", 0, {"contradicts": "old"}, "x 2026-06"),
    ("documents_agree", "raw_documents", 2, {"contradicts": "old"}, "says otherwise than old"),
    ("every_transaction_is_categorized", "categorized_transactions", 0, None, "5 transactions went in, 4 other"),
    (
        "every_transaction_is_categorized",
        "categorized_transactions",
        0,
        {"amount_brl": money("9.00")},
        "5 transactions",
    ),
    ("every_transaction_is_categorized", "categorized_transactions", 0, {"transaction_id": "x"}, "5 transactions"),
    ("category_totals_equal_expenses", "expenses", 1, None, "add up to R$ -9.00, spending is R$ -7.00"),
    ("category_totals_equal_expenses", "expenses", 1, {"category": None}, "add up to"),
    ("category_totals_equal_expenses", "income", 0, None, "income is R$ 0.00, lines of income add up to R$ 100.00"),
    ("accounts_add_up", "account_monthly_summary", 1, None, "2026-06 (bill): the accounts do not add up"),
    ("accounts_add_up", "monthly_summary", 0, {"income_brl": money("9.01")}, "do not add up"),
    (
        "readings_agree_with_movements",
        "daily_balances",
        1,
        {"unexplained_brl": money("-7.00")},
        "differs by R$ -7.00. Something",
    ),
    ("category_totals_equal_expenses", "categorized_transactions", 2, {"bill_state": "open"}, "spending is R$ -106.00"),
]


@pytest.mark.parametrize(("audit", "table", "place", "change", "says"), WRONG)
def test_one_thing_wrong_is_said(audit: str, table: str, place: int, change: dict[str, Any] | None, says: str) -> None:
    rows = GOOD[audit]()
    numbered = [{**row, "transaction_id": f"id{number}"} for number, row in enumerate(rows[table], 1)]
    if "transaction_id" in TABLES[table].key:
        rows[table] = numbered
        if table == "categorized_transactions":
            rows["transactions"] = [
                {**row, "transaction_id": f"id{number}"} for number, row in enumerate(rows["transactions"], 1)
            ]
    rows[table][place : place + 1] = [] if change is None else [{**rows[table][place], **change}]
    assert says in found(audit, rows)


def test_every_audit_of_its_own_is_tried() -> None:
    declared = {audit for audit in AUDIT if not audit.endswith("_as_declared")}
    assert declared == set(GOOD) == {case[0] for case in WRONG}


def test_checks_that_only_warn_are_these() -> None:
    assert {name for name, audit in AUDIT.items() if not audit.blocking} == {
        "ledger_balances_agree",
        "documents_agree",
        "readings_agree_with_movements",
    }


def test_every_table_is_checked_against_its_declaration() -> None:
    for layer, audits in AUDITS.items():
        assert {a.table for a in audits if a.name.endswith("_as_declared")} == {t.name for t in tables_of(layer)}
    assert set(AUDITS) == {Layer.CLEANED, Layer.CATEGORIZED, Layer.INSIGHTS}
    assert all(isinstance(audit, Audit) and audit.table in TABLES and audit.description for audit in AUDIT.values())


INCOME = arrow_rows("income", [{}])


def cast(column: str, type_: pa.DataType) -> pa.Table:
    place = INCOME.schema.get_field_index(column)
    return INCOME.set_column(place, column, INCOME[column].cast(type_))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (cast("amount_brl", pa.float64()), "amount_brl is double"),
        (cast("amount_brl", pa.decimal128(20, 2)), "amount_brl is decimal128(20, 2)"),
        (cast("date", pa.timestamp("us")), "date is timestamp"),
        (INCOME.drop_columns(["kind"]), "columns are"),
        (INCOME.append_column("extra", [[1]]), "columns are"),
        (INCOME.select([*INCOME.column_names[1:], INCOME.column_names[0]]), "columns are"),
    ],
)
def test_drift_is_said_and_holds_every_month_back(rows: pa.Table, says: str) -> None:
    assert find_drift(TABLES["income"], columns_of(INCOME.schema)) == []
    found = audit_arrow([AUDIT["income_as_declared"]], {"2026-05": {"income": rows}, "2026-06": {"income": rows}}, {})
    assert all(says in finding.explanation for findings in found.values() for finding in findings)


def test_nulls_are_said_only_where_none_may_be() -> None:
    rows = [{"transaction_id": None, "kind": None}, {"kind": None}, {}]
    assert (
        found("income_as_declared", {"income": rows})
        == "kind: 1 rows have NULLs; transaction_id, kind: 1 rows have NULLs"
    )


def test_repeated_keys_are_said_with_one_of_them() -> None:
    rows = [{"transaction_id": name} for name in ("a", "b", "a", "a", "c", "c")]
    assert found("income_as_declared", {"income": rows}) == "2 keys are repeated, such as a"
    assert found("income_as_declared", {"income": [{}, {}]}) == ""
    days = [{"account": "a", "date": date(2026, 9, 1)}] * 2
    assert found("account_balances_as_declared", {"account_balances": days}).endswith("such as a 2026-09-01")


def test_of_many_things_wrong_a_few_are_told() -> None:
    ghosts = [{"document": f"ghost{number}", "transaction_id": f"id{number}"} for number in range(8)]
    explained = found("lines_are_conserved", {"raw_documents": [], "rejects": [], "transactions": ghosts})
    assert explained.endswith("not read: ghost4; and 3 more")
