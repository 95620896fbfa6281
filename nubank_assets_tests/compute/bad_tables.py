"""Small tables in which everything holds, and one thing that is wrong in each of many copies of them."""

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.tables import ColumnType
from nubank_assets_tests.compute import bad_links, bad_plans, bad_proofs

Rows = dict[str, list[dict[str, Any]]]


def money(text: str) -> Decimal:
    return Decimal(text)


def cleaned() -> Rows:
    """A bill of two lines with a payment and a reject, an account of one line; a document that was replaced."""
    sums = {"total_brl": money("-10.00"), "current_brl": money("-10.00"), "payments_brl": money("40.00")}
    return {
        "raw_documents": [
            {
                "document": "bill",
                "lines": 4,
                "current_lines": 2,
                "rejected_lines": 1,
                "void_lines": 1,
                "bill": "2026-06",
                **sums,
            },
            {"document": "old", "lines": 2, "superseded_lines": 1, "duplicate_lines": 1, "bill": "2026-06"},
            {"document": "nu", "lines": 1, "current_lines": 1, "current_brl": money("7.00"), "account_type": "account"},
        ],
        "transaction_sources": [
            *({"document": "bill", "line_state": "current", "transaction_id": f"id000{n}"} for n in (1, 2)),
            {"document": "bill", "line_state": "rejected"},
            {"document": "bill", "line_state": "void"},
            {"document": "old", "line_state": "superseded"},
            {"document": "old", "line_state": "duplicate", "transaction_id": "id0001"},
            {"document": "nu", "line_state": "current", "transaction_id": "id0003"},
        ],
        "transactions": [
            {"document": "bill", "amount_brl": money("-50.00")},
            {"document": "bill", "amount_brl": money("40.00")},
            {"document": "nu", "amount_brl": money("7.00"), "account_type": "account"},
        ],
        "rejects": [{"document": "bill"}],
        "bills": [
            {
                "document": "bill",
                "bill": "2026-06",
                "total_brl": money("-50.00"),
                "payments_brl": money("40.00"),
                "ledger_brl": money("-50.00"),
                "ledger_difference_brl": money("0.00"),
            }
        ],
        "balance_readings": [],
    }


def categorized() -> Rows:
    lines = [
        {"flow": "expense", "category": "casa", "amount_brl": money("-9.00")},
        {"flow": "expense_reduction", "category": "casa", "amount_brl": money("2.00"), "bill_state": "closed"},
        {"flow": "expense", "category": "casa", "amount_brl": money("-99.00"), "bill_state": "future"},
        {"flow": "income", "amount_brl": money("100.00")},
        {"flow": "neutral", "amount_brl": money("5.00")},
    ]
    return {
        "transactions": [{"amount_brl": line["amount_brl"]} for line in lines],
        "categorized_transactions": lines,
        "expenses": [
            {"amount_brl": money("-9.00"), "category": "casa"},
            {"amount_brl": money("2.00"), "category": "casa"},
        ],
        "income": [{"amount_brl": money("100.00")}],
    }


def summed() -> Rows:
    """A month of two accounts, and a balance that was read twice."""
    both = {"month": "2026-06", "basis": "bill"}
    return {
        "monthly_summary": [{**both, "income_brl": money("9.00"), "expenses_brl": money("-4.00")}],
        "account_monthly_summary": [
            {**both, "account": "a", "income_brl": money("9.00"), "expenses_brl": money("-1.00")},
            {**both, "account": "b", "expenses_brl": money("-3.00")},
        ],
        "daily_balances": [{"unexplained_brl": None}, {"unexplained_brl": money("0.00")}],
    }


def corrected() -> Rows:
    """A line that a person corrected, one that nobody did, and a row that cannot be used."""
    corrections = [{"correction": "c1", "category": "lazer"}, {"correction": "c2", "reason": "no_line"}]
    by_person = {"category_method": "correction", "correction": "c1", "uncorrected_category": "casa"}
    return {
        "corrections": corrections,
        "transactions": [{}, {}, {}],
        "categorized_transactions": [
            {"transaction_id": "id1", "category": "lazer", **by_person},
            {"transaction_id": "id2", "category": "casa", "category_method": "rule"},
            {"transaction_id": "id3"},
        ],
        "correction_outcomes": [{"correction": "c1"}, {"correction": "c2"}],
    }


