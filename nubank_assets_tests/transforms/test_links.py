"""Which lines belong together, of which amount and how that was found, against pairs worked out by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nubank_assets.domain.vocabulary import Kind
from nubank_assets_tests.fakes.frames import Row, Rows
from nubank_assets_tests.fakes.linked_lines import line, link

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Made = dict[str, Rows]
PAID, SENT = Kind.BILL_PAYMENT, Kind.OWN_TRANSFER
ACCOUNT = {"account": "account"}
PIX = {**ACCOUNT, "merchant": "Bia Lima", "identifier": "u-1"}
PIX_TOO = {**ACCOUNT, "merchant": "Bia Lima", "identifier": "u-2"}
RDB = [
    line("rdb back early", "2026-01-05", "150.00", Kind.INVESTMENT_IN, "Resgate RDB", **ACCOUNT),
    line("rdb put 1", "2026-01-10", "-100.00", Kind.INVESTMENT_OUT, "Aplicação RDB", **ACCOUNT),
    line("rdb put 2", "2026-02-10", "-100.00", Kind.INVESTMENT_OUT, "Dinheiro guardado", **ACCOUNT),
    line("rdb back", "2026-02-10", "120.00", Kind.INVESTMENT_IN, "Resgate RDB", **ACCOUNT),
]

#: Every reason, and beside each what must not be taken for it.
LINES = [
    line("first", "2026-01-01", "-1.00", Kind.PURCHASE, "Padaria"),
    # Two bills of one amount: each debit goes with the day nearest to it, and one was paid elsewhere.
    line("debit", "2026-03-10", "-500.00", PAID, "Pagamento de fatura", **ACCOUNT),
    line("received", "2026-03-11", "500.00", PAID, "Pagamento recebido"),
    line("debit too", "2026-04-10", "-500.00", PAID, "Pagamento de fatura", **ACCOUNT),
    line("received late", "2026-04-13", "500.00", PAID, "Pagamento recebido"),
    line("received too", "2026-04-10", "500.00", PAID, "Pagamento recebido"),
    # Out of one account into the other; back from another bank, it is no pair with what was sent from the same account.
    line("own out", "2026-05-04", "-80.00", SENT, "Transferência enviada", **ACCOUNT),
    line("own in", "2026-05-06", "80.00", SENT, "Transferência Recebida", account="savings"),
    line("elsewhere", "2026-05-20", "-90.00", SENT, "Transferência enviada", **ACCOUNT),
    line("from elsewhere", "2026-05-21", "90.00", SENT, "Transferência recebida", **ACCOUNT),
    # Two Pix to one person on one day, the larger in parcels; the fees are more than was sent.
    line("added", "2026-05-13", "300.00", Kind.PIX_ON_CREDIT, "Valor adicionado na conta por cartão", **PIX),
    line("sent", "2026-05-13", "-300.00", Kind.PIX_ON_CREDIT, "Transferência enviada pelo Pix - Bia Lima", **PIX),
    line("added too", "2026-05-13", "60.00", Kind.PIX_ON_CREDIT, "Valor adicionado na conta por cartão", **PIX_TOO),
    line(
        "sent too", "2026-05-13", "-60.00", Kind.PIX_ON_CREDIT, "Transferência enviada pelo Pix - Bia Lima", **PIX_TOO
    ),
    line("whole", "2026-05-14", "-63.00", Kind.PIX_ON_CREDIT, "Pix no Crédito - BIA LIMA", month="2026-06"),
    *[
        line(
            f"parcel {number}",
            f"2026-{4 + number:02d}-14",
            "-158.00",
            Kind.PIX_ON_CREDIT,
            f"BIA LIMA - {number}/2",
            merchant="BIA LIMA",
            month=f"2026-{5 + number:02d}",
            installment=number,
            installments=2,
        )
        for number in (1, 2)
    ],
    *RDB,
    # Each refund is of the latest purchase before it that no other refund is of.
    line("shoes 1", "2026-03-01", "-70.00", Kind.PURCHASE, "Sapataria"),
    line("shoes 2", "2026-03-05", "-70.00", Kind.PURCHASE, "Sapataria"),
    line("shoes back 1", "2026-03-08", "70.00", Kind.REFUND, 'Estorno de "Sapataria"'),
    line("shoes back 2", "2026-03-09", "70.00", Kind.REFUND, 'Crédito de "Sapataria" (troca)'),
    line("shoes 3", "2026-03-12", "-70.00", Kind.PURCHASE, "Sapataria"),
    # Parts of one purchase, no more than it; the purchase that another refund equals is left to that.
    line("shop 1", "2026-03-01", "-100.00", Kind.PURCHASE, "Mercado Azul"),
    line("shop 2", "2026-03-20", "-45.00", Kind.PURCHASE, "Mercado Azul"),
    line("part 1", "2026-03-22", "40.00", Kind.REFUND, 'Estorno de "Mercado Azul"'),
    line("part 2", "2026-03-23", "50.00", Kind.REFUND, 'Estorno de "Mercado Azul"'),
    line("part 3", "2026-03-24", "11.00", Kind.REFUND, 'Estorno de "Mercado Azul"'),
    line("all of shop 2", "2026-03-25", "45.00", Kind.REFUND, 'Estorno de "Mercado Azul"'),
    line("undone", "2026-03-01", "-33.00", Kind.PURCHASE, "Loja Azul - NuPay"),
    line("undone back", "2026-03-02", "33.00", Kind.REFUND, "Loja Azul - NuPay"),
    line("pix", "2026-03-01", "-25.00", Kind.PIX_OUT, "Transferência enviada pelo Pix", **ACCOUNT, merchant="LOJA"),
    line("pix back", "2026-03-04", "25.00", Kind.REFUND, "Reembolso recebido pelo Pix", **ACCOUNT, merchant="LOJA"),
    line("of nothing", "2026-06-25", "12.00", Kind.REFUND, "Estorno de compra"),
    line("too late", "2026-06-25", "500.00", Kind.REFUND, 'Estorno de "Loja Verde"'),
    line("after it", "2026-06-26", "-500.00", Kind.PURCHASE, "Loja Verde"),
    # Taxes of twins, of what a bill does not name, and of nothing.
    line("abroad 1", "2026-04-01", "-100.00", Kind.PURCHASE, "Cloudbox.Com"),
    line("abroad 2", "2026-04-01", "-100.00", Kind.PURCHASE, "Cloudbox.Com"),
    line("tax 1", "2026-04-01", "-3.50", Kind.IOF, 'IOF de "Cloudbox.Com"'),
    line("tax 2", "2026-04-02", "-3.50", Kind.IOF, 'IOF de "Cloudbox.Com"'),
    line("hotel", "2026-07-01", "-333.33", Kind.PURCHASE, "Hotel"),
    line("dinner", "2026-07-01", "-300.00", Kind.PURCHASE, "Restaurante"),
    line("tax unnamed", "2026-07-01", "-11.67", Kind.IOF, "IOF de compra internacional"),
    line("tax of none", "2026-07-20", "-11.67", Kind.IOF, "IOF de compra internacional"),
    line("tax back", "2026-07-25", "11.67", Kind.IOF, "Estorno de IOF de compra internacional"),
    *[
        line(
            f"early {number}",
            "2026-05-09",
            "-50.00",
            Kind.INSTALLMENT,
            f"Antecipada - Loja - Parcela {number}/4",
            merchant="Loja",
        )
        for number in (2, 3, 4)
    ],
    line("discount", "2026-05-09", "10.00", Kind.EARLY_DISCOUNT, "Desconto Antecipação Loja"),
    line("carried", "2026-05-11", "-900.00", Kind.CARRIED_BALANCE, "Saldo em atraso"),
    line("carried back", "2026-05-11", "900.00", Kind.CARRIED_BALANCE, "Crédito de atraso"),
    line("debt", "2026-05-12", "400.00", Kind.REFINANCING_CREDIT, "Renegociação de pendências"),
    line("debt 1", "2026-05-12", "-230.00", Kind.REFINANCING_CHARGE, "Renegociação de pendências"),
    line("debt 2", "2026-06-12", "-230.00", Kind.REFINANCING_CHARGE, "Renegociação de pendências"),
]


@pytest.fixture(scope="module")
def made(session: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> Made:
    return link(session, tmp_path_factory.mktemp("links"), LINES)


def links(made: Made, *reasons: str) -> list[tuple[Any, ...]]:
    rows = [row for row in made["transaction_links"] if row["reason"] in reasons]
    names = ("first_transaction_id", "second_transaction_id", "linked_brl", "found_by")
    return sorted((*(str(row[name]) for name in names),) for row in rows)


def unlinked(made: Made, *expected: str) -> list[tuple[Any, ...]]:
    rows = [row for row in made["unlinked_transactions"] if row["expects"] in expected]
    return sorted((row["transaction_id"], str(row["unlinked_brl"]), row["reason"]) for row in rows)


def test_a_bill_is_paid_by_the_debit_of_its_amount_on_the_nearest_day(made: Made) -> None:
    assert links(made, "bill_payment") == [
        ("debit", "received", "500.00", "amount_near_day"),
        ("debit too", "received too", "500.00", "amount_and_day"),
    ]
    assert unlinked(made, "bill_payment") == [("received late", "500.00", "no_match")]


def test_an_own_transfer_goes_from_one_account_to_another(made: Made) -> None:
    assert links(made, "own_transfer") == [("own out", "own in", "80.00", "amount_near_day")]
    assert unlinked(made, "own_transfer") == [
        ("elsewhere", "90.00", "elsewhere"),
        ("from elsewhere", "90.00", "elsewhere"),
    ]


def test_a_pix_on_credit_is_linked_with_its_funding_and_its_charges(made: Made) -> None:
    assert links(made, "pix_on_credit") == [
        ("sent", "added", "300.00", "identifier"),
        ("sent too", "added too", "60.00", "identifier"),
    ]
    assert links(made, "pix_charge") == [
        ("sent", "parcel 1", "158.00", "name"),
        ("sent", "parcel 2", "142.00", "name"),
        ("sent too", "whole", "60.00", "name"),
    ]
    assert not unlinked(made, "pix_on_credit", "pix_charge")


def test_investments_come_back_in_the_order_in_which_they_were_made(made: Made) -> None:
    """Of the 150 that came back first nothing is known; before the 120 they were 200."""
    assert links(made, "investment") == [
        ("rdb put 1", "rdb back", "100.00", "first_in_first_out"),
        ("rdb put 2", "rdb back", "20.00", "first_in_first_out"),
    ]
    assert unlinked(made, "investment") == [
        ("rdb back early", "150.00", "before_first_document"),
        ("rdb put 2", "80.00", "still_invested"),
    ]


def test_a_refund_is_of_the_latest_purchase_before_it_that_is_left(made: Made) -> None:
    assert links(made, "refund", "undone") == [
        ("pix", "pix back", "25.00", "name_and_amount"),
        ("shoes 1", "shoes back 2", "70.00", "name_and_amount"),
        ("shoes 2", "shoes back 1", "70.00", "name_and_amount"),
        ("shop 2", "all of shop 2", "45.00", "name_and_amount"),
        ("undone", "undone back", "33.00", "name_and_amount"),
    ]
    assert links(made, "undone") == [("undone", "undone back", "33.00", "name_and_amount")]


def test_parts_given_back_are_no_more_than_their_purchase(made: Made) -> None:
    assert links(made, "partial_refund") == [
        ("shop 1", "part 1", "40.00", "name"),
        ("shop 1", "part 2", "50.00", "name"),
    ]
    assert unlinked(made, "refund") == [
        ("of nothing", "12.00", "nameless"),
        ("part 3", "11.00", "no_match"),
        ("too late", "500.00", "no_match"),
    ]


def test_iof_is_the_tax_on_the_purchase_of_its_rate(made: Made) -> None:
    assert links(made, "foreign_iof") == [
        ("abroad 1", "tax 1", "3.50", "tax_rate"),
        ("abroad 2", "tax 2", "3.50", "tax_rate"),
        ("hotel", "tax unnamed", "11.67", "tax_rate"),
    ]
    assert links(made, "iof_refund") == [("tax of none", "tax back", "11.67", "amount_near_day")]
    assert unlinked(made, "foreign_iof", "iof_refund") == [("tax of none", "11.67", "no_match")]


def test_a_discount_is_shared_by_the_parcels_paid_early(made: Made) -> None:
    assert links(made, "early_discount") == [
        ("early 2", "discount", "3.33", "name"),
        ("early 3", "discount", "3.34", "name"),
        ("early 4", "discount", "3.33", "name"),
    ]
    assert not unlinked(made, "early_discount")


def test_what_is_carried_over_or_refinanced_is_linked_with_its_credit(made: Made) -> None:
    assert links(made, "carried_balance") == [("carried", "carried back", "900.00", "amount_and_day")]
    assert links(made, "refinancing") == [
        ("debt 1", "debt", "230.00", "first_in_first_out"),
        ("debt 2", "debt", "170.00", "first_in_first_out"),
    ]


def test_what_no_document_covers_is_told_apart(session: "SparkSession", tmp_path: Path) -> None:
    lines = [
        line("old", "2026-01-10", "700.00", PAID, "Pagamento recebido"),
        line("rent", "2026-02-10", "-1.00", Kind.PIX_OUT, "Aluguel", **ACCOUNT),
        line("new", "2026-06-29", "-800.00", PAID, "Pagamento de fatura", **ACCOUNT),
        line("young", "2026-01-12", "5.00", Kind.REFUND, 'Estorno de "Loja"'),
    ]
    found = link(session, tmp_path, lines)["unlinked_transactions"]
    assert [(row["transaction_id"], row["reason"]) for row in found] == [
        ("new", "not_covered_yet"),
        ("old", "before_first_document"),
        ("young", "before_first_document"),
    ]


def test_a_purchase_in_parcels_is_given_back_parcel_by_parcel_and_once(session: "SparkSession", tmp_path: Path) -> None:
    """Of its parcels no other refund of the merchant is, even of the very amount."""
    parcels = [
        line(
            f"p{number}",
            f"2026-0{number}-05",
            "-50.00",
            Kind.INSTALLMENT,
            f"Loja - Parcela {number}/3",
            merchant="Loja",
        )
        for number in (1, 2, 3)
    ]
    refund = line("all back", "2026-03-20", "120.00", Kind.REFUND, 'Estorno de "Loja"')
    other = line("other back", "2026-03-25", "50.00", Kind.REFUND, 'Estorno de "Loja"')
    plan: list[Row] = [
        *({"plan_id": "a", "transaction_id": f"p{n}", "role": "parcel", "bill_state": "closed"} for n in (1, 2)),
        {"plan_id": "a", "transaction_id": "p3", "role": "parcel", "bill_state": "future"},
        {"plan_id": "a", "transaction_id": "all back", "role": "refund", "bill_state": "closed", "cancels_rest": True},
    ]
    future = {**parcels[2], "bill_state": "future"}
    made = link(session, tmp_path, [*parcels[:2], future, refund, other], plan)
    assert links(made, "refund", "partial_refund") == [
        ("p1", "all back", "50.00", "name_and_amount"),
        ("p2", "all back", "50.00", "name_and_amount"),
    ]
    assert unlinked(made, "refund") == [
        ("all back", "20.00", "not_covered_yet"),
        ("other back", "50.00", "no_match"),
    ]
