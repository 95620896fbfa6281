"""Fixtures that several tests of AWS share."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from nubank_assets_tests.aws.glue_lake import GlueLake


@pytest.fixture
def glue_lake(bucket: str) -> "GlueLake":
    """A small lake in S3 and the name of its database in Glue, in which nothing is yet."""
    from nubank_assets_tests.aws.glue_lake import new_glue_lake

    return new_glue_lake(bucket)
