"""What Nubank's API would say of a demo's truth: bills, events, the account's feed, balances.

The shapes are those of pynubank's own mocked answers: amounts of the card are integer centavos or text in reais,
those of the account numbers in reais, or text in a feed.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.vocabulary import AccountType, BillState, Kind
from nubank_assets.sources.demo.csv_writer import decimals
from nubank_assets.sources.demo.cycle import bill_of, closing_day, due_date, opening_day, state_of
from nubank_assets.sources.demo.truth import Truth, TruthLine
from nubank_assets_tests.fakes.nubank_feed import DEPOSITS, feed_node

Json = dict[str, Any]

CARD_LINKS: Final = ("bills_summary", "events", "account", "customer")
CREDIT_LIMIT: Final = 1_500_000
_EVENT_KINDS: Final = (Kind.PURCHASE, Kind.INSTALLMENT, Kind.PIX_ON_CREDIT)


@dataclass
class NubankAnswers:
    """The answers on a day. `has_card` and `has_account` may be turned off; `extra_nodes` are in the feed too."""

    truth: Truth
    today: date
    has_card: bool = True
    has_account: bool = True
    extra_nodes: list[Json] = field(default_factory=list)
    #: Months of bills that the list leaves out.
    lost_bills: set[str] = field(default_factory=set)

    @property
    def card_links(self) -> tuple[str, ...]:
        """The links that a login gives for the card."""
        return CARD_LINKS if self.has_card else ()

    def viewer(self, account: Json) -> Json:
        """An answer about the account, or that there is none."""
        return {"data": {"viewer": {"savingsAccount": account if self.has_account else None}}}

    def bills_summary(self, url: str) -> Json:
        months = sorted({line.month for line in self._card} | {bill_of(self.today)}, reverse=True)
        return {"bills": [self._listed(month, url) for month in months if month not in self.lost_bills], "_links": {}}

    def bill(self, identifier: str, url: str) -> Json | None:
        month = bill_of(self.today) if identifier == "open" else identifier.removeprefix("bill-")
        lines = [line for line in self._card if line.month == month]
        if state_of(month, self.today) is BillState.FUTURE or (not lines and identifier != "open"):
            return None
        return {"bill": {**self._listed(month, url), "barcode": "", "line_items": [_item(line) for line in lines]}}

    def events(self) -> Json:
        found = [event for line in self._card for event in self._event(line)]
        closed = sorted({line.month for line in self._card if state_of(line.month, self.today) is BillState.CLOSED})
        found += [_closed_event(month) for month in closed]
        found.sort(key=lambda event: str(event["time"]), reverse=True)
        return {"events": found, "as_of": datetime.now(UTC).isoformat(), "customer_id": "made-up", "_links": {}}

    def card_account(self) -> Json:
        owed = {state: self._owed(state) for state in BillState}
        left = CREDIT_LIMIT - owed[BillState.OPEN] - owed[BillState.FUTURE]
        balances = {"open": owed[BillState.OPEN], "future": owed[BillState.FUTURE], "due": 0, "available": left}
        return {"account": {"credit_limit": CREDIT_LIMIT, "net_available": left, "balances": balances, "due_day": 10}}

    def account_balance(self) -> Json:
        balance = self.truth.balances[max(self.truth.balances)]
        return self.viewer({"currentSavingsBalance": {"netAmount": Decimal(decimals(balance))}})

    def investments(self) -> Json:
        return self.viewer({"redeemableDeposits": [dict(deposit) for deposit in DEPOSITS]})

    def savings(self) -> Json:
        home = {"mainBalance": {"netAmount": Decimal("37.0")}, "balancesList": []}
        return {"data": {"viewer": {"productFeatures": {"buckets": {"screens": {"home": home}}}}}}

    def feed_pages(self, size: int) -> list[list[Json]]:
        """The account's movements, the latest first."""
        lines = [line for line in self.truth.lines if line.account is AccountType.ACCOUNT and line.date <= self.today]
        nodes = [feed_node(line, number, self.today) for number, line in enumerate(lines)] + self.extra_nodes
        nodes = sorted(nodes, key=lambda node: str(node["postDate"]), reverse=True)
        return [nodes[first : first + size] for first in range(0, len(nodes), size)] or [[]]

    @property
    def _card(self) -> list[TruthLine]:
        return [line for line in self.truth.lines if line.account is AccountType.CARD]

    def _owed(self, state: BillState) -> int:
        """What the bills of a state charge."""
        lines = [line for line in self._card if line.kind is not Kind.BILL_PAYMENT]
        return -sum(line.centavos for line in lines if state_of(line.month, self.today) is state)

    def _listed(self, month: str, url: str) -> Json:
        state, lines = state_of(month, self.today), [line for line in self._card if line.month == month]
        if state is BillState.FUTURE:
            return {"state": "future", "summary": _summary(month, lines)}
        name = "open" if state is BillState.OPEN else f"bill-{month}"
        listed = {
            "_links": {"self": {"href": f"{url}/api/bills/{name}"}},
            "state": "open" if state is BillState.OPEN else "closed" if self.today <= due_date(month) else "overdue",
            "summary": _summary(month, lines),
        }
        return listed if state is BillState.OPEN else {**listed, "id": name, "href": f"nuapp://bill/{name}"}

    def _event(self, line: TruthLine) -> list[Json]:
        head = {"id": line.identifier, "time": _moment(line)}
        if line.kind is Kind.BILL_PAYMENT:
            return [{**head, "category": "payment", "title": line.title, "amount": line.centavos}]
        if line.kind not in _EVENT_KINDS or line.centavos > 0 or (line.installment or 1) > 1:
            return []
        total = -line.centavos * (line.installments or 1)
        iof = self._iof(line)
        details: Json = {"status": "settled", "subcategory": "card_not_present"}
        if line.installments:
            details["charges"] = {"count": line.installments, "amount": -line.centavos}
        if iof:
            details["fx"] = {"currency_origin": "USD", "precise_amount_origin": _dollars(total)}
        transaction = {
            "category": "transaction",
            "description": _bare_title(line),
            "title": line.category.value if line.category else "outros",
            "amount": total + iof,
            "amount_without_iof": total,
            "details": details,
            "href": f"nuapp://transaction/{line.identifier}",
        }
        return [{**head, **transaction}]

    def _iof(self, line: TruthLine) -> int:
        same = [other for other in self._card if other.kind is Kind.IOF and other.pair == line.pair and line.pair]
        return -sum(other.centavos for other in same)


