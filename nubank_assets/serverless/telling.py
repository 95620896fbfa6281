"""Telling of an execution, through the channels of the settings: that it started, once; how it ended, once.

What was told is marked in the bucket, because no function remembers. The words are those of ``notifications``.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from nubank_assets.credentials import open_credentials
from nubank_assets.domain.failures import RetryableError
from nubank_assets.lake.files import open_store
from nubank_assets.notifications.channels import check_notifications, notify
from nubank_assets.notifications.events import ENDS, RunEvent
from nubank_assets.notifications.marks import end_marks
from nubank_assets.notifications.telling import RunNews
from nubank_assets.serverless.asking import months_meant
from nubank_assets.serverless.failures import ABORTED, reason_of
from nubank_assets.serverless.results import places_of
from nubank_assets.settings import Settings

#: Below the bucket's prefix: an empty object for each channel and notice.
TOLD: Final = "serverless/told"


class BucketMarks:
    """The marks of executions, in the bucket."""

    def __init__(self, bucket_root: str) -> None:
        self._store = open_store(f"{bucket_root}/{TOLD}")

    def known(self, marks: Collection[str]) -> set[str]:
        """Those of these marks that were put."""
        return {mark for mark in marks if self._store.exists(mark)}

    def put(self, mark: str) -> None:
        """Put a mark; it stays for as long as the bucket's rule lets it."""
        self._store.create(mark, b"")

    def keep(self, event: RunEvent) -> None:
        """Nothing: what is not told is tried again by the state machine."""


def tell_of_execution(told: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Tell of an execution as the state machine says it; an end only if no end of it was told before.

    Answers with the months that were told of, which of a start are those that its input means. Raises RetryableError
    with what could not be delivered, InputError for a setting that a channel lacks.
    """
    credentials, marks = open_credentials(settings), BucketMarks(settings.bucket_root)
    check_notifications(settings, credentials)
    event = _event(told, settings)
    ends = {mark for channel in settings.notifications for mark in end_marks(channel, event.run_id)}
    if event.status in ENDS and marks.known(ends - _own_marks(settings, event)):
        return {"months": event.months}
    if undelivered := notify(settings, credentials, event, marks):
        raise RetryableError(" ".join(undelivered))
    return {"months": event.months}


def tell_alert(settings: Settings, run: str, sentences: Sequence[str]) -> list[str]:
    """Tell of something beside the executions; sentences about what could not be delivered."""
    event = RunEvent("alert", failures=tuple(sentences), run_id=run)
    return notify(settings, open_credentials(settings), event, BucketMarks(settings.bucket_root))


def name_of(execution: str) -> str:
    """The name of an execution, by its ARN: what it is known by to people, in notices and in the catalog."""
    return execution.rpartition(":")[2]


def _own_marks(settings: Settings, event: RunEvent) -> set[str]:
    """Those that `notify` looks for by itself, for each channel alone."""
    return {f"{channel}/{event.id}" for channel in settings.notifications}


def _event(told: Mapping[str, Any], settings: Settings) -> RunEvent:
    months, execution = tuple(told.get("months", ())), str(told["execution"])
    run, link = name_of(execution), _link(execution)
    if told["status"] == "started":
        return RunEvent("started", tuple(months_meant(told["input"])), run_id=run, link=link)
    news, error = RunNews(), told.get("error")
    failures = [*told.get("failures", ()), *([reason_of(error, str(told.get("state", "")))] if error else [])]
    news.ended(told["status"] == "succeeded", failures, told.get("warnings", ()))
    event = replace(news.event(settings, months, _seconds(told)), run_id=run, link=link)
    if error and error.get("Error") == ABORTED:
        return replace(event, status="canceled")
    return replace(event, results=places_of(settings)) if event.results else event


def _seconds(told: Mapping[str, Any]) -> float:
    started = told.get("started")
    return (datetime.now(UTC) - datetime.fromisoformat(started)).total_seconds() if started else 0.0


def _link(execution: str) -> str:
    """Where AWS's own page shows the execution."""
    region = execution.split(":")[3]
    return f"https://{region}.console.aws.amazon.com/states/home?region={region}#/v2/executions/details/{execution}"
