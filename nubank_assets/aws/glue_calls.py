"""Calls of Glue: failures by IAM action, pages read to the end, and lost races told from other failures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from botocore import xform_name
from botocore.exceptions import ClientError
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from nubank_assets.aws.clients import AwsMissingError, aws_failures, client, code_of
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.domain.tables import Table
from nubank_assets.messages import message

#: What Glue says when another writer was quicker: looking again and deciding anew mends it.
_RACES: Final = frozenset(
    {
        "AlreadyExistsException",
        "ConcurrentModificationException",
        "VersionMismatchException",
        "EntityNotFoundException",
        "OperationTimeoutException",
    }
)
#: Codes inside the answer of a batch that may pass by asking again.
_PASSING: Final = _RACES | {"InternalServiceException", "ThrottlingException"}
#: Most partitions that one call may create or update.
_BATCH: Final = 100


class RacedError(RetryableError):
    """Another writer changed the entry between our look and our write."""


#: For a function that looks, decides and writes: it is run anew when a race was lost, and not for ever.
decided_anew: Final = retry(
    retry=retry_if_exception_type(RacedError),
    stop=stop_after_attempt(8),
    wait=wait_random_exponential(multiplier=0.05, max=3),
    reraise=True,
)


def call(action: str, resource: str, **arguments: Any) -> Any:
    """The answer of one Glue action, such as `GetTable`; raises RacedError when a write lost a race."""
    with aws_failures(f"glue:{action}", resource):
        try:
            return getattr(client("glue"), xform_name(action))(**arguments)
        except ClientError as error:
            if not action.startswith("Get") and "Crawler" not in action and code_of(error) in _RACES:
                raise RacedError(_raced(action, resource, code_of(error))) from None
            raise


def call_unless(passing: str, action: str, resource: str, **arguments: Any) -> None:
    """Call; an answer by the code `passing`, which says that another was quicker, is as good."""
    with aws_failures(f"glue:{action}", resource):
        try:
            getattr(client("glue"), xform_name(action))(**arguments)
        except ClientError as error:
            if code_of(error) != passing:
                raise


def pages(action: str, field: str, resource: str, **arguments: Any) -> Iterator[dict[str, Any]]:
    """Every item of every page of an action's answer."""
    with aws_failures(f"glue:{action}", resource):
        for page in client("glue").get_paginator(xform_name(action)).paginate(**arguments):
            yield from page[field]


def read_table(database: str, table: Table) -> dict[str, Any] | None:
    """The table's entry, or None."""
    try:
        answer = call("GetTable", f"{database}.{table.name}", DatabaseName=database, Name=table.name)
    except AwsMissingError:
        return None
    entry: dict[str, Any] = answer["Table"]
    return entry


def read_tables(database: str) -> dict[str, dict[str, Any]]:
    """The entries of all tables of a database by name; none if there is no such database."""
    try:
        return {entry["Name"]: entry for entry in pages("GetTables", "TableList", database, DatabaseName=database)}
    except AwsMissingError:
        return {}


def read_partitions(database: str, table: Table) -> list[dict[str, Any]]:
    """The entries of all partitions of a table."""
    resource = f"{database}.{table.name}"
    return list(pages("GetPartitions", "Partitions", resource, DatabaseName=database, TableName=table.name))


def write_batches(action: str, field: str, resource: str, items: Sequence[Mapping[str, Any]], **where: Any) -> None:
    """Write items in as few calls as may be; raises RacedError or PermanentError for any that was not written."""
    for start in range(0, len(items), _BATCH):
        answer = call(action, resource, **where, **{field: items[start : start + _BATCH]})
        _check_errors(action, resource, answer.get("Errors") or [])


def _check_errors(action: str, resource: str, errors: Iterable[Mapping[str, Any]]) -> None:
    """The first error that lasts counts before any that may pass."""
    found = sorted(errors, key=lambda error: error["ErrorDetail"].get("ErrorCode", "") in _PASSING)
    if not found:
        return
    first = found[0]
    values = first.get("PartitionValues") or first.get("PartitionValueList") or []
    code = first["ErrorDetail"].get("ErrorCode", "")
    where = f"{resource} {'/'.join(values)}"
    if code in _PASSING:
        raise RacedError(_raced(action, where, code))
    reason = f"{code} {first['ErrorDetail'].get('ErrorMessage', '')}".strip()
    raise PermanentError(message("aws_wrong", action=f"glue:{action}", resource=where, error=reason))


def _raced(action: str, resource: str, code: str) -> str:
    return message("aws_busy", action=f"glue:{action}", resource=resource, error=code)
