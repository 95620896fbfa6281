"""Connections (items) of Pluggy: how a person names them, whether they still work, how their accounts are called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from nubank_assets.domain.failures import InputError, SourceRefusedError
from nubank_assets.domain.identity import check_account_name
from nubank_assets.domain.months import day_of
from nubank_assets.domain.vocabulary import AccountType
from nubank_assets.messages import message
from nubank_assets.sources.pluggy.moments import known_day, known_moment
from nubank_assets.sources.pluggy.shapes import Row, inner, missing, text

#: A connection that could not be refreshed is read all the same for so long: banks have bad days.
OLDEST_REFRESH: Final = timedelta(days=7)
#: How far back a bank answers when it is connected.
HISTORY: Final = timedelta(days=365)

_TYPES: Final = {"CREDIT": AccountType.CARD, "BANK": AccountType.ACCOUNT}
_NEEDS_PERSON: Final = frozenset({"LOGIN_ERROR", "WAITING_USER_INPUT", "WAITING_USER_ACTION"})
_NOT_AUTHORISED: Final = frozenset(
    {
        "ACCOUNT_LOCKED",
        "ACCOUNT_NEEDS_ACTION",
        "INVALID_CREDENTIALS",
        "INVALID_CREDENTIALS_MFA",
        "USER_AUTHORIZATION_NOT_GRANTED",
        "USER_AUTHORIZATION_PENDING",
        "USER_AUTHORIZATION_REVOKED",
        "USER_NOT_SUPPORTED",
    }
)


@dataclass(frozen=True)
class Item:
    """A connection as it is set: its id, and the name that its accounts get after `card-` and `account-`."""

    id: str
    name: str | None = None

    @property
    def label(self) -> str:
        """What sentences call it: never the whole id."""
        return self.name or self.id[:8]

    def base(self, account_type: AccountType) -> str:
        """The name of the connection's first card or account."""
        return f"{account_type.value}-{self.name}" if self.name else account_type.value

    def owns(self, account: str) -> bool:
        """Whether an account of this name is one of this connection's."""
        return any(re.fullmatch(rf"{re.escape(self.base(kind))}(-[0-9]{{1,4}})?", account) for kind in AccountType)


@dataclass(frozen=True)
class NamedAccount:
    """An account of Pluggy with the name it has on the platform."""

    name: str
    type: AccountType
    row: Row


def parse_items(items: Sequence[str]) -> list[Item]:
    """`id` or `id=name` of each connection; raises InputError when there is none, or one is wrong or repeated."""
    if not items:
        raise InputError(message("pluggy_items_missing"))
    found: list[Item] = []
    for number, setting in enumerate(items, start=1):
        id_, separator, name = (part.strip() for part in setting.partition("="))
        if not id_ or (separator and not name) or id_ in {item.id for item in found}:
            raise InputError(message("pluggy_item_wrong", number=number))
        found.append(Item(id_, check_account_name(name) if name else None))
    return found


def check_item(item: Item, answer: Row, now: datetime) -> None:
    """Raise SourceRefusedError when the person must connect again: consent revoked, login refused, or long stale."""
    status = text(answer, "status")
    codes = (answer.get("executionStatus"), inner(answer, "error").get("code"))
    refused = next((code for code in codes if code in _NOT_AUTHORISED), None)
    expires = known_moment(answer.get("consentExpiresAt"))
    if expires and expires <= now:
        refused = "CONSENT_EXPIRED"
    if refused or status in _NEEDS_PERSON:
        raise SourceRefusedError(message("pluggy_item_refused", item=item.label, status=refused or status))
    refreshed = known_moment(answer.get("lastUpdatedAt"))
    if status == "OUTDATED" and (refreshed is None or now - refreshed > OLDEST_REFRESH):
        day = day_of(refreshed) if refreshed else "?"
        raise SourceRefusedError(message("pluggy_item_outdated", item=item.label, day=day))


def observed_on(answer: Row, now: datetime) -> date:
    """The day that balances and limits are of: when the bank was last asked, not when we asked Pluggy."""
    refreshed = known_moment(answer.get("lastUpdatedAt"))
    return day_of(min(refreshed, now) if refreshed else now)


def history_start(answer: Row, now: datetime) -> date | None:
    """The first day the bank answered for when it was connected, if Pluggy says when that was."""
    connected = known_day(answer.get("createdAt"), day_of(now))
    return connected - HISTORY if connected else None


def name_accounts(item: Item, accounts: Iterable[Row]) -> list[NamedAccount]:
    """The accounts by the names they keep: the first card is `card`, a second one `card-1234`."""
    taken: set[str] = set()
    named: list[NamedAccount] = []
    for row in sorted(accounts, key=_seniority):
        type_ = _TYPES.get(text(row, "type"))
        if type_ is None:
            raise missing("type")
        name = item.base(type_)
        name = _with_digits(name, row) if name in taken else name
        if name in taken:
            raise InputError(message("pluggy_accounts_same", name=name))
        taken.add(name)
        named.append(NamedAccount(check_account_name(name), type_, row))
    return named


def _seniority(row: Row) -> tuple[bool, str, str]:
    """Order that a new card or the order of an answer does not change: current accounts, then the oldest first."""
    return row.get("subtype") == "SAVINGS_ACCOUNT", str(row.get("createdAt") or ""), text(row, "id")


def _with_digits(name: str, row: Row) -> str:
    digits = re.sub("[^0-9]", "", text(row, "number"))[-4:]
    if not digits:
        raise missing("number")
    return f"{name}-{digits}"
