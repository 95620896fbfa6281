"""Documents of Pluggy, hand-written, beside what reading them must give; and what holds for any document."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import LINES_SCHEMA
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pluggy.reading import FORMATS, read_answer

DATA: Final = Path(__file__).parent.parent / "data" / "pluggy"
EXPECTED: Final = sorted(DATA.glob("*.expected.json"))
LATEST: Final = date(2027, 12, 31)
#: What an expectation says of a line; what it leaves out is NULL.
COLUMNS: Final = [name for name in LINES_SCHEMA.names if name not in {"line_number", "raw_date", "raw_text"}]
ACCOUNT: Final = {"id": "a", "type": "CREDIT", "currencyCode": "BRL"}


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if value is None or isinstance(value, int | str) else value.isoformat()


def document_of(expected: Path) -> Path:
    return expected.with_name(expected.name.replace(".expected.", "."))


def test_every_document_has_its_expectation() -> None:
    documents = {path for path in DATA.glob("*.json") if ".expected." not in path.name}
    assert documents == {document_of(path) for path in EXPECTED}
    assert {path.name.split(".")[0] for path in EXPECTED} == {format_.value for format_ in FORMATS}


@pytest.mark.parametrize("expected_path", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_document_is_read_as_expected(expected_path: Path) -> None:
    expected = json.loads(expected_path.read_text(encoding="utf-8"))
    format_ = DocumentFormat(expected_path.name.split(".")[0])

    parsed = read_answer(document_of(expected_path).read_bytes(), format_, LATEST)

    rows = [{name: plain(line[name]) for name in COLUMNS} for line in parsed.lines.to_pylist()]
    assert rows == [dict.fromkeys(COLUMNS) | row for row in expected["rows"]]
    assert parsed.external_account == expected["external_account"]
    assert plain(parsed.bill_state) == expected["bill_state"]
    said = [
        {"reading": o.reading, "observed_on": str(o.observed_on), "value": str(o.value)} for o in parsed.observations
    ]
    assert said == expected.get("observations", [])
    assert (plain(parsed.ledger_brl), parsed.ledger_on) == (expected.get("ledger_brl"), None)


@pytest.mark.parametrize("expected_path", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_only_rejects_have_their_text_and_no_title_has_a_document_number(expected_path: Path) -> None:
    format_ = DocumentFormat(expected_path.name.split(".")[0])
    for line in read_answer(document_of(expected_path).read_bytes(), format_, LATEST).lines.to_pylist():
        assert (line["raw_text"] is None) == (line["reason"] is None)
        assert (line["centavos"] is None) == (line["date"] is None) == (line["reason"] is not None)
        assert "987" not in (line["statement_title"] or "")
        assert line["raw_text"] is None or json.loads(line["raw_text"])["id"] == line["raw_identifier"]


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"<html>", DocumentFormat.CARD_PLUGGY_BILL),
        (b"[]", DocumentFormat.CARD_PLUGGY_BILL),
        (b'{"account": {"id": "a"}, "state": "open"}', DocumentFormat.CARD_PLUGGY_BILL),
        (b'{"account": {"id": "a"}, "transactions": []}', DocumentFormat.CARD_PLUGGY_BILL),
        (b'{"account": {"id": "a"}, "transactions": [], "state": "?"}', DocumentFormat.CARD_PLUGGY_BILL),
        (b'{"account": {}, "transactions": []}', DocumentFormat.ACCOUNT_PLUGGY_FEED),
        (b'{"account": {"id": "a"}, "transactions": [1]}', DocumentFormat.ACCOUNT_PLUGGY_FEED),
        (b'{"account": {"id": "a", "balance": 1}}', DocumentFormat.ACCOUNT_PLUGGY_BALANCE),
    ],
)
def test_what_is_no_document_of_ours_is_one_plain_error(data: bytes, format_: DocumentFormat) -> None:
    with pytest.raises(SourceAnswerError, match="Pluggy"):
        read_answer(data, format_, LATEST)


@pytest.mark.parametrize(
    ("total", "state", "ledger"),
    [
        ("150.00", "closed", "-150.00"),
        ("99.83", "closed", "-99.83"),
        ("99.95", "closed", "-99.90"),
        ("99.85", "closed", "-99.90"),
        ("99.84", "closed", "-99.84"),
        ("-20.00", "closed", "20.00"),
        ("150.00", "open", None),
        (None, "closed", None),
    ],
)
def test_the_total_of_a_closed_bill_is_its_ledger_and_rounding_no_difference(
    total: str | None, state: str, ledger: str | None
) -> None:
    rows = [bought("100.0041"), bought("-0.1049"), bought("-500.00", "Pagamento recebido"), bought("7", "?", "?")]
    bill = {"id": "b", "totalAmount": Decimal(total) if total else None, "totalAmountCurrencyCode": "BRL"}
    data = write_json({"account": ACCOUNT, "bill": bill, "state": state, "transactions": rows})

    parsed = read_answer(data, DocumentFormat.CARD_PLUGGY_BILL, LATEST)

    assert parsed.ledger_brl == (Decimal(ledger) if ledger else None)


def bought(amount: str, title: str = "Loja", day: str = "2026-09-15") -> dict[str, Any]:
    return {"id": amount, "description": title, "amount": Decimal(amount), "currencyCode": "BRL", "date": day}


AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False)
ANYTHING = st.none() | st.booleans() | st.text(max_size=12) | AMOUNTS | st.lists(st.integers(), max_size=2)
DATES = st.dates(date(2012, 1, 1), date(2030, 1, 1)).map(lambda day: f"{day}T03:00:00.000Z") | st.text(max_size=30)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "id": ANYTHING,
        "description": ANYTHING,
        "amount": ANYTHING,
        "amountInAccountCurrency": ANYTHING,
        "currencyCode": st.sampled_from(["BRL", "USD", None]) | ANYTHING,
        "date": DATES | ANYTHING,
        "type": st.sampled_from(["DEBIT", "CREDIT"]) | ANYTHING,
        "status": st.sampled_from(["PENDING", "POSTED"]) | ANYTHING,
        "category": ANYTHING,
        "providerId": ANYTHING,
        "paymentData": ANYTHING | st.fixed_dictionaries({"paymentMethod": ANYTHING, "receiver": ANYTHING}),
        "merchant": ANYTHING,
        "creditCardMetadata": ANYTHING
        | st.fixed_dictionaries({"installmentNumber": ANYTHING, "cardNumber": ANYTHING, "payeeMCC": ANYTHING}),
    },
)


def card_document(rows: list[dict[str, Any]]) -> bytes:
    return write_json({"account": ACCOUNT, "state": "open", "transactions": rows})


@given(st.lists(AMOUNTS, max_size=20))
def test_centavos_add_up_to_the_rounded_decimals_with_the_sign_of_a_card(amounts: list[Decimal]) -> None:
    date_ = "2026-09-15T03:00:00.000Z"
    rows = [{"id": str(n), "amount": a, "currencyCode": "BRL", "date": date_} for n, a in enumerate(amounts)]

    lines = read_answer(card_document(rows), DocumentFormat.CARD_PLUGGY_BILL, LATEST).lines

    rounded = [amount.quantize(Decimal("0.01"), ROUND_HALF_UP) for amount in amounts]
    assert sum(lines["centavos"].to_pylist()) == -100 * sum(rounded)
    assert lines["raw_amount"].to_pylist() == [str(amount) for amount in amounts]


@given(st.lists(ROWS, max_size=6), st.sampled_from(FORMATS[:2]))
def test_every_row_is_one_line_money_void_or_reject(rows: list[dict[str, Any]], format_: DocumentFormat) -> None:
    lines = read_answer(card_document(rows), format_, LATEST).lines.to_pylist()

    assert [line["line_number"] for line in lines] == list(range(1, len(rows) + 1))
    for line in lines:
        is_reject = line["reason"] is not None
        assert is_reject == (line["centavos"] is None) == (line["date"] is None) == (line["raw_text"] is not None)
        assert not (is_reject and line["void_reason"])
