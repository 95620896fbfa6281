"""Drift of the catalog, as the asset check shows it."""

from typing import Any

import dagster as dg
import pytest

from nubank_assets.aws_resources import GlueResource
from nubank_assets.checks_glue import catalog_agrees_with_declarations
from nubank_assets.domain.catalog import TABLES
from nubank_assets_tests.aws.glue_lake import GlueLake


def checked(lake: GlueLake) -> dg.AssetCheckResult:
    glue = GlueResource(database=lake.database, bucket_root=lake.bucket_root)
    result = catalog_agrees_with_declarations(glue)
    assert isinstance(result, dg.AssetCheckResult)
    return result


@pytest.fixture
def published(glue_lake: GlueLake) -> GlueLake:
    glue_lake.publish(*TABLES.values())
    return glue_lake


def changed_columns(lake: GlueLake, **change: Any) -> dict[str, Any]:
    storage = lake.table("expenses")["StorageDescriptor"]
    columns = [{**column, **change} if column["Name"] == "amount_brl" else column for column in storage["Columns"]]
    return {**storage, "Columns": columns}


def test_what_was_published_agrees(published: GlueLake) -> None:
    assert checked(published).passed


def test_what_is_not_there_yet_is_no_drift(glue_lake: GlueLake) -> None:
    result = checked(glue_lake)
    assert result.passed
    assert result.metadata["waiting"].value == len(TABLES)


def test_another_type_is_an_error_that_names_both(published: GlueLake) -> None:
    published.edit_table("expenses", StorageDescriptor=changed_columns(published, Type="double"))
    result = checked(published)
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert all(word in str(result.description) for word in ("expenses", "amount_brl", "double", "decimal(18,2)"))


def test_another_comment_is_a_warning(published: GlueLake) -> None:
    published.edit_table("expenses", StorageDescriptor=changed_columns(published, Comment="money"))
    result = checked(published)
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert "expenses" in str(result.description)


def test_a_place_elsewhere_is_an_error(published: GlueLake) -> None:
    storage = {**published.table("expenses")["StorageDescriptor"], "Location": "s3://elsewhere/expenses/"}
    published.edit_table("expenses", StorageDescriptor=storage)
    result = checked(published)
    assert result.severity is dg.AssetCheckSeverity.ERROR
    assert "s3://elsewhere/expenses" in str(result.description)


def test_a_partition_with_other_types_is_an_error(published: GlueLake) -> None:
    published.foreign_partition("expenses", "2026-11", **changed_columns(published, Type="double"))
    result = checked(published)
    assert result.severity is dg.AssetCheckSeverity.ERROR
    assert all(word in str(result.description) for word in ("expenses 2026-11", "amount_brl", "double"))


def test_a_glue_that_does_not_answer_fails_the_check_alone(
    glue_lake: GlueLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nubank_assets.aws.clients import client

    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    client.cache_clear()
    result = checked(glue_lake)
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert "glue:GetTables" in str(result.description)
