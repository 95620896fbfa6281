"""A household whose data lies in the bucket and whose steps run on the fake EMR; the same one run on this machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa

from nubank_assets.assets.cleaned_parquet import cleaned_parquet
from nubank_assets.aws.clients import client
from nubank_assets.definitions import build_definitions
from nubank_assets.domain.catalog import TABLES
from nubank_assets.emr_resource import RemoteEngineResource
from nubank_assets.jobs import range_tags
from nubank_assets.lake.publish import Lake
from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.emr.machine import python_name
from nubank_assets_tests.fakes.homes import DemoHome
from nubank_assets_tests.fakes.s3_homes import files_in


def emr_settings(home: DemoHome, folder: Path, bucket: str, **changes: Any) -> Settings:
    """The settings of the same person with the data in this bucket."""
    usual = {"engine": "emr", "emr_cluster": "nubank", "emr_python": python_name(), "locale": "en"}
    own = {"home": folder, "deployment": "aws", "bucket": bucket, "holder_names": home.settings.holder_names}
    return Settings(**{**usual, **own, **changes})


def copy_into(bucket: str, folder: str | Path, prefix: str) -> None:
    """Put every file of a folder into the bucket."""
    for name, data in files_in(Path(folder)).items():
        client("s3").put_object(Bucket=bucket, Key=f"{prefix}/{name}", Body=data)


def copy_raw(home: DemoHome, bucket: str) -> None:
    """Put the tables that the first Spark step reads into the bucket."""
    folder = "raw_transactions"
    copy_into(bucket, Path(home.settings.lake_root) / folder, f"nubank/lake/{folder}")


def clean_months(
    settings: Settings, engine: type[RemoteEngineResource], months: Sequence[str], instance: dg.DagsterInstance
) -> dg.ExecuteInProcessResult:
    """Run the first Spark step over an unbroken range, looking often."""
    resource = engine(
        settings=settings.model_dump(mode="json"),
        first_look_seconds=0.3,
        longest_look_seconds=0.5,
        message_seconds=0,
        cancel_seconds=5,
        log_seconds=10,
    )
    made = build_definitions(settings, engine=resource).resources or {}
    return dg.materialize(
        [cleaned_parquet],
        resources={"engine": made["engine"]},
        tags=range_tags(months[0], months[-1]),
        instance=instance,
        raise_on_error=False,
    )


def failure_of(result: dg.ExecuteInProcessResult) -> str:
    """The sentence that the page shows of the step that failed."""
    assert not result.success
    (event,) = result.get_step_failure_events()
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    assert error
    return error.message


def same_rows(ours: Lake, theirs: Lake, name: str, months: Sequence[str] | None = None) -> bool:
    """Whether both lakes have the same rows in the same types."""
    tables = [_sorted(lake.read(TABLES[name], months), name) for lake in (ours, theirs)]
    return bool(tables[0].schema.equals(tables[1].schema) and tables[0].equals(tables[1]))


def _sorted(rows: pa.Table, name: str) -> pa.Table:
    return rows.sort_by([(column, "ascending") for column in TABLES[name].key])
