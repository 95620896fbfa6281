"""E-mail to a real server: what arrives, what is tried again, what is refused, and that no password gets out."""

import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.notifications.channels import check_notifications, notify
from nubank_assets.notifications.events import Notice, RunEvent, UndeliveredError
from nubank_assets.notifications.smtp import Patience, send_smtp
from nubank_assets.settings import Settings, load_settings
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.notifications.mail import (
    PASSWORD,
    USER,
    Certificate,
    MailServer,
    authenticate,
    free_port,
    mail_server,
    make_certificate,
    silent_server,
)

NOTICE = Notice("Atualização: tudo certo, João ✓", "Olá, João.\n", "<p>Olá, João.</p>\n")
QUICK = Patience(timeout=2, attempts=3, longest_wait=0.01)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return make_certificate(tmp_path)


def settings_for(port: int, **changes: Any) -> Settings:
    given = {"smtp_security": "none", "notify_to": ("bia@example.com", "caio@example.com"), **changes}
    return load_settings(
        notifications=("smtp",), smtp_host="127.0.0.1", smtp_port=port, notify_from="ana@example.com", **given
    )


def send(settings: Settings, patience: Patience = QUICK, context: ssl.SSLContext | None = None) -> None:
    send_smtp(settings, LocalCredentials(settings.secrets_folder), NOTICE, patience=patience, context=context)


def test_what_arrives(server: MailServer) -> None:
    send(settings_for(server.port))
    (mail,) = server.mails
    (envelope,) = server.envelopes
    assert envelope.mail_from == "ana@example.com"
    assert envelope.rcpt_tos == ["bia@example.com", "caio@example.com"]
    assert mail["Subject"] == NOTICE.subject
    assert mail["To"] == "bia@example.com, caio@example.com"
    assert mail["Message-ID"].endswith("@example.com>")
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert plain.get_content().splitlines() == NOTICE.text.splitlines()
    assert rich is not None
    assert rich.get_content().splitlines() == str(NOTICE.html).splitlines()


def test_line_breaks_in_a_subject_are_no_headers(server: MailServer) -> None:
    settings = settings_for(server.port)
    notice = Notice("Nubank\r\nBcc: eva@example.com\n\nbody", "text\n")
    send_smtp(settings, LocalCredentials(settings.secrets_folder), notice, patience=QUICK)
    (mail,) = server.mails
    assert mail["Subject"] == "Nubank Bcc: eva@example.com body"
    assert mail["Bcc"] is None
    assert mail.get_content().split() == ["text"]


def test_a_busy_server_is_asked_again_with_the_same_message(server: MailServer) -> None:
    server.answers = ["451 try later"]
    send(settings_for(server.port))
    assert server.attempts == 2
    assert len(server.mails) == 1


def test_a_server_that_stays_busy_is_given_up(server: MailServer) -> None:
    server.answers = ["451 try later"] * 9
    with pytest.raises(UndeliveredError, match=r"por ora \(451 try later\)"):
        send(settings_for(server.port))
    assert server.attempts == 3


def test_a_refusal_is_not_tried_again(server: MailServer) -> None:
    server.answers = ["550 policy says no", "250 OK"]
    with pytest.raises(UndeliveredError, match=r"recusou a mensagem \(550 policy says no\)"):
        send(settings_for(server.port))
    assert server.attempts == 1


def test_all_recipients_unknown(server: MailServer) -> None:
    server.unknown = {"bia@example.com": "550 no such box", "caio@example.com": "451 later"}
    with pytest.raises(UndeliveredError, match="550 no such box"):
        send(settings_for(server.port))
    assert not server.mails


def test_one_recipient_unknown_is_said_and_the_other_gets_it_once(server: MailServer) -> None:
    server.unknown = {"bia@example.com": "550 no such box"}
    with pytest.raises(UndeliveredError, match=r"bia@example\.com: 550 no such box\); os outros receberam"):
        send(settings_for(server.port))
    assert [envelope.rcpt_tos for envelope in server.envelopes] == [["caio@example.com"]]


def test_starttls_with_an_unknown_certificate_sends_nothing(certificate: Certificate) -> None:
    with mail_server(tls_context=certificate.server) as server:
        with pytest.raises(UndeliveredError, match=r"certificado .* não é confiável"):
            send(settings_for(server.port, smtp_security="starttls"))
        assert not server.attempts


