"""Bodies against Google's own description of its API, as google-api-python-client ships it."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from nubank_assets_tests.fakes.sheets.errors import ApiError
from nubank_assets_tests.fakes.sheets.masks import Mask, parse_mask

#: What the field mask of a request is about.
_MASKED: Final = {
    "AppendCellsRequest": "CellData",
    "RepeatCellRequest": "CellData",
    "UpdateCellsRequest": "CellData",
    "UpdateDeveloperMetadataRequest": "DeveloperMetadata",
    "UpdateDimensionPropertiesRequest": "DimensionProperties",
    "UpdateEmbeddedObjectPositionRequest": "OverlayPosition",
    "UpdateNamedRangeRequest": "NamedRange",
    "UpdateProtectedRangeRequest": "ProtectedRange",
    "UpdateSheetPropertiesRequest": "SheetProperties",
    "UpdateSpreadsheetPropertiesRequest": "SpreadsheetProperties",
}
_INTEGERS: Final = ("int32", "uint32", "int64")


@cache
def schemas() -> dict[str, Any]:
    text = (files("googleapiclient") / "discovery_cache/documents/sheets.v4.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["schemas"]
    return found


def complaints_about(body: Any, schema: str) -> list[str]:
    """Everything in a body that Google's description does not allow."""
    return list(_check(body, {"$ref": schema}, schema))


def _check(value: Any, schema: dict[str, Any], place: str) -> list[str]:
    name = schema.get("$ref", "")
    schema = schemas()[name] if name else schema
    if value is None:
        return []
    kind = schema.get("type")
    if kind == "object":
        return _check_object(value, schema, name, place)
    if kind == "array":
        if not isinstance(value, list):
            return [f"{place}: expected array"]
        items = schema["items"]
        return [found for number, inner in enumerate(value) for found in _check(inner, items, f"{place}[{number}]")]
    return _check_scalar(value, schema, place)


def _check_object(value: Any, schema: dict[str, Any], name: str, place: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{place}: expected object"]
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    found = []
    for key, inner in value.items():
        if key not in known and not others:
            found.append(f"{place}.{key}: unknown field")
        else:
            found += _check(inner, known.get(key, others), f"{place}.{key}")
    return found + _check_mask(value, known, name, place)


def _check_mask(value: dict[str, Any], known: dict[str, Any], name: str, place: str) -> list[str]:
    """Every request that changes something says which of its fields; each is one that there is."""
    if known.get("fields", {}).get("format") != "google-fieldmask":
        return []
    if not value.get("fields"):
        return [f"{place}.fields: at least one field must be specified"]
    about = _MASKED.get(name)
    if not about:
        return [f"{place}.fields: the fake does not know what the mask of {name} is about"]
    try:
        return list(mask_complaints(parse_mask(value["fields"]), about, f"{place}.fields"))
    except ApiError as error:
        return [f"{place}.fields: {error.text}"]


def mask_complaints(mask: Mask, schema: str, place: str) -> list[str]:
    """The names in a mask that the type does not have."""
    known, found = schemas()[schema].get("properties", {}), []
    for name, inner in mask.items():
        if name == "*":
            continue
        if name not in known:
            found.append(f"{place}: {schema} has no field {name}")
            continue
        about = known[name].get("$ref") or known[name].get("items", {}).get("$ref")
        if inner and not about:
            found.append(f"{place}: {name} has no fields")
        elif inner:
            found += mask_complaints(inner, about, place)
    return found


def _check_scalar(value: Any, schema: dict[str, Any], place: str) -> list[str]:
    kind = schema.get("type")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "string":
        if "enum" in schema and value not in schema["enum"]:
            return [f"{place}: not one of {', '.join(schema['enum'][:6])}…"]
        fits = isinstance(value, str)
    elif kind == "integer":
        fits = is_number and float(value).is_integer() and (schema.get("format") not in _INTEGERS or abs(value) < 2**63)
        fits = fits and (schema.get("format") != "int32" or -(2**31) <= value < 2**31)
    elif kind == "number":
        fits = is_number
    else:
        fits = kind != "boolean" or isinstance(value, bool)
    return [] if fits else [f"{place}: expected {kind}"]
