"""Atomic writing and reading of small and large objects under one root.

How an object is replaced whole: here by one rename on a local disk, in ``s3.py`` by one PUT. What is written, and
where, is for `inbox.py` and `publish.py`.
"""

import os
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

#: Folder beside the data where files wait for their rename; never read by anything else.
STAGING: Final = "_staging"
#: No step takes this long between staging and publishing a file.
_STAGING_SECONDS: Final = 24 * 3600


class ObjectStore(ABC):
    """Objects under one root, each replaced whole. Names are relative to it, with `/`."""

    @abstractmethod
    def url(self, name: str) -> str:
        """Where an object is, for a person and for an engine."""

    @abstractmethod
    def exists(self, name: str) -> bool:
        """Whether there is such an object."""

    @abstractmethod
    def names(self, folder: str, *, recursive: bool = False) -> list[str]:
        """Names of the objects in a folder, in order; none if there is no such folder."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """The bytes of an object, all of one version; raises FileNotFoundError."""

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        """The bytes of each of these objects."""
        return [self.read(name) for name in names]

    def read_folder(self, folder: str) -> list[bytes]:
        """The bytes of each object in a folder of small ones, in the order of their names."""
        return self.read_all(self.names(folder))

    @abstractmethod
    def tail(self, name: str, size: int) -> bytes:
        """The last bytes of an object, all of one version, or all it has; raises FileNotFoundError."""

    @abstractmethod
    def write(self, name: str, data: bytes) -> None:
        """Replace an object whole: a reader sees the old bytes or the new ones."""

    @abstractmethod
    def create(self, name: str, data: bytes) -> bool:
        """Write an object that nobody has written yet; False, and nothing is changed, if there is one."""

    @abstractmethod
    def staging_path(self) -> Path:
        """A fresh local path for a file that `publish` will move into place."""

    @abstractmethod
    def publish(self, staged: Path, name: str) -> None:
        """Move a complete local file to its name, durable before it is visible."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Delete an object; it is not an error if there is none."""

    @abstractmethod
    def local_paths(self, names: Sequence[str]) -> dict[str, Path]:
        """Local files with these objects' bytes; a store that is elsewhere makes copies, for the caller to delete."""


def open_store(root: str) -> ObjectStore:
    """The store under a path, a ``file://`` or an ``s3://`` URL. Asks no network."""
    if root.startswith("s3://"):
        from nubank_assets.lake.s3 import S3Store

        return S3Store(root)
    return LocalStore(Path(url2pathname(urlsplit(root).path) if root.startswith("file://") else root).absolute())


def clear_staging(root: str) -> None:
    """Delete staged files that a dead run left beside the data; one of today may be of a run that still goes."""
    if root.startswith("s3://"):
        return
    for file in (Path(root) / STAGING).glob("*"):
        if time.time() - file.stat().st_mtime > _STAGING_SECONDS:
            file.unlink(missing_ok=True)


class LocalStore(ObjectStore):
    """Objects that are files below a folder."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def _path(self, name: str) -> Path:
        return self._base / name

    def url(self, name: str) -> str:
        """The file's path, with `/`."""
        return self._path(name).as_posix()

    def exists(self, name: str) -> bool:
        """Whether it is a file."""
        return self._path(name).is_file()

    def names(self, folder: str, *, recursive: bool = False) -> list[str]:
        """Of files."""
        found = self._path(folder).rglob("*") if recursive else self._path(folder).glob("*")
        return sorted(path.relative_to(self._base).as_posix() for path in found if path.is_file())

    def read(self, name: str) -> bytes:
        """By one opening, which a later rename does not touch."""
        return self._path(name).read_bytes()

    def tail(self, name: str, size: int) -> bytes:
        """By one opening, too."""
        with self._path(name).open("rb") as stream:
            stream.seek(-min(size, stream.seek(0, os.SEEK_END)), os.SEEK_END)
            return stream.read()

    def write(self, name: str, data: bytes) -> None:
        """By a file beside it and a rename."""
        staged = self.staging_path()
        staged.write_bytes(data)
        self.publish(staged, name)

    def create(self, name: str, data: bytes) -> bool:
        """The home's lock keeps two writers of one disk apart."""
        if self.exists(name):
            return False
        self.write(name, data)
        return True

    def staging_path(self) -> Path:
        """On the same disk, so that it can be renamed."""
        folder = self._base / STAGING
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / uuid.uuid4().hex

    def publish(self, staged: Path, name: str) -> None:
        """By one rename."""
        target = self._path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(staged)
        staged.replace(target)

    def remove(self, name: str) -> None:
        """The file; its folder stays."""
        self._path(name).unlink(missing_ok=True)

    def local_paths(self, names: Sequence[str]) -> dict[str, Path]:
        """The files themselves."""
        return {name: self._path(name) for name in names}


def _sync(path: Path) -> None:
    # For writing: Windows syncs no other.
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
