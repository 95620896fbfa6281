"""Objects of the lake from a cluster's driver, by Hadoop's file systems in the session's JVM: no package is needed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MISSING: Final = "java.io.FileNotFoundException"


class ClusterObjects:
    """Objects below a root, by names relative to it. Raises what Hadoop raises."""

    def __init__(self, session: "SparkSession", root: str) -> None:
        self._root = root.rstrip("/")
        # The JVM behind the session: a cluster always has one, whichever kind of session type checkers see.
        self._jvm: Any = session._jvm
        self._conf: Any = session._jsc.hadoopConfiguration()
        self._files: Any = self._path("").getFileSystem(self._conf)
        self._base: str = self._path("").toUri().getPath()

    def url(self, name: str) -> str:
        """Where an object is, for Spark."""
        return f"{self._root}/{name}"

    def names(self, folder: str, *, recursive: bool = False) -> list[str]:
        """Names of the objects in a folder, in order; none if there is no such folder."""
        return sorted(self.stamps(folder, recursive=recursive))

    def stamps(self, folder: str, *, recursive: bool = False) -> dict[str, tuple[int, int]]:
        """For each object in a folder what changes when it is replaced: its size and its time."""
        try:
            return dict(self._listed(folder, recursive))
        except Py4JJavaError as error:
            if error.java_exception.getClass().getName() == _MISSING:
                return {}
            raise

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        """The bytes of each of these small objects; raises FileNotFoundError."""
        return [self._read(name) for name in names]

    def replace(self, name: str, data: bytes) -> None:
        """Write a small object whole: by one PUT in S3, else by a file beside it and one rename."""
        if self._files.getScheme().startswith("s3"):
            self._write(self._path(name), data)
            return
        staged = self._path(f"{name}.{uuid4().hex}")
        self._write(staged, data)
        option = self._jvm.org.apache.hadoop.fs.Options.Rename
        options = self._jvm.java.lang.reflect.Array.newInstance(option.OVERWRITE.getClass(), 1)
        options[0] = option.OVERWRITE
        context = self._jvm.org.apache.hadoop.fs.FileContext.getFileContext(self._path("").toUri(), self._conf)
        context.rename(self._files.makeQualified(staged), self._files.makeQualified(self._path(name)), options)

    def _path(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(f"{self._root}/{name}" if name else self._root)

    def _listed(self, folder: str, recursive: bool) -> Iterator[tuple[str, tuple[int, int]]]:
        found = self._files.listFiles(self._path(folder), recursive)
        while found.hasNext():
            status = found.next()
            name = status.getPath().toUri().getPath().removeprefix(f"{self._base}/")
            yield name, (status.getLen(), status.getModificationTime())

    def _read(self, name: str) -> bytes:
        try:
            stream = self._files.open(self._path(name))
            try:
                return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(stream))
            finally:
                stream.close()
        except Py4JJavaError as error:
            if error.java_exception.getClass().getName() == _MISSING:
                raise FileNotFoundError(self.url(name)) from None
            raise

    def _write(self, path: Any, data: bytes) -> None:
        """Closing is what makes it visible: when writing fails, it is not closed."""
        stream = self._files.create(path, True)
        stream.write(bytearray(data))
        stream.close()
