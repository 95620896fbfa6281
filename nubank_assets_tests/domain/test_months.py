"""Months: parsing, stepping, ranges, blocks."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.months import (
    add_months,
    contiguous_blocks,
    first_day,
    last_day,
    month_of,
    months_between,
    parse_month,
)

DAYS = st.dates(date(2014, 1, 1), date(2060, 12, 31))
MONTHS = DAYS.map(month_of)


@given(DAYS)
def test_a_day_is_within_its_month(day: date) -> None:
    month = parse_month(month_of(day))
    assert first_day(month) <= day <= last_day(month)
    assert month_of(last_day(month) + timedelta(days=1)) == add_months(month, 1)
    assert month_of(first_day(month) - timedelta(days=1)) == add_months(month, -1)


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-1", "2026-13", "2026-00", "26-10", "2026-10-01", " 2026-10", "2026-10\n", "2026/10", "٢٠٢٦-10"],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2026-10"):
        parse_month(text)


@given(MONTHS, st.integers(-240, 240), st.integers(-240, 240))
def test_steps_add_up(month: str, first: int, second: int) -> None:
    assert add_months(add_months(month, first), second) == add_months(month, first + second)


@given(MONTHS, MONTHS)
def test_a_range_has_every_month_once(first: str, last: str) -> None:
    months = months_between(first, last)
    assert months == sorted(set(months))
    if first > last:
        assert months == []
    else:
        assert (months[0], months[-1]) == (first, last)
        assert len(months) == (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1


@given(st.lists(st.dates(date(2025, 1, 1), date(2028, 1, 1)).map(month_of)))
def test_blocks_are_the_months_unbroken_and_apart(months: list[str]) -> None:
    blocks = list(contiguous_blocks(months))
    assert [month for block in blocks for month in months_between(*block)] == sorted(set(months))
    for (_, before), (after, _) in pairwise(blocks):
        assert add_months(before, 1) < after


def test_february_ends_when_it_does() -> None:
    assert [last_day(month).day for month in ("2024-02", "2025-02", "2100-02")] == [29, 28, 28]
