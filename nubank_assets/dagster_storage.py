"""Dagster's SQLite event log, quicker: connections are kept, and a batch of events is one transaction.

Dagster opens a connection and commits for every event, 12 ms each; a month has some thirty, and that was most of
a run's time. What is stored is Dagster's own, in Dagster's own files: removing this class from dagster.yaml
changes nothing but speed. Named there by ``local_home.py``.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import dagster as dg
import sqlalchemy
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage

#: Databases of runs that are kept open at a time; the index of all runs always is.
_OPEN_RUNS = 4


class BatchingSqliteEventLogStorage(SqliteEventLogStorage):
    """The event log in SQLite files under `base_dir`, one for each run and an index of assets over all runs."""

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: dict[str, sqlalchemy.Engine] = {}
        self._batch = threading.local()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> "BatchingSqliteEventLogStorage":
        """What dagster.yaml asks for."""
        return cls(inst_data=inst_data, **config_value)

    def store_event_batch(self, events: Sequence[dg.EventLogEntry]) -> None:
        """Store events of one run in one transaction; if it fails, none is stored and Dagster stores each alone."""
        run_id = events[0].run_id
        with self._db_lock, self._begin(run_id) as run, self._begin(INDEX_SHARD_NAME) as index:
            self._batch.connections = {run_id: run, INDEX_SHARD_NAME: index}
            try:
                for entry in events:
                    self.store_event(entry)
            finally:
                self._batch.connections = {}

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        open_connection = getattr(self._batch, "connections", {}).get(shard)
        if open_connection is not None:
            yield open_connection
            return
        with self._db_lock, self._begin(shard) as connection:
            yield connection

    def _begin(self, shard: str) -> Any:
        engine = self._engine(shard)
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        return engine.begin()

    def _engine(self, shard: str) -> sqlalchemy.Engine:
        if shard not in self._engines:
            runs = [name for name in self._engines if name != INDEX_SHARD_NAME]
            if len(runs) >= _OPEN_RUNS:
                self._engines.pop(runs[0]).dispose()
            # The time-out is Dagster's own: other processes write to the same files.
            engine = sqlalchemy.create_engine(self.conn_string_for_shard(shard), connect_args={"timeout": 30})
            sqlalchemy.event.listen(engine, "connect", _trust_the_write_ahead_log)
            self._engines[shard] = engine
        return self._engines[shard]


def _trust_the_write_ahead_log(connection: Any, record: object) -> None:  # noqa: ARG001
    """Sync when SQLite checkpoints its log, not at each commit: safe against a crash, and no wait for the disk."""
    connection.execute("pragma synchronous = normal")
