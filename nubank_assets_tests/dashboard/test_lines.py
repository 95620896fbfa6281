"""The lines behind a number: they add up to it, whichever number it is, and can be searched."""

from decimal import Decimal
from typing import TYPE_CHECKING

from nubank_assets_tests.dashboard.conftest import HOSTILE, Opener
from nubank_assets_tests.dashboard.reading import OpenPage, money

if TYPE_CHECKING:
    import duckdb

_LISTED = "[...document.querySelectorAll('#lines-table tbody tr')].map(row => row.lastChild.textContent)"


def _listed(report: OpenPage) -> list[Decimal]:
    """The amounts of all lines, after all of them were asked for."""
    while report.page.locator("#lines-more").is_visible():
        report.page.locator("#lines-more").click()
    amounts: list[str] = report.page.evaluate(_LISTED)
    return [money(text) for text in amounts]


def _check(report: OpenPage, number: Decimal) -> int:
    """The dialog is open, says the number, and its lines add up to it; how many there are."""
    assert report.page.locator("#lines").is_visible()
    assert report.amount("#lines-sum strong") == number
    listed = _listed(report)
    assert sum(listed, Decimal(0)) == number
    report.page.keyboard.press("Escape")
    assert not report.page.locator("#lines").is_visible()
    return len(listed)


def test_every_number_of_the_cards_and_tables_opens_lines_that_add_up_to_it(report: OpenPage) -> None:
    for basis, first, last in (("date", "2026-10-01", "2026-11-30"), ("bill", "2026-10-01", "2026-10-31")):
        report.show(basis, first, last)
        for name in ("income", "expenses", "card"):
            number = report.amount(f"#card-{name} .amount")
            report.page.locator(f"#card-{name} button").click()
            assert _check(report, number) > 0
        buttons = report.page.locator("#comparison button, #table-categories button, #table-months button")
        assert buttons.count() > 40
        report.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        for number_of in range(0, buttons.count(), 3):
            number = money(buttons.nth(number_of).inner_text())
            buttons.nth(number_of).click()
            _check(report, number)


def test_a_bar_opens_its_lines(report: OpenPage) -> None:
    report.show("date", "2026-10-01", "2026-10-31")
    chart = report.page.locator("#chart-categories")
    chart.scroll_into_view_if_needed()
    place = report.page.evaluate(
        """() => echarts.getInstanceByDom(document.getElementById("chart-categories"))
            .convertToPixel({ seriesIndex: 0 }, [100, 0])"""
    )
    chart.click(position={"x": place[0] + 5, "y": place[1]})
    name, amount, _ = report.rows("table-categories")[0]
    assert report.text("#lines-title").startswith(f"{name.capitalize()}, ")
    _check(report, money(amount))


def test_a_month_of_parcels_and_a_plan_open_what_is_to_come(report: OpenPage, sql: "duckdb.DuckDBPyConnection") -> None:
    buttons = report.page.locator("#table-parcels button")
    counts = sql.execute("select sum(parcels) from commitment_months group by month order by month").fetchall()
    assert buttons.count() == len(counts)
    for place in (0, len(counts) - 1):  # one that bills show, and one that follows from them
        number = money(buttons.nth(place).inner_text())
        buttons.nth(place).click()
        assert _check(report, number) == counts[place][0]
    plans = sql.execute(
        """select merchant, to_come_installments, -billed_brl, billed_installments from installment_plans
        where plan_state = 'active' order by to_come_brl, merchant, plan_id"""
    ).fetchall()
    place = next(number for number, plan in enumerate(plans) if plan[3])
    merchant, left, charged, _ = plans[place]
    plan = report.page.locator("#table-plans button").nth(place)
    number = money(plan.inner_text())
    plan.click()
    assert report.text("#lines-title") == merchant
    assert money(report.text("#lines-says").split(":")[1].rstrip(".")) == charged
    assert _check(report, number) == left


def test_the_movements_explain_the_balance(report: OpenPage) -> None:
    report.show("date", "2026-10-01", "2026-10-31")
    report.page.locator("#card-balance button").click()
    said = report.text("#lines-says")
    before, moved, rest, after = (money(part.split(":")[1].rstrip(". ")) for part in said.split(". "))
    assert before + moved + rest == after == report.amount("#card-balance .amount")
    _check(report, moved)


def test_lines_are_found_by_any_word_without_accents(report: OpenPage) -> None:
    report.show("date", "2025-12-01", "2026-11-30")
    report.page.locator("#search-text").fill("LIVRARIA maria")
    report.page.locator("#search button").click()
    assert report.text("#lines-sum") == "1 lançamento, que soma -R$ 31,50"
    report.page.locator("#lines-filter").fill("saude")
    found = report.page.locator("#lines-table tbody tr").all_inner_texts()
    assert found
    assert all("saúde" in row for row in found)
    report.page.locator("#lines-filter").fill("nada disso existe")
    assert report.text("#lines-table tbody") == "Nada neste período."
    report.page.keyboard.press("Escape")


def test_titles_are_only_ever_text(open_page: Opener) -> None:
    report = open_page()
    report.show("date", "2026-09-12", "2026-09-14")
    report.page.locator("#search button").click()
    titles = report.page.locator("#lines-table tbody th").all_inner_texts()
    assert HOSTILE.replace('"', "'") in titles
    assert "<!--<script>{{7*7}}" in titles
    assert report.page.locator("img").count() == 0


def test_a_link_reproduces_the_view(open_page: Opener) -> None:
    first = open_page()
    first.page.locator("[data-preset=last]").click()
    first.page.get_by_label("Por fatura").check()
    first.page.locator("#comparison button").nth(4).click()
    link, title = first.page.url, first.text("#lines-title")
    second = open_page()
    second.page.goto(link)
    assert second.text("#lines-title") == title
    assert second.rows("lines-table") == first.rows("lines-table")
    second.page.keyboard.press("Escape")
    second.page.wait_for_url(lambda url: "view" not in url)
    assert second.text("#period") == "Outubro de 2026"
    assert second.page.locator("[data-preset=last]").get_attribute("aria-pressed") == "true"


def test_a_link_that_makes_no_sense_shows_twelve_months(report: OpenPage) -> None:
    views = (
        "month:x:income",
        "month:2026-10:toString",
        "day:x:card",
        "category",
        "parcels:x",
        "plan:99",
        "plan:x",
        "toString",
        "%",
    )
    periods = ("from=2026-99-01&to=x&basis=?", "from=2026-11-01&to=1999-01-01", "from=9999-12-01&to=x")
    for nonsense in (*(f"view={view}" for view in views), *periods):
        report.follow(nonsense)
        assert report.text("#period") == "Dez/2025 a nov/2026"
        assert not report.page.locator("#lines").is_visible()


def test_a_link_that_is_followed_while_the_lines_close_is_followed(report: OpenPage) -> None:
    report.show("date", "2026-09-01", "2026-09-30", "income")
    follow = """link => new Promise(done => {
        document.getElementById("lines").close();
        location.hash = link;
        setTimeout(done, 100);
    })"""
    link = "#from=2026-10-01&to=2026-10-31&basis=date&view=expenses"
    report.page.evaluate(follow, link)
    assert report.page.evaluate("location.hash") == link
    assert "outubro" in report.text("#lines-title").lower()
