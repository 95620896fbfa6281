"""The panel of proofs: what it says is what SQL says, and its figures open lines that add up to them."""

from pathlib import Path
from typing import TYPE_CHECKING

from nubank_assets.dashboard.page import write_page
from nubank_assets_tests.dashboard.reading import OpenPage, money
from nubank_assets_tests.dashboard.test_lines import _check
from nubank_assets_tests.export.household import household

if TYPE_CHECKING:
    import duckdb

_BILLS = """select -total_brl, stated_brl is null, paid_brl from bill_proofs where bill_state <> 'future'
    order by month desc, account, bill desc"""


def test_the_page_says_what_the_tables_say_of_every_bill(report: OpenPage, sql: "duckdb.DuckDBPyConnection") -> None:
    found = [(money(row[1]), row[2] == "–", money(row[5])) for row in report.rows("table-proofs")]
    assert found == sql.execute(_BILLS).fetchall()
    newest = report.text("#proofs-newest")
    assert (
        "A última fatura que fechou, novembro de 2026 (card): conferência: nada informado; pagamento: paga." in newest
    )
    proven = sql.execute("select count(*) from bill_proofs where proof = 'proven'").fetchall()[0][0]
    assert f"{proven} conferidas" in newest
    words = {row[6] for row in report.rows("table-proofs")}
    assert {"paga", "paga com atraso", "o resto foi para a próxima", "a vencer"} <= words


def test_totals_and_payments_open_their_lines(report: OpenPage) -> None:
    report.show("date", "2026-10-01", "2026-10-31")
    report.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    buttons = report.page.locator("#table-proofs button")
    assert buttons.count() > 20
    for place in range(buttons.count()):
        number = money(buttons.nth(place).inner_text())
        buttons.nth(place).click()
        assert _check(report, number) > 0


def test_what_differs_and_what_is_missing_stands_above_the_bills_without_javascript(tmp_path: Path) -> None:
    written = write_page(household(tmp_path), tmp_path / "page.html", "pt-BR")
    text = (tmp_path / "page.html").read_text("utf-8").replace("\xa0", " ")
    assert written.lines == 0
    for sentence in (
        "A fatura de agosto de 2026 (card) difere em R$ 2,00 do total informado: linhas pendentes ou que falharam.",
        "Falta o extrato de 01/09/2026 a 14/09/2026 (account): exporte-o do app e importe-o.",
    ):
        assert sentence in text
