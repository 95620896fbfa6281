"""A run over two months in S3 as its stages, each callable by itself in this process, and the states around them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from boto3.session import Session

from nubank_assets.checks import find_unproven_months
from nubank_assets.compute.step import run_step
from nubank_assets.domain.catalog import CORRECTIONS, RULES, tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.export.workbook import write_workbook
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake, split_by_month
from nubank_assets.settings import Settings
from nubank_assets.sources.own_rules import read_rules
from nubank_assets.sources.raw import read_raw_batches
from nubank_assets.sources.sheets.correction_rows import read_corrections
from nubank_assets.transforms.steps import STEPS, Parameters
from nubank_assets_tests.fakes.homes import import_files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MONTHS: Final = ("2026-10", "2026-11")


@dataclass(frozen=True)
class Bucket:
    """A bucket, reached without any proxy."""

    endpoint: str
    name: str

    @cached_property
    def s3(self) -> Any:
        return Session().client("s3", endpoint_url=self.endpoint)

    def digests(self, prefix: str) -> dict[str, str]:
        """The MD5 of every object below a prefix, by its name without the prefix: S3's ETag of one PUT."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        found = [item for page in pages for item in page.get("Contents", [])]
        return {item["Key"].removeprefix(prefix): item["ETag"] for item in found}

    def objects(self, prefix: str) -> dict[str, bytes]:
        """Every object below a prefix, by its name without the prefix."""
        get = self.s3.get_object
        return {name: get(Bucket=self.name, Key=prefix + name)["Body"].read() for name in self.digests(prefix)}

    def copy(self, source: str, target: str, below: str) -> None:
        """Write the objects below a prefix again, below another."""
        for name in self.digests(source + below):
            origin = {"Bucket": self.name, "Key": f"{source}{below}{name}"}
            self.s3.copy_object(Bucket=self.name, Key=f"{target}{below}{name}", CopySource=origin)


@dataclass(frozen=True)
class Stage:
    """A part of a run: what it does, and where what it replaces lies."""

    name: str
    work: Callable[[], None]
    outputs: str
    writes: bool = True


def stages(settings: Settings, session: "SparkSession", files: Path) -> list[Stage]:
    """What a run does after the import, in order, as the assets do it."""
    lake, parameters = Lake(settings.lake_root), Parameters(holder_names=settings.holder_names)

    def step(name: str) -> Callable[[], None]:
        def work() -> None:
            report = run_step(session, STEPS[name], MONTHS, lake, parameters)
            assert not report.withheld, report

        return work

    def prove_and_export() -> None:
        assert list(find_unproven_months(lake)) == []
        write_workbook(lake, files / "nubank.xlsx", "pt-BR")

    return [
        Stage("raw_transactions", lambda: _raw(settings), f"lake/{Layer.RAW.value}/"),
        *(Stage(name, step(name), f"lake/{STEPS[name].layer.value}/") for name in STEPS),
        Stage("proof and sheets_export", prove_and_export, "nothing", writes=False),
    ]


def bring(settings: Settings, exports: Path) -> None:
    """Import, as `nubank import` does."""
    import_files(settings, [exports], source="demo")


def _raw(settings: Settings) -> None:
    lake, inbox = Lake(settings.lake_root), Inbox(settings.inbox_root)
    lake.write(CORRECTIONS, None, said := read_corrections(inbox))
    lake.write(RULES, None, read_rules(inbox, said))
    monthly = [table for table in tables_of(Layer.RAW) if table.partitioned]
    for months, tables in read_raw_batches(inbox, MONTHS):
        for table in monthly:
            for month, rows in split_by_month(tables.by_name()[table.name], months).items():
                lake.write(table, month, rows)
