"""What the API says of a demo is what the demo's exports say: each line's money, month, day and kind."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from nubank_assets.domain.vocabulary import AccountType, BillState, DocumentFormat, Kind
from nubank_assets.sources.base import Answer
from nubank_assets.sources.demo.truth import TruthLine
from nubank_assets.sources.pynubank.reading import read_answer
from nubank_assets.transforms.rules import kind_rules
from nubank_assets_tests.fakes.nubank_api import FakeNubank
from nubank_assets_tests.fakes.nubank_logins import NOW, TODAY, allowed, demo_truth

_PARCEL = re.compile(r"^(.*?)(?: - Parcela| -)? ([0-9]{1,2})/([0-9]{1,2})$")


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeNubank]:
    with FakeNubank(demo_truth(months=14), TODAY) as fake:
        yield fake


@pytest.fixture(scope="module")
def answers(fake: FakeNubank, tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    return allowed(fake, tmp_path_factory.mktemp("login")).collect([], NOW)


def _rows(answers: list[Answer], format_: DocumentFormat) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lines that are money, each with its month."""
    for answer in answers:
        if answer.format is format_:
            for row in read_answer(answer.data, answer.format, date(2027, 12, 31)).lines.to_pylist():
                assert row["reason"] is None
                if row["void_reason"] is None:
                    yield answer.bill or f"{row['date']:%Y-%m}", row


def _key(title: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    return " ".join(plain.lower().split())


def _kind(account_type: str, title: str, centavos: int) -> Kind:
    """The kind by the rules alone, as the transforms apply them."""
    for rule in kind_rules():
        if rule.account_type != account_type or (rule.sign != "any" and (rule.sign == "credit") != (centavos > 0)):
            continue
        parcel = _PARCEL.match(title)
        if (not rule.of_parcels or parcel) and re.search(rule.pattern, _key(title)):
            return rule.kind
    return Kind.OTHER


def _truth(fake: FakeNubank, account: AccountType) -> list[TruthLine]:
    counting = (line for line in fake.truth.lines if line.bill_state is not BillState.FUTURE)
    return [line for line in counting if line.account is account]


def test_bills_have_the_same_money_on_the_same_days(fake: FakeNubank, answers: list[Answer]) -> None:
    read = Counter(
        (month, row["date"], row["centavos"]) for month, row in _rows(answers, DocumentFormat.CARD_PYNUBANK_BILL)
    )
    assert read == Counter((line.month, line.date, line.centavos) for line in _truth(fake, AccountType.CARD))


def test_bills_have_the_same_kinds(fake: FakeNubank, answers: list[Answer]) -> None:
    read = Counter(
        (month, row["centavos"], _kind("card", row["statement_title"] or row["raw_title"], row["centavos"]))
        for month, row in _rows(answers, DocumentFormat.CARD_PYNUBANK_BILL)
    )
    assert read == Counter((line.month, line.centavos, line.kind) for line in _truth(fake, AccountType.CARD))


def test_titles_are_those_of_exports_with_their_parcels(fake: FakeNubank, answers: list[Answer]) -> None:
    read = Counter(
        (month, row["statement_title"] or row["raw_title"])
        for month, row in _rows(answers, DocumentFormat.CARD_PYNUBANK_BILL)
    )
    truth = Counter((line.month, line.title) for line in _truth(fake, AccountType.CARD))
    assert read == truth
    assert sum(" - Parcela " in title for _, title in truth) > 50


def test_the_account_has_the_same_money_on_the_same_days(fake: FakeNubank, answers: list[Answer]) -> None:
    read = Counter(
        (row["raw_identifier"], row["date"], row["centavos"])
        for _, row in _rows(answers, DocumentFormat.ACCOUNT_PYNUBANK_FEED)
    )
    truth = _truth(fake, AccountType.ACCOUNT)
    assert read == Counter((line.identifier, line.date, line.centavos) for line in truth)


def test_the_account_has_the_same_kinds(fake: FakeNubank, answers: list[Answer]) -> None:
    read = Counter(
        (
            row["raw_identifier"],
            row["centavos"],
            _kind("account", row["statement_title"] or row["raw_title"], row["centavos"]),
        )
        for _, row in _rows(answers, DocumentFormat.ACCOUNT_PYNUBANK_FEED)
    )

    def as_the_feed_tells(line: TruthLine) -> Kind:
        # A transfer inside Nubank looks like a Pix there.
        title = line.title.replace("Transferência Recebida", "Transferência recebida pelo Pix")
        return _kind("account", title, line.centavos)

    truth = _truth(fake, AccountType.ACCOUNT)
    assert read == Counter((line.identifier, line.centavos, as_the_feed_tells(line)) for line in truth)


def test_names_are_those_of_exports(fake: FakeNubank, answers: list[Answer]) -> None:
    titles = {line.identifier: line.title for line in _truth(fake, AccountType.ACCOUNT) if " pelo Pix - " in line.title}
    seen = 0
    for _, row in _rows(answers, DocumentFormat.ACCOUNT_PYNUBANK_FEED):
        if " pelo Pix - " in (row["statement_title"] or "") and row["raw_identifier"] in titles:
            assert titles[row["raw_identifier"]].startswith(row["statement_title"])
            seen += 1
    assert seen >= len(titles)


def test_each_purchase_abroad_has_its_details(fake: FakeNubank, answers: list[Answer]) -> None:
    feeds = [answer for answer in answers if answer.format is DocumentFormat.CARD_PYNUBANK_FEED]
    rows = [row for a in feeds for row in read_answer(a.data, a.format, date(2027, 12, 31)).lines.to_pylist()]
    abroad = {row["raw_identifier"] for row in rows if row["foreign_currency"]}
    lines = [line for line in _truth(fake, AccountType.CARD) if (line.pair or "").startswith("abroad/")]
    assert abroad == {line.identifier for line in lines}
    assert all(row["void_reason"] for row in rows)
