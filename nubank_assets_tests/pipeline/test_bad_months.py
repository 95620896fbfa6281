"""A month whose checks fail is not published; the others are, and the run says which."""

from collections.abc import Sequence

import dagster as dg
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from nubank_assets.assets.declared import key_of
from nubank_assets.compute.report import StepReport
from nubank_assets.definitions import build_definitions
from nubank_assets.domain.catalog import RAW_DOCUMENTS, TRANSACTIONS
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.jobs import MONTHLY_JOB, range_tags
from nubank_assets.lake.publish import Lake
from nubank_assets.local_home import prepare_home
from nubank_assets.resources import EmbeddedEngineResource
from nubank_assets.transforms.steps import Step
from nubank_assets_tests.fakes.homes import DemoHome, demo_home, digests, run

BAD = "2026-10"


class LosingEngine(EmbeddedEngineResource):
    """Runs as ever, after a line of one month was lost on the way."""

    def run(self, context: dg.AssetExecutionContext, step: Step, months: Sequence[str]) -> StepReport:
        if step.layer is Layer.CLEANED:
            lake = Lake(self.lake_root)
            documents = lake.read(RAW_DOCUMENTS, [BAD])
            more = pc.add(documents["current_lines"], pa.scalar(1, pa.int32()))
            index = documents.schema.get_field_index("current_lines")
            lake.write(RAW_DOCUMENTS, BAD, documents.set_column(index, "current_lines", more))
        return super().run(context, step, months)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    return demo_home(tmp_path_factory.mktemp("bad"), months=3)


def test_a_bad_month_is_withheld_and_named(home: DemoHome) -> None:
    settings = home.settings
    prepare_home(settings)
    engine = LosingEngine(engine="sail", lake_root=settings.lake_root, holder_names=list(settings.holder_names))
    job = build_definitions(settings, engine=engine).resolve_job_def(MONTHLY_JOB.name)
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        result = job.execute_in_process(instance=instance, tags=range_tags("2026-09", "2026-11"), raise_on_error=False)
        materialized = {
            month
            for month in ("2026-09", BAD, "2026-11")
            if instance.get_materialized_partitions(key_of("transactions"))
            and month in instance.get_materialized_partitions(key_of("transactions"))
        }
    assert not result.success
    assert materialized == {"2026-09", "2026-11"}
    lake = Lake(settings.lake_root)
    assert lake.months(TRANSACTIONS) == ["2026-09", "2026-11"]
    failed = [check for check in result.get_asset_check_evaluations() if not check.passed]
    assert [check.check_name for check in failed] == ["lines_are_conserved"]
    assert BAD in str(failed[0].description)
    (failure,) = result.get_step_failure_events()
    assert BAD in str(failure.step_failure_data.user_failure_data)
    assert not settings.workbook_path.exists()


def test_the_old_month_stays_when_its_new_one_is_bad(home: DemoHome) -> None:
    settings = home.settings
    assert run(settings)[0].succeeded
    before = {name: digest for name, digest in digests(settings).items() if "raw_transactions" not in name}
    engine = LosingEngine(engine="sail", lake_root=settings.lake_root, holder_names=list(settings.holder_names))
    job = build_definitions(settings, engine=engine).resolve_job_def(MONTHLY_JOB.name)
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        assert not job.execute_in_process(instance=instance, tags=range_tags(BAD, BAD), raise_on_error=False).success
    after = {name: digest for name, digest in digests(settings).items() if "raw_transactions" not in name}
    assert after == before


def test_nothing_is_shown_while_any_month_is_unproven(home: DemoHome) -> None:
    """The check over all months blocks the export, though the run's own month is right."""
    settings = home.settings
    assert run(settings)[0].succeeded
    lake = Lake(settings.lake_root)
    lost = lake.read(TRANSACTIONS, [BAD]).slice(1)
    lake.write(TRANSACTIONS, BAD, lost)
    before = settings.workbook_path.read_bytes()
    settings.workbook_path.write_bytes(b"old")
    (outcome,) = run(settings, ["2026-09"])
    assert not outcome.succeeded
    assert any("all_months_are_proven" in failure and BAD in failure for failure in outcome.failures)
    assert settings.workbook_path.read_bytes() == b"old"
    assert run(settings, [BAD])[0].succeeded
    assert settings.workbook_path.read_bytes() == before
