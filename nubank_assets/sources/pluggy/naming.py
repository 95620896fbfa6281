"""How Pluggy's accounts are called on the platform: by names that they keep, whatever comes and goes beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from nubank_assets.domain.identity import check_account_name
from nubank_assets.domain.vocabulary import AccountType
from nubank_assets.lake.inbox import Receipt
from nubank_assets.sources.pluggy.items import Item
from nubank_assets.sources.pluggy.shapes import Row, missing, text

_TYPES: Final = {"CREDIT": AccountType.CARD, "BANK": AccountType.ACCOUNT}


@dataclass(frozen=True)
class NamedAccount:
    """An account of Pluggy with the name it has on the platform."""

    name: str
    type: AccountType
    row: Row

    @property
    def external(self) -> str:
        """What Pluggy calls it: its id, which lasts as long as the connection, and its number, which lasts longer."""
        return f"{text(self.row, 'id')} {_digits(self.row)}".strip()


def name_accounts(item: Item, accounts: Iterable[Row], known: Iterable[Receipt] = ()) -> list[NamedAccount]:
    """The accounts by the names they keep, current accounts first, then the oldest.

    An id that has documents keeps their name; after a reconnection, when ids are new, a number does. A new account
    is `card` or `account`, or `card-1234` where another one is or was called that.
    """
    naming = _Naming(item, list(known))
    rows = sorted(accounts, key=_seniority)
    types = [_type(row) for row in rows]
    named: dict[int, str] = {}
    for choose in (naming.by_id, naming.by_number, naming.anew):
        for number, (row, type_) in enumerate(zip(rows, types, strict=True)):
            if number not in named and (name := choose(row, type_)):
                named[number] = name
                naming.taken.add(name)
    return [
        NamedAccount(check_account_name(named[number]), type_, row)
        for number, (row, type_) in enumerate(zip(rows, types, strict=True))
    ]


@dataclass
class _Naming:
    """The names that are taken in this round, and those that documents have."""

    item: Item
    known: Sequence[Receipt]
    taken: set[str] = field(default_factory=set)

    def by_id(self, row: Row, type_: AccountType) -> str | None:
        """The name that the documents of the very account have."""
        id_ = text(row, "id")
        return self._newest(name for known, _, name in self._stored(type_) if known == id_)

    def by_number(self, row: Row, type_: AccountType) -> str | None:
        """The name of this connection that documents of an account of the same number have."""
        digits = _digits(row)
        names = (name for _, number, name in self._stored(type_) if digits and number == digits)
        return self._newest(name for name in names if self.item.owns(name))

    def anew(self, row: Row, type_: AccountType) -> str:
        """A name that no account has or had."""
        used = self.taken | {name for _, _, name in self._stored(type_)}
        return next(name for name in _names(self.item.base(type_), row) if name not in used)

    def _newest(self, names: Iterable[str]) -> str | None:
        return next((name for name in names if name not in self.taken), None)

    def _stored(self, type_: AccountType) -> Iterator[tuple[str, str, str]]:
        """Id, number and name of the accounts that have documents, the latest first."""
        for receipt in sorted(self.known, key=lambda receipt: receipt.as_of, reverse=True):
            if receipt.external_account and receipt.format.account_type is type_:
                id_, _, number = receipt.external_account.partition(" ")
                yield id_, number, receipt.account


def _names(base: str, row: Row) -> Iterator[str]:
    yield base
    digits = _digits(row)[-4:]
    if not digits:
        raise missing("number")
    yield f"{base}-{digits}"
    yield from (f"{base}-{digits}-{number}" for number in count(2))


def _type(row: Row) -> AccountType:
    type_ = _TYPES.get(text(row, "type"))
    if type_ is None:
        raise missing("type")
    return type_


def _digits(row: Row) -> str:
    number = row.get("number")
    return re.sub("[^0-9]", "", number) if isinstance(number, str) else ""


def _seniority(row: Row) -> tuple[bool, str, str]:
    """Order that a new card or the order of an answer does not change: current accounts, then the oldest first."""
    return row.get("subtype") == "SAVINGS_ACCOUNT", str(row.get("createdAt") or ""), text(row, "id")
