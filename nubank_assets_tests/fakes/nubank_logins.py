"""A demo behind the fake of Nubank's API, and a computer that is allowed to read it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from nubank_assets.domain.identity import content_hash, document_id
from nubank_assets.domain.months import day_of
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.base import Answer
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth
from nubank_assets.sources.pynubank.collection import PynubankSource
from nubank_assets.sources.pynubank.reading import read_answer
from nubank_assets_tests.fakes.certificates import pkcs12_of_a_person
from nubank_assets_tests.fakes.nubank_api import FakeNubank

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@cache
def demo_truth(months: int = 3) -> Truth:
    with TemporaryDirectory() as folder:
        return write_demo(Path(folder), months=months, seed=1, today=TODAY)


def allowed(fake: FakeNubank, folder: Path, name: str | None = None) -> PynubankSource:
    """A source whose certificate and refresh token the fake accepts."""
    suffix = f"_{name}" if name else ""
    credentials = LocalCredentials(folder / "secrets")
    credentials.put(f"nubank_certificate{suffix}", pkcs12_of_a_person())
    credentials.put(f"nubank_refresh_token{suffix}", fake.refresh_token.encode())
    return PynubankSource(credentials, fake.url, name)


def receipts(answers: list[Answer], now: datetime = NOW) -> list[Receipt]:
    """The receipts these answers would have."""
    return list(_receipts(answers, now))


def _receipts(answers: list[Answer], now: datetime) -> Iterator[Receipt]:
    for answer in answers:
        parsed = read_answer(answer.data, answer.format, day_of(now) + timedelta(days=400))
        sha256 = content_hash(answer.data)
        dates = [day for day in parsed.lines["date"].to_pylist() if day]
        dates += [seen.observed_on for seen in parsed.observations]
        months = [answer.bill] if answer.bill else sorted({f"{day:%Y-%m}" for day in dates})
        yield Receipt(
            document=document_id(sha256, answer.bill),
            sha256=sha256,
            name=answer.name,
            source="pynubank",
            format=answer.format,
            account=answer.account,
            bill=answer.bill,
            bill_due=answer.bill_due,
            as_of=now,
            collected_at=now,
            lines=parsed.lines["void_reason"].null_count,
            months=tuple(months),
        )
