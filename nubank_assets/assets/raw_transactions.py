"""The raw layer: every line of the inbox's documents, verbatim, with what became of it."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from nubank_assets.assets.declared import declared_spec, key_of
from nubank_assets.domain.catalog import tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.partitions import SINGLE_RUN
from nubank_assets.resources import InboxResource


@dg.multi_asset(
    name=Layer.RAW.value,
    outs={
        table.name: dg.AssetOut.from_spec(declared_spec(table.name, [], {"python", "parquet"}))
        for table in tables_of(Layer.RAW)
    },
    backfill_policy=SINGLE_RUN,
)
def raw_transactions(context: dg.AssetExecutionContext, inbox: InboxResource) -> Iterator[Any]:
    """The lines, documents and readings of these months."""
    from nubank_assets.sources.raw import read_raw_tables

    tables = read_raw_tables(inbox.open(), context.partition_keys)
    for name, rows in tables.by_name().items():
        for month, count in tables.rows_by_month(name).items():
            context.add_asset_metadata({"dagster/partition_row_count": count}, key_of(name), month)
        yield dg.Output(rows, output_name=name)
