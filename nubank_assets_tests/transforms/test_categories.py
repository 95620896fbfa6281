"""The category of a line, who decided it, and the tables selected from the categorised lines."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.merchants.deciding import version
from nubank_assets.transforms.steps import CATEGORIZATION
from nubank_assets_tests.fakes.frames import Rows, run_transform, run_transforms
from nubank_assets_tests.transforms.test_kinds import categorize, row

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def explained(lines: Rows) -> list[tuple[Any, ...]]:
    names = ("category", "category_method", "category_rule", "category_confidence", "subcategory")
    return [tuple(line[name] for name in names) for line in lines]


def test_what_each_method_says_of_a_line(session: "SparkSession", tmp_path: Path) -> None:
    lines = [
        row("Uber *Trip", -1, source_category="lazer"),
        row("Drogasil 1234", -1, source_category="inventada"),
        row("IOF de atraso", -1, source_category="outros"),
        row("Juros de atraso", 1),
        row("Padaria Azul", 1),
        row("Xyzw", -1),
        row("Pagamento recebido", 1, source_category="outros"),
        row("Transferência recebida pelo Pix - Uber", 1, "account", merchant="Uber"),
        row("Transferência enviada pelo Pix - Uber", -1, "account", merchant="Uber"),
    ]
    found = categorize(session, tmp_path, lines)
    assert explained(found) == [
        ("lazer", "source", None, 100, None),
        ("saúde", "rule", "drogasil", 96, "farmácia"),
        ("encargos", "kind", "iof", 100, None),
        ("encargos", "kind", "interest", 100, None),
        ("restaurante", "rule", "padaria", 96, "padaria"),
        ("outros", "fallback", None, 30, None),
        (None, None, None, None, None),
        (None, None, None, None, None),
        ("transporte", "rule", "uber", 93, "táxi e aplicativo"),
    ]
    assert {line["category_version"] for line in found if line["category"]} == {version()}
    assert not any(line["category_version"] for line in found if not line["category"])


def test_a_merchant_is_remembered_by_what_its_source_said_of_other_lines(
    session: "SparkSession", tmp_path: Path
) -> None:
    lines = [
        row("Empório Azul Lj 12", -1, source_category="casa"),
        row("EMPORIO AZUL SAO PAULO", -1, source_category="casa"),
        row("Emporio Azul Ltda", -1, source_category="casa"),
        row("Emporio Azul S A", -1, source_category="lazer"),
        # Half of them say this, half that: nothing is remembered.
        row("Loja Mista", -1, source_category="casa"),
        row("Loja Mista 2", -1, source_category="lazer"),
        row("Mp *Emporio Azul", -1, month="2026-07"),
        row("Emporio Azul", -1, month="2026-07", source_category="saúde"),
        row("Loja Mista 3", -1, month="2026-07"),
        # A month does not change by what comes after it.
        row("Emporio Azul", -1, month="2026-05"),
        row("Emporio Azul", -1),
    ]
    found = {(line["title"], line["month"]): line for line in categorize(session, tmp_path, lines)}
    assert explained([found["Mp *Emporio Azul", "2026-07"]]) == [("casa", "memory", "Empório Azul Lj 12", 75, None)]
    assert explained([found["Emporio Azul", "2026-07"]]) == [("saúde", "source", None, 100, None)]
    for name, month in (("Loja Mista 3", "2026-07"), ("Emporio Azul", "2026-05"), ("Emporio Azul", "2026-06")):
        assert explained([found[name, month]]) == [("outros", "fallback", None, 30, None)]


def test_two_corrections_teach_the_months_after_them_before_any_source_and_rule(
    session: "SparkSession", tmp_path: Path
) -> None:
    lines = [
        row("Padaria Azul", -1, transaction_id="a" * 32),
        row("Padaria Azul Lj 2", -1, transaction_id="b" * 32),
        row("Padaria Verde", -1, transaction_id="c" * 32),
        row("PADARIA AZUL 22", -2, month="2026-08", source_category="restaurante"),
        row("Padaria Azul", -3, month="2026-07"),
        row("Padaria Azul", -3),
        row("Padaria Verde", -4, month="2026-07"),
        row("Pagamento recebido", 5),
    ]
    corrections = [
        {"correction": name, "transaction_id": name * 32, "bill": "2026-06", "category": "lazer"} for name in "abc"
    ]
    made = run_transform(
        session,
        tmp_path,
        CATEGORIZATION,
        "categorized_transactions",
        {"transactions": lines, "corrections": corrections},
    )
    assert sorted(explained(made), key=str) == sorted(
        [
            *[("lazer", "correction", None, 100, None)] * 3,
            *[("lazer", "memory", "Padaria Azul Lj 2", 100, None)] * 2,
            *[("restaurante", "rule", "padaria", 96, "padaria")] * 2,
            (None, None, None, None, None),
        ],
        key=str,
    )
    assert {line["uncorrected_category"] for line in made} == {None, "restaurante"}


def test_what_was_decided_here_is_never_remembered(session: "SparkSession", tmp_path: Path) -> None:
    made = categorize(session, tmp_path, [row("Padaria Azul", -1), row("Padaria Azul", -2)])
    assert {line["category_method"] for line in made} == {"rule"}


def test_the_name_of_a_person_says_nothing(session: "SparkSession", tmp_path: Path) -> None:
    title = "Transferência enviada pelo Pix - ANA FLORES DA PADARIA - •••.123.456-•• - NU"
    (line,) = categorize(session, tmp_path, [row(title, -1, "account", merchant="ANA FLORES DA PADARIA")])
    assert (line["category"], line["category_method"]) == ("outros", "fallback")


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
