"""One deployment for all tests of the package: its bucket, secret, spreadsheet, topic, functions and state machine."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.homes import DemoHome, demo_home, months_in, run
from nubank_assets_tests.fakes.inboxes import Reader, make_reader
from nubank_assets_tests.fakes.lambdas import Serverless
from nubank_assets_tests.fakes.ministack import environment
from nubank_assets_tests.fakes.s3_homes import files_in, s3_settings
from nubank_assets_tests.fakes.sheets import FakeSheets, sheets_server

#: Of the demo: with its parcels they are some more, and the first is 2026-10.
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

    def versions(self) -> dict[str, str]:
        """The newest version of every object that holds data; who only locks and tells is left out."""
        from nubank_assets.aws.clients import client

        pages = client("s3").get_paginator("list_object_versions").paginate(Bucket=self.settings.bucket)
        found = [version for page in pages for version in page.get("Versions", []) if version["IsLatest"]]
        return {item["Key"]: item["VersionId"] for item in found if not item["Key"].startswith("nubank/serverless/")}

    def wait_until(self, happened: Callable[[], object], seconds: float = 60) -> None:
        """Look until it is so."""
        until = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < until, "it never happened"
            time.sleep(0.2)

    def put_documents(self) -> None:
        """The inbox of the laptop, receipts included, so that not even the moment of collection differs."""
        from nubank_assets.aws.clients import client

        for name, data in files_in(Path(self.laptop.settings.inbox_root)).items():
            client("s3").put_object(Bucket=self.settings.bucket, Key=f"nubank/inbox/{name}", Body=data)


@pytest.fixture(scope="package")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> DemoHome:
    """The demo on a laptop, run there."""
    home = demo_home(tmp_path_factory.mktemp("laptop"), months=MONTHS)
    assert run(home.settings)[0].succeeded
    return home


@pytest.fixture(scope="package")
def world(aws_endpoint: str, laptop: DemoHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The deployment."""
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


@pytest.fixture(scope="package")
def first(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The execution that finds the documents and an empty lake, started by hand with the AWS CLI."""
    months, folder = months_in(world.laptop.settings), tmp_path_factory.mktemp("asked")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(world.stack.endpoint).items():
            patch.setenv(name, value)
        return world.stack.wait(world.stack.start_by_command({"from": months[0], "to": months[-1]}, folder))


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
