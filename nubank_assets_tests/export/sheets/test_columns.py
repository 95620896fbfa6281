"""Where columns are: the platform's come first and side by side, and none of a person's is written on or lost."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from nubank_assets.export.sheet import CellType
from nubank_assets.export.sheets.book import Note, Tab
from nubank_assets.export.sheets.columns import Arrangement, arrange
from nubank_assets.export.sheets.declared import Column, Declared
from nubank_assets.export.sheets.identity import LAYOUT_NOTE


def _sheet(*headers: str) -> Declared:
    return Declared("s", "S", tuple(Column(header, CellType.TEXT, 9) for header in headers), len(headers))


def _tab(width: int, before: Declared | None, protected: tuple[int, int] | None) -> Tab:
    notes = {LAYOUT_NOTE: Note(1, before.layout)} if before else {}
    area = {} if protected is None else {"startColumnIndex": protected[0], "endColumnIndex": protected[1]}
    return Tab(5, "S", 10, width, notes, protected={_sheet("a").id: area} if protected else {})


def _carried_out(columns: list[str], done: Arrangement) -> list[str]:
    """The columns after the requests, as Google carries them out."""
    columns = list(columns)
    for request in done.requests:
        if "moveDimension" in request:
            source, target = request["moveDimension"]["source"], request["moveDimension"]["destinationIndex"]
            moved = columns[source["startIndex"] : source["endIndex"]]
            assert not source["startIndex"] <= target <= source["endIndex"], "nothing would move"
            columns[source["startIndex"] : source["endIndex"]] = []
            at = target - len(moved) if target > source["startIndex"] else target
            columns[at:at] = moved
        else:
            area = request["insertDimension"]["range"]
            assert area["startIndex"] < len(columns) or request["insertDimension"]["inheritFromBefore"]
            columns[area["startIndex"] : area["startIndex"]] = ["new"] * (area["endIndex"] - area["startIndex"])
    return columns + ["new"] * (done.count - len(columns))


@given(
    st.integers(min_value=1, max_value=5),
    st.integers(min_value=1, max_value=7),
    st.lists(st.tuples(st.integers(min_value=0, max_value=8), st.sampled_from(["", "mine", "x"])), max_size=4),
    st.sets(st.integers(min_value=0, max_value=4)),
    st.booleans(),
    st.booleans(),
)
def test_whatever_a_person_did_to_the_columns_theirs_are_all_there(
    before: int,
    after: int,
    theirs: list[tuple[int, str]],
    deleted: set[int],
    has_renamed: bool,
    is_protected: bool,
) -> None:
    names = [f"old{number}" for number in range(before)]
    sheet, old = _sheet(*(f"old{number}" for number in range(after))), _sheet(*names)
    there = [(name, f"ours {name}") for number, name in enumerate(names) if number not in deleted]
    start, end = 0, len(there)
    for number, (place, name) in enumerate(theirs):
        # As Google lets a range grow and move.
        start, end = start + (place <= start), end + (place < end)
        there.insert(place, (name, f"theirs {number}"))
    if has_renamed and there:
        there[0] = ("renamed", there[0][1])
    tab = _tab(len(there), old, (start, end) if is_protected and end else None)
    header: list[Any] = [name for name, _ in there]
    content = [content for _, content in there]
    # A column of theirs in the very place of one of ours that they deleted looks as ours with another header.
    is_replaced = (start, end) == (0, before) and any(part.startswith("theirs") for part in content[:before])
    is_in_place = all(name == f"old{at}" for at, name in enumerate(header[:before]) if name.startswith("old"))
    assume(there and not (is_replaced and is_in_place))
    done = arrange(tab, sheet, header)
    result = _carried_out(content, done)
    assert len(result) == done.count
    assert sorted(part for part in result if part != "new") == sorted(content)
    assert [result[place] for place in done.places] == content
    if is_protected:
        written = result[: len(sheet.columns)]
        assert not [part for part in written if part.startswith("theirs")], (there, result)


def test_an_empty_worksheet_and_one_with_our_header_need_no_move() -> None:
    sheet = _sheet("a", "b", "c")
    assert arrange(_tab(26, None, None), sheet, []) == Arrangement(26, [], list(range(26)))
    assert arrange(_tab(2, None, None), sheet, []).count == 3
    found = arrange(_tab(26, None, None), sheet, ["a", "b", "c"])
    assert (found.count, list(found.requests)) == (26, [])


def test_new_columns_of_ours_push_those_of_the_person() -> None:
    sheet = _sheet("a", "b", "c", "d")
    # Our first two columns, and one of the person that is called as another of ours.
    found = arrange(_tab(4, None, None), sheet, ["a", "b", "d"])
    assert _carried_out(["a", "b", "their d", ""], found) == ["a", "b", "new", "new", "their d", ""]
    assert not found.moved


def test_columns_that_are_no_longer_ours_are_freed() -> None:
    found = arrange(_tab(5, _sheet("a", "b", "c"), (0, 3)), _sheet("a"), ["a", "b", "c"])
    assert (found.freed, found.count, found.requests) == ((1, 3), 5, [])


def test_a_column_between_ours_moves_to_the_right_and_it_is_said() -> None:
    sheet = _sheet("a", "b")
    found = arrange(_tab(4, sheet, (0, 4)), sheet, ["mine", "a", "other", "b"])
    assert _carried_out(["mine", "a", "other", "b"], found) == ["a", "b", "mine", "other"]
    assert found.moved


def test_a_header_that_the_person_wrote_over_is_still_that_of_our_column() -> None:
    sheet = _sheet("a", "b", "c")
    found = arrange(_tab(5, sheet, (0, 3)), sheet, ["a", "meu b", "c", "mine"])
    assert (list(found.requests), found.count, found.moved) == ([], 5, False)
