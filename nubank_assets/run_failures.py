"""Why a run failed, as a person can read it, from the events that Dagster kept."""

import re
from typing import Final

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from nubank_assets.domain.failures import RetryableError

#: How Python begins the text of the platform's own failures, whose sentence says what and where by itself.
_OWN: Final = re.compile(r"nubank_assets(\.\w+)+: ")


def reason_of(event: dg.DagsterEvent) -> str:
    """The plain sentence of a step's failure: of the exception that the step raised, not of Dagster's around it."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = _raised(event)
    if error and (own := _OWN.match(error.message)):
        return error.message[own.end() :].strip()
    return f"{event.step_key}: {error.message.strip()}" if error else str(event.step_key)


def may_pass_later(event: dg.DagsterEvent) -> bool:
    """Whether a step failed by what the platform calls retryable."""
    error = _raised(event)
    return bool(error and error.cls_name in {RetryableError.__name__, *_names_below(RetryableError)})


def _raised(event: dg.DagsterEvent) -> SerializableErrorInfo | None:
    """The exception of the step itself, below Dagster's around it."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    return error


def _names_below(kind: type[Exception]) -> set[str]:
    """The names of a class's subclasses; who raised one has loaded it."""
    return {name for child in kind.__subclasses__() for name in (child.__name__, *_names_below(child))}
