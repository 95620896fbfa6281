"""One deployment for the tests of a module: its bucket, secret, spreadsheet, topic, functions and state machine."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.homes import DemoHome, demo_home, run
from nubank_assets_tests.fakes.inboxes import Reader, make_reader
from nubank_assets_tests.fakes.lambdas import Serverless
from nubank_assets_tests.fakes.ministack import environment
from nubank_assets_tests.fakes.s3_homes import files_in, s3_settings
from nubank_assets_tests.fakes.sheets import FakeSheets, sheets_server

#: Of the demo, whose first month is the oldest.
MONTHS = 2


@dataclass
class World:
    """A deployment with a person's documents in it, and the same documents on a laptop."""

    stack: Serverless
    reader: Reader
    google: FakeSheets
    laptop: DemoHome

    @property
    def settings(self) -> Settings:
        return self.stack.settings

    def put_documents(self) -> None:
        """The inbox of the laptop, receipts included, so that not even the moment of collection differs."""
        from nubank_assets.aws.clients import client

        for name, data in files_in(Path(self.laptop.settings.inbox_root)).items():
            client("s3").put_object(Bucket=self.settings.bucket, Key=f"nubank/inbox/{name}", Body=data)


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    """The demo on a laptop, run there."""
    home = demo_home(tmp_path_factory.mktemp("laptop"), months=MONTHS)
    assert run(home.settings)[0].succeeded
    return home


@pytest.fixture(scope="module")
def world(aws_endpoint: str, laptop: DemoHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The deployment of a module."""
    from nubank_assets.aws import clients

    with pytest.MonkeyPatch.context() as patch, sheets_server() as google:
        for name, value in environment(aws_endpoint).items():
            patch.setenv(name, value)
        clients.client.cache_clear()
        word, reader = uuid.uuid4().hex[:8], make_reader()
        settings = s3_settings(tmp_path_factory.mktemp("tmp"), f"nubank-{word}").model_copy(
            update={
                "glue_database": f"nubank_{word}",
                "secrets_prefix": f"{word}/",
                "destinations": ("sheets",),
                "spreadsheet": google.new_spreadsheet(),
                "sheets_url": google.url,
                "notifications": ("sns",),
                "sns_topic": reader.topic,
            }
        )
        made = World(Serverless(settings), reader, google, laptop)
        _prepare(made)
        yield made


def _prepare(world: World) -> None:
    from nubank_assets.aws.clients import client

    bucket = world.settings.bucket
    client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "sa-east-1"})
    client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    client("secretsmanager").create_secret(
        Name=f"{world.settings.secrets_prefix}google_service_account", SecretString=world.google.service_account
    )
    world.put_documents()
    world.stack.deploy()
