"""Why a run failed, as a person can read it, from the events that Dagster kept."""

import re
from typing import Final

import dagster as dg

#: How Python begins the text of the platform's own failures, whose sentence says what and where by itself.
_OWN: Final = re.compile(r"nubank_assets(\.\w+)+: ")


def reason_of(event: dg.DagsterEvent) -> str:
    """The plain sentence of a step's failure: of the exception that the step raised, not of Dagster's around it."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = data.error
    while error and error.cause:
        error = error.cause
    if error and (own := _OWN.match(error.message)):
        return error.message[own.end() :].strip()
    return f"{event.step_key}: {error.message.strip()}" if error else str(event.step_key)
