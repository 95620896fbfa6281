"""Cells on their way: amounts to the centavo, days, and texts that stay texts; and what is known by a number."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.export.labels import label
from nubank_assets.export.person_sheets import PERSON_SHEETS
from nubank_assets.export.rows import title_of
from nubank_assets.export.sheet import CellType
from nubank_assets.export.sheets import identity
from nubank_assets.export.sheets.cells import MAX_TEXT, cell_data, emptied, plain_cell, row_data, row_line, rows_of
from nubank_assets.export.sheets.content import content_of
from nubank_assets.export.sheets.declared import Column, Declared
from nubank_assets.export.worksheets import WORKSHEETS

AMOUNTS = st.decimals(min_value=-(10**13), max_value=10**13, places=2)
DAYS = st.dates(min_value=date(1900, 1, 1))
TEXTS = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}{}".format, st.sampled_from(["=", "+", "-", "@", "'", "\t=", "=HYPERLINK(1)", "1/2", "TRUE"]), st.text()
    ),
)
CELLS = st.one_of(AMOUNTS, DAYS, TEXTS, st.integers(min_value=0, max_value=10_000), st.none())


@given(AMOUNTS)
def test_an_amount_comes_back_to_the_centavo(amount: Decimal) -> None:
    (sent,) = json.loads(row_line((amount,)))
    assert Decimal(repr(sent)) == amount


@given(DAYS)
def test_a_day_is_the_number_that_spreadsheets_count(day: date) -> None:
    (sent,) = json.loads(row_line((day,)))
    assert date(1899, 12, 30) + timedelta(days=sent) == day


@given(TEXTS)
def test_a_text_is_a_text_whatever_it_begins_with(text: str) -> None:
    plain = plain_cell(text)
    assert plain is None or isinstance(plain, str)
    assert cell_data(plain) == ({"userEnteredValue": {"stringValue": plain}} if plain else {})


@given(st.text(alphabet="aé€😀", min_size=1, max_size=3), st.integers(min_value=-2, max_value=2))
def test_a_text_is_at_most_as_long_as_a_cell_may_be(unit: str, beyond: int) -> None:
    text = (unit * MAX_TEXT)[: MAX_TEXT + beyond]
    sent = str(plain_cell(text))
    assert len(sent.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert sent == text or (sent.endswith("…") and text.startswith(sent[:-1]))
    assert sent == text or len(text.encode("utf-16-le")) // 2 > MAX_TEXT


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).map(tuple), max_size=8))
def test_both_ways_of_sending_say_the_same_and_no_more_bytes_than_were_counted(rows: list[tuple[object, ...]]) -> None:
    sheet = Declared("s", "S", tuple(Column(name, CellType.TEXT, 9) for name in "abc"), 3)
    content = content_of(sheet, rows)  # type: ignore[arg-type]
    as_cells = [row_data(row) for row in content.rows()]
    assert len(json.dumps(as_cells)) <= content.bytes_as_cells
    as_values = [emptied(row) for row in content.rows()]
    assert len(json.dumps(as_values)) <= content.bytes_as_values
    told = [[next(iter(cell.get("userEnteredValue", {"": ""}).values())) for cell in row["values"]] for row in as_cells]
    assert told == as_values
    assert content.count == len(rows)


def test_what_differs_in_a_cell_a_header_or_a_type_has_another_digest() -> None:
    def digest(header: str, kind: CellType, *cells: str) -> str:
        return content_of(Declared("s", "S", (Column(header, kind, 9),), 1), [(cell,) for cell in cells]).digest

    digests = [
        digest("a", CellType.TEXT, "x", "y"),
        digest("b", CellType.TEXT, "x", "y"),
        digest("a", CellType.WORD, "x", "y"),
        digest("a", CellType.TEXT, "y", "x"),
        digest("a", CellType.TEXT, 'x"], ["y'),
        digest("a", CellType.TEXT, "x", "y", ""),
        digest("a", CellType.TEXT),
    ]
    assert len(set(digests)) == len(digests)
    assert digests[0] == digest("a", CellType.TEXT, "x", "y")


def test_lines_are_the_rows_again() -> None:
    assert rows_of([row_line(("=1+1", None, Decimal("1.10"))), row_line(("", "é", 3))]) == [
        ["=1+1", None, 1.1],
        [None, "é", 3],
    ]
    assert rows_of([]) == []


def test_no_two_ids_are_equal_and_none_ever_changes() -> None:
    names = [*(sheet.title for sheet in (*WORKSHEETS, *PERSON_SHEETS)), identity.STAGING]
    keys = (identity.WORKSHEET_NOTE, identity.LAYOUT_NOTE, identity.CONTENT_NOTE, identity.PANEL_NOTE)
    notes = [[identity.note_id(name, key) for key in keys] for name in names]
    ids = [*(identity.fixed_id(name) for name in names), *chain.from_iterable(notes)]
    assert len(set(ids)) == len(ids)
    assert all(0 < one < 2**31 for one in ids)
    # Charts and reports of people hang on these.
    assert identity.fixed_id("Transacao") == 776236971
    assert identity.fixed_id("sheet.summary") == 851488684


@pytest.mark.parametrize("locale", ["pt-BR", "en"])
def test_no_two_worksheets_have_one_title(locale: str) -> None:
    titles = [title_of(sheet, locale) for sheet in WORKSHEETS] + [label(one.title, locale) for one in PERSON_SHEETS]
    assert len({title.casefold() for title in titles}) == len(titles)
