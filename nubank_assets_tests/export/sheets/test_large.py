"""Large data: few writes of bounded size, shown at once; and Google's limit of cells."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from nubank_assets.domain.failures import PermanentError
from nubank_assets.export.sheets import staging
from nubank_assets.export.sheets.book import Book
from nubank_assets.export.sheets.content import read_content
from nubank_assets.export.sheets.declared import declared
from nubank_assets.export.sheets.identity import STAGING
from nubank_assets.export.sheets.plan import look_at, make_plan
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.export.household import TABLES, household
from nubank_assets_tests.export.sheets.home import Home, assert_shows
from nubank_assets_tests.fakes.lake import make_lake


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """So little room in a request that a small household is large."""
    monkeypatch.setattr(staging, "MOST_BYTES_OF_CELLS", 3_000)
    monkeypatch.setattr(staging, "MOST_BYTES_OF_VALUES", 1_000)


def _lake(folder: Path, rows: int, first: str = "x") -> Lake:
    lines = [
        {"date": date(2026, 9, 1) - timedelta(days=n), "title": f"{first} =1+{n}", "amount_brl": f"-{n}.{n % 100:02}"}
        for n in range(rows)
    ]
    return make_lake(folder, **{**TABLES, "expenses": lines, "income": lines, "card_transactions": lines})


@pytest.mark.usefixtures("little_room")
def test_what_does_not_fit_one_request_is_staged_and_all_is_there(tmp_path: Path, home: Home) -> None:
    first, second = _lake(tmp_path / "a", 70), _lake(tmp_path / "b", 40, "y")
    home.publish(first)
    assert_shows(home.book, first)
    hidden = home.book.sheet(STAGING)
    assert (hidden.is_hidden, hidden.row_count, hidden.column_count, hidden.cells) == (True, 1, 1, {})
    # Again, over another and longer content, with the hidden worksheet there.
    home.publish(second)
    assert_shows(home.book, second)
    home.publish(first)
    assert_shows(home.book, first)
    assert home.publish(first).writes == 0
    sizes = [len(json.dumps(one.body)) for one in home.google.requests if one.path.endswith("values:batchUpdate")]
    assert len(sizes) > 20
    assert max(sizes) < 1_600


@pytest.mark.usefixtures("little_room")
def test_the_hidden_worksheet_beside_one_of_a_person_of_that_name(tmp_path: Path, home: Home) -> None:
    lake = _lake(tmp_path, 70)
    home.google.person(home.key).add(STAGING)
    home.publish(lake)
    assert_shows(home.book, lake)
    home.google.person(home.key).rename(f"{STAGING} (Nubank)", "it's !A1")
    home.publish(_lake(tmp_path / "b", 71))
    assert home.book.sheet("it's !A1").cells == {}


def test_the_years_of_a_person_take_three_writes(tmp_path: Path) -> None:
    """15,000 transactions, as long as those of the demo, of which nothing is there yet."""
    days = [date(2026, 9, 1) - timedelta(days=n // 4) for n in range(15_000)]
    lines = [
        {"date": day, "title": f"Mercadinho São José {n % 90} - Parcela 2/10", "transaction_id": f"{n:016x}"}
        | {"amount_brl": f"-{n % 900}.{n % 100:02}"}
        for n, day in enumerate(days)
    ]
    spent = [{**line, "merchant": "Mercadinho São José", "category": "supermercado"} for line in lines]
    balances = [{"date": day, "account": "account"} for day in sorted(set(days))]
    tables = {"expenses": spent[:14_000], "income": lines[14_000:], "card_transactions": spent[:11_500]}
    lake = make_lake(tmp_path, **tables, daily_balances=balances)
    sheets = [(sheet, declared(sheet, "pt-BR")) for sheet in WORKSHEETS]
    contents = {shown: read_content(lake, sheet, shown, "pt-BR") for sheet, shown in sheets}
    book = Book("pt_BR", "America/Sao_Paulo", [])
    plan = make_plan(book, contents, look_at(book, contents), {})
    plan.check_size({})
    assert plan.staging is not None
    writes = list(plan.staging.writes())
    assert len(writes) == 1, "beside the one that makes the hidden worksheet, and the one that shows everything"
    assert len(json.dumps(writes)) < 8_000_000
    assert sum(change.content.bytes_as_cells for change in plan.changes if not plan.is_staged(change)) < 1_500_000


@contextmanager
def _reader(home: Home) -> Iterator[list[tuple[str, ...]]]:
    """Somebody who looks at three worksheets all the time, as one sees them: what they saw."""
    seen: list[tuple[str, ...]] = []
    over = threading.Event()

    def look() -> None:
        client = home.open()
        while not over.is_set():
            cells = client.values(["Despesas!B2:B", "Receitas!B2:B", "Transacao!D2:D"])
            texts = ({row[0].split(" ")[0] for row in rows if row} for rows in cells)
            look = tuple(",".join(sorted(words)) for words in texts)
            if not seen or seen[-1] != look:
                seen.append(look)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join(timeout=30)


@pytest.mark.usefixtures("little_room")
def test_a_reader_sees_all_of_the_old_or_all_of_the_new(tmp_path: Path, home: Home) -> None:
    first, second = _lake(tmp_path / "a", 150, "old"), _lake(tmp_path / "b", 90, "new")
    home.publish(first)
    with _reader(home) as seen:
        for lake in (second, first, second):
            home.publish(lake)
    assert set(seen) == {("old", "old", "old"), ("new", "new", "new")}


def test_too_many_cells_are_refused_before_anything_is_written(tmp_path: Path, home: Home) -> None:
    home.google.person(home.key).add("Grande")
    size = {"sheetId": home.book.sheet("Grande").id, "gridProperties": {"rowCount": 382_000, "columnCount": 26}}
    home.do(updateSheetProperties={"properties": size, "fields": "gridProperties(rowCount,columnCount)"})
    before = home.book
    with pytest.raises(PermanentError, match=r"não passa de 10000000; nada foi escrito\. Apague abas"):
        home.publish(_lake(tmp_path, 3000))
    assert home.book is before
    assert (home.google.writes, home.google.reads) == (0, 1)
    home.publish(household(tmp_path / "small"))
