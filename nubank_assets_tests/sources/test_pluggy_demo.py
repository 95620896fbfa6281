"""The demo's household through Pluggy: the same money in the same months, and titles that mean the same."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nubank_assets.domain.identity import title_key
from nubank_assets.domain.vocabulary import AccountType, BillState, Kind, Reading
from nubank_assets.sources.base import Answer, ParsedDocument
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth
from nubank_assets.sources.pluggy.collection import PluggySource
from nubank_assets.sources.pluggy.reading import read_answer
from nubank_assets.transforms.rules import kind_rules
from nubank_assets_tests.fakes.pluggy_api import CLIENT_ID, CLIENT_SECRET, FakePluggy
from nubank_assets_tests.fakes.pluggy_content import LIMIT

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
_PARCEL = re.compile(r"(?: - Parcela| -)? [0-9]+/[0-9]+$")
Household = tuple[Truth, list[tuple[Answer, ParsedDocument]]]


@pytest.fixture(scope="module", params=[6, 24], ids="{0} months".format)
def household(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Household:
    folder = tmp_path_factory.mktemp("demo")
    truth = write_demo(folder, months=request.param, seed=7, today=TODAY)
    return truth, collect(truth, folder)


def collect(truth: Truth, folder: Path) -> list[tuple[Answer, ParsedDocument]]:
    kept = LocalCredentials(folder / "secrets")
    kept.put("pluggy_client_id", CLIENT_ID.encode())
    kept.put("pluggy_client_secret", CLIENT_SECRET.encode())
    with FakePluggy(truth, truth.today) as pluggy:
        answers = PluggySource(kept, pluggy.url, [pluggy.item]).collect([], NOW)
    return [(answer, read_answer(answer.data, answer.format, date(2027, 12, 31))) for answer in answers]


def lines_of(household: Household) -> Iterator[tuple[Answer, ParsedDocument, dict[str, Any]]]:
    for answer, parsed in household[1]:
        for line in parsed.lines.to_pylist():
            yield answer, parsed, line


def kind_of(title: str, account: AccountType, centavos: int) -> Kind:
    """`kinds.csv` in a few lines: the first rule that fits."""
    plain = unicodedata.normalize("NFKD", title)
    key = " ".join("".join(c for c in plain if c.isascii()).lower().split())
    sign = "credit" if centavos > 0 else "charge"
    is_parcel = account is AccountType.CARD and bool(_PARCEL.search(key))
    fitting = (
        rule.kind
        for rule in kind_rules()
        if rule.account_type == account.value
        and rule.sign in {"any", sign}
        and (is_parcel or not rule.of_parcels)
        and re.search(rule.pattern, key)
    )
    return next(fitting)


def test_the_same_centavos_are_on_the_same_bills_and_days(household: Household) -> None:
    expected = Counter((t.account, t.month, t.date, t.centavos, t.bill_state) for t in household[0].lines)
    found = Counter(
        (
            answer.format.account_type,
            answer.bill or line["date"].isoformat()[:7],
            line["date"],
            line["centavos"],
            parsed.bill_state,
        )
        for answer, parsed, line in lines_of(household)
    )

    assert found == expected


def test_titles_mean_the_same_by_the_rules_of_exports(household: Household) -> None:
    expected = Counter(
        (t.account, t.month, t.centavos, kind_of(t.title, t.account, t.centavos)) for t in household[0].lines
    )
    found: Counter[tuple[AccountType, str, int, Kind]] = Counter()
    for answer, _, line in lines_of(household):
        account, title = answer.format.account_type, line["statement_title"] or line["raw_title"]
        month = answer.bill or line["date"].isoformat()[:7]
        found[account, month, line["centavos"], kind_of(title, account, line["centavos"])] += 1

    assert found == expected


def test_titles_of_the_card_are_those_of_its_exports_and_of_the_account_name_the_same_people(
    household: Household,
) -> None:
    expected = Counter(
        title_key(re.sub(r" - [•0-9]{2,3}\.[•0-9]{3}\..*", "", line.title)) for line in household[0].lines
    )
    found = Counter(title_key(line["statement_title"] or line["raw_title"]) for _, _, line in lines_of(household))

    assert found == expected


def test_the_account_keeps_the_banks_own_identifiers(household: Household) -> None:
    expected = Counter(line.identifier for line in household[0].lines if line.account is AccountType.ACCOUNT)
    movements = (line for answer, _, line in lines_of(household) if answer.bill is None)

    assert Counter(line["raw_identifier"] for line in movements) == expected


def test_newest_purchases_wait_and_count_and_nothing_is_rejected_or_void(household: Household) -> None:
    waiting = [answer for answer, _ in household[1] if b'"PENDING"' in answer.data]

    assert [answer.bill for answer in waiting] == ["2026-12"]
    assert {(line["reason"], line["void_reason"]) for _, _, line in lines_of(household)} == {(None, None)}


def test_purchases_abroad_have_their_currency_and_amounts_of_four_decimals(household: Household) -> None:
    abroad = [line for _, _, line in lines_of(household) if line["foreign_currency"]]

    assert {line["foreign_currency"] for line in abroad} == {"USD"}
    assert {len(line["raw_amount"].partition(".")[2]) for line in abroad} == {4}
    assert all(line["foreign_amount"] > 0 > line["centavos"] for line in abroad)


def test_balance_and_limits_are_read(household: Household) -> None:
    truth, documents = household
    seen = {o.reading: (o.observed_on, o.value) for _, parsed in documents for o in parsed.observations}

    assert seen[Reading.ACCOUNT_BALANCE] == (TODAY, Decimal(truth.balances["2026-11"]).scaleb(-2))
    assert seen[Reading.CARD_LIMIT] == (TODAY, LIMIT)
    assert 0 < seen[Reading.AVAILABLE_LIMIT][1] < LIMIT


def test_bills_end_with_one_open_and_those_of_parcels_to_come(household: Household) -> None:
    states = {answer.bill: parsed.bill_state for answer, parsed in household[1] if answer.bill}

    assert [bill for bill, state in states.items() if state is BillState.OPEN] == ["2026-12"]
    assert [bill for bill, state in states.items() if state is BillState.FUTURE] == ["2027-01", "2027-02", "2027-03"]


def test_no_document_number_of_a_person_gets_into_a_title(household: Household) -> None:
    data = b"".join(answer.data for answer, _ in household[1]).decode()
    numbers = set(re.findall(r'"value": "([0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2})"', data))

    assert numbers
    for _, _, line in lines_of(household):
        assert not [number for number in numbers if number in f"{line['statement_title']} {line['raw_title']}"]
