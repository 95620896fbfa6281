"""Notices by a real SNS: what a subscriber receives, once, and what is said when SNS does not take it."""

import json
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from botocore.config import Config
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.aws import sns
from nubank_assets.aws.clients import client
from nubank_assets.domain.failures import InputError
from nubank_assets.notifications.channels import check_notifications, notify
from nubank_assets.notifications.events import MonthFigures, RunCounts, RunEvent
from nubank_assets.notifications.sns import as_subject
from nubank_assets.settings import Settings, load_settings
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.inboxes import Reader, attribute, make_reader
from nubank_assets_tests.fakes.troubled_aws import BROKEN, DENIED, Fault, TroubledAws, troubled_aws

SUCCEEDED = RunEvent(
    "succeeded",
    ("2026-10", "2026-11"),
    seconds=83.0,
    rows=1234,
    rejects=2,
    figures=(MonthFigures("2026-10", False, Decimal("5000.00"), Decimal("3210.99")),),
    warnings=("balances_agree: o saldo de R$ 1234.56 em 2026-10-05 difere em R$ -12.30",),
    run_id="4f1c",
    link="https://dagster.example.com/runs/4f1c",
)
FAILED = RunEvent("failed", ("2026-10",), failures=("lines_add_up: faltam R$ 9.999,99 em 2026-10",), run_id="4f1c")


@pytest.fixture
def reader(aws: str) -> Reader:
    return make_reader()


@pytest.fixture
def troubled(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TroubledAws]:
    with troubled_aws(aws) as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", running.url)
        yield running


def settings_for(topic: str, **changes: Any) -> Settings:
    return load_settings(notifications=("sns",), sns_topic=topic, **changes)


def send(topic: str, event: RunEvent, **changes: Any) -> list[str]:
    settings = settings_for(topic, **changes)
    return notify(settings, LocalCredentials(settings.secrets_folder), event)


def test_what_a_person_reads(reader: Reader) -> None:
    assert send(reader.topic, SUCCEEDED) == []
    (notice,) = reader.read()
    assert notice["Subject"] == "Nubank: tudo atualizado (2026-10 a 2026-11)"
    text = notice["Message"]
    assert text.startswith("Os seus dados do Nubank estão atualizados e conferidos: 2026-10 a 2026-11.")
    assert "Durou 1 min 23 s. Linhas nesses meses: 1234. Linhas que não puderam ser lidas: 2." in text
    assert "balances_agree: o saldo de ••• em 2026-10-05 difere em •••" in text
    assert "https://dagster.example.com/runs/4f1c\n" in text
    assert "Aviso 4f1c:succeeded " in text
    assert attribute(notice, "status") == "succeeded"
    assert attribute(notice, "run_id") == "4f1c"


def test_amounts_only_for_who_wants_them(reader: Reader) -> None:
    for event in (SUCCEEDED, FAILED):
        send(reader.topic, event)
    covered = "".join(notice["Message"] for notice in reader.read())
    assert not [amount for amount in ("5000", "5.000", "3.210", "1234.56", "12.30", "9.999") if amount in covered]
    send(reader.topic, SUCCEEDED, notify_amounts=True)
    (shown,) = reader.read()
    assert "despesas R$ 3.210,99" in shown["Message"].replace("\xa0", " ")
    assert "R$ 1234.56" in shown["Message"]


def test_a_digest_counts_its_runs(reader: Reader) -> None:
    send(reader.topic, RunEvent("failed", ("2026-10",), runs=RunCounts(24, 2), run_id="backfill"))
    (notice,) = reader.read()
    assert "Execuções: 24, das quais 2 não terminaram bem." in notice["Message"]


def test_a_subscription_can_choose_by_status(reader: Reader) -> None:
    of_failures = make_reader(reader.topic, FilterPolicy=json.dumps({"status": ["failed", "canceled"]}))
    for event in (SUCCEEDED, FAILED, RunEvent("canceled", run_id="9"), RunEvent("started", run_id="9")):
        send(reader.topic, event)
    assert of_failures.ids() == ["4f1c:failed", "9:canceled"]
    assert len(reader.read()) == 4


