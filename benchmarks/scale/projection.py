"""What a hundred million lines may take and cost, from what was measured and the platform's file of list prices.

An estimate, and says so: a cluster was not measured.
"""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Final

from nubank_assets.aws.emr_prices import START_MINUTES, cluster_hourly, serverless_hourly

LINES: Final = 100_000_000
REGION: Final = "us-east-1"
#: The share of more cores that is gained: shuffles, files in S3 and the slowest task take the rest. Assumed.
_EFFICIENCY: Final = 0.7
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Projection:
    """A place, minutes from asking to having, and dollars."""

    place: str
    minutes: float
    dollars: Decimal


def project(lines: int, cpu_seconds: float) -> list[Projection]:
    """`LINES` on EMR and on EMR Serverless, in proportion to the processor seconds that JVM Spark took for `lines`."""
    work = cpu_seconds * LINES / lines
    return [_on_cluster(work, "m5.xlarge", 4, workers=4), _on_serverless(work, vcpus=16, gigabytes=64)]


def _on_cluster(work: float, instance: str, cores: int, workers: int) -> Projection:
    minutes = START_MINUTES + _minutes(work, cores * workers)
    return Projection(
        f"EMR, 1 + {workers} × {instance}", minutes, _dollars(cluster_hourly(REGION, instance, workers + 1), minutes)
    )


def _on_serverless(work: float, vcpus: int, gigabytes: int) -> Projection:
    minutes = 2 + _minutes(work, vcpus)
    hourly = serverless_hourly(REGION, vcpus, gigabytes)
    return Projection(f"EMR Serverless, {vcpus} vCPU, {gigabytes} GB", minutes, _dollars(hourly, minutes))


def _minutes(work: float, cores: int) -> float:
    return work / cores / _EFFICIENCY / 60


def _dollars(hourly: Decimal | None, minutes: float) -> Decimal:
    assert hourly is not None, f"no price in {REGION}"
    return (hourly * Decimal(str(minutes)) / 60).quantize(_CENT, ROUND_UP)
