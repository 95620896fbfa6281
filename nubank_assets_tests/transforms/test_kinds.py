"""What each title is: every one the exports are known to hold, with both signs where both occur."""

import csv
import re
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.domain.flows import flow_of
from nubank_assets.domain.vocabulary import AccountType, Kind
from nubank_assets.transforms import categorization, rules
from nubank_assets.transforms.rules import KindRule
from nubank_assets.transforms.steps import CATEGORIZATION, Parameters
from nubank_assets_tests.fakes.frames import Rows, run_transform

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Title on a card: kind of a charge, kind of a credit.
CARD = {
    "Pagamento recebido": "bill_payment bill_payment",
    'Estorno de "Loja Azul"': "purchase refund",
    'Estorno de "Loja Azul" (Loja)': "purchase refund",
    "Estorno de compra": "purchase refund",
    'Crédito de "Loja Azul" (Loja)': "purchase refund",
    "Ajuste a crédito": "purchase refund",
    "IOF de compra internacional": "iof iof",
    'IOF de "Assinatura Gringa"': "iof iof",
    "IOF de volta de Assinatura Gringa": "iof iof",
    "Estorno de IOF de compra internacional": "iof iof",
    "IOF de atraso": "iof iof",
    "Multa de atraso": "fee fee",
    "Juros de atraso": "interest interest",
    "Juros e mora": "interest interest",
    "Juros de dívida encerrada": "interest interest",
    "Saldo em atraso": "carried_balance carried_balance",
    "Crédito de atraso": "carried_balance carried_balance",
    "Saldo em rotativo": "carried_balance carried_balance",
    "Crédito de rotativo": "carried_balance carried_balance",
    "Saldo restante da fatura anterior": "carried_balance carried_balance",
    "Valor pendente do mês anterior": "carried_balance carried_balance",
    "Encerramento de dívida": "refinancing_charge refinancing_credit",
    "Renegociação de pendências (28/Janeiro)": "refinancing_charge refinancing_credit",
    "Crédito de parcelamento de compra": "refinancing_charge refinancing_credit",
    "Loja Azul - NuPay": "purchase refund",
    "Pix no Crédito - NOME": "pix_on_credit refund",
    "Rewards - Assinatura": "fee fee",
    "Rewards - Crédito de compra apagada": "purchase reward",
    "Nubank - Tarifa de assinatura": "fee fee",
    "Desconto Antecipação Loja Azul": "early_discount early_discount",
    "Loja Azul": "purchase refund",
    "Posto 24/7": "purchase refund",
    "JUROS DE ATRASO": "interest interest",
}
#: Title of a parcel on a card: kind of the charge.
PARCELS = {
    "Loja Azul 2/10": "installment",
    "Loja Azul - Parcela 2/10": "installment",
    "NOME DA PESSOA - 2/5": "pix_on_credit",
    "Parcelamento de Compra - Loja Azul - 3/4": "installment",
    "Antecipada - Loja Azul - Parcela 7/10": "installment",
}
#: Description on an account: kind of money out, kind of money in; `-` where it never goes that way.
ACCOUNT = {
    "Transferência enviada pelo Pix - FULANA - •••.123.456-•• - NU": "pix_out -",
    "Transferência enviada - FULANA": "transfer_out -",
    "Transferência recebida pelo Pix - EMPRESA - 00.000.000/0001-91": "- pix_in",
    "Transferência Recebida - José - •••.123.456-••": "- transfer_in",
    "Transferência Recebida": "- transfer_in",
    "Reembolso recebido pelo Pix - LOJA": "- refund",
    "Compra no débito - Loja": "debit_purchase -",
    "Compra no débito via NuPay - Loja Azul": "debit_purchase -",
    "Estorno - Compra no débito - Loja": "- refund",
    "Pagamento de boleto efetuado - Loja": "boleto -",
    "Pagamento de fatura": "bill_payment bill_payment",
    "Pagamento da fatura - Cartão Nubank": "bill_payment bill_payment",
    "Aplicação RDB": "investment_out -",
    "Resgate RDB": "- investment_in",
    "Dinheiro guardado": "investment_out investment_in",
    "Depósito Recebido por Boleto": "- transfer_in",
    "Recarga de celular": "debit_purchase -",
    "Débito em conta": "other -",
    "Crédito em conta": "- other",
    "Depósito de empréstimo": "- loan",
    "Pagamento de empréstimo": "loan -",
    "Valor adicionado na conta por cartão de crédito - Pix": "- pix_on_credit",
    "Saque - Banco24Horas": "cash_withdrawal -",
    "Algo que ninguém viu": "other other",
}


def categorize(
    session: "SparkSession", folder: Path, rows: list[dict[str, Any]], holder_names: tuple[str, ...] = ()
) -> Rows:
    """The lines with kind, flow and category, in the order they were given."""
    return run_transform(
        session, folder, CATEGORIZATION, "categorized_transactions", {"transactions": rows}, Parameters(holder_names)
    )


def row(title: str, brl: str | int, account_type: str = "card", **more: Any) -> dict[str, Any]:
    account = {"account": account_type, "account_type": account_type}
    return {**account, "title": title, "merchant": title, "amount_brl": Decimal(brl), **more}


