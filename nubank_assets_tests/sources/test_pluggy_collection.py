"""Which documents Pluggy's answers become: bills, months, names of accounts, and what is asked again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError, SourceAnswerError, SourceRefusedError
from nubank_assets.domain.months import day_of
from nubank_assets.domain.vocabulary import BillState, DocumentFormat, Reading
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources import http
from nubank_assets.sources.base import Answer, ParsedDocument
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.pluggy.collection import PluggySource
from nubank_assets.sources.pluggy.reading import read_answer
from nubank_assets_tests.fakes.pluggy_api import CLIENT_ID, CLIENT_SECRET, FakePluggy
from nubank_assets_tests.fakes.pluggy_content import BANK, CARD, ITEM, Row, bank_account, card_account, item_row

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
Collect = Callable[..., list[Answer]]


@pytest.fixture
def pluggy(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePluggy]:
    """A connection with a card, whose bills of September to November are closed, and an account; no lines yet."""
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.01)
    with FakePluggy() as running:
        content = running.content
        content.items[ITEM] = item_row(NOW.date(), date(2026, 1, 1))
        content.accounts[ITEM] = [bank_account(1000), card_account(0, ["2026-11"])]
        content.bills[CARD] = [closed_bill(month) for month in (11, 10, 9)]
        yield running


@pytest.fixture
def collect(pluggy: FakePluggy, tmp_path: Path) -> Collect:
    kept = LocalCredentials(tmp_path / "secrets")
    kept.put("pluggy_client_id", CLIENT_ID.encode())
    kept.put("pluggy_client_secret", CLIENT_SECRET.encode())

    def collect(known: Sequence[Receipt] = (), items: Sequence[str] = (ITEM,), now: datetime = NOW) -> list[Answer]:
        return PluggySource(kept, pluggy.url, items).collect(known, now)

    return collect


def closed_bill(month: int, **changes: Any) -> Row:
    return {"id": f"bill-{month}", "dueDate": f"2026-{month:02d}-10T00:00:00.000Z", "totalAmount": 0} | changes


def line(id_: str, day: str, amount: str = "10.00", description: str = "Loja", **metadata: Any) -> Row:
    return {
        "id": id_,
        "description": description,
        "amount": Decimal(amount),
        "currencyCode": "BRL",
        "date": day if "T" in day else f"{day}T03:00:00.000Z",
        "status": "POSTED",
        "creditCardMetadata": metadata,
    }


def on_bills(answers: list[Answer]) -> dict[str, list[str | None]]:
    bills = [answer for answer in answers if answer.format is DocumentFormat.CARD_PLUGGY_BILL]
    return {str(answer.bill): read(answer).lines["raw_identifier"].to_pylist() for answer in bills}


def states(answers: list[Answer]) -> dict[str | None, BillState | None]:
    return {answer.bill: read(answer).bill_state for answer in answers if answer.bill}


def read(answer: Answer) -> ParsedDocument:
    return read_answer(answer.data, answer.format, date(2027, 12, 31))


def receipts(answers: list[Answer], at: datetime = NOW) -> list[Receipt]:
    return [
        Receipt(
            document=f"{number}",
            sha256=f"{number}",
            name=answer.name,
            source="pluggy",
            format=answer.format,
            account=answer.account,
            bill=answer.bill,
            bill_due=answer.bill_due,
            as_of=answer.as_of or at,
            collected_at=at,
            lines=read(answer).lines.num_rows,
            months=(answer.bill,)
            if answer.bill
            else (answer.month or str(read(answer).observations[0].observed_on)[:7],),
            external_account=answer.external_account,
        )
        for number, answer in enumerate(answers)
    ]


def test_rows_go_to_the_bill_they_say_else_to_the_forecast_else_to_the_day(
    pluggy: FakePluggy, collect: Collect
) -> None:
    pluggy.content.transactions[CARD] = [
        line("billed", "2026-10-20", billId="bill-11", billForecastDate="2026-12"),
        line("forecast", "2026-11-05", billForecastDate="2026-12"),
        line("future parcel", "2026-11-05", billForecastDate="2027-02", installmentNumber=3, totalInstallments=4),
        line("sentinel", "2026-11-04", billForecastDate="0001-01"),
        line("before nubank", "2026-11-03", billForecastDate="2012-12"),
        line("no word", "2026-12-04"),
        line("parcel dated as bought", "2026-11-05", installmentNumber=3, purchaseDate="2026-11-05T03:00:00.000Z"),
        line("parcel with its own day", "2026-12-15", installmentNumber=2, purchaseDate="2026-11-05T03:00:00.000Z"),
        line("unknown bill", "2026-11-20", billId="bill-99", billForecastDate="2026-12"),
        line("late forecast", "2026-11-04", billForecastDate="2026-11"),
        line("no day", "?"),
        line("year 1", "0001-01-01T00:00:00.000Z", installmentNumber=2),
        line("year 9999", "9999-12-31", billForecastDate="9999-12"),
        line("parcel of many", "2026-11-05", installmentNumber=10**9, purchaseDate="2026-11-05T03:00:00.000Z"),
        line("too far ahead to have a month", "2026-11-05", billForecastDate="2028-01"),
    ]

    assert {bill: sorted(map(str, ids)) for bill, ids in on_bills(collect()).items()} == {
        "2026-11": ["before nubank", "billed"],
        "2026-12": [
            "forecast",
            "late forecast",
            "no day",
            "parcel of many",
            "sentinel",
            "unknown bill",
            "year 1",
            "year 9999",
        ],
        "2027-01": ["no word", "parcel with its own day"],
        "2027-02": ["future parcel", "parcel dated as bought"],
    }


def test_without_bills_the_card_says_when_they_are_due(pluggy: FakePluggy, collect: Collect) -> None:
    pluggy.content.bills.clear()
    card = pluggy.content.accounts[ITEM][1]
    card["creditData"].update(balanceCloseDate="2026-11-20", balanceDueDate="2026-11-28")
    pluggy.content.transactions[CARD] = [line("in", "2026-11-20"), line("after", "2026-11-21")]

    answers = collect()

    assert on_bills(answers) == {"2026-11": ["in"], "2026-12": ["after"]}
    assert [answer.bill_due for answer in answers if answer.bill] == [date(2026, 11, 28), date(2026, 12, 28)]


def test_a_row_that_nothing_places_is_an_error(pluggy: FakePluggy, collect: Collect) -> None:
    pluggy.content.bills.clear()
    pluggy.content.accounts[ITEM][1]["creditData"] = None
    pluggy.content.transactions[CARD] = [line("a", "2026-11-20", billForecastDate="0001-01")]

    with pytest.raises(SourceAnswerError, match="billForecastDate"):
        collect()


def test_states_follow_pluggys_bills_and_the_day(pluggy: FakePluggy, collect: Collect) -> None:
    months = ("2026-08", "2026-09", "2026-11", "2026-12", "2027-01")
    pluggy.content.bills[CARD] = [closed_bill(11, totalAmount=Decimal("10.00")), closed_bill(9, totalAmount=77)]
    pluggy.content.transactions[CARD] = [line(month, "2026-08-05", billForecastDate=month) for month in months]
    pluggy.content.transactions[CARD].append(
        line("paid", "2026-10-12", "-99.00", "Pagamento recebido", billId="bill-11")
    )

    assert states(collect()) == {
        "2026-08": BillState.CLOSED,
        "2026-09": BillState.CLOSED,
        "2026-11": BillState.CLOSED,
        "2026-12": BillState.OPEN,
        "2027-01": BillState.FUTURE,
    }


@pytest.mark.parametrize(
    ("days_after_closing", "total", "status", "state"),
    [
        (1, "10.00", "POSTED", BillState.CLOSED),
        (1, "10.04", "POSTED", BillState.CLOSED),
        (1, "17.00", "POSTED", BillState.OPEN),
        (1, "10.00", "PENDING", BillState.OPEN),
        (18, "17.00", "POSTED", BillState.OPEN),
        (19, "17.00", "POSTED", BillState.CLOSED),
    ],
)
def test_a_bill_whose_lines_may_still_come_is_not_called_closed(
    pluggy: FakePluggy, collect: Collect, days_after_closing: int, total: str, status: str, state: BillState
) -> None:
    pluggy.content.bills[CARD] = [closed_bill(11, totalAmount=Decimal(total))]
    paid = line("paid", "2026-10-12", "-99.00", "Pagamento recebido", billId="bill-11")
    pluggy.content.transactions[CARD] = [line("a", "2026-10-20", billId="bill-11") | {"status": status}, paid]
    now = datetime(2026, 11, 3, 15, tzinfo=UTC) + timedelta(days=days_after_closing)

    assert states(collect(now=now)) == {"2026-11": state}


def test_a_bill_that_pluggy_has_not_published_stays_open_while_its_lines_may_come(
    pluggy: FakePluggy, collect: Collect
) -> None:
    pluggy.content.bills[CARD] = [closed_bill(10)]
    pluggy.content.transactions[CARD] = [line("a", "2026-10-20", billForecastDate="2026-11")]

    assert states(collect(now=datetime(2026, 11, 10, 15, tzinfo=UTC))) == {"2026-11": BillState.OPEN}
    assert states(collect(now=datetime(2026, 11, 23, 15, tzinfo=UTC))) == {"2026-11": BillState.CLOSED}


def test_ids_made_anew_when_a_bill_closes_change_no_money(pluggy: FakePluggy, collect: Collect) -> None:
    before = [line(f"old-{n}", f"2026-10-{n}", f"{n}.00", f"Loja {n}", billForecastDate="2026-11") for n in (14, 15)]
    pluggy.content.bills[CARD] = [closed_bill(10)]
    pluggy.content.transactions[CARD] = before
    opened = collect(now=datetime(2026, 11, 1, 15, tzinfo=UTC))
    anew = {"billId": "bill-11"}
    pluggy.content.bills[CARD].append(closed_bill(11, totalAmount=29))
    pluggy.content.transactions[CARD] = [
        row | {"id": row["id"].replace("old", "new"), "creditCardMetadata": anew} for row in before
    ]
    closed = collect(receipts(opened))

    assert on_bills(opened) == {"2026-11": ["old-14", "old-15"]}
    assert on_bills(closed) == {"2026-11": ["new-14", "new-15"]}
    assert [a.bill_due for a in opened if a.bill] == [a.bill_due for a in closed if a.bill] == [date(2026, 11, 10)]
    lines = [read(next(a for a in found if a.bill)).lines for found in (opened, closed)]
    for column in ("date", "centavos", "raw_title"):
        assert lines[0][column].equals(lines[1][column])
    assert (states(opened)["2026-11"], states(closed)["2026-11"]) == (BillState.OPEN, BillState.CLOSED)


def test_an_unchanged_bill_gives_the_same_bytes_whatever_moves_around_it(pluggy: FakePluggy, collect: Collect) -> None:
    rows = [line(f"id-{n}", "2026-11-05", f"{n}.00", billForecastDate="2026-12") for n in range(60)]
    pluggy.content.transactions[CARD] = rows
    pluggy.content.transactions[BANK] = [line("m", "2026-11-05")]
    before = collect()
    moved = [row | {"updatedAt": "x", "createdAt": "y", "order": n, "balance": 5} for n, row in enumerate(rows)]
    pluggy.content.transactions[CARD] = moved[::-1]
    pluggy.content.accounts[ITEM][1] |= {"balance": Decimal(7), "updatedAt": "z"}
    pluggy.content.accounts[ITEM].reverse()
    pluggy.content.items[ITEM]["lastUpdatedAt"] = "2026-11-23T11:11:11.111Z"

    assert [replace(answer, as_of=None) for answer in collect()] == [replace(answer, as_of=None) for answer in before]


def test_a_plan_that_is_undone_leaves_an_empty_bill(pluggy: FakePluggy, collect: Collect) -> None:
    pluggy.content.transactions[CARD] = [line("p", "2026-11-05", billForecastDate="2027-03")]
    known = receipts(collect())
    pluggy.content.transactions[CARD] = []

    assert on_bills(collect(known)) == {"2027-03": []}


def test_months_are_those_of_sao_paulo(pluggy: FakePluggy, collect: Collect) -> None:
    pluggy.content.transactions[BANK] = [
        line("october", "2026-11-01T02:59:59.000Z"),
        line("november", "2026-11-01T03:00:00.000Z"),
        line("a day", "2026-11-01T00:00:00.000Z"),
        line("no day", "?"),
        line("year 1", "0001-01-01T00:00:00.000Z"),
    ]

    feeds = [answer for answer in collect() if answer.format is DocumentFormat.ACCOUNT_PLUGGY_FEED]

    assert [read(answer).lines["raw_identifier"].to_pylist() for answer in feeds] == [
        ["october"],
        ["year 1", "a day", "november", "no day"],
    ]
    assert read(feeds[1]).lines["reason"].to_pylist() == ["date_out_of_range", None, None, "broken_date"]


def test_only_recent_months_are_asked_again_and_what_is_cut_is_not_answered(
    pluggy: FakePluggy, collect: Collect
) -> None:
    days = [f"2026-{month:02d}-0{day}" for month in range(3, 12) for day in (2, 5)]
    pluggy.content.bills[CARD] = [closed_bill(month) for month in range(3, 12)]
    pluggy.content.transactions = {CARD: [line(day, day) for day in days], BANK: [line(day, day) for day in days]}
    first = collect()
    pluggy.requests.clear()

    again = collect(receipts(first))

    asked = {request.query["accountId"]: request.query.get("dateFrom") for request in pluggy.called("/v2/transactions")}
    assert asked == {BANK: "2026-08-01", CARD: "2025-08-01"}
    assert sorted(on_bills(first)) == [f"2026-{month:02d}" for month in range(3, 13)]
    assert sorted(on_bills(again)) == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert [a.name[-12:-5] for a in again if a.format is DocumentFormat.ACCOUNT_PLUGGY_FEED] == [
        "2026-08",
        "2026-09",
        "2026-10",
        "2026-11",
    ]
    assert {answer.data for answer in again} <= {answer.data for answer in first}


def test_after_a_long_pause_everything_since_the_last_round_is_asked(pluggy: FakePluggy, collect: Collect) -> None:
    days = [f"2026-{month:02d}-05" for month in range(1, 12)]
    pluggy.content.transactions[BANK] = [line(day, day) for day in days]
    stored = [one for one in receipts(collect()) if one.months[0] < "2026-06" or "BALANCE" in one.format.name]
    stored = [one.model_copy(update={"as_of": datetime(2026, 5, 20, tzinfo=UTC)}) for one in stored]

    collect(stored)

    assert pluggy.called("/v2/transactions")[-2].query["dateFrom"] == "2026-02-01"


def test_a_first_month_that_the_bank_cuts_is_not_answered(pluggy: FakePluggy, collect: Collect) -> None:
    pluggy.content.items[ITEM]["createdAt"] = "2026-11-20T12:00:00.000Z"
    days = ["2025-11-21", "2025-12-01", "2025-12-05", "2026-01-05"]
    pluggy.content.bills.clear()
    pluggy.content.transactions = {CARD: [line(d, d) for d in days], BANK: [line(d, d) for d in days]}

    answers = collect()

    assert sorted(on_bills(answers)) == ["2026-01", "2026-02"]
    assert [a.name[-12:-5] for a in answers if "FEED" in a.format.name] == ["2025-12", "2026-01"]


def test_accounts_get_the_names_of_their_connection_and_a_second_one_its_digits(
    pluggy: FakePluggy, collect: Collect
) -> None:
    second = card_account(0, ["2026-11"]) | {"id": "c2", "number": "**** 9876", "createdAt": "2026-02-01T00:00:00Z"}
    pluggy.content.accounts[ITEM].insert(0, second)
    pluggy.content.items["other"] = pluggy.content.items[ITEM]
    pluggy.content.accounts["other"] = [bank_account(5) | {"id": "b2"}]

    answers = collect(items=[f"{ITEM}=maria", "other"])

    assert {answer.account for answer in answers} == {"card-maria", "account-maria", "account"}
    balances = {a.account: read(a).observations[0].value for a in answers if "BALANCE" in a.format.name}
    assert balances == {"account-maria": Decimal("10.00"), "account": Decimal("0.05")}
    pluggy.content.transactions["c2"] = [line("a", "2026-11-05")]
    assert {a.account for a in collect() if a.bill} == {"card-9876"}


@pytest.mark.parametrize(
    "items", [[], [""], ["=maria"], [f"{ITEM}="], [ITEM, f"{ITEM}=maria"], [f"{ITEM}=Maria!"], [ITEM, "other"]]
)
def test_a_wrong_setting_says_so(pluggy: FakePluggy, collect: Collect, items: list[str]) -> None:
    pluggy.content.items["other"] = pluggy.content.items[ITEM]
    pluggy.content.accounts["other"] = pluggy.content.accounts[ITEM]

    with pytest.raises(InputError, match=r"NUBANK_PLUGGY_ITEMS|Maria!"):
        collect(items=items)


def test_a_shared_limit_counts_once_and_is_of_the_day_the_bank_was_asked(pluggy: FakePluggy, collect: Collect) -> None:
    second = card_account(0, ["2026-11"]) | {"id": "c2", "number": "9876", "createdAt": "2026-02-01T00:00:00Z"}
    pluggy.content.accounts[ITEM].append(second)
    pluggy.content.items[ITEM]["lastUpdatedAt"] = "2026-11-23T01:30:00.000Z"

    limits = [answer for answer in collect() if answer.format is DocumentFormat.CARD_PLUGGY_LIMIT]

    assert [answer.account for answer in limits] == ["card"]
    said = {(o.reading, o.observed_on, o.value) for o in read(limits[0]).observations}
    assert said == {
        (Reading.CARD_LIMIT, date(2026, 11, 22), Decimal("15000.00")),
        (Reading.AVAILABLE_LIMIT, date(2026, 11, 22), Decimal("15000.00")),
    }


def test_a_check_names_the_accounts_and_asks_for_no_lines(pluggy: FakePluggy, tmp_path: Path, collect: Collect) -> None:
    names = {answer.account for answer in collect()}
    pluggy.requests.clear()

    source = PluggySource(LocalCredentials(tmp_path / "secrets"), pluggy.url, [ITEM])

    assert set(source.check(NOW)) == names | {"card"}
    assert [request.path for request in pluggy.requests] == ["/auth", f"/items/{ITEM}", "/accounts"]
    pluggy.revoke_consent()
    with pytest.raises(SourceRefusedError, match="MeuPluggy"):
        source.check(NOW)


def test_a_revoked_consent_says_to_connect_again(pluggy: FakePluggy, collect: Collect) -> None:
    pluggy.revoke_consent()

    with pytest.raises(SourceRefusedError, match=r"maria .*USER_AUTHORIZATION_REVOKED.*MeuPluggy"):
        collect(items=[f"{ITEM}=maria"])
    assert pluggy.called("/accounts") == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "LOGIN_ERROR"}, "LOGIN_ERROR"),
        ({"status": "WAITING_USER_INPUT"}, "WAITING_USER_INPUT"),
        ({"error": {"code": "INVALID_CREDENTIALS"}}, "INVALID_CREDENTIALS"),
        ({"consentExpiresAt": "2026-11-22T00:00:00.000Z"}, "CONSENT_EXPIRED"),
        ({"status": "OUTDATED", "lastUpdatedAt": "2026-11-10T03:30:00.000Z"}, "2026-11-10"),
        ({"status": "OUTDATED", "lastUpdatedAt": None}, r"\?"),
        ({"status": "OUTDATED", "lastUpdatedAt": "0001-01-01T01:00:00.000Z"}, r"\?"),
    ],
)
def test_a_connection_in_error_says_to_connect_again(
    pluggy: FakePluggy, collect: Collect, changes: Row, sentence: str
) -> None:
    pluggy.content.items[ITEM] |= changes

    with pytest.raises(SourceRefusedError, match=rf"{sentence}.*MeuPluggy"):
        collect()


def test_a_connection_that_failed_to_refresh_yesterday_is_read(pluggy: FakePluggy, collect: Collect) -> None:
    pluggy.content.items[ITEM] |= {"status": "OUTDATED", "lastUpdatedAt": "2026-11-22T12:30:00.000Z"}

    balance = next(answer for answer in collect() if "BALANCE" in answer.format.name)
    assert read(balance).observations[0].observed_on == day_of(NOW) - timedelta(days=1)


@pytest.mark.parametrize(
    ("refreshed", "day", "as_of"),
    [
        ("2026-11-23T03:30:00.000Z", date(2026, 11, 22), datetime(2026, 11, 23, 3, 30, tzinfo=UTC)),
        ("2026-11-23T08:59:59.000Z", date(2026, 11, 22), datetime(2026, 11, 23, 8, 59, 59, tzinfo=UTC)),
        ("2026-11-23T09:00:00.000Z", date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        ("2026-11-23T01:30:00.000Z", date(2026, 11, 22), datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),
        ("2026-12-24T15:00:00.000Z", date(2026, 11, 23), NOW),
        (None, date(2026, 11, 23), NOW),
    ],
)
def test_a_reading_is_of_the_last_day_that_was_over_or_running_when_the_bank_was_asked(
    pluggy: FakePluggy, collect: Collect, refreshed: str | None, day: date, as_of: datetime
) -> None:
    pluggy.content.items[ITEM]["lastUpdatedAt"] = refreshed

    readings = [answer for answer in collect() if read(answer).observations]

    assert {answer.format.name for answer in readings} == {"ACCOUNT_PLUGGY_BALANCE", "CARD_PLUGGY_LIMIT"}
    for answer in readings:
        assert {observation.observed_on for observation in read(answer).observations} == {day}
        assert answer.as_of == as_of


@pytest.mark.parametrize(
    ("path", "answer", "missing"),
    [
        ("accounts", [{"id": "a"}], "type"),
        ("accounts", [{"id": "a", "type": "LOAN"}], "type"),
        ("accounts", [{"type": "BANK"}], "id"),
        ("accounts", ["a"], "results"),
        ("bills", [{"id": "b"}], "dueDate"),
        ("bills", [{"id": "b", "dueDate": "0001-01-01T00:00:00.000Z"}], "dueDate"),
        ("bills", [{"dueDate": "2026-11-10T00:00:00.000Z"}], "id"),
        ("transactions", ["a"], "results"),
        ("transactions", [{"id": "t", "creditCardMetadata": []}], "creditCardMetadata"),
    ],
)
def test_an_unknown_shape_names_what_is_missing(
    pluggy: FakePluggy, collect: Collect, path: str, answer: list[Any], missing: str
) -> None:
    wanted: dict[str, Any] = getattr(pluggy.content, path)
    wanted[ITEM if path == "accounts" else CARD] = answer
    plain_answer = pluggy.answer

    def verbatim(request: Any) -> tuple[int, Any]:
        is_asked = path == "transactions" and request.path == "/v2/transactions" and request.query["accountId"] == CARD
        return (200, {"results": answer, "next": None}) if is_asked else plain_answer(request)

    pluggy.answer = verbatim  # type: ignore[method-assign]

    with pytest.raises(SourceAnswerError, match=rf"falta .*{missing}"):
        collect()


def test_an_item_without_status_is_an_unknown_shape(pluggy: FakePluggy, collect: Collect) -> None:
    del pluggy.content.items[ITEM]["status"]

    with pytest.raises(SourceAnswerError, match="status"):
        collect()
