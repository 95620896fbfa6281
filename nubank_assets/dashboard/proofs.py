"""What the page shows of proofs: each bill with its total, the stated one and its payment, and what is missing.

What is proven is decided in the tables; here it is put into words. Listing the lines of a figure is for the scripts.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow.compute as pc

from nubank_assets.dashboard import columns
from nubank_assets.dashboard.ledger import Ledger
from nubank_assets.dashboard.sentences import text
from nubank_assets.dashboard.wording import day_name, money, month_title
from nubank_assets.domain import catalog
from nubank_assets.domain.months import first_day
from nubank_assets.domain.proof_words import AccountProof, BillProof, BillSettlement, Coverage, ProofSpan
from nubank_assets.domain.vocabulary import AccountType, BillState
from nubank_assets.export import cells
from nubank_assets.export.labels import label
from nubank_assets.lake.publish import Lake

_NEWEST: Final = [("month", "descending"), ("account", "ascending"), ("bill", "descending")]
_TONES: Final = {
    BillProof.PROVEN: "good",
    BillProof.DIFFERS: "bad",
    BillSettlement.PAID: "good",
    BillSettlement.PAID_EARLY: "good",
    BillSettlement.UNPAID: "bad",
    BillSettlement.PAID_PARTLY: "bad",
}


@dataclass(frozen=True)
class BillRow:
    """One bill as texts. A view opens the lines behind its figure; it is empty where these are not all on the page."""

    title: str
    total: str
    view: str
    stated: str
    difference: str
    proof: str
    proof_tone: str
    paid: str
    paid_view: str
    settlement: str
    settlement_tone: str


@dataclass(frozen=True)
class Proofs:
    """The newest bill in a sentence, what is wrong or missing in others, and every bill that is not to come."""

    says: str
    notes: tuple[str, ...]
    bills: tuple[BillRow, ...]


def read_settled(lake: Lake, ledger: Ledger) -> dict[str, dict[str, Any]]:
    """For each bill its payments: the places of their lines on the page, and the centavos of each that settle it."""
    rows = columns.read(lake, catalog.BILL_PAYMENTS)
    rows = rows.filter(pc.field("bill").is_valid() & pc.field("transaction_id").is_valid())
    places = ledger.places_of(rows["transaction_id"])
    parts = zip(
        rows["account"].to_pylist(), rows["bill"].to_pylist(), places, columns.centavos(rows["amount_brl"]), strict=True
    )
    found: dict[str, list[list[int]]] = defaultdict(list)
    for account, bill, place, centavos in parts:
        found[f"{bill}:{account}"].append([place, centavos])
    return {
        name: {"total": sum(part for _, part in payments), "payments": sorted(payments)}
        for name, payments in sorted(found.items())
    }


def read_proofs(lake: Lake, settled: Mapping[str, Mapping[str, Any]], locale: str) -> Proofs:
    """Everything that the page says of proofs."""
    rows = columns.read(lake, catalog.BILL_PROOFS).filter(pc.field("bill_state") != BillState.FUTURE.value)
    bills: list[dict[str, Any]] = rows.sort_by(_NEWEST).to_pylist()
    shared = Counter((row["month"], row["account"]) for row in bills)
    made = tuple(_bill_row(row, settled, shared[row["month"], row["account"]] > 1, locale) for row in bills)
    return Proofs(
        _says(bills, locale), (*_differing(bills, locale), *_accounts(lake, locale), *_gaps(lake, locale)), made
    )


def _bill_row(
    row: Mapping[str, Any], settled: Mapping[str, Mapping[str, Any]], is_shared: bool, locale: str
) -> BillRow:
    name = f"{row['bill']}:{row['account']}"
    is_listed = row["paid_brl"] and Decimal(settled.get(name, {}).get("total", 0)).scaleb(-2) == row["paid_brl"]
    return BillRow(
        title=_title(row, locale),
        total=money(-row["total_brl"] + 0, locale),
        view="" if is_shared else f"bill:{name}",
        stated=_amount(row["stated_brl"], locale),
        difference=_amount(row["difference_brl"], locale),
        proof=label(f"proof.{row['proof']}", locale),
        proof_tone=_TONES.get(row["proof"], ""),
        paid=money(row["paid_brl"], locale),
        paid_view=f"paid:{name}" if is_listed else "",
        settlement=label(f"settlement.{row['settlement']}", locale),
        settlement_tone=_TONES.get(row["settlement"], ""),
    )


def _amount(amount: Decimal | None, locale: str) -> str:
    """What is owed as a positive amount; a dash where nobody states any."""
    return "–" if amount is None else money(-amount + 0, locale)


def _title(row: Mapping[str, Any], locale: str) -> str:
    return f"{month_title(first_day(row['month']), locale)} ({row['account']})"


def _says(bills: Sequence[Mapping[str, Any]], locale: str) -> str:
    """The newest closed bill, and how many are proven of all that have closed."""
    closed = [row for row in bills if row["bill_state"] == BillState.CLOSED]
    if not closed:
        return text("proofs.none", locale)
    newest, counts = closed[0], Counter(row["proof"] for row in closed)
    words = {name: label(f"{name}.{newest[name]}", locale) for name in ("proof", "settlement")}
    numbers = {name: counts[name] for name in (BillProof.PROVEN, BillProof.UNSTATED, BillProof.DIFFERS)}
    return text(
        "proofs.newest", locale, bill=_title(newest, locale), **words, **{k.value: n for k, n in numbers.items()}
    )


def _differing(bills: Sequence[Mapping[str, Any]], locale: str) -> list[str]:
    return [
        text(
            "proofs.differs",
            locale,
            bill=_title(row, locale),
            amount=money(abs(row["difference_brl"]), locale),
            cause=label(cells.difference_cause(row["difference_brl"], row["causes"]), locale),
        )
        for row in bills
        if row["proof"] == BillProof.DIFFERS
    ]


def _accounts(lake: Lake, locale: str) -> list[str]:
    """Accounts that moved otherwise than their lines say, between two balances that were stated."""
    rows = columns.read(lake, catalog.ACCOUNT_PROOFS).sort_by([("first_day", "descending"), ("account", "ascending")])
    wrong = (pc.field("span") == ProofSpan.READINGS.value) & (pc.field("proof") == AccountProof.DIFFERS.value)
    return [
        text(
            "proofs.account",
            locale,
            account=row["account"],
            amount=money(abs(row["unexplained_brl"]), locale),
            first=day_name(row["first_day"], locale),
            last=day_name(row["last_day"], locale),
        )
        for row in rows.filter(wrong).to_pylist()
    ]


def _gaps(lake: Lake, locale: str) -> list[str]:
    """What nobody exported, though documents tell of before and after."""
    rows = columns.read(lake, catalog.STATEMENT_COVERAGE).filter(pc.field("coverage") == Coverage.GAP.value)
    rows = rows.sort_by([("first_month", "descending"), ("first_day", "descending"), ("account", "ascending")])
    return [_gap(row, locale) for row in rows.to_pylist()]


def _gap(row: Mapping[str, Any], locale: str) -> str:
    if row["account_type"] == AccountType.ACCOUNT:
        first, last = (day_name(row[name], locale) for name in ("first_day", "last_day"))
        return text("proofs.gap.account", locale, account=row["account"], first=first, last=last)
    first, last = (month_title(first_day(row[name]), locale) for name in ("first_month", "last_month"))
    key = "proofs.gap.bill" if first == last else "proofs.gap.bills"
    return text(key, locale, account=row["account"], first=first, last=last)
