"""The page in a browser: it asks nobody, may do nothing, and can be used by anyone, anywhere, on paper too."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from nubank_assets_tests.dashboard.conftest import Opener
from nubank_assets_tests.dashboard.reading import OpenPage, money

_PHONE = {"width": 360, "height": 740}
_WIDTHS = "[document.documentElement.scrollWidth, innerWidth]"
#: Whatever can be pressed, and is smaller than a finger, by its text and size.
_SMALL = """() => [...document.querySelectorAll("button, summary, select, input, a:not(.skip)")]
    .filter(one => one.checkVisibility() && !one.closest("fieldset"))
    .map(one => [one.id || one.textContent, one.getBoundingClientRect().height])
    .filter(([, height]) => height < 44)"""


def _violations(page: OpenPage) -> list[Any]:
    found = Axe().run(page.page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["target"], rule["nodes"][0]["failureSummary"]) for rule in found]


@pytest.mark.parametrize(
    "context", [{}, {"color_scheme": "dark"}, {"viewport": _PHONE, "has_touch": True}], ids=["light", "dark", "phone"]
)
def test_it_is_accessible_with_and_without_the_dialog(open_page: Opener, context: dict[str, Any]) -> None:
    report = open_page(reduced_motion="reduce", **context)
    report.show("date", "2026-10-01", "2026-11-30")
    report.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert _violations(report) == []
    report.page.locator("#card-expenses button").click()
    assert _violations(report) == []


def test_the_policy_stops_whatever_is_not_the_pages_own(open_page: Opener) -> None:
    report = open_page()
    done = report.page.evaluate(
        """() => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", event => refused.push(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.broken = true";
            document.body.append(script);
            const style = document.createElement("div");
            style.setAttribute("style", "color: red");
            document.body.innerHTML += "<img src=https://example.invalid/x><p onclick='1'>";
            fetch("https://example.invalid").catch(() => {});
            setTimeout("window.broken = true");
            return new Promise(done => setTimeout(() => done([window.broken, [...new Set(refused)].sort()]), 200));
        }"""
    )
    stopped = ["connect-src", "img-src", "script-src", "script-src-attr", "script-src-elem", "style-src-attr"]
    assert done == [None, stopped]
    assert len(report.complaints) >= len(stopped)
    report.complaints.clear()
    report.asked.clear()


@pytest.mark.parametrize("path", ["page_path", "page_in_english"])
def test_nothing_is_wider_than_a_phone_and_everything_is_as_large_as_a_finger(
    open_page: Opener, path: str, request: pytest.FixtureRequest
) -> None:
    report = open_page(request.getfixturevalue(path), viewport=_PHONE, has_touch=True, is_mobile=True)
    for basis in ("date", "bill"):
        report.show(basis, "2026-09-01", "2026-11-30")
        report.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        assert report.page.evaluate(_WIDTHS) == [360, 360]
        assert report.page.evaluate(_SMALL) == []
    report.page.locator("#card-expenses button").click()
    assert report.page.evaluate("document.querySelector('#lines').scrollWidth") <= 360
    assert report.page.evaluate(_WIDTHS) == [360, 360]


def test_everything_can_be_done_with_the_keyboard(open_page: Opener) -> None:
    report = open_page()
    keyboard, focus = report.page.keyboard, "document.activeElement.id || document.activeElement.textContent.trim()"
    keyboard.press("Tab")
    assert report.page.evaluate(focus) == "Ir para o conteúdo"
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    reached = []
    for _ in range(40):
        keyboard.press("Tab")
        reached.append(report.page.evaluate(focus))
        assert (
            report.page.evaluate(outline) == "solid" or report.page.evaluate("document.activeElement.type") == "radio"
        )
        if reached[-1] == "Mês passado":
            break
    assert {"from-day", "to-day", "Mês atual"} <= set(reached)
    keyboard.press("Enter")
    assert report.text("#period") == "Outubro de 2026"
    said = report.page.locator("#announcement").text_content() or ""
    assert said.startswith("outubro de 2026: saldo R$")
    assert report.text("#card-income .amount") in said.replace("\xa0", " ")
    report.page.locator("#card-expenses button").focus()
    keyboard.press("Enter")
    assert report.page.evaluate(focus) == "lines-title"
    inside = (
        "document.querySelector('#lines').contains(document.activeElement) || document.activeElement === document.body"
    )
    for _ in range(6):
        keyboard.press("Tab")
        assert report.page.evaluate(inside)
    keyboard.press("Escape")
    assert report.page.evaluate("document.activeElement.dataset.view") == "expenses"


def test_dates_that_are_typed_filter(open_page: Opener) -> None:
    report = open_page()
    report.page.locator("#from-day").fill("2026-10-03")
    report.page.locator("#to-day").fill("2026-10-09")
    assert report.text("#period") == "03/10/2026 a 09/10/2026"
    report.page.get_by_label("Por fatura").check()
    assert report.text("#period") == "Outubro de 2026"
    report.page.locator("#from-month").select_option("2026-09")
    assert report.text("#period") == "Set/2026 a out/2026"
    report.page.locator("#from-month").select_option("2026-11")
    assert report.text("#period") == "Novembro de 2026"


def test_without_javascript_it_shows_the_newest_month_that_is_over(open_page: Opener) -> None:
    report = open_page(java_script_enabled=False)
    with_script = open_page()
    with_script.show("date", "2026-10-01", "2026-10-31")
    assert "outubro de 2026, o mês encerrado mais novo" in report.text("noscript p")
    for selector in ("#period", "#basis-says", "#compared-with", "#limits", "#notes"):
        assert report.text(selector) == with_script.text(selector)
    for name in ("balance", "income", "expenses", "card"):
        parts = ("amount", "change", "before")
        texts = [[page.text(f"#card-{name} .{part}") for part in parts] for page in (report, with_script)]
        assert texts[0] == texts[1]
        assert money(texts[0][0])
    with_script.page.locator("#panel-categories summary").click()
    for table in ("table-categories", "comparison"):
        rows = [page.page.locator(f"#{table} tbody tr").all_inner_texts() for page in (report, with_script)]
        assert [row.replace("\n", "").split() for row in rows[0]] == [row.replace("\n", "").split() for row in rows[1]]
        assert len(rows[0]) > 5
    for hidden in ("#controls", "#search", "#panel-usage", "#chart-categories"):
        assert not report.page.locator(hidden).is_visible()
    assert report.page.locator("#panel-parcels tbody tr").count() > 5


def test_on_paper_it_is_light_with_all_charts_and_no_controls(open_page: Opener, tmp_path: Path) -> None:
    report = open_page(color_scheme="dark")
    report.page.emulate_media(media="print")
    assert report.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for chart in ("usage", "categories", "months", "balances", "parcels"):
        texts = report.page.locator(f"#chart-{chart} svg text").evaluate_all(
            "all => all.map(one => one.getAttribute('fill'))"
        )
        assert texts
        assert set(texts) <= {"#1d1326", "#5d5270"}, chart
        place, drawing = (report.page.locator(f"#chart-{chart}{part}").bounding_box() for part in ("", " svg"))
        assert place
        assert drawing
        assert drawing["width"] <= 700
        assert drawing["height"] <= place["height"]
    for hidden in ("#controls", "#search", ".skip"):
        assert not report.page.locator(hidden).is_visible()
    report.page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert (tmp_path / "page.pdf").stat().st_size > 20_000
    report.page.emulate_media(media="screen")
    expect(report.page.locator("#chart-usage svg text").first).to_have_attribute("fill", "#bbafc9")


def test_charts_stand_still_for_those_who_ask(open_page: Opener) -> None:
    animated = "echarts.getInstanceByDom(document.getElementById('chart-usage')).getOption().animation"
    assert open_page(reduced_motion="reduce").page.evaluate(animated) is False
    assert open_page(reduced_motion="no-preference").page.evaluate(animated) is True


def test_pointing_at_a_chart_says_the_amounts(open_page: Opener) -> None:
    report = open_page()
    report.show("date", "2026-10-01", "2026-10-31")
    chart = report.page.locator("#chart-months")
    chart.scroll_into_view_if_needed()
    chart.hover()
    income, expenses = report.text("#card-income .amount"), report.text("#card-expenses .amount")
    expect(chart.locator(".tip")).to_be_visible()
    said = chart.locator(".tip").inner_text().replace("\xa0", " ").split("\n")
    assert "".join(said) == f"outubro de 2026Receitas{income}Despesas{expenses}"
    # Before the savings were known, only the other account has something to say.
    report.show("date", "2026-09-01", "2026-09-30")
    balances = report.page.locator("#chart-balances")
    balances.hover(position={"x": 100, "y": 120})
    expect(balances.locator(".tip")).to_contain_text("account")
    assert "reserva" not in balances.locator(".tip").inner_text()


def test_charts_say_what_they_show(open_page: Opener) -> None:
    report = open_page()
    report.show("date", "2026-10-01", "2026-10-31")
    total = report.text("#card-expenses .amount")
    said = (report.page.locator("#chart-categories").get_attribute("aria-label") or "").replace("\xa0", " ")
    assert said == f"Gráfico: Despesas por categoria, outubro de 2026. Total: {total}."


def test_it_speaks_english(open_page: Opener, page_in_english: Path) -> None:
    report = open_page(page_in_english, locale="en-US")
    report.show("date", "2026-10-01", "2026-10-31")
    assert report.page.locator("html").get_attribute("lang") == "en"
    assert report.text("h1") == "Nubank Account Report"
    assert report.text("#period") == "October 2026"
    assert report.text("#card-balance .detail") == "on Oct 31, 2026"
    assert report.text("#card-income .amount").startswith("R$11,")
    assert "groceries" in [row[0] for row in report.rows("table-categories")]
    without = open_page(page_in_english, java_script_enabled=False)
    for selector in ("#period", "#card-income .amount", "#card-income .change", "#card-balance .detail", "#limits"):
        assert without.text(selector) == report.text(selector)


def test_the_colours_are_the_originals(open_page: Opener) -> None:
    report = open_page()
    banner = report.page.locator(".banner").evaluate("one => getComputedStyle(one).backgroundImage")
    assert banner == "linear-gradient(90deg, rgb(131, 11, 207), rgb(97, 22, 125))"
    colours = report.page.evaluate(
        """() => echarts.getInstanceByDom(document.getElementById("chart-months")).getOption().series
            .map(one => [one.name, one.itemStyle.color])"""
    )
    assert colours == [["Receitas", "#cc93d8"], ["Despesas", "#6a1b9a"]]
