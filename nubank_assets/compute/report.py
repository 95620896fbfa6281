"""What a step reports: plain data that travels from a cluster as JSON as well as within a process."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Finding:
    """The result of one check on one month (or on an unpartitioned table, with month None)."""

    check: str
    table: str
    month: str | None
    passed: bool
    blocking: bool
    explanation: str = ""


@dataclass(frozen=True)
class Published:
    """One object of a table that now counts. `sums` are exact decimals as text, by column."""

    table: str
    month: str | None
    rows: int
    sums: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StepReport:
    """What a step published, what its checks found, and which months it held back."""

    step: str
    published: tuple[Published, ...]
    findings: tuple[Finding, ...]
    withheld: tuple[str, ...]
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The report from `to_dict`'s values."""
        return cls(
            step=values["step"],
            published=tuple(Published(**item) for item in values["published"]),
            findings=tuple(Finding(**item) for item in values["findings"]),
            withheld=tuple(values["withheld"]),
            seconds=values["seconds"],
        )
