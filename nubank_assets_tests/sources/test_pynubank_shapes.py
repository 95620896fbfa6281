"""The collection and the reading against the answers that pynubank itself brings, which are Nubank's of their time."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pynubank.utils.mock_http
import pytest
from pynubank import MockHttpClient, Nubank

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import Answer, ParsedDocument
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pynubank.balances import account_balance_answers, card_limit_answers
from nubank_assets.sources.pynubank.bills import bill_answers
from nubank_assets.sources.pynubank.feeds import account_feed_answers, card_feed_answers
from nubank_assets.sources.pynubank.reading import read_answer

TODAY = date(2026, 11, 23)
RESPONSES = Path(pynubank.utils.mock_http.__file__).parent / "mocked_responses"


@pytest.fixture
def nubank(monkeypatch: pytest.MonkeyPatch) -> Any:
    """pynubank on its mock client, whose numbers are exact here as they are with our client."""
    exact = staticmethod(lambda name: read_json((RESPONSES / f"{name}.json").read_bytes(), name))
    monkeypatch.setattr(MockHttpClient, "_results", {})
    monkeypatch.setattr(MockHttpClient, "_read_data", exact)
    nubank = Nubank(MockHttpClient())
    nubank.authenticate_with_refresh_token("token", cert_data=b"certificate")
    return nubank


def _read(answers: list[Answer]) -> list[ParsedDocument]:
    return [read_answer(answer.data, answer.format, date(2027, 12, 31)) for answer in answers]


def _rows(answers: list[Answer]) -> list[dict[str, Any]]:
    return [row for parsed in _read(answers) for row in parsed.lines.to_pylist()]


def test_bills(nubank: Any) -> None:
    answers = bill_answers(nubank, "card", [], TODAY)
    listed = [bill["summary"]["due_date"] for bill in nubank.get_bills() if bill["state"] != "future"]
    assert sorted(str(answer.bill_due) for answer in answers) == sorted(listed)
    assert all(answer.bill and answer.bill == str(answer.bill_due)[:7] for answer in answers)
    row = _rows(answers)[0]
    assert (row["raw_title"], row["centavos"], row["date"]) == ("Mercadopago Mlivre", -2390, date(2015, 9, 9))
    assert row["raw_identifier"] == "abcde-fghi-jklmn-opqrst-uvxz"
    assert row["statement_title"] is None


def test_the_feed_of_the_card(nubank: Any) -> None:
    answers = card_feed_answers(nubank, "card", TODAY)
    assert [answer.name for answer in answers] == ["card-feed-2021-03.json", "card-feed-2021-04.json"]
    rows = {row["raw_title"]: row for row in _rows(answers)}
    assert rows["You Need A Budget"]["foreign_amount"] == Decimal("50.00")
    assert rows["You Need A Budget"]["included_iof_brl"] == Decimal("18.52")
    assert rows["Fatura paga"]["centavos"] is None
    assert {row["void_reason"] for row in rows.values()} == {"detail", "information"}
    assert not any(b"as_of" in answer.data for answer in answers)


def test_the_feed_of_the_account(nubank: Any) -> None:
    [answer] = account_feed_answers(nubank, "account", [], TODAY)
    # The mock says for ever that there is a next page, and gives both movements one id.
    assert [row["centavos"] for row in _rows([answer])] == [-40000, -130000]
    assert {row["statement_title"] for row in _rows([answer])} == {"Transferência enviada pelo Pix - JOHN DOE"}
    assert b"Hoje" not in answer.data


def test_the_balance_of_the_account(nubank: Any) -> None:
    [parsed] = _read(account_balance_answers(nubank, "account", TODAY))
    assert {one.reading.value: one.value for one in parsed.observations} == {
        "account_balance": Decimal("127.33"),
        "invested": Decimal("299.28"),
    }


def test_the_limit_of_the_card(nubank: Any) -> None:
    [answer] = card_limit_answers(nubank, "card", TODAY)
    assert answer.format is DocumentFormat.CARD_PYNUBANK_LIMIT
    assert {one.reading.value: str(one.value) for one in _read([answer])[0].observations} == {
        "card_limit": "150.00",
        "available_limit": "150.00",
        "open_bill": "0.00",
    }


def test_a_login_without_a_card(nubank: Any) -> None:
    alternative = read_json((RESPONSES / "discovery_login_alternative.json").read_bytes(), "login")
    nubank._save_auth_data(alternative)
    assert bill_answers(nubank, "card", [], TODAY) == []
