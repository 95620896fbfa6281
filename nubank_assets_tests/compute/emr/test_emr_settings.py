"""The engines that are elsewhere are only for data that they reach; their settings go along to other processes."""

import pytest

from nubank_assets.definitions import build_definitions
from nubank_assets.domain.failures import InputError
from nubank_assets.emr_resource import EmrPySparkStepLauncher
from nubank_assets.emr_serverless_resource import EmrServerlessEngine
from nubank_assets.settings import demo_settings, load_settings


@pytest.mark.parametrize("engine", ["emr", "emr-serverless"])
def test_data_on_this_machine_is_refused(engine: str) -> None:
    with pytest.raises(InputError, match=f"NUBANK_ENGINE={engine} needs NUBANK_DEPLOYMENT=aws"):
        build_definitions(load_settings(engine=engine))


@pytest.mark.parametrize(("engine", "kind"), [("emr", EmrPySparkStepLauncher), ("emr-serverless", EmrServerlessEngine)])
def test_the_chosen_engine_runs_the_steps(engine: str, kind: type) -> None:
    settings = load_settings(engine=engine, deployment="aws", bucket="some-bucket")
    assert isinstance((build_definitions(settings).resources or {})["engine"], kind)


def test_the_demo_stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_DEPLOYMENT", "aws")
    monkeypatch.setenv("NUBANK_ENGINE", "emr")
    assert (demo_settings().deployment, demo_settings().engine) == ("local", "sail")


def test_another_process_has_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {"emr_cluster": "nubank", "emr_core_nodes": 0, "emr_timeout_minutes": 7, "emr_serverless_role": "arn"}
    settings = load_settings(engine="emr", deployment="aws", bucket="some-bucket", **changed)
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_a_size_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_EMR_CORE_NODES", "-1")
    with pytest.raises(InputError, match="NUBANK_EMR_CORE_NODES"):
        load_settings()
