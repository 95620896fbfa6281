"""Rounds of collection from a Pluggy whose content is set by hand, into an inbox whose storing may be killed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from nubank_assets.domain.months import SAO_PAULO, months_between
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.sources.collection import Collection, collect_sources
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.pluggy.collection import PluggySource
from nubank_assets.sources.raw import RawTables, read_raw_tables
from nubank_assets_tests.fakes.pluggy_api import CLIENT_ID, CLIENT_SECRET, FakePluggy
from nubank_assets_tests.fakes.pluggy_content import (
    BANK,
    CARD,
    ITEM,
    PluggyContent,
    Row,
    bank_account,
    card_account,
    item_row,
)

#: Name, month (of a bill the month it is due) and centavos of each line that counts.
Lines = Counter[tuple[str, str, int]]


class Killed(Exception):  # noqa: N818
    """The process ended here."""


class DyingInbox(Inbox):
    """An inbox whose process is killed before it stores one document more than `lives`."""

    def __init__(self, root: str, lives: int) -> None:
        super().__init__(root)
        self.lives = lives

    def add(self, receipt: Receipt, data: bytes) -> bool:
        if self.lives == 0:
            raise Killed
        self.lives -= 1
        return super().add(receipt, data)


@dataclass
class PluggyHome:
    """A person with one connection: ``home.content`` is what Pluggy has, ``home.round(day)`` collects it."""

    folder: Path
    pluggy: FakePluggy
    connected: date = date(2024, 1, 1)
    items: list[str] = field(default_factory=lambda: [ITEM])

    def __post_init__(self) -> None:
        self.credentials = LocalCredentials(self.folder / "secrets")
        self.credentials.put("pluggy_client_id", CLIENT_ID.encode())
        self.credentials.put("pluggy_client_secret", CLIENT_SECRET.encode())

    @property
    def content(self) -> PluggyContent:
        return self.pluggy.content

    @property
    def inbox(self) -> Inbox:
        return Inbox(str(self.folder / "inbox"))

    def round(self, day: date, *, lives: int | None = None, refreshed: str | None = None) -> Collection:
        """Collect at nine in the morning; `refreshed` is when the bank was asked, `lives` as in `DyingInbox`."""
        for item in self.items:
            said = item_row(day, self.connected) | {"createdAt": f"{self.connected}T12:00:00.000Z"}
            said |= {"lastUpdatedAt": refreshed} if refreshed else {}
            self.content.items[item.partition("=")[0]] = said
        inbox = self.inbox if lives is None else DyingInbox(str(self.folder / "inbox"), lives)
        source = PluggySource(self.credentials, self.pluggy.url, self.items)
        return collect_sources(inbox, [source], datetime.combine(day, time(9), SAO_PAULO))

    def rounds(self, days: Iterable[date]) -> None:
        """Rounds that must succeed."""
        for day in days:
            assert self.round(day).failures == ()

    @property
    def tables(self) -> RawTables:
        return read_raw_tables(self.inbox, months_between("2024-06", "2027-12"))

    @property
    def lines(self) -> Lines:
        """What counts, read of what is stored."""
        rows = self.tables.lines.to_pylist()
        return Counter((r["account"], r["month"], r["centavos"]) for r in rows if r["line_state"] == "current")


def bank(id_: str = BANK, number: str | None = "12345678-9", balance: int = 1000) -> Row:
    return bank_account(balance) | {"id": id_, "number": number}


def card(id_: str = CARD, number: str | None = "4321", created: str = "2025-01-01") -> Row:
    return card_account(0, []) | {"id": id_, "number": number, "createdAt": f"{created}T00:00:00.000Z"}


def bill(month: str, total: str = "0", id_: str | None = None) -> Row:
    """A bill that is due on the 10th."""
    return {"id": id_ or f"bill-{month}", "dueDate": f"{month}-10T00:00:00.000Z", "totalAmount": Decimal(total)}


def line(day: date | str, amount: str, description: str = "Compra no débito|Loja", **metadata: Any) -> Row:
    """A transaction; with `metadata` of a card."""
    return {
        "id": f"{day} {amount} {description}",
        "description": description,
        "amount": Decimal(amount),
        "currencyCode": "BRL",
        "date": f"{day}T12:00:00.000Z",
        "status": "POSTED",
        "creditCardMetadata": metadata or None,
    }
