"""What `nubank doctor` says of SNS: whether the topic is there and somebody reads it. Nothing is sent."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nubank_assets.aws.clients import AwsDeniedError
from nubank_assets.aws.sns import is_topic, topic_failures, topics
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings


def look_at_sns(settings: "Settings") -> Iterator[tuple[bool | None, str]]:
    """A sentence about each thing, and whether it is all right; nothing where SNS is not chosen."""
    topic = settings.sns_topic
    if "sns" not in settings.notifications:
        return
    if not is_topic(topic):
        yield False, message("notice_topic_wrong", value=topic) if topic else message("notice_topic_missing")
        return
    try:
        yield _look_at_readers(topic)
    except AwsDeniedError as error:
        # Only looking needs this permission; telling does not.
        yield None, str(error)
    except (PermanentError, RetryableError) as error:
        yield False, str(error)
        return
    yield None, message("sns_permissions", topic=topic)


def _look_at_readers(topic: str) -> tuple[bool, str]:
    with topic_failures("GetTopicAttributes", topic):
        attributes = topics(topic).get_topic_attributes(TopicArn=topic)["Attributes"]
    confirmed, pending = (int(attributes.get(f"Subscriptions{state}", 0)) for state in ("Confirmed", "Pending"))
    key = "sns_subscribed" if confirmed else "sns_no_subscription"
    return confirmed > 0, message(key, topic=topic, confirmed=confirmed, pending=pending)
