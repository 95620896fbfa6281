"""Documents as the CSV files the app exports: UTF-8 without BOM, LF, one header line.

The three looks of a card CSV and the one of the account. The OFX files are in ``ofx_writer.py``.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from nubank_assets.domain.vocabulary import CHARGE_KINDS, Flow
from nubank_assets.sources.demo.documents import AccountDocument, CardDocument
from nubank_assets.sources.demo.eras import Era, era_of
from nubank_assets.sources.demo.truth import TruthLine


def card_csv(document: CardDocument) -> bytes:
    """A bill; a purchase is positive in it."""
    write = {Era.A: _era_a, Era.B: _era_b, Era.C: _era_c}[era_of(document.bill)]
    return write(document.lines).encode()


def account_csv(document: AccountDocument) -> bytes:
    """A month of the account; money that leaves is negative in it."""
    rows = [
        (line.date.strftime("%d/%m/%Y"), decimals(line.centavos), line.identifier, line.title)
        for line in document.lines
    ]
    return _table("Data,Valor,Identificador,Descrição", rows).encode()


def decimals(centavos: int) -> str:
    """``-1234.50``."""
    whole, rest = divmod(abs(centavos), 100)
    return f"{'-' if centavos < 0 else ''}{whole}.{rest:02d}"


def shortest(centavos: int) -> str:
    """``-1234.5`` or ``50``: no more decimals than needed."""
    return decimals(centavos).rstrip("0").rstrip(".")


def brazilian(centavos: int) -> str:
    """``- 1.234,50``."""
    whole, rest = divmod(abs(centavos), 100)
    digits = f"{whole:,}".replace(",", ".")
    return f"{'- ' if centavos < 0 else ''}{digits},{rest:02d}"


def _era_a(lines: Iterable[TruthLine]) -> str:
    rows = [f"{line.date},{_printed_category(line)},{line.title},{shortest(-line.centavos)}\n" for line in lines]
    return "date,category,title,amount\n" + "".join(rows)


def _era_b(lines: Iterable[TruthLine]) -> str:
    return _table("date,title,amount", [(str(line.date), line.title, decimals(-line.centavos)) for line in lines])


def _era_c(lines: Iterable[TruthLine]) -> str:
    rows = [(str(line.date), line.title, brazilian(-line.centavos)) for line in lines]
    return _table("date,title,amount", rows)


def _printed_category(line: TruthLine) -> str:
    if line.category is None or line.flow is Flow.NEUTRAL or line.kind in CHARGE_KINDS:
        return ""
    return line.category.value


def _table(header: str, rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return f"{header}\n{text.getvalue()}"
