"""`nubank import`, `documents` and `forget` on good, bad and mixed files."""

import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.cli.documents import find_erased
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import content_hash
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets_tests.cli.conftest import Nubank

BILL = "date,title,amount\n2025-12-14,Loja Azul - Parcela 1/12,345.87\n2025-12-20,Padaria,9.10\n"
ACCOUNT = (
    "Data,Valor,Identificador,Descrição\n05/06/2026,-50.00,6a22d0f0-0000-4000-8000-0000000000a1,Compra no débito - X\n"
)


def _write_mixed(folder: Path) -> None:
    (folder / "Nubank_2026-01-10.csv").write_text(BILL)
    (folder / "nubank-2021-03.csv").write_text(
        "date,category,title,amount\n2021-02-05,supermercado,Mercado Azul 2/3,32.9\n"
    )
    (folder / "Nubank_2026-09-05.csv").write_text('date,title,amount\n2026-08-24,Pagamento recebido,"- 1.260,46"\n')
    (folder / "NU_123_01JUN2026_30JUN2026.csv").write_text(ACCOUNT)
    (folder / "sub").mkdir()
    (folder / "sub" / "Nubank_2026-02-10.csv").write_text('\ufeff"date;title;amount"\r\n"14/01/2026;Loja;10,50"\r\n')
    (folder / "vazio.csv").write_bytes(b"")
    (folder / "binario.csv").write_bytes(bytes(range(256)))
    (folder / "cortado.ofx").write_text("OFXHEADER:100\n\n<OFX><CREDITCARDMSGSRSV1><STMTTRN><TRNAMT>-1")
    (folder / "outro.csv").write_text("nome,telefone\nFulana,1\n")
    with zipfile.ZipFile(folder / "bomba.csv", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("x.csv", b"0" * 50_000_000)
    (folder / "fatura.pdf").write_bytes(b"%PDF-1.4")


def test_mixed_folder_imports_the_good_and_names_the_bad(nubank: Nubank, folder: Path) -> None:
    _write_mixed(folder)
    done = nubank("import", folder)
    assert done.returncode == 2
    assert "Documentos novos: 5;" in done.stdout
    for name in ("vazio.csv", "binario.csv", "cortado.ofx", "outro.csv", "bomba.csv"):
        assert sum(line.startswith(f"{name}: ") for line in done.stderr.splitlines()) == 1, name
    assert "fatura.pdf" in done.stdout
    assert "fatura.pdf" not in done.stderr
    assert "Traceback" not in done.stderr
    again = nubank("import", folder)
    assert "Documentos novos: 0; importados antes: 5" in again.stdout


def test_mixed_folder_runs_to_a_workbook_with_every_line(nubank: Nubank, folder: Path, tmp_path: Path) -> None:
    _write_mixed(folder)
    nubank("import", folder)
    done = nubank("run")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "home" / "nubank.xlsx").exists()
    sql = "select count(*) as n, sum(amount_brl) as total from transactions"
    (row,) = json.loads(nubank("query", sql, "--format", "json").stdout)
    assert row == {"n": 6, "total": str(-345.87 - 9.10 - 32.90 + 1260.46 - 50.00 - 10.50)[:6]}


def test_a_named_file_is_always_looked_at(nubank: Nubank, folder: Path) -> None:
    (folder / "fatura.pdf").write_bytes(b"%PDF-1.4")
    (folder / "tabela.txt").write_text(ACCOUNT)
    done = nubank("import", folder / "fatura.pdf", folder / "tabela.txt", folder / "falta.csv")
    assert done.returncode == 2
    assert "Documentos novos: 1;" in done.stdout
    assert "PDF" in done.stderr
    assert "falta.csv" in done.stderr


def test_a_bill_without_a_date_needs_due(nubank: Nubank, folder: Path) -> None:
    (folder / "fatura.csv").write_text(BILL)
    refused = nubank("import", folder)
    assert refused.returncode == 2
    assert "--due" in refused.stderr
    assert nubank("import", folder, "--due", "2026-01-10").returncode == 0


def test_nothing_to_import_and_nothing_to_run(nubank: Nubank, folder: Path) -> None:
    assert nubank("import", folder).returncode == 2
    nothing = nubank("run")
    assert nothing.returncode == 2
    assert "nubank import" in nothing.stderr


def test_documents_and_forget(nubank: Nubank, folder: Path, tmp_path: Path) -> None:
    (folder / "Nubank_2026-01-10.csv").write_text(BILL)
    (folder / "NU_123_01JUN2026_30JUN2026.csv").write_text(ACCOUNT)
    nubank("import", folder)
    assert nubank("run").returncode == 0
    listed = nubank("documents").stdout
    document = next(line.split()[0] for line in listed.splitlines() if "Nubank_2026-01-10" in line)
    assert nubank("forget", "zzz").returncode == 2
    forgotten = nubank("forget", document)
    assert forgotten.returncode == 0
    assert "2026-01" in forgotten.stdout
    assert not any(
        b"Loja Azul" in file.read_bytes() for file in (tmp_path / "home" / "inbox").rglob("*") if file.is_file()
    )
    assert nubank("run").returncode == 0
    assert json.loads(nubank("query", "select count(*) as n from transactions", "--format", "json").stdout) == [
        {"n": 1}
    ]


