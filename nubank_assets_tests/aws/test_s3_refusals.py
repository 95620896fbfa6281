"""S3 that refuses, is not there, or never answers: one sentence, exit 1 or 2, and nothing written on this machine."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nubank_assets.aws import clients
from nubank_assets.aws.looking import look_at_bucket
from nubank_assets.domain.catalog import INCOME
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.lake.files import open_store
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import Lake
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets_tests.aws.test_s3_store import MONTH, version
from nubank_assets_tests.fakes.faults import Fault, Kind, S3Faults, s3_faults
from nubank_assets_tests.fakes.homes import TODAY
from nubank_assets_tests.fakes.s3_homes import s3_settings
from nubank_assets_tests.lake.test_inbox import receipt


@pytest.fixture
def faults(aws: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Faults]:
    with s3_faults(aws, "nubank/") as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", proxy.url)
        monkeypatch.setenv("NUBANK_DEPLOYMENT", "aws")
        monkeypatch.setenv("NUBANK_BUCKET", bucket)
        clients.client.cache_clear()
        yield proxy
    clients.client.cache_clear()


def nubank(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(Path(sys.executable).parent / "nubank"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    write_demo(tmp_path / "files", months=2, seed=1, today=TODAY)
    return min((tmp_path / "files" / "exports").rglob("*.csv"))


def left_in(home: Path) -> list[str]:
    """What a command left of itself: nothing but Dagster's configuration and the lock."""
    files = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]
    return sorted(set(files) - {"dagster/dagster.yaml", "dagster/workspace.yaml", "nubank.lock"})


@pytest.mark.parametrize("command", ["import", "run", "documents", "query", "forget"])
@pytest.mark.parametrize(("kind", "action"), [("403", "s3:"), ("404", "s3:")])
def test_each_command_says_in_one_sentence_what_it_may_not(
    faults: S3Faults, bucket: str, export: Path, tmp_path: Path, command: str, kind: Kind, action: str
) -> None:
    arguments = {
        "import": [str(export)],
        "run": [],
        "documents": [],
        "query": ["select 1", "--engine", "duckdb"],
        "forget": ["0123456789abcdef"],
    }[command]
    faults.begin(Fault(None, kind, lasting=True))
    done = nubank(command, *arguments)
    assert done.returncode in {1, 2}, done
    (sentence,) = done.stderr.strip().splitlines()
    assert action in sentence
    assert bucket in sentence
    assert "Traceback" not in done.stderr + done.stdout
    assert left_in(tmp_path / "home") == []


def test_a_query_that_may_list_and_not_read(faults: S3Faults, bucket: str) -> None:
    """DuckDB reads through Arrow, which asks the lake: of all three only the lake's sentence is told."""
    Lake(f"s3://{bucket}/nubank/lake").write(INCOME, MONTH, version(1))
    statement = ["query", "select count(distinct transaction_id) as n from income", "--engine", "duckdb"]
    faults.begin(Fault(None, "403", lasting=True))
    faults.only = "GET lake"
    refused = nubank(*statement)
    assert refused.returncode == 1
    (sentence,) = refused.stderr.strip().splitlines()
    assert sentence.startswith(f"A AWS negou s3:GetObject em s3://{bucket}/nubank/lake/{INCOME.path}/")
    faults.begin()
    assert nubank(*statement, "--format", "csv").stdout == "n\n2037\n"


def test_a_bucket_that_does_not_exist(aws: str, tmp_path: Path) -> None:
    store = open_store("s3://nubank-nowhere-0000/lake")
    staged = tmp_path / "staged"
    staged.write_bytes(b"1")
    for work in (
        lambda: store.read("a"),
        lambda: store.exists("a"),
        lambda: store.names("a"),
        lambda: store.write("a", b""),
        lambda: store.create("a", b""),
        lambda: store.publish(staged, "a"),
        lambda: store.remove("a"),
    ):
        with pytest.raises(PermanentError, match=r"s3://nubank-nowhere-0000.* não existe"):
            work()


@pytest.mark.parametrize("code", ["InvalidAccessKeyId", "SignatureDoesNotMatch"])
def test_wrong_credentials_are_named(faults: S3Faults, bucket: str, code: str) -> None:
    """ministack takes any credentials, so its way there says what S3 would."""
    faults.codes = {"403": code}
    faults.begin(Fault(None, "403", lasting=True))
    with pytest.raises(PermanentError, match=rf"s3:ListBucket.*{bucket}.*{code}"):
        open_store(f"s3://{bucket}/lake").names("a")


def test_credentials_that_expired_are_to_be_renewed(faults: S3Faults, bucket: str) -> None:
    faults.codes = {"403": "ExpiredToken"}
    faults.begin(Fault(None, "403", lasting=True))
    with pytest.raises(PermanentError, match=r"expiraram \(ExpiredToken em s3:ListBucket\)"):
        open_store(f"s3://{bucket}/lake").names("a")


