"""Requests about developer metadata: what a program notes on a spreadsheet, a worksheet, rows or columns."""

from nubank_assets_tests.fakes.sheets.book import Book, Json
from nubank_assets_tests.fakes.sheets.changes import handles
from nubank_assets_tests.fakes.sheets.errors import invalid
from nubank_assets_tests.fakes.sheets.masks import merged, parse_mask

#: Of all keys and values of one place together.
MOST_CHARACTERS = 30_000


@handles("createDeveloperMetadata")
def create(book: Book, request: Json, email: str) -> Json:
    new = dict(request["developerMetadata"])
    taken = [one["metadataId"] for one in _all(book)]
    new.setdefault("metadataId", book.new_id(taken))
    if new["metadataId"] in taken:
        raise invalid(f"Developer metadata with id {new['metadataId']} already exists.")
    if not new.get("metadataKey") or new.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Developer metadata must have a key and a visibility.")
    _place(book, new)
    return {"createDeveloperMetadata": {"developerMetadata": new}}


@handles("updateDeveloperMetadata")
def update(book: Book, request: Json, email: str) -> Json:
    mask, found = parse_mask(request["fields"]), _found(book, request["dataFilters"])
    if not found:
        raise invalid("No developer metadata matches.")
    changed = []
    for one in found:
        _remove(book, one)
        changed.append(merged(one, request["developerMetadata"], mask))
        _place(book, changed[-1])
    return {"updateDeveloperMetadata": {"developerMetadata": changed}}


@handles("deleteDeveloperMetadata")
def delete(book: Book, request: Json, email: str) -> Json:
    found = _found(book, [request["dataFilter"]])
    for one in found:
        _remove(book, one)
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": found} if found else {}}


def _all(book: Book) -> list[Json]:
    return [*book.metadata, *(one for sheet in book.sheets for one in sheet.metadata)]


def _place(book: Book, new: Json) -> None:
    location = {name: value for name, value in new.get("location", {}).items() if name != "locationType"}
    if len(location) != 1:
        raise invalid("Developer metadata must have exactly one location.")
    (kind, at), *_ = location.items()
    if kind == "spreadsheet":
        place, name = book.metadata, "SPREADSHEET"
    elif kind == "sheetId":
        place, name = book.by_id(at).metadata, "SHEET"
    else:
        place, name = book.by_id(at.get("sheetId", 0)).metadata, at["dimension"].removesuffix("S")
    place.append({**new, "location": {"locationType": name, **location}})
    if sum(len(one["metadataKey"]) + len(one.get("metadataValue", "")) for one in place) > MOST_CHARACTERS:
        raise invalid(f"Developer metadata exceeds the limit of {MOST_CHARACTERS} characters.")
    new["location"] = place[-1]["location"]


def _remove(book: Book, one: Json) -> None:
    for place in (book.metadata, *(sheet.metadata for sheet in book.sheets)):
        if one in place:
            place.remove(one)


def _found(book: Book, filters: list[Json]) -> list[Json]:
    lookups = [one.get("developerMetadataLookup") for one in filters]
    if not lookups or not all(lookups):
        raise invalid("the fake finds developer metadata only by developerMetadataLookup")
    return [one for one in _all(book) if any(_matches(one, lookup) for lookup in lookups if lookup)]


def _matches(one: Json, lookup: Json) -> bool:
    own = ("metadataId", "metadataKey", "metadataValue", "visibility")
    if any(name in lookup and lookup[name] != one.get(name) for name in own):
        return False
    location = one["location"]
    if "locationType" in lookup and lookup["locationType"] != location["locationType"]:
        return False
    wanted = lookup.get("metadataLocation", {})
    return all(location.get(name) == value for name, value in wanted.items() if name != "locationType")
