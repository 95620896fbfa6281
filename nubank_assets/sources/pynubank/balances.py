"""What the account holds and what the card allows on a day, as documents without lines.

They name the account: two logins may hold the very same.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import Answer
from nubank_assets.sources.json_documents import write_json
from nubank_assets.sources.pynubank.shapes import Row, missing, row, row_or_none, rows

_ACCOUNT: Final = ("data", "viewer", "savingsAccount")
_SAVINGS: Final = ("data", "viewer", "productFeatures", "buckets", "screens", "home")
_LIMITS: Final = ("credit_limit", "net_available")


def account_balance_answers(nubank: Any, account: str, day: date) -> list[Answer]:
    """The balance, the RDB deposits and the savings boxes of the account; [] without an account."""
    balance = nubank._make_graphql_request("account_balance")
    row(balance, "data", "viewer")
    if row_or_none(balance, *_ACCOUNT) is None:
        return []
    content = {
        "account": account,
        "observed_on": day.isoformat(),
        "balance": _number(row(balance, *_ACCOUNT, "currentSavingsBalance"), "netAmount"),
        "deposits": _deposits(nubank._make_graphql_request("account_investments")),
        "savings": row_or_none(nubank._make_graphql_request("account_savings"), *_SAVINGS),
    }
    return [_answer(DocumentFormat.ACCOUNT_PYNUBANK_BALANCE, account, "balance", content)]


def card_limit_answers(nubank: Any, account: str, day: date) -> list[Answer]:
    """The limit of the card, what is left of it and what is owed, in centavos; [] without a card."""
    if nubank._account_url is None:
        return []
    # pynubank has no public way to the limit.
    card = row(nubank._client.get(nubank._account_url), "account")
    if not any(name in card for name in _LIMITS):
        raise missing("account.credit_limit")
    content = {"account": account, "observed_on": day.isoformat(), "balances": card.get("balances")}
    content |= {name: card[name] for name in _LIMITS if name in card}
    return [_answer(DocumentFormat.CARD_PYNUBANK_LIMIT, account, "limit", content)]


def _answer(format: DocumentFormat, account: str, what: str, content: Row) -> Answer:  # noqa: A002
    return Answer(format, account, f"{account}-{what}-{content['observed_on']}.json", write_json(content))


def _number(answer: Row, name: str) -> int | Decimal:
    value = answer.get(name)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise missing(name)
    return value


def _deposits(answer: Row) -> list[Row] | None:
    """The deposits as answered, None where Nubank says nothing of them."""
    account = row_or_none(answer, *_ACCOUNT)
    if account is None or account.get("redeemableDeposits") is None:
        return None
    deposits = rows(account, "redeemableDeposits")
    for deposit in deposits:
        _number(deposit, "principal")
    return deposits
