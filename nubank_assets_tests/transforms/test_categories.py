"""The category of a line, who decided it, and the tables selected from the categorised lines."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.domain.vocabulary import Category
from nubank_assets.transforms.rules import category_rules
from nubank_assets.transforms.steps import CATEGORIZATION
from nubank_assets_tests.fakes.frames import run_transform, run_transforms
from nubank_assets_tests.transforms.test_kinds import categorize, row

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Merchant: category, and the words that decided it; None where no rule did.
MERCHANTS = {
    "Uber *Eats": ("restaurante", "uber *eats"),
    "Uber *Trip": ("transporte", "uber"),
    "IFOOD *Padaria": ("restaurante", "ifood"),
    "Mercado Livre": ("eletrônicos", "mercado livre"),
    "Mercado Azul": ("supermercado", "mercado"),
    "Drogaria São João": ("saúde", "droga"),
    "FARMÁCIA POPULAR": ("saúde", "farmacia"),
    "Padaria Pão Quente": ("restaurante", "padaria"),
    "Extra": ("supermercado", "extra"),
    "Loja Extra": ("outros", None),
    "Barbearia do Zé": ("serviços", "barbearia"),
    "Bar do Zé": ("lazer", "bar"),
    "Barato Total": ("outros", None),
    "Renner": ("vestuário", "renner"),
    "Trenner": ("outros", None),
    "Leroy Merlin": ("casa", "leroy"),
    "Escola Azul": ("educação", "escola"),
    "Hotel Azul": ("viagem", "hotel"),
    "Amazon Prime Canais": ("lazer", "amazon prime"),
    "Amazon": ("outros", "amazon"),
    "☕": ("outros", None),
    "": ("outros", None),
}


def test_the_first_rule_that_fits_decides_and_says_by_which_words(session: "SparkSession", tmp_path: Path) -> None:
    found = categorize(session, tmp_path, [row("Compra", -1, merchant=merchant) for merchant in MERCHANTS])
    assert {line["merchant"]: (line["category"], line["category_rule"]) for line in found} == MERCHANTS
    assert all((line["category_method"] == "rule") == (line["category_rule"] is not None) for line in found)


def test_who_decides(session: "SparkSession", tmp_path: Path) -> None:
    lines = [
        row("Uber", -1, source_category="lazer"),
        row("Uber", -1, source_category="inventada"),
        row("IOF de atraso", -1, source_category="outros"),
        row("Juros de atraso", 1),
        row("Uber", 1),
        row("Nada", -1),
        row("Pagamento recebido", 1, source_category="outros"),
        row("Transferência recebida pelo Pix - Uber", 1, "account", merchant="Uber"),
        row("Transferência enviada pelo Pix - Uber", -1, "account", merchant="Uber"),
    ]
    found = categorize(session, tmp_path, lines)
    assert [(line["category_method"], line["category"]) for line in found] == [
        ("source", "lazer"),
        ("rule", "transporte"),
        ("kind", "encargos"),
        ("kind", "encargos"),
        ("rule", "transporte"),
        ("fallback", "outros"),
        (None, None),
        (None, None),
        ("rule", "transporte"),
    ]


def test_the_rules_cover_every_category_nubank_has() -> None:
    assert {rule.category for rule in category_rules()} == set(Category) - {Category.ENCARGOS}


def test_each_line_is_in_the_tables_it_belongs_to(session: "SparkSession", tmp_path: Path) -> None:
    future = {"bill_state": "future", "month": "2026-12"}
    lines = {
        "purchase": row("Loja", -10),
        "refund": row("Estorno de compra", 3),
        "payment": row("Pagamento recebido", 7),
        "parcel": row("Loja", -5, installment=1, installments=3, **future),
        "pix": row("Pix no Crédito - Ana", -4),
        "debit": row("Compra no débito - Loja", -2, "account"),
        "salary": row("Transferência recebida pelo Pix - Empresa", 100, "account"),
        "rdb": row("Aplicação RDB", -50, "account"),
    }
    given = [{**line, "transaction_id": name} for name, line in lines.items()]
    made = run_transforms(session, tmp_path, CATEGORIZATION, {"transactions": given})
    found = {name: {line["transaction_id"] for line in made[name]} for name in list(made)[:5]}
    assert found == {
        "categorized_transactions": set(lines),
        "card_transactions": {"purchase", "parcel", "pix"},
        "expenses": {"purchase", "refund", "pix", "debit"},
        "income": {"salary"},
        "installments": {"parcel"},
    }
    assert sum(line["amount_brl"] for line in made["expenses"]) == Decimal(-13)


def test_parcels_of_one_plan_find_each_other(session: "SparkSession", tmp_path: Path) -> None:
    def parcel(month: str, n: int, brl: str, merchant: str = "Loja") -> dict[str, Any]:
        return row(merchant, brl, month=month, installment=n, installments=3, bill_state="closed", merchant=merchant)

    lines = [
        parcel("2025-12", 1, "-10.01"),
        parcel("2026-01", 2, "-10.00", "LOJA"),
        parcel("2026-02", 3, "-10.00"),
        parcel("2026-01", 1, "-10.00"),
        parcel("2026-01", 2, "-99.00"),
        parcel("2026-01", 2, "-10.00", "Outra"),
        row("Estorno", "5.00", month="2026-01", installment=2, installments=3, merchant="Loja"),
    ]
    given = [
        {**line, "kind": "installment", "flow": "expense", "transaction_id": f"t{i}"} for i, line in enumerate(lines)
    ]
    made = run_transform(session, tmp_path, CATEGORIZATION, "installments", {"categorized_transactions": given})
    plans = {line["transaction_id"]: line for line in made}
    assert set(plans) == {"t0", "t1", "t2", "t3", "t4", "t5"}
    fields = ("first_month", "last_month", "remaining_installments")
    assert [tuple(plans[f"t{i}"][name] for name in fields) for i in range(4)] == [
        ("2025-12", "2026-02", 2),
        ("2025-12", "2026-02", 1),
        ("2025-12", "2026-02", 0),
        ("2026-01", "2026-03", 2),
    ]
    # Two plans of one shop, count and first month are told apart by the order of their amounts.
    groups = [plans[f"t{i}"]["plan_id"] for i in range(6)]
    assert groups[0] == groups[2]
    assert len({groups[0], groups[3], groups[5]}) == 3
    assert groups[1] != groups[4]


def test_balances_and_limits_of_a_day(session: "SparkSession", tmp_path: Path) -> None:
    def reading(kind: str, brl: str, day: int = 1, account: str = "card") -> dict[str, Any]:
        return {"reading": kind, "value_brl": Decimal(brl), "observed_on": date(2026, 6, day), "account": account}

    readings = [
        reading("account_balance", "10.00", account="account"),
        reading("card_limit", "500.00"),
        reading("open_bill", "-40.00"),
        reading("available_limit", "460.00", 2),
    ]
    made = run_transforms(session, tmp_path, CATEGORIZATION, {"balance_readings": readings})
    assert [(r["account"], r["date"], r["balance_brl"]) for r in made["account_balances"]] == [
        ("account", date(2026, 6, 1), Decimal("10.00"))
    ]
    values = [
        (r["date"].day, r["open_bill_brl"], r["available_limit_brl"], r["limit_brl"]) for r in made["credit_limits"]
    ]
    assert values == [(1, Decimal("-40.00"), None, Decimal("500.00")), (2, None, Decimal("460.00"), None)]
