"""A small demo, run on this machine and put whole into a bucket with its catalog: what the aws deployment makes."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from nubank_assets.aws.athena_views import publish_views
from nubank_assets.aws.clients import client
from nubank_assets.aws.glue import publish_catalog
from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.homes import demo_home, run


@dataclass(frozen=True)
class AthenaLake:
    """The lake on this machine, and the settings of the same lake in AWS."""

    local_root: str
    settings: Settings


def make_athena_lake(home: Path, months: int) -> AthenaLake:
    """Run the demo and put it into a bucket of its own."""
    demo = demo_home(home, months=months)
    (outcome,) = run(demo.settings)
    assert outcome.succeeded, outcome
    word = uuid.uuid4().hex[:8]
    settings = Settings(
        deployment="aws", home=home, bucket=f"lake-{word}", glue_database=f"db_{word}", athena_workgroup=f"group-{word}"
    )
    client("s3").create_bucket(Bucket=settings.bucket, CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
    client("athena").create_work_group(Name=settings.athena_workgroup, Configuration={})
    for file in Path(demo.settings.lake_root).rglob("*.parquet"):
        if "_staging" not in file.parts:
            key = f"{settings.bucket_prefix}/lake/{file.relative_to(demo.settings.lake_root).as_posix()}"
            client("s3").put_object(Bucket=settings.bucket, Key=key, Body=file.read_bytes())
    publish_catalog(settings.glue_database, settings.bucket_root)
    publish_views(settings.glue_database)
    return AthenaLake(demo.settings.lake_root, settings)
