"""One small household with one of everything a worksheet has to show, and helpers to read the workbook back."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from nubank_assets.export.workbook import write_workbook
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.fakes.lake import make_lake

TABLES: Final[dict[str, list[dict[str, Any]]]] = {
    "monthly_summary": [
        {"month": "2026-08", "income_brl": "5000", "expenses_brl": "-1200.10", "net_brl": "3799.90"},
        {
            "month": "2026-09",
            "income_brl": "5000.00",
            "expenses_brl": "-1500.30",
            "net_brl": "3499.70",
            "card_expenses_brl": "-1000.30",
            "account_expenses_brl": "-500.00",
            "charges_brl": "-3.21",
        },
        {"month": "2026-09", "basis": "date", "income_brl": "1.00", "expenses_brl": "-2.00"},
        {"month": "2026-10", "is_open": True, "expenses_brl": "-10.00", "net_brl": "-10.00"},
        {"month": "2026-11", "is_open": True, "future_brl": "-99.00"},
    ],
    "period_comparison": [
        {"dimension": "kind", "name": "purchase", "amount_brl": "-30", "compared_brl": "-20", "difference_brl": "-10"},
        {
            "dimension": "category",
            "name": "saúde",
            "amount_brl": "-30.00",
            "compared_brl": "-20.00",
            "difference_brl": "-10.00",
            "change_percent": "-50.0000",
        },
        {
            "name": "income",
            "amount_brl": "110.00",
            "compared_brl": "100.00",
            "difference_brl": "10.00",
            "change_percent": "10.0000",
        },
        {"name": "expenses", "amount_brl": "-1500.30", "compared_brl": "-1200.10", "difference_brl": "-300.20"},
        {"comparison": "previous_year", "compared_month": "2025-09", "is_open": True, "name": "expenses"},
        {"basis": "date", "name": "expenses", "amount_brl": "-1.00"},
    ],
    "card_transactions": [
        {"date": date(2026, 9, 2), "title": "Loja - Parcela 2/3", "merchant": "Loja", "amount_brl": "-33.34"}
        | {"installment": 2, "installments": 3, "category": "vestuário"},
        {"date": date(2026, 9, 5), "title": "Padaria", "merchant": "Padaria", "amount_brl": "-0.10"},
        {"date": date(2026, 9, 5), "title": "Café", "merchant": "Café", "amount_brl": "-0.20"}
        | {"category_method": "rule", "category_rule": "cafe", "category_confidence": 93},
        {"month": "2026-11", "bill_state": "future", "title": "Loja - Parcela 3/3", "amount_brl": "-33.33"},
    ],
    "income": [{"account": "account", "date": date(2026, 9, 4), "title": "Salário", "amount_brl": "5000.00"}],
    "expenses": [
        {"date": date(2026, 9, 2), "title": "Loja", "amount_brl": "-1100.30", "category": "vestuário"},
        {"date": date(2026, 9, 3), "title": "Estorno", "amount_brl": "100.00", "category": "vestuário"},
        {"date": date(2026, 9, 4), "title": "Farmácia", "amount_brl": "-500.00", "category": "saúde"}
        | {"account": "account", "account_type": "account"},
    ],
    "credit_limits": [
        {"date": date(2026, 9, 30), "open_bill_brl": "-1000.30", "limit_brl": "8000.00"},
        {"date": date(2026, 9, 29)},
    ],
    "account_balances": [
        {"account": "account", "date": date(2026, 9, 29), "balance_brl": "-0.01"},
        {"account": "account", "date": date(2026, 9, 30), "balance_brl": "1234.56"},
    ],
    "account_monthly_summary": [
        {"account": "card", "expenses_brl": "-1000.30", "net_brl": "-1000.30"}
        | {"charges_brl": "-3.21", "neutral_brl": "900.00"},
        {"account": "account", "income_brl": "5000.00", "expenses_brl": "-500.00"}
        | {"net_brl": "4500.00", "neutral_brl": "-900.00"},
        {"basis": "date", "income_brl": "1.00"},
        {"month": "2026-11", "is_open": True, "future_brl": "-99.00"},
    ],
    "daily_balances": [
        {"account": "account", "date": date(2026, 9, 29), "movements_brl": "-3.00", "balance_brl": "1219.06"},
        {"account": "account", "date": date(2026, 9, 30), "movements_brl": "10.00", "balance_brl": "1234.56"}
        | {"is_observed": True, "unexplained_brl": "5.50"},
    ],
    "plan_parcels": [
        {"plan_id": "loja", "month": "2026-11", "merchant": "Loja", "installment": 3, "installments": 3}
        | {"amount_brl": "-33.33", "first_month": "2026-09", "parcel_state": "to_come", "transaction_id": None},
        {"plan_id": "curso", "month": "2026-10", "merchant": "Curso", "installment": 1, "installments": 12}
        | {"amount_brl": "-80.00", "first_month": "2026-10", "parcel_state": "to_come", "transaction_id": "id0001"}
        | {"purchased_on": date(2026, 9, 9)},
        {"plan_id": "paga", "month": "2026-09", "merchant": "Paga", "parcel_state": "billed"},
    ],
    "commitment_months": [
        {"month": "2026-11", "committed_brl": "-113.33", "parcels": 2, "projected_brl": "-113.33", "ending_plans": 1}
        | {"ending_brl": "-33.33", "limit_freed_brl": "113.33", "committed_after_brl": "-800.00"},
        {"month": "2026-10", "committed_brl": "-80.00", "parcels": 1, "exported_brl": "-80.00", "ending_plans": 0}
        | {"limit_freed_brl": "80.00", "committed_after_brl": "-913.33"},
    ],
    "bills": [
        {"month": "2026-09", "bill_due": date(2026, 9, 10), "total_brl": "-1000.30", "payments_brl": "900.00"}
        | {"ledger_brl": "-1000.30", "ledger_difference_brl": "0.00"},
        {"month": "2026-08", "bill": "2026-08", "total_brl": "-10.00", "ledger_brl": "-12.00"}
        | {"ledger_difference_brl": "-2.00"},
        {"month": "2026-10", "bill": "2026-10", "bill_state": "open", "total_brl": "-10.00"},
    ],
    "bill_proofs": [
        {"month": "2026-09", "bill_due": date(2026, 9, 10), "total_brl": "-1000.30", "received_brl": "900.00"}
        | {"stated_brl": "-1000.30", "stated_by": "ofx", "difference_brl": "0.00", "proof": "proven"}
        | {"paid_brl": "1000.30", "last_paid_on": date(2026, 9, 12), "carried_brl": "-100.00", "open_brl": "0.00"}
        | {"settlement": "carried"},
        {"month": "2026-08", "bill": "2026-08", "total_brl": "-10.00", "stated_brl": "-12.00", "stated_by": "pluggy"}
        | {"difference_brl": "-2.00", "causes": "void_lines", "proof": "differs", "settlement": "unknown"},
        {"month": "2026-10", "bill": "2026-10", "bill_state": "open", "total_brl": "-10.00", "open_brl": "-10.00"}
        | {"proof": "not_closed", "settlement": "not_due"},
    ],
    "account_proofs": [
        {"account": "account", "span": "month", "first_day": date(2026, 9, 1), "last_day": date(2026, 9, 30)}
        | {"opening_brl": "100.00", "came_in_brl": "50.00", "went_out_brl": "-20.00", "closing_brl": "129.00"}
        | {"difference_brl": "-1.00", "unexplained_brl": "-1.00", "proof": "differs"},
        {"account": "reserva", "span": "month", "first_day": date(2026, 9, 1), "last_day": date(2026, 9, 30)}
        | {"came_in_brl": "50.00", "proof": "unstated"},
    ],
    "statement_coverage": [
        {"account": "account", "account_type": "account", "first_day": date(2026, 9, 1), "coverage": "gap"}
        | {"last_day": date(2026, 9, 14), "documents": 0, "repeated_lines": 0},
        {"first_month": "2026-08", "last_month": "2026-08", "coverage": "overlap", "documents": 2}
        | {"repeated_lines": 40, "period_by": "document"},
    ],
    "rejects": [
        {"document_name": "Nubank_2026-09-10.csv", "line_number": 7, "text": "2026-13-01,Loja,10.00"},
        {"document_name": "Nubank_2026-09-10.csv", "line_number": 9, "reason": "ambiguous_amount", "text": "x,1.234"},
    ],
}


def household(folder: Path) -> Lake:
    """A lake with `TABLES`."""
    return make_lake(folder, **TABLES)


def written(folder: Path, lake: Lake, locale: str = "pt-BR") -> openpyxl.Workbook:
    """The workbook of a lake, read back."""
    path = folder / "home" / "workbook.xlsx"
    write_workbook(lake, path, locale)
    return openpyxl.load_workbook(path)


def sheet_of(book: openpyxl.Workbook, title: str) -> Worksheet:
    """A worksheet by its title."""
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def header_row(sheet: Worksheet) -> int:
    """The row, from 1, under which the panes are frozen."""
    assert sheet.freeze_panes is not None
    return int(sheet.freeze_panes[1:]) - 1


def cells_of(sheet: Worksheet) -> list[list[Any]]:
    """The values below the header, as wide as the filter; days as dates."""
    width = range_boundaries(str(sheet.auto_filter.ref))[2]
    rows = sheet.iter_rows(min_row=header_row(sheet) + 1, max_col=width, values_only=True)
    return [[_as_day(value) for value in row] for row in rows if any(value is not None for value in row)]


def _as_day(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value
    assert value == datetime(value.year, value.month, value.day, tzinfo=value.tzinfo), "a day has no time"
    return value.date()
