"""Calls of EMR, with their failures as sentences and patience for an EMR that is busy.

EMR allows few calls a second in an account, so throttling is normal and waits longer than elsewhere. What is asked is
for ``emr_clusters.py`` and ``emr_steps.py``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from botocore import xform_name
from botocore.exceptions import ClientError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from nubank_assets.aws.clients import aws_failures, client, code_of
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message

#: EMR's words for a request that it understood and will not do; the reason is in its text alone.
_REFUSED: Final = frozenset({"ValidationException", "InvalidRequestException"})
#: On top of botocore's own four attempts.
_ATTEMPTS: Final = 3


def call(action: str, resource: str, **values: Any) -> dict[str, Any]:
    """What EMR answers. Only for what may be asked twice. Raises PermanentError and RetryableError."""
    return _patience()(_ask, "emr", action, resource, values, attempts=4)


def call_once(action: str, resource: str, find: Callable[[], str], **values: Any) -> dict[str, Any] | str:
    """A call that must take effect once, such as adding a step: before it is repeated, EMR is asked by `find`.

    `find` gives what the lost call had made, or nothing; that is then what is returned.
    """
    for attempt in _patience():
        with attempt:
            if attempt.retry_state.attempt_number > 1 and (made := find()):
                return made
            return _ask("emr", action, resource, values, attempts=1)
    raise AssertionError("tenacity either returns or raises")


def pages(action: str, resource: str, part: str, **values: Any) -> Iterator[dict[str, Any]]:
    """All items of a list that comes in pages."""
    marker: dict[str, str] = {}
    while True:
        answer = call(action, resource, **values, **marker)
        yield from answer[part]
        if not answer.get("Marker"):
            return
        marker = {"Marker": answer["Marker"]}


@contextmanager
def emr_failures(action: str, resource: str) -> Iterator[None]:
    """What EMR raises, with its own reason where it refuses; `action` has its service before it."""
    with aws_failures(action, resource):
        try:
            yield
        except ClientError as error:
            if code_of(error) not in _REFUSED:
                raise
            reason = error.response.get("Error", {}).get("Message") or code_of(error)
            raise PermanentError(message("emr_refused", action=action, resource=resource, reason=reason)) from None


def _ask(service: str, action: str, resource: str, values: dict[str, Any], *, attempts: int) -> dict[str, Any]:
    with emr_failures(f"elasticmapreduce:{action}", resource):
        answer: dict[str, Any] = getattr(client(service, attempts), xform_name(action))(**values)
    return answer


def _patience() -> Retrying:
    return Retrying(
        retry=retry_if_exception_type(RetryableError),
        stop=stop_after_attempt(_ATTEMPTS),
        wait=wait_exponential_jitter(1, 20),
        reraise=True,
    )
