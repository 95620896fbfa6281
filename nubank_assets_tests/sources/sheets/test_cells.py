"""What people type into a cell: amounts, months, days, categories, as Google answers them."""

import math
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.person_sheets import MOST_CHARACTERS, RowProblem
from nubank_assets.domain.teaching import CATEGORY_WORDS
from nubank_assets.domain.vocabulary import Category
from nubank_assets.sources.json_documents import read_json, write_json
from nubank_assets.sources.sheets.cells import read_amounts, read_bill, read_category, read_day, stored_cell, text_of

EPOCH = date(1899, 12, 30)


@given(st.integers(-(10**14), 10**14))
def test_an_amount_is_the_same_typed_as_a_number_or_as_text(centavos: int) -> None:
    amount = Decimal(centavos).scaleb(-2)
    text = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    typed = [stored_cell(value) for value in (float(amount), text, f"R$ {text}", f"{amount:.2f}")]
    assert read_amounts(typed) == [amount] * 4


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_number_of_google_is_stored_as_it_was_printed_and_is_never_a_float(value: float) -> None:
    cell = stored_cell(value)
    assert isinstance(cell, (int, Decimal))
    assert float(cell) == value
    assert read_json(write_json({"a": cell}), "test") == {"a": cell}
    (amount,) = read_amounts([cell])
    assert isinstance(amount, Decimal)
    assert abs(amount - Decimal(repr(value))) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1.234,5", Decimal("1234.50")),
        ("- 10", Decimal("-10.00")),
        ("0,125", Decimal("0.13")),
        (0.1 + 0.2, Decimal("0.30")),
        (-2.675, Decimal("-2.68")),
        ("1.234", RowProblem.AMBIGUOUS_AMOUNT),
        ("dez", RowProblem.BROKEN_AMOUNT),
        ("=1+1", RowProblem.BROKEN_AMOUNT),
        (True, RowProblem.BROKEN_AMOUNT),
        (1e15, RowProblem.BROKEN_AMOUNT),
        ("", None),
        (None, None),
    ],
)
def test_amounts(typed: Any, read: Any) -> None:
    assert read_amounts([stored_cell(typed)]) == [read]


@given(st.dates(date(2013, 1, 1), date(2099, 12, 31)))
def test_a_month_is_read_however_it_is_written(day: date) -> None:
    month = f"{day:%Y-%m}"
    names = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"]
    name = names[day.month - 1]
    first = (day.replace(day=1) - EPOCH).days
    written = [month, f"{day:%m/%Y}", f"{day.month}/{day.year}", f"{name}/{day.year}", f"{name.upper()} {day.year}"]
    written += [f"{name}-{day:%y}", f"{name}. de {day.year}", f" {month} "]
    assert {read_bill(stored_cell(text)) for text in [*written, first, float(first)]} == {month}


@given(st.dates(date(2013, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_as_google_counts_it_or_as_it_is_written(day: date) -> None:
    written = [(day - EPOCH).days, (day - EPOCH).days + 0.75, day.isoformat(), f"{day:%d/%m/%Y}"]
    assert {read_day(stored_cell(value)) for value in written} == {day}
    as_bill = day.isoformat() if day.day > 1 else f"{day:%Y-%m}"
    assert {read_bill(stored_cell(value)) for value in written} == {as_bill}


@pytest.mark.parametrize(
    "nonsense", ["", "32/13/2026", "2026-13", "outono de 2026", "2026", "ou/2026", True, 0, -5, 1e9, 202610]
)
def test_what_is_no_month_is_none(nonsense: Any) -> None:
    assert read_bill(stored_cell(nonsense)) is None


@pytest.mark.parametrize("month", ["março de 2026", "Março/2026", "marco 2026", "March 2026", "mar/26", "2026-3"])
def test_months_in_either_language(month: str) -> None:
    assert read_bill(stored_cell(month)) == "2026-03"


@pytest.mark.parametrize("category", Category)
def test_categories_in_either_language_whatever_accents_and_case(category: Category) -> None:
    for word in (*CATEGORY_WORDS[category], category.value):
        for typed in (word, word.upper(), f" {word.title()} "):
            assert read_category(stored_cell(typed)) is category


@pytest.mark.parametrize("other", ["comida", "rest", 7, True, None, "'; drop table corrections; --"])
def test_anything_else_is_no_category(other: Any) -> None:
    assert read_category(stored_cell(other)) is None


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none()))
def test_whatever_is_in_a_cell_can_be_stored_and_read_by_every_reader(value: Any) -> None:
    cell = stored_cell(value)
    if cell is None:
        assert value is None or not str(value).strip()
        return
    assert isinstance(cell, bool) or not isinstance(cell, float)
    assert stored_cell(read_json(write_json([cell]), "test")[0]) == cell
    assert len(text_of(cell) or "") <= max(MOST_CHARACTERS, 400)
    read_amounts([cell])
    read_bill(cell)
    read_category(cell)


def test_a_lone_surrogate_and_a_long_text_are_stored() -> None:
    assert stored_cell("a\ud800b") == "a?b"
    assert stored_cell("x" * 9999) == "x" * MOST_CHARACTERS
    assert math.isfinite(float(str(stored_cell(1e-7))))
