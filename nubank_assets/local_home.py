"""The home: the folder where all local state lives, readable by its owner alone, held by one process at a time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from filelock import FileLock, Timeout

from nubank_assets.domain.failures import InputError, LockedError
from nubank_assets.messages import message
from nubank_assets.settings import Settings

#: What Dagster finds in its home. Written once, then the person's to change.
_DAGSTER_FILES: Final = {
    "dagster.yaml": """\
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
# The steps print nothing: no processes to capture it.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
event_log_storage:
  module: nubank_assets.dagster_storage
  class: BatchingSqliteEventLogStorage
  config:
    base_dir: {history}
""",
    "workspace.yaml": """\
load_from:
  - python_module:
      module_name: nubank_assets.definitions
      location_name: nubank_assets
""",
}


def prepare_home(settings: Settings) -> None:
    """Make the home, readable by its owner alone, with Dagster's configuration in it."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        settings.home.chmod(0o700)
        settings.dagster_home.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise InputError(message("home_unusable", home=settings.home, error=error.strerror)) from error
    for name, content in _DAGSTER_FILES.items():
        if not (settings.dagster_home / name).exists():
            # Where Dagster's own event log lies too; JSON quotes a path as YAML reads it.
            history = json.dumps(str(settings.dagster_home / "history" / "runs"))
            (settings.dagster_home / name).write_text(content.format(history=history))


@contextmanager
def lock_home(settings: Settings) -> Iterator[None]:
    """Hold the home for this process; raises LockedError at once when another has it."""
    prepare_home(settings)
    lock = FileLock(settings.home / "nubank.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockedError(message("home_locked", home=settings.home)) from error
    try:
        yield
    finally:
        lock.release()
