"""Requests about what lies on worksheets: filters, protected ranges, charts, rules of formats."""

from collections.abc import Iterator
from typing import Any

from nubank_assets_tests.fakes.sheets.book import Book, Json, Sheet
from nubank_assets_tests.fakes.sheets.changes import handles
from nubank_assets_tests.fakes.sheets.errors import invalid
from nubank_assets_tests.fakes.sheets.masks import merged, parse_mask
from nubank_assets_tests.fakes.sheets.protection import OWNER, check_editable
from nubank_assets_tests.fakes.sheets.ranges import area_of_grid


@handles("setBasicFilter")
def set_basic_filter(book: Book, request: Json, email: str) -> None:
    area = area_of_grid(book, request["filter"]["range"])
    area.sheet.basic_filter = request["filter"]


@handles("clearBasicFilter")
def clear_basic_filter(book: Book, request: Json, email: str) -> None:
    book.by_id(request.get("sheetId", 0)).basic_filter = None


@handles("addProtectedRange")
def add_protected_range(book: Book, request: Json, email: str) -> Json:
    new = dict(request["protectedRange"])
    area = area_of_grid(book, new["range"])
    taken = [one["protectedRangeId"] for sheet in book.sheets for one in sheet.protected]
    new.setdefault("protectedRangeId", book.new_id(taken))
    if new["protectedRangeId"] in taken:
        raise invalid(f"A protected range with id {new['protectedRangeId']} already exists.")
    area.sheet.protected.append(_with_editors(new, email))
    return {"addProtectedRange": {"protectedRange": area.sheet.protected[-1]}}


@handles("updateProtectedRange")
def update_protected_range(book: Book, request: Json, email: str) -> None:
    new = request["protectedRange"]
    sheet, old = _protected(book, new.get("protectedRangeId"))
    check_editable(book, area_of_grid(book, old["range"]), email)
    changed = merged(old, new, parse_mask(request["fields"]))
    sheet.protected.remove(old)
    area = area_of_grid(book, changed["range"])
    area.sheet.protected.append(_with_editors(changed, email))


@handles("deleteProtectedRange")
def delete_protected_range(book: Book, request: Json, email: str) -> None:
    sheet, old = _protected(book, request["protectedRangeId"])
    check_editable(book, area_of_grid(book, old["range"]), email)
    sheet.protected.remove(old)


def _with_editors(protected: Json, email: str) -> Json:
    """Who protects something may still edit it, as may the owner; where it only warns, there is no list."""
    if protected.get("warningOnly"):
        return {name: value for name, value in protected.items() if name != "editors"}
    editors = protected.get("editors", {})
    users = list(dict.fromkeys([*editors.get("users", []), email, OWNER]))
    return {**protected, "editors": {**editors, "users": users}}


def _protected(book: Book, wanted: int | None) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for one in sheet.protected:
            if one["protectedRangeId"] == wanted:
                return sheet, one
    raise invalid(f"No protected range with id: {wanted}")


@handles("addChart")
def add_chart(book: Book, request: Json, email: str) -> Json:
    chart = dict(request["chart"])
    taken = [one["chartId"] for one in book.charts]
    chart.setdefault("chartId", book.new_id(taken))
    if chart["chartId"] in taken:
        raise invalid(f"A chart with id {chart['chartId']} already exists.")
    _check_spec(book, chart["spec"])
    _anchor(book, chart.get("position", {})).charts.append(chart)
    return {"addChart": {"chart": chart}}


@handles("updateChartSpec")
def update_chart_spec(book: Book, request: Json, email: str) -> None:
    _check_spec(book, request["spec"])
    sheet, old = _chart(book, request["chartId"])
    sheet.charts[sheet.charts.index(old)] = {**old, "spec": request["spec"]}


@handles("updateEmbeddedObjectPosition")
def update_position(book: Book, request: Json, email: str) -> Json:
    sheet, old = _chart(book, request["objectId"])
    # The mask of this one is about the overlay.
    mask, new = parse_mask(request["fields"]), request["newPosition"].get("overlayPosition", {})
    position = {"overlayPosition": merged(old["position"]["overlayPosition"], new, mask)}
    sheet.charts.remove(old)
    _anchor(book, position).charts.append({**old, "position": position})
    return {"updateEmbeddedObjectPosition": {"position": position}}


@handles("deleteEmbeddedObject")
def delete_embedded_object(book: Book, request: Json, email: str) -> None:
    sheet, old = _chart(book, request["objectId"])
    sheet.charts.remove(old)


def _chart(book: Book, wanted: int) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for chart in sheet.charts:
            if chart["chartId"] == wanted:
                return sheet, chart
    raise invalid(f"No chart with id: {wanted}")


def _anchor(book: Book, position: Json) -> Sheet:
    if "overlayPosition" not in position:
        raise invalid("the fake knows charts only over cells (overlayPosition)")
    cell = position["overlayPosition"].get("anchorCell", {})
    sheet = book.by_id(cell.get("sheetId", 0))
    if cell.get("rowIndex", 0) >= sheet.row_count or cell.get("columnIndex", 0) >= sheet.column_count:
        raise invalid("The anchor cell is not in the grid.")
    return sheet


def _check_spec(book: Book, spec: Json) -> None:
    """One kind of chart, over ranges that there are, each one row or one column."""
    kinds = [name for name in spec if name.endswith("Chart")]
    if len(kinds) != 1:
        raise invalid("A chart must be of exactly one kind.")
    for grid in _sources(spec):
        area = area_of_grid(book, grid)
        if 1 not in (area.bottom - area.top, area.right - area.left):
            raise invalid("Each source of a chart must be one row or one column.")


def _sources(value: Any) -> Iterator[Json]:
    if isinstance(value, list):
        for inner in value:
            yield from _sources(inner)
    elif isinstance(value, dict):
        yield from value.get("sourceRange", {}).get("sources", [])
        for inner in value.values():
            yield from _sources(inner)


@handles("addConditionalFormatRule")
def add_rule(book: Book, request: Json, email: str) -> None:
    sheet = _ruled(book, request["rule"])
    sheet.rules.insert(request.get("index", 0), request["rule"])


@handles("updateConditionalFormatRule")
def update_rule(book: Book, request: Json, email: str) -> None:
    sheet = _ruled(book, request["rule"]) if "rule" in request else book.by_id(request.get("sheetId", 0))
    index = int(request.get("index", 0))
    _check_rule(sheet, index)
    rule = sheet.rules.pop(index)
    sheet.rules.insert(int(request.get("newIndex", index)), request.get("rule", rule))


@handles("deleteConditionalFormatRule")
def delete_rule(book: Book, request: Json, email: str) -> None:
    sheet = book.by_id(request.get("sheetId", 0))
    _check_rule(sheet, request.get("index", 0))
    sheet.rules.pop(request.get("index", 0))


def _ruled(book: Book, rule: Json) -> Sheet:
    areas = [area_of_grid(book, grid) for grid in rule.get("ranges", [])]
    if len({area.sheet.id for area in areas}) != 1:
        raise invalid("A rule must have ranges, all of one sheet.")
    if len({"booleanRule", "gradientRule"} & set(rule)) != 1:
        raise invalid("A rule must be of exactly one kind.")
    return areas[0].sheet


def _check_rule(sheet: Sheet, index: int) -> None:
    if not 0 <= index < len(sheet.rules):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
