"""The same steps as jobs of EMR Serverless, by Dagster's own client: real `spark-submit` processes too."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from nubank_assets.aws.clients import client
from nubank_assets.aws.looking_emr import look_at_emr
from nubank_assets.domain.catalog import RAW_LINES, TABLES
from nubank_assets.domain.failures import InputError
from nubank_assets.emr_serverless_resource import EmrServerlessEngine, job_request
from nubank_assets.lake.parts import POINTER, home_of
from nubank_assets.lake.publish import Lake
from nubank_assets.settings import Settings
from nubank_assets.transforms.steps import CLEANING
from nubank_assets_tests.fakes.emr.homes import clean_months, copy_raw, emr_settings, failure_of, same_rows
from nubank_assets_tests.fakes.emr.jobs import Job
from nubank_assets_tests.fakes.emr.machine import why_not
from nubank_assets_tests.fakes.emr.server import FakeEmr
from nubank_assets_tests.fakes.homes import DemoHome, demo_home, run
from nubank_assets_tests.fakes.s3_homes import objects_in

needs_spark = pytest.mark.skipif(bool(why_not()), reason=why_not())
MONTH = "2026-10"
ROLE = "arn:aws:iam::123456789012:role/nubank-emr-jobs"


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    home = demo_home(tmp_path_factory.mktemp("household"), months=3)
    assert run(home.settings)[0].succeeded
    return home


def settings_of(household: DemoHome, emr: FakeEmr, folder: Path, bucket: str) -> Settings:
    own: dict[str, Any] = {"emr_serverless_application": emr.application.id, "emr_serverless_role": ROLE}
    return emr_settings(household, folder, bucket, engine="emr-serverless", **own)


@needs_spark
@pytest.mark.long
def test_a_month_as_a_job_equals_the_one_of_this_machine(
    household: DemoHome, emr: FakeEmr, bucket: str, tmp_path: Path
) -> None:
    settings = settings_of(household, emr, tmp_path / "home", bucket)
    copy_raw(household, bucket)
    with dg.DagsterInstance.ephemeral() as instance:
        result = clean_months(settings, EmrServerlessEngine, [MONTH], instance)
        told = "\n".join(entry.user_message for entry in instance.all_logs(result.run_id))
    assert result.success
    for name in CLEANING.outputs:
        assert same_rows(Lake(settings.lake_root), household.lake, name, [MONTH]), name
    assert "not supported" not in told
    assert "GetDashboardForJobRun" not in emr.calls
    assert not objects_in(bucket, "nubank/emr/messages/")


@needs_spark
def test_a_job_that_fails_says_what_the_step_raised(
    household: DemoHome, emr: FakeEmr, bucket: str, tmp_path: Path
) -> None:
    settings = settings_of(household, emr, tmp_path / "home", bucket)
    copy_raw(household, bucket)
    pointer = f"nubank/lake/{home_of(RAW_LINES, MONTH)}/{POINTER}"
    client("s3").put_object(Bucket=bucket, Key=pointer, Body=b"this is no pointer")
    result = clean_months(settings, EmrServerlessEngine, [MONTH], dg.DagsterInstance.ephemeral())
    said = failure_of(result)
    assert f"failed on EMR ({emr.application.id}/{await_job(emr).id}) with json.decoder.JSONDecodeError" in said
    assert "in run_cluster_step" in said


def await_job(emr: FakeEmr) -> Job:
    """The job, once it was asked for."""
    until = time.monotonic() + 60
    while not emr.application.jobs:
        assert time.monotonic() < until
        time.sleep(0.05)
    return next(iter(emr.application.jobs.values()))


@pytest.mark.long
def test_a_job_that_is_canceled_by_another_fails_the_run(
    household: DemoHome, emr: FakeEmr, bucket: str, tmp_path: Path
) -> None:
    settings = settings_of(household, emr, tmp_path / "home", bucket)
    copy_raw(household, bucket)
    meanwhile = threading.Thread(target=lambda: emr.application.cancel(await_job(emr)))
    meanwhile.start()
    result = clean_months(settings, EmrServerlessEngine, [MONTH], dg.DagsterInstance.ephemeral())
    meanwhile.join(60)
    assert "as CANCEL" in failure_of(result)
    assert not Lake(settings.lake_root).months(TABLES["transactions"])


@pytest.mark.long
def test_a_run_that_is_interrupted_cancels_its_job(
    household: DemoHome, emr: FakeEmr, bucket: str, tmp_path: Path
) -> None:
    settings = settings_of(household, emr, tmp_path / "home", bucket)
    copy_raw(household, bucket)

    def interrupt() -> None:
        await_job(emr)
        os.kill(os.getpid(), signal.SIGINT)

    meanwhile = threading.Thread(target=interrupt)
    meanwhile.start()
    result = clean_months(settings, EmrServerlessEngine, [MONTH], dg.DagsterInstance.ephemeral())
    meanwhile.join(60)
    assert "Interrupted" in failure_of(result)
    job = await_job(emr)
    assert emr.calls.count("CancelJobRun") == 1
    assert job.state in {"CANCELLING", "CANCELLED"}
    assert not objects_in(bucket, "nubank/emr/messages/")


def test_a_job_is_asked_for_with_all_that_it_needs(household: DemoHome, emr: FakeEmr, tmp_path: Path) -> None:
    from nubank_assets.compute.shipping import Shipped

    settings = settings_of(household, emr, tmp_path / "home", "some-bucket")
    asked = job_request(settings, "one", Shipped("s3://b/main.py", ("s3://b/a.whl",)))
    submit = asked["jobDriver"]["sparkSubmit"]
    assert submit["entryPoint"] == "s3://b/main.py"
    assert "--py-files s3://b/a.whl" in submit["sparkSubmitParameters"]
    assert "spark.dynamicAllocation.maxExecutors=2" in submit["sparkSubmitParameters"]
    assert (asked["executionRoleArn"], asked["executionTimeoutMinutes"]) == (ROLE, 120)
    with pytest.raises(InputError, match="NUBANK_EMR_SERVERLESS_ROLE"):
        job_request(settings.model_copy(update={"emr_serverless_role": ""}), "one", Shipped("m", ()))


def test_doctor_looks_at_the_application(household: DemoHome, emr: FakeEmr, tmp_path: Path, bucket: str) -> None:
    settings = settings_of(household, emr, tmp_path / "home", bucket)
    ((is_right, sentence),) = look_at_emr(settings)
    assert is_right
    assert f"{emr.application.id}: STARTED, emr-spark-8.2.0" in sentence
    ((is_right, sentence),) = look_at_emr(settings.model_copy(update={"emr_serverless_application": "nowhere"}))
    assert is_right is False
    assert "emr-serverless:GetApplication" in sentence
