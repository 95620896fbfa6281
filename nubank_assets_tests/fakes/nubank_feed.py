"""Movements of the account as the feed of Nubank's app words them, and made-up deposits."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from nubank_assets.sources.demo.csv_writer import brazilian
from nubank_assets.sources.demo.truth import TruthLine

#: 40.00 of 120.00 were taken out, 0.05 of it yield of which 0.02 went to taxes: 80.05 are left; and 1000.10.
DEPOSITS: Final = (
    {
        "id": "deposit-1",
        "principal": Decimal("120.00"),
        "redeemedBalance": {
            "netAmount": Decimal("39.98"),
            "yield": Decimal("0.05"),
            "incomeTax": Decimal("0.01"),
            "iofTax": Decimal("0.01"),
        },
    },
    {
        "id": "deposit-2",
        "principal": Decimal("1000.10"),
        "redeemedBalance": {"netAmount": 0, "yield": 0, "incomeTax": 0, "iofTax": 0},
    },
)
_NAMED: Final = re.compile(r"^(.*?) - [•0-9]{2,3}\.[•0-9]{3}\.[•0-9]{3}[-/]")
#: Exports and the feed: beginnings of an export's title and the feed's title for the movement.
_FEED_TITLES: Final = (
    ("Transferência recebida pelo Pix - ", "Transferência recebida"),
    ("Transferência Recebida - ", "Transferência recebida"),
    ("Transferência enviada pelo Pix - ", "Transferência enviada"),
    ("Reembolso recebido pelo Pix - ", "Reembolso recebido"),
    ("Pagamento de boleto efetuado - ", "Pagamento efetuado"),
    ("Compra no débito via NuPay - ", "Compra no débito via NuPay"),
    ("Compra no débito - ", "Compra no débito"),
    ("Estorno - ", "Estorno"),
)


def feed_node(line: TruthLine, number: int, today: date) -> dict[str, Any]:
    """The node of a movement; `number` decides which of its looks it has."""
    title, detail = _feed_words(line.title)
    amount = f"R${chr(0xA0)}{brazilian(abs(line.centavos))}"
    way = "money_in" if line.centavos > 0 else "money_out"
    # Nubank writes the amount into either; not every movement has a tag.
    in_detail, has_tag = number % 5 == 0, "RDB" not in line.title
    return {
        "id": line.identifier,
        "title": title,
        "detail": f"{detail}\n{amount}".strip() if in_detail else detail,
        "footer": None if in_detail else amount,
        "tags": [way.replace("_", "-")] if has_tag else [],
        "iconKey": f"nuds_v2_icon.{way}",
        "postDate": line.date.isoformat(),
        "displayDate": {0: "Hoje", 1: "Ontem"}.get((today - line.date).days, f"{line.date:%d/%m}"),
        "strikethrough": False,
        "showClock": False,
        "kind": "NEUTRAL",
        "detailsDeeplink": f"nuapp://flutter/savings/details-screen/id/{line.identifier}",
    }


def _feed_words(title: str) -> tuple[str, str]:
    """Title and detail of the feed for a title of an export."""
    if title.startswith("Pagamento d") and "fatura" in title:
        return "Pagamento da fatura", "Cartão Nubank"
    for beginning, words in _FEED_TITLES:
        if title.startswith(beginning):
            rest = title.removeprefix(beginning)
            named = _NAMED.match(rest)
            return words, named[1] if named else rest
    return title, ""