def taught() -> Rows:
    """A line that a rule decided, one that another did, one of a future bill; and how the month is counted."""
    by_rule = {"category_method": "own_rule", "own_rule": "r1"}
    return {
        "rules": [{"rule": "r1", "category": "lazer"}, {"rule": "r2", "category": "casa"}],
        "transactions": [{}, {}, {}],
        "categorized_transactions": [
            {"transaction_id": "id1", "category": "lazer", **by_rule},
            {"transaction_id": "id2", "category": "casa", "category_method": "rule"},
            {"transaction_id": "id3", "category": "casa", "category_method": "rule", "bill_state": "future"},
        ],
        "learning_progress": [{"month": "2026-06", "lines": 2, "own_rule_lines": 1, "rule_lines": 1}],
    }


GOOD = {
    "lines_are_conserved": cleaned,
    "lines_are_traced": cleaned,
    "bills_are_proven": cleaned,
    "ledger_balances_agree": cleaned,
    "documents_agree": cleaned,
    "every_transaction_is_categorized": categorized,
    "category_totals_equal_expenses": categorized,
    "accounts_add_up": summed,
    "readings_agree_with_movements": summed,
    "corrections_are_applied": corrected,
    "corrections_are_told_of": corrected,
    "own_rules_are_applied": taught,
    "learning_adds_up": taught,
    **bad_links.GOOD,
    **bad_plans.GOOD,
    **bad_proofs.GOOD,
}


#: The audit, the table, its row, what becomes of it, what the audit says.
WRONG: list[tuple[str, str, int, Mapping[str, Any] | None, str]] = [
    ("lines_are_conserved", "transactions", 0, None, "2 lines and R$ -10.00 count, the table has 1"),
    ("lines_are_conserved", "transactions", 2, {"amount_brl": money("7.01")}, "document nu"),
    ("lines_are_conserved", "transactions", 2, {"document": "ghost"}, "not read: ghost"),
    ("lines_are_conserved", "rejects", 0, None, "1 unreadable lines are not all in rejects"),
    ("lines_are_conserved", "rejects", 0, {"document": "ghost"}, "not read: ghost"),
    ("lines_are_conserved", "raw_documents", 0, {"lines": 5}, "its 5 lines do not add up"),
    ("lines_are_conserved", "raw_documents", 1, {"duplicate_lines": 0}, "document old: its 2 lines do not add up"),
    ("lines_are_conserved", "raw_documents", 2, None, "not read: nu"),
    ("lines_are_traced", "transaction_sources", 3, None, "document bill: its 4 lines are not all"),
    ("lines_are_traced", "transaction_sources", 6, {"line_state": "duplicate"}, "2 lines count, but there are 3"),
    ("lines_are_traced", "transaction_sources", 1, {"transaction_id": "id0001"}, "or other ones"),
    ("bills_are_proven", "bills", 0, {"total_brl": money("-49.99")}, "add up to R$ -10.00"),
    ("bills_are_proven", "bills", 0, {"payments_brl": money("0.00")}, "x 2026-06"),
    ("bills_are_proven", "bills", 0, None, "transactions without a bill: bill"),
    ("bills_are_proven", "transactions", 1, None, "add up to R$ -50.00"),
    ("ledger_balances_agree", "bills", 0, {"ledger_difference_brl": money("0.01")}, "the document states R$ -50.00"),
    ("documents_agree", "raw_documents", 0, {"contradicts": "old"}, "x 2026-06"),
    ("documents_agree", "raw_documents", 2, {"contradicts": "old"}, "says otherwise than old"),
    ("every_transaction_is_categorized", "categorized_transactions", 0, None, "5 transactions went in, 4 other"),
    (
        "every_transaction_is_categorized",
        "categorized_transactions",
        0,
        {"amount_brl": money("9.00")},
        "5 transactions",
    ),
    ("every_transaction_is_categorized", "categorized_transactions", 0, {"transaction_id": "x"}, "5 transactions"),
    ("category_totals_equal_expenses", "expenses", 1, None, "add up to R$ -9.00, spending is R$ -7.00"),
    ("category_totals_equal_expenses", "expenses", 1, {"category": None}, "add up to"),
    ("category_totals_equal_expenses", "income", 0, None, "income is R$ 0.00, lines of income add up to R$ 100.00"),
    ("accounts_add_up", "account_monthly_summary", 1, None, "2026-06 (bill): the accounts do not add up"),
    ("accounts_add_up", "monthly_summary", 0, {"income_brl": money("9.01")}, "do not add up"),
    (
        "readings_agree_with_movements",
        "daily_balances",
        1,
        {"unexplained_brl": money("-7.00")},
        "differs by R$ -7.00. Something",
    ),
    ("corrections_are_applied", "corrections", 0, {"category": "casa"}, "is not that of its correction (c1)"),
    ("corrections_are_applied", "corrections", 0, {"reason": "no_line"}, "line id1"),
    ("corrections_are_applied", "categorized_transactions", 0, {"category": "casa"}, "is not that of its correction"),
    ("corrections_are_applied", "categorized_transactions", 0, {"uncorrected_category": None}, "(c1)"),
    ("corrections_are_applied", "categorized_transactions", 1, {"correction": "c1"}, "is not that of its correction"),
    ("corrections_are_applied", "categorized_transactions", 1, {"category_method": "correction"}, "(None)"),
    ("corrections_are_told_of", "correction_outcomes", 1, None, "there are 2 corrections, but 1 outcomes"),
    ("corrections_are_told_of", "correction_outcomes", 1, {"correction": "c3"}, "or other ones"),
    ("own_rules_are_applied", "rules", 0, {"category": "casa"}, "is not that of the rule of yours"),
    ("own_rules_are_applied", "rules", 0, None, "(r1)"),
    ("own_rules_are_applied", "categorized_transactions", 0, {"own_rule": "r2"}, "(r2)"),
    ("own_rules_are_applied", "categorized_transactions", 0, {"own_rule": None}, "(None)"),
    ("own_rules_are_applied", "categorized_transactions", 1, {"own_rule": "r2"}, "line id2"),
    ("learning_adds_up", "learning_progress", 0, {"lines": 3}, "2 lines have a category, but 3 were counted"),
    ("learning_adds_up", "learning_progress", 0, {"rule_lines": 0}, "or not by method"),
    ("learning_adds_up", "learning_progress", 0, None, "but 0 were counted"),
    ("category_totals_equal_expenses", "categorized_transactions", 2, {"bill_state": "open"}, "spending is R$ -106.00"),
    *bad_links.WRONG,
    *bad_plans.WRONG,
    *bad_proofs.WRONG,
]


