"""Pairs and lines without one, as a person reads them in the workbook."""

from datetime import date
from pathlib import Path

from nubank_assets_tests.export.household import cells_of, sheet_of, written
from nubank_assets_tests.fakes.lake import make_lake

PAIR = {
    "reason": "bill_payment",
    "found_by": "amount_near_day",
    "first_date": date(2026, 9, 9),
    "first_account": "account",
    "first_title": "Pagamento de fatura",
    "first_amount_brl": "-500.10",
    "second_date": date(2026, 9, 10),
    "second_account": "card",
    "second_title": "Pagamento recebido",
    "second_amount_brl": "500.10",
    "linked_brl": "500.10",
    "days_apart": 1,
}
LATER = {**PAIR, "reason": "undone", "second_date": date(2026, 10, 1), "link_id": "later"}
LONE = {
    "date": date(2026, 9, 20),
    "title": "Aplicação RDB",
    "amount_brl": "-300",
    "expects": "investment",
    "reason": "still_invested",
    "linked_brl": "100",
    "unlinked_brl": "200",
}


def test_pairs_are_shown_newest_first_in_the_persons_words(tmp_path: Path) -> None:
    book = written(tmp_path, make_lake(tmp_path, transaction_links=[PAIR, LATER]))
    out = [date(2026, 9, 9), "account", "Pagamento de fatura", -500.1]
    into = [date(2026, 9, 10), "card", "Pagamento recebido", 500.1, 500.1, 1, "mesmo valor, dia mais próximo"]
    rows = cells_of(sheet_of(book, "Vínculos"))
    assert [row[0] for row in rows] == ["compra desfeita", "pagamento de fatura"]
    assert rows[1] == ["pagamento de fatura", *out, *into]


def test_what_lacks_a_pair_says_why(tmp_path: Path) -> None:
    book = written(tmp_path, make_lake(tmp_path, unlinked_transactions=[LONE]), "en")
    assert cells_of(sheet_of(book, "Unlinked")) == [
        [date(2026, 9, 20), "card", "Aplicação RDB", -300, "investment and redemption", "still invested", 200]
    ]


def test_without_any_the_worksheets_say_so(tmp_path: Path) -> None:
    book = written(tmp_path, make_lake(tmp_path))
    says = [str(cell) for title in ("Vínculos", "Sem par") for row in sheet_of(book, title).values for cell in row]
    assert {"nenhum lançamento tem par", "todos os pares foram encontrados"} <= set(says)
