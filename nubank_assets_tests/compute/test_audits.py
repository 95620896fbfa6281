"""Each audit is silent on good tables and speaks when one thing in them is wrong."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from nubank_assets.compute.arrow_audits import audit_arrow, columns_of
from nubank_assets.compute.audit import Audit, find_drift
from nubank_assets.compute.audits import AUDITS
from nubank_assets.domain.catalog import TABLES, tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets_tests.compute.bad_tables import GOOD, WRONG, spoilt
from nubank_assets_tests.fakes.frames import arrow_rows

AUDIT = {audit.name: audit for audits in AUDITS.values() for audit in audits}


def found(audit: str, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """What the audit says of these tables, by DuckDB."""
    tables = {name: arrow_rows(name, given) for name, given in rows.items()}
    month = "2026-06" if TABLES[AUDIT[audit].table].partitioned else None
    (finding,) = audit_arrow([AUDIT[audit]], {month: tables}, {})[month]
    assert finding.passed == (not finding.explanation)
    return finding.explanation


@pytest.mark.parametrize("audit", GOOD)
def test_good_tables_pass(audit: str) -> None:
    assert found(audit, GOOD[audit]()) == ""


@pytest.mark.parametrize(("audit", "table", "place", "change", "says"), WRONG)
def test_one_thing_wrong_is_said(audit: str, table: str, place: int, change: dict[str, Any] | None, says: str) -> None:
    assert says in found(audit, spoilt(audit, table, place, change))


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