def test_no_credentials_at_all(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    clients.client.cache_clear()
    with pytest.raises(PermanentError, match="aws configure"):
        open_store(f"s3://{bucket}/lake").names("a")


def test_an_endpoint_that_takes_calls_and_never_answers(
    faults: S3Faults, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every wait has its end; the ends are shortened here."""
    from botocore.config import Config

    short = Config(read_timeout=1, retries={"mode": "standard", "total_max_attempts": 2})
    monkeypatch.setattr(clients, "CONFIG", clients.CONFIG.merge(short))
    clients.client.cache_clear()
    faults.begin(Fault(None, "slow", lasting=True))
    began = time.monotonic()
    with pytest.raises(RetryableError, match=r"s3:GetObject.*ReadTimeoutError"):
        open_store(f"s3://{bucket}/lake").read("a")
    assert time.monotonic() - began < 8
    assert faults.fired == 2


def test_half_an_answer_is_asked_for_again(faults: S3Faults, bucket: str) -> None:
    store = open_store(f"s3://{bucket}/nubank")
    data = bytes(range(256)) * 5000
    store.write("a", data)
    faults.begin(Fault(None, "half"))
    assert store.read("a") == data
    assert [faults.fired, len(faults.calls)] == [1, 2]
    faults.begin(Fault(None, "half", lasting=True))
    with pytest.raises(RetryableError, match="s3:GetObject"):
        store.read("a")
    assert faults.fired == 3


@pytest.mark.parametrize("kind", ["500", "503", "reset"])
def test_what_passes_by_itself_is_not_told(faults: S3Faults, bucket: str, kind: Kind) -> None:
    """With the repeats of the SDK, one bad answer to each kind of call."""
    store = open_store(f"s3://{bucket}/nubank")
    for work, wanted in (
        (lambda: store.write("a", b"1"), None),
        (lambda: store.create("b", b"2"), True),
        (lambda: store.read("a"), b"1"),
        (lambda: store.names("", recursive=True), ["a", "b"]),
        (lambda: store.remove("b"), None),
        (lambda: store.exists("b"), False),
    ):
        faults.begin(Fault(None, kind))
        assert work() == wanted
        assert [faults.fired, len(faults.calls)] == [1, 2]


def test_a_document_whose_answer_was_lost_is_there_once(faults: S3Faults, bucket: str) -> None:
    """The repeat finds what the first attempt wrote: that is no failure, and it is not written again."""
    store = open_store(f"s3://{bucket}/nubank")
    faults.begin(Fault(None, "reset", "after"))
    assert not store.create("a", b"1")
    assert store.read("a") == b"1"
    versions = clients.client("s3").list_object_versions(Bucket=bucket, Prefix="nubank/a")["Versions"]
    assert len(versions) == 1
    for name in ("PUT documents", "PUT receipts"):
        faults.begin(Fault(None, "reset", "after"))
        faults.only = name
        data = name.encode()
        assert Inbox(f"s3://{bucket}/nubank").add(receipt(data=data), data), "it is new"
        assert faults.fired == 1
        faults.begin()
        assert not Inbox(f"s3://{bucket}/nubank").add(receipt(data=data), data)


def test_the_doctor_names_what_is_missing(aws: str, bucket: str, tmp_path: Path) -> None:
    settings = s3_settings(tmp_path / "home", bucket)
    (wrong,) = [sentence for is_right, sentence in look_at_bucket(settings) if not is_right]
    assert "put-public-access-block" in wrong
    s3 = clients.client("s3")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    rules = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=dict.fromkeys(rules, True))
    assert all(is_right for is_right, _ in look_at_bucket(settings))
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    (wrong,) = [sentence for is_right, sentence in look_at_bucket(settings) if not is_right]
    assert "put-bucket-versioning" in wrong


@pytest.mark.parametrize(
    ("name", "permission"),
    [
        ("LIST inbox/", "s3:ListBucket"),
        ("PUT _probe", "s3:PutObject"),
        ("GET _probe", "s3:GetObject"),
        ("DELETE _probe", "s3:DeleteObject"),
        ("GET {bucket}?versioning", "s3:GetBucketVersioning"),
        ("GET {bucket}?publicAccessBlock", "s3:GetBucketPublicAccessBlock"),
    ],
)
def test_the_doctor_names_the_permission(
    faults: S3Faults, bucket: str, tmp_path: Path, name: str, permission: str
) -> None:
    faults.begin(Fault(None, "403", lasting=True))
    faults.only = name.format(bucket=bucket)
    found = list(look_at_bucket(s3_settings(tmp_path / "home", bucket)))
    assert any(is_right is False and permission in sentence for is_right, sentence in found), found


def test_the_doctor_goes_on_when_the_bucket_is_away(faults: S3Faults, bucket: str) -> None:
    faults.begin(Fault(None, "404", lasting=True))
    done = nubank("doctor")
    assert done.returncode == 2, done
    assert done.stdout.count(f"✗ s3://{bucket} não existe") == 1
    assert "✓" in done.stdout
    assert done.stderr == ""
