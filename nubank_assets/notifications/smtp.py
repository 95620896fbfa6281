"""E-mail through a person's own mail server: encrypted and verified, or not at all.

A message is built once, so that a server that is asked again can tell that it is the same one. No sentence of
this module holds the password, also when a server repeats it in its answer.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.notifications.events import Notice, PartlyDeliveredError, UndeliveredError
from nubank_assets.notifications.rendering import one_line
from nubank_assets.settings import Settings
from nubank_assets.sources.credentials import Credentials, require

#: The name of the secret: NUBANK_SMTP_PASSWORD, or a file.
PASSWORD: Final = "smtp_password"  # noqa: S105
_THIS_MACHINE: Final = ("127.0.0.1", "localhost")
#: What this machine calls itself to the server: neither its name nor a slow look-up of it.
_GREETING: Final = "[127.0.0.1]"


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for each answer, how often to try, and the longest wait between."""

    timeout: float = 20.0
    attempts: int = 3
    longest_wait: float = 10.0


class _LaterError(UndeliveredError):
    """The server is busy or away: worth another attempt."""


def check_smtp(settings: Settings, credentials: Credentials) -> None:
    """Raise InputError that names the setting which is missing or wrong."""
    for name in ("smtp_host", "notify_from", "notify_to"):
        if not getattr(settings, name):
            raise InputError(message("notice_setting_missing", name=f"NUBANK_{name.upper()}"))
    for name, address in (
        ("NUBANK_NOTIFY_FROM", settings.notify_from),
        *(("NUBANK_NOTIFY_TO", to) for to in settings.notify_to),
    ):
        if not _is_address(address):
            raise InputError(message("notice_address_wrong", name=name, value=address))
    if settings.smtp_security == "none" and settings.smtp_host not in _THIS_MACHINE:
        raise InputError(message("notice_security_none", host=settings.smtp_host))
    if settings.smtp_user:
        require(credentials, PASSWORD)


def send_smtp(
    settings: Settings,
    credentials: Credentials,
    notice: Notice,
    *,
    context: ssl.SSLContext | None = None,
    patience: Patience = Patience(),
) -> None:
    """Send the notice to all recipients; raises UndeliveredError, after more attempts if they can help."""
    check_smtp(settings, credentials)
    password = require(credentials, PASSWORD).strip() if settings.smtp_user else ""
    delivery = _Delivery(settings, password, context or ssl.create_default_context(), patience.timeout)
    retrying = Retrying(
        retry=retry_if_exception_type(_LaterError),
        stop=stop_after_attempt(patience.attempts),
        wait=wait_exponential_jitter(initial=min(1.0, patience.longest_wait), max=patience.longest_wait),
        reraise=True,
    )
    retrying(delivery.attempt, compose(settings, notice))


def compose(settings: Settings, notice: Notice) -> EmailMessage:
    """The notice as a message: text, and HTML beside it."""
    mail = EmailMessage()
    mail["Subject"] = one_line(notice.subject)
    mail["From"] = settings.notify_from
    mail["To"] = ", ".join(settings.notify_to)
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = _message_id(notice, settings.notify_from.rpartition("@")[2])
    # No out-of-office answers, please.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(notice.text)
    if notice.html is not None:
        mail.add_alternative(notice.html, subtype="html")
    return mail


def _message_id(notice: Notice, domain: str) -> str:
    """The same for the same notice: a mail program can tell that it came twice."""
    return f"<{notice.run_id}.{notice.status}@{domain}>" if notice.run_id else make_msgid(domain=domain)


def _is_address(value: str) -> bool:
    local, at, domain = value.rpartition("@")
    return bool(at and local and domain) and value.isprintable() and not set(value) & set(' <>,;"()[]\\:')


@dataclass(frozen=True)
class _Delivery:
    """One server, and how to speak with it."""

    settings: Settings
    password: str
    context: ssl.SSLContext
    timeout: float

    def attempt(self, mail: EmailMessage) -> None:
        """Send it once; raises _LaterError if another attempt may pass, else UndeliveredError."""
        try:
            refused = self._send(mail)
        except smtplib.SMTPAuthenticationError as error:
            raise self._of_login(error) from None
        except smtplib.SMTPRecipientsRefused as error:
            code, text = max(error.recipients.values(), key=lambda answer: answer[0] >= 500)
            raise self._of_answer(code, text) from None
        except smtplib.SMTPResponseException as error:
            raise self._of_answer(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError as error:
            raise UndeliveredError(self._say("notice_smtp_unsupported", error=self._clean(str(error)))) from None
        except ssl.SSLCertVerificationError as error:
            raise UndeliveredError(self._say("notice_smtp_certificate", error=error.verify_message)) from None
        except ssl.SSLError as error:
            raise UndeliveredError(self._say("notice_smtp_tls", error=error.reason or type(error).__name__)) from None
        except UnicodeEncodeError:
            # Its text holds the password.
            raise UndeliveredError(self._say("notice_smtp_ascii")) from None
        except (smtplib.SMTPException, OSError) as error:
            raise _LaterError(self._say("notice_smtp_unreachable", error=_name_of(error))) from None
        if refused:
            answers = [f"{who}: {code} {self._clean(why)}" for who, (code, why) in refused.items()]
            raise PartlyDeliveredError(self._say("notice_smtp_some_refused", recipients=", ".join(answers)))

    def _send(self, mail: EmailMessage) -> dict[str, tuple[int, bytes]]:
        server = self._connect()
        try:
            if self.settings.smtp_security == "starttls":
                # A server that does not offer it is an error: never a fallback to plain text.
                server.starttls(context=self.context)
            if self.settings.smtp_user:
                server.login(self.settings.smtp_user, self.password)
            refused = server.send_message(mail)
            # It is accepted: how the goodbye goes does not matter, and must not send it again.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            return refused
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        place = (self.settings.smtp_host, self.settings.smtp_port, _GREETING)
        if self.settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(*place, timeout=self.timeout, context=self.context)
        return smtplib.SMTP(*place, timeout=self.timeout)

    def _of_login(self, error: smtplib.SMTPAuthenticationError) -> UndeliveredError:
        if error.smtp_code < 500:
            return self._of_answer(error.smtp_code, b"")
        return UndeliveredError(self._say("notice_smtp_login", code=error.smtp_code))

    def _of_answer(self, code: int, text: bytes | str) -> UndeliveredError:
        """4xx is for now, 5xx for ever; -1 is what smtplib says for an answer that is none."""
        if code < 0:
            return _LaterError(self._say("notice_smtp_unreachable", error=self._clean(text)))
        if code < 500:
            return _LaterError(self._say("notice_smtp_busy", code=code, text=self._clean(text)))
        return UndeliveredError(self._say("notice_smtp_refused", code=code, text=self._clean(text)))

    def _clean(self, text: bytes | str) -> str:
        line = one_line(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)
        return line.replace(self.password, "***") if self.password else line

    def _say(self, key: str, **values: object) -> str:
        return message(key, host=self.settings.smtp_host, port=self.settings.smtp_port, **values)


def _name_of(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or type(error).__name__
