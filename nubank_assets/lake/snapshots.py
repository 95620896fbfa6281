"""Arrow's way to objects that are not on this disk: each is fetched whole when it is first asked for, then kept.

So whatever one reader asks later, and however often, is of one version of each object.
"""

import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from pyarrow import fs

from nubank_assets.lake.files import ObjectStore


class Snapshots(fs.FileSystemHandler):  # type: ignore[misc]
    """A read-only filesystem over a store, for ``pyarrow.fs.PyFileSystem``."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._local = fs.LocalFileSystem()
        self._fetched: dict[str, Path] = {}
        self._lock = threading.Lock()
        weakref.finalize(self, _delete, self._fetched)

    def fetch(self, paths: Sequence[str]) -> None:
        """Fetch what is not here yet: at once, and where an exception is one; in Arrow's threads it may abort."""
        with self._lock:
            self._fetched.update(self._store.local_paths([path for path in paths if path not in self._fetched]))

    def open_input_file(self, path: str) -> Any:
        """The object's bytes, from the copy on this disk."""
        self.fetch([path])
        return self._local.open_input_file(str(self._fetched[path]))

    def open_input_stream(self, path: str) -> Any:
        """As `open_input_file`."""
        return self.open_input_file(path)

    def get_type_name(self) -> str:
        """What Arrow calls it."""
        return "snapshots"

    def get_file_info(self, paths: list[str]) -> list[fs.FileInfo]:
        """What was listed is there; its bytes are asked for later."""
        return [fs.FileInfo(path, fs.FileType.File) for path in paths]

    def normalize_path(self, path: str) -> str:
        """Names are as they are."""
        return path

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    __hash__ = object.__hash__

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError("read only")

    get_file_info_selector = create_dir = delete_dir = delete_dir_contents = delete_root_dir_contents = _refuse
    delete_file = move = copy_file = open_output_stream = open_append_stream = _refuse


def _delete(fetched: dict[str, Path]) -> None:
    for path in fetched.values():
        path.unlink(missing_ok=True)