@pytest.mark.parametrize("status", ["started", "succeeded", "failed", "canceled"])
def test_every_subject_is_taken_in_both_languages(status: Any, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("pt-BR", "en"):
        monkeypatch.setenv("NUBANK_LOCALE", language)
        assert send(reader.topic, RunEvent(status, ("2026-10",))) == []
    subjects = [notice["Subject"] for notice in reader.read()]
    assert len(set(subjects)) == 2
    assert all(subject.isascii() and subject.startswith("Nubank: ") for subject in subjects)


@given(st.text(max_size=300))
def test_any_words_are_a_subject_that_sns_takes(words: str) -> None:
    subject = as_subject(words)
    assert 0 < len(subject) <= 100
    assert subject.isascii()
    assert subject.isprintable()
    assert not subject.startswith(" ")


def test_accents_are_folded() -> None:
    assert as_subject("a atualização começou – já…") == "a atualizacao comecou - ja..."


@pytest.mark.parametrize(
    ("faults", "received"),
    [([BROKEN], 1), ([BROKEN, BROKEN], 1), ([(400, "Throttling")], 1), (["lost"], 2), ([BROKEN, "lost"], 2)],
)
def test_what_passes_is_tried_again_and_only_a_lost_answer_doubles(
    faults: list[Fault], received: int, reader: Reader, troubled: TroubledAws
) -> None:
    troubled.faults = list(faults)
    assert send(reader.topic, FAILED) == []
    assert reader.ids() == ["4f1c:failed"] * received
    assert len(troubled.calls) == len(faults) + 1


def test_what_stays_broken_is_given_up(reader: Reader, troubled: TroubledAws) -> None:
    troubled.faults = [BROKEN] * 9
    (sentence,) = send(reader.topic, FAILED)
    assert sentence.startswith("O aviso por sns não foi entregue: A AWS recusou sns:Publish ")
    assert len(troubled.calls) == 3
    assert reader.read() == []


def test_silence_has_an_end(reader: Reader, troubled: TroubledAws, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sns._CONFIG.read_timeout * 3 + sns._CONFIG.connect_timeout * 3 < 30
    monkeypatch.setattr(sns, "_CONFIG", sns._CONFIG.merge(Config(read_timeout=0.2)))
    troubled.faults = ["silent"] * 9
    started = time.monotonic()
    (sentence,) = send(reader.topic, FAILED)
    assert time.monotonic() - started < 15
    assert "não respondeu a sns:Publish (ReadTimeoutError)" in sentence


@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_a_missing_permission_is_one_sentence(
    language: str, reader: Reader, troubled: TroubledAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", language)
    troubled.faults = [(403, "AuthorizationError"), DENIED, (400, "KMSAccessDenied")]
    sentences = [send(reader.topic, FAILED)[0] for _ in range(3)]
    assert all(reader.topic in sentence and "\n" not in sentence for sentence in sentences)
    assert ["sns:Publish" in sentence for sentence in sentences] == [True, True, False]
    assert "kms:GenerateDataKey" in sentences[2]
    assert all(("negou" in s or "recusou" in s) == (language == "pt-BR") for s in sentences)
    assert len(troubled.calls) == 3


def test_a_topic_that_does_not_exist_is_named(reader: Reader) -> None:
    topic = f"{reader.topic}-other"
    (sentence,) = send(topic, FAILED)
    assert f"NUBANK_SNS_TOPIC={topic} não existe" in sentence


def test_the_region_is_the_topics(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "eu-west-1")
    assert send(reader.topic, FAILED) == []
    assert reader.ids() == ["4f1c:failed"]


@pytest.mark.parametrize("topic", ["", "nubank", "arn:aws:sqs:sa-east-1:123456789012:x", "arn:aws:sns:x:1:y", "a\nb"])
def test_what_is_no_topic_is_said_before_a_run(topic: str) -> None:
    settings = settings_for(topic)
    with pytest.raises(InputError, match="NUBANK_SNS_TOPIC"):
        check_notifications(settings, LocalCredentials(settings.secrets_folder))
    assert "NUBANK_SNS_TOPIC" in send(topic, FAILED)[0]


def test_without_credentials_it_says_how_to_get_them(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    assert "aws configure" in send(reader.topic, FAILED)[0]
    client.cache_clear()
