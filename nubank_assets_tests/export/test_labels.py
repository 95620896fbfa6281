"""Every value of a closed list, every header and every sentence has its words in both languages."""

import pytest

from nubank_assets.domain import linking, proof_words, vocabulary
from nubank_assets.export.labels import WORDS, label, sentence
from nubank_assets.export.person_sheets import PERSON_SHEETS
from nubank_assets.export.sentences import MESSAGES as REPORT_MESSAGES
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets.messages import MESSAGES


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("kind", vocabulary.Kind),
        ("category", vocabulary.Category),
        ("reason", vocabulary.RejectReason),
        ("bill", vocabulary.BillState),
        ("method", vocabulary.CategoryMethod),
        ("proof", proof_words.BillProof),
        ("proof", proof_words.AccountProof),
        ("stated_by", proof_words.StatedBy),
        ("cause", proof_words.DifferenceCause),
        ("settlement", proof_words.BillSettlement),
        ("span", proof_words.ProofSpan),
        ("coverage", proof_words.Coverage),
        ("account_type", vocabulary.AccountType),
        ("link", linking.LinkReason),
        ("found", linking.LinkMethod),
        ("unlinked", linking.UnlinkedReason),
        ("part", linking.CountedPart),
        ("state", linking.PartState),
    ],
)
def test_every_value_of_a_list_has_words(prefix: str, values: list[str]) -> None:
    assert {f"{prefix}.{value}" for value in values} <= set(WORDS)


def test_categories_keep_their_names_in_portuguese() -> None:
    assert [label(f"category.{name}", "pt-BR") for name in vocabulary.Category] == list(vocabulary.Category)


def test_every_worksheet_has_words() -> None:
    own = [sheet for sheet in WORKSHEETS if not sheet.is_original]
    known = {*MESSAGES, *REPORT_MESSAGES}
    assert {sheet.title for sheet in own} <= set(WORDS)
    assert {column.label for sheet in own for column in sheet.columns} <= set(WORDS)
    assert {sentence for sheet in WORKSHEETS for sentence in (sheet.intro, sheet.empty) if sentence} <= known


def test_no_word_is_declared_for_nothing() -> None:
    of_people = {column.label for sheet in PERSON_SHEETS for column in (*sheet.columns, *sheet.status)}
    shown = {sheet.title for sheet in (*WORKSHEETS, *PERSON_SHEETS)} | of_people
    shown |= {column.label for sheet in WORKSHEETS for column in sheet.columns}
    declared = {key for key in WORDS if key.startswith(("sheet.", "column."))}
    assert declared == shown & declared


def test_a_value_without_words_stands_for_itself() -> None:
    assert label("kind.brand_new", "en") == "brand_new"
    assert label("kind.purchase", "fr") == label("kind.purchase", "pt-BR")
    assert sentence("sheet_no_data", "fr") == "nenhum dado ainda"


def test_widths_columns_and_orders_fit_their_tables() -> None:
    for sheet in WORKSHEETS:
        assert {key.column for key in sheet.order} <= set(sheet.table.column_names)
        assert set(sheet.where_columns) <= set(sheet.table.column_names)
        assert sheet.made_by or set(sheet.sums) <= set(sheet.table.column_names)
        assert all(column.value or len(column.sources) == 1 for column in sheet.columns)
