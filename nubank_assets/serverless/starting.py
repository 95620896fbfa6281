"""Starting executions of the state machine: by hand, by the clock, and when a file is dropped.

What an execution can be asked for is in ``asking.py``, what becomes of a dropped file in ``dropped.py``.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from botocore.exceptions import ClientError

from nubank_assets.aws.clients import aws_failures, client, code_of
from nubank_assets.domain.failures import InputError, RetryableError
from nubank_assets.domain.months import day_of
from nubank_assets.messages import message
from nubank_assets.serverless.asking import Asked
from nubank_assets.serverless.dropped import Drop, clear, collect_dropped, put_aside
from nubank_assets.serverless.telling import tell_alert
from nubank_assets.settings import Settings

_DROPS: Final = "aws.s3"


def start(event: object, settings: Settings) -> dict[str, Any]:
    """Start one execution and say which, or none if nothing that lies in the drop folder needs one.

    Raises InputError for an input that cannot be understood.
    """
    if _is_drop(event):
        return _start_for_drop(settings)
    return {"execution": start_execution(settings, Asked.of(event, day_of(datetime.now(UTC))))}


def start_execution(settings: Settings, asked: Asked) -> str:
    """The ARN of a new execution, or of the one that the same name started before."""
    machine, name = settings.state_machine, asked.name or str(uuid.uuid4())
    if not machine:
        raise InputError(message("setting_missing", name="NUBANK_STATE_MACHINE", needed_by="start"))
    with aws_failures("states:StartExecution", machine):
        try:
            answer = client("stepfunctions").start_execution(
                stateMachineArn=machine, name=name, input=json.dumps(asked.to_input())
            )
        except ClientError as error:
            if code_of(error) != "ExecutionAlreadyExists":
                raise
            return f"{machine.replace(':stateMachine:', ':execution:')}:{name}"
    return str(answer["executionArn"])


def _is_drop(event: object) -> bool:
    """Whether S3 tells of a file, by itself or through EventBridge."""
    if not isinstance(event, Mapping):
        return False
    return event.get("source") == _DROPS or "Records" in event


def _start_for_drop(settings: Settings) -> dict[str, Any]:
    """Store what was dropped, then start, then remove: whoever dies in between is started again by S3."""
    drop = collect_dropped(settings.inbox_root)
    if drop.refused:
        _tell_of_refused(settings, drop)
    started = None
    if drop.months:
        # Offline: these are the months that were touched, and the sources have their own times.
        asked = Asked(drop.months, offline=True, name=f"inbox-{drop.mark}")
        started = start_execution(settings, asked)
    clear(drop)
    return {"execution": started, "refused": [file.name for file, _ in drop.refused]}


def _tell_of_refused(settings: Settings, drop: Drop) -> None:
    sentences = [
        message("serverless_refused", name=file.name, reason=reason, place=put_aside(file))
        for file, reason in drop.refused
    ]
    if undelivered := tell_alert(settings, f"inbox-{drop.mark}", sentences):
        raise RetryableError(" ".join(undelivered))
