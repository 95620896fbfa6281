"""What the fake Pluggy has: the demo's household in the shapes that Pluggy answers for Nubank.

Made from the truth ledger, so that what is read of it can be compared with it. The server is ``pluggy_api.py``.
"""

import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from nubank_assets.domain.months import SAO_PAULO, day_of
from nubank_assets.domain.vocabulary import AccountType, BillState, Kind
from nubank_assets.sources.demo.cast import ABROAD_MONTHLY, ABROAD_TRIP, HOLDER_NAME
from nubank_assets.sources.demo.cycle import bill_of, closing_day, due_date
from nubank_assets.sources.demo.truth import Truth, TruthLine

Row = dict[str, Any]

ITEM: Final = "0aa0a000-0000-4000-8000-00000000000a"
CARD: Final = "cccc0000-0000-4000-8000-00000000c4d0"
BANK: Final = "bbbb0000-0000-4000-8000-00000000ba4c"
CARD_NUMBER: Final = "4321"
HOLDER_CPF: Final = "111.123.456-00"
LIMIT: Final = Decimal("15000.00")

_IDS: Final = uuid.UUID("1d1d0000-0000-4000-8000-000000000000")
_FOREIGN: Final = (ABROAD_MONTHLY[0], ABROAD_TRIP[0])
_PARCEL: Final = re.compile(r" - Parcela ([0-9]+/[0-9]+)$")
_PARTY: Final = re.compile(
    r"(?P<head>[^-]+?) - (?P<name>.+?)(?: - (?P<document>[•0-9]{2,3}\.[•0-9]{3}\.[-/•0-9]+) - .+)?"
)
_PENDING_DAYS: Final = 3


@dataclass
class PluggyContent:
    """Items by id, accounts by item, transactions and bills by account; tests change them as they like."""

    items: dict[str, Row] = field(default_factory=dict)
    accounts: dict[str, list[Row]] = field(default_factory=dict)
    transactions: dict[str, list[Row]] = field(default_factory=dict)
    bills: dict[str, list[Row]] = field(default_factory=dict)


def content_of(truth: Truth, today: date) -> PluggyContent:
    """The household's connection: one card, one account."""
    card = [line for line in truth.lines if line.account is AccountType.CARD]
    movements = [line for line in truth.lines if line.account is AccountType.ACCOUNT]
    closed = sorted({line.month for line in card if line.bill_state is BillState.CLOSED})
    bills = [bill_row(month, [line for line in card if line.month == month]) for month in reversed(closed)]
    owed = [line for line in card if line.bill_state is not BillState.CLOSED and line.kind is not Kind.BILL_PAYMENT]
    used = -sum(line.centavos for line in owed)
    balance = truth.balances[max(truth.balances)]
    first = min(line.date for line in truth.lines)
    return PluggyContent(
        items={ITEM: item_row(today, first)},
        accounts={ITEM: [bank_account(balance), card_account(used, closed)]},
        transactions={
            CARD: [card_row(line, number, today) for number, line in enumerate(card)],
            BANK: [bank_row(line, number) for number, line in enumerate(movements)],
        },
        bills={CARD: bills},
    )


def item_row(today: date, first: date) -> Row:
    """A connection that is well, and so old that the bank's year of history holds everything."""
    return {
        "id": ITEM,
        "connector": {"id": 200, "name": "MeuPluggy"},
        "status": "UPDATED",
        "executionStatus": "SUCCESS",
        "error": None,
        "createdAt": f"{first - timedelta(days=10)}T12:00:00.000Z",
        "lastUpdatedAt": f"{today}T11:30:00.000Z",
        "consentExpiresAt": f"{today + timedelta(days=200)}T12:00:00.000Z",
    }


def bank_account(balance: int) -> Row:
    return {
        "id": BANK,
        "type": "BANK",
        "subtype": "CHECKING_ACCOUNT",
        "number": "12345678-9",
        "name": "Conta do Nubank",
        "balance": reais(balance),
        "itemId": ITEM,
        "currencyCode": "BRL",
        "owner": HOLDER_NAME,
        "taxNumber": HOLDER_CPF,
        "bankData": {"transferNumber": "0260/0001/12345678-9", "closingBalance": reais(balance)},
        "creditData": None,
        "createdAt": "2026-01-01T10:00:00.000Z",
        "updatedAt": "2026-01-01T10:00:00.000Z",
    }


