"""The filter over the platform's columns: set once, later only as long as the rows; what a person set in it stays."""

from collections.abc import Mapping, Sequence
from typing import Any

from nubank_assets.export.sheets.book import Tab
from nubank_assets.export.sheets.requests import Request, grid


def set_filter(sheet_id: int, rows: int, columns: int) -> Request:
    """A filter over the header and the rows below it."""
    return {"setBasicFilter": {"filter": {"range": grid(sheet_id, (0, rows), (0, columns))}}}


def clear_filter(sheet_id: int) -> Request:
    """No filter; rows that it hid are seen again."""
    return {"clearBasicFilter": {"sheetId": sheet_id}}


def renew_filter(tab: Tab, rows: int, columns: int, places: Sequence[int]) -> list[Request]:
    """The worksheet's filter over so many rows, with what the person set in it; `places`: where each column is now.

    Set even where it did not grow, so that Google hides and sorts by the new cells. A person who took the filter away,
    or put it somewhere else, has their way.
    """
    if tab.filter is None or not _is_over_ours(tab.filter["range"], columns):
        return []
    area = tab.filter["range"]
    ends = (max(rows, min(area.get("endRowIndex", rows), tab.rows)), _end(area, columns, places))
    renewed = {**tab.filter, "range": grid(tab.id, (0, ends[0]), (0, ends[1]))}
    if "criteria" in renewed:
        renewed["criteria"] = {str(_place(int(at), places)): one for at, one in renewed["criteria"].items()}
    for name, index in (("filterSpecs", "columnIndex"), ("sortSpecs", "dimensionIndex")):
        if name in renewed:
            renewed[name] = [{**spec, index: _place(spec.get(index, 0), places)} for spec in renewed[name]]
    return [{"setBasicFilter": {"filter": renewed}}]


def _is_over_ours(area: Mapping[str, Any], columns: int) -> bool:
    return not area.get("startRowIndex", 0) and area.get("startColumnIndex", 0) < columns


def _end(area: Mapping[str, Any], columns: int, places: Sequence[int]) -> int:
    """The column after the last that is filtered: a person may have put columns of theirs into the filter."""
    last = area.get("endColumnIndex", len(places)) - 1
    return max(columns, _place(last, places) + 1)


def _place(column: int, places: Sequence[int]) -> int:
    return places[column] if column < len(places) else column
