"""What is told of an execution, in which words, and that an end is told once whoever asks."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError, PermanentError, RetryableError, SourceUnavailableError
from nubank_assets.serverless.failures import by_kind, reason_of
from nubank_assets.serverless.telling import tell_of_execution
from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.inboxes import Reader, attribute, make_reader
from nubank_assets_tests.fakes.s3_homes import s3_settings

EXECUTION = "arn:aws:states:sa-east-1:123456789012:execution:nubank:weekly"
PERMANENT = {
    "Error": "PermanentError",
    "Cause": json.dumps({"errorMessage": "Falta o segredo.", "errorType": "PermanentError", "stackTrace": ["x"]}),
}


@pytest.fixture
def reader(aws: str) -> Reader:
    return make_reader()


@pytest.fixture
def settings(reader: Reader, bucket: str, tmp_path: Path) -> Settings:
    chosen = {"notifications": ("sns",), "sns_topic": reader.topic}
    return s3_settings(tmp_path / "home", bucket).model_copy(update=chosen)


def told(status: str, **more: Any) -> dict[str, Any]:
    started = datetime.now(UTC).isoformat()
    return {"status": status, "execution": EXECUTION, "months": ["2026-10"], "started": started, **more}


def test_an_end_is_told_once_whichever_it_is(settings: Settings, reader: Reader) -> None:
    for _ in range(2):
        tell_of_execution(told("started", input={"month": "2026-10"}), settings)
    failed = told("failed", error=PERMANENT, state="Collect")
    for _ in range(2):
        tell_of_execution(failed, settings)
    tell_of_execution(told("failed", error={"Error": "TIMED_OUT", "Cause": ""}, started=None), settings)
    assert reader.ids() == ["weekly:started", "weekly:failed"]


def test_what_sns_did_not_take_is_told_later(settings: Settings, reader: Reader) -> None:
    failed = told("failed", error=PERMANENT, state="Collect")
    elsewhere = settings.model_copy(update={"sns_topic": f"{reader.topic}-gone"})
    with pytest.raises(RetryableError, match="NUBANK_SNS_TOPIC"):
        tell_of_execution(failed, elsewhere)
    tell_of_execution(failed, settings)
    (notice,) = reader.read()
    assert "- Falta o segredo." in notice["Message"]


def test_a_setting_that_a_channel_lacks_is_named(settings: Settings) -> None:
    with pytest.raises(InputError, match="NUBANK_SNS_TOPIC"):
        tell_of_execution(told("succeeded"), settings.model_copy(update={"sns_topic": ""}))


def test_an_execution_that_a_person_stopped_is_told_of_as_that(settings: Settings, reader: Reader) -> None:
    tell_of_execution(told("failed", error={"Error": "ABORTED", "Cause": ""}, started=None), settings)
    (notice,) = reader.read()
    assert attribute(notice, "status") == "canceled"
    assert "Alguém interrompeu a execução." in notice["Message"]


@pytest.mark.parametrize(
    ("error", "state", "sentence"),
    [
        (PERMANENT, "Collect", "Falta o segredo."),
        ({"Error": "States.Timeout", "Cause": ""}, "Export", "Export: não terminou a tempo"),
        ({"Error": "Sandbox.Timedout", "Cause": '{"errorMessage": "x"}'}, "Raw", "Raw: não terminou a tempo"),
        ({"Error": "TIMED_OUT", "Cause": ""}, "", "A execução inteira não terminou a tempo."),
        ({"Error": "Runtime.ExitError", "Cause": "killed"}, "Raw", "Raw: erro inesperado (Runtime.ExitError)"),
        ({"Error": "KeyError", "Cause": '{"errorMessage": "secret"}'}, "Raw", "Raw: erro inesperado (KeyError)"),
    ],
)
def test_the_reason_is_a_sentence_and_of_other_errors_the_name_alone(
    error: dict[str, str], state: str, sentence: str
) -> None:
    said = reason_of(error, state)
    assert sentence in said
    assert "secret" not in said


def test_failures_leave_under_the_names_that_the_state_machine_knows() -> None:
    for raised, kind in (
        (InputError("a"), PermanentError),
        (SourceUnavailableError("a"), RetryableError),
        (KeyError("a"), KeyError),
    ):
        with pytest.raises(kind) as caught, by_kind():
            raise raised
        assert type(caught.value) is kind
