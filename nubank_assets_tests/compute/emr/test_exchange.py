"""Where both sides of Pipes meet in S3 is emptied after a step, and is never the reason why one fails."""

from typing import Any

import dagster as dg

from nubank_assets.aws.clients import client
from nubank_assets.emr_pipes import open_exchange
from nubank_assets_tests.fakes.s3_homes import objects_in

TOLD: Any = {"extras": {"step": "one"}}


def test_what_is_told_is_gone_after_a_step(bucket: str) -> None:
    context: Any = dg.build_op_context()
    with open_exchange(context, f"s3://{bucket}/messages/one", 1) as (injector, _), injector.inject_context(TOLD):
        (told,) = objects_in(bucket, "messages/one/")
        assert told.endswith("context.json")
    assert not objects_in(bucket, "messages/")


def test_what_cannot_be_deleted_fails_no_step(bucket: str) -> None:
    context: Any = dg.build_op_context()
    with open_exchange(context, f"s3://{bucket}/messages/one", 1) as (injector, _), injector.inject_context(TOLD):
        _remove(bucket)


def _remove(bucket: str) -> None:
    for version in client("s3").list_object_versions(Bucket=bucket)["Versions"]:
        client("s3").delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
    client("s3").delete_bucket(Bucket=bucket)
