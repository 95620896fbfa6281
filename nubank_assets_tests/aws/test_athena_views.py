"""Views in Glue as Athena keeps them, what doctor says of Athena, and the Dagster resource."""

import base64
import json
import threading
import uuid
from typing import Any

import dagster as dg
import pytest

from nubank_assets.athena_resource import AthenaResource
from nubank_assets.aws.athena_views import missing_views, publish_views
from nubank_assets.aws.clients import client
from nubank_assets.aws.glue import ensure_database
from nubank_assets.aws.looking_athena import look_at_athena
from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.lake.views import VIEWS
from nubank_assets.settings import Settings


@pytest.fixture
def database(aws: str) -> str:
    name = f"db_{uuid.uuid4().hex[:8]}"
    ensure_database(name)
    return name


@pytest.fixture
def settings(database: str, bucket: str) -> Settings:
    """Settings of a workgroup of its own, enabled, without place or limit."""
    name = f"group-{uuid.uuid4().hex[:8]}"
    client("athena").create_work_group(Name=name, Configuration={})
    return Settings(deployment="aws", bucket=bucket, glue_database=database, athena_workgroup=name)


def entry(database: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = client("glue").get_table(DatabaseName=database, Name=name)["Table"]
    return found


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_kept_as_athena_keeps_one(database: str, name: str) -> None:
    assert publish_views(database) == list(VIEWS)
    found, view = entry(database, name), VIEWS[name]
    assert found["TableType"] == "VIRTUAL_VIEW"
    assert found["Parameters"]["presto_view"] == "true"
    assert found["Description"] == view.description
    assert found["ViewExpandedText"] == "/* Presto View */"
    text = found["ViewOriginalText"]
    assert text.startswith("/* Presto View: ")
    assert text.endswith(" */")
    definition = json.loads(base64.b64decode(text.removeprefix("/* Presto View: ").removesuffix(" */")))
    assert definition["originalSql"] == view.sql
    assert (definition["catalog"], definition["schema"]) == ("awsdatacatalog", database)
    declared = found["StorageDescriptor"]["Columns"]
    assert [column["Name"] for column in declared] == [column.name.lower() for column in view.columns]
    assert [column["Name"] for column in declared] == [column["name"] for column in definition["columns"]]
    presto = {"string": "varchar", "int": "integer"}
    assert [presto.get(column["Type"], column["Type"]) for column in declared] == [
        column["type"] for column in definition["columns"]
    ]
    assert [column["Comment"] for column in declared] == [column.description for column in view.columns]


def test_writing_them_again_changes_nothing_and_mends_what_was_changed(database: str) -> None:
    publish_views(database)
    before = entry(database, "saldo")
    assert publish_views(database) == []
    assert missing_views(database) == []
    assert entry(database, "saldo") == before
    changed = {key: before[key] for key in ("Name", "TableType", "Parameters", "StorageDescriptor")}
    client("glue").update_table(DatabaseName=database, TableInput={**changed, "ViewOriginalText": "/* old */"})
    client("glue").delete_table(DatabaseName=database, Name="limite")
    assert missing_views(database) == ["limite", "saldo"]
    assert publish_views(database) == ["limite", "saldo"]
    assert entry(database, "saldo")["ViewOriginalText"] == before["ViewOriginalText"]


def test_two_at_once_are_as_good_as_one(database: str) -> None:
    failures: list[Exception] = []

    def publish() -> None:
        try:
            publish_views(database)
        except PermanentError as error:
            failures.append(error)

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert missing_views(database) == []


def test_a_table_of_that_name_is_left_alone(database: str) -> None:
    original = {
        "Name": "saldo",
        "TableType": "EXTERNAL_TABLE",
        "StorageDescriptor": {"Columns": [], "Location": "s3://x/"},
    }
    client("glue").create_table(DatabaseName=database, TableInput=original)
    with pytest.raises(PermanentError, match="NUBANK_GLUE_DATABASE") as caught:
        publish_views(database)
    assert f"{database}" in str(caught.value)
    assert entry(database, "saldo")["StorageDescriptor"]["Location"] == "s3://x/"


def test_doctor_says_what_is_missing(settings: Settings) -> None:
    found = list(look_at_athena(settings))
    assert [is_right for is_right, _ in found] == [True, None, None, True, None]
    assert f"s3://{settings.bucket}/nubank/athena/" in found[1][1]
    assert "BytesScannedCutoffPerQuery" in found[2][1]
    assert "athena:StartQueryExecution" in found[3][1]
    assert all(name in found[4][1] for name in VIEWS)


def test_doctor_is_content_with_a_good_workgroup(settings: Settings) -> None:
    publish_views(settings.glue_database)
    client("athena").update_work_group(
        WorkGroup=settings.athena_workgroup,
        ConfigurationUpdates={
            "ResultConfigurationUpdates": {"OutputLocation": f"s3://{settings.bucket}/results/"},
            "BytesScannedCutoffPerQuery": 10**9,
        },
    )
    found = list(look_at_athena(settings))
    assert [is_right for is_right, _ in found] == [True] * 5
    assert "1.0 GB" in found[2][1]


def test_doctor_names_a_workgroup_that_is_off_or_not_there(settings: Settings) -> None:
    client("athena").update_work_group(WorkGroup=settings.athena_workgroup, State="DISABLED")
    assert (False, "ENABLED") in [(right, said.split()[-1].rstrip("`.")) for right, said in look_at_athena(settings)]
    nowhere = settings.model_copy(update={"athena_workgroup": "nobody"})
    ((is_right, said),) = look_at_athena(nowhere)
    assert is_right is False
    assert "nobody" in said
    assert "NUBANK_ATHENA_WORKGROUP" in said


def test_the_resource_runs_sql_in_an_asset(settings: Settings) -> None:
    @dg.asset
    def one(context: dg.AssetExecutionContext, athena: AthenaResource) -> None:
        result = athena.query("select cast(1.10 as decimal(18,2)) as m, cast(null as varchar) as n")
        context.add_output_metadata({"rows": str(result.rows), **athena.metadata(result)})

    done = dg.materialize([one], resources={"athena": AthenaResource.of(settings)})
    metadata = done.asset_materializations_for_node("one")[0].metadata
    assert metadata["rows"].value == "[(Decimal('1.10'), None)]"
    query = str(metadata["athena_query"].value)
    execution = client("athena").get_query_execution(QueryExecutionId=query)["QueryExecution"]
    assert execution["WorkGroup"] == settings.athena_workgroup
    assert execution["QueryExecutionContext"]["Database"] == settings.glue_database
    with pytest.raises(InputError, match="NUBANK_BUCKET"):
        AthenaResource.of(Settings(deployment="aws"))
