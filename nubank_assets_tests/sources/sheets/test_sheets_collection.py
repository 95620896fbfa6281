"""What is read of a person's worksheets as they change: documents, months to make again, nothing lost by accident."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError, RetryableError
from nubank_assets.sources.own_rules import read_rules
from nubank_assets.sources.raw import read_raw_tables
from nubank_assets.sources.sheets.correction_rows import read_corrections
from nubank_assets_tests.fakes.lake import make_lake
from nubank_assets_tests.fakes.person_sheets import CORRECTIONS, STATED, PersonSheets
from nubank_assets_tests.fakes.sheets import sheets_server

ID = "0123456789abcdef0123456789abcdef"
BY_ID = [ID, None, None, None, None, "Lazer"]
BY_WORDS = [None, "Card", "10/2026", "Padaria", "10,50", "restaurante", "minha nota"]


def said(sheets: PersonSheets) -> list[dict[str, Any]]:
    """The table `corrections` by what was written."""
    rows: list[dict[str, Any]] = read_corrections(sheets.inbox).to_pylist()
    return sorted(rows, key=lambda row: (row["raw_id"] or "", row["raw_title"] or ""))


def readings(sheets: PersonSheets, *months: str) -> list[tuple[Any, ...]]:
    rows = read_raw_tables(sheets.inbox, months).readings.to_pylist()
    return sorted((row["account"], row["reading"], row["observed_on"], row["raw_value"]) for row in rows)


def test_an_empty_worksheet_is_no_document(sheets: PersonSheets) -> None:
    collection = sheets.collect()
    assert (collection.answers, collection.failures, collection.warnings) == ((), (), ())
    assert (sheets.google.reads, sheets.google.writes) == (2, 0)
    assert read_corrections(sheets.inbox).num_rows == 0


def test_rows_are_stored_as_written_and_read(sheets: PersonSheets) -> None:
    sheets.write(CORRECTIONS, [BY_WORDS, [], BY_ID, ["", None, None, "sem categoria"]])
    assert [answer.is_new for answer in sheets.collect().answers] == [True]
    by_words, no_category, by_id = said(sheets)
    assert (by_words["account"], by_words["bill"], by_words["amount_brl"]) == ("card", "2026-10", Decimal("10.50"))
    assert (by_words["raw_account"], by_words["raw_title"], by_words["category"]) == ("Card", "Padaria", "restaurante")
    assert (by_id["transaction_id"], by_id["category"], by_id["reason"]) == (ID, "lazer", None)
    assert (no_category["reason"], no_category["raw_title"]) == ("no_category", "sem categoria")
    (receipt,) = sheets.receipts().values()
    assert (receipt.lines, receipt.source) == (3, "sheets")
    assert b"minha nota" not in sheets.inbox.read(receipt)


def test_what_does_not_change_what_rows_say_changes_no_document(sheets: PersonSheets) -> None:
    sheets.write(CORRECTIONS, [BY_ID, BY_WORDS])
    sheets.collect()
    before = sheets.receipts()
    sheets.person.insert_row(CORRECTIONS, 2)
    sheets.person.sort(CORRECTIONS, 5)
    sheets.person.rename(CORRECTIONS, "Minhas correções")
    sheets.person.move("Minhas correções", 0)
    sheets.person.type("Minhas correções", "G2", "outra nota")
    assert not any(answer.is_new for answer in sheets.collect(days=3).answers)
    assert sheets.receipts() == before


@pytest.mark.parametrize("title", ["Correções", "Corrections"])
def test_a_worksheet_without_a_mark_is_found_by_its_title_in_either_language(sheets: PersonSheets, title: str) -> None:
    sheets.person.delete(CORRECTIONS)
    sheets.make(CORRECTIONS, marked=False)
    sheets.person.rename(CORRECTIONS, title)
    sheets.write(title, [BY_ID])
    assert len(sheets.collect().answers) == 1


def test_columns_are_known_by_their_names_wherever_a_person_puts_them(sheets: PersonSheets) -> None:
    sheets.write(CORRECTIONS, [BY_WORDS, BY_ID])
    sheets.collect()
    before, place = (
        said(sheets),
        {"dimension": "COLUMNS", "sheetId": sheets.google.book(sheets.key).sheet(CORRECTIONS).id},
    )
    for start in (0, 3):
        sheets.person.do(insertDimension={"range": {**place, "startIndex": start, "endIndex": start + 1}})
    sheets.person.type(CORRECTIONS, "A1", "meu")
    sheets.person.type(CORRECTIONS, "A2", "viagem")
    sheets.person.do(moveDimension={"source": {**place, "startIndex": 7, "endIndex": 8}, "destinationIndex": 0})
    assert [answer.is_new for answer in sheets.collect(hours=1).answers] == [False]
    assert said(sheets) == before
    # What has lost its name is where it always was, if nothing else is.
    sheets.person.type(CORRECTIONS, "A1", "categoria certa")
    sheets.collect(hours=1)
    assert [row["reason"] for row in said(sheets)] == ["no_category", "no_category"]


def test_a_worksheet_of_that_title_about_something_else_is_not_read(tmp_path: Path) -> None:
    with sheets_server() as google:
        sheets = PersonSheets(google, tmp_path)
        sheets.person.add(CORRECTIONS)
        sheets.write(CORRECTIONS, [["Capítulo 1", "falta uma vírgula"], ["Capítulo 2", "crase"]], first=1)
        assert sheets.collect().answers == ()


def test_lines_above_the_header_are_no_rows(sheets: PersonSheets) -> None:
    sheets.write(CORRECTIONS, [BY_ID])
    sheets.person.insert_row(CORRECTIONS, 1)
    sheets.person.type(CORRECTIONS, "A1", "As minhas correções")
    sheets.collect()
    assert [row["raw_id"] for row in said(sheets)] == [ID]


def test_a_sheet_that_is_again_as_it_was_counts_again(sheets: PersonSheets) -> None:
    """A, B, A: the document is known, and counts as the newest."""
    sheets.write(CORRECTIONS, [BY_ID])
    sheets.collect()
    sheets.person.type(CORRECTIONS, "F2", "casa")
    sheets.collect(hours=1)
    assert [row["category"] for row in said(sheets)] == ["casa"]
    sheets.person.type(CORRECTIONS, "F2", "Lazer")
    (answer,) = sheets.collect(hours=1).answers
    assert answer.is_new
    assert [row["category"] for row in said(sheets)] == ["lazer"]
    assert len(sheets.receipts()) == 2


def test_deleted_rows_count_no_more_and_nothing_refuses_that(sheets: PersonSheets) -> None:
    sheets.write(CORRECTIONS, [BY_ID, BY_WORDS])
    sheets.collect()
    sheets.person.delete_row(CORRECTIONS, 3)
    assert not sheets.collect(days=40).failures
    assert [row["raw_id"] for row in said(sheets)] == [ID]
    sheets.person.delete_row(CORRECTIONS, 2)
    collection = sheets.collect(days=40)
    assert (collection.failures, collection.warnings) == ((), ())
    assert said(sheets) == []


def test_a_worksheet_that_lost_its_header_takes_nothing_back(sheets: PersonSheets) -> None:
    """Its first row was taken for the header, and what it corrected was taken back without a word."""
    sheets.write(CORRECTIONS, [BY_ID, BY_WORDS])
    sheets.collect()
    sheets.person.delete_row(CORRECTIONS, 1)
    collection = sheets.collect(hours=1)
    assert ["perdeu o cabeçalho" in warning for warning in collection.warnings] == [True]
    assert {row["raw_title"] for row in said(sheets)} >= {"Padaria"}
    assert len(said(sheets)) == 2


@pytest.mark.parametrize("made_anew", [False, True])
def test_a_worksheet_that_was_deleted_takes_nothing_back(sheets: PersonSheets, made_anew: bool) -> None:
    sheets.write(CORRECTIONS, [BY_ID])
    sheets.write(STATED, [["05/10/2026", "card", None, "5000"]])
    sheets.collect()
    for title in (CORRECTIONS, STATED):
        sheets.person.delete(title)
    if made_anew:
        sheets.make()
    collection = sheets.collect(hours=1)
    assert not collection.failures
    assert ["aba Correções" in w or "aba Saldos" in w for w in collection.warnings] == [True, True]
    assert [row["raw_id"] for row in said(sheets)] == [ID]
    assert len(readings(sheets, "2026-10")) == 1
    if made_anew:
        sheets.write(CORRECTIONS, [BY_WORDS])
        sheets.collect(hours=1)
        assert [row["raw_title"] for row in said(sheets)] == ["Padaria"]
        sheets.person.delete_row(CORRECTIONS, 2)
        sheets.collect(hours=1)
        assert said(sheets) == []


def test_months_to_make_again_are_those_of_the_rows_that_changed(sheets: PersonSheets) -> None:
    line = {"account": "card", "bill_state": "closed"}
    lines = [
        {**line, "transaction_id": ID, "month": "2026-08", "bill": "2026-08", "amount_brl": "-1.00"},
        {**line, "transaction_id": "b", "month": "2026-10", "bill": "2026-10", "amount_brl": "-10.50"},
        {**line, "transaction_id": "c", "month": "2026-11", "bill": "2026-11", "amount_brl": "-10.50"},
        {"account": "account", "transaction_id": "d", "month": "2026-06", "amount_brl": "-7.00"},
        {"account": "account", "transaction_id": "e", "month": "2026-07", "amount_brl": "-7.00"},
    ]
    make_lake(sheets.folder, categorized_transactions=lines)

    def months() -> tuple[str, ...]:
        (answer,) = sheets.collect(hours=1).answers
        return answer.receipt.months

    sheets.write(CORRECTIONS, [BY_ID])
    assert months() == ("2026-08",)
    sheets.write(CORRECTIONS, [BY_WORDS], first=3)
    assert months() == ("2026-10",)
    sheets.write(CORRECTIONS, [[None, "account", None, "Aluguel", 7, "casa"]], first=4)
    assert months() == ("2026-06", "2026-07")
    sheets.person.type(CORRECTIONS, "F2", "casa")
    assert months() == ("2026-08",)
    sheets.person.delete_row(CORRECTIONS, 3)
    assert months() == ("2026-10",)
    # Nothing is meant by it: one month tells so.
    sheets.write(CORRECTIONS, [["no-such-id", None, None, None, None, "casa"]], first=4)
    assert months() == ("2026-11",)


def test_a_spreadsheet_that_is_no_longer_shared_changes_nothing(sheets: PersonSheets) -> None:
    sheets.write(CORRECTIONS, [BY_ID])
    sheets.collect()
    before = sheets.receipts()
    sheets.person.share(sheets.google.client_email, None)
    (failure,) = sheets.collect(hours=1).failures
    assert isinstance(failure, InputError)
    assert sheets.google.client_email in str(failure)
    assert sheets.receipts() == before


def test_balances_and_limits_are_read_as_readings_of_their_day(sheets: PersonSheets) -> None:
    sheets.write(
        STATED,
        [
            ["05/10/2026", None, "1.234,56"],
            ["2026-10-06", "card-2", None, "R$ 5.000,00", 1200.5],
            ["01/12/2026", None, "1"],
            ["07/10/2026", "card-2", "1", "2"],
        ],
    )
    sheets.collect()
    assert readings(sheets, "2026-10", "2026-12") == [
        ("account", "account_balance", date(2026, 10, 5), "1234.56"),
        ("card-2", "available_limit", date(2026, 10, 6), "1200.50"),
        ("card-2", "card_limit", date(2026, 10, 6), "5000.00"),
    ]


def test_a_reading_that_was_mended_or_deleted_counts_no_more_and_the_others_keep_their_moment(
    sheets: PersonSheets,
) -> None:
    sheets.write(STATED, [["05/10/2026", None, 100], ["06/10/2026", None, 200], ["02/09/2026", "conta-2", 7]])
    sheets.collect()
    first = read_raw_tables(sheets.inbox, ["2026-10"]).readings.to_pylist()
    sheets.person.type(STATED, "C2", 150)
    sheets.person.delete_row(STATED, 4)
    collection = sheets.collect(days=2)
    assert readings(sheets, "2026-09", "2026-10") == [
        ("account", "account_balance", date(2026, 10, 5), "150.00"),
        ("account", "account_balance", date(2026, 10, 6), "200.00"),
    ]
    assert collection.new_months == ["2026-09", "2026-10"]
    later = read_raw_tables(sheets.inbox, ["2026-10"]).readings.to_pylist()
    moments = [{row["observed_on"].day: row["as_of"] for row in rows} for rows in (first, later)]
    assert moments[0][6] == moments[1][6] < moments[1][5]
    assert not any(answer.is_new for answer in sheets.collect(days=2).answers)


def test_only_so_many_rows_are_read(sheets: PersonSheets, monkeypatch: pytest.MonkeyPatch) -> None:
    from nubank_assets.sources.sheets import worksheets

    monkeypatch.setattr(worksheets, "MOST_ROWS", 2)
    sheets.write(CORRECTIONS, [[f"id{number}", None, None, None, None, "casa"] for number in range(5)])
    sheets.collect()
    assert [row["raw_id"] for row in said(sheets)] == ["id0", "id1"]


def test_a_worksheet_with_fewer_columns_and_a_quote_in_its_name_is_read(sheets: PersonSheets) -> None:
    sheets.write(CORRECTIONS, [BY_ID])
    sheets.person.rename(CORRECTIONS, "d'água")
    sheet = sheets.google.book(sheets.key).sheet("d'água").id
    sheets.person.do(
        updateSheetProperties={
            "properties": {"sheetId": sheet, "gridProperties": {"rowCount": 2, "columnCount": 6}},
            "fields": "gridProperties(rowCount,columnCount)",
        }
    )
    sheets.collect()
    assert [row["raw_id"] for row in said(sheets)] == [ID]


def test_an_outage_is_a_failure_that_may_pass(sheets: PersonSheets) -> None:
    sheets.google.refuse_connections()
    (failure,) = sheets.collect().failures
    assert isinstance(failure, RetryableError)


def test_a_row_that_applies_to_a_merchant_is_a_rule_and_touches_every_month_of_it(sheets: PersonSheets) -> None:
    line = {"account": "card", "bill_state": "closed", "amount_brl": "-1.00"}
    lines = [
        {**line, "transaction_id": ID, "month": "2026-08", "merchant": "Padaria Azul"},
        {**line, "transaction_id": "b", "month": "2026-09", "merchant": "MP *PADARIA AZUL LJ 2"},
        {**line, "transaction_id": "c", "month": "2026-10", "merchant": "Outra"},
        {**line, "transaction_id": "d", "month": "2026-11", "merchant": "Bar"},
    ]
    make_lake(sheets.folder, categorized_transactions=lines)
    by_title = [None, None, None, "Bar", None, "lazer", None, "Merchant"]
    unknown = [ID, None, None, None, None, "lazer", None, "tudo"]
    sheets.write(CORRECTIONS, [[*BY_ID, None, "Estabelecimento"]])
    (answer,) = sheets.collect(hours=1).answers
    assert answer.receipt.months == ("2026-08", "2026-09")
    sheets.write(CORRECTIONS, [by_title, unknown], first=3)
    (answer,) = sheets.collect(hours=1).answers
    assert answer.receipt.months == ("2026-08", "2026-11")
    table = read_corrections(sheets.inbox)
    assert sorted((row["reason"], row["applies_to"]) for row in table.to_pylist() if row["reason"]) == [
        ("unknown_scope", "line")
    ]
    rules = {(row["raw_pattern"], row["transaction_id"]): row for row in read_rules(sheets.inbox, table).to_pylist()}
    assert set(rules) == {(None, ID), ("Bar", None)}
    assert {(row["match_type"], row["category"], row["source"]) for row in rules.values()} == {
        ("merchant", "lazer", "sheets")
    }
