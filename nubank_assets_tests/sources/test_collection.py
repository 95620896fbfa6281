"""Importing a person's files: what each is, of which account and bill, and what is refused."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.sources.exports.collection import (
    CollectedFile,
    CollectionOptions,
    RefusedFile,
    collect_file,
    collect_files,
)
from nubank_assets.sources.raw import read_raw_tables
from nubank_assets_tests.fakes.exports import Household, account_csv, account_ofx, card_csv, card_ofx

JULY = datetime(2026, 7, 15, 15, tzinfo=UTC)
CARD = card_csv("2026-06-20,Loja Azul,10.00")
OPTIONS = CollectionOptions()


@pytest.fixture
def household(tmp_path: Path) -> Household:
    return Household(tmp_path)


def due(day: str) -> CollectionOptions:
    return CollectionOptions(due=date.fromisoformat(day))


def refused(household: Household, *paths: Path) -> list[RefusedFile]:
    return [file for file in collect_files(household.inbox, paths, OPTIONS) if isinstance(file, RefusedFile)]


def test_what_a_file_is_is_read_from_its_content(household: Household) -> None:
    content = account_csv("05/06/2026,-5.00,id,Pagamento de fatura")
    file = household.bring("Nubank_2026-07-10.csv", content, JULY)
    assert (file.receipt.format.value, file.receipt.account, file.receipt.bill) == ("account_csv", "account", None)
    assert household.bring("nu.ofx", CARD, JULY, due("2026-07-10")).receipt.format.value == "card_csv"


def test_the_facts_of_a_file(household: Household) -> None:
    content = card_csv("2026-06-20,Loja Azul,10.00", "2026-06-21,Pagamento recebido,-30.50", "2026-06-99,Loja,1.00")
    file = household.bring("Nubank_2026-07-10.csv", content, JULY, CollectionOptions(account="ana"))
    assert (file.receipt.lines, file.rejects, file.total_centavos, file.is_new) == (3, 1, 1000, True)
    assert (file.receipt.account, file.receipt.as_of, file.receipt.months) == ("ana", JULY, ("2026-07",))
    assert household.inbox.read(file.receipt) == content.encode()


@pytest.mark.parametrize(
    ("name", "options", "bill", "day"),
    [
        ("Nubank_2026-07-10.csv", OPTIONS, "2026-07", date(2026, 7, 10)),
        ("Nubank_2026-07-10 (1).csv", due("2026-07-10"), "2026-07", date(2026, 7, 10)),
        ("nubank-2026-07.csv", OPTIONS, "2026-07", None),
        ("nubank-2026-07.csv", due("2026-07-12"), "2026-07", date(2026, 7, 12)),
        ("fatura.csv", due("2026-08-02"), "2026-08", date(2026, 8, 2)),
    ],
)
def test_the_bill_of_a_csv(
    household: Household, name: str, options: CollectionOptions, bill: str, day: date | None
) -> None:
    receipt = household.bring(name, CARD, JULY, options).receipt
    assert (receipt.bill, receipt.bill_due) == (bill, day)


def test_the_bill_of_an_ofx_is_due_a_week_after_its_cycle(household: Household) -> None:
    content = card_ofx([("20260620", "Loja Azul", "-10.00")], end="20260703", as_of="20260705")
    receipt = household.bring("fatura.ofx", content, JULY).receipt
    assert (receipt.bill, receipt.bill_due) == ("2026-07", None)
    assert receipt.as_of == datetime(2026, 7, 5, 15, tzinfo=UTC)
    assert household.bring("Nubank_2026-07-11.ofx", content + "\n", JULY).receipt.bill_due == date(2026, 7, 11)


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("fatura.csv", OPTIONS, "--due"),
        ("Nubank_2026-07-10.csv", due("2026-07-11"), "outro vencimento"),
        ("nubank-2026-07.csv", due("2026-08-11"), "outro vencimento"),
        ("Nubank_2013-12-10.csv", OPTIONS, "fora do período"),
        ("Nubank_2027-09-10.csv", OPTIONS, "fora do período"),
        ("Nubank_2026-07-10.csv", CollectionOptions(account="Minha Conta"), "minúsculas"),
    ],
)
def test_a_bill_that_cannot_be_placed_is_refused(
    household: Household, name: str, options: CollectionOptions, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        household.bring(name, CARD, JULY, options)
    assert household.inbox.receipts() == []


def test_a_bill_a_year_ahead_is_taken(household: Household) -> None:
    assert household.bring("Nubank_2027-08-10.csv", CARD, JULY).receipt.bill == "2027-08"
    assert household.bring("Nubank_2014-01-10.csv", CARD + "2026-06-21,Outra,1.00\n", JULY).receipt.bill == "2014-01"


def test_a_huge_file_is_refused_without_being_read(household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    path = household.save("Nubank_2026-07-10.csv", CARD, JULY)
    os.truncate(path, 200 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert "200 MB" in refused(household, path)[0].reason


def test_a_missing_path_and_an_unreadable_file_are_named(household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = household.folder / "nowhere.csv"
    locked = household.save("Nubank_2026-07-10.csv", CARD, JULY)
    read_bytes = Path.read_bytes

    def fail_on_locked(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    # chmod does not stop root, who runs tests in containers.
    monkeypatch.setattr(Path, "read_bytes", fail_on_locked)
    first, second = refused(household, missing, locked)
    assert (first.path, second.path) == (missing, locked)
    assert str(missing) in first.reason
    assert second.reason.startswith("Nubank_2026-07-10.csv:")
    assert "Permission denied" in second.reason


def test_of_a_folder_the_exports_are_taken_and_the_rest_is_told(household: Household) -> None:
    folder = household.folder / "downloads"
    for name, content in {
        "Nubank_2026-07-10.csv": CARD,
        "deep/NUBANK_2026-06-10.CSV": CARD + "2026-06-21,Outra,1.00\n",
        "other.csv": "a,b\n1,2\n",
        "photo.jpg": "x",
        ".hidden/Nubank_2026-05-10.csv": CARD,
        ".Nubank_2026-04-10.csv": CARD,
        "directory.csv/readme.txt": "x",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    files = list(collect_files(household.inbox, [folder], OPTIONS))
    collected = [file.receipt.name for file in files if isinstance(file, CollectedFile)]
    assert collected == ["Nubank_2026-07-10.csv", "NUBANK_2026-06-10.CSV"]
    assert [file.path.name for file in files if isinstance(file, RefusedFile)] == ["other.csv"]


def test_a_named_file_is_looked_at_whatever_it_is_called(household: Household) -> None:
    path = household.save(".Nubank_2026-07-10.txt", CARD, JULY)
    assert refused(household, path) == []


def test_the_same_file_again_is_known(household: Household) -> None:
    first = household.bring("Nubank_2026-07-10.csv", CARD, JULY)
    again = household.bring("Nubank_2026-07-10 (1).csv", CARD, datetime(2026, 8, 1, tzinfo=UTC))
    assert (first.is_new, again.is_new) == (True, False)
    later = first.receipt.model_copy(update={"as_of": datetime(2026, 8, 1, tzinfo=UTC)})
    assert household.inbox.receipts() == [later]


def test_a_bill_seen_again_unchanged_after_it_closed_is_closed(household: Household) -> None:
    household.bring("Nubank_2026-08-10.csv", CARD, JULY)
    household.bring("Nubank_2026-08-10.csv", CARD, datetime(2026, 8, 20, tzinfo=UTC))
    household.bring("Nubank_2026-08-10.csv", CARD, JULY)
    (row,) = read_raw_tables(household.inbox, ["2026-08"]).documents.to_pylist()
    assert row["bill_state"] == "closed"


def test_the_same_lines_are_not_two_bills(household: Household) -> None:
    household.bring("Nubank_2026-07-10.csv", CARD, JULY)
    (file,) = refused(household, household.save("Nubank_2026-10-10.csv", CARD, JULY))
    assert "2026-07" in file.reason
    assert "nubank forget" in file.reason


def test_a_bill_whose_due_date_is_guessed_or_typed_a_day_off_is_one_bill(household: Household) -> None:
    household.bring("Nubank_2026-07-10.csv", CARD, JULY)
    household.bring("fatura.csv", CARD + "\n", JULY, due("2026-07-11"))
    ofx = card_ofx([("20260620", "Loja Azul", "-10.00")], end="20260702", as_of="20260705")
    household.bring("fatura.ofx", ofx, JULY)
    documents = read_raw_tables(household.inbox, ["2026-07"]).documents.to_pylist()
    assert {row["bill"] for row in documents} == {"2026-07"}
    assert sum(row["current_lines"] for row in documents) == 1


@pytest.mark.parametrize("moment", ["00010101", "19700101", "20990101", "99991231"])
def test_an_impossible_moment_of_an_ofx_is_not_believed(household: Household, moment: str) -> None:
    content = card_ofx([("20260620", "Loja Azul", "-10.00")], end="20260703", as_of=moment)
    receipt = household.bring("Nubank_2026-07-10.ofx", content, JULY).receipt
    assert (receipt.as_of, receipt.months) == (JULY, ("2026-07",))


def test_a_statement_tells_nothing_of_the_days_after_its_period(household: Household) -> None:
    content = account_csv("05/05/2026,-1.00,a,Pix")
    receipt = household.bring("NU_1_01MAI2026_15MAI2026.csv", content, JULY).receipt
    assert receipt.as_of_day == date(2026, 5, 15)


def test_equal_bytes_of_two_bills_are_two_documents(household: Household) -> None:
    for month in ("05", "06"):
        assert household.bring(f"Nubank_2026-{month}-10.csv", card_csv(), JULY).is_new
    assert [receipt.bill for receipt in household.inbox.receipts()] == ["2026-05", "2026-06"]


def test_a_file_of_another_account_is_refused_with_what_to_do(household: Household) -> None:
    household.bring("Nubank_2026-07-10.csv", CARD, JULY)
    with pytest.raises(InputError, match=r"conta card.*nubank forget"):
        household.bring("Nubank_2026-07-10.csv", CARD, JULY, CollectionOptions(account="ana"))


@pytest.mark.parametrize(
    ("name", "content", "at", "months"),
    [
        ("Nubank_2026-07-10.csv", CARD, "2026-07-15", ["2026-07"]),
        ("Nubank_2026-07-10.csv", CARD, "2026-06-30", ["2026-06", "2026-07"]),
        ("Nubank_2026-12-10.csv", CARD, "2026-06-30", ["2026-12"]),
        ("a.csv", account_csv("30/04/2026,1.00,i,X", "05/06/2026,1.00,j,X"), "2026-07-15", ["2026-04", "2026-06"]),
        ("a.csv", account_csv("broken,1.00,i,X", "05/06/2026,1.00,j,X"), "2026-07-15", ["2026-06"]),
        ("a.csv", account_csv(), "2026-07-15", ["2026-07"]),
        ("a.ofx", account_ofx([("20260605", "X", "1.00")], as_of="20260701"), "2026-07-15", ["2026-06", "2026-07"]),
    ],
)
def test_a_receipt_knows_its_months(household: Household, name: str, content: str, at: str, months: list[str]) -> None:
    file = household.bring(name, content, datetime.fromisoformat(f"{at}T12:00:00+00:00"))
    assert list(file.receipt.months) == months
    tables = read_raw_tables(household.inbox, ["2026-03", *months, "2027-01"])
    found = set(tables.lines["month"].to_pylist()) | set(tables.readings["month"].to_pylist())
    assert found <= set(months)
    assert tables.lines.num_rows == file.receipt.lines


def test_an_old_file_time_loses_no_line_of_a_document_that_tells_its_own(household: Household) -> None:
    """What an archive unpacks is often dated 1980."""
    content = account_ofx([("20260605", "X", "1.00")], as_of="20260701")
    file = household.bring("a.ofx", content, datetime(1980, 1, 1, tzinfo=UTC))
    assert (file.rejects, file.total_centavos) == (0, 100)
    assert file.receipt.months == ("2026-06", "2026-07")


def test_a_file_time_from_before_its_lines_is_not_believed(household: Household) -> None:
    file = household.bring("Nubank_2026-07-10.csv", CARD, datetime(1980, 1, 1, tzinfo=UTC))
    assert file.rejects == 0
    assert file.receipt.as_of > JULY


def test_importing_can_be_interrupted_and_repeated(household: Household) -> None:
    path = household.save("Nubank_2026-07-10.csv", CARD, JULY)
    file = collect_file(household.inbox, path, OPTIONS)
    receipt = household.folder / "inbox" / "receipts" / f"{file.receipt.document}.json"
    receipt.unlink()
    assert household.inbox.receipts() == []
    assert collect_file(household.inbox, path, OPTIONS).is_new
