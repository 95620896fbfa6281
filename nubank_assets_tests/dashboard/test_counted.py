"""What moved and what of it is counted, as the page says it: as the tables say it, and each amount opens its lines."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nubank_assets_tests.dashboard.conftest import Opener
from nubank_assets_tests.dashboard.reading import OpenPage, money
from nubank_assets_tests.dashboard.test_lines import _check

if TYPE_CHECKING:
    import duckdb

_PARTS = """select part, sum(in_brl), -sum(out_brl) from counting_proof
    where basis = '{basis}' and month between '{first}' and '{last}' and part not in ('moved', 'future')
    group by part"""
_NAMES = """() => [...document.querySelectorAll("#table-counted tbody th")].map(
    header => header.querySelector("span").textContent)"""


def _amounts(report: OpenPage) -> list[tuple[str, Decimal, Decimal]]:
    names: list[str] = report.page.evaluate(_NAMES)
    rows = report.rows("table-counted")
    return [(name, money(row[1]), money(row[2])) for name, row in zip(names, rows, strict=True)]


def _expected(sql: "duckdb.DuckDBPyConnection", **period: str) -> list[tuple[Any, ...]]:
    parts = sorted(tuple(row[1:]) for row in sql.execute(_PARTS.format(**period)).fetchall())
    moved = tuple(sum((row[way] for row in parts), Decimal(0)) for way in (0, 1))
    return sorted([moved, *parts])


def test_the_page_counts_what_the_tables_count(report: OpenPage, sql: "duckdb.DuckDBPyConnection") -> None:
    for basis, first, last in (
        ("date", "2026-09", "2026-10"),
        ("bill", "2026-10", "2026-10"),
        ("date", "2026-01", "2026-11"),
    ):
        report.show(basis, f"{first}-01", f"{last}-{30 if last == '2026-11' else 31}")
        found = _amounts(report)
        assert found[0][0] == "Tudo que se moveu"
        assert sorted(row[1:] for row in found) == _expected(sql, basis=basis, first=first, last=last)
        by_name = {name: (came, went) for name, came, went in found}
        net = by_name["Gastos"][1] - by_name["Estornos, descontos e créditos"][0]
        assert (by_name["Receitas"][0], net) == (
            report.amount("#card-income .amount"),
            report.amount("#card-expenses .amount"),
        )


def test_every_amount_opens_its_lines_and_those_without_a_pair_are_listed(report: OpenPage) -> None:
    report.show("date", "2026-09-01", "2026-10-31")
    amounts = report.page.locator("#table-counted td button")
    assert amounts.count() > 8
    for place in range(amounts.count()):
        number = money(amounts.nth(place).inner_text())
        amounts.nth(place).click()
        assert _check(report, number) > 0
    lone = report.page.locator("#table-counted th button").first
    count = int(lone.inner_text().rsplit(" ", 1)[-1])
    lone.click()
    assert report.page.locator("#lines-table tbody tr").count() == count
    report.page.keyboard.press("Escape")


def test_a_line_names_the_line_that_it_is_linked_with(report: OpenPage) -> None:
    report.show("date", "2026-10-01", "2026-10-31", "part:bill_payment:out")
    text = report.text("#lines-table tbody")
    assert "Pagamento de fatura" in text
    assert "par: Pagamento recebido, card," in text


def test_without_javascript_the_newest_month_that_is_over_is_counted(
    open_page: Opener, sql: "duckdb.DuckDBPyConnection"
) -> None:
    report = open_page(java_script_enabled=False)
    rows = report.page.locator("#table-counted tbody tr").all_inner_texts()
    said = sorted(tuple(money(part) for part in row.replace("\xa0", " ").split("R$")[1:]) for row in rows)
    assert said == _expected(sql, basis="date", first="2026-10", last="2026-10")
