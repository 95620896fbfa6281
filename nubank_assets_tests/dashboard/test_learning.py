"""How much was corrected and what is uncertain, as the page says it and as SQL says it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from nubank_assets_tests.dashboard.reading import OpenPage, money
from nubank_assets_tests.dashboard.test_lines import _check

if TYPE_CHECKING:
    import duckdb

_UNCERTAIN = """select month, count(*), -sum(amount_brl) from categorized_transactions
    where category_confidence < 90 and coalesce(bill_state, '') <> 'future' group by 1"""


def test_the_page_says_what_the_tables_say_and_uncertain_amounts_open_their_lines(
    report: OpenPage, sql: "duckdb.DuckDBPyConnection"
) -> None:
    uncertain = {month: (count, amount) for month, count, amount in sql.execute(_UNCERTAIN).fetchall()}
    wanted = [
        [str(corrections), str(uncertain.get(month, (0,))[0]), uncertain.get(month, (0, Decimal(0)))[1]]
        for month, corrections in sql.execute(
            "select month, corrections from learning_progress order by month desc limit 12"
        ).fetchall()
    ]
    shown = [[*row[1:3], money(row[3])] for row in report.rows("table-learning")]
    assert shown == wanted
    report.page.locator("#panel-learning summary").click()
    buttons = report.page.locator("#table-learning button")
    assert buttons.count() == sum(row[1] != "0" for row in wanted) > 6
    for place in (0, buttons.count() - 1):
        number = money(buttons.nth(place).inner_text())
        buttons.nth(place).click()
        assert _check(report, number) > 0
