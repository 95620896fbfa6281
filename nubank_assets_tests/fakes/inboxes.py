"""A person who reads what SNS sends: a topic of the local AWS with a queue that is subscribed to it."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from nubank_assets.aws.clients import client


@dataclass(frozen=True)
class Reader:
    """A topic and the queue behind it."""

    topic: str
    queue: str

    def read(self) -> list[dict[str, Any]]:
        """All notices that came since the last time, as SNS wrote them."""
        notices: list[dict[str, Any]] = []
        while messages := self._receive():
            for message in messages:
                notices.append(json.loads(message["Body"]))
                client("sqs").delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return notices

    def ids(self) -> list[str]:
        """The ids in their texts, in order."""
        return [f"{attribute(notice, 'run_id')}:{attribute(notice, 'status')}" for notice in self.read()]

    def statuses(self) -> list[str]:
        """What they tell, in order."""
        return [attribute(notice, "status") for notice in self.read()]

    def _receive(self) -> list[dict[str, Any]]:
        answer = client("sqs").receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10, WaitTimeSeconds=0)
        return list(answer.get("Messages", []))


def attribute(notice: dict[str, Any], name: str) -> str:
    """An attribute that a filter policy can use."""
    return str(notice.get("MessageAttributes", {}).get(name, {}).get("Value", ""))


def make_reader(topic: str = "", **subscription: str) -> Reader:
    """A topic with one reader, or one reader more of a topic."""
    name = f"nubank-{uuid.uuid4().hex[:12]}"
    topic = topic or client("sns").create_topic(Name=name)["TopicArn"]
    url = client("sqs").create_queue(QueueName=name)["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=subscription)
    return Reader(topic, url)
