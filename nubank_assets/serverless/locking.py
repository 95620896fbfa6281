"""One execution at a time: a lock object in S3, taken and given back by conditional writes only.

One lock for all months, because the insights span them. Waiting is the state machine's. An execution that ended
without giving the lock back holds nobody up: its owner is looked for, and the lock expires.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from nubank_assets.aws.clients import aws_failures, client, code_of
from nubank_assets.domain.failures import LockedError, PermanentError
from nubank_assets.lake.s3 import encryption
from nubank_assets.messages import message

#: Longer than an execution may take (`TimeoutSeconds` of the state machine), so that no two can run by expiry.
EXPIRY: Final = timedelta(hours=8)
LOCK: Final = "serverless/lock.json"
#: Somebody else wrote first, or is writing at this moment.
_LOST: Final = frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict", "409"})
_GONE: Final = frozenset({"ExecutionDoesNotExist"})


@dataclass(frozen=True)
class Held:
    """Who has the lock and until when; nobody, if there is no owner. `version` is of the object."""

    owner: str
    until: str
    version: str = ""

    def is_free(self, now: datetime) -> bool:
        """Whether anybody may take it without asking."""
        return not self.owner or datetime.fromisoformat(self.until) <= now


def acquire(bucket_root: str, owner: str, now: datetime) -> None:
    """Take the lock for an execution; one that has it already keeps it.

    Raises LockedError if another has it, or was quicker.
    """
    held = _read(bucket_root)
    if held and held.owner == owner:
        return
    if held and not held.is_free(now) and _is_running(held.owner):
        raise LockedError(message("serverless_locked", owner=held.owner.rpartition(":")[2], until=held.until))
    wanted = Held(owner, (now + EXPIRY).isoformat(timespec="seconds"))
    if not _write(bucket_root, wanted, {"IfMatch": held.version} if held else {"IfNoneMatch": "*"}):
        raise LockedError(message("serverless_lock_lost"))


def release(bucket_root: str, owner: str) -> None:
    """Give the lock back; one that another has, or nobody, is left as it is."""
    held = _read(bucket_root)
    if held and held.owner == owner:
        # Who lost here lost to who took it over; then it is not ours to give back.
        _write(bucket_root, Held("", held.until), {"IfMatch": held.version})


def _read(bucket_root: str) -> Held | None:
    place = _place(bucket_root)
    with aws_failures("s3:GetObject", f"s3://{place['Bucket']}/{place['Key']}"):
        try:
            answer = client("s3").get_object(**place)
        except ClientError as error:
            if code_of(error) == "NoSuchKey":
                return None
            raise
    held = json.loads(answer["Body"].read())
    return Held(str(held["owner"]), str(held["until"]), answer["ETag"])


def _write(bucket_root: str, held: Held, condition: Mapping[str, str]) -> bool:
    """Whether it could be written under the condition."""
    place, body = _place(bucket_root), asdict(held)
    del body["version"]
    with aws_failures("s3:PutObject", f"s3://{place['Bucket']}/{place['Key']}"):
        try:
            # Tried again by the state machine alone: of a write whose answer was lost, a repetition would lose.
            client("s3", 1).put_object(**place, Body=json.dumps(body).encode(), **condition, **encryption())
        except ClientError as error:
            if code_of(error) in _LOST:
                return False
            raise
    return True


def _place(bucket_root: str) -> dict[str, Any]:
    place = urlsplit(bucket_root)
    return {"Bucket": place.netloc, "Key": "/".join(filter(None, (place.path.strip("/"), LOCK)))}


def _is_running(execution: str) -> bool:
    """Whether the execution still runs; who cannot be asked about is taken for running until the lock expires."""
    try:
        with aws_failures("states:DescribeExecution", execution):
            try:
                described = client("stepfunctions").describe_execution(executionArn=execution)
            except ClientError as error:
                if code_of(error) in _GONE:
                    return False
                raise
    except PermanentError:
        return True
    return bool(described["status"] == "RUNNING")
