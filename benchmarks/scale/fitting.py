"""How cost grows with the lines: a straight line through logarithms, by least squares."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import linear_regression
from typing import Final

#: Below, starting an engine takes longer than the work, and hides how the work grows.
LEAST_LINES: Final = 100_000


@dataclass(frozen=True)
class Growth:
    """`seconds = factor · lines ^ exponent`."""

    exponent: float
    factor: float

    def at(self, lines: int) -> float:
        """Seconds for so many lines."""
        return self.factor * math.pow(lines, self.exponent)


def fit(seconds_by_lines: Mapping[int, float]) -> Growth | None:
    """The growth of what took so long; None for fewer than two sizes from `LEAST_LINES` on."""
    found = sorted((lines, seconds) for lines, seconds in seconds_by_lines.items() if lines >= LEAST_LINES)
    if len(found) < 2:
        return None
    line = linear_regression([math.log(lines) for lines, _ in found], [math.log(seconds) for _, seconds in found])
    return Growth(line.slope, math.exp(line.intercept))