def card_account(used: int, closed: list[str]) -> Row:
    """`balance` is the used limit, future parcels too; the dates are those of the last closed bill."""
    available = LIMIT - reais(used)
    total = {
        "creditLineLimitType": "LIMITE_CREDITO_TOTAL",
        "consolidationType": "CONSOLIDADO",
        "identificationNumber": CARD_NUMBER,
        "limitAmount": LIMIT,
        "limitAmountCurrencyCode": "BRL",
        "usedAmount": reais(used),
        "availableAmount": available,
        "customizedLimitAmount": None,
    }
    modality = {**total, "creditLineLimitType": "LIMITE_CREDITO_MODALIDADE_OPERACAO", "lineName": "CREDITO_A_VISTA"}
    return {
        "id": CARD,
        "type": "CREDIT",
        "subtype": "CREDIT_CARD",
        "number": CARD_NUMBER,
        "name": "gold",
        "balance": reais(used),
        "itemId": ITEM,
        "currencyCode": "BRL",
        "creditData": {
            "brand": "MASTERCARD",
            "balanceCloseDate": str(closing_day(closed[-1])) if closed else None,
            "balanceDueDate": str(due_date(closed[-1])) if closed else None,
            "availableCreditLimit": available,
            "creditLimit": LIMIT,
            "minimumPayment": Decimal("0.00"),
            "holderType": "MAIN",
            "disaggregatedCreditLimits": [total, {**total, "identificationNumber": "8765"}, modality],
        },
        "createdAt": "2026-01-01T10:00:01.000Z",
        "updatedAt": "2026-01-01T10:00:01.000Z",
    }


def bill_row(month: str, lines: list[TruthLine]) -> Row:
    paid = [line for line in lines if line.kind is Kind.BILL_PAYMENT]
    return {
        "id": bill_id(month),
        "dueDate": f"{due_date(month)}T00:00:00.000Z",
        "billClosingDate": f"{closing_day(month)}T00:00:00.000Z",
        "totalAmount": -reais(sum(line.centavos for line in lines if line not in paid)),
        "totalAmountCurrencyCode": "BRL",
        "minimumPaymentAmount": Decimal("0.00"),
        "allowsInstallments": True,
        "financeCharges": [],
        "payments": [
            {"valueType": "FULL_PAYMENT", "paymentDate": str(line.date), "amount": reais(line.centavos)}
            for line in paid
        ],
    }


def bill_id(month: str) -> str:
    return str(uuid.uuid5(_IDS, f"bill {month}"))


def card_row(line: TruthLine, number: int, today: date) -> Row:
    """A line of a bill: positive is a purchase. Its id is another one once the bill is closed."""
    is_closed = line.bill_state is BillState.CLOSED
    is_new = line.bill_state is BillState.OPEN and (today - line.date).days < _PENDING_DAYS
    return {
        "id": str(uuid.uuid5(_IDS, f"{line.identifier} {number} {'closed' if is_closed else 'open'}")),
        "accountId": CARD,
        "description": _PARCEL.sub(r" \1", line.title),
        "descriptionRaw": None,
        **_card_amount(line, number),
        "date": f"{line.date}T{('03:00:00.000Z', '00:00:00.000Z', '12:00:00.000Z')[number % 3]}",
        "type": "DEBIT" if line.centavos < 0 else "CREDIT",
        "status": "PENDING" if is_new else "POSTED",
        "category": "Shopping",
        "categoryId": "08000000",
        "balance": None,
        "providerCode": None,
        "providerId": None,
        "operationType": None,
        "order": number,
        "merchant": None,
        "paymentData": None,
        "creditCardMetadata": _card_metadata(line, number, is_closed=is_closed),
        "createdAt": f"{today}T04:00:00.000Z",
        "updatedAt": f"{today}T04:00:00.000Z",
    }


def _card_amount(line: TruthLine, number: int) -> Row:
    """What was bought abroad has dollars, and its reais four decimals that round to the line's centavos."""
    amount = -reais(line.centavos)
    if line.title in _FOREIGN:
        converted = amount + Decimal("0.0041") if number % 2 else amount - Decimal("0.0050") * (1 if amount > 0 else -1)
        dollars = (amount / 5).quantize(Decimal("0.01"))
        return {"currencyCode": "USD", "amount": dollars, "amountInAccountCurrency": converted}
    return {"currencyCode": "BRL", "amount": amount, "amountInAccountCurrency": None}


