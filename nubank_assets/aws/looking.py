"""What `nubank doctor` says of the bucket: what these credentials may do there, and whether it keeps and encrypts.

Writes one small object, and deletes it. Says for each thing that fails which permission or setting it lacks.
"""

import uuid
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from nubank_assets.aws.clients import aws_failures, client
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.lake.files import ObjectStore, open_store
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

#: A sentence about one thing, and whether it is all right (None: worth knowing).
Diagnosis = tuple[bool | None, str]
#: Below the prefix, beside inbox and lake.
_PROBE: Final = "_probe"


def look_at_bucket(settings: "Settings") -> Iterator[Diagnosis]:
    """Whether the bucket answers, can be listed, written, read and deleted, keeps versions, and encrypts."""
    try:
        store = open_store(settings.bucket_root)
        store.names("inbox")
    except (PermanentError, RetryableError) as error:
        yield False, str(error)
        return
    yield True, message("s3_listed", root=settings.bucket_root)
    probe = f"{_PROBE}/{uuid.uuid4().hex}"
    for look in (
        lambda: _look_at_writing(store, probe),
        lambda: _look_at_encryption(settings, store, probe),
        lambda: _look_at_deleting(store, probe),
        lambda: _look_at_versions(settings.bucket),
        lambda: _look_at_strangers(settings.bucket),
    ):
        yield from _told(look)


def _told(look: Callable[[], Iterator[Diagnosis]]) -> Iterator[Diagnosis]:
    """What a look finds; what it cannot do is one more finding, and the others still look."""
    try:
        yield from look()
    except (PermanentError, RetryableError) as error:
        yield False, str(error)


def _look_at_writing(store: ObjectStore, probe: str) -> Iterator[Diagnosis]:
    """An object is written once, and a second writer of the same document is refused."""
    store.create(probe, b"1")
    if store.create(probe, b"2"):
        yield False, message("s3_not_conditional", object=store.url(probe))
    try:
        is_right = store.read(probe) == b"1"
    except FileNotFoundError:
        is_right = False
    yield is_right, message("s3_written" if is_right else "s3_lost", object=store.url(probe))


def _look_at_encryption(settings: "Settings", store: ObjectStore, probe: str) -> Iterator[Diagnosis]:
    key = store.url(probe).removeprefix(f"s3://{settings.bucket}/")
    with aws_failures("s3:GetObject", store.url(probe)):
        head = client("s3").head_object(Bucket=settings.bucket, Key=key)
    wanted, found = "aws:kms" if settings.kms_key else "AES256", str(head.get("ServerSideEncryption"))
    if found == wanted:
        yield True, message("s3_encrypted", how=settings.kms_key or "SSE-S3")
    else:
        yield False, message("s3_encrypted_otherwise", found=found, wanted=wanted)


def _look_at_deleting(store: ObjectStore, probe: str) -> Iterator[Diagnosis]:
    store.remove(probe)
    is_gone = not store.exists(probe)
    yield is_gone, message("s3_deleted" if is_gone else "s3_not_deleted", object=store.url(probe))


def _look_at_versions(bucket: str) -> Iterator[Diagnosis]:
    with aws_failures("s3:GetBucketVersioning", f"s3://{bucket}"):
        keeps = client("s3").get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled"
    yield keeps, message("s3_versions" if keeps else "s3_no_versions", bucket=bucket)


def _look_at_strangers(bucket: str) -> Iterator[Diagnosis]:
    """Whether the bucket refuses the public, whatever a policy or an object says."""
    with aws_failures("s3:GetBucketPublicAccessBlock", f"s3://{bucket}"):
        try:
            blocks: dict[str, Any] = client("s3").get_public_access_block(Bucket=bucket)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "NoSuchPublicAccessBlockConfiguration":
                raise
            blocks = {}
    rules = blocks.get("PublicAccessBlockConfiguration", {})
    is_closed = bool(rules) and all(rules.values())
    yield is_closed, message("s3_closed" if is_closed else "s3_open", bucket=bucket)
