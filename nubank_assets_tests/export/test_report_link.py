"""The report in Data Studio: a link that names what there is, and a guide that speaks of nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.export.labels import label
from nubank_assets.export.report_link import ELEMENTS, SOURCES, find_sheet_ids, report_guide, report_link
from nubank_assets.export.rows import headers_of, title_of
from nubank_assets.export.sheet import CellType
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets.settings import Settings
from nubank_assets_tests.export.household import household
from nubank_assets_tests.export.sheets.home import Home
from nubank_assets_tests.fakes.sheets import sheets_server

BASE = Settings().report_url
IDS = {sheet.title: number for number, sheet in enumerate(SOURCES.values(), 100)}
DOCUMENT = (Path(__file__).parents[2] / "docs" / "data-studio.md").read_text(encoding="utf-8")
#: What the guide calls the fields that name a column, in both languages.
SOURCE = {"pt-BR": "Fonte de dados", "en": "Data source"}
FIELDS = {
    "pt-BR": ("Dimensão do período", "Dimensão", "Métrica", "Classificar"),
    "en": ("Date range dimension", "Dimension", "Metric", "Sort"),
}


def parameters(link: str) -> dict[str, str]:
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{BASE}/reporting/create"
    asked = parse_qs(parts.query, strict_parsing=True)
    assert all(len(values) == 1 for values in asked.values())
    return {name: values[0] for name, values in asked.items()}


@pytest.mark.parametrize("locale", ["pt-BR", "en"])
def test_the_link_of_a_template_names_every_data_source_by_its_alias(locale: str) -> None:
    asked = parameters(report_link(BASE, "0B_U5", "1a-b_c", IDS, locale))
    assert asked.pop("c.reportId") == "0B_U5"
    assert asked.pop("r.reportName") == {"pt-BR": "Relatório Conta Nubank", "en": "Nubank account report"}[locale]
    for alias, sheet in SOURCES.items():
        found = {name: asked.pop(f"ds.{alias}.{name}") for name in ("connector", "spreadsheetId", "worksheetId")}
        assert found == {"connector": "googleSheets", "spreadsheetId": "1a-b_c", "worksheetId": str(IDS[sheet.title])}
        assert asked.pop(f"ds.{alias}.datasourceName") == title_of(sheet, locale)
        assert (asked.pop(f"ds.{alias}.hasHeader"), asked.pop(f"ds.{alias}.refreshFields")) == ("true", "false")
    assert asked == {}


def test_without_a_template_the_report_is_blank_and_open_for_editing() -> None:
    # With data sources and no template Google opens its own default report, over one of them.
    assert parameters(report_link(BASE, "", "1a", {}, "en")) == {
        "c.mode": "edit",
        "r.reportName": "Nubank account report",
    }


def test_a_worksheet_that_is_not_published_is_named() -> None:
    some = {name: number for name, number in IDS.items() if name != "sheet.card_use"}
    with pytest.raises(InputError, match="aba Uso do cartão; ponha `sheets` em NUBANK_DESTINATIONS"):
        report_link(BASE, "0B", "1a", some, "pt-BR")


def test_the_ids_are_those_of_the_spreadsheet_whatever_a_person_calls_its_worksheets(tmp_path: Path) -> None:
    with sheets_server() as google:
        home = Home(google, google.new_spreadsheet())
        assert find_sheet_ids(home.open().structure(), "pt-BR") == {}
        done = home.publish(household(tmp_path))
        renamed = {"sheetId": done.ids["sheet.card_use"], "title": "Meu cartão"}
        home.do(updateSheetProperties={"properties": renamed, "fields": "title"})
        found = find_sheet_ids(home.open().structure(), "pt-BR")
        assert found == {sheet.title: done.ids[sheet.title] for sheet in SOURCES.values()}


def test_data_sources_have_their_headers_in_the_first_row_each_once() -> None:
    for sheet in SOURCES.values():
        assert sheet in WORKSHEETS
        assert sheet.intro is None
        for locale in ("pt-BR", "en"):
            headers = headers_of(sheet, locale)
            assert len(set(headers)) == len(headers)
    assert {element.source for element in ELEMENTS} == set(SOURCES)


def test_elements_sum_amounts_over_dates() -> None:
    days = (CellType.DATE, CellType.MONTH)
    for element in ELEMENTS:
        columns = SOURCES[element.source].columns
        assert all(columns[metric].type is CellType.MONEY for metric in element.metrics)
        assert element.date is None or columns[element.date].type in days
        assert element.sorted_by is None or element.sorted_by[0] in (element.dimension, *element.metrics)
    assert [element.kind for element in ELEMENTS] == ["scorecard"] * 4 + ["line", "bars", "columns"]


def named_columns(guide: str, locale: str) -> Iterator[tuple[str, str]]:
    """The worksheet and the column of each field that the guide fills in."""
    sheet = ""
    for line in guide.splitlines():
        field, _, value = line.strip().partition(": ")
        if field == SOURCE[locale]:
            sheet = value
        elif field in FIELDS[locale]:
            columns = value.split(", ") if field in ("Métrica", "Metric") else [value.partition(",")[0]]
            yield from ((sheet, column.partition(" (")[0]) for column in columns)


@pytest.mark.parametrize("locale", ["pt-BR", "en"])
def test_every_worksheet_and_column_that_the_guide_names_is_declared(locale: str) -> None:
    declared = {(title_of(sheet, locale), header) for sheet in WORKSHEETS for header in headers_of(sheet, locale)}
    named = set(named_columns(report_guide(locale), locale))
    assert len(named) >= 11
    undeclared = {column for _, column in named - declared}
    assert undeclared == {"nenhuma" if locale == "pt-BR" else "none"}
    listed = re.findall(r"^   - (.+)$", report_guide(locale), re.MULTILINE)
    assert listed == [title_of(sheet, locale) for sheet in SOURCES.values()]


def test_the_document_names_the_same_sources_and_elements() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in DOCUMENT.splitlines() if "|" in line]
    sources = {row[0].strip("`"): row for row in rows if row[0].strip("`") in SOURCES}
    assert list(sources) == list(SOURCES)
    for alias, sheet in SOURCES.items():
        _, title, columns = sources[alias]
        assert title == " / ".join(dict.fromkeys(title_of(sheet, locale) for locale in ("pt-BR", "en")))
        named = re.findall(r"`([^`]+)`", columns)
        assert named == headers_of(sheet, "en")[: len(named)] != []
    elements = [row for row in rows if len(row) == 8 and row[2].strip("`") in SOURCES]
    for row, element in zip(elements, ELEMENTS, strict=True):
        headers = headers_of(SOURCES[element.source], "en")
        dimension = "" if element.dimension is None else headers[element.dimension]
        assert row[0] == label(element.title, "en")
        assert row[2] == f"`{element.source}`"
        assert row[3] == ("none" if element.date is None else headers[element.date])
        assert row[4].partition(",")[0] == dimension
        assert row[5] == ", ".join(headers[metric] for metric in element.metrics)
        assert re.findall(r"#\w+", row[7]) == list(element.colors)