def test_starttls_with_a_trusted_certificate(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    with mail_server(tls_context=certificate.server, require_starttls=True) as server:
        send(settings_for(server.port, smtp_security="starttls"))
        assert len(server.mails) == 1


def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    """A server of whom only the name is wrong, as behind a forged look-up."""
    certificate = make_certificate(tmp_path, host="mail.example.com")
    trusting = ssl.create_default_context(cafile=certificate.file)
    with mail_server(tls_context=certificate.server) as server:
        with pytest.raises(UndeliveredError, match="não é confiável"):
            send(settings_for(server.port, smtp_security="starttls"), context=trusting)
        assert not server.attempts


def test_tls_from_the_first_byte(certificate: Certificate) -> None:
    trusting = ssl.create_default_context(cafile=certificate.file)
    with mail_server(ssl_context=certificate.server) as server:
        send(settings_for(server.port, smtp_security="tls"), context=trusting)
        assert len(server.mails) == 1
        with pytest.raises(UndeliveredError, match="certificado"):
            send(settings_for(server.port, smtp_security="tls"))


def test_no_plain_text_where_encryption_was_asked(server: MailServer) -> None:
    with pytest.raises(UndeliveredError, match="não oferece"):
        send(settings_for(server.port, smtp_security="starttls"))
    with pytest.raises(UndeliveredError, match="cifrada"):
        send(settings_for(server.port, smtp_security="tls"))
    assert not server.attempts


def _with_login(certificate: Certificate) -> dict[str, Any]:
    return {"tls_context": certificate.server, "authenticator": authenticate, "auth_required": True}


def test_login_with_a_password_from_a_file(certificate: Certificate) -> None:
    trusting = ssl.create_default_context(cafile=certificate.file)
    with mail_server(**_with_login(certificate)) as server:
        settings = settings_for(server.port, smtp_security="starttls", smtp_user=USER)
        LocalCredentials(settings.secrets_folder).put("smtp_password", f"{PASSWORD}\n".encode())
        send(settings, context=trusting)
        assert len(server.mails) == 1


@pytest.mark.parametrize("password", ["wrong-but-mine", "sênha-com-acento"])
def test_a_refused_password_is_never_shown(
    password: str, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUBANK_SMTP_PASSWORD", password)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    with mail_server(**_with_login(certificate)) as server:
        settings = settings_for(server.port, smtp_security="starttls", smtp_user=USER)
        (sentence,) = notify(settings, LocalCredentials(settings.secrets_folder), RunEvent("started"))
        assert "a senha" in sentence
        assert password not in sentence
        assert not server.mails


def test_a_password_that_a_server_repeats_is_covered(monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> None:
    monkeypatch.setenv("NUBANK_SMTP_PASSWORD", PASSWORD)
    trusting = ssl.create_default_context(cafile=certificate.file)
    with mail_server(**_with_login(certificate)) as server:
        server.answers = [f"550 I know {PASSWORD}"]
        with pytest.raises(UndeliveredError, match=r"550 I know \*\*\*"):
            send(settings_for(server.port, smtp_security="starttls", smtp_user=USER), context=trusting)


def test_a_dead_port_is_a_sentence() -> None:
    settings = settings_for(free_port())
    with pytest.raises(UndeliveredError, match=rf"127\.0\.0\.1:{settings.smtp_port} não respondeu"):
        send(settings)


def test_a_silent_server_is_not_waited_for_for_ever() -> None:
    started = time.monotonic()
    with silent_server() as port, pytest.raises(UndeliveredError, match="não respondeu"):
        send(settings_for(port), Patience(timeout=0.2, attempts=2, longest_wait=0.01))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"smtp_host": ""}, "NUBANK_SMTP_HOST"),
        ({"notify_from": ""}, "NUBANK_NOTIFY_FROM"),
        ({"notify_to": ()}, "NUBANK_NOTIFY_TO"),
        ({"notify_to": ("ana@example.com", "ana")}, "NUBANK_NOTIFY_TO: 'ana'"),
        ({"notify_from": "ana@example.com\nBcc: eva@example.com"}, "NUBANK_NOTIFY_FROM"),
        ({"smtp_host": "smtp.example.com"}, "NUBANK_SMTP_SECURITY=none"),
        ({"smtp_user": "ana"}, "NUBANK_SMTP_PASSWORD"),
    ],
)
def test_settings_are_checked_before_a_run(changes: dict[str, Any], named: str) -> None:
    settings = settings_for(25).model_copy(update=changes)
    credentials = LocalCredentials(settings.secrets_folder)
    with pytest.raises(InputError, match=named):
        check_notifications(settings, credentials)
    (sentence,) = notify(settings, credentials, RunEvent("started"))
    assert named in sentence


def test_settings_of_channels_that_were_not_chosen_do_not_matter() -> None:
    settings = load_settings(notifications=("console",))
    check_notifications(settings, LocalCredentials(settings.secrets_folder))
