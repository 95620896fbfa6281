"""The end of what a step printed, from where EMR puts logs in S3: for a person who reads why it failed."""

import gzip
import re
import time
import zlib
from typing import Final

from nubank_assets.aws.emr_clusters import describe_cluster
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.lake.files import ObjectStore, open_store
from nubank_assets.messages import message

#: So many lines are told.
LOG_LINES: Final = 50
#: Characters of each: a failure that Step Functions keeps has 32,768 in all.
_LONGEST_LINE: Final = 400
#: What Spark says, and what Python said: spark-submit prints that to its standard output.
_LOGS: Final = ("stderr.gz", "stdout.gz")
#: Java's frames, hundreds of them, would leave no line for the reason.
_FRAME: Final = re.compile(r"\s+(at |\.\.\. \d+ more)")


def tail_of_step(cluster: str, step: str, seconds: float) -> list[str]:
    """The last lines of a step's logs, from where its cluster says that it puts them (see `tail_of_logs`)."""
    try:
        log_uri = str(describe_cluster(cluster).get("LogUri", ""))
    except (PermanentError, RetryableError) as error:
        return [str(error)]
    if not log_uri:
        return [message("emr_log_none", cluster=cluster)]
    return tail_of_logs(f"{log_uri.replace('s3n://', 's3://').rstrip('/')}/{cluster}/steps/{step}", seconds)


def job_logs(log_uri: str, application: str, job: str) -> str:
    """Where EMR Serverless puts what the driver of a job prints."""
    return f"{log_uri.rstrip('/')}/applications/{application}/jobs/{job}/SPARK_DRIVER"


def tail_of_logs(place: str, seconds: float) -> list[str]:
    """The last lines of the logs in an S3 folder.

    EMR puts them there every few minutes: after so many seconds, or where they may not be read, one sentence says so
    instead.
    """
    until = time.monotonic() + seconds
    try:
        store = open_store(place)
        while not store.exists(_LOGS[0]):
            if time.monotonic() >= until:
                return [message("emr_log_late", log=store.url(_LOGS[0]))]
            time.sleep(min(2, seconds))
        return [line for name in _LOGS for line in _tail(store, name)]
    except (PermanentError, RetryableError, OSError, EOFError, zlib.error) as error:
        # Why the step failed is worth more than why its log cannot be read.
        return [str(error)]


def _tail(store: ObjectStore, name: str) -> list[str]:
    """Each of the logs has its share of the lines, without Java's frames."""
    if not store.exists(name):
        return []
    lines = gzip.decompress(store.read(name)).decode(errors="replace").splitlines()
    kept = [line for line in lines if not _FRAME.match(line)][-LOG_LINES // len(_LOGS) :]
    return [line[:_LONGEST_LINE] for line in kept]
