"""Atomic writing and reading of small and large objects on a pyarrow filesystem (`file://`, `s3://`).

The one place that knows how an object is replaced whole: one rename on a local disk, one PUT on S3. What is
written, and where, is for `inbox.py` and `publish.py`.
"""

import os
import uuid
from pathlib import Path
from typing import Final

from pyarrow import fs

#: Folder beside the data where files wait for their rename; never read by anything else.
STAGING: Final = "_staging"


class ObjectStore:
    """Objects under one root. Names are relative to it, with `/`."""

    def __init__(self, root: str) -> None:
        location = root if "://" in root else Path(root).absolute().as_uri()
        self.filesystem, self.base = fs.FileSystem.from_uri(location)
        self.is_local: bool = isinstance(self.filesystem, fs.LocalFileSystem)

    def path(self, name: str) -> str:
        """The filesystem's own path of an object."""
        return f"{self.base}/{name}"

    def url(self, name: str) -> str:
        """What an engine is told to read."""
        return self.path(name) if self.is_local else f"s3://{self.path(name)}"

    def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        info: fs.FileInfo = self.filesystem.get_file_info(self.path(name))
        return bool(info.type == fs.FileType.File)

    def names(self, folder: str, *, recursive: bool = False) -> list[str]:
        """Names of the objects in a folder, in order; none if there is no such folder."""
        selector = fs.FileSelector(self.path(folder), allow_not_found=True, recursive=recursive)
        infos = self.filesystem.get_file_info(selector)
        return sorted(info.path[len(self.base) + 1 :] for info in infos if info.type == fs.FileType.File)

    def read(self, name: str) -> bytes:
        """The bytes of an object; raises FileNotFoundError."""
        with self.filesystem.open_input_file(self.path(name)) as stream:
            data: bytes = stream.read()
        return data

    def write(self, name: str, data: bytes) -> None:
        """Replace an object whole: a reader sees the old bytes or the new ones."""
        if not self.is_local:
            with self.filesystem.open_output_stream(self.path(name)) as stream:
                stream.write(data)
            return
        staged = self.staging_path()
        staged.write_bytes(data)
        self.publish(staged, name)

    def staging_path(self) -> Path:
        """A fresh local path for a file that `publish` will move into place."""
        if self.is_local:
            folder = Path(self.base) / STAGING
        else:
            folder = Path(os.environ.get("TMPDIR", "/tmp")) / "nubank_assets"  # noqa: S108 (only names a default)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / uuid.uuid4().hex

    def publish(self, staged: Path, name: str) -> None:
        """Move a complete local file to its name, durable before it is visible."""
        if not self.is_local:
            self.write(name, staged.read_bytes())
            staged.unlink()
            return
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(staged)
        staged.replace(target)

    def remove(self, name: str) -> None:
        """Delete an object; it is not an error if there is none."""
        if self.exists(name):
            self.filesystem.delete_file(self.path(name))


def _sync(path: Path) -> None:
    # For writing: Windows syncs no other.
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
