"""The file itself: whole, private, the same for the same lake, within a spreadsheet's limits."""

import logging
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from nubank_assets.domain.failures import PermanentError
from nubank_assets.export import workbook
from nubank_assets.export.figures import FIGURE_COUNT
from nubank_assets.export.workbook import write_workbook
from nubank_assets_tests.export.household import TABLES, cells_of, household, sheet_of, written
from nubank_assets_tests.fakes.lake import make_lake


def test_rows_written_are_counted(tmp_path: Path) -> None:
    # Summaries by date and of a future month, of all and of an account; a comparison by date; a future and a paid line;
    # and bills, of which the proofs are shown.
    not_shown = 4 + 1 + 1 + 1 + len(TABLES["bills"])
    # The figures, the balance, two days of the card, three of categories, one month.
    for_charts = FIGURE_COUNT + 1 + 2 + 3 + 1
    rows = sum(len(table) for table in TABLES.values())
    assert write_workbook(household(tmp_path), tmp_path / "w.xlsx", "pt-BR") == rows - not_shown + for_charts


@pytest.mark.parametrize(("locale", "nothing"), [("pt-BR", "nenhum dado ainda"), ("en", "no data yet")])
def test_an_empty_lake_gives_a_workbook_that_says_so(tmp_path: Path, locale: str, nothing: str) -> None:
    book = written(tmp_path, make_lake(tmp_path), locale)
    for title in book.sheetnames[:7]:
        values = [value for row in sheet_of(book, title).values for value in row]
        assert nothing in values, title
    for title in ("Transacao", "Receitas", "Despesas", "Limite", "Saldo"):
        assert cells_of(sheet_of(book, title)) == []


def test_no_rejects_are_said_to_be_none(tmp_path: Path) -> None:
    book = written(tmp_path, make_lake(tmp_path))
    assert sheet_of(book, "Rejeitados")["A4"].value == "nenhuma linha rejeitada"
    assert sheet_of(book, "Resumo")["A4"].value is None


def test_the_same_lake_gives_the_same_bytes(tmp_path: Path) -> None:
    lake, first, second = household(tmp_path), tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_workbook(lake, first, "pt-BR")
    time.sleep(2.1)  # zip archives count in steps of two seconds
    write_workbook(lake, second, "pt-BR")
    assert first.read_bytes() == second.read_bytes()


def test_the_file_is_private_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "w.xlsx"
    write_workbook(household(tmp_path), path, "pt-BR")
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_open_elsewhere_stays_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out" / "w.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use", str(target))

    lake = household(tmp_path)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermanentError, match=r"w\.xlsx: a planilha não pôde ser substituída; feche-a"):
        write_workbook(lake, path, "pt-BR")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_is_a_file_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PermanentError, match="the workbook cannot be written"):
        write_workbook(make_lake(tmp_path), tmp_path / "file" / "w.xlsx", "en")


def test_a_failure_on_the_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out" / "w.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"old")
    monkeypatch.setattr(workbook, "set_up_page", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_workbook(household(tmp_path), path, "pt-BR")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_of_too_many_rows_the_newest_stay_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    days = [date(2026, 9, 1) + timedelta(days=day) for day in range(20)]
    lake = make_lake(tmp_path, income=[{"date": day} for day in days])
    monkeypatch.setattr(workbook, "MAX_ROWS", 11)
    with caplog.at_level(logging.WARNING):
        sheet = sheet_of(written(tmp_path, lake), "Receitas")
    assert [row[0] for row in cells_of(sheet)] == days[:9:-1]
    said = "Receitas: 10 linhas não cabem na aba; estão aqui as primeiras 10."
    assert sheet["G1"].value == said
    assert said in caplog.text
