"""One statement on Athena: on the local AWS where it is real, else against answers over HTTP as Athena gives them."""

import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from nubank_assets.aws.athena import AthenaPlace, place_of, run_query
from nubank_assets.aws.clients import client
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.athena_server import AthenaServer, athena_server, page, status

#: A statement that takes DuckDB, behind the local AWS, seconds; longer than a test waits, yet it ends.
LONG = "select count(*) from range(15000) a, range(100000) b where a.range * b.range % 7 = 3"


@pytest.fixture
def place(bucket: str) -> AthenaPlace:
    """A workgroup of its own, without a place for results."""
    name = f"group-{uuid.uuid4().hex[:8]}"
    client("athena").create_work_group(Name=name, Configuration={})
    return AthenaPlace(name, "default", f"s3://{bucket}/athena/")


def state_of(query_id: str) -> str:
    state: str = client("athena").get_query_execution(QueryExecutionId=query_id)["QueryExecution"]["Status"]["State"]
    return state


def queries_of(place: AthenaPlace) -> list[str]:
    ids: list[str] = client("athena").list_query_executions(WorkGroup=place.workgroup)["QueryExecutionIds"]
    return ids


def test_values_keep_their_types_and_null_is_not_the_empty_text(place: AthenaPlace) -> None:
    result = run_query(
        "select cast(-1234567890123456.78 as decimal(18,2)) as m, date '2026-10-01' as d, '' as e, "
        "cast(null as varchar) as n, true as b, 7 as i, cast(1.5 as double) as x, "
        "timestamp '2026-10-01 12:30:00.250' as t, ' a, \"b\"\n' as s, cast(null as decimal(18,2)) as mn",
        place,
    )
    assert result.names == ["m", "d", "e", "n", "b", "i", "x", "t", "s", "mn"]
    assert result.rows == [
        (
            Decimal("-1234567890123456.78"),
            date(2026, 10, 1),
            "",
            None,
            True,
            7,
            1.5,
            datetime(2026, 10, 1, 12, 30, 0, 250000),  # noqa: DTZ001
            ' a, "b"\n',
            None,
        )
    ]
    assert [type(value) for value in result.rows[0][:1]] == [Decimal]


def test_every_row_of_every_page_is_read_once(place: AthenaPlace) -> None:
    result = run_query("select range as n from range(2501) order by 1", place)
    assert [row[0] for row in result.rows] == list(range(2501))
    assert result.scanned_bytes > 0
    assert run_query("select 1 as n where false", place).rows == []


def test_a_row_that_equals_the_header_is_kept(place: AthenaPlace) -> None:
    assert run_query("select 'n' as n union all select 'n'", place).rows == [("n",), ("n",)]


def test_results_go_where_the_workgroup_says_else_under_the_bucket(place: AthenaPlace, bucket: str) -> None:
    def output(query_id: str) -> str:
        execution = client("athena").get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
        return str(execution["ResultConfiguration"]["OutputLocation"])

    ours = run_query("select 1", place)
    assert output(ours.query_id) == f"s3://{bucket}/athena/{ours.query_id}.csv"
    client("athena").update_work_group(
        WorkGroup=place.workgroup,
        ConfigurationUpdates={"ResultConfigurationUpdates": {"OutputLocation": f"s3://{bucket}/theirs/"}},
    )
    theirs = run_query("select 1", place)
    assert output(theirs.query_id) == f"s3://{bucket}/theirs/{theirs.query_id}.csv"


def test_a_wrong_statement_says_why_in_one_sentence(place: AthenaPlace) -> None:
    with pytest.raises(InputError, match="no_such_table") as caught:
        run_query("select *\nfrom no_such_table", place)
    assert "\n" not in str(caught.value)


def test_a_workgroup_that_is_not_there_is_named(place: AthenaPlace) -> None:
    with pytest.raises(InputError, match="NUBANK_ATHENA_WORKGROUP") as caught:
        run_query("select 1", AthenaPlace("nobody", "default", place.output))
    assert "nobody" in str(caught.value)


def test_a_query_that_takes_too_long_is_stopped(place: AthenaPlace) -> None:
    started = time.monotonic()
    with pytest.raises(PermanentError, match=r"0\.4 s"):
        run_query(LONG, place, timeout=0.4)
    assert time.monotonic() - started < 10
    assert [state_of(query_id) for query_id in queries_of(place)] == ["CANCELLED"]


def test_a_query_cancelled_by_somebody_else_fails_with_the_reason(place: AthenaPlace) -> None:
    def cancel() -> None:
        until = time.monotonic() + 20
        while not queries_of(place) and time.monotonic() < until:
            time.sleep(0.05)
        client("athena").stop_query_execution(QueryExecutionId=queries_of(place)[0])

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(PermanentError, match="cancelled by user"):
        run_query(LONG, place, timeout=30)
    thread.join(20)


