"""One statement on Amazon Athena: started, awaited with an end, stopped when nobody waits any more, read whole.

What the texts of its answer are worth is in ``athena_values.py``; which statements a person may send, in
``lake/dialect.py``.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from nubank_assets.aws.athena_values import Column, Row, columns_of, rows_of
from nubank_assets.aws.clients import aws_failures, client, code_of
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

_log: Final = logging.getLogger(__name__)
#: Seconds until a query is stopped, and between two looks at it: the first, the longest, and how they grow.
TIMEOUT: Final = 300.0
_FIRST_LOOK: Final = 0.1
_LONGEST_WAIT: Final = 5.0
_GROWTH: Final = 1.5
_PAGE: Final = 1000
_AT_WORK: Final = frozenset({"QUEUED", "RUNNING"})
#: Athena's own category of a failure that is the fault of its system, not of the statement.
_SYSTEM: Final = 1


@dataclass(frozen=True)
class AthenaPlace:
    """Where queries run: workgroup, database, and where results go if the workgroup does not say."""

    workgroup: str
    database: str
    output: str
    kms_key: str = ""


@dataclass(frozen=True)
class QueryResult:
    """The whole answer: columns, rows in exact values, the bytes Athena read (what it charges for), and its id."""

    columns: tuple[Column, ...]
    rows: list[Row]
    scanned_bytes: int
    query_id: str

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def place_of(settings: "Settings") -> AthenaPlace:
    """Where the settings say; raises InputError without a bucket."""
    output = f"{settings.bucket_root}/athena/"
    return AthenaPlace(settings.athena_workgroup, settings.glue_database, output, settings.kms_key)


def run_query(sql: str, place: AthenaPlace, timeout: float = TIMEOUT) -> QueryResult:
    """Run one statement and read all of its rows.

    Raises InputError when Athena refuses the statement, PermanentError when it cannot run or takes longer than
    `timeout` seconds, RetryableError when it may pass later. Whoever ends the wait ends the query (Ctrl-C too).
    """
    query_id = _start(sql, place)
    try:
        execution = _await(query_id, time.monotonic() + timeout, timeout)
    except BaseException:
        _stop(query_id)
        raise
    if execution["Status"]["State"] != "SUCCEEDED":
        raise _failure(execution["Status"])
    pages = list(_pages(query_id))
    columns = columns_of(pages[0])
    rows = list(rows_of(pages, columns, has_header=execution.get("StatementType") == "DML"))
    return QueryResult(columns, rows, execution.get("Statistics", {}).get("DataScannedInBytes", 0), query_id)


def workgroup_of(name: str) -> dict[str, Any]:
    """A workgroup as Athena describes it; raises PermanentError when there is none."""
    with aws_failures("athena:GetWorkGroup", name), _refusals("athena_workgroup_missing", name=name):
        found: dict[str, Any] = client("athena").get_work_group(WorkGroup=name)["WorkGroup"]
    return found


def has_result_location(workgroup: dict[str, Any]) -> bool:
    """Whether a workgroup says where results go, or keeps them itself."""
    configuration = workgroup.get("Configuration", {})
    is_managed = configuration.get("ManagedQueryResultsConfiguration", {}).get("Enabled", False)
    return is_managed or bool(configuration.get("ResultConfiguration", {}).get("OutputLocation"))


def _start(sql: str, place: AthenaPlace) -> str:
    options: dict[str, Any] = {}
    if not has_result_location(workgroup_of(place.workgroup)):
        encryption = {"EncryptionOption": "SSE_KMS", "KmsKey": place.kms_key} if place.kms_key else None
        encryption = encryption or {"EncryptionOption": "SSE_S3"}
        options["ResultConfiguration"] = {"OutputLocation": place.output, "EncryptionConfiguration": encryption}
    with aws_failures("athena:StartQueryExecution", place.workgroup), _refusals("athena_refused"):
        started = client("athena").start_query_execution(
            QueryString=sql,
            WorkGroup=place.workgroup,
            QueryExecutionContext={"Database": place.database, "Catalog": "AwsDataCatalog"},
            **options,
        )
    return str(started["QueryExecutionId"])


def _await(query_id: str, until: float, timeout: float) -> dict[str, Any]:
    """The execution once it is over."""
    wait = _FIRST_LOOK
    while True:
        with aws_failures("athena:GetQueryExecution", query_id):
            execution: dict[str, Any] = client("athena").get_query_execution(QueryExecutionId=query_id)[
                "QueryExecution"
            ]
        if execution["Status"]["State"] not in _AT_WORK:
            return execution
        left = until - time.monotonic()
        if left <= 0:
            raise PermanentError(message("athena_too_slow", seconds=f"{timeout:g}", query=query_id))
        time.sleep(min(wait, left))
        wait = min(wait * _GROWTH, _LONGEST_WAIT)


def _stop(query_id: str) -> None:
    """Ask Athena to stop; if that fails too, the log says which query may still run, and the first failure counts."""
    try:
        with aws_failures("athena:StopQueryExecution", query_id):
            client("athena").stop_query_execution(QueryExecutionId=query_id)
    except (PermanentError, RetryableError) as error:
        _log.warning(message("athena_not_stopped", query=query_id, error=error))


def _failure(status: dict[str, Any]) -> Exception:
    """What ended a query that did not succeed, in one sentence with Athena's reason."""
    reason = " ".join(status.get("StateChangeReason", "").split()).rstrip(".") or "?"
    details = status.get("AthenaError", {})
    if status["State"] == "CANCELLED":
        return PermanentError(message("athena_cancelled", reason=reason))
    if details.get("Retryable"):
        return RetryableError(message("athena_failed", reason=reason))
    if details.get("ErrorCategory") == _SYSTEM:
        return PermanentError(message("athena_failed", reason=reason))
    return InputError(message("athena_failed", reason=reason))


def _pages(query_id: str) -> Iterator[dict[str, Any]]:
    """Every page of the answer."""
    options: dict[str, Any] = {}
    while True:
        with aws_failures("athena:GetQueryResults", query_id):
            page = client("athena").get_query_results(QueryExecutionId=query_id, MaxResults=_PAGE, **options)
        yield page
        if not page.get("NextToken"):
            return
        options = {"NextToken": page["NextToken"]}


@contextmanager
def _refusals(key: str, **values: str) -> Iterator[None]:
    """Raise InputError with Athena's reason for a request that it calls invalid."""
    try:
        yield
    except ClientError as error:
        if code_of(error) != "InvalidRequestException":
            raise
        reason = " ".join(error.response["Error"].get("Message", "").split()).rstrip(".")
        raise InputError(message(key, reason=reason, **values)) from None
