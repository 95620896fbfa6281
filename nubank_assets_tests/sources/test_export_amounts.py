"""Amounts in each style give the same centavos, exactly; what has two readings is refused."""

from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.sources.exports.amounts import parse_amounts

AMOUNTS = st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=2).map(lambda value: value + 0)


def one(text: str | None, *, spreadsheet: bool = False) -> int | str:
    centavos, reasons = parse_amounts(pa.array([text], pa.string()), dot_may_be_thousands=spreadsheet)
    assert (centavos.null_count + reasons.null_count) == 1
    result: int | str = (centavos if centavos.null_count == 0 else reasons)[0].as_py()
    return result


def brazilian(value: Decimal, minus: str = "-") -> str:
    text = f"{abs(value):,.2f}".translate(str.maketrans(",.", ".,"))
    return minus + text if value < 0 else text


@given(AMOUNTS)
def test_each_style_gives_the_same_centavos(value: Decimal) -> None:
    centavos = int(value * 100)
    assert one(f"{value:f}") == centavos
    for minus in ("-", "- ", "\u2212", "\u2212 ", "-\u00a0", "-R$ ", "- R$\u00a0", "R$ -"):
        assert one(brazilian(value, minus)) == centavos
        assert one(brazilian(value, minus), spreadsheet=True) == centavos
    assert one(f"{value:f}".replace(".", ",")) == centavos


@given(AMOUNTS)
def test_era_a_leaves_out_zeros_at_the_end(value: Decimal) -> None:
    short = f"{value:f}".rstrip("0").rstrip(".")
    assert one(short if short not in {"", "-"} else "0") == int(value * 100)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_parts_of_a_centavo_round_half_away_from_zero(value: Decimal) -> None:
    assert one(f"{value:f}") == int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))


@given(st.lists(st.text(max_size=20) | st.none()), st.booleans())
def test_any_text_is_an_amount_or_has_a_reason(texts: list[str | None], spreadsheet: bool) -> None:
    centavos, reasons = parse_amounts(pa.array(texts, pa.string()), dot_may_be_thousands=spreadsheet)
    assert [value is None for value in centavos.to_pylist()] == [reason is not None for reason in reasons.to_pylist()]
    assert set(reasons.to_pylist()) <= {None, "broken_amount", "ambiguous_amount"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("50", 5000),
        ("+50", 5000),
        (" 32.9 ", 3290),
        ("- 260,46", -26046),
        ("1.090,45", 109045),
        ("1.090", 109),
        ("0,05", 5),
        (",45", 45),
        ("R$ 10,00", 1000),
        ("1234,567", 123457),
        ("10.005", 1001),
        ("-10.005", -1001),
        ("10.004999", 1000),
        ("-0.00", 0),
        ("999999999999999.99", 99999999999999999),
        ("1000000000000000", "broken_amount"),
        ("1.000.000.000.000.000,00", "broken_amount"),
        ("1.09,45", "broken_amount"),
        ("1.0900,45", "broken_amount"),
        ("1..090,45", "broken_amount"),
        ("1,090.45", "broken_amount"),
        ("1,09,45", "broken_amount"),
        ("--5", "broken_amount"),
        ("-R$ -5,00", "broken_amount"),
        ("1.09E+03", "broken_amount"),
        ("١٢", "broken_amount"),
        ("nan", "broken_amount"),
        ("", "broken_amount"),
        (".", "broken_amount"),
        ("-", "broken_amount"),
        (",", "broken_amount"),
        (None, "broken_amount"),
        ("1,090", "ambiguous_amount"),
        ("1.090.450", "ambiguous_amount"),
    ],
)
def test_amounts_of_an_export(text: str | None, result: int | str) -> None:
    assert one(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1.090", "ambiguous_amount"),
        ("-12.345", "ambiguous_amount"),
        ("1.090.450", "ambiguous_amount"),
        ("1,090", "ambiguous_amount"),
        ("1.090,45", 109045),
        ("345.87", 34587),
        ("0.125", 13),
        ("50", 5000),
    ],
)
def test_amounts_a_spreadsheet_wrote(text: str, result: int | str) -> None:
    assert one(text, spreadsheet=True) == result


def test_a_chunked_column_reads_as_one() -> None:
    chunked = pa.chunked_array([["1,50"], ["x"]], pa.string())
    assert parse_amounts(chunked)[0].to_pylist() == [150, None]
