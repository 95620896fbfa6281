"""The views of ``lake/views.py`` in the Glue catalog, in the form in which Athena itself keeps a view.

Athena's own way, CREATE VIEW, needs a query whose role may write the catalog; queries here may only read.
"""

import base64
import json
from typing import Any, Final

from nubank_assets.aws.clients import AwsMissingError
from nubank_assets.aws.glue_calls import call, decided_anew
from nubank_assets.aws.glue_inputs import covers
from nubank_assets.domain.failures import PermanentError
from nubank_assets.domain.tables import Column, ColumnType
from nubank_assets.lake.views import VIEWS, View
from nubank_assets.messages import message

_VIEW: Final = "VIRTUAL_VIEW"
#: Presto's names of the types that Hive, and so Glue, calls otherwise.
_PRESTO: Final = {ColumnType.STRING: "varchar", ColumnType.INTEGER: "integer"}


def publish_views(database: str) -> list[str]:
    """Write the views that the catalog lacks or has otherwise; their names. The database must exist.

    Raises PermanentError when a table of that name is there that is no view.
    """
    return [view.name for view in VIEWS.values() if _publish(database, view)]


def missing_views(database: str) -> list[str]:
    """The names of the views that the catalog lacks or has otherwise."""
    return [view.name for view in VIEWS.values() if not covers(_read(database, view), view_input(view, database))]


def view_input(view: View, database: str) -> dict[str, Any]:
    """What `glue:CreateTable` is given."""
    return {
        "Name": view.name,
        "Description": view.description,
        "TableType": _VIEW,
        "Parameters": {"presto_view": "true", "comment": "Presto View"},
        "ViewOriginalText": f"/* Presto View: {_definition(view, database)} */",
        "ViewExpandedText": "/* Presto View */",
        "StorageDescriptor": {
            "Columns": [
                {"Name": column.name.lower(), "Type": column.type.value, "Comment": column.description}
                for column in view.columns
            ],
            "Location": "",
            "SerdeInfo": {},
        },
        "PartitionKeys": [],
    }


def _definition(view: View, database: str) -> str:
    content = {
        "originalSql": view.sql,
        "catalog": "awsdatacatalog",
        "schema": database,
        "columns": [{"name": column.name.lower(), "type": _presto_type(column)} for column in view.columns],
    }
    return base64.b64encode(json.dumps(content, ensure_ascii=False).encode()).decode()


def _presto_type(column: Column) -> str:
    return _PRESTO.get(column.type, column.type.value)


@decided_anew
def _publish(database: str, view: View) -> bool:
    found, wanted = _read(database, view), view_input(view, database)
    resource = f"{database}.{view.name}"
    if found is None:
        call("CreateTable", resource, DatabaseName=database, TableInput=wanted)
        return True
    if found.get("TableType") != _VIEW:
        raise PermanentError(message("athena_view_is_table", name=view.name, database=database))
    if covers(found, wanted):
        return False
    call("UpdateTable", resource, DatabaseName=database, TableInput=wanted, VersionId=found.get("VersionId", "0"))
    return True


def _read(database: str, view: View) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = call("GetTable", f"{database}.{view.name}", DatabaseName=database, Name=view.name)[
            "Table"
        ]
    except AwsMissingError:
        return None
    return found
