"""Every test of the inbox and the lake runs on a disk and on S3."""

from pathlib import Path

import pytest


@pytest.fixture(params=["disk", "s3"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A root with nothing in it, whose name needs care."""
    if request.param == "disk":
        return str(tmp_path / "it's a root")
    return f"s3://{request.getfixturevalue('bucket')}/it's a root"
