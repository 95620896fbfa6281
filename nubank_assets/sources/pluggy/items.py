"""Connections (items) of Pluggy: how a person names them, whether they still work, when the bank was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from nubank_assets.domain.failures import InputError, SourceRefusedError
from nubank_assets.domain.identity import check_account_name
from nubank_assets.domain.months import SAO_PAULO, day_of
from nubank_assets.domain.vocabulary import AccountType
from nubank_assets.messages import message
from nubank_assets.sources.pluggy.moments import known_day, known_moment
from nubank_assets.sources.pluggy.shapes import Row, inner, text

#: A connection that could not be refreshed is read all the same for so long: banks have bad days.
OLDEST_REFRESH: Final = timedelta(days=7)
#: MeuPluggy asks the bank about 00:30, when the day that begins has no movements yet.
END_OF_NIGHT: Final = time(6)
#: How far back a bank answers when it is connected.
HISTORY: Final = timedelta(days=365)

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
        return any(
            re.fullmatch(rf"{re.escape(self.base(kind))}(-[0-9]{{1,4}}){{0,2}}", account) for kind in AccountType
        )


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


def refreshed_at(answer: Row, now: datetime) -> datetime:
    """When the bank was last asked, which is when balances and limits are of: not when we asked Pluggy."""
    return min(known_moment(answer.get("lastUpdatedAt")) or now, now)


def observed_on(answer: Row, now: datetime) -> date:
    """The day at whose end the bank's balances and limits are: what it says at night is of the day before."""
    refreshed = refreshed_at(answer, now).astimezone(SAO_PAULO)
    return refreshed.date() - timedelta(days=int(refreshed.time() < END_OF_NIGHT))


def history_starts(answer: Row, now: datetime, *, is_first: bool) -> list[date]:
    """The days on which the bank's history may begin: a year before it was connected, if Pluggy says when that was.

    Where something is stored already, also a year ago: what was answered further back may be answered no more.
    """
    connected = known_day(answer.get("createdAt"), day_of(now))
    ends = ([connected] if connected else []) + ([] if is_first else [day_of(now)])
    return [end - HISTORY for end in ends]