def spoilt(audit: str, table: str, place: int, change: Mapping[str, Any] | None) -> Rows:
    """The audit's good tables with one row changed, or taken away."""
    rows = GOOD[audit]()
    numbered = [{**row, "transaction_id": f"id{number}"} for number, row in enumerate(rows[table], 1)]
    if "transaction_id" in TABLES[table].key:
        rows[table] = numbered
        if table == "categorized_transactions":
            rows["transactions"] = [
                {**row, "transaction_id": f"id{number}"} for number, row in enumerate(rows["transactions"], 1)
            ]
    rows[table][place : place + 1] = [] if change is None else [{**rows[table][place], **change}]
    return rows


def chance_faults(count: int, seed: int = 1) -> Iterator[tuple[str, Rows]]:
    """Audits and their tables with something wrong that nobody chose: a row too many, too few or otherwise."""
    chance = random.Random(seed)
    whole = (
        "accounts_add_up",
        "readings_agree_with_movements",
        "corrections_are_told_of",
        "learning_adds_up",
        *bad_links.GOOD,
        *bad_plans.GOOD,
        *bad_proofs.GOOD,
    )
    monthly = [audit for audit in GOOD if audit not in whole]
    for _ in range(count):
        audit = chance.choice(monthly)
        rows = GOOD[audit]()
        table = chance.choice([name for name in rows if rows[name]])
        place = chance.randrange(len(rows[table]))
        row = rows[table][place]
        column = chance.choice([c for c in TABLES[table].columns if c.type in _VALUES and c.name != "month"])
        changed = {**row, column.name: chance.choice(_VALUES[column.type])}
        rows[table][place : place + 1] = chance.choice([[], [row, row], [changed], [changed], [changed]])
        yield audit, rows


_VALUES: dict[ColumnType, list[Any]] = {
    ColumnType.STRING: [None, "", "x", "ção \U0001f4b0"],
    ColumnType.INTEGER: [None, 0, 7],
    ColumnType.MONEY: [None, Decimal("0.00"), Decimal("-0.01"), Decimal("99999999999999.99")],
}
