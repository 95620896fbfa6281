"""Only a step that EMR calls done and that has reported counts as done; a failure says why, and if it may pass."""

import subprocess
import sys

import pytest

from nubank_assets.compute.launch import RemoteEnd, RemoteFailure, conclude, read_messages
from nubank_assets.compute.report import Finding, Published, StepReport
from nubank_assets.compute.step_main import FAILURE, REPORT, describe_failure
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.transforms.steps import CATEGORIZATION, CLEANING

REPORTED = StepReport(
    CLEANING.name,
    (Published("transactions", "2026-10", 3, {"amount_brl": "-1.10"}),),
    (Finding("lines_are_conserved", "transactions", "2026-11", False, True, "a line is lost"),),
    ("2026-11",),
    1.5,
)
DONE = RemoteEnd(True, "COMPLETED", "", "j-1/s-1")
FAILED = RemoteEnd(False, "FAILED", "Unknown Error.", "j-1/s-1")


def test_a_report_arrives_as_it_was_sent() -> None:
    told = read_messages([{"something": "else"}, {REPORT: REPORTED.to_dict()}])
    assert told == REPORTED
    assert conclude(CLEANING, DONE, told, []) == REPORTED


def test_a_step_that_failed_after_its_report_is_no_success() -> None:
    with pytest.raises(PermanentError, match=r"j-1/s-1.* as FAILED \(Unknown Error.\)\n    the end of the log"):
        conclude(CLEANING, FAILED, REPORTED, ["the end of the log"])


def test_a_step_without_its_report_is_no_success_and_may_be_tried_again() -> None:
    assert read_messages([]) is None
    with pytest.raises(RetryableError, match="did not arrive"):
        conclude(CLEANING, DONE, None, [])
    with pytest.raises(RetryableError, match="did not arrive"):
        conclude(CATEGORIZATION, DONE, REPORTED, [])


@pytest.mark.parametrize(
    ("raised", "kind"), [(RetryableError("busy"), RetryableError), (ValueError("busy"), PermanentError)]
)
def test_what_was_raised_there_is_raised_here(raised: Exception, kind: type[Exception]) -> None:
    told = read_messages([{FAILURE: describe_failure(raised)}])
    assert isinstance(told, RemoteFailure)
    with pytest.raises(kind, match=rf"{type(raised).__name__}: busy\n    a line"):
        conclude(CLEANING, DONE, told, ["a line"])


def test_the_reason_is_told_without_javas_frames() -> None:
    frames = "\n\tat org.apache.Spark.run(Spark.java:1)\n\t... 3 more\n"
    told = describe_failure(OSError(f"it failed{frames}Caused by: a cause{frames}Caused by: no Parquet{frames}"))
    assert told["message"] == "it failed\nCaused by: no Parquet"
    assert describe_failure(OSError("it failed\nin two lines"))["message"] == "it failed\nin two lines"


def test_a_step_that_hangs_ends_by_itself_and_says_where() -> None:
    hangs = (
        "import time\nfrom nubank_assets.compute.step_main import end_after\n"
        "def wait_for_ever():\n    time.sleep(60)\nend_after(60)\nend_after(0.2)\nwait_for_ever()"
    )
    ended = subprocess.run([sys.executable, "-c", hangs], capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert "wait_for_ever" in ended.stderr
