"""Days of exports: impossible, ambiguous and unbelievable ones are refused, and OFX zones end in São Paulo."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.sources.exports.dates import parse_dates
from nubank_assets.sources.exports.ofx_times import ofx_day, ofx_moment

LATEST = date(2027, 12, 31)


def one(text: str | None) -> date | str:
    dates, reasons = parse_dates(pa.array([text], pa.string()), LATEST)
    result: date | str = dates[0].as_py() or reasons[0].as_py()
    return result


@given(st.dates(min_value=date(2013, 1, 1), max_value=LATEST))
def test_both_orders_give_the_day(day: date) -> None:
    assert one(day.isoformat()) == day
    assert one(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "30/02/2026",
        "2025-02-29",
        "31/04/2026",
        "14/12/25",
        "25-12-14",
        "2026-13-01",
        "2026-1-1",
        "1/1/2026",
        "",
        "ontem",
        "2026-01-01T00:00",
        "20260101",
        "٢٠٢٦-٠١-٠١",
        "0000-01-01",
        None,
    ],
)
def test_what_is_no_day_is_broken(text: str | None) -> None:
    assert one(text) == "broken_date"


def test_days_before_nubank_or_after_the_latest_are_out_of_range() -> None:
    assert one("2012-12-31") == one("2028-01-01") == "date_out_of_range"
    assert one("2013-01-01") == date(2013, 1, 1)
    assert one("2027-12-31") == LATEST


def test_a_column_keeps_its_order_and_chunks() -> None:
    column = pa.chunked_array([["2026-01-02", None], ["2026-01-02", "x"]], pa.string())
    dates, reasons = parse_dates(column, LATEST)
    assert dates.to_pylist() == [date(2026, 1, 2), None, date(2026, 1, 2), None]
    assert reasons.to_pylist() == [None, "broken_date", None, "broken_date"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260714000000[-3:BRT]", date(2026, 7, 14)),
        ("20180105233000[-3:GMT]", date(2018, 1, 5)),
        ("20260714000000[0:GMT]", date(2026, 7, 13)),
        ("20260714030000[0:GMT]", date(2026, 7, 14)),
        ("20260714000000[+5.50:IST]", date(2026, 7, 13)),
        ("20260714", date(2026, 7, 14)),
        ("20260714120000", date(2026, 7, 14)),
        ("20260714120000.000[-3:BRT]", date(2026, 7, 14)),
        ("20260230000000[-3:BRT]", None),
        ("20260714250000[0:GMT]", None),
        ("20260714000000[99:X]", None),
        ("00010101000000[14:X]", None),
        ("2026", None),
        ("", None),
    ],
)
def test_the_day_of_an_ofx_moment_is_sao_paulos(text: str, day: date | None) -> None:
    assert ofx_day(text) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20260803091500[-3:BRT]", datetime(2026, 8, 3, 12, 15, tzinfo=UTC)),
        ("20260803091500[0:GMT]", datetime(2026, 8, 3, 9, 15, tzinfo=UTC)),
        ("20260803091500[-3.50:X]", datetime(2026, 8, 3, 12, 45, tzinfo=UTC)),
        ("20260803", datetime(2026, 8, 3, 3, tzinfo=UTC)),
        ("20260832", None),
        ("agora", None),
    ],
)
def test_an_ofx_moment_is_in_utc(text: str, moment: datetime | None) -> None:
    assert ofx_moment(text) == moment