def _card_metadata(line: TruthLine, number: int, *, is_closed: bool) -> Row:
    by_date_alone = bill_of(line.date) == line.month and number % 4 == 0
    bought = day_of(datetime.fromtimestamp(int(line.identifier[:8], 16), UTC))
    return {
        "installmentNumber": line.installment,
        "totalInstallments": line.installments,
        "purchaseDate": f"{bought}T03:00:00.000Z",
        "payeeMCC": 5411 if number % 2 else None,
        "cardNumber": CARD_NUMBER,
        "billId": bill_id(line.month) if is_closed else None,
        "billForecastDate": "0001-01" if by_date_alone else None if is_closed else line.month,
        "paymentType": "INSTALLMENT" if line.installment else "SINGLE",
    }


def bank_row(line: TruthLine, number: int) -> Row:
    """A movement, at a moment of its day: after nine in the evening UTC is a day further."""
    moment = datetime.combine(line.date, time(number * 7 % 24, 31, 7, 250_000), SAO_PAULO).astimezone(UTC)
    description, payment = _movement(line)
    return {
        "id": str(uuid.uuid5(_IDS, f"{line.identifier} {number}")),
        "accountId": BANK,
        "description": description,
        "descriptionRaw": description,
        "currencyCode": "BRL",
        "amount": reais(line.centavos),
        "amountInAccountCurrency": None,
        "date": f"{moment:%Y-%m-%dT%H:%M:%S}.250Z",
        "type": "DEBIT" if line.centavos < 0 else "CREDIT",
        "status": "POSTED",
        "category": "Transfers",
        "balance": None,
        "providerCode": None,
        "providerId": line.identifier,
        "merchant": None,
        "creditCardMetadata": None,
        **payment,
    }


#: Words of an export, what Nubank calls it through Pluggy, `paymentMethod` and `operationType`.
_MOVEMENTS: Final = {
    "Transferência enviada pelo Pix": ("Transferência enviada", "PIX", "PIX"),
    "Transferência recebida pelo Pix": ("Transferência Recebida", "PIX", "PIX"),
    "Transferência Recebida": ("Transferência Recebida", None, "TRANSFERENCIA_MESMA_INSTITUICAO"),
    "Reembolso recebido pelo Pix": ("Reembolso recebido pelo Pix", "PIX", "PIX"),
    "Pagamento de boleto efetuado": ("Pagamento efetuado", "BOLETO", "BOLETO"),
    "Compra no débito": ("Compra no débito", None, "CARTAO"),
    "Compra no débito via NuPay": ("Compra no débito via NuPay", None, "CARTAO"),
    "Estorno": ("Estorno", None, "CARTAO"),
}


def _movement(line: TruthLine) -> tuple[str, Row]:
    party = _PARTY.fullmatch(line.title)
    known = _MOVEMENTS.get(party["head"]) if party else None
    if not party or not known:
        return line.title, {"paymentData": None, "operationType": "OUTROS"}
    words, method, operation = known
    name = party["name"]
    description = f"{words} - {name.replace(' - ', '|', 1)}" if words == "Estorno" else f"{words}|{name}"
    if method is None:
        return description, {"paymentData": None, "operationType": operation}
    other = _participant(name, party["document"])
    holder = _participant(HOLDER_NAME, HOLDER_CPF)
    payer, receiver = (holder, other) if line.centavos < 0 else (other, holder)
    data = {"paymentMethod": method, "payer": payer, "receiver": receiver, "reason": None, "boletoMetadata": None}
    return description, {"paymentData": data, "operationType": operation}


def _participant(name: str, document: str | None) -> Row:
    """Pluggy tells the whole number where an export masks it."""
    number = (document or "").replace("•••.", "987.").replace("-••", "-65")
    type_ = "CNPJ" if "/" in number else "CPF"
    return {"name": name, "documentNumber": {"type": type_, "value": number}, "accountNumber": "12345-6"}


def reais(centavos: int) -> Decimal:
    return Decimal(centavos).scaleb(-2)
