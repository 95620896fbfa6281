"""Text is only ever text, and an amount comes back to the centavo."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.export.drawing import MAX_TEXT, as_number, fitting_text
from nubank_assets_tests.export.household import cells_of, sheet_of, written
from nubank_assets_tests.fakes.lake import make_lake

CENTAVO = Decimal("0.01")
TEXTS = [
    '=HYPERLINK("http://example.com","x")',
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "{=1}",
    "http://example.com",
    "mailto:a@example.com",
    "internal:Sheet!A1",
    "007",
    "1e5",
    "3/10",
    "2026-09-01",
    "TRUE",
    "#N/A",
    "<r><t>markup</t></r>",
    "<r>&</r>",
    "a & b < c > d \"e\" 'f'",
    "  spaces  ",
    "São José ☕ 💜",
]


def titles_read_back(folder: Path, titles: list[str]) -> list[openpyxl.cell.cell.Cell]:
    lake = make_lake(folder, income=[{"title": title} for title in titles])
    sheet = sheet_of(written(folder, lake), "Receitas")
    return [sheet.cell(row, 2) for row in range(2, 2 + len(titles))]  # type: ignore[misc]


def test_no_title_becomes_anything_but_text(tmp_path: Path) -> None:
    cells = titles_read_back(tmp_path, TEXTS)
    assert [cell.value for cell in cells] == TEXTS
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(cells)


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    cells = titles_read_back(tmp_path, ["a\x00b\x0bc\x1fd\x7fe\ufffff", "\x01"])
    assert cells[0].value == "abcdef"
    assert not cells[1].value


def test_what_looks_like_a_spreadsheets_escape_stays_as_written(tmp_path: Path) -> None:
    from openpyxl.utils.escape import unescape

    (cell,) = titles_read_back(tmp_path, ["loja_x0041_"])
    assert cell.value == "loja_x005F_x0041_"
    assert unescape(str(cell.value)) == "loja_x0041_"


@pytest.mark.parametrize("text", ["a" * 40_000, "💜" * 20_000])
def test_a_text_too_long_for_a_cell_is_cut(tmp_path: Path, text: str) -> None:
    (cell,) = titles_read_back(tmp_path, [text])
    value = str(cell.value)
    assert len(value.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert value.endswith("…")
    assert text.startswith(value[:-1])


@given(st.text())
def test_fitting_text_changes_nothing_that_fits(text: str) -> None:
    fitted = fitting_text(text)
    assert fitted == fitting_text(fitted)
    assert fitted == "".join(char for char in text if char in fitted)


@given(st.integers(-(10**14), 10**14))
def test_every_amount_up_to_a_trillion_survives_the_digits_of_a_cell(centavos: int) -> None:
    amount = Decimal(centavos).scaleb(-2)
    stored = float(f"{as_number(amount):.16G}")
    assert Decimal(stored).quantize(CENTAVO) == amount


def test_amounts_survive_the_file(tmp_path: Path) -> None:
    large = [10**14 - 1 - step * 7_919 for step in range(500)]
    centavos = [sign * cents for cents in [*range(1500), *large] for sign in (1, -1)]
    amounts = [Decimal(cents).scaleb(-2) for cents in centavos]
    lake = make_lake(tmp_path, income=[{"amount_brl": amount} for amount in amounts])
    rows = cells_of(sheet_of(written(tmp_path, lake), "Receitas"))
    assert [Decimal(row[2]).quantize(CENTAVO) for row in rows] == amounts
