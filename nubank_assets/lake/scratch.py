"""A folder of this process for files on their way to or from S3: private, with a name nobody can guess, deleted.

What a killed process left is deleted by a later one.
"""

import atexit
import os
import shutil
import tempfile
import time
import uuid
from functools import cache
from pathlib import Path
from typing import Final

_PREFIX: Final = "nubank-assets-"
#: No process that still goes has left its folder alone for so long.
_SECONDS: Final = 24 * 3600


def scratch_path() -> Path:
    """A fresh path in this process's folder."""
    return _folder(os.getpid()) / uuid.uuid4().hex


@cache
def _folder(process: int) -> Path:
    """The folder of a process; a forked one makes its own."""
    _clear_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    atexit.register(_delete, folder, process)
    return folder


def _delete(folder: Path, process: int) -> None:
    if process == os.getpid():
        shutil.rmtree(folder, ignore_errors=True)


def _clear_abandoned() -> None:
    """Delete this person's folders that nobody has written to for a day."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        state = folder.lstat()
        is_mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
        if is_mine and not folder.is_symlink() and time.time() - state.st_mtime > _SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
