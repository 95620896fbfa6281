"""The channels by name, and the one way to tell a person of a run.

A channel that cannot deliver never fails the run: what it could not do is a sentence for whoever called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import click

from nubank_assets.domain.failures import PermanentError
from nubank_assets.messages import message
from nubank_assets.notifications.desktop import show_on_desktop
from nubank_assets.notifications.events import Notice, RunEvent, UndeliveredError
from nubank_assets.notifications.rendering import render
from nubank_assets.notifications.smtp import check_smtp, send_smtp
from nubank_assets.settings import NotificationChannel, Settings
from nubank_assets.sources.credentials import Credentials


@dataclass(frozen=True)
class Channel:
    """How to deliver a notice, and what to check before a run: it raises InputError for a wrong setting."""

    send: Callable[[Settings, Credentials, Notice], None]
    check: Callable[[Settings, Credentials], None] = lambda settings, credentials: None  # noqa: ARG005


def _send_to_console(settings: Settings, credentials: Credentials, notice: Notice) -> None:  # noqa: ARG001
    click.echo(f"{notice.subject}\n{notice.text}")


def _send_to_desktop(settings: Settings, credentials: Credentials, notice: Notice) -> None:  # noqa: ARG001
    show_on_desktop(notice)


CHANNELS: Final[dict[NotificationChannel, Channel]] = {
    "console": Channel(_send_to_console),
    "desktop": Channel(_send_to_desktop),
    "smtp": Channel(send_smtp, check_smtp),
}


def check_notifications(settings: Settings, credentials: Credentials) -> None:
    """Raise InputError if a chosen channel lacks a setting; to be called before the run starts."""
    for name in settings.notifications:
        CHANNELS[name].check(settings, credentials)


def notify(settings: Settings, credentials: Credentials, event: RunEvent) -> list[str]:
    """Tell of the event on every chosen channel; sentences about what could not be delivered."""
    if not settings.notifications:
        return []
    reasons = {name: _deliver(CHANNELS[name], settings, credentials, event) for name in settings.notifications}
    return [message("notice_undelivered", channel=name, reason=reason) for name, reason in reasons.items() if reason]


def _deliver(channel: Channel, settings: Settings, credentials: Credentials, event: RunEvent) -> str | None:
    try:
        channel.send(settings, credentials, render(event))
    except (UndeliveredError, PermanentError) as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever a channel does, the run goes on; its text may hold a secret
        return message("notice_unexpected", error=type(error).__name__)
    return None