def _item(line: TruthLine) -> Json:
    item = {
        "amount": -line.centavos,
        "charges": line.installments or 1,
        "id": line.identifier,
        "index": (line.installment or 1) - 1,
        "post_date": line.date.isoformat(),
        "title": _bare_title(line),
    }
    if line.category:
        item["category"] = _plain(line.category.value).capitalize()
    if line.kind is not Kind.BILL_PAYMENT:
        item["href"] = f"nuapp://transaction/{line.identifier}"
    return item


def _bare_title(line: TruthLine) -> str:
    """Without the number of a parcel, which has fields of its own; where a bank's plan has it in its name, with it."""
    number = f"{line.installment}/{line.installments}"
    if line.installment is None or re.search(f" - {number}$", line.title):
        return line.title
    return re.sub(f"( - Parcela)? {number}$", "", line.title)


def _summary(month: str, lines: list[TruthLine]) -> Json:
    charged = -sum(line.centavos for line in lines if line.kind is not Kind.BILL_PAYMENT)
    paid = sum(line.centavos for line in lines if line.kind is Kind.BILL_PAYMENT)
    return {
        "open_date": opening_day(month).isoformat(),
        "close_date": (closing_day(month) + timedelta(days=1)).isoformat(),
        "due_date": due_date(month).isoformat(),
        "effective_due_date": due_date(month).isoformat(),
        "payments": decimals(-paid),
        "total_cumulative": charged,
        "total_balance": charged,
        "interest_rate": "0.1375",
    }


def _closed_event(month: str) -> Json:
    title = {"title": "Fatura fechada", "description": f"Vence em {due_date(month):%d/%m}"}
    moment = f"{closing_day(month) + timedelta(days=1)}T06:54:46.658Z"
    return {"category": "bill_flow_closed", "time": moment, "id": f"bill-{month}", "amount": 1, **title}


def _moment(line: TruthLine) -> str:
    """Nubank's identifiers begin with their moment."""
    return datetime.fromtimestamp(int(line.identifier[:8], 16), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _dollars(centavos: int) -> str:
    return str((Decimal(centavos) / 550).quantize(Decimal("0.01")))


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
