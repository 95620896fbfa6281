"""What names of exported files tell."""

from datetime import date

import pytest

from nubank_assets.sources.exports.names import BillName, bill_in_name, period_in_name

DUE = BillName("2026-01", date(2026, 1, 10))


@pytest.mark.parametrize(
    ("name", "bill"),
    [
        ("Nubank_2026-01-10.csv", DUE),
        ("Nubank_2026-01-10 (1).csv", DUE),
        ("Nubank_2026-01-10-2.ofx", DUE),
        ("NUBANK_2026-01-10.OFX", DUE),
        ("Cópia de Nubank_2026-01-10.csv", DUE),
        ("faturas/Nubank_2026-01-10.csv", DUE),
        ("nubank-2021-03.csv", BillName("2021-03", None)),
        ("nubank-2021-03 (2).csv", BillName("2021-03", None)),
        ("nubank-2021-03-2.csv", BillName("2021-03", None)),
        ("Nubank_2026-02-30.csv", None),
        ("Nubank_2026-13-01.csv", None),
        ("nubank-2021-00.csv", None),
        ("Nubank_2026-01-100.csv", None),
        ("Nubank_20260110.csv", None),
        ("meunubank-2021-03.csv", None),
        ("NU_123456_01MAI2025_31MAI2025.csv", None),
        ("fatura.csv", None),
        ("", None),
    ],
)
def test_the_bill_in_a_name(name: str, bill: BillName | None) -> None:
    assert bill_in_name(name) == bill


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("NU_123456_01MAI2025_31MAI2025.csv", (date(2025, 5, 1), date(2025, 5, 31))),
        ("NU_1_01DEZ2024_05JAN2025 (1).ofx", (date(2024, 12, 1), date(2025, 1, 5))),
        ("nu_1_28fev2024_29fev2024.csv", (date(2024, 2, 28), date(2024, 2, 29))),
        ("NU_1_31MAI2025_01MAI2025.csv", None),
        ("NU_1_30FEV2025_31MAI2025.csv", None),
        ("NU_1_01MAY2025_31MAY2025.csv", None),
        ("Nubank_2026-01-10.csv", None),
    ],
)
def test_the_period_in_a_name(name: str, period: tuple[date, date] | None) -> None:
    assert period_in_name(name) == period


def test_every_month_has_its_portuguese_name() -> None:
    names = ["JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ"]
    periods = [period_in_name(f"NU_1_01{name}2025_02{name}2025.csv") for name in names]
    assert [period[0].month for period in periods if period] == list(range(1, 13))
