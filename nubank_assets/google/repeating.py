"""Repeating of calls: what may pass, as often and as long as here, and never what may already have been done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_exponential_jitter

from nubank_assets.google.answers import UnansweredError
from nubank_assets.google.pacing import Clock

#: A call is made so often at most, and no more once it took so many seconds with its waits.
ATTEMPTS: Final = 8
LONGEST: Final = 300.0
#: The seconds before the second attempt; each wait is twice the one before, and jittered.
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 64.0


@dataclass(frozen=True)
class Repeating:
    """How calls are repeated: by this clock, and for so many seconds at most."""

    clock: Clock
    longest: float = LONGEST

    def carry_out(self, send: Callable[[], dict[str, Any]], *, repeatable: bool) -> dict[str, Any]:
        """What `send` gives; one that is not `repeatable` is made again only if Google surely did not do it."""
        started = self.clock.now()

        def is_over(state: RetryCallState) -> bool:
            seconds = self.clock.now() - started + state.upcoming_sleep
            return state.attempt_number >= ATTEMPTS or seconds > self.longest

        def may_repeat(error: BaseException) -> bool:
            return isinstance(error, UnansweredError) and (repeatable or error.is_undone)

        retrying = Retrying(
            retry=retry_if_exception(may_repeat), stop=is_over, wait=_wait, sleep=self.clock.sleep, reraise=True
        )
        answer: dict[str, Any] = retrying(send)
        return answer


def _wait(state: RetryCallState) -> float:
    """As long as Google asks, at least; longer than all may take ends the repeating."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, UnansweredError) else 0.0
    own = wait_exponential_jitter(initial=FIRST_WAIT, max=LONGEST_WAIT, jitter=FIRST_WAIT)(state)
    return max(asked, own)
