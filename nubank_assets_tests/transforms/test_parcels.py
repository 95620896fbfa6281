"""Parcels as one month has them: the months of their plan, and the day of the purchase where a line tells it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nubank_assets.transforms.steps import CATEGORIZATION
from nubank_assets_tests.fakes.frames import run_transform

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_a_parcel_tells_the_months_of_its_plan_and_the_day_of_its_purchase(
    session: "SparkSession", tmp_path: Path
) -> None:
    def parcel(n: int, **more: Any) -> dict[str, Any]:
        line = {"title": f"Loja - Parcela {n}/3", "merchant": "Loja", "month": "2026-05", "bill_state": "closed"}
        parcel = {"installment": n, "installments": 3, "amount_brl": Decimal(-10), "kind": "installment"}
        return {**line, **parcel, **more}

    moment = datetime(2026, 2, 14, 1, tzinfo=UTC)
    uuid = f"{int(moment.timestamp()):08x}-0000-4000-8000-000000000001"
    lines: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "first": (parcel(1, date=date(2026, 4, 9)), {}),
        "second": (parcel(2, date=date(2026, 4, 4)), {}),
        "with a time": (parcel(3), {"occurred_at": moment}),
        "with an identifier": (parcel(3), {"identifier": uuid}),
        "with an identifier of no time": (parcel(2), {"identifier": "1d162494-6aeb-4ce3-b601-be18268bed62"}),
        "future": (parcel(3, bill_state="future", date=date(2026, 4, 13)), {}),
        "future, of a long month": (parcel(3, bill_state="future", date=date(2026, 4, 30)), {}),
        "early": (parcel(3, title="Antecipada - Loja - Parcela 3/3", date=date(2026, 4, 20)), {}),
        "financed": (parcel(2, title="Parcelamento de Compra - Loja - 2/3"), {}),
        "refund": (parcel(2, amount_brl=Decimal(5), kind="refund"), {}),
    }
    given = [{**line, "transaction_id": name} for name, (line, _) in lines.items()]
    told = [{"transaction_id": name, "installment": 1, **details} for name, (_, details) in lines.items()]
    rows = {"categorized_transactions": given, "transactions": told}
    made = run_transform(session, tmp_path, CATEGORIZATION, "installments", rows)
    found = {line["transaction_id"]: line for line in made}
    assert set(found) == set(lines) - {"refund"}
    fields = ("first_month", "last_month", "remaining_installments", "purchased_on")
    assert {name: tuple(line[field] for field in fields) for name, line in found.items()} == {
        "first": ("2026-05", "2026-07", 2, date(2026, 4, 9)),
        "second": ("2026-04", "2026-06", 1, None),
        "with a time": ("2026-03", "2026-05", 0, date(2026, 2, 13)),
        "with an identifier": ("2026-03", "2026-05", 0, date(2026, 2, 13)),
        "with an identifier of no time": ("2026-04", "2026-06", 1, None),
        "future": ("2026-03", "2026-05", 0, date(2026, 2, 13)),
        "future, of a long month": ("2026-03", "2026-05", 0, None),
        "early": (None, None, 0, None),
        "financed": ("2026-04", "2026-06", 1, None),
    }
    assert {name for name, line in found.items() if line["is_early"]} == {"early"}
    assert {name for name, line in found.items() if line["plan_kind"] == "financed"} == {"financed"}
