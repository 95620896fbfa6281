"""What a step reported goes through the assets: rows, checks and months held back are told as if they ran here."""

from dataclasses import replace
from pathlib import Path

import pytest

from nubank_assets.compute.audits import AUDITS
from nubank_assets.compute.report import Finding, Published, StepReport
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import PermanentError
from nubank_assets.serverless.cluster import ReportedEngine
from nubank_assets.serverless.materializing import materialize
from nubank_assets.settings import Settings
from nubank_assets.transforms.steps import CLEANING, INSIGHTS, Step

EARLIER, GOOD, BAD = "2026-03", "2026-10", "2026-11"


def report_of(step: Step, months: list[str | None]) -> StepReport:
    """One in which every month has a row in every table, and nothing is wrong."""
    return StepReport(
        step.name,
        tuple(Published(name, month, 1) for month in months for name in step.outputs),
        tuple(
            Finding(audit.name, audit.table, month, True, audit.blocking)
            for month in months
            for audit in AUDITS[step.layer]
        ),
        (),
        1.5,
    )


def make(settings: Settings, report: StepReport, months: list[str]) -> dict[str, object]:
    """What comes of a layer by this report."""
    return materialize(settings, [report.step], months, "one", ReportedEngine(report=report.to_dict()))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", locale="en")


def test_months_that_do_not_follow_one_another_are_each_told_once(settings: Settings) -> None:
    made = make(settings, report_of(CLEANING, [EARLIER, GOOD, BAD]), [EARLIER, GOOD, BAD])
    assert made["rows"] == dict.fromkeys(CLEANING.outputs, 3)
    assert (made["failures"], made["warnings"]) == ([], [])


def test_a_step_over_all_months_is_told_whole(settings: Settings) -> None:
    made = make(settings, report_of(INSIGHTS, [None]), [])
    assert made["rows"] == {name: 1 for name in INSIGHTS.outputs if not TABLES[name].partitioned}


def test_a_month_that_was_held_back_fails_with_its_reason(settings: Settings) -> None:
    report = report_of(CLEANING, [GOOD])
    wrong = Finding("lines_are_conserved", "transactions", BAD, False, True, "a line is lost")
    held = replace(report, findings=(*report.findings, wrong), withheld=(BAD,))
    with pytest.raises(PermanentError, match=f"lines_are_conserved: {BAD}: a line is lost"):
        make(settings, held, [GOOD, BAD])


def test_a_warning_is_told_and_fails_nothing(settings: Settings) -> None:
    report = report_of(CLEANING, [GOOD])
    odd = Finding("documents_agree", "transactions", GOOD, False, False, "two documents differ")
    findings = (*(found for found in report.findings if found.check != odd.check), odd)
    made = make(settings, replace(report, findings=findings), [GOOD])
    assert made["warnings"] == [f"documents_agree: {GOOD}: two documents differ"]
    assert made["failures"] == []
