"""The IO manager of the assets that are not Spark's: it stores Arrow tables in the lake and loads them back.

Spark steps read and publish by themselves (``compute/step.py``). A table is found by the last part of the asset's
key, which is its name in ``domain/catalog``.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import dagster as dg

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import Table

if TYPE_CHECKING:
    import pyarrow as pa


class ParquetLakeIOManager(dg.ConfigurableIOManager):
    """Stores a `pyarrow.Table` as one object per month of the run, and loads the months that exist.

    `lake_root` is a path or a `file://` or `s3://` URL.
    """

    lake_root: str

    def handle_output(
        self, context: dg.OutputContext, obj: "pa.Table | Iterable[tuple[Sequence[str], pa.Table]]"
    ) -> None:
        """Publish the rows of each month of the run; a month without rows becomes an empty object.

        A large table may come as batches, each with the months it is all of.
        """
        import pyarrow as pa

        from nubank_assets.lake.publish import Lake, split_by_month

        table = _table(context.asset_key)
        lake = Lake(self.lake_root)
        if not table.partitioned:
            lake.write(table, None, obj)
            return
        batches = [(context.asset_partition_keys, obj)] if isinstance(obj, pa.Table) else obj
        for months, batch in batches:
            for month, rows in split_by_month(batch, months).items():
                lake.write(table, month, rows)

    def load_input(self, context: dg.InputContext) -> "pa.Table":
        """All rows of the asked months; months that were never made are skipped.

        Raises TypeError when the parameter is annotated with anything but `pyarrow.Table`.
        """
        import pyarrow as pa

        from nubank_assets.lake.publish import Lake

        wanted = context.dagster_type.typing_type
        if wanted is not pa.Table:
            raise TypeError(
                f"{context.asset_key.to_user_string()}: annotate the parameter as pyarrow.Table, not {wanted}"
            )
        table = _table(context.asset_key)
        months = list(context.asset_partition_keys) if context.has_asset_partitions else None
        return Lake(self.lake_root).read(table, months)


def _table(key: dg.AssetKey) -> Table:
    return TABLES[key.path[-1]]
