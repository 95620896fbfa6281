"""The list prices in ``prices.json``, and what a run on EMR may cost by them, said before it starts: an estimate.

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
        told = price_list()
        values = {"hourly": self.hourly, "usual": self.usual, "most": self.most, "as_of": told["as_of"]}
        return message("emr_estimate", **values)

    def metadata(self) -> dict[str, str]:
        """For Dagster's page."""
        names = {"per_hour": self.hourly, "usual": self.usual, "most": self.most}
        told = {f"estimated_usd_{name}": str(dollars) for name, dollars in names.items()}
        return {**told, "prices": f"{price_list()['source']} ({price_list()['as_of']})"}


def estimate_cluster(
    region: str, instance_type: str, nodes: int, steps: int, timeout_minutes: float
) -> Estimate | None:
    """Of a cluster that is made for a run of so many steps; None if the file lacks its price."""
    hourly = cluster_hourly(region, instance_type, nodes)
    if hourly is None:
        return None
    return _estimate(hourly, START_MINUTES + STEP_MINUTES * steps, START_MINUTES + timeout_minutes * steps)


def estimate_serverless(region: str, vcpus: int, gigabytes: int, timeout_minutes: float) -> Estimate | None:
    """Of one step on EMR Serverless with so many workers' resources at once; None if the file lacks the price."""
    hourly = serverless_hourly(region, vcpus, gigabytes)
    return None if hourly is None else _estimate(hourly, STEP_MINUTES, timeout_minutes)


def cluster_hourly(region: str, instance_type: str, nodes: int) -> Decimal | None:
    """Dollars for an hour of so many nodes, exactly; None if the file lacks the price."""
    price = price_list()["instances"].get(region, {}).get(instance_type)
    return nodes * (Decimal(price["ec2"]) + Decimal(price["emr"])) if price else None


def serverless_hourly(region: str, vcpus: int, gigabytes: int) -> Decimal | None:
    """Dollars for an hour of so much of EMR Serverless, exactly; None if the file lacks the price."""
    price = price_list()["serverless"].get(region)
    return vcpus * Decimal(price["vcpu"]) + gigabytes * Decimal(price["gigabyte"]) if price else None


def _estimate(hourly: Decimal, usual_minutes: float, most_minutes: float) -> Estimate:
    usual, most = (hourly * Decimal(str(minutes)) / 60 for minutes in (usual_minutes, most_minutes))
    return Estimate(*(dollars.quantize(_CENT, ROUND_UP) for dollars in (hourly, usual, most)))


@cache
def price_list() -> dict[str, Any]:
    """The whole file: `instances` and `serverless` of EMR by region, with `source` and `as_of`; `services` by name."""
    text = files("nubank_assets.aws").joinpath("prices.json").read_text(encoding="utf-8")
    prices: dict[str, Any] = json.loads(text)
    return prices
