"""What a person states by hand: a balance at the end of a day, a card's limits. Each is a document of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import check_account_name, content_hash, document_id
from nubank_assets.domain.months import day_of, month_of
from nubank_assets.domain.vocabulary import AccountType, DocumentFormat, Reading
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import LINES_SCHEMA, Observation, ParsedDocument
from nubank_assets.sources.exports.dates import EARLIEST
from nubank_assets.sources.json_documents import read_json, write_json

SOURCE: Final = "stated"
_FORMATS: Final = {
    AccountType.CARD: DocumentFormat.CARD_STATED_LIMIT,
    AccountType.ACCOUNT: DocumentFormat.ACCOUNT_STATED_BALANCE,
}


def state_readings(
    inbox: Inbox, account_type: AccountType, account: str, readings: Mapping[Reading, Decimal], day: date, now: datetime
) -> Receipt:
    """Store what a person states of an account at the end of a São Paulo day, in BRL; a later statement replaces it.

    Raises InputError for a day that is to come or before Nubank, or a name that is no account's.
    """
    products = {receipt.format.account_type for receipt in inbox.receipts() if receipt.account == account}
    if products and account_type not in products:
        raise InputError(message("stated_other_product", account=account, product=min(products).value))
    if not EARLIEST <= day <= day_of(now):
        raise InputError(message("stated_day_wrong", day=day))
    content = {
        "account": check_account_name(account),
        "observed_on": day.isoformat(),
        "readings": {reading.value: str(value) for reading, value in readings.items()},
    }
    data = write_json(content)
    sha256 = content_hash(data)
    receipt = Receipt(
        document=document_id(sha256, None),
        sha256=sha256,
        name=message("stated_name", account=account, day=day.isoformat()),
        source=SOURCE,
        format=_FORMATS[account_type],
        account=account,
        as_of=now,
        collected_at=now,
        lines=0,
        months=(month_of(day),),
    )
    inbox.add(receipt, data)
    return receipt


def read_statement(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002, ARG001
    """A document of `state_readings`: no lines, only what was stated; its signature is that of every reader."""
    content = read_json(data, SOURCE)
    day = date.fromisoformat(content["observed_on"])
    observations = [Observation(Reading(name), day, Decimal(value)) for name, value in content["readings"].items()]
    return ParsedDocument(format, LINES_SCHEMA.empty_table(), observations=tuple(observations))
