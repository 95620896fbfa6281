"""What `nubank doctor` says of Glue, also to credentials that lack permissions."""

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from boto3.session import Session

from nubank_assets.aws.clients import client
from nubank_assets.aws.crawler_setup import ensure_crawler
from nubank_assets.aws.looking_glue import look_at_glue
from nubank_assets.domain.catalog import TABLES
from nubank_assets_tests.aws.glue_instance import settings_of
from nubank_assets_tests.aws.glue_lake import GlueLake, written
from nubank_assets_tests.fakes.ministack import ACCOUNT, COMMAND, environment, ministack

ROLE = "arn:aws:iam::123456789012:role/nubank-crawler"


@pytest.fixture
def crawler() -> str:
    return f"nubank-{uuid.uuid4().hex[:8]}"


def test_nothing_is_there_yet(glue_lake: GlueLake, crawler: str) -> None:
    with written() as calls:
        (catalog,) = look_at_glue(settings_of(glue_lake))
        _, named = look_at_glue(settings_of(glue_lake, glue_crawler=crawler))
        _, coming = look_at_glue(settings_of(glue_lake, glue_crawler=crawler, glue_crawler_role=ROLE))
    assert not calls
    assert catalog[0] is None
    assert glue_lake.database in catalog[1]
    assert (named[0], "NUBANK_GLUE_CRAWLER_ROLE" in named[1]) == (False, True)
    assert (coming[0], crawler in coming[1]) == (None, True)


def test_all_is_right(glue_lake: GlueLake, crawler: str) -> None:
    glue_lake.publish(*TABLES.values())
    ensure_crawler(crawler, ROLE, glue_lake.database)
    said = list(look_at_glue(settings_of(glue_lake, glue_crawler=crawler)))
    assert [is_right for is_right, _ in said] == [True, True]
    assert (glue_lake.database in said[0][1], crawler in said[1][1]) == (True, True)


def test_what_is_wrong_is_named(glue_lake: GlueLake, crawler: str) -> None:
    glue_lake.publish(*[table for table in TABLES.values() if table.name != "income"])
    ensure_crawler(crawler, ROLE, glue_lake.database)
    loose = {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"}
    client("glue").update_crawler(Name=crawler, SchemaChangePolicy=loose)
    storage = glue_lake.table("expenses")["StorageDescriptor"]
    columns = [
        {**column, "Type": "double"} if column["Name"] == "amount_brl" else column for column in storage["Columns"]
    ]
    glue_lake.edit_table("expenses", StorageDescriptor={**storage, "Columns": columns})
    glue_lake.edit_table("bills", Description="vandalised")
    said = list(look_at_glue(settings_of(glue_lake, glue_crawler=crawler)))
    assert [
        (is_right, word in sentence)
        for (is_right, sentence), word in zip(said, ("tabelas ou meses", "bills", "double", crawler), strict=True)
    ] == [(None, True), (None, True), (False, True), (None, True)]


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An AWS of its own that checks permissions; credentials that may only look at databases."""
    if not COMMAND.exists():
        pytest.skip("needs the local AWS: make .aws-local/installed")
    monkeypatch.setenv("AUTH", "true")
    with ministack() as url:
        for name, value in environment(url).items():
            monkeypatch.setenv(name, value)
        root = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "testing"}
        Session(**root).client("glue").create_database(DatabaseInput={"Name": "guarded"})
        iam = Session(**root).client("iam")
        iam.create_user(UserName="reader")
        may = {"Effect": "Allow", "Action": "glue:GetDatabase", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [may]})
        iam.put_user_policy(UserName="reader", PolicyName="few", PolicyDocument=policy)
        key = iam.create_access_key(UserName="reader")["AccessKey"]
        monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])
        client.cache_clear()
        yield "guarded"
    client.cache_clear()


def test_every_lacking_permission_is_named_by_its_action(guarded: str) -> None:
    settings = settings_of(GlueLake(guarded, "s3://bucket/nubank"), glue_crawler="nubank")
    said = list(look_at_glue(settings))
    assert [is_right for is_right, _ in said] == [False, False]
    for (_, sentence), action in zip(said, ("glue:GetTables", "glue:GetCrawler"), strict=True):
        assert re.search(f"negou {action} ", sentence), sentence
