"""OFX beyond the golden pairs: nothing is expanded or fetched, and one broken transaction spoils no other."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import ParsedDocument
from nubank_assets.sources.exports.recognition import UnrecognizedExportError, recognize
from nubank_assets.sources.reader import read_document

LATEST = date(2027, 12, 31)
GOOD = "<STMTTRN><DTPOSTED>20260714<TRNAMT>-1.00<FITID>x<MEMO>Loja Azul</STMTTRN>"


def document(body: str, before: str = "OFXHEADER:100\n", after: str = "") -> bytes:
    return f"{before}<OFX><CCSTMTRS>\n<BANKTRANLIST>\n{body}\n</BANKTRANLIST>{after}</CCSTMTRS></OFX>".encode()


def read(data: bytes) -> ParsedDocument:
    return read_document(data, recognize(data, "x.ofx"), LATEST)


def titles(data: bytes) -> list[str | None]:
    names: list[str | None] = read(data).lines["raw_title"].to_pylist()
    return names


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE OFX [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(20)
    )
    body = GOOD.replace("Loja Azul", "&u;&k;")
    started = time.perf_counter()
    assert titles(document(body, before=bomb + "]>\n")) == ["&u;&k;"]
    assert time.perf_counter() - started < 1


def test_nothing_outside_the_document_is_read() -> None:
    kind = '<?xml version="1.0"?>\n<!DOCTYPE OFX [<!ENTITY file SYSTEM "file:///etc/hostname">]>\n'
    assert titles(document(GOOD.replace("Loja Azul", "&file;"), before=kind)) == ["&file;"]


@pytest.mark.parametrize(
    ("memo", "title"),
    [
        ("Casa &amp; Cia", "Casa & Cia"),
        ("Casa &amp;amp; Cia", "Casa &amp; Cia"),
        ("Casa & Cia", "Casa & Cia"),
        ("R&AMPLA", "R&AMPLA"),
        ("&lt;b&gt; &quot;x&quot; &apos;y&apos;", "<b> \"x\" 'y'"),
        ("Caf&#233; &#xE9;", "Café é"),
        ("&#0;&#xD800;&#9999999;", "&#0;&#xD800;&#9999999;"),
        ("Loja < Verde > Azul", "Loja < Verde > Azul"),
        ("<![CDATA[Casa & Cia]]>", "Casa & Cia"),
    ],
)
def test_a_title_is_verbatim_its_entities_decoded_once(memo: str, title: str) -> None:
    assert titles(document(GOOD.replace("Loja Azul", memo))) == [title]


def test_memo_comes_before_name() -> None:
    both = GOOD.replace("<MEMO>", "<NAME>Nome<MEMO>")
    assert titles(document(both + GOOD.replace("<MEMO>", "<NAME>"))) == ["Loja Azul", "Loja Azul"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<\0")) | st.just("</A>")))
def test_a_broken_transaction_spoils_no_other(junk: list[str]) -> None:
    blocks = [f"{GOOD}\n<STMTTRN>{text}<TRNAMT>{text}</STMTTRN>\n" for text in junk]
    lines = read(document("".join(blocks) + GOOD)).lines.to_pylist()
    assert len(lines) == 2 * len(junk) + 1
    assert [line["centavos"] for line in lines[::2]] == [-100] * (len(junk) + 1)
    assert all(line["reason"] and line["raw_text"].startswith("<STMTTRN>") for line in lines[1::2])
    assert len({line["line_number"] for line in lines}) == len(lines)


def test_a_document_that_says_nothing_of_itself_has_no_facts() -> None:
    parsed = read(document(GOOD))
    assert parsed.format is DocumentFormat.CARD_OFX
    assert (parsed.external_account, parsed.cycle_end, parsed.as_of, parsed.ledger_brl, parsed.ledger_on) == (None,) * 5


def test_no_transaction_is_no_line() -> None:
    assert read(document("")).lines.num_rows == 0


def test_the_later_of_server_and_ledger_time_counts() -> None:
    ledger = "<LEDGERBAL><BALAMT>-1.00<DTASOF>20260803000000[-3:BRT]</LEDGERBAL>"
    data = document(GOOD, after=ledger).replace(b"<OFX>", b"<OFX><DTSERVER>20260801120000[-3:BRT]")
    as_of = read(data).as_of
    assert as_of is not None
    assert as_of.isoformat() == "2026-08-03T03:00:00+00:00"


def test_a_damaged_head_is_named() -> None:
    with pytest.raises(UnrecognizedExportError, match="danificado"):
        read(document(GOOD, after="</A></A></A></A></A>"))


def test_many_unclosed_transactions_are_read_in_linear_time() -> None:
    started = time.perf_counter()
    assert read(document("<STMTTRN>\n" * 20_000)).lines.num_rows == 20_000
    assert time.perf_counter() - started < 10
