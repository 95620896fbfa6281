"""What must not be, as SQL: a query for each thing that an audit of ``audits.py`` looks for.

The words mean the same on DuckDB and on Spark, which a test proves on bad rows. Sums meet in groups, not in windows: no
query brings all rows of a month to one place.
"""

from typing import Final

from nubank_assets.compute.audit import Wrong
from nubank_assets.domain.vocabulary import AccountType, BillState, Flow, LineState

_COUNTED: Final = f"coalesce(bill_state, '') <> '{BillState.FUTURE.value}'"
_IS_SPENDING: Final = f"flow in ('{Flow.EXPENSE.value}', '{Flow.EXPENSE_REDUCTION.value}')"
_ALL_STATES: Final = " + ".join(f"{state.value}_lines" for state in LineState)
_NOTHING: Final = "cast(0 as decimal(18,2))"

LOST_LINES: Final = (
    Wrong(
        "audit_lines_lost",
        "document",
        f"select month, document, lines from raw_documents where lines is distinct from {_ALL_STATES}",  # noqa: S608
    ),
    Wrong(
        "audit_money_lost",
        "document",
        """select d.month, d.document, d.current_lines as lines, d.current_brl as total,
          coalesce(k.lines, 0) as found_lines, coalesce(k.total, 0) as found
        from raw_documents d left join (
          select month, document, count(*) as lines, sum(amount_brl) as total from transactions group by month, document
        ) k on k.month = d.month and k.document = d.document
        where d.current_lines is distinct from coalesce(k.lines, 0)
          or d.current_brl is distinct from coalesce(k.total, 0)""",
    ),
    Wrong(
        "audit_rejects_lost",
        "document",
        """select d.month, d.document, d.rejected_lines as rejects
        from raw_documents d left join (
          select month, document, count(*) as lines from rejects group by month, document
        ) k on k.month = d.month and k.document = d.document
        where d.rejected_lines is distinct from coalesce(k.lines, 0)""",
    ),
    Wrong(
        "audit_strangers",
        "document",
        """select k.month, k.document
        from (select month, document from transactions union select month, document from rejects) k
        left join raw_documents d on d.month = k.month and d.document = k.document where d.document is null""",
    ),
)

UNTRACED_LINES: Final = (
    Wrong(
        "audit_untraced",
        "document",
        """select d.month, d.document, d.lines
        from raw_documents d left join (
          select month, document, count(*) as lines from transaction_sources group by month, document
        ) k on k.month = d.month and k.document = d.document
        where d.lines is distinct from coalesce(k.lines, 0)""",
    ),
    Wrong(
        "audit_untold",
        "transactions",
        f"""select month, sum(told) as lines, sum(made) as transactions from (
          select month, transaction_id, sum(told) as told, sum(made) as made from (
            select month, transaction_id, 1 as told, 0 as made from transaction_sources
            where line_state = '{LineState.CURRENT.value}'
            union all select month, transaction_id, 0 as told, 1 as made from transactions
          ) both_sides group by month, transaction_id
        ) compared group by month having sum(case when told <> made then 1 else 0 end) > 0""",  # noqa: S608
    ),
)

_CARD_SUMS: Final = f"""
  select month, document, sum(amount_brl) as total from transactions
  where account_type = '{AccountType.CARD.value}' group by month, document"""  # noqa: S608

UNPROVEN_BILLS: Final = (
    Wrong(
        "audit_bill",
        "account, bill",
        f"""select b.month, b.account, b.bill, coalesce(k.total, 0) as total
        from bills b left join ({_CARD_SUMS}) k on k.month = b.month and k.document = b.document
        where coalesce(k.total, 0) is distinct from b.total_brl + b.payments_brl""",  # noqa: S608
    ),
    Wrong(
        "audit_no_bill",
        "document",
        f"""select k.month, k.document from ({_CARD_SUMS}) k
        left join bills b on b.month = k.month and b.document = k.document where b.document is null""",  # noqa: S608
    ),
)

LEDGER_DIFFERENCES: Final = (
    Wrong(
        "audit_ledger",
        "account, bill",
        """select month, account, bill, ledger_brl as ledger, total_brl as total from bills
        where ledger_difference_brl <> 0""",
    ),
)

CONTRADICTIONS: Final = (
    Wrong(
        "audit_contradiction",
        "account, bill, document",
        """select month, account, coalesce(bill, month) as bill, document_name as name, document, contradicts as other
        from raw_documents where contradicts <> ''""",
    ),
)

UNCLASSIFIED: Final = (
    Wrong(
        "audit_categorized",
        "entered",
        """select month, sum(entered) as entered, sum(came) as came from (
          select month, transaction_id, amount_brl, sum(entered) as entered, sum(came) as came from (
            select month, transaction_id, amount_brl, 1 as entered, 0 as came from transactions
            union all select month, transaction_id, amount_brl, 0 as entered, 1 as came from categorized_transactions
          ) both_sides group by month, transaction_id, amount_brl
        ) compared group by month having sum(case when entered <> came then 1 else 0 end) > 0""",
    ),
)

UNCOUNTED_MONEY: Final = (
    Wrong(
        "audit_categories",
        "month",
        f"""select month, sum(categories) as categories, sum(spending) as spending from (
          select month, amount_brl as categories, {_NOTHING} as spending, category from expenses
          union all select month, {_NOTHING} as categories, amount_brl as spending, '' as category
          from categorized_transactions where {_IS_SPENDING} and {_COUNTED}
        ) both_sides group by month
        having sum(categories) <> sum(spending) or sum(case when category is null then 1 else 0 end) > 0""",  # noqa: S608
    ),
    Wrong(
        "audit_income",
        "month",
        f"""select month, sum(income) as income, sum(earned) as lines from (
          select month, amount_brl as income, {_NOTHING} as earned from income
          union all select month, {_NOTHING} as income, amount_brl as earned
          from categorized_transactions where flow = '{Flow.INCOME.value}' and {_COUNTED}
        ) both_sides group by month having sum(income) <> sum(earned)""",  # noqa: S608
    ),
)

_SUMMED: Final = ("income_brl", "expenses_brl", "neutral_brl", "future_brl")

ACCOUNTS_APART: Final = (
    Wrong(
        "audit_accounts",
        "month, basis",
        f"""select month, basis from (
          select month, basis, 'all' as side, {", ".join(_SUMMED)} from monthly_summary
          union all select month, basis, 'each' as side, {", ".join(f"-{name} as {name}" for name in _SUMMED)}
          from account_monthly_summary
        ) both_sides group by month, basis
        having min(side) = max(side) or {" or ".join(f"sum({name}) <> 0" for name in _SUMMED)}""",  # noqa: S608
    ),
)

#: For each account its last contradiction: one missing line shows at every later reading.
CONTRADICTORY_READINGS: Final = (
    Wrong(
        "audit_reading",
        "account",
        """select account, count(*) as readings, sum(unexplained_brl) as total, max(date) as day,
          max_by(balance_brl, date) as balance, max_by(unexplained_brl, date) as difference
        from daily_balances where unexplained_brl <> 0 group by account""",
    ),
)
