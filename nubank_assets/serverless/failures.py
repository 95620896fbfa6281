"""Failures between functions and the state machine: by name on the way out, as a sentence on the way back.

Step Functions knows an error by the name of its class alone: the platform's two kinds leave under their own names, so
that `Retry` can tell them apart. Any other name is a mistake of ours, or the function's own end.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from nubank_assets.domain.failures import LockedError, PermanentError, RetryableError
from nubank_assets.messages import message

#: Whose sentences are for a person.
_OWN: Final = frozenset({LockedError.__name__, PermanentError.__name__, RetryableError.__name__})
_TIMED_OUT: Final = frozenset({"States.Timeout", "Sandbox.Timedout", "TIMED_OUT"})
ABORTED: Final = "ABORTED"


@contextmanager
def by_kind() -> Iterator[None]:
    """Raise every PermanentError and RetryableError as just that, whatever its class."""
    try:
        yield
    except LockedError:
        raise
    except PermanentError as error:
        raise PermanentError(str(error)) from None
    except RetryableError as error:
        raise RetryableError(str(error)) from None


def reason_of(error: Mapping[str, Any], state: str) -> str:
    """The sentence of what ended an execution: the platform's own, or which state it was and what AWS calls it."""
    name, told = str(error.get("Error", "")), _payload(str(error.get("Cause", "")))
    if name in _OWN:
        return str(told.get("errorMessage", ""))
    if name == ABORTED:
        return message("serverless_aborted")
    if name in _TIMED_OUT:
        return message("serverless_timed_out", state=state) if state else message("serverless_timed_out_as_a_whole")
    # Its text may hold anything: it stays in the function's log.
    return message("serverless_unexpected", state=state, error=name)


def _payload(cause: str) -> Mapping[str, Any]:
    """What a function said of its failure, as Lambda writes it into the cause."""
    try:
        told = json.loads(cause)
    except ValueError:
        return {"errorMessage": cause}
    return told if isinstance(told, dict) else {"errorMessage": cause}
