"""Whole inboxes made up at random: every line accounted for, every bill and day counted once."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nubank_assets.domain.months import months_between
from nubank_assets.sources.raw import RawTables, read_raw_tables
from nubank_assets_tests.fakes.exports import Household, account_csv, card_csv, stored_rows

NOON = datetime(2026, 6, 1, 15, tzinfo=UTC)
MONTHS = months_between("2026-03", "2026-10")
STATES = ("current", "superseded", "duplicate", "rejected")
LOJA, PADARIA, TOLL = "2026-06-20,Loja Azul,10.00", "2026-06-21,Padaria,5.00", "2026-06-22,Pedagio,9.10"


@dataclass(frozen=True)
class File:
    name: str
    content: str
    at: datetime


CARD_LINES = st.lists(
    st.sampled_from([LOJA, PADARIA, TOLL, "2026-06-23,Pagamento recebido,-7.00", "2026-02-30,Loja,1.00", "x", "a,b,c"]),
    max_size=4,
)
BILLS = st.builds(
    # A line of the month's own: the same bytes are refused as another bill.
    lambda month, lines, at: File(
        f"Nubank_2026-{month:02d}-10.csv", card_csv(*lines, *([f"2026-06-24,Mes {month},3.00"] if lines else [])), at
    ),
    st.integers(6, 8),
    CARD_LINES,
    st.integers(0, 80).map(lambda days: NOON + timedelta(days=days)),
)
MOVEMENTS = st.builds(
    lambda number, cents, name: f"{date(2026, 5, 30) + timedelta(days=number):%d/%m/%Y},{cents}.00,{name},Pix",
    st.integers(0, 4),
    st.integers(1, 2),
    st.sampled_from(["a", "b", ""]),
)
ACCOUNTS = st.builds(
    lambda lines, at: File("NU_1.csv", account_csv(*lines), at),
    st.lists(MOVEMENTS | st.just("99/99/2026,1.00,z,Pix"), max_size=5),
    st.integers(0, 20).map(lambda days: NOON + timedelta(days=days)),
)
INBOXES = st.lists(BILLS | ACCOUNTS, max_size=6)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def raw_tables(files: Sequence[File]) -> RawTables:
    with tempfile.TemporaryDirectory() as folder:
        household = Household(Path(folder))
        for file in files:
            household.bring(file.name, file.content, file.at)
        return read_raw_tables(household.inbox, MONTHS)


def reais(centavos: Iterator[int | None]) -> Decimal:
    return Decimal(sum(value or 0 for value in centavos)).scaleb(-2)


@SLOW
@given(INBOXES)
def test_every_line_of_every_document_is_accounted_for(files: list[File]) -> None:
    tables = stored_rows(raw_tables(files))
    lines: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for line in tables["raw_lines"]:
        lines[line["document"], line["month"]].append(line)
        assert (line["line_state"] == "rejected") == (line["reason"] is not None) == (line["centavos"] is None)
    for document in tables["raw_documents"]:
        own = lines.pop((document["document"], document["month"]), [])
        counts = Counter(line["line_state"] for line in own)
        assert document["lines"] == len(own) == sum(document[f"{state}_lines"] for state in STATES)
        assert all(document[f"{state}_lines"] == counts[state] for state in STATES)
        assert document["total_brl"] == reais(line["centavos"] for line in own)
        assert document["current_brl"] == reais(line["centavos"] for line in own if line["line_state"] == "current")
    assert not lines
    written = {file.content: sum(1 for line in file.content.splitlines()[1:] if line.strip()) for file in files}
    cards = {(file.name, file.content): written[file.content] for file in files if file.name != "NU_1.csv"}
    accounts = {file.content: written[file.content] for file in files if file.name == "NU_1.csv"}
    assert len(tables["raw_lines"]) == sum(cards.values()) + sum(accounts.values())


@SLOW
@given(INBOXES)
def test_each_bill_has_one_document_and_each_day_of_an_account(files: list[File]) -> None:
    tables = stored_rows(raw_tables(files))
    bills: dict[str, list[str]] = defaultdict(list)
    for document in tables["raw_documents"]:
        if document["bill"]:
            bills[document["bill"]].append(document["document_state"])
    assert all(found.count("current") == 1 for found in bills.values())
    days: dict[date, set[str]] = defaultdict(set)
    for line in tables["raw_lines"]:
        if line["line_state"] == "current":
            key = line["line_date"] if line["account_type"] == "account" else line["bill"]
            days[key].add(line["document"])
    assert all(len(found) == 1 for found in days.values())
    dated = {line["line_date"] for line in tables["raw_lines"] if line["account_type"] == "account"} - {None}
    assert dated <= set(days)


@SLOW
@given(INBOXES, st.randoms(use_true_random=False))
def test_the_order_of_importing_changes_nothing_but_which_closed_bill_was_first(files: list[File], random: Any) -> None:
    unique = {(file.name, file.content): file for file in files}
    closed: set[str] = set()
    kept = []
    for file in unique.values():
        is_closed = file.name != "NU_1.csv" and file.at.date() > date.fromisoformat(file.name[7:17]) - timedelta(days=7)
        if is_closed and file.name in closed:
            continue
        closed |= {file.name} if is_closed else set()
        kept.append(file)
    shuffled = kept[:]
    random.shuffle(shuffled)
    first, second = stored_rows(raw_tables(kept)), stored_rows(raw_tables(shuffled))
    for rows in (*first.values(), *second.values()):
        for row in rows:
            row.pop("collected_at", None)
    assert first == second
