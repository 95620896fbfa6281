"""The report in Data Studio: its data sources, its elements, the link that makes it, the guide for making it by hand.

Google offers no way to make a report by itself: a link (the Linking API) copies a template with the person's own
worksheets, or opens an empty report. No element needs a calculated field. The words are in ``sentences.py``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.vocabulary import Category
from nubank_assets.export.chart_sheets import BY_CATEGORY, BY_MONTH, CARD_USE, CURRENT_BALANCE
from nubank_assets.export.drawing import BAND, EXPENSE_COLOR, INCOME_COLOR
from nubank_assets.export.labels import label, sentence
from nubank_assets.export.originals import EXPENSES, INCOME
from nubank_assets.export.rows import headers_of, title_of
from nubank_assets.export.sheet import CellType, Worksheet

#: The data sources by the aliases that a template must give them (Resource > Manage added data sources).
SOURCES: Final[Mapping[str, Worksheet]] = {
    "saldo": CURRENT_BALANCE,
    "receitas": INCOME,
    "despesas": EXPENSES,
    "cartao": CARD_USE,
    "categorias": BY_CATEGORY,
    "meses": BY_MONTH,
}


@dataclass(frozen=True)
class Element:
    """One chart of the report: its title, its kind, its data source, and which columns of it are what.

    `date` is the date range dimension; without one the element shows the same whatever dates are chosen. `sorted_by`
    is a column, and whether the largest is first. `colors` are those of the metrics. `most` is how many bars are shown,
    of which Google shows ten.
    """

    title: str
    kind: str
    source: str
    metrics: tuple[int, ...]
    date: int | None = 0
    dimension: int | None = None
    sorted_by: tuple[int, bool] | None = None
    colors: tuple[str, ...] = ()
    most: int | None = None


#: From left to right and from top to bottom; the date range control stands at the top right.
ELEMENTS: Final = (
    Element("card.balance", "scorecard", "saldo", (1,), date=None),
    Element("card.income", "scorecard", "receitas", (2,)),
    Element("card.expenses", "scorecard", "despesas", (2,)),
    Element("card.card", "scorecard", "cartao", (1,)),
    Element("chart.card_use", "line", "cartao", (1,), dimension=0, sorted_by=(0, False), colors=(EXPENSE_COLOR,)),
    Element("chart.categories", "bars", "categorias", (2,), 0, 1, (2, True), (EXPENSE_COLOR,), len(Category)),
    Element("chart.months", "columns", "meses", (1, 2), 0, 0, (0, False), (INCOME_COLOR, EXPENSE_COLOR), 24),
)


def report_link(
    base_url: str, template_id: str, spreadsheet_key: str, sheet_ids: Mapping[str, int], locale: str
) -> str:
    """The link that opens the report, to be saved there: a copy of the template with these worksheets, or an empty one.

    `sheet_ids` are the ids of the worksheets by their declared titles; an empty report needs none. Without a template
    Google takes one data source at most, and fills the report with charts of its own choice: so none is named then.
    Raises InputError when a worksheet of the template has no id: it was not published yet.
    """
    name = {"r.reportName": sentence("report_name", locale)}
    if not template_id:
        return f"{base_url}/reporting/create?{urlencode({'c.mode': 'edit', **name})}"
    parameters = {"c.reportId": template_id, **name}
    for alias, sheet in SOURCES.items():
        if sheet.title not in sheet_ids:
            raise InputError(sentence("report_not_published", locale, sheet=title_of(sheet, locale)))
        source = {
            "connector": "googleSheets",
            "datasourceName": title_of(sheet, locale),
            "spreadsheetId": spreadsheet_key,
            "worksheetId": sheet_ids[sheet.title],
            "hasHeader": "true",
            "refreshFields": "false",
        }
        parameters |= {f"ds.{alias}.{parameter}": str(value) for parameter, value in source.items()}
    return f"{base_url}/reporting/create?{urlencode(parameters)}"


def find_sheet_ids(structure: Mapping[str, Any], locale: str) -> dict[str, int]:
    """The ids of the published worksheets by their declared titles; `structure` is Google's word on the spreadsheet."""
    from nubank_assets.export.sheets.book import read_book
    from nubank_assets.export.sheets.declared import declared
    from nubank_assets.export.sheets.locating import find_known

    known = find_known(read_book(structure), [declared(sheet, locale) for sheet in SOURCES.values()])
    return {name: tab.id for name, tab in known.items()}


def report_guide(locale: str) -> str:
    """How to make the report by hand, click by click, in the words of Google's own page in this language."""
    names = [f"   - {title_of(sheet, locale)}" for sheet in SOURCES.values()]
    steps = [_step(element, locale) for element in ELEMENTS]
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 3)]
    balance = headers_of(CURRENT_BALANCE, locale)[0]
    last = len(numbered) + 3
    return "\n".join(
        [
            sentence("report_guide_begin", locale, first=BAND[0], last=BAND[1]),
            sentence("report_guide_sources", locale),
            *names,
            sentence("report_guide_balance", locale, sheet=title_of(CURRENT_BALANCE, locale), day=balance),
            *numbered,
            sentence("report_guide_end", locale, number=last),
        ]
    )


def _step(element: Element, locale: str) -> str:
    """One element: where to click, and what each field gets."""
    sheet = SOURCES[element.source]
    headers, title = headers_of(sheet, locale), label(element.title, locale)
    kind = sentence(f"report_kind_{element.kind}", locale)
    date = headers[element.date] if element.date is not None else sentence("report_no_date", locale)
    parts = [sentence("report_step", locale, title=title, kind=kind, sheet=title_of(sheet, locale), date=date)]
    if element.dimension is not None:
        is_month = sheet.columns[element.dimension].type is CellType.MONTH
        key = "report_month" if is_month else "report_dimension"
        parts.append(sentence(key, locale, column=headers[element.dimension]))
    sums = [sentence("report_sum", locale, column=headers[column]) for column in element.metrics]
    parts.append(sentence("report_metric", locale, metrics=", ".join(sums)))
    if element.kind == "scorecard" and headers[element.metrics[0]] != title:
        parts.append(sentence("report_renamed", locale, title=title))
    return "\n   ".join([*parts, *_looks(element, headers, locale)])


def _looks(element: Element, headers: Sequence[str], locale: str) -> Iterator[str]:
    """Its order, its colours and how much of it is shown."""
    if element.sorted_by:
        column, is_descending = element.sorted_by
        way = sentence("report_descending" if is_descending else "report_ascending", locale)
        yield sentence("report_sort", locale, column=headers[column], way=way)
    if element.colors:
        named = zip(element.metrics, element.colors, strict=True)
        yield sentence("report_colors", locale, colors=", ".join(f"{headers[n]} {color}" for n, color in named))
    if element.most:
        yield sentence("report_most", locale, most=element.most)
