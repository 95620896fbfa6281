"""Reading the page as a person and a browser see it: texts, tables, what the charts draw, what went wrong."""

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_DRAWN = """id => echarts.getInstanceByDom(document.getElementById(id)).getOption().series
    .map(series => series.data.map(point => point?.value ?? point))"""
_FOLLOW = """hash => new Promise(done => {
    if (location.hash === hash) return done();
    addEventListener("hashchange", () => done(), { once: true });
    location.hash = hash;
})"""
_ROWS = """id => [...document.getElementById(id).tBodies[0].rows]
    .map(row => [...row.cells].map(cell => cell.textContent.trim()))"""


def money(text: str) -> Decimal:
    """``R$ 1.234,56`` or ``R$1,234.56``, with its sign, as a number."""
    sign = -1 if re.match(r"\s*-", text) else 1
    digits = re.sub(r"[^\d]", "", text)
    return sign * Decimal(digits).scaleb(-2)


class OpenPage:
    """The page in a browser of its own, which writes down what the page asks for and complains of."""

    def __init__(self, browser: "Browser", path: Path, **context: Any) -> None:
        self.path = path
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "pt-BR", **context})
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def show(self, basis: str, first: str, last: str, view: str = "") -> None:
        """Follow a link to a period, and to the lines of a view."""
        self.follow(f"from={first}&to={last}&basis={basis}" + (f"&view={view}" if view else ""))

    def follow(self, link: str) -> None:
        """Follow a link inside the page, until the page has done so."""
        self.page.evaluate(_FOLLOW, f"#{link}")

    def text(self, selector: str) -> str:
        """The text of an element, without no-break spaces."""
        return self.page.locator(selector).inner_text().replace("\xa0", " ")

    def amount(self, selector: str) -> Decimal:
        """The money that an element says."""
        return money(self.text(selector))

    def rows(self, table: str) -> list[list[str]]:
        """The texts of a table's body."""
        rows: list[list[str]] = self.page.evaluate(_ROWS, table)
        return [[text.replace("\xa0", " ") for text in row] for row in rows]

    def drawn(self, chart: str) -> list[list[int]]:
        """The values of each series that a chart draws, in centavos."""
        series: list[list[int]] = self.page.evaluate(_DRAWN, f"chart-{chart}")
        return series

    def close(self) -> None:
        """Close it; it asked for nothing but itself, and complained of nothing."""
        self.context.close()
        assert [url for url in self.asked if url.partition("#")[0] != self.path.as_uri()] == []
        assert self.complaints == []
