"""What a file is, by its content; and the sentence a person reads when it is nothing we read."""

import codecs
import gzip
import io
import zipfile

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.messages import MESSAGES
from nubank_assets.sources.exports.recognition import UnrecognizedExportError, recognize

CARD = b"date,title,amount\n2025-12-14,Loja Azul,10.00\n"
OFX = "<OFX><X><{0}></{0}></X></OFX>"


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("Nubank_2026-01-10.csv"), CARD)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (CARD, DocumentFormat.CARD_CSV),
        (b"date,category,title,amount", DocumentFormat.CARD_CSV),
        (b"\n\n  \nDate;Title;Amount;;\r\n", DocumentFormat.CARD_CSV),
        ('"date","title","amount"'.encode("utf-16"), DocumentFormat.CARD_CSV),
        (b'"date,title,amount"\r\n', DocumentFormat.CARD_CSV),
        (b"date\ttitle\tamount\r", DocumentFormat.CARD_CSV),
        ("Data,Valor,Identificador,Descrição\n".encode(), DocumentFormat.ACCOUNT_CSV),
        ("Data,Valor,Identificador,Descrição\n".encode("cp1252"), DocumentFormat.ACCOUNT_CSV),
        ("Data;Valor;Identificador;Descric\u0327a\u0303o\n".encode(), DocumentFormat.ACCOUNT_CSV),
        (codecs.BOM_UTF8 + OFX.format("CCSTMTRS").encode(), DocumentFormat.CARD_OFX),
        (b"OFXHEADER:100\n" + OFX.format("STMTRS").encode() + b"\n\n", DocumentFormat.ACCOUNT_OFX),
    ],
)
def test_content_is_recognised(data: bytes, kind: DocumentFormat) -> None:
    assert recognize(data, "a.bin") is kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "está vazio"),
        (b" \n\t\r\n", "espaços em branco"),
        (codecs.BOM_UTF8, "espaços em branco"),
        (codecs.BOM_UTF16_LE, "espaços em branco"),
        (_zip(), "compactado"),
        (gzip.compress(CARD, mtime=0), "compactado"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "planilha do Excel antiga"),
        (CARD + b"\0", "não é um arquivo de texto"),
        (b"\x89PNG\x81\x8d", "não é um arquivo de texto"),
        ("date,title,amount".encode("utf-16")[:-1], "não é um arquivo de texto"),
        (b"OFXHEADER:100\n<OFX><CCSTMTRS><STMTTRN>", "cortado"),
        (b"OFXHEADER:100\n", "cortado"),
        (b"<OFX><CCSTMTRS></OFX>\n<OFX><STMTTRN>", "cortado"),
        (OFX.format("INVSTMTRS").encode(), "exatamente um extrato"),
        (OFX.format("CCSTMTRS").encode() + OFX.format("STMTRS").encode(), "exatamente um extrato"),
        (b"date,description,value\n", "“date,description,value”"),
        (b"date|title|amount\n", "date,category,title,amount | date,title,amount"),
        (b"<html><body>Entrar</body></html>", "cabeçalho"),
        (CARD.partition(b"\n")[2], "“2025-12-14,Loja Azul,10.00”"),
    ],
)
def test_what_is_not_read_is_named_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnrecognizedExportError) as failure:
        recognize(data, "fatura.csv")
    sentence = str(failure.value)
    assert isinstance(failure.value, InputError)
    assert sentence.startswith("fatura.csv: ")
    assert says in sentence
    assert "\n" not in sentence


def test_a_name_or_extension_decides_nothing() -> None:
    assert recognize(CARD, "extrato.ofx") is DocumentFormat.CARD_CSV
    with pytest.raises(UnrecognizedExportError):
        recognize(b"nothing", "Nubank_2026-01-10.csv")


def test_the_header_shown_is_short_and_printable() -> None:
    with pytest.raises(UnrecognizedExportError) as failure:
        recognize(b"\x1b[31m" + b"x" * 500 + b"\n", "a.csv")
    assert "\x1b" not in str(failure.value)
    assert "x" * 70 in str(failure.value)
    assert "x" * 81 not in str(failure.value)


def test_the_sentences_are_also_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", "en")
    with pytest.raises(UnrecognizedExportError, match="PDF bills are not read; export the bill as CSV or OFX"):
        recognize(b"%PDF-1.4", "a.pdf")


@pytest.mark.parametrize("key", [key for key in MESSAGES if key.startswith("export_")])
def test_each_sentence_has_both_languages_with_the_same_places(key: str) -> None:
    places = {
        locale: sorted(part.split("}")[0] for part in text.split("{")[1:]) for locale, text in MESSAGES[key].items()
    }
    assert places["pt-BR"] == places["en"]
