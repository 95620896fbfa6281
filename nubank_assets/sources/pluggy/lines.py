"""One transaction of Pluggy to one line of LINES_SCHEMA. What several rows say together is for ``reading.py``."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import simplejson

from nubank_assets.domain.vocabulary import AccountType, RejectReason
from nubank_assets.sources.base import LINES_SCHEMA
from nubank_assets.sources.exports.dates import EARLIEST
from nubank_assets.sources.pluggy.amounts import BRL, as_centavos, as_decimal, own_currency_amount
from nubank_assets.sources.pluggy.moments import has_time, occurrence, parse_day
from nubank_assets.sources.pluggy.shapes import Row
from nubank_assets.sources.pluggy.titles import bank_title, card_title, description

#: Sign of our amounts by Pluggy's `type`.
_SIGNS: Final = {"DEBIT": -1, "CREDIT": 1}
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_FOREIGN: Final = LINES_SCHEMA.field("foreign_amount").type


@dataclass(frozen=True)
class LineReader:
    """How the rows of one document are read: of which product, up to which day, whether the account is in BRL."""

    account_type: AccountType
    latest: date
    in_reais: bool = True

    def read(self, row: Row, number: int) -> dict[str, Any]:
        """The line, by column; columns that are not there are NULL."""
        amount, day = own_currency_amount(row), parse_day(row.get("date"))
        centavos = self._centavos(amount)
        reason = self._reject_reason(row, day, centavos)
        line = {
            "line_number": number,
            "raw_date": _text(row.get("date")),
            "raw_title": description(row),
            "raw_amount": _text(row.get("amount") if amount is None else amount),
            "raw_category": _text(row.get("category")),
            "raw_identifier": _identifier(row),
        }
        if reason:
            known = None if reason is RejectReason.CONTRADICTORY_SIGN else centavos
            return line | {"reason": reason.value, "raw_text": _json(row), "rejected_centavos": known}
        return line | {"date": day, "centavos": centavos} | self._details(row) | self._title(row, centavos or 0)

    def _centavos(self, amount: object) -> int | None:
        """With our sign: on a card a purchase is positive at Pluggy, on an account what leaves is negative."""
        centavos = as_centavos(amount) if self.in_reais else None
        return -centavos if centavos and self.account_type is AccountType.CARD else centavos

    def _reject_reason(self, row: Row, day: date | None, centavos: int | None) -> RejectReason | None:
        if day is None:
            return RejectReason.BROKEN_DATE
        if not EARLIEST <= day <= self.latest:
            return RejectReason.DATE_OUT_OF_RANGE
        if centavos is None:
            return RejectReason.BROKEN_AMOUNT
        sign = _SIGNS.get(str(row.get("type")))
        return RejectReason.CONTRADICTORY_SIGN if sign and centavos * sign < 0 else None

    def _title(self, row: Row, centavos: int) -> dict[str, str | None]:
        if self.account_type is AccountType.CARD:
            return {"statement_title": card_title(row)}
        return {"statement_title": bank_title(row, is_credit=centavos > 0)}

    def _details(self, row: Row) -> dict[str, Any]:
        metadata = row.get("creditCardMetadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        code = metadata.get("payeeMCC")
        return {
            "occurred_at": self._occurred_at(row, metadata),
            "card_last_four": _last_four(metadata.get("cardNumber")),
            "merchant_code": None if code is None or isinstance(code, bool) else str(code),
            **_foreign(row),
        }

    def _occurred_at(self, row: Row, metadata: Row) -> datetime | None:
        if self.account_type is AccountType.ACCOUNT:
            return occurrence(row.get("date")) if has_time(row.get("date")) else None
        moments = (occurrence(metadata.get(name)) for name in ("transactionDateTime", "purchaseDate"))
        return next((moment for moment in moments if moment), None)


def _identifier(row: Row) -> str | None:
    """The bank's own uuid if Pluggy passes it on (the Identificador of an export), else Pluggy's id."""
    own = (row.get(name) for name in ("providerId", "providerCode"))
    return next((text for text in own if isinstance(text, str) and _UUID.fullmatch(text)), _text(row.get("id")))


def _foreign(row: Row) -> dict[str, Any]:
    currency, amount = row.get("currencyCode"), as_decimal(row.get("amount"))
    if not isinstance(currency, str) or currency == BRL:
        return {}
    step = Decimal(1).scaleb(-_FOREIGN.scale)
    value = None if amount is None or amount.adjusted() >= 12 else abs(amount).quantize(step, ROUND_HALF_UP)
    return {"foreign_currency": currency, "foreign_amount": value}


def _last_four(number: object) -> str | None:
    digits = re.sub("[^0-9]", "", number)[-4:] if isinstance(number, str) else ""
    return digits if len(digits) == 4 else None


def _text(value: object) -> str | None:
    """A text or number as it was written; other values as JSON."""
    if value is None or isinstance(value, str):
        return value
    return str(value) if as_decimal(value) is not None else _json(value)


def _json(value: object) -> str:
    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False, sort_keys=True)
