"""What a cluster's run leaves in a lake, written by hand: files of a run, and the pointer that lets them count."""

import io
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from nubank_assets.domain.tables import Table
from nubank_assets.lake.files import ObjectStore
from nubank_assets.lake.parts import POINTER, Pointer, home_of, month_folder


def write_run(store: ObjectStore, table: Table, month: str | None, run: str, files: Sequence[pa.Table]) -> Pointer:
    """Put the files of a run where nobody reads yet; what the pointer is to say."""
    folder = month_folder(table, run, month)
    names = tuple(f"part-{number:05d}.parquet" for number in range(len(files)))
    for name, rows in zip(names, files, strict=True):
        buffer = io.BytesIO()
        pq.write_table(rows, buffer)
        store.write(f"{folder}/{name}", buffer.getvalue())
    return Pointer(run, folder, names, sum(rows.num_rows for rows in files), {})


def point(store: ObjectStore, table: Table, month: str | None, pointer: Pointer) -> None:
    """Let the files of a run count."""
    store.write(f"{home_of(table, month)}/{POINTER}", pointer.to_bytes())


def publish_run(store: ObjectStore, table: Table, month: str | None, run: str, *files: pa.Table) -> None:
    """Both at once."""
    point(store, table, month, write_run(store, table, month, run, files))
