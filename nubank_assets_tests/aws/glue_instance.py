"""Sensors of Glue on a Dagster of their own: runs that publish, and ticks as the daemon makes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from nubank_assets.assets.declared import key_of
from nubank_assets.aws_resources import GlueResource
from nubank_assets.definitions import build_definitions
from nubank_assets.local_home import prepare_home
from nubank_assets.partitions import MONTHLY
from nubank_assets.settings import Settings, load_settings
from nubank_assets_tests.aws.glue_lake import EXPENSES, SUMMARY, GlueLake


def settings_of(lake: GlueLake, **changes: Any) -> Settings:
    """The settings of a deployment over this lake."""
    bucket, prefix = lake.bucket_root.removeprefix("s3://").split("/", 1)
    return load_settings(
        deployment="aws",
        bucket=bucket,
        bucket_prefix=prefix,
        glue_database=lake.database,
        **{"glue_crawler": "", **changes},
    )


@contextmanager
def dagster_home(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The instance that the page and the daemon have."""
    prepare_home(settings)
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        yield instance


def run(instance: dg.DagsterInstance, lake: GlueLake, month: str | None) -> str:
    """A run of this Dagster that publishes expenses of a month, or the summary; its id."""
    table = EXPENSES if month else SUMMARY

    @dg.asset(key=key_of(table.name), partitions_def=MONTHLY if month else None)
    def publishes() -> None:
        lake.lake.write(table, month, table.arrow_schema.empty_table())

    return dg.materialize([publishes], instance=instance, partition_key=month).run_id


class Ticks:
    """One sensor, tick after tick; each starts from the cursor alone, as after a restart of the daemon."""

    def __init__(self, sensor: dg.SensorDefinition, settings: Settings, instance: dg.DagsterInstance) -> None:
        self.sensor, self.instance = sensor, instance
        resources = dict(build_definitions(settings).resources or {})
        self.glue: GlueResource = resources["glue"]
        self.notifications = resources["notifications"]
        self.cursor: str | None = None
        self.said: str | None = None

    def tick(self, **changes: Any) -> list[Any]:
        """The events of one tick, reported to the instance."""
        fields = {name: getattr(self.glue, name) for name in type(self.glue).model_fields}
        glue = GlueResource(**{**fields, **changes})
        given = {"glue": glue}
        if "notifications" in self.sensor.required_resource_keys:
            given["notifications"] = self.notifications
        with dg.build_sensor_context(instance=self.instance, cursor=self.cursor, resources=given) as context:
            done = self.sensor.evaluate_tick(context)
        for event in done.asset_events:
            self.instance.report_runless_asset_event(event)
        self.cursor, self.said = done.cursor, done.skip_message
        return list(done.asset_events)
