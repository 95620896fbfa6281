"""Dagster Pipes with a step that outlives who asked for it: what it must know lies in S3, and there it says its own.

The protocol is dagster-pipes' own. Where Dagster itself waits for the step, ``emr_pipes.py`` does this instead; what is
said is for ``compute/launch.py``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

from dagster_pipes import (
    DAGSTER_PIPES_CONTEXT_ENV_VAR,
    DAGSTER_PIPES_MESSAGES_ENV_VAR,
    PipesContextData,
    encode_param,
)

from nubank_assets.lake.files import ObjectStore, open_store

_CONTEXT: Final = "context.json"
_SAID: Final = "said"
_CUSTOM: Final = "report_custom_message"


@dataclass(frozen=True)
class Exchange:
    """A place in S3 that one step of an execution has for itself."""

    place: str

    @property
    def _store(self) -> ObjectStore:
        return open_store(self.place)

    def ask(self, execution: str, extras: Mapping[str, Any]) -> dict[str, str]:
        """Write what the step must know, where nothing of an earlier try is left; Pipes' bootstrap by name, encoded."""
        self.clear()
        context: PipesContextData = {
            "asset_keys": None,
            "code_version_by_asset_key": None,
            "provenance_by_asset_key": None,
            "partition_key": None,
            "partition_key_range": None,
            "partition_time_window": None,
            "run_id": execution,
            "job_name": None,
            "retry_number": 0,
            "extras": extras,
        }
        self._store.write(_CONTEXT, json.dumps(context).encode())
        where = urlsplit(self._store.url(""))
        bucket, key = where.netloc, where.path.strip("/")
        told = {
            DAGSTER_PIPES_CONTEXT_ENV_VAR: {"bucket": bucket, "key": f"{key}/{_CONTEXT}"},
            DAGSTER_PIPES_MESSAGES_ENV_VAR: {"bucket": bucket, "key_prefix": f"{key}/{_SAID}"},
        }
        return {name: encode_param(value) for name, value in told.items()}

    def messages(self) -> list[Any]:
        """What the step said of its own, in order: its report, or how it failed."""
        names = sorted(self._store.names(_SAID), key=lambda name: int(PurePosixPath(name).stem))
        lines = [line for data in self._store.read_all(names) for line in data.decode().splitlines()]
        said = [json.loads(line) for line in lines]
        return [message["params"]["payload"] for message in said if message["method"] == _CUSTOM]

    def clear(self) -> None:
        """Delete what lies there."""
        store = self._store
        for name in store.names("", recursive=True):
            store.remove(name)
