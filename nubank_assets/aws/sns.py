"""Publishing to a topic of SNS: with less patience than elsewhere, because a sensor's tick waits for it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import ClientError

from nubank_assets.aws.clients import AwsDeniedError, aws_failures, check_encrypted, code_of
from nubank_assets.messages import message

#: At most some twenty seconds in all; Dagster ends a tick after sixty.
_CONFIG: Final = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
_ARN: Final = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}")
_LONGEST_SUBJECT: Final = 100
#: SNS takes 262144 bytes, attributes included.
_LONGEST_TEXT: Final = 250_000


def is_topic(arn: str) -> bool:
    """Whether this is the ARN of a topic; FIFO topics send no e-mail, and are none here."""
    return bool(_ARN.fullmatch(arn))


def publish(topic: str, subject: str, text: str, attributes: Mapping[str, str]) -> None:
    """Publish, tried again where it may help; raises PermanentError or RetryableError.

    `subject` has to be printable ASCII. Where SNS accepted and its answer was lost, it is published again.
    """
    typed = {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items() if value}
    shortened = text.encode()[:_LONGEST_TEXT].decode(errors="ignore")
    with topic_failures("Publish", topic):
        topics(topic).publish(
            TopicArn=topic, Subject=subject[:_LONGEST_SUBJECT], Message=shortened, MessageAttributes=typed
        )


def topics(topic: str) -> Any:
    """A client of SNS in the region of the topic, made anew: a daemon lives longer than its credentials."""
    with aws_failures("sns", "sns"):
        made = Session().client("sns", region_name=topic.split(":")[3], config=_CONFIG)
    check_encrypted(made.meta.endpoint_url)
    return made


@contextmanager
def topic_failures(action: str, topic: str) -> Iterator[None]:
    """As the platform's failures; a topic's key in KMS has permissions of its own."""
    with aws_failures(f"sns:{action}", f"NUBANK_SNS_TOPIC={topic}"):
        try:
            yield
        except ClientError as error:
            if code_of(error).startswith("KMS"):
                raise AwsDeniedError(message("sns_kms", topic=topic)) from None
            raise
