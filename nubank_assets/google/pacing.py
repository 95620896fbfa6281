"""The clock of the calls, and a pace that stays below Google's rate. When a call is repeated is in ``repeating.py``."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Final, Literal

Kind = Literal["read", "write"]

#: Google allows a user 60 reads and 60 writes in a minute; some are left for another process of the same account.
PER_MINUTE: Final = 50
_MINUTE: Final = 60.0


@dataclass(frozen=True)
class Clock:
    """Seconds that only grow, and waiting for some of them."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


SYSTEM_CLOCK: Final = Clock()


@dataclass
class Pace:
    """At most `PER_MINUTE` calls of each kind in any minute; safe to share among threads."""

    clock: Clock
    _calls: dict[Kind, deque[float]] = field(default_factory=lambda: {"read": deque(), "write": deque()})
    _lock: Lock = field(default_factory=Lock)

    def keep(self, kind: Kind) -> None:
        """Wait until one more call of the kind is allowed, a minute at most, and count it."""
        with self._lock:
            calls = self._calls[kind]
            if len(calls) >= PER_MINUTE:
                self.clock.sleep(max(0.0, calls.popleft() + _MINUTE - self.clock.now()))
            calls.append(self.clock.now())


@cache
def pace_of(client_email: str, clock: Clock) -> Pace:  # noqa: ARG001
    """The pace of an account in this process: its spreadsheets share it, as they share Google's rate."""
    return Pace(clock)
