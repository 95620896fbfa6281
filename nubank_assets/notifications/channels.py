"""The channels by name, and the one way to tell a person of a run.

A channel that cannot deliver never fails the run: what it could not do is a sentence for whoever called.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

import click

from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message
from nubank_assets.notifications.desktop import show_on_desktop
from nubank_assets.notifications.events import Notice, PartlyDeliveredError, RunEvent, UndeliveredError
from nubank_assets.notifications.marks import Marks, mark_of, one_at_a_time
from nubank_assets.notifications.rendering import render, without_amounts
from nubank_assets.notifications.smtp import check_smtp, send_smtp
from nubank_assets.notifications.sns import check_sns, send_sns
from nubank_assets.settings import NotificationChannel, Settings
from nubank_assets.sources.credentials import Credentials


@dataclass(frozen=True)
class Channel:
    """How to deliver a notice, and what to check before a run: it raises InputError for a wrong setting.

    And whether amounts may be named there.
    """

    send: Callable[[Settings, Credentials, Notice], None]
    check: Callable[[Settings, Credentials], None] = lambda settings, credentials: None  # noqa: ARG005
    may_name_amounts: Callable[[Settings], bool] = lambda settings: True  # noqa: ARG005


def _send_to_console(settings: Settings, credentials: Credentials, notice: Notice) -> None:  # noqa: ARG001
    click.echo(f"{notice.subject}\n{notice.text}")


def _send_to_desktop(settings: Settings, credentials: Credentials, notice: Notice) -> None:  # noqa: ARG001
    show_on_desktop(notice)


CHANNELS: Final[dict[NotificationChannel, Channel]] = {
    "console": Channel(_send_to_console),
    "desktop": Channel(_send_to_desktop),
    "smtp": Channel(send_smtp, check_smtp),
    "sns": Channel(send_sns, check_sns, lambda settings: settings.notify_amounts),
}


def check_notifications(settings: Settings, credentials: Credentials) -> None:
    """Raise InputError if a chosen channel lacks a setting; to be called before the run starts."""
    for name in settings.notifications:
        CHANNELS[name].check(settings, credentials)


def notify(settings: Settings, credentials: Credentials, event: RunEvent, marks: Marks | None = None) -> list[str]:
    """Tell of the event on every chosen channel; sentences about what could not be delivered."""
    return list(tell(settings, credentials, event, settings.notifications, marks).values())


def tell(
    settings: Settings,
    credentials: Credentials,
    event: RunEvent,
    channels: Collection[NotificationChannel],
    marks: Marks | None = None,
) -> dict[NotificationChannel, str]:
    """Tell of the event on these channels, on each once; a sentence for each that could not deliver.

    What is delivered is marked, and what is marked is not sent again; an event of no run has no mark.
    """
    teller = _Teller(settings, credentials, event)
    if not channels:
        return {}
    if marks is None or not event.id:
        return {name: reason for name in channels if (reason := teller.deliver(name))}
    try:
        with one_at_a_time(settings.home):
            known = marks.known([mark_of(name, event.id) for name in channels])
            untold = [name for name in channels if mark_of(name, event.id) not in known]
            return {name: reason for name in untold if (reason := teller.deliver(name, marks))}
    except UndeliveredError as error:
        return {name: message("notice_undelivered", channel=name, reason=str(error)) for name in channels}


@dataclass(frozen=True)
class _Teller:
    """One event, and who delivers it."""

    settings: Settings
    credentials: Credentials
    event: RunEvent

    def deliver(self, name: NotificationChannel, marks: Marks | None = None) -> str | None:
        """Send it and mark it; the sentence for what went wrong."""
        try:
            self._send(CHANNELS[name])
        except PartlyDeliveredError as error:
            reason = str(error)
        except (UndeliveredError, PermanentError, RetryableError) as error:
            return message("notice_undelivered", channel=name, reason=error)
        except Exception as error:  # noqa: BLE001 - whatever a channel does, the run goes on; its text may hold a secret
            unexpected = message("notice_unexpected", error=type(error).__name__)
            return message("notice_undelivered", channel=name, reason=unexpected)
        else:
            reason = ""
        if marks is not None:
            marks.put(mark_of(name, self.event.id))
        return message("notice_undelivered", channel=name, reason=reason) if reason else None

    def _send(self, channel: Channel) -> None:
        event = self.event if channel.may_name_amounts(self.settings) else without_amounts(self.event)
        channel.send(self.settings, self.credentials, render(event))