def _receipt(number: int, format_: DocumentFormat, name: str, **changes: Any) -> Receipt:
    seen = datetime(2026, 11, number, 12, tzinfo=UTC)
    account, months = format_.account_type.value, ("2026-11",)
    common: dict[str, Any] = {"source": "pluggy", "account": account, "months": months, "as_of": seen, "lines": 0}
    sha256 = content_hash(f"{number} {name} {changes}".encode())
    known = {"document": sha256[:16], "sha256": sha256, "name": name, "format": format_, "collected_at": seen}
    return Receipt(**common | known | changes)


BILL_DUE = {"bill": "2026-11", "bill_due": date(2026, 11, 10)}
EVERYTHING = [
    _receipt(1, DocumentFormat.CARD_PLUGGY_BILL, "b", **BILL_DUE),
    _receipt(2, DocumentFormat.CARD_PLUGGY_BILL, "b", **BILL_DUE),
    _receipt(3, DocumentFormat.CARD_PLUGGY_BILL, "b2", bill="2026-11", bill_due=date(2026, 11, 28)),
    _receipt(4, DocumentFormat.CARD_PLUGGY_BILL, "b", **BILL_DUE, account="card-2"),
    _receipt(5, DocumentFormat.CARD_PYNUBANK_BILL, "b", **BILL_DUE, source="pynubank"),
    _receipt(6, DocumentFormat.ACCOUNT_PLUGGY_FEED, "m"),
    _receipt(7, DocumentFormat.ACCOUNT_PLUGGY_FEED, "m"),
    _receipt(8, DocumentFormat.ACCOUNT_PLUGGY_FEED, "m10", months=("2026-10",)),
    _receipt(9, DocumentFormat.ACCOUNT_PLUGGY_BALANCE, "balance-2026-11-09"),
    _receipt(10, DocumentFormat.ACCOUNT_PLUGGY_BALANCE, "balance-2026-11-10"),
    _receipt(11, DocumentFormat.CARD_CSV, "f", **BILL_DUE, source="exports"),
    _receipt(12, DocumentFormat.CARD_CSV, "g", **BILL_DUE, source="exports"),
    _receipt(13, DocumentFormat.ACCOUNT_STATED_BALANCE, "s", source="stated"),
    _receipt(14, DocumentFormat.ACCOUNT_STATED_BALANCE, "s2", source="stated"),
    _receipt(15, DocumentFormat.STATED_CORRECTIONS, "c", source="sheets", months=("2026-09",)),
    _receipt(16, DocumentFormat.STATED_CORRECTIONS, "c", source="sheets"),
    _receipt(17, DocumentFormat.ACCOUNT_STATED_BALANCES, "w", source="sheets"),
]


@pytest.mark.parametrize(
    ("forgotten", "erased"),
    [
        (2, [1, 2]),
        (3, [3]),
        (4, [4]),
        (5, [5]),
        (6, [6, 7]),
        (8, [8]),
        (9, [9]),
        (12, [12]),
        (13, [13]),
        (16, [15, 16]),
        (17, [17]),
    ],
)
def test_an_answer_is_forgotten_with_all_that_are_about_the_same(forgotten: int, erased: list[int]) -> None:
    found = find_erased(EVERYTHING[forgotten - 1].document, EVERYTHING)
    assert [receipt.as_of.day for receipt in found] == erased


def test_a_name_of_several_answers_about_the_same_is_enough_and_one_of_others_is_not() -> None:
    assert len(find_erased("m", EVERYTHING)) == 2
    with pytest.raises(InputError):
        find_erased("b", EVERYTHING)


def test_forget_says_how_many_answers_went(nubank: Nubank, tmp_path: Path) -> None:
    inbox = Inbox(str(tmp_path / "home" / "inbox"))
    for number in (1, 2):
        data = json.dumps({"nodes": [], "number": number}).encode()
        receipt = _receipt(number, DocumentFormat.ACCOUNT_PYNUBANK_FEED, "account-feed-2026-11.json", source="pynubank")
        inbox.add(receipt.model_copy(update={"sha256": content_hash(data)}), data)
    done = nubank("forget", inbox.receipts()[0].document[:8])
    assert "account-feed-2026-11.json (2×)" in done.stdout
    assert inbox.receipts() == []


def test_english_when_asked(nubank: Nubank, folder: Path) -> None:
    (folder / "vazio.csv").write_bytes(b"")
    assert "the file is empty" in nubank("import", folder, NUBANK_LOCALE="en").stderr
    assert "Import files" in nubank("--help", NUBANK_LOCALE="en").stdout
