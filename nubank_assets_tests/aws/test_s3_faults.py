"""Every call to S3 of a run over two months fails once before it takes effect and once after.

A run that meets a fault succeeds or ends with one sentence; each object is the old or the new one, whole; and the next
run without faults leaves what a run that met none leaves, byte by byte. The SDK's own repeats are off but for the
last tests, so that each fault bites.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.domain.identity import content_hash
from nubank_assets.lake import s3
from nubank_assets.lake.inbox import Receipt
from nubank_assets.settings import Settings
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets_tests.fakes.faults import Call, Fault, Kind, S3Faults, When
from nubank_assets_tests.fakes.homes import TODAY
from nubank_assets_tests.fakes.s3_homes import s3_settings
from nubank_assets_tests.fakes.s3_stages import Bucket, Stage, bring, stages

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NEW: Final = "nubank/"
OLD: Final = "others/"
_KINDS: Final[dict[When, tuple[Kind, ...]]] = {"before": ("500", "503", "reset"), "after": ("reset", "500")}


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    write_demo(tmp_path / "files", months=2, seed=1, today=TODAY)
    return tmp_path / "files" / "exports"


def faults_of(number: int, call: Call) -> Iterator[Fault]:
    """A fault before the call takes effect and one after, of kinds that change with its number."""
    for when, kinds in _KINDS.items():
        yield Fault(call, kinds[number % len(kinds)], when)


def meet(faults: S3Faults, fault: Fault, work: Callable[[], object]) -> bool:
    """Work and meet the fault; whether it succeeded. Whatever is raised must be one sentence about S3."""
    faults.begin(fault)
    s3._KNOWN.clear()
    sentence = None
    try:
        work()
    except (PermanentError, RetryableError) as error:
        sentence = str(error)
    assert faults.fired == 1, fault
    assert sentence is None or re.fullmatch(r"A AWS .*s3:.*", sentence), sentence
    return sentence is None


def test_every_call_of_an_import_fails(
    no_repeats: None, faults: S3Faults, direct: Bucket, exports: Path, tmp_path: Path
) -> None:
    def at(prefix: str) -> Settings:
        faults.prefix = f"{prefix}/"
        return s3_settings(tmp_path / "home", direct.name, prefix)

    # Each document is the same four calls: some of them are enough.
    for file in sorted(exports.rglob("*.*"))[4:]:
        file.unlink()
    bring(at("calm"), exports)
    calls, calm = list(faults.calls), documents(direct, "calm/")
    told: Counter[bool] = Counter()
    for number, call in enumerate(calls):
        for fault in faults_of(number, call):
            settings = at(f"{number}-{fault.when}")
            told[meet(faults, fault, partial(bring, settings, exports))] += 1
            assert_whole_documents(direct, faults.prefix)
            faults.begin()
            bring(settings, exports)
            assert documents(direct, faults.prefix) == calm, fault
    report("import", calls, told)


@pytest.mark.parametrize("nth", [20, pytest.param(1, marks=pytest.mark.long)], ids=["every twentieth", "every one"])
def test_every_call_of_a_run_fails(
    no_repeats: None, faults: S3Faults, direct: Bucket, exports: Path, tmp_path: Path, session: "SparkSession", nth: int
) -> None:
    """Every twentieth call of each stage; `make test-long` takes every one."""
    settings = s3_settings(tmp_path / "home", direct.name)
    old = lake_of_others(direct, session, tmp_path)
    bring(settings, exports)
    parts = stages(settings, session, tmp_path)
    listed = {part.name: calls_of(part, faults, direct) for part in parts}
    # It only reads, much of it more than once: there once is enough.
    listed[parts[-1].name] = [call for call in listed[parts[-1].name] if not call.nth]
    listed = {name: calls[::nth] for name, calls in listed.items()}
    new = direct.digests(NEW)
    assert {name for name in old if old[name] == new[name]} <= {
        name for name in old if re.search("/(rejects|corrections|correction_outcomes|rules|bill_differences)/", name)
    }
    for part in parts:
        told: Counter[bool] = Counter()
        for number, call in enumerate(listed[part.name]):
            direct.copy(OLD, NEW, part.outputs)
            for fault in faults_of(number, call):
                told[meet(faults, fault, part.work)] += 1
                for name, digest in direct.digests(NEW).items():
                    assert digest in (new[name], old.get(name)), (fault, name)
            faults.begin()
            if part.writes or number == 0:
                part.work()
            assert direct.digests(NEW) == new, call
        report(part.name, listed[part.name], told)


def calls_of(part: Stage, faults: S3Faults, direct: Bucket) -> list[Call]:
    """What it asks of S3 where an earlier run has been: what is equal byte by byte is not written again."""
    direct.copy(OLD, NEW, part.outputs)
    faults.begin()
    s3._KNOWN.clear()
    part.work()
    return list(faults.calls)


def lake_of_others(direct: Bucket, session: "SparkSession", tmp_path: Path) -> dict[str, str]:
    """The lake that an earlier run left, of other documents: what the runs of this test replace."""
    write_demo(tmp_path / "others", months=2, seed=2, today=TODAY)
    others = s3_settings(tmp_path / "other-home", direct.name, OLD)
    bring(others, tmp_path / "others" / "exports")
    for part in stages(others, session, tmp_path):
        part.work()
    return {name: digest for name, digest in direct.digests(OLD).items() if name.startswith("lake/")}


def documents(direct: Bucket, prefix: str) -> dict[str, bytes]:
    """The stored documents; of a receipt all but the moment it was made."""
    stored = direct.objects(f"{prefix}inbox/")
    receipts = {
        name: Receipt.model_validate_json(data) for name, data in stored.items() if name.startswith("receipts/")
    }
    return {
        **{name: data for name, data in stored.items() if name.startswith("documents/")},
        **{name: receipt.model_dump_json(exclude={"collected_at"}).encode() for name, receipt in receipts.items()},
    }


def assert_whole_documents(direct: Bucket, prefix: str) -> None:
    """Every receipt's document is there, with the bytes its name promises."""
    stored = direct.objects(f"{prefix}inbox/")
    for name, data in stored.items():
        if name.startswith("receipts/"):
            assert f"documents/{Receipt.model_validate_json(data).sha256}" in stored
        else:
            assert name == f"documents/{content_hash(data)}"


def report(stage: str, calls: list[Call], told: "Counter[bool]") -> None:
    """What `pytest -s` shows: the list of the calls, and how many faults were told. Every fault must be felt."""
    assert not told[True], stage
    seconds = f"{time.monotonic():.0f} s"
    print(f"\n{seconds} {stage}: {len(calls)} calls, {told.total()} faults, {told[False]} told, {told[True]} not felt")
    for name, count in Counter(call.name for call in calls).items():
        print(f"  {name}" + (f" ({count} times)" if count > 1 else ""))
