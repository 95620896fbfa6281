"""Dagster Pipes over S3, below the platform's own prefix, cleaned up whatever happens. Needs boto3.

What is said over it is for ``compute/launch.py``, who opens it for ``emr_resource.py``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import dagster as dg
from botocore.exceptions import BotoCoreError
from dagster_aws.pipes import PipesEMRServerlessClient, PipesS3ContextInjector, PipesS3MessageReader
from dagster_pipes import PipesParams

from nubank_assets.aws.clients import aws_failures, client
from nubank_assets.aws.emr_serverless import ServerlessCalls
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.lake.files import open_store
from nubank_assets.lake.s3 import encryption
from nubank_assets.messages import message

#: Where what both sides say lies, beside the code; the bucket's lifecycle rule covers what is left there.
MESSAGES: Final = "messages"


class EncryptingS3:
    """A client of S3 whose objects are encrypted as all others of the platform are."""

    def __init__(self) -> None:
        self._s3 = client("s3")

    def put_object(self, **values: Any) -> Any:
        """As boto3's."""
        with aws_failures("s3:PutObject", f"s3://{values['Bucket']}/{values['Key']}"):
            return self._s3.put_object(**values, **encryption())

    def delete_object(self, **_: Any) -> None:
        """Not here: the whole place is emptied after; what cannot be deleted must fail no step that went well."""


class PlacedMessageReader(PipesS3MessageReader):
    """Reads messages below a given prefix. Its counter never goes back: one for each run of a step."""

    def __init__(self, *, bucket: str, key_prefix: str, interval: float) -> None:
        super().__init__(bucket=bucket, client=client("s3"), interval=interval)
        self._key_prefix = key_prefix
        self._handler: dg.PipesMessageHandler | None = None

    @contextmanager
    def read_messages(self, handler: dg.PipesMessageHandler) -> Iterator[PipesParams]:
        """As it is; who handles the messages is kept, to be asked when the session has failed."""
        self._handler = handler
        with super().read_messages(handler) as params:
            yield params

    def custom_messages(self) -> Sequence[Any]:
        """Those that came, also after the session has ended."""
        return self._handler.get_custom_messages() if self._handler else ()

    @contextmanager
    def get_params(self) -> Iterator[PipesParams]:
        """Where the other side writes, instead of at the top of the bucket."""
        with super().get_params() as params:
            yield {**params, "key_prefix": self._key_prefix}

    def messages_are_readable(self, params: PipesParams) -> bool:
        """Whether the first is there; a network that is gone for a moment does not end the reading."""
        try:
            return super().messages_are_readable(params)
        except BotoCoreError:
            return False

    def download_messages_chunk(self, index: int, params: PipesParams) -> str | None:
        """The next messages, if they are there; they are asked for again later."""
        try:
            return super().download_messages_chunk(index, params)
        except BotoCoreError:
            return None


class ServerlessClient(PipesEMRServerlessClient):
    """Dagster's client, for one job whose messages come over S3; canceling is for who made its calls."""

    def __init__(
        self, calls: ServerlessCalls, injector: PipesS3ContextInjector, reader: PlacedMessageReader, seconds: float
    ) -> None:
        boto3_client: Any = calls
        super().__init__(boto3_client, injector, reader, forward_termination=False, poll_interval=seconds)

    def _read_messages(self, *_: Any) -> None:
        """They are read all along; Dagster's own would look for them in CloudWatch, and warn that it cannot."""


@contextmanager
def open_exchange(
    context: dg.AssetExecutionContext, place: str, interval: float
) -> Iterator[tuple[PipesS3ContextInjector, PlacedMessageReader]]:
    """Both ends of Pipes at a place in S3 that one run of a step has for itself, and that is emptied after the block.

    `interval` is how often, in seconds, it is looked for messages.
    """
    bucket, prefix = urlsplit(place).netloc, urlsplit(place).path.strip("/")
    s3: Any = EncryptingS3()
    try:
        yield (
            PipesS3ContextInjector(bucket=bucket, client=s3, key_prefix=f"{prefix}/"),
            PlacedMessageReader(bucket=bucket, key_prefix=prefix, interval=interval),
        )
    finally:
        _clean(context, place)


def _clean(context: dg.AssetExecutionContext, place: str) -> None:
    try:
        store = open_store(place)
        for name in store.names("", recursive=True):
            store.remove(name)
    except (PermanentError, RetryableError) as error:
        context.log.warning(message("emr_not_cleaned", place=place, error=error))
