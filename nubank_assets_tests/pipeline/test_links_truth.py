"""Linked lines, what lacks its other side, and what is counted, against the truth ledger: all of them, none sampled."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator

import pytest

from nubank_assets.domain.vocabulary import BillState, Flow, Kind
from nubank_assets.sources.demo.truth import TruthLine
from nubank_assets_tests.fakes.homes import DemoHome
from nubank_assets_tests.pipeline.truth_rows import Row, centavos, paired, rows_of

Pair = tuple[TruthLine, Row]
Link = tuple[str, str, str]

#: What the truth pairs, by the beginning of the pair's name, and why its lines belong together.
REASONS = {
    "payment/": "bill_payment",
    "late/": "carried_balance",
    "carried/": "carried_balance",
    "refund/": "refund",
    "pix refund/": "refund",
    "undone debit/": "refund",
    "undone/": "undone",
    "abroad/": "foreign_iof",
    "early/": "early_discount",
    "twin early/": "early_discount",
}


@pytest.fixture(scope="module")
def pairs(demo: DemoHome) -> list[Pair]:
    return paired(demo)


@pytest.fixture(scope="module")
def plan_refunds(demo: DemoHome) -> set[str]:
    """Refunds of purchases in parcels: which they are, and their links, are compared in ``test_plans.py``."""
    return {_id(row) for row in rows_of(demo, "plan_lines") if row["role"] == "refund"}


@pytest.fixture(scope="module")
def links(demo: DemoHome, plan_refunds: set[str]) -> list[Row]:
    return [row for row in rows_of(demo, "transaction_links") if row["second_transaction_id"] not in plan_refunds]


def _groups(pairs: list[Pair]) -> dict[str, list[Pair]]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for line, row in pairs:
        if line.pair:
            groups[line.pair].append((line, row))
    return groups


def _true_links(name: str, lines: list[Pair]) -> Iterator[Link]:
    """The links that a true pair should have: the lines where money left with those that answer them."""
    if name.startswith("pix on credit/"):
        sent = [row for line, row in lines if line.account == "account" and line.centavos < 0]
        for line, row in lines:
            if row not in sent:
                yield ("pix_charge" if line.account == "card" else "pix_on_credit", _id(sent[0]), _id(row))
        return
    (reason,) = (reason for start, reason in REASONS.items() if name.startswith(start))
    if reason == "carried_balance":  # what it costs to carry it is paired with it, and answers nothing
        lines = [pair for pair in lines if pair[0].kind is Kind.CARRIED_BALANCE]
    seconds = [row for line, row in lines if line.kind is Kind.IOF or line.centavos > 0]
    yield from ((reason, _id(row), _id(second)) for second in seconds for _, row in lines if row not in seconds)


def _id(row: Row) -> str:
    return str(row["transaction_id"])


def _is_partial(name: str, lines: list[Pair]) -> bool:
    return name.startswith("refund/") and sum(line.centavos for line, _ in lines) != 0


def test_every_true_pair_is_linked_and_nothing_else(pairs: list[Pair], links: list[Row]) -> None:
    whole = {name: lines for name, lines in _groups(pairs).items() if not _is_partial(name, lines)}
    expected = {link for name, lines in whole.items() for link in _true_links(name, lines)}
    found = {(row["reason"], row["first_transaction_id"], row["second_transaction_id"]) for row in links}
    assert {link for link in found if link[0] not in {"investment", "partial_refund"}} == expected
    counts = Counter(reason for reason, _, _ in expected)
    assert set(counts) == {*REASONS.values(), "pix_on_credit", "pix_charge"}
    assert min(counts.values()) >= 2


def test_a_part_given_back_is_of_the_latest_purchase_that_can_be_meant(pairs: list[Pair], links: list[Row]) -> None:
    """A bill does not say of which of several purchases at the shop, so here is the rule by itself."""
    partial = [lines for name, lines in _groups(pairs).items() if _is_partial(name, lines)]
    expected = set()
    for lines in partial:
        bought, back = sorted(lines, key=lambda pair: pair[0].centavos)
        latest = max(
            (line.date, line.centavos, _id(row))
            for line, row in pairs
            if line.title == bought[0].title and line.date <= back[0].date and -line.centavos >= back[0].centavos
        )
        expected.add((latest[2], _id(back[1]), back[0].centavos))
    rows = [row for row in links if row["reason"] == "partial_refund"]
    assert len(rows) == len(partial) == 4
    found = {(row["first_transaction_id"], row["second_transaction_id"], centavos(row, "linked_brl")) for row in rows}
    assert found == expected


def _invested(pairs: list[Pair]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """What came back of which deposit, by a queue, and what was left of each line."""
    moved = [pair for pair in pairs if pair[0].kind in {Kind.INVESTMENT_IN, Kind.INVESTMENT_OUT}]
    moved.sort(key=lambda pair: (pair[0].date, pair[0].centavos > 0, abs(pair[0].centavos), _id(pair[1])))
    held = lowest = 0
    for line, _ in moved:
        held -= line.centavos
        lowest = min(lowest, held)
    queue = deque([("", -lowest)])
    came: Counter[tuple[str, str]] = Counter()
    for line, row in moved:
        if line.centavos < 0:
            queue.append((_id(row), -line.centavos))
            continue
        wanted = line.centavos
        while wanted:
            name, left = queue.popleft()
            part = min(wanted, left)
            came[name, _id(row)] += part
            wanted -= part
            if left > part:
                queue.appendleft((name, left - part))
    rest = Counter({name: left for name, left in queue if name})
    rest.update({back: part for (name, back), part in came.items() if not name})
    return Counter({pair: part for pair, part in came.items() if pair[0] and part}), +rest


def test_savings_come_back_first_in_first_out(pairs: list[Pair], links: list[Row]) -> None:
    rows = [row for row in links if row["reason"] == "investment"]
    found = {(row["first_transaction_id"], row["second_transaction_id"]): centavos(row, "linked_brl") for row in rows}
    came, _ = _invested(pairs)
    assert len(came) > 5
    assert found == dict(came)


def test_what_lacks_its_other_side_is_told_with_its_reason(
    demo: DemoHome, pairs: list[Pair], plan_refunds: set[str]
) -> None:
    first = {kind: min(line.date for line, _ in pairs if line.account == kind) for kind in ("card", "account")}
    expected: dict[tuple[str, str], tuple[str, int]] = {}
    for line, row in pairs:
        if line.kind is Kind.OWN_TRANSFER:
            expected[_id(row), "own_transfer"] = ("elsewhere", abs(line.centavos))
        elif line.kind is Kind.BILL_PAYMENT and not line.pair:
            other = first["account" if line.account == "card" else "card"]
            assert line.date < other
            expected[_id(row), "bill_payment"] = ("before_first_document", abs(line.centavos))
        elif line.kind is Kind.PIX_ON_CREDIT and not line.pair:
            expected[_id(row), "pix_charge"] = ("before_first_document", abs(line.centavos))
    kinds = {_id(row): line.kind for line, row in pairs}
    for name, rest in _invested(pairs)[1].items():
        reason = "still_invested" if kinds[name] is Kind.INVESTMENT_OUT else "before_first_document"
        expected[name, "investment"] = (reason, rest)
    rows = [row for row in rows_of(demo, "unlinked_transactions") if _id(row) not in plan_refunds]
    found = {(_id(row), row["expects"]): (row["reason"], centavos(row, "unlinked_brl")) for row in rows}
    assert len(expected) > 10
    assert found == expected


_PARTS = {
    Kind.BILL_PAYMENT: "bill_payment",
    Kind.OWN_TRANSFER: "own_transfer",
    Kind.PIX_ON_CREDIT: "pix_on_credit",
    Kind.INVESTMENT_IN: "investment",
    Kind.INVESTMENT_OUT: "investment",
    Kind.CARRIED_BALANCE: "carried_balance",
}
_BY_FLOW = {Flow.INCOME: "income", Flow.EXPENSE: "expense", Flow.EXPENSE_REDUCTION: "given_back"}


@pytest.mark.parametrize("basis", ["bill", "date"])
def test_all_that_moved_is_counted_once_or_told_why_not(demo: DemoHome, basis: str) -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    lines: Counter[str] = Counter()
    for line in demo.truth.lines:
        month = line.month if basis == "bill" else str(line.date)[:7]
        is_future = line.bill_state is BillState.FUTURE
        part = "future" if is_future else _BY_FLOW.get(line.flow) or _PARTS[line.kind]
        way = "in" if line.centavos > 0 else "out"
        expected[month, part, way] += line.centavos
        expected[month, "moved", way] += line.centavos
        lines[month] += 1
    found: Counter[tuple[str, str, str]] = Counter()
    for row in rows_of(demo, "counting_proof"):
        if row["basis"] == basis:
            for way in ("in", "out"):
                found[row["month"], row["part"], way] += centavos(row, f"{way}_brl")
            if row["part"] == "moved":
                assert row["transactions"] == lines[row["month"]]
    assert {key: amount for key, amount in found.items() if amount} == dict(expected)


def test_what_is_left_is_the_income_and_the_expenses_of_the_month(demo: DemoHome) -> None:
    left: Counter[tuple[str, str]] = Counter()
    for row in rows_of(demo, "counting_proof"):
        if row["basis"] == "bill":
            left[row["month"], row["counts_as"]] += centavos(row) if row["part"] != "moved" else 0
    for month, totals in demo.truth.totals.items():
        assert (left[month, "income"], left[month, "expenses"]) == (totals.income, totals.expenses), month
