"""Files that a person drops into the bucket: into the inbox by the usual rules, or back with the reason.

``inbox/new/file.csv``, or ``inbox/new/<account>/file.csv`` for an account that the file does not tell. It is looked
at everything that lies there, whatever was told of: of files that are dropped together one execution is made.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from nubank_assets.aws.clients import aws_failures, client, code_of
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import content_hash
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.s3 import encryption
from nubank_assets.messages import message
from nubank_assets.sources.exports.collection import (
    MAX_BYTES,
    CollectedFile,
    CollectionOptions,
    RefusedFile,
    collect_files,
)

#: Below the inbox; no event is asked for of the second.
NEW: Final = "new"
REFUSED: Final = "refused"


@dataclass(frozen=True)
class Dropped:
    """One dropped file as it lies there: its key and what tells it from a later one of the same name."""

    bucket: str
    folder: str
    key: str
    version: str
    size: int
    dropped_at: float

    @property
    def name(self) -> str:
        """Its path below the drop folder."""
        return self.key.removeprefix(self.folder)

    @property
    def options(self) -> CollectionOptions:
        """The account by its folder, if it is in one; raises InputError in more than one."""
        *folders, _ = self.name.split("/")
        if len(folders) > 1:
            raise InputError(message("serverless_drop_too_deep", name=self.name))
        return CollectionOptions(account=folders[0] if folders else None)


@dataclass(frozen=True)
class Drop:
    """All that lay there: what is in the inbox now, and what is not with the reasons."""

    files: tuple[Dropped, ...] = ()
    months: tuple[str, ...] = ()
    refused: tuple[tuple[Dropped, str], ...] = ()

    @property
    def mark(self) -> str:
        """The same for the same files, dropped once."""
        return content_hash(repr([(file.key, file.version, file.dropped_at) for file in self.files]).encode())[:16]


def collect_dropped(inbox_root: str) -> Drop:
    """Store every dropped file in the inbox. Nothing is removed yet: who is told of it first calls `clear`."""
    months: set[str] = set()
    refused: list[tuple[Dropped, str]] = []
    files: list[Dropped] = []
    for file in _list(inbox_root):
        outcome = _collect(Inbox(inbox_root), file)
        if outcome is None:
            continue
        files.append(file)
        if isinstance(outcome, CollectedFile):
            months.update(outcome.receipt.months)
        else:
            refused.append((file, outcome.reason))
    return Drop(tuple(files), tuple(sorted(months)), tuple(refused))


def put_aside(file: Dropped) -> str:
    """Keep a refused file where it starts nothing; the place. Another call may have done so already."""
    key = f"{file.folder.removesuffix(f'{NEW}/')}{REFUSED}/{file.name}"
    source = {"Bucket": file.bucket, "Key": file.key}
    with aws_failures("s3:PutObject", place := f"s3://{file.bucket}/{key}"), _may_be_gone():
        client("s3").copy_object(Bucket=file.bucket, Key=key, CopySource=source, **encryption())
    return place


def clear(drop: Drop) -> None:
    """Remove what was looked at, and nothing that was dropped under the same name since."""
    now = {file for found in {(file.bucket, file.folder) for file in drop.files} for file in _list_in(*found)}
    for file in drop.files:
        if file in now:
            with aws_failures("s3:DeleteObject", f"s3://{file.bucket}/{file.key}"):
                client("s3").delete_object(Bucket=file.bucket, Key=file.key)


def _list(inbox_root: str) -> Iterator[Dropped]:
    place = urlsplit(inbox_root)
    yield from _list_in(place.netloc, f"{place.path.strip('/')}/{NEW}/")


def _list_in(bucket: str, folder: str) -> Iterator[Dropped]:
    with aws_failures("s3:ListBucket", f"s3://{bucket}/{folder}"):
        pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=folder)
        items: list[dict[str, Any]] = [item for page in pages for item in page.get("Contents", [])]
    for item in items:
        # A folder that was made by hand is an empty object whose name ends so.
        if not item["Key"].endswith("/"):
            moment = item["LastModified"].timestamp()
            yield Dropped(bucket, folder, item["Key"], item["ETag"], item["Size"], moment)


@contextmanager
def _may_be_gone() -> Iterator[None]:
    """Several files that are dropped together are told of one by one: another call may have taken this one."""
    try:
        yield
    except ClientError as error:
        if code_of(error) not in {"NoSuchKey", "404"}:
            raise


def _collect(inbox: Inbox, file: Dropped) -> CollectedFile | RefusedFile | None:
    """What became of a file; None if it is gone."""
    path = Path(file.name)
    if file.size > MAX_BYTES:
        most = MAX_BYTES // 2**20
        return RefusedFile(path, message("export_too_large", name=path.name, size=file.size // 2**20, most=most))
    try:
        options = file.options
    except InputError as error:
        return RefusedFile(path, str(error))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with aws_failures("s3:GetObject", f"s3://{file.bucket}/{file.key}"), _may_be_gone():
            copy.write_bytes(client("s3").get_object(Bucket=file.bucket, Key=file.key)["Body"].read())
        if not copy.exists():
            return None
        # The reader takes a file's time for that of an export that does not tell its own.
        os.utime(copy, (file.dropped_at, file.dropped_at))
        (outcome,) = collect_files(inbox, [copy], options)
    return outcome
