"""One line, one record, whatever stands in it: nothing is lost, swallowed or invented."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.exports import decoding
from nubank_assets.sources.exports.recognition import recognize
from nubank_assets.sources.reader import read_document

LATEST = date(2027, 12, 31)
HEADERS = [
    "date,category,title,amount",
    "date,title,amount",
    "date;title;amount",
    "Data,Valor,Identificador,Descrição",
    '"date,title,amount"',
]
NO_BREAK = st.characters(codec="utf-8", exclude_characters="\r\n\0")
#: Lines made of what breaks readers, and of anything.
LINES = st.lists(
    st.text(st.sampled_from('",;\t -0129./R$aé\u2212\u00a0\u2028\x85\x0c'), max_size=30)
    | st.text(NO_BREAK, max_size=30)
    | st.sampled_from(['2026-01-01,"Loja,5.00', '2026-01-01,"a"b,5.00', "2026-01-01,Loja,5.00", '"', "\ufeff"])
)
TITLES = st.text(NO_BREAK, min_size=1, max_size=40)
DAYS = st.dates(min_value=date(2013, 1, 1), max_value=LATEST)
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda value: value + 0)


def read(text: str, kind: DocumentFormat = DocumentFormat.CARD_CSV) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = read_document(text.encode(), kind, LATEST).lines.to_pylist()
    return rows


def rfc(*fields: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(fields)
    return line.getvalue()


def brazilian(value: Decimal) -> str:
    text = f"{abs(value):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"- {text}" if value < 0 else text


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(lines=LINES)
def test_every_line_that_is_not_blank_is_one_row(header: str, newline: str, lines: list[str]) -> None:
    text = newline.join([header, *lines])
    rows = read(text, recognize(text.encode(), "x"))
    assert [row["line_number"] for row in rows] == [number for number, line in enumerate(lines, 2) if line.strip()]
    for row in rows:
        assert row["raw_text"] is None or row["raw_text"] == lines[int(str(row["line_number"])) - 2]


@given(lines=LINES, size=st.integers(min_value=1, max_value=40))
def test_blocks_of_any_size_give_the_same_lines(lines: list[str], size: int) -> None:
    data = "\n".join(["date,title,amount", *lines]).encode()
    blocks = [line for block in decoding.line_blocks(data, size) for line in block]
    assert blocks == [line for block in decoding.line_blocks(data) for line in block]
    assert blocks[1:] == lines


@settings(max_examples=50)
@given(st.lists(st.tuples(DAYS, TITLES, AMOUNTS)), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_each_era_gives_back_what_was_written(rows: list[tuple[date, str, Decimal]], encoding: str) -> None:
    """B, C and the spreadsheets' variants are RFC 4180, so any title comes back."""
    variants: dict[str, Callable[[date, str, Decimal], str]] = {
        "date,title,amount": lambda day, title, value: rfc(day.isoformat(), title, f"{value:f}"),
        "date,title,amount,": lambda day, title, value: rfc(day.isoformat(), title, brazilian(value)),
        '"date,title,amount"': lambda day, title, value: rfc(rfc(day.isoformat(), title, brazilian(value))),
    }
    for header, line in variants.items():
        data = "\r\n".join([header, *(line(*row) for row in rows)]).encode(encoding)
        parsed = read_document(data, recognize(data, "x"), LATEST).lines.to_pylist()
        got = [(row["date"], row["raw_title"], row["centavos"]) for row in parsed]
        assert got == [(day, title, int(-value * 100)) for day, title, value in rows]


@given(DAYS, st.text(st.sampled_from('ab "é.1'), min_size=1).filter(lambda text: not text.startswith('"')), AMOUNTS)
def test_era_a_titles_come_back_with_the_quotes_nobody_escaped(day: date, title: str, value: Decimal) -> None:
    row = read(f"date,category,title,amount\n{day},outros,{title},{value:f}")[0]
    assert (row["date"], row["raw_title"], row["centavos"]) == (day, title, int(-value * 100))


@given(DAYS, TITLES, AMOUNTS)
def test_spreadsheet_lines_come_back(day: date, title: str, value: Decimal) -> None:
    line = f'{day:%d/%m/%Y};"{title.replace(chr(34), chr(34) * 2)}";{brazilian(value)}'
    row = read(f"date;title;amount\n{line}")[0]
    assert (row["date"], row["raw_title"], row["centavos"]) == (day, title, int(-value * 100))


@given(DAYS, TITLES, AMOUNTS)
def test_account_lines_keep_their_sign(day: date, title: str, value: Decimal) -> None:
    line = rfc(f"{day:%d/%m/%Y}", f"{value:f}", "6a22d0f0-0000-4000-8000-0000000000a1", title)
    row = read(f"Data,Valor,Identificador,Descrição\n{line}", DocumentFormat.ACCOUNT_CSV)[0]
    assert (row["date"], row["raw_title"], row["centavos"]) == (day, title, int(value * 100))


@given(DAYS, st.text(st.sampled_from("ab 1"), min_size=1), st.integers(0, 99999), st.integers(0, 99))
def test_a_decimal_comma_without_quotes_never_becomes_an_amount(day: date, title: str, reais: int, cents: int) -> None:
    for header, start in (("date,title,amount", f"{day}"), ("date,category,title,amount", f"{day},outros")):
        row = read(f"{header}\n{start},{title},{reais},{cents:02d}")[0]
        assert (row["reason"], row["centavos"]) == ("ambiguous_amount", None)


def test_a_broken_quote_swallows_no_line() -> None:
    rows = read('date,title,amount\n2026-01-01,"Loja,5.00\n2026-01-02,Loja "Azul",6.00\n2026-01-03,"Fim",7.00\n')
    assert [row["centavos"] for row in rows] == [None, -600, -700]
    assert rows[0]["raw_text"] == '2026-01-01,"Loja,5.00'


def test_a_document_of_another_format_is_not_read() -> None:
    with pytest.raises(ValueError, match="account_csv"):
        read("date,title,amount\n", DocumentFormat.ACCOUNT_CSV)


def test_old_line_ends_are_line_ends() -> None:
    rows = read("date,title,amount\r2026-01-01,Loja,5.00\r\r2026-01-02,Loja,6.00\r")
    assert [(row["line_number"], row["centavos"]) for row in rows] == [(2, -500), (4, -600)]
