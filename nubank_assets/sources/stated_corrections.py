"""Corrections that a person gives by a command: each a document of the inbox, as a row of the worksheet would be.

They are read with those of the worksheet, in ``sheets/correction_rows.py``.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from nubank_assets.domain.identity import content_hash, document_id
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.inbox import Receipt
from nubank_assets.messages import message
from nubank_assets.sources.sheets.correction_rows import CorrectionRow, write_corrections

SOURCE: Final = "stated"
#: What stands for an account in the receipt of what is of none; not that of the worksheet.
_NO_ACCOUNT: Final = "corrections"


def correction_receipt(row: CorrectionRow, months: Sequence[str], now: datetime) -> tuple[Receipt, bytes]:
    """The document of one correction, to be stored: given again, it is the same document, seen later."""
    data = write_corrections([row])
    # A worksheet with this very row has the same bytes, and is another document.
    document = document_id(content_hash(SOURCE.encode() + b"\n" + data), None)
    receipt = Receipt(
        document=document,
        sha256=content_hash(data),
        name=message("correction_name", title=row.get("title") or row.get("id"), category=row["category"]),
        source=SOURCE,
        format=DocumentFormat.STATED_CORRECTION,
        account=_NO_ACCOUNT,
        as_of=now,
        collected_at=now,
        lines=1,
        months=tuple(months),
    )
    return receipt, data
