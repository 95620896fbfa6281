"""What is to go wrong: before a call is carried out, or after, so that only its answer is lost; and the rate."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["read", "write", "token"]
How = Literal["error", "drop", "page", "garbage", "slow"]
_MINUTE: Final = 60.0


@dataclass
class Fault:
    """One way to fail; `skip` calls of the kind (None: of every kind but tokens) pass first."""

    how: How
    status: int = 500
    is_carried_out: bool = False
    kind: Kind | None = None
    skip: int = 0
    times: int = 1
    retry_after: int | None = None
    text: str = "the test wants it"
    status_name: str = "UNKNOWN"
    """What Google calls the status."""
    location: str = ""
    """Where a redirect leads."""
    seconds: float = 0.0

    def meets(self, kind: Kind) -> bool:
        """Whether this call is the one; counts it."""
        if (kind == "token") if self.kind is None else (kind != self.kind):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Quota:
    """So many calls of each kind in a minute of this clock, as Google counts: by whole minutes."""

    per_minute: int
    now: Callable[[], float]
    _counted: dict[tuple[Kind, int], int] = field(default_factory=dict)

    def is_over(self, kind: Kind) -> bool:
        """Count a call; whether it is one too many."""
        minute = (kind, int(self.now() // _MINUTE))
        self._counted[minute] = self._counted.get(minute, 0) + 1
        return self._counted[minute] > self.per_minute
