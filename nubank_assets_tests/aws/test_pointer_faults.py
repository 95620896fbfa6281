"""A writer dies at every request of switching a month: between an embedded engine's object and a cluster's files.

Before the request takes effect or after, and no other follows. Whoever reads then sees the old month or the new one,
whole; and writing again ends with the new one.
"""

from collections.abc import Callable
from typing import Final

import pyarrow as pa
import pytest

from nubank_assets.domain.catalog import INCOME
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.lake.files import open_store
from nubank_assets.lake.publish import Lake
from nubank_assets_tests.fakes.faults import Call, Fault, S3Faults, When
from nubank_assets_tests.fakes.frames import arrow_rows
from nubank_assets_tests.fakes.run_folders import point, write_run

MONTH: Final = "2026-06"
_WHEN: Final[tuple[When, ...]] = ("before", "after")


def version(name: str) -> pa.Table:
    """A month of several rows, all of one version."""
    return arrow_rows("income", [{"transaction_id": f"{name} {number:02d}", "title": name} for number in range(50)])


def seen(lake: Lake) -> str:
    """The version that a reader sees; it must be one, and whole."""
    (name,) = set(lake.read(INCOME, [MONTH])["title"].to_pylist())
    assert lake.read(INCOME)["transaction_id"].to_pylist() == version(name)["transaction_id"].to_pylist()
    assert lake.rows(INCOME, MONTH) == 50
    return str(name)


def write_object(root: str, name: str) -> None:
    """As an embedded engine does."""
    Lake(root).write(INCOME, MONTH, version(name))


def write_files(root: str, name: str) -> None:
    """As a cluster does: two files, then the pointer."""
    store, rows = open_store(root), version(name)
    point(store, INCOME, MONTH, write_run(store, INCOME, MONTH, name, [rows.slice(0, 20), rows.slice(20)]))


Write = Callable[[str, str], None]


@pytest.mark.parametrize("new", [write_object, write_files])
@pytest.mark.parametrize("old", [write_object, write_files])
def test_every_request_of_a_switch_fails(
    old: Write, new: Write, no_repeats: None, faults: S3Faults, bucket: str
) -> None:
    calls = calls_of(old, new, faults, f"s3://{bucket}/nubank/calls")
    ends: set[str] = set()
    for number, call in enumerate(calls):
        for when in _WHEN:
            root = f"s3://{bucket}/nubank/{number}-{when}"
            faults.prefix = f"nubank/{number}-{when}/"
            faults.begin()
            old(root, "old")
            faults.begin(Fault(call, "500", when, is_death=True))
            with pytest.raises((PermanentError, RetryableError)):
                new(root, "new")
            faults.begin()
            ends.add(seen(Lake(root)))
            new(root, "again")
            assert seen(Lake(root)) == "again", (call, when)
    assert ends == {"old", "new"}


def calls_of(old: Write, new: Write, faults: S3Faults, root: str) -> list[Call]:
    faults.prefix = "nubank/calls/"
    old(root, "old")
    faults.begin()
    new(root, "new")
    return list(faults.calls)
