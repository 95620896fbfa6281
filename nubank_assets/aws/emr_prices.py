"""What a run on EMR may cost, said before it starts: an estimate by the list prices in ``prices.json``.

A region or an instance type that is not in that file has no estimate, rather than a wrong one.
"""

import json
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from nubank_assets.messages import message

#: Minutes that a new cluster takes to start, and a step on little data; what is longer costs more.
START_MINUTES: Final = 8
STEP_MINUTES: Final = 3
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Estimate:
    """Dollars: for an hour, for what is usual, and for the longest that the settings let it take."""

    hourly: Decimal
    usual: Decimal
    most: Decimal

    @property
    def sentence(self) -> str:
        """For a person, with where the prices are from."""
        told = _prices()
        values = {"hourly": self.hourly, "usual": self.usual, "most": self.most, "as_of": told["as_of"]}
        return message("emr_estimate", **values)

    def metadata(self) -> dict[str, str]:
        """For Dagster's page."""
        names = {"per_hour": self.hourly, "usual": self.usual, "most": self.most}
        told = {f"estimated_usd_{name}": str(dollars) for name, dollars in names.items()}
        return {**told, "prices": f"{_prices()['source']} ({_prices()['as_of']})"}


def estimate_cluster(
    region: str, instance_type: str, nodes: int, steps: int, timeout_minutes: float
) -> Estimate | None:
    """Of a cluster that is made for a run of so many steps; None if the file lacks its price."""
    price = _prices()["instances"].get(region, {}).get(instance_type)
    if not price:
        return None
    hourly = nodes * (Decimal(price["ec2"]) + Decimal(price["emr"]))
    return _estimate(hourly, START_MINUTES + STEP_MINUTES * steps, START_MINUTES + timeout_minutes * steps)


def estimate_serverless(region: str, vcpus: int, gigabytes: int, timeout_minutes: float) -> Estimate | None:
    """Of one step on EMR Serverless with so many workers' resources at once; None if the file lacks the price."""
    price = _prices()["serverless"].get(region)
    if not price:
        return None
    hourly = vcpus * Decimal(price["vcpu"]) + gigabytes * Decimal(price["gigabyte"])
    return _estimate(hourly, STEP_MINUTES, timeout_minutes)


def _estimate(hourly: Decimal, usual_minutes: float, most_minutes: float) -> Estimate:
    usual, most = (hourly * Decimal(str(minutes)) / 60 for minutes in (usual_minutes, most_minutes))
    return Estimate(*(dollars.quantize(_CENT, ROUND_UP) for dollars in (hourly, usual, most)))


@cache
def _prices() -> dict[str, Any]:
    text = files("nubank_assets.aws").joinpath("prices.json").read_text(encoding="utf-8")
    prices: dict[str, Any] = json.loads(text)
    return prices