def test_the_place_comes_from_the_settings() -> None:
    settings = Settings(deployment="aws", bucket="b", athena_workgroup="w", glue_database="d", kms_key="k")
    assert place_of(settings) == AthenaPlace("w", "d", "s3://b/nubank/athena/", "k")
    with pytest.raises(InputError, match="NUBANK_BUCKET"):
        place_of(Settings(deployment="aws"))


PLACE = AthenaPlace("nubank", "nubank", "s3://b/athena/", "key-1")


@pytest.fixture
def serve(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Start a server with answers; every client of Athena asks it."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def start(**answers: list[dict[str, Any]]) -> AthenaServer:
            url, athena = stack.enter_context(athena_server(**answers))
            monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", url)
            client.cache_clear()
            return athena

        yield start
    client.cache_clear()


def test_pages_as_athena_cuts_them(serve: Any) -> None:
    column = [("n", "integer")]
    first = page(column, [["n"], *[[str(n)] for n in range(999)]], "next")
    athena = serve(GetQueryResults=[first, page(column, [["999"], ["1000"]])])
    assert [row[0] for row in run_query("select n from x", PLACE).rows] == list(range(1001))
    assert [request.get("NextToken") for request in athena.asked["GetQueryResults"]] == [None, "next"]
    (started,) = athena.asked["StartQueryExecution"]
    assert started["ResultConfiguration"]["EncryptionConfiguration"] == {
        "EncryptionOption": "SSE_KMS",
        "KmsKey": "key-1",
    }
    assert started["QueryExecutionContext"] == {"Database": "nubank", "Catalog": "AwsDataCatalog"}


def test_an_answer_that_is_no_querys_has_no_header(serve: Any) -> None:
    utility = {"QueryExecution": {"Status": {"State": "SUCCEEDED"}, "StatementType": "DDL"}}
    serve(GetQueryExecution=[utility], GetQueryResults=[page([("tab_name", "string")], [["bills"], ["saldo"]])])
    assert run_query("show tables", PLACE).rows == [("bills",), ("saldo",)]


def test_moments_with_a_zone_and_an_empty_answer(serve: Any) -> None:
    columns = [("a", "timestamp"), ("b", "timestamp with time zone"), ("c", "array")]
    cells: list[str | None] = ["2026-10-01 12:00:00.000", "2026-10-01 12:00:00.000 UTC", "[1, 2]"]
    serve(GetQueryResults=[page(columns, [["a", "b", "c"], cells])])
    assert run_query("select", PLACE).rows == [
        (datetime(2026, 10, 1, 12), datetime(2026, 10, 1, 12, tzinfo=UTC), "[1, 2]")  # noqa: DTZ001
    ]


def test_the_scan_limit_is_told_as_athena_tells_it(serve: Any) -> None:
    reason = "Bytes scanned limit was exceeded"
    serve(GetQueryExecution=[status("RUNNING"), status("CANCELLED", StateChangeReason=reason)])
    with pytest.raises(PermanentError, match=reason):
        run_query("select 1", PLACE)


@pytest.mark.parametrize(
    ("details", "kind"),
    [
        ({"Retryable": True, "ErrorCategory": 1}, RetryableError),
        ({"Retryable": False, "ErrorCategory": 1}, PermanentError),
        ({"Retryable": False, "ErrorCategory": 2}, InputError),
    ],
)
def test_whose_fault_a_failure_is(serve: Any, details: dict[str, Any], kind: type[Exception]) -> None:
    serve(GetQueryExecution=[status("FAILED", StateChangeReason="SOMETHING: it\n broke.", AthenaError=details)])
    with pytest.raises(kind, match=r"SOMETHING: it broke\.$") as caught:
        run_query("select 1", PLACE)
    assert type(caught.value) is kind


def test_throttling_may_pass_later(serve: Any) -> None:
    serve(StartQueryExecution=[{"__type": "TooManyRequestsException", "message": "slow down"}])
    with pytest.raises(RetryableError, match="athena:StartQueryExecution"):
        run_query("select 1", PLACE)


def test_the_query_is_stopped_when_its_state_cannot_be_read(serve: Any) -> None:
    athena = serve(GetQueryExecution=[status("RUNNING"), {"__type": "AccessDeniedException", "message": "no"}])
    with pytest.raises(PermanentError, match="athena:GetQueryExecution"):
        run_query("select 1", PLACE)
    assert [request["QueryExecutionId"] for request in athena.asked["StopQueryExecution"]] == ["query-1"]


def test_a_query_that_cannot_be_stopped_is_named_in_the_log(serve: Any, caplog: pytest.LogCaptureFixture) -> None:
    serve(
        GetQueryExecution=[status("RUNNING")],
        StopQueryExecution=[{"__type": "AccessDeniedException", "message": "no"}],
    )
    with pytest.raises(PermanentError, match="query-1"):
        run_query("select 1", PLACE, timeout=0.3)
    assert "query-1" in caplog.text
    assert "athena:StopQueryExecution" in caplog.text
