"""Whole runs through Dagster on an S3 that fails: what passes by itself is not felt, what stays is told and mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets.aws import clients
from nubank_assets.local_runs import RunOutcome
from nubank_assets.settings import Settings
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets_tests.fakes.faults import Call, Fault, Kind, S3Faults, s3_faults
from nubank_assets_tests.fakes.homes import TODAY, run
from nubank_assets_tests.fakes.s3_homes import s3_settings
from nubank_assets_tests.fakes.s3_stages import MONTHS, Bucket, bring

#: One call of each kind; all of them are in test_s3_faults.py.
_CALLS = (
    "LIST inbox/receipts/",
    "PUT lake/raw_transactions/raw_lines/month=2026-11/data.parquet",
    "GET lake/cleaned_parquet/transactions/month=2026-11/data.parquet",
    "PUT lake/insights/monthly_summary/data.parquet",
)


@pytest.fixture
def faults(aws: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Faults]:
    with s3_faults(aws, "nubank/") as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", proxy.url)
        clients.client.cache_clear()
        yield proxy
    clients.client.cache_clear()


@pytest.fixture
def settings(tmp_path: Path, bucket: str, faults: S3Faults) -> Settings:
    write_demo(tmp_path / "files", months=2, seed=1, today=TODAY)
    settings = s3_settings(tmp_path / "home", bucket)
    bring(settings, tmp_path / "files" / "exports")
    return settings


def outcome_of(settings: Settings) -> RunOutcome:
    (outcome,) = run(settings, list(MONTHS))
    return outcome


def write_by_another(direct: Bucket, call: str) -> None:
    """The same bytes, of which nobody noted anything: a run writes them anew."""
    verb, name = call.split(" ", 1)
    if verb == "PUT":
        place = {"Bucket": direct.name, "Key": f"nubank/{name}"}
        direct.s3.copy_object(**place, CopySource=place, Metadata={}, MetadataDirective="REPLACE")


@pytest.mark.parametrize("calls", [_CALLS[:2], pytest.param(_CALLS[2:], marks=pytest.mark.long)], ids=["in", "out"])
def test_runs_that_meet_a_fault(
    aws: str, bucket: str, settings: Settings, faults: S3Faults, calls: tuple[str, ...]
) -> None:
    """Each fault once, which the SDK's repeats hide; then for good, which fails the run; then none."""
    assert outcome_of(settings).succeeded
    direct = Bucket(aws, bucket)
    calm = direct.digests("nubank/")
    kinds: tuple[Kind, ...] = ("500", "503", "reset")
    for number, name in enumerate(calls):
        kind = kinds[number % 3]
        write_by_another(direct, name)
        faults.begin(Fault(Call(name), kind, "after" if number % 2 else "before"))
        outcome = outcome_of(settings)
        assert faults.fired == 1
        assert outcome.succeeded, (name, outcome)
        write_by_another(direct, name)
        faults.begin(Fault(Call(name), kind, lasting=True))
        outcome = outcome_of(settings)
        assert faults.fired > 1
        assert not outcome.succeeded
        (sentence,) = outcome.failures
        assert "\n" not in sentence
        assert "nubank_assets.domain" not in sentence
        assert f"s3://{bucket}" in sentence or kind == "reset"
        assert direct.digests("nubank/") == calm
    faults.begin()
    assert outcome_of(settings).succeeded
    assert direct.digests("nubank/") == calm
