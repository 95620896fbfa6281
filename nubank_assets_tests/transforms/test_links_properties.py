"""What holds of links whatever the lines are: no money twice, sums kept, and no matter in which order lines come."""

import random
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nubank_assets.domain.linking import LinkReason
from nubank_assets.domain.vocabulary import Kind
from nubank_assets_tests.fakes.linked_lines import line, link

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Kinds with their sign on card and account; amounts and days are few, so that many lines could be the other side.
_ON_CARD = (
    (Kind.PURCHASE, -1, "Loja"),
    (Kind.PURCHASE, -1, "Loja"),
    (Kind.REFUND, 1, 'Estorno de "Loja"'),
    (Kind.REFUND, 1, 'Estorno de "Loja"'),
    (Kind.REFUND, 1, 'Estorno de "Loja"'),
    (Kind.REFUND, 1, "Loja"),
    (Kind.BILL_PAYMENT, 1, "Pagamento recebido"),
    (Kind.PIX_ON_CREDIT, -1, "Pix no Crédito - Bia"),
    (Kind.CARRIED_BALANCE, -1, "Saldo em atraso"),
    (Kind.CARRIED_BALANCE, 1, "Crédito de atraso"),
    (Kind.IOF, -1, 'IOF de "Loja"'),
    (Kind.IOF, 1, "Estorno de IOF de compra internacional"),
    (Kind.EARLY_DISCOUNT, 1, "Desconto Antecipação Loja"),
    (Kind.REFINANCING_CREDIT, 1, "Renegociação de pendências"),
    (Kind.REFINANCING_CHARGE, -1, "Renegociação de pendências"),
)
_ON_ACCOUNT = (
    (Kind.BILL_PAYMENT, -1, "Pagamento de fatura"),
    (Kind.OWN_TRANSFER, -1, "Transferência enviada"),
    (Kind.OWN_TRANSFER, 1, "Transferência recebida"),
    (Kind.INVESTMENT_OUT, -1, "Aplicação RDB"),
    (Kind.INVESTMENT_IN, 1, "Resgate RDB"),
    (Kind.PIX_ON_CREDIT, -1, "Bia"),
    (Kind.PIX_ON_CREDIT, 1, "Valor adicionado na conta por cartão de crédito"),
    (Kind.PIX_IN, 1, "Salário"),
    (Kind.LOAN, 1, "Depósito de empréstimo"),
)
_AMOUNTS = st.sampled_from(["0.01", "0.35", "10.00", "10.00", "10.01", "25.00", "0.00"])
#: Mostly parts of purchases.
_GIVEN_BACK = st.sampled_from(["6.00", "7.00", "10.00"])


@st.composite
def _lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(1, 45))):
        account = draw(st.sampled_from(["card", "account", "savings"]))
        kind, sign, title = draw(st.sampled_from(_ON_CARD if account == "card" else _ON_ACCOUNT))
        day = f"2026-0{draw(st.integers(1, 3))}-{draw(st.integers(1, 28)):02d}"
        brl = str(sign * Decimal(draw(_GIVEN_BACK if kind is Kind.REFUND else _AMOUNTS)))
        more: dict[str, Any] = {"identifier": draw(st.sampled_from([None, "u1"]))}
        if kind is Kind.PURCHASE and draw(st.booleans()):
            kind, title = Kind.INSTALLMENT, "Antecipada - Loja"
        if account == "card":
            more["bill_state"] = draw(st.sampled_from(["closed", "closed", "open", "future"]))
        merchant = "Loja" if title.endswith("Loja") else title
        made.append(line(f"id{number:03d}", day, brl, kind, title, account=account, merchant=merchant, **more))
    return made


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=_lines(), seed=st.integers(0, 99))
def test_money_is_linked_once_and_counted_whole(
    session: "SparkSession", tmp_path: Path, lines: list[dict[str, Any]], seed: int
) -> None:
    made = link(session, tmp_path, lines)
    shuffled = random.Random(seed).sample(lines, len(lines))
    again = link(session, tmp_path, shuffled)
    assert {name: made[name] for name in _RESULTS} == {name: again[name] for name in _RESULTS}
    _no_money_twice(made["transaction_links"], lines)
    _all_told(made, lines)
    _parts_add_up(made, lines)


_RESULTS = ("transaction_links", "unlinked_transactions", "counting_proof")
_REFUNDS = {LinkReason.PARTIAL_REFUND: LinkReason.REFUND, LinkReason.UNDONE: LinkReason.REFUND}
#: Each line is in one link at most, for each of these.
_ONE_TO_ONE = {
    "bill_payment",
    "own_transfer",
    "pix_on_credit",
    "carried_balance",
    "iof_refund",
    "undone",
    "foreign_iof",
}


def _no_money_twice(links: list[dict[str, Any]], lines: list[dict[str, Any]]) -> None:
    amounts = {row["transaction_id"]: row["amount_brl"] for row in lines}
    linked: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    times: Counter[tuple[str, str]] = Counter()
    for row in links:
        assert row["linked_brl"] > 0
        for side in ("first", "second"):
            name = row[f"{side}_transaction_id"]
            assert row[f"{side}_amount_brl"] == amounts[name]
            linked[name, _REFUNDS.get(row["reason"], row["reason"])] += row["linked_brl"]
            times[name, row["reason"]] += 1
    assert all(total <= abs(amounts[name]) for (name, _), total in linked.items())
    assert all(count == 1 for (_, reason), count in times.items() if reason in _ONE_TO_ONE)


def _all_told(made: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    """Whatever has no other side is told of: linked and unlinked money of each part are all of it."""
    for row in made["unlinked_transactions"]:
        assert row["linked_brl"] + row["unlinked_brl"] == abs(row["amount_brl"])
    unlinked: Counter[str] = Counter()
    told = {"pix_charge", "foreign_iof"}
    for row in made["unlinked_transactions"]:
        if row["expects"] not in told:
            unlinked["all"] += row["unlinked_brl"]
    proof = [row for row in made["counting_proof"] if (row["basis"], row["state"]) == ("bill", "unlinked")]
    future = {row["transaction_id"] for row in lines if row.get("bill_state") == "future"}
    later = sum(
        (
            row["unlinked_brl"]
            for row in made["unlinked_transactions"]
            if row["transaction_id"] in future and row["expects"] not in told
        ),
        Decimal(0),
    )
    assert sum((row["in_brl"] - row["out_brl"] for row in proof), Decimal(0)) == unlinked["all"] - later


def _parts_add_up(made: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    for basis in ("bill", "date"):
        proof = [row for row in made["counting_proof"] if row["basis"] == basis]
        moved = [row for row in proof if row["part"] == "moved"]
        parts = [row for row in proof if row["part"] != "moved"]
        for way in ("in_brl", "out_brl"):
            assert sum(row[way] for row in moved) == sum((row[way] for row in parts), Decimal(0))
        assert sum(row["amount_brl"] for row in moved) == sum(row["amount_brl"] for row in lines)
        assert sum(row["transactions"] for row in moved) == len(lines)
        summary = [row for row in made["monthly_summary"] if row["basis"] == basis]
        for word in ("income", "expenses"):
            counted = sum((row["amount_brl"] for row in parts if row["counts_as"] == word), Decimal(0))
            assert counted == sum((row[f"{word}_brl"] for row in summary), Decimal(0))
