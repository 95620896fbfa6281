"""raw_lines to transactions: parcels, merchants, masks, categories that other documents add."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.transforms.steps import CLEANING
from nubank_assets_tests.fakes.frames import Rows, run_transform, run_transforms

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Title of a card line: parcel, number of parcels, merchant.
PARCELS: dict[str, tuple[int | None, int | None, str]] = {
    "Loja Azul 2/10": (2, 10, "Loja Azul"),
    "Loja Azul - Parcela 2/10": (2, 10, "Loja Azul"),
    "Farmácia São João - Parcela 01/12": (1, 12, "Farmácia São João"),
    "NOME DA PESSOA - 2/5": (2, 5, "NOME DA PESSOA"),
    "Parcelamento de Compra - Loja Azul - 3/4": (3, 4, "Loja Azul"),
    "Antecipada - Loja Azul - Parcela 7/10": (7, 10, "Loja Azul"),
    "Loja - Azul - Parcela 12/12": (12, 12, "Loja - Azul"),
    "日本 Café - Parcela 1/2": (1, 2, "日本 Café"),
    "Renegociação de pendências (28/Janeiro)": (None, None, "Renegociação de pendências (28/Janeiro)"),
    "Loja 3/2": (None, None, "Loja 3/2"),
    "Posto 24/7": (None, None, "Posto 24/7"),
    "Loja 1/1": (None, None, "Loja 1/1"),
    "Loja 0/3": (None, None, "Loja 0/3"),
    "Loja 1/123": (None, None, "Loja 1/123"),
    "Loja1/3": (None, None, "Loja1/3"),
    "Loja Azul - Parcela 1/2 fim": (None, None, "Loja Azul - Parcela 1/2 fim"),
    "Escola 22247-0": (None, None, "Escola 22247-0"),
    "Loja 2026": (None, None, "Loja 2026"),
}
#: Title of an account movement: merchant.
MOVEMENTS = {
    "Transferência enviada pelo Pix - FULANA DE TAL - •••.123.456-•• - NU PAGAMENTOS - IP (0260) "
    "Agência: 1 Conta: 12345678-9": "FULANA DE TAL",
    "Transferência recebida pelo Pix - EMPRESA - FICTICIA S/A - 00.000.000/0001-91 - ITAÚ UNIBANCO S.A. (0341) "
    "Agência: 1640 Conta: 64070-0": "EMPRESA - FICTICIA S/A",
    "Transferência Recebida - José da Silva - •••.123.456-•• - NU PAGAMENTOS - IP (0260) Agência: 1 Conta: 1-0": (
        "José da Silva"
    ),
    "Transferência enviada pelo Pix - MARIA - 123.456.789-01 - BANCO": "MARIA",
    "Transferência enviada pelo Pix - CHAVE SEM BANCO": "CHAVE SEM BANCO",
    "Reembolso recebido pelo Pix - LOJA - 00.000.000/0001-91 - BANCO": "LOJA",
    "Transferência Recebida": "Transferência Recebida",
    "Compra no débito - Padaria 1/2": "Padaria 1/2",
    "Compra no débito via NuPay - Loja Azul": "Loja Azul",
    "Estorno - Compra no débito - Padaria": "Padaria",
    "Pagamento de boleto efetuado - CIA DE ÁGUA": "CIA DE ÁGUA",
    "Pagamento de fatura": "Pagamento de fatura",
    "Aplicação RDB": "Aplicação RDB",
}
MASKED = {
    "FULANO - 123.456.789-01 - BANCO": "FULANO - •••.456.789-•• - BANCO",
    "FULANO DE TAL 12345678901": "FULANO DE TAL •••456789••",
    "12345678901 22345678901 e 32345678901": "•••456789•• •••456789•• e •••456789••",
    "MEI12345678901,": "MEI•••456789••,",
    "EMPRESA - 00.000.000/0001-91 - BANCO": "EMPRESA - 00.000.000/0001-91 - BANCO",
    "EMPRESA 00000000000191": "EMPRESA 00000000000191",
    "Agência: 1 Conta: 12345678-9": "Agência: 1 Conta: •••8-9",
    "COOPERATIVA Agência: 100 Conta: 10000-0": "COOPERATIVA Agência: 100 Conta: •••0-0",
    "Loja 1234567890": "Loja 1234567890",
    "Loja 123456789012": "Loja 123456789012",
}
VISIBLE = {
    "Lo\u200bja\u202e Azul\u200f": "Loja Azul",
    "\u2066Loja\u2069\ufeff\u00ad": "Loja",
    "  Loja\u00a0\tAzul  ": "Loja Azul",
    "Loja\x1b[31mAzul": "Loja[31mAzul",
    "Café ☕ 🍕": "Café ☕ 🍕",
}


def transactions(session: "SparkSession", folder: Path, rows: list[dict[str, Any]]) -> Rows:
    """Transactions by line, in the order the lines were given."""
    numbered = [{"line_number": number, **row} for number, row in enumerate(rows, 1)]
    made = run_transform(session, folder, CLEANING, "transactions", {"raw_lines": numbered})
    return sorted(made, key=lambda row: row["line_number"])


def titles(session: "SparkSession", folder: Path, raw: list[str], account_type: str = "card") -> Rows:
    return transactions(
        session,
        folder,
        [{"raw_title": title, "account_type": account_type, "line_date": DAY, "centavos": -1} for title in raw],
    )


DAY = date(2026, 6, 1)


def test_parcels_are_read_from_card_titles_and_nothing_else_is(session: "SparkSession", tmp_path: Path) -> None:
    found = titles(session, tmp_path, list(PARCELS))
    assert {r["title"]: (r["installment"], r["installments"], r["merchant"]) for r in found} == PARCELS


def test_an_account_has_no_parcels(session: "SparkSession", tmp_path: Path) -> None:
    found = titles(session, tmp_path, ["Compra no débito - Loja 1/2", "Loja - Parcela 1/2"], "account")
    assert [(r["installment"], r["installments"]) for r in found] == [(None, None)] * 2


def test_the_merchant_of_an_account_movement(session: "SparkSession", tmp_path: Path) -> None:
    found = titles(session, tmp_path, list(MOVEMENTS), "account")
    assert dict(zip(MOVEMENTS, [row["merchant"] for row in found], strict=True)) == MOVEMENTS


def test_documents_and_accounts_of_people_are_masked(session: "SparkSession", tmp_path: Path) -> None:
    for account_type in ("card", "account"):
        found = titles(session, tmp_path, list(MASKED), account_type)
        assert dict(zip(MASKED, [row["title"] for row in found], strict=True)) == MASKED
        assert all(row["merchant"] in row["title"] for row in found)


def test_what_nobody_sees_is_removed(session: "SparkSession", tmp_path: Path) -> None:
    found = titles(session, tmp_path, list(VISIBLE))
    assert dict(zip(VISIBLE, [row["title"] for row in found], strict=True)) == VISIBLE


def test_rejects_are_masked_too(session: "SparkSession", tmp_path: Path) -> None:
    text = "99/99/2026,-1.00,id,Pix - FULANO 12345678901 - 123.456.789-01 Conta: 12345678-9"
    rows: Rows = [
        {"line_state": "rejected", "reason": "broken_date", "raw_text": text},
        {"raw_title": "Loja", "line_date": DAY, "centavos": 1},
    ]
    found = run_transform(session, tmp_path, CLEANING, "rejects", {"raw_lines": rows})
    expected = "99/99/2026,-1.00,id,Pix - FULANO •••456789•• - •••.456.789-•• Conta: •••8-9"
    assert [(row["reason"], row["text"]) for row in found] == [("broken_date", expected)]


def test_amounts_are_exact(session: "SparkSession", tmp_path: Path) -> None:
    cents = [-1, 0, 1, 10, 99, 100, -123456789012345, 999999999999999999]
    rows = [{"raw_title": "Loja", "line_date": DAY, "centavos": value} for value in cents]
    found = transactions(session, tmp_path, rows)
    assert [row["amount_brl"] for row in found] == [Decimal(value).scaleb(-2) for value in cents]


def test_a_category_of_the_old_csv_flows_to_the_ofx_that_counts(session: "SparkSession", tmp_path: Path) -> None:
    line = {"bill": "2022-03", "month": "2022-03", "line_date": DAY, "centavos": -500}
    csv = {"document": "csv", "line_state": "duplicate", **line}
    ofx = {"document": "ofx", "line_state": "current", **line}
    rows = [
        {**csv, "raw_title": "Padaria", "raw_category": " Restaurante "},
        {**csv, "raw_title": "Padaria", "raw_category": ""},
        {**csv, "raw_title": "Loja 2/3", "raw_category": "eletrônicos"},
        {**ofx, "raw_title": "PADARIA", "raw_identifier": "fit"},
        {**ofx, "raw_title": "Loja - Parcela 2/3"},
        {**ofx, "raw_title": "Outra"},
    ]
    found = transactions(session, tmp_path, rows)
    assert [(row["document"], row["source_category"]) for row in found] == [
        ("ofx", "restaurante"),
        ("ofx", "eletrônicos"),
        ("ofx", None),
    ]


@pytest.mark.parametrize(
    ("agreeing", "ledger", "difference"), [("duplicate", "-10.00", "0.00"), ("superseded", None, None)]
)
def test_a_bill_is_its_lines_without_payments_and_its_proof(
    session: "SparkSession", tmp_path: Path, agreeing: str, ledger: str | None, difference: str | None
) -> None:
    money = {"total_brl": Decimal("40.00"), "current_brl": Decimal("40.00"), "payments_brl": Decimal("50.00")}
    bill = {"bill": "2026-06", "bill_state": "closed", "current_lines": 3, **money}
    documents = [
        {**bill, "document": "csv", "document_state": "current"},
        {**bill, "document": "ofx", "document_state": agreeing, "ledger_brl": Decimal("-10.00")},
        {**bill, "document": "nu", "account_type": "account", "document_state": "current", "bill": None},
    ]
    found = run_transform(session, tmp_path, CLEANING, "bills", {"raw_documents": documents})
    assert len(found) == 1
    assert (found[0]["document"], found[0]["lines"], found[0]["total_brl"]) == ("csv", 3, Decimal("-10.00"))
    expected = tuple(value and Decimal(value) for value in (ledger, difference))
    assert (found[0]["ledger_brl"], found[0]["ledger_difference_brl"]) == expected


def test_of_a_day_the_latest_reading_counts(session: "SparkSession", tmp_path: Path) -> None:

    rows = [
        {"document": name, "raw_value": value, "observed_on": DAY, "as_of": datetime(2026, 6, 1, hour, tzinfo=UTC)}
        for name, value, hour in (("a", "1.00", 1), ("b", "-2.5", 9), ("c", "3", 5))
    ]
    found = run_transform(session, tmp_path, CLEANING, "balance_readings", {"raw_readings": rows})
    assert [(row["document"], row["value_brl"]) for row in found] == [("b", Decimal("-2.50"))]


def test_nothing_gives_empty_tables(session: "SparkSession", tmp_path: Path) -> None:
    assert run_transforms(session, tmp_path, CLEANING, {}) == {name: [] for name in CLEANING.outputs}
