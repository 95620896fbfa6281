"""Small export files written for one test, and an inbox to import them into."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from nubank_assets.domain.catalog import RAW_DOCUMENTS, RAW_LINES, RAW_READINGS
from nubank_assets.lake.inbox import Inbox
from nubank_assets.lake.publish import conform
from nubank_assets.sources.exports.collection import CollectedFile, CollectionOptions, collect_file
from nubank_assets.sources.raw import RawTables

ACCOUNT_HEADER = "Data,Valor,Identificador,Descrição"


def card_csv(*lines: str) -> str:
    """A card export of today's layout: lines such as `2026-06-01,Loja,5.00`."""
    return "\n".join(["date,title,amount", *lines, ""])


def account_csv(*lines: str) -> str:
    """An account export: lines such as `05/06/2026,-5.00,id,Pagamento de fatura`."""
    return "\n".join([ACCOUNT_HEADER, *lines, ""])


def card_ofx(
    lines: Iterable[tuple[str, str, str]], *, ledger: str = "0.00", as_of: str = "20260701", end: str = "20260703"
) -> str:
    """A card OFX: lines are (20260601, title, amount), a purchase negative."""
    return _ofx("CCSTMTRS", "CREDITCARDMSGSRSV1", lines, ledger, as_of, end)


def account_ofx(
    lines: Iterable[tuple[str, str, str]], *, ledger: str = "0.00", as_of: str = "20260701", end: str = "20260630"
) -> str:
    """An account OFX: lines are (20260601, title, amount)."""
    return _ofx("STMTRS", "BANKMSGSRSV1", lines, ledger, as_of, end)


def _ofx(
    statement: str, messages: str, lines: Iterable[tuple[str, str, str]], ledger: str, as_of: str, end: str
) -> str:
    transactions = "\n".join(
        f"<STMTTRN><TRNTYPE>OTHER</TRNTYPE><DTPOSTED>{day}000000[-3:BRT]</DTPOSTED><TRNAMT>{amount}</TRNAMT>"
        f"<FITID>id-{number}</FITID><MEMO>{title}</MEMO></STMTTRN>"
        for number, (day, title, amount) in enumerate(lines)
    )
    return (
        f"OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><SIGNONMSGSRSV1><SONRS><DTSERVER>{as_of}120000[-3:BRT]</DTSERVER></SONRS>"
        f"</SIGNONMSGSRSV1><{messages}><{statement}><ACCTID>uuid</ACCTID><BANKTRANLIST><DTSTART>20260601</DTSTART>"
        f"<DTEND>{end}</DTEND>\n{transactions}\n</BANKTRANLIST><LEDGERBAL><BALAMT>{ledger}</BALAMT>"
        f"<DTASOF>{as_of}120000[-3:BRT]</DTASOF></LEDGERBAL></{statement}></{messages}></OFX>\n"
    )


class Household:
    """A folder where a person's files are saved, and the inbox they are imported into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inbox = Inbox(str(folder / "inbox"))
        self._copies = 0

    def save(self, name: str, content: str | bytes, at: datetime) -> Path:
        """A file as the app saved it at that moment."""
        self._copies += 1
        path = self.folder / f"files-{self._copies}" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    def bring(
        self, name: str, content: str | bytes, at: datetime, options: CollectionOptions | None = None
    ) -> CollectedFile:
        """Save a file and import it."""
        return collect_file(self.inbox, self.save(name, content, at), options or CollectionOptions())


def stored_rows(tables: RawTables) -> dict[str, list[dict[str, Any]]]:
    """Rows as they would be stored."""
    parts = {RAW_LINES: tables.lines, RAW_DOCUMENTS: tables.documents, RAW_READINGS: tables.readings}
    return {table.name: conform(rows, table).to_pylist() for table, rows in parts.items()}
