"""Homes of the aws deployment: inbox and lake in a bucket of the local AWS, everything else in a folder."""

from pathlib import Path
from typing import Any

from nubank_assets.aws.clients import client
from nubank_assets.settings import Settings
from nubank_assets.sources.demo.cast import HOLDER_NAME


def s3_settings(home: Path, bucket: str, prefix: str = "nubank") -> Settings:
    """The settings of a home whose data lies in the bucket."""
    return Settings(
        home=home,
        deployment="aws",
        bucket=bucket,
        bucket_prefix=prefix,
        holder_names=(HOLDER_NAME,),
    )


def objects_in(bucket: str, prefix: str = "") -> dict[str, bytes]:
    """Every object below a prefix, by its name without the prefix."""
    s3: Any = client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    return {key.removeprefix(prefix): s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name, without what is staged."""
    found = [path for path in folder.rglob("*") if path.is_file() and "_staging" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
