"""Objects in S3. Each is read by one GET and replaced by one PUT, so no reader can see half of one.

pyarrow's and Sail's own S3 readers ask for an object in pieces, which may be of two versions when it is replaced
meanwhile (docs/reliability.md has the figures): here bytes are fetched whole, and engines read the local copy.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from boto3.s3.transfer import TransferConfig, create_transfer_manager
from botocore.exceptions import BotoCoreError, ClientError
from tenacity import Retrying, retry_if_exception, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from nubank_assets.aws.clients import aws_failures, client, code_of
from nubank_assets.lake.files import ObjectStore
from nubank_assets.lake.scratch import scratch_path

#: The key that encrypts what is written; the setting's own variable, read where it is used.
KMS_KEY: Final = "NUBANK_KMS_KEY"
#: Larger files go up in parts, which become visible together.
_PART_BYTES: Final = 64 * 2**20
_READERS: Final = 8
_MISSING_KEY: Final = "NoSuchKey"
#: A HEAD has no words for it.
_NO_OBJECT: Final = frozenset({"404", "NotFound", _MISSING_KEY})
#: What an object that was published notes of itself.
_SHA256: Final = "sha256"
#: Somebody else wrote first; or is writing at this very moment.
_LOST: Final = frozenset({"PreconditionFailed", "412"})
_CONFLICT: Final = "ConditionalRequestConflict"
#: Small objects that this process has read, by URL and version.
_KNOWN: Final[dict[tuple[str, str], bytes]] = {}


class S3Store(ObjectStore):
    """Objects below ``s3://bucket/prefix``. Raises PermanentError and RetryableError that name the permission."""

    def __init__(self, root: str) -> None:
        place = urlsplit(root)
        self._bucket, self._prefix = place.netloc, place.path.strip("/")
        self._s3 = client("s3")

    def url(self, name: str) -> str:
        """`s3://bucket/prefix/name`."""
        return f"s3://{self._bucket}/{self._key(name)}"

    def exists(self, name: str) -> bool:
        """By a list: a HEAD cannot tell a missing object from a missing bucket or a missing permission."""
        with self._failures("s3:ListBucket"):
            found = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=self._key(name), MaxKeys=1)
        return any(item["Key"] == self._key(name) for item in found.get("Contents", []))

    def names(self, folder: str, *, recursive: bool = False) -> list[str]:
        """All pages of the list."""
        return sorted(self._listed(folder, recursive=recursive))

    def _listed(self, folder: str, *, recursive: bool = False) -> dict[str, str]:
        """The objects in a folder and the version that each is of now."""
        pages = self._s3.get_paginator("list_objects_v2")
        prefix, start = self._key(folder).strip("/") + "/", len(self._key(""))
        depth = {} if recursive else {"Delimiter": "/"}
        with self._failures("s3:ListBucket"):
            found = pages.paginate(Bucket=self._bucket, Prefix=prefix.lstrip("/"), **depth)
            items = [item for page in found for item in page.get("Contents", [])]
        # A folder that somebody made by hand is an empty object whose name ends so.
        return {item["Key"][start:]: item["ETag"] for item in items if not item["Key"].endswith("/")}

    def read(self, name: str) -> bytes:
        """By one GET."""
        return self._get(name)[0]

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        """Some at once."""
        with ThreadPoolExecutor(_READERS) as readers:
            return [data for data, _ in readers.map(self._get, names)]

    def read_folder(self, folder: str) -> list[bytes]:
        """Only what changed since this process last read it: a sensor looks every minute, and each GET costs."""
        listed = self._listed(folder)
        known = {name: _KNOWN.get((self.url(name), version)) for name, version in listed.items()}
        new = [name for name, data in known.items() if data is None]
        with ThreadPoolExecutor(_READERS) as readers:
            fetched = dict(zip(new, readers.map(self._remember, new), strict=True))
        return [data if (data := known[name]) is not None else fetched[name] for name in sorted(listed)]

    def _remember(self, name: str) -> bytes:
        data, version = self._get(name)
        _KNOWN[self.url(name), version] = data
        return data

    def tail(self, name: str, size: int) -> bytes:
        """By one GET of the last bytes."""
        return self._get(name, Range=f"bytes=-{size}")[0]

    def write(self, name: str, data: bytes) -> None:
        """By one PUT."""
        with self._failures(_put_action(), name):
            self._s3.put_object(Bucket=self._bucket, Key=self._key(name), Body=data, **encryption())

    def create(self, name: str, data: bytes) -> bool:
        """By a PUT that loses against any object of the name."""
        put = partial(self._s3.put_object, Bucket=self._bucket, Key=self._key(name), **encryption())
        with self._failures(_put_action(), name):
            try:
                _PATIENCE_TO_CREATE(put, Body=data, IfNoneMatch="*")
            except ClientError as error:
                if code_of(error) in _LOST:
                    return False
                raise
        return True

    def staging_path(self) -> Path:
        """In a private folder of this process."""
        return scratch_path()

    def publish(self, staged: Path, name: str) -> None:
        """One PUT, or parts that S3 joins at once; parts of an upload that failed are told to go.

        The very same bytes are not written again: a version more would be kept, and who looks would take it for news.
        """
        with staged.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if self._sha256(name) != sha256:
            with self._failures(_put_action(), name):
                self._upload(staged, name, {**encryption(), "Metadata": {_SHA256: sha256}})
        staged.unlink()

    def _upload(self, staged: Path, name: str, options: Mapping[str, Any]) -> None:
        if staged.stat().st_size <= _PART_BYTES:
            with staged.open("rb") as body:
                self._s3.put_object(Bucket=self._bucket, Key=self._key(name), Body=body, **options)
        else:
            config = TransferConfig(multipart_threshold=_PART_BYTES, multipart_chunksize=_PART_BYTES)
            with create_transfer_manager(self._s3, config) as uploads:
                uploads.upload(str(staged), self._bucket, self._key(name), dict(options)).result()

    def _sha256(self, name: str) -> str | None:
        """What who wrote an object noted of its bytes; None if there is no object, or nobody did."""
        with self._failures("s3:GetObject", name):
            try:
                answer = self._s3.head_object(Bucket=self._bucket, Key=self._key(name))
            except ClientError as error:
                if code_of(error) in _NO_OBJECT:
                    return None
                raise
        noted: str | None = answer["Metadata"].get(_SHA256)
        return noted

    def remove(self, name: str) -> None:
        """A version stays, if the bucket keeps them."""
        with self._failures("s3:DeleteObject", name):
            self._s3.delete_object(Bucket=self._bucket, Key=self._key(name))

    def local_paths(self, names: Sequence[str]) -> dict[str, Path]:
        """Copies under names that are used once: engines remember what they read by its name, size and second."""
        if not names:
            return {}
        with ThreadPoolExecutor(_READERS) as readers:
            return dict(zip(names, readers.map(self._download, names), strict=True))

    def _download(self, name: str) -> Path:
        path = scratch_path()
        path.write_bytes(self.read(name))
        return path

    def _get(self, name: str, **part: str) -> tuple[bytes, str]:
        """Bytes and their version, by one GET. It is repeated when its answer breaks off; botocore repeats others."""
        with self._failures("s3:GetObject", name):
            try:
                return _PATIENCE_TO_READ(self._body, name, part)
            except _BrokenOffError as error:
                raise error.reason from None
            except ClientError as error:
                if code_of(error) == _MISSING_KEY:
                    raise FileNotFoundError(self.url(name)) from None
                raise

    def _body(self, name: str, part: dict[str, str]) -> tuple[bytes, str]:
        answer = self._s3.get_object(Bucket=self._bucket, Key=self._key(name), **part)
        try:
            return answer["Body"].read(), answer["ETag"]
        except BotoCoreError as error:
            raise _BrokenOffError(error) from error

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}" if self._prefix else name

    @contextmanager
    def _failures(self, action: str, name: str = "") -> Iterator[None]:
        """What S3 raises, as sentences that name the permission and the bucket or object."""
        with aws_failures(action, self.url(name) if name else f"s3://{self._bucket}"):
            yield


class _BrokenOffError(Exception):
    """An answer began and did not end."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _meets_another(error: BaseException) -> bool:
    """Whether S3 was asked to create one object twice at one moment, and does not say who won."""
    return isinstance(error, ClientError) and code_of(error) == _CONFLICT


_PATIENCE_TO_READ: Final = Retrying(
    retry=retry_if_exception_type(_BrokenOffError),
    stop=stop_after_attempt(3),
    wait=wait_exponential_jitter(0.1, 2),
    reraise=True,
)
_PATIENCE_TO_CREATE: Final = Retrying(
    retry=retry_if_exception(_meets_another),
    stop=stop_after_attempt(5),
    wait=wait_exponential_jitter(0.05, 1),
    reraise=True,
)


def encryption() -> dict[str, str]:
    """How what is written is encrypted: by the person's KMS key, else by S3's own."""
    key = os.environ.get(KMS_KEY)
    if key:
        return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
    return {"ServerSideEncryption": "AES256"}


def _put_action() -> str:
    return "s3:PutObject, kms:GenerateDataKey" if os.environ.get(KMS_KEY) else "s3:PutObject"
