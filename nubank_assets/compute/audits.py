"""What must hold before a month is published: checks on the staged rows of a step.

Each audit looks at the staged tables of one month, and at published tables it declares as inputs. Running
them is for ``step.py``; showing them in Dagster for ``assets``. A check over all months is in ``checks.py``.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from nubank_assets.compute.audit import Audit, Tables, sums_by, table_audits
from nubank_assets.compute.correction_audits import CORRECTIONS_ARE_APPLIED, CORRECTIONS_ARE_TOLD_OF
from nubank_assets.domain.vocabulary import Flow, Layer, LineState
from nubank_assets.messages import message


def _find_lost_lines(tables: Tables) -> Iterator[str]:
    """Conservation, for each document: every line is current, replaced, repeated, rejected or void; sums agree."""
    kept = sums_by(tables["transactions"], "document", "amount_brl")
    rejected = tables["rejects"].group_by(["document"]).aggregate([([], "count_all")]).to_pylist()
    rejects = {group["document"]: group["count_all"] for group in rejected}
    for document in tables["raw_documents"].to_pylist():
        name = document["document"]
        if document["lines"] != sum(document[f"{state.value}_lines"] for state in LineState):
            yield message("audit_lines_lost", document=name, lines=document["lines"])
        found = kept.pop(name, (0, Decimal(0)))
        if found != (document["current_lines"], document["current_brl"]):
            yield message(
                "audit_money_lost",
                document=name,
                lines=document["current_lines"],
                total=document["current_brl"],
                found_lines=found[0],
                found=found[1],
            )
        if rejects.pop(name, 0) != document["rejected_lines"]:
            yield message("audit_rejects_lost", document=name, rejects=document["rejected_lines"])
    if kept or rejects:
        yield message("audit_strangers", documents=", ".join(sorted(map(str, [*kept, *rejects]))))


def _find_untraced_lines(tables: Tables) -> Iterator[str]:
    """Every line of every document is in `transaction_sources`, every transaction is told of by one that counts."""
    import pyarrow.compute as pc

    traced = tables["transaction_sources"]
    lines = traced.group_by(["document"]).aggregate([([], "count_all")]).to_pylist()
    found = {group["document"]: group["count_all"] for group in lines}
    for document in tables["raw_documents"].to_pylist():
        if found.pop(document["document"], 0) != document["lines"]:
            yield message("audit_untraced", document=document["document"], lines=document["lines"])
    counting = traced.filter(pc.equal(traced["line_state"], LineState.CURRENT.value))["transaction_id"]
    if sorted(counting.to_pylist()) != sorted(tables["transactions"]["transaction_id"].to_pylist()):
        yield message("audit_untold", transactions=tables["transactions"].num_rows, lines=len(counting))


def _find_unproven_bills(tables: Tables) -> Iterator[str]:
    """The total of each bill is the sum of its transactions without payments received."""
    import pyarrow.compute as pc

    cards = tables["transactions"].filter(pc.equal(tables["transactions"]["account_type"], "card"))
    sums = sums_by(cards, "document", "amount_brl")
    for bill in tables["bills"].to_pylist():
        total = sums.pop(bill["document"], (0, Decimal(0)))[1]
        if total != bill["total_brl"] + bill["payments_brl"]:
            yield message("audit_bill", account=bill["account"], bill=bill["bill"], total=total)
    if sums:
        yield message("audit_no_bill", documents=", ".join(sorted(map(str, sums))))


def _find_ledger_differences(tables: Tables) -> Iterator[str]:
    for bill in tables["bills"].to_pylist():
        if bill["ledger_difference_brl"]:
            yield message(
                "audit_ledger",
                account=bill["account"],
                bill=bill["bill"],
                ledger=bill["ledger_brl"],
                total=bill["total_brl"],
            )


def _find_contradictions(tables: Tables) -> Iterator[str]:
    for document in tables["raw_documents"].to_pylist():
        if document["contradicts"]:
            yield message(
                "audit_contradiction",
                account=document["account"],
                bill=document["bill"] or document["month"],
                name=document["document_name"],
                document=document["document"],
                other=document["contradicts"],
            )


def _find_unclassified(tables: Tables) -> Iterator[str]:
    """Every transaction is categorised once, with its amount."""
    columns = ["transaction_id", "amount_brl"]
    before, after = (tables[n].select(columns).sort_by("transaction_id") for n in _CATEGORIZED_PAIR)
    if not before.equals(after):
        yield message("audit_categorized", before=before.num_rows, after=after.num_rows)


_CATEGORIZED_PAIR: Final = ("transactions", "categorized_transactions")


def _find_uncounted_money(tables: Tables) -> Iterator[str]:
    """Category totals add up to the expenses, and expenses and income to the lines of those flows."""
    import pyarrow.compute as pc

    lines = tables["categorized_transactions"]
    counted = lines.filter(pc.not_equal(pc.fill_null(lines["bill_state"], ""), "future"))
    flows = sums_by(counted, "flow", "amount_brl")
    spending = sum(flows.get(flow.value, (0, Decimal(0)))[1] for flow in (Flow.EXPENSE, Flow.EXPENSE_REDUCTION))
    by_category = sums_by(tables["expenses"], "category", "amount_brl")
    expenses = sum((total for _, total in by_category.values()), Decimal(0))
    if expenses != spending or None in by_category:
        yield message("audit_categories", categories=expenses, spending=spending)
    income = pc.sum(tables["income"]["amount_brl"]).as_py() or Decimal(0)
    earned = flows.get(Flow.INCOME.value, (0, Decimal(0)))[1]
    if income != earned:
        yield message("audit_income", income=income, lines=earned)


def _find_accounts_apart(tables: Tables) -> Iterator[str]:
    sums = [("income_brl", "sum"), ("expenses_brl", "sum"), ("neutral_brl", "sum"), ("future_brl", "sum")]
    together, apart = (
        {(g["month"], g["basis"]): g for g in tables[name].group_by(["month", "basis"]).aggregate(sums).to_pylist()}
        for name in ("monthly_summary", "account_monthly_summary")
    )
    for key in sorted({*together, *apart}):
        if together.get(key) != apart.get(key):
            yield message("audit_accounts", month=key[0], basis=key[1])


def _find_contradictory_readings(tables: Tables) -> Iterator[str]:
    """A sentence for each account, with its last contradiction: one missing line shows at every later reading."""
    wrong: dict[str, list[Mapping[str, Any]]] = {}
    for row in tables["daily_balances"].sort_by("date").to_pylist():
        if row["unexplained_brl"]:
            wrong.setdefault(row["account"], []).append(row)
    for account, rows in sorted(wrong.items()):
        last, total = rows[-1], sum((row["unexplained_brl"] for row in rows), Decimal(0))
        values = {"balance": last["balance_brl"], "difference": last["unexplained_brl"], "total": total}
        yield message("audit_reading", account=account, readings=len(rows), day=last["date"], **values)


CLEANING_AUDITS: Final = (
    *table_audits(Layer.CLEANED),
    Audit(
        "lines_are_conserved",
        "transactions",
        "Every line of every document is in a table, replaced, repeated or rejected, and the sums agree",
        _find_lost_lines,
        inputs=("raw_documents",),
    ),
    Audit(
        "lines_are_traced",
        "transaction_sources",
        "Every line of every document is here, and each transaction is told of by exactly one that counts",
        _find_untraced_lines,
        inputs=("raw_documents",),
    ),
    Audit("bills_are_proven", "bills", "A bill's total is the sum of its lines", _find_unproven_bills),
    Audit(
        "ledger_balances_agree",
        "bills",
        "The balance that an OFX states is the sum of the bill's lines without payments",
        _find_ledger_differences,
        blocking=False,
    ),
    Audit(
        "documents_agree",
        "transactions",
        "No document contradicts another about a closed bill or a day",
        _find_contradictions,
        inputs=("raw_documents",),
        blocking=False,
    ),
)

CATEGORIZATION_AUDITS: Final = (
    *table_audits(Layer.CATEGORIZED),
    Audit(
        "every_transaction_is_categorized",
        "categorized_transactions",
        "Every transaction has one kind and flow, and kept its amount",
        _find_unclassified,
        inputs=("transactions",),
    ),
    Audit(
        "category_totals_equal_expenses",
        "expenses",
        "The categories of a month add up to its expenses, to the centavo",
        _find_uncounted_money,
    ),
    CORRECTIONS_ARE_APPLIED,
)

INSIGHTS_AUDITS: Final = (
    *table_audits(Layer.INSIGHTS),
    Audit(
        "accounts_add_up",
        "account_monthly_summary",
        "The summaries of the accounts add up to the summary of all, to the centavo",
        _find_accounts_apart,
    ),
    Audit(
        "readings_agree_with_movements",
        "daily_balances",
        "Between two readings of a balance an account moved as its lines say",
        _find_contradictory_readings,
        blocking=False,
    ),
    CORRECTIONS_ARE_TOLD_OF,
)

AUDITS: Final[dict[Layer, tuple[Audit, ...]]] = {
    Layer.CLEANED: CLEANING_AUDITS,
    Layer.CATEGORIZED: CATEGORIZATION_AUDITS,
    Layer.INSIGHTS: INSIGHTS_AUDITS,
}
