"""Once that a run started, once how it ended; and a channel that breaks down changes nothing for the run."""

from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError, RetryableError
from nubank_assets.notifications.channels import CHANNELS, Channel, notify
from nubank_assets.notifications.events import Notice, RunEvent
from nubank_assets.notifications.figures import count_rows, newest_figures
from nubank_assets.notifications.telling import Telling, last_told, told
from nubank_assets.settings import Settings, load_settings
from nubank_assets.sources.credentials import Credentials, LocalCredentials
from nubank_assets_tests.fakes.lake import make_lake
from nubank_assets_tests.notifications.mail import free_port, mail_server

MONTHS = ["2026-10", "2026-11"]


@pytest.fixture
def settings() -> Settings:
    return load_settings(notifications=("console",))


@pytest.fixture
def credentials(settings: Settings) -> Credentials:
    return LocalCredentials(settings.secrets_folder)


def _summary(month: str, is_open: bool, basis: str = "bill") -> dict[str, Any]:
    return {"month": month, "basis": basis, "is_open": is_open, "income_brl": "10.00", "expenses_brl": "-2.50"}


def test_a_run_that_succeeds(settings: Settings, credentials: Credentials, capsys: pytest.CaptureFixture[str]) -> None:
    make_lake(
        settings.home,
        transactions=[{"month": "2026-10"}, {"month": "2026-10"}, {"month": "2026-09"}],
        monthly_summary=[_summary("2026-10", False), _summary("2026-11", True), _summary("2026-12", True)],
    )
    said: list[str] = []
    with told(Telling(settings, credentials, said.append), MONTHS) as news:
        assert "começou (2026-10 a 2026-11)" in capsys.readouterr().out
        news.ended(succeeded=True, warnings=["falta um mês"])
    out = capsys.readouterr().out.replace("\xa0", " ")
    assert "Nubank: tudo atualizado (2026-10 a 2026-11)\n" in out
    assert "Linhas nesses meses: 2." in out
    assert "2026-10 (fechado): entradas R$ 10,00, despesas R$ 2,50" in out
    assert "2026-11 (em aberto)" in out
    assert "2026-12" not in out
    assert "- falta um mês" in out
    assert str(settings.workbook_path) in out
    assert not said


def test_a_run_that_fails(settings: Settings, credentials: Credentials, capsys: pytest.CaptureFixture[str]) -> None:
    assert last_told(settings.home) == 0
    with told(Telling(settings, credentials, pytest.fail), MONTHS) as news:
        news.ended(succeeded=False, failures=["2026-10 não confere"])
        assert last_told(settings.home) == 0
    assert last_told(settings.home) > 0
    out = capsys.readouterr().out
    assert "Nubank: a atualização falhou (2026-10 a 2026-11)" in out
    assert "- 2026-10 não confere" in out
    assert "tudo atualizado" not in out


@pytest.mark.parametrize(
    ("error", "told_as"),
    [
        (RetryableError("pluggy não respondeu."), "- pluggy não respondeu.\n"),
        (KeyboardInterrupt(), "- A execução foi interrompida.\n"),
        (RuntimeError("secret"), "- Erro inesperado (RuntimeError).\n"),
    ],
)
def test_a_run_that_breaks_down_is_told_and_passed_on(
    error: BaseException,
    told_as: str,
    settings: Settings,
    credentials: Credentials,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(type(error)), told(Telling(settings, credentials, pytest.fail), MONTHS):
        raise error
    out = capsys.readouterr().out
    assert told_as in out
    assert out.count("foi cancelada (" if isinstance(error, KeyboardInterrupt) else "falhou (") == 1
    assert out.count("Nubank: ") == 2


def test_a_missing_setting_stops_the_run_before_it_starts(credentials: Credentials) -> None:
    settings = load_settings(notifications=("console", "smtp"))
    with pytest.raises(InputError, match="NUBANK_SMTP_HOST"), told(Telling(settings, credentials, pytest.fail), MONTHS):
        pytest.fail("it ran")


def test_what_could_not_be_delivered_is_said_and_the_run_goes_on(credentials: Credentials) -> None:
    settings = load_settings(
        notifications=("smtp",), smtp_host="localhost", smtp_port=free_port(), smtp_security="starttls",
        notify_from="a@example.com", notify_to="b@example.com",
    )  # fmt: skip
    said: list[str] = []
    with mail_server() as server:
        settings = settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": server.port})
        with told(Telling(settings, credentials, said.append), MONTHS) as news:
            news.ended(succeeded=True)
    assert len(said) == 2
    assert all(sentence.startswith("O aviso por smtp não foi entregue: ") for sentence in said)


def test_a_channel_with_a_mistake_does_not_stop_the_others(
    credentials: Credentials, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(settings: Settings, credentials: Credentials, notice: Notice) -> None:
        raise ZeroDivisionError("s3cr3t")

    monkeypatch.setitem(CHANNELS, "desktop", Channel(broken))
    settings = load_settings(notifications=("desktop", "console"))
    (sentence,) = notify(settings, credentials, RunEvent("started"))
    assert "ZeroDivisionError" in sentence
    assert "s3cr3t" not in sentence
    assert "Nubank: a atualização começou" in capsys.readouterr().out


def test_nothing_is_told_where_no_channel_is_chosen(
    credentials: Credentials, capsys: pytest.CaptureFixture[str]
) -> None:
    with told(Telling(load_settings(), credentials, pytest.fail), MONTHS) as news:
        news.ended(succeeded=True)
    assert capsys.readouterr() == ("", "")


def test_figures_of_a_lake_without_months(tmp_path: Path) -> None:
    lake = make_lake(tmp_path)
    assert newest_figures(lake) == ()
    assert count_rows(lake, MONTHS) == 0


def test_figures_where_all_months_are_closed(tmp_path: Path) -> None:
    rows = [_summary("2026-08", False), _summary("2026-09", False), _summary("2026-10", False, basis="date")]
    (figures,) = newest_figures(make_lake(tmp_path, monthly_summary=rows))
    assert figures.month == "2026-09"
