"""What a month of the serverless deployment costs one person: list prices times what an execution really asks for.

`python -m nubank_assets.aws.costs` prints the tables of ``docs/costs.md``. Prices, with source and date, are in
``prices.json``; the figures of an execution were measured by ``benchmarks/calls.py``. What a run on EMR may cost, said
before it starts, is in ``emr_prices.py``.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal
from typing import Any, Final

from nubank_assets.aws.emr_prices import Estimate, estimate_cluster, estimate_serverless, price_list

REGIONS: Final = ("sa-east-1", "us-east-1")
#: In a month: one by the calendar, four or five by the week, four for dropped files.
EXECUTIONS: Final = 10
#: Of one execution on Lambda over three months, with two years of data. Each stands for more than was measured.
TRANSITIONS: Final = 18
INVOCATIONS: Final = 13
GB_SECONDS: Final = 300
S3_WRITES: Final = 300
S3_READS: Final = 1000
GLUE_REQUESTS: Final = 200
_MIB: Final = Decimal(1) / 1024


@dataclass(frozen=True)
class Item:
    """So much of something that has a price, for a part of the deployment, in a month."""

    part: str
    price: str
    quantity: Decimal
    why: str

    def dollars(self, region: str, *, with_free: bool) -> Decimal:
        """What it costs; with what is free for ever taken off, if that is asked for."""
        price = prices()[self.price]
        free = Decimal(price.get("always_free", 0)) if with_free else Decimal(0)
        return max(self.quantity - free, Decimal(0)) * Decimal(price[region])


def _item(part: str, price: str, quantity: Decimal | int | str, why: str) -> Item:
    return Item(part, price, Decimal(quantity), why)


#: As `make deploy` sets it up, with one source or the spreadsheet.
USUAL: Final = (
    _item("Secrets Manager", "secret", 1, "all texts in one"),
    _item("Secrets Manager", "secret_call", 4 * EXECUTIONS, "4 an execution"),
    _item("CloudWatch", "alarm", 2, "notices that could not be sent, events that nobody got"),
    _item("CloudWatch", "log_ingested", "0.01", "1 MB an execution"),
    _item("CloudWatch", "log_stored", "0.01", "30 days"),
    _item("ECR", "ecr_storage", "0.8", "two images of 400 MB"),
    _item("Lambda", "lambda_gb_second", GB_SECONDS * EXECUTIONS, f"{GB_SECONDS} GB·s an execution"),
    _item("Lambda", "lambda_request", INVOCATIONS * EXECUTIONS, f"{INVOCATIONS} an execution"),
    _item("S3", "s3_write", S3_WRITES * EXECUTIONS, f"{S3_WRITES} PUT and LIST an execution"),
    _item("S3", "s3_read", S3_READS * EXECUTIONS, f"{S3_READS} GET and HEAD an execution"),
    _item("S3", "s3_storage", "0.1", "3 MB, their versions, deployed code"),
    _item("S3", "internet_out", 100 * _MIB, "page and workbook, spreadsheet"),
    _item("Step Functions", "step_transition", TRANSITIONS * EXECUTIONS, f"{TRANSITIONS} an execution"),
    _item("EventBridge Scheduler", "scheduler_invocation", 6, "monthly, weekly"),
    _item("SNS", "sns_email", 2 * EXECUTIONS, "started, ended"),
    _item("Glue Data Catalog", "glue_object", 1000, "28 tables with two years of months, 5 views"),
    _item("Glue Data Catalog", "glue_request", GLUE_REQUESTS * EXECUTIONS, f"{GLUE_REQUESTS} an execution"),
    _item("Athena", "athena_terabyte", 30 * 10 * _MIB * _MIB, "30 queries, each billed as 10 MB"),
    _item("Budgets", "budget", 1, "without actions"),
)
#: What is off unless somebody turns it on.
OPTIONS: Final = (
    _item("one more secret (`nubank_certificate`)", "secret", 1, "each secret of its own"),
    _item("a KMS key of your own", "kms_key", 1, "`NUBANK_KMS_KEY`"),
    _item(
        "a crawler after each execution",
        "glue_crawler_dpu_hour",
        Decimal(2 * 10 * EXECUTIONS) / 60,
        "2 DPUs for the 10 minutes that are the least",
    ),
    _item("eight more alarms", "alarm", 8, "ten in all are free"),
)


def prices() -> dict[str, Any]:
    """The prices of services, by name: unit, dollars a region, source, date, where they are known from."""
    services: dict[str, Any] = price_list()["services"]
    return services


def total(items: Sequence[Item], region: str, *, with_free: bool) -> Decimal:
    """Dollars a month."""
    return sum((item.dollars(region, with_free=with_free) for item in items), Decimal(0))


def describe_costs() -> str:
    """The tables of docs/costs.md."""
    return "\n".join([*_usual(), "", *_options(), "", *_sources(), ""])


def _usual() -> Iterator[str]:
    yield f"| part | what of it | {' | '.join(f'{region}, list | {region}' for region in REGIONS)} |"
    yield "|---|---|" + "---:|" * 2 * len(REGIONS)
    for part in dict.fromkeys(item.part for item in USUAL):
        items = [item for item in USUAL if item.part == part]
        yield f"| {part} | {'; '.join(item.why for item in items)} | {_money(items, '0.001')} |"
    yield f"| **all** | {EXECUTIONS} executions a month | {_money(USUAL, '0.01')} |"


def _options() -> Iterator[str]:
    yield f"| what | why | {' | '.join(REGIONS)} |"
    yield "|---|---|" + "---:|" * len(REGIONS)
    for item in OPTIONS:
        dollars = (_rounded(item.dollars(region, with_free=False), "0.01") for region in REGIONS)
        yield f"| {item.part} | {item.why} | {' | '.join(dollars)} |"
    yield _on_emr("both steps on EMR Serverless, each execution", _serverless)
    yield _on_emr("both steps on a cluster of 2 m5.xlarge, each execution", _cluster)


def _on_emr(what: str, estimate: Callable[[str], Estimate | None]) -> str:
    """A row of a month with an engine that is not Lambda, as the platform itself says before it starts."""
    found = [estimate(region) for region in REGIONS]
    dollars = [str(one.usual * EXECUTIONS) if one else "no price known" for one in found]
    return f"| {what} | the time that a person's data takes, starting included | {' | '.join(dollars)} |"


def _serverless(region: str) -> Estimate | None:
    """Of a step with a driver and two workers of 4 vCPUs and 16 GB, for two steps' time."""
    one = estimate_serverless(region, 12, 48, 120)
    return replace(one, usual=2 * one.usual) if one else None


def _cluster(region: str) -> Estimate | None:
    return estimate_cluster(region, "m5.xlarge", 2, 2, 120)


def _sources() -> Iterator[str]:
    yield f"| price of one | {' | '.join(REGIONS)} | free for ever, a month | known from | of | source |"
    yield "|---|" + "---:|" * (len(REGIONS) + 1) + "---|---|---|"
    for price in prices().values():
        dollars = " | ".join(price[region] for region in REGIONS)
        known = "; ".join(filter(None, (price["known_from"], price.get("note"))))
        free = price.get("always_free", "")
        yield f"| {price['unit']} | {dollars} | {free} | {known} | {price['as_of']} | <{price['source']}> |"


def _money(items: Sequence[Item], smallest: str) -> str:
    figures = [total(items, region, with_free=free) for region in REGIONS for free in (False, True)]
    return " | ".join(_rounded(dollars, smallest) for dollars in figures)


def _rounded(dollars: Decimal, smallest: str) -> str:
    """Up, so that nothing that costs looks free."""
    return f"{dollars.quantize(Decimal(smallest), ROUND_UP)}" if dollars else "0"


if __name__ == "__main__":
    sys.stdout.write(describe_costs())