def test_every_title_of_a_card(session: "SparkSession", tmp_path: Path) -> None:
    found = categorize(session, tmp_path, [row(title, sign) for title in CARD for sign in (-1, 1)])
    kinds = [line["kind"] for line in found]
    assert {t: f"{kinds[2 * i]} {kinds[2 * i + 1]}" for i, t in enumerate(CARD)} == CARD


def test_every_parcel_of_a_card(session: "SparkSession", tmp_path: Path) -> None:
    found = categorize(session, tmp_path, [row(t, -1, installment=2, installments=10) for t in PARCELS])
    assert {line["title"]: line["kind"] for line in found} == PARCELS


def test_every_description_of_an_account(session: "SparkSession", tmp_path: Path) -> None:
    cases = [(t, s, k) for t, both in ACCOUNT.items() for s, k in zip((-1, 1), both.split(), strict=True) if k != "-"]
    found = categorize(session, tmp_path, [row(title, sign, "account") for title, sign, _ in cases])
    assert [(line["title"], line["kind"]) for line in found] == [(title, kind) for title, _, kind in cases]


@pytest.mark.parametrize("account_type", AccountType)
def test_the_flow_of_every_kind_is_the_vocabularys(
    session: "SparkSession", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, account_type: AccountType
) -> None:
    made = tuple(KindRule(account_type.value, "any", k, False, f"^{k.value.replace('_', ' ')}$") for k in Kind)
    monkeypatch.setattr(categorization, "kind_rules", lambda: made)
    cases = [(kind, sign) for kind in Kind for sign in (-1, 0, 1)]
    found = categorize(
        session, tmp_path, [row(k.value.replace("_", " "), sign, account_type.value) for k, sign in cases]
    )
    assert [(line["kind"], line["flow"]) for line in found] == [
        (kind.value, flow_of(kind, account_type, sign).value) for kind, sign in cases
    ]


def test_a_boleto_that_the_card_paid_is_an_expense_on_the_card_only(session: "SparkSession", tmp_path: Path) -> None:
    lines = [
        row("Valor adicionado na conta por cartão de crédito", "300.00", "account", identifier="a"),
        row("Pagamento de boleto efetuado - Loja", "-300.00", "account", identifier="a"),
        row("Pagamento de boleto efetuado - Loja", "-300.00", "account", identifier="b"),
    ]
    found = categorize(session, tmp_path, lines)
    assert [line["flow"] for line in found] == ["neutral", "neutral", "expense"]


def test_a_pix_that_the_card_paid_only_passes_through_the_account(session: "SparkSession", tmp_path: Path) -> None:
    added, sent = "Valor adicionado na conta por cartão de crédito", "Transferência enviada pelo Pix - ANA"
    lines = [
        row(added, "52.00", "account", identifier="a"),
        row(sent, "-52.00", "account", identifier="a"),
        row(sent, "-52.00", "account", identifier="b"),
        row(added, "10.00", "account", identifier="c"),
        row(sent, "-9.00", "account", identifier="c"),
        row(sent, "-52.00", "account", identifier="a", account="other"),
    ]
    found = categorize(session, tmp_path, lines)
    assert [line["kind"] for line in found] == ["pix_on_credit"] * 2 + [
        "pix_out",
        "pix_on_credit",
        "pix_out",
        "pix_out",
    ]
    assert [line["flow"] for line in found[:3]] == ["neutral", "neutral", "expense"]


def test_transfers_to_oneself_are_known_by_the_holders_names(session: "SparkSession", tmp_path: Path) -> None:
    titles = ["Transferência enviada pelo Pix", "Transferência recebida pelo Pix", "Transferência Recebida"]
    lines = [
        row(titles[0], -1, "account", merchant="ANA  MÃE DE SOUZA"),
        row(titles[1], 1, "account", merchant="Ana Mãe de Souza"),
        row(titles[2], 1, "account", merchant="ana mae de souza"),
        row(titles[0], -1, "account", merchant="ANA MAE DE SOUZA FILHA"),
        row("Compra no débito", -1, "account", merchant="Ana Mãe de Souza"),
        row("Ana Mãe de Souza", -1),
    ]
    found = categorize(session, tmp_path, lines, ("Beto", " Ana Mãe  de Souza ", ""))
    own = ["own_transfer"] * 3
    assert [line["kind"] for line in found] == [*own, "pix_out", "debit_purchase", "purchase"]
    assert {line["flow"] for line in found[:3]} == {"neutral"}
    unknown = categorize(session, tmp_path, lines)
    assert [line["kind"] for line in unknown[:3]] == ["pix_out", "pix_in", "transfer_in"]


def test_rules_are_sound() -> None:
    lines = files(rules).joinpath("kinds.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    assert len(set(lines)) == len(lines)
    for rule in rows:
        assert rule["account_type"] in set(AccountType)
        assert rule["sign"] in {"credit", "charge", "any"}
        assert rule["match"] in {"equals", "prefix", "regex", "parcel", "any"}
        assert rule["kind"] in set(Kind)
        assert rule["match"] not in {"equals", "prefix"} or re.fullmatch("[a-z0-9 -]+", rule["pattern"]), rule
        assert rule["pattern"].isascii(), rule
    assert {rule.kind.value for rule in rules.kind_rules()} == {rule["kind"] for rule in rows}
