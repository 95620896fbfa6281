"""Notices by SNS: what the settings must have, and the words as SNS takes them. The call is in ``aws/sns.py``."""

import unicodedata
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message
from nubank_assets.notifications.events import Notice
from nubank_assets.notifications.rendering import one_line
from nubank_assets.settings import Settings
from nubank_assets.sources.credentials import Credentials

_LONGEST_SUBJECT: Final = 100


def check_sns(settings: Settings, credentials: Credentials) -> None:  # noqa: ARG001
    """Raise InputError if there is no topic, or what is no topic; nothing is asked of AWS."""
    from nubank_assets.aws.sns import is_topic

    if not settings.sns_topic:
        raise InputError(message("notice_topic_missing"))
    if not is_topic(settings.sns_topic):
        raise InputError(message("notice_topic_wrong", value=settings.sns_topic))


def send_sns(settings: Settings, credentials: Credentials, notice: Notice) -> None:
    """Publish the notice; its status and run are attributes that a subscription can filter by."""
    from nubank_assets.aws.sns import publish

    check_sns(settings, credentials)
    attributes = {"status": notice.status or "", "run_id": notice.run_id}
    publish(settings.sns_topic, as_subject(notice.subject), notice.text, attributes)


def as_subject(text: str) -> str:
    """The words in at most 100 ASCII characters: SNS refuses accents, control characters and a space in front."""
    plain = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-").replace("…", "..."))
    ascii_only = "".join(char for char in plain if not unicodedata.combining(char)).encode("ascii", "replace").decode()
    return one_line(ascii_only)[:_LONGEST_SUBJECT].strip() or "Nubank"
