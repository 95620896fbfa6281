"""Every golden pair in ``data/exports``: what each era and variant of an export must give.

A new variant is a document and an expectation written by hand. After a wanted change of the reader,
``python -m nubank_assets_tests.sources.regenerate`` writes the expectations again; read its difference.
"""

import json
from pathlib import Path

import pytest

from nubank_assets.domain.vocabulary import DocumentFormat, Family
from nubank_assets.sources.exports.recognition import recognize
from nubank_assets.sources.reader import READERS, read_document
from nubank_assets_tests.sources.golden import DOCUMENTS, LATEST, actual, expected_path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_reads_as_its_expectation_says(document: Path) -> None:
    assert actual(document) == json.loads(expected_path(document).read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_line_is_readable_or_a_reject_with_its_text(document: Path) -> None:
    data = document.read_bytes()
    for line in read_document(data, recognize(data, document.name), LATEST).lines.to_pylist():
        rejected = line["reason"] is not None
        assert (line["raw_text"] is not None) is rejected
        assert (line["date"] is None) is rejected
        assert (line["centavos"] is None) is rejected


def test_every_format_has_a_reader_and_a_pair() -> None:
    formats = {json.loads(expected_path(document).read_text(encoding="utf-8"))["format"] for document in DOCUMENTS}
    exports = {format_ for format_ in DocumentFormat if format_.family is Family.EXPORTS}
    assert {DocumentFormat(value) for value in formats} == exports
    assert set(READERS) == set(DocumentFormat)


def test_no_expectation_is_without_its_document() -> None:
    folder = DOCUMENTS[0].parent
    assert set(folder.glob("*.json")) == {expected_path(document) for document in DOCUMENTS}


def test_the_pairs_kept_their_bytes() -> None:
    folder = DOCUMENTS[0].parent
    assert b"\r\n" in (folder / "card_excel_semicolon.csv").read_bytes()
    assert (folder / "card_excel_semicolon.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (folder / "card_excel_tab_utf16.csv").read_bytes().startswith(b"\xff\xfe")
    assert "São".encode("cp1252") in (folder / "card_cp1252.csv").read_bytes()
    assert b"\r\n" in (folder / "card_crlf.ofx").read_bytes()


def test_the_card_ledger_is_the_sum_of_its_lines_without_payments() -> None:
    """A fact of the exports: LEDGERBAL is the sum of TRNAMT less `Pagamento recebido`."""
    for name in ("card_2021.ofx", "card_2026.ofx"):
        content = actual(DOCUMENTS[0].parent / name)
        charged = sum(row["centavos"] for row in content["rows"] if row["title"] != "Pagamento recebido")
        assert f"{charged / 100:.2f}" == content["ledger_brl"]
