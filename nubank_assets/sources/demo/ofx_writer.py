"""Documents as the OFX files the app exports: SGML, without the closing tags of values until 2022, with them since.

Amounts have the account's sign (a purchase is negative). The CSV files are in ``csv_writer.py``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from nubank_assets.domain.vocabulary import Kind
from nubank_assets.sources.demo.cast import ACCOUNT_NUMBER, CARD_ACCOUNT_ID
from nubank_assets.sources.demo.csv_writer import decimals, shortest
from nubank_assets.sources.demo.cycle import closing_day, opening_day
from nubank_assets.sources.demo.documents import AccountDocument, CardDocument
from nubank_assets.sources.demo.eras import has_old_ofx
from nubank_assets.sources.demo.truth import TruthLine

_HEADER: Final = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:{encoding}
CHARSET:{charset}
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

"""
_BRASILIA: Final = timezone(timedelta(hours=-3))


@dataclass(frozen=True)
class _Style:
    """How the OFX of a time writes values, moments and amounts."""

    old: bool

    def value(self, tag: str, value: str) -> str:
        return f"<{tag}>{value}" if self.old else f"<{tag}>{value}</{tag}>"

    def block(self, tag: str, *content: str) -> str:
        return "\n".join((f"<{tag}>", *content, f"</{tag}>"))

    def day(self, day: date) -> str:
        return f"{day:%Y%m%d}000000[-3:{'GMT' if self.old else 'BRT'}]"

    def moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(_BRASILIA):%Y%m%d%H%M%S}[-3:{'GMT' if self.old else 'BRT'}]"

    def amount(self, centavos: int) -> str:
        return shortest(centavos) if self.old else decimals(centavos)


def card_ofx(document: CardDocument) -> bytes:
    """A bill; its LEDGERBAL is the sum of its lines without the payments received."""
    style = _Style(old=has_old_ofx(document.bill))
    total = sum(line.centavos for line in document.lines if line.kind is not Kind.BILL_PAYMENT)
    first, last = opening_day(document.bill), closing_day(document.bill)
    statement = style.block(
        "CCSTMTRS",
        style.value("CURDEF", "BRL"),
        style.block("CCACCTFROM", style.value("ACCTID", CARD_ACCOUNT_ID)),
        _transactions(style, first, last, document.lines),
        _ledger(style, total, last),
    )
    body = _body(style, document.exported_at, "CREDITCARDMSGSRSV1", "CCSTMTTRNRS", statement)
    return (_HEADER.format(encoding="USASCII", charset="1252") + body).encode()


def account_ofx(document: AccountDocument) -> bytes:
    """A month of the account; its LEDGERBAL is the balance at the end."""
    style = _Style(old=False)
    statement = style.block(
        "STMTRS",
        style.value("CURDEF", "BRL"),
        style.block(
            "BANKACCTFROM",
            style.value("BANKID", "0260"),
            style.value("BRANCHID", "1"),
            style.value("ACCTID", f"{ACCOUNT_NUMBER[:-1]}-{ACCOUNT_NUMBER[-1]}"),
            style.value("ACCTTYPE", "CHECKING"),
        ),
        _transactions(style, document.first, document.last, document.lines),
        _ledger(style, document.balance, document.last),
    )
    body = _body(style, document.exported_at, "BANKMSGSRSV1", "STMTTRNRS", statement)
    return (_HEADER.format(encoding="UTF-8", charset="NONE") + body).encode()


def _body(style: _Style, exported_at: datetime, messages: str, response: str, statement: str) -> str:
    status = style.block("STATUS", style.value("CODE", "0"), style.value("SEVERITY", "INFO"))
    bank = style.block("FI", style.value("ORG", "NU PAGAMENTOS S.A."), style.value("FID", "260"))
    sign_on = style.block(
        "SONRS",
        status,
        style.value("DTSERVER", style.moment(exported_at)),
        style.value("LANGUAGE", "POR"),
        *(() if style.old else (bank,)),
    )
    answer = style.block(messages, style.block(response, style.value("TRNUID", "1001"), status, statement))
    return style.block("OFX", style.block("SIGNONMSGSRSV1", sign_on), answer) + "\n"


def _transactions(style: _Style, first: date, last: date, lines: Iterable[TruthLine]) -> str:
    return style.block(
        "BANKTRANLIST",
        style.value("DTSTART", style.day(first)),
        style.value("DTEND", style.day(last)),
        *(_transaction(style, line) for line in lines),
    )


def _transaction(style: _Style, line: TruthLine) -> str:
    return style.block(
        "STMTTRN",
        style.value("TRNTYPE", "DEBIT" if line.centavos < 0 else "CREDIT"),
        style.value("DTPOSTED", style.day(line.date)),
        style.value("TRNAMT", style.amount(line.centavos)),
        style.value("FITID", line.identifier),
        style.value("MEMO", line.title),
    )


def _ledger(style: _Style, centavos: int, day: date) -> str:
    return style.block(
        "LEDGERBAL", style.value("BALAMT", style.amount(centavos)), style.value("DTASOF", style.day(day))
    )
