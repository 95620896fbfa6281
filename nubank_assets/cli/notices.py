"""What a command that runs needs to tell of it: the marks it shares with the daemon; and what was left untold."""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nubank_assets.notifications.telling import Telling
    from nubank_assets.settings import Settings


@contextmanager
def telling_of(settings: "Settings") -> Iterator["Telling"]:
    """Who tells of this command; first what no earlier one could tell. The caller holds the home's lock.

    Raises InputError if a chosen channel lacks a setting.
    """
    from nubank_assets.credentials import open_credentials
    from nubank_assets.notifications.channels import check_notifications
    from nubank_assets.notifications.telling import RUN_ID, Telling

    credentials, run_id = open_credentials(settings), os.environ.get(RUN_ID) or str(uuid.uuid4())
    if not settings.notifications:
        yield Telling(settings, credentials, _say, run_id)
        return
    check_notifications(settings, credentials)
    from nubank_assets.local_runs import fail_dead_runs
    from nubank_assets.sensors.marks import InstanceMarks, instance_of_home
    from nubank_assets.sensors.untold_runs import tell_untold

    with instance_of_home(settings) as instance:
        fail_dead_runs(instance)
        for sentence in tell_untold(instance, settings, time.time(), grace=0).undelivered:
            _say(sentence)
        yield Telling(settings, credentials, _say, run_id, InstanceMarks(instance))


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
