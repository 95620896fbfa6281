"""What the Dagster page shows of a declared table: key, group, description, schema, column lineage.

Derived from ``domain``; the bodies of the assets are in the other modules of this package.
"""

from collections.abc import Iterable
from typing import Any, Final

import dagster as dg

from nubank_assets.domain.catalog import TABLES, tables_of
from nubank_assets.domain.lineage import column_sources
from nubank_assets.domain.tables import Table
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.partitions import MONTHLY

OWNERS: Final = ["team:household"]


def key_of(name: str) -> dg.AssetKey:
    """The asset of a table: its layer and its name."""
    table = TABLES[name]
    return dg.AssetKey([table.layer.value, table.name])


def declared_spec(name: str, inputs: Iterable[str], kinds: set[str]) -> dg.AssetSpec:
    """The asset of a declared table that is made from these inputs."""
    table = TABLES[name]
    return dg.AssetSpec(
        key_of(name),
        deps=[key_of(upstream_name) for upstream_name in inputs],
        group_name=table.layer.value,
        description=f"{table.description}. One row: {table.grain}.",
        metadata=_metadata(table),
        owners=OWNERS,
        kinds=kinds,
        tags={"layer": table.layer.value, "personal_data": "masked" if table.layer is not Layer.RAW else "verbatim"},
        partitions_def=MONTHLY if table.partitioned else None,
    )


#: What people are shown: tables of the last layers, the bills and what could not be read.
SHOWN: Final = [
    key_of(table.name)
    for table in (*tables_of(Layer.CATEGORIZED), *tables_of(Layer.INSIGHTS), TABLES["bills"], TABLES["rejects"])
]


def _metadata(table: Table) -> dict[str, Any]:
    columns = [
        dg.TableColumn(
            column.name,
            column.type.value,
            description=column.description,
            constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=table.key == (column.name,)),
        )
        for column in table.columns
    ]
    return {
        "dagster/column_schema": dg.TableSchema(columns),
        "dagster/table_name": f"{table.layer.value}.{table.name}",
        "grain": table.grain,
        "key": ", ".join(table.key),
    }


def column_lineage(name: str, inputs: Iterable[str]) -> dg.TableColumnLineage:
    """Which columns of which assets each column is made from."""
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(key_of(table), source) for table, source in sources]
            for column, sources in column_sources(name, inputs).items()
        }
    )
