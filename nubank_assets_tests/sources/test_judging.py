"""The same bills and days from several sources: one set of lines counts, and nothing is counted twice."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.vocabulary import BillState, DocumentFormat
from nubank_assets.sources.judged import JudgedDocument
from nubank_assets.sources.judging import judge
from nubank_assets_tests.fakes.documents import Line, bill_by_hand, june, statement_by_hand

CLOSED, OPEN = BillState.CLOSED, BillState.OPEN
CSV, NUBANK, PLUGGY = DocumentFormat.CARD_CSV, DocumentFormat.CARD_PYNUBANK_BILL, DocumentFormat.CARD_PLUGGY_BILL
STATEMENT, FEED = DocumentFormat.ACCOUNT_CSV, DocumentFormat.ACCOUNT_PYNUBANK_FEED
OPEN_FINANCE = DocumentFormat.ACCOUNT_PLUGGY_FEED

LINES: list[Line] = [(5, "Padaria Azul", -1000), (6, "Loja - Parcela 2/3", -5000), (7, "Padaria Azul", -1000)]
WORDED: list[Line] = [(5, "PADARIA AZUL SAO PAULO", -1000), (6, "Loja 2/3", -5000), (7, "PADARIA AZUL 7", -1000)]
PAYMENT: Line = (8, "Pagamento recebido", 9900)


def judged(*documents: JudgedDocument) -> dict[str, list[str]]:
    judge(documents)
    return {document.name: document.line_states.to_pylist() for document in documents}


def contradictions(*documents: JudgedDocument) -> dict[str, str]:
    return {document.name: other for document in documents for other in document.contradictions.values()}


def test_a_closed_export_counts_however_late_an_api_was_asked() -> None:
    documents = [
        bill_by_hand("export", CSV, june(35), LINES, CLOSED),
        bill_by_hand("pluggy", PLUGGY, june(60), WORDED, CLOSED),
        bill_by_hand("nubank", NUBANK, june(61), LINES, CLOSED),
    ]
    assert judged(*documents) == {"export": ["current"] * 3, "pluggy": ["duplicate"] * 3, "nubank": ["duplicate"] * 3}
    assert contradictions(*documents) == {}


def test_an_export_that_agrees_replaces_what_an_api_said_first() -> None:
    documents = [
        bill_by_hand("pluggy", PLUGGY, june(34), WORDED, CLOSED),
        bill_by_hand("export", CSV, june(35), LINES, CLOSED),
    ]
    assert judged(*documents) == {"pluggy": ["duplicate"] * 3, "export": ["current"] * 3}


def test_of_closed_bills_with_other_money_the_export_stays_and_the_api_contradicts_it() -> None:
    for day in (34, 36, 50):
        documents = [
            bill_by_hand("nubank", NUBANK, june(day), LINES, CLOSED),
            bill_by_hand("export", CSV, june(35), LINES[:2], CLOSED),
        ]
        assert judged(*documents) == {"nubank": ["superseded"] * 3, "export": ["current"] * 2}
        assert contradictions(*documents) == {"nubank": "export"}


def test_payments_that_only_one_source_lists_are_no_contradiction() -> None:
    documents = [
        bill_by_hand("export", CSV, june(35), [*LINES, PAYMENT], CLOSED),
        bill_by_hand("pluggy", PLUGGY, june(60), WORDED, CLOSED),
    ]
    assert judged(*documents) == {"export": ["current"] * 4, "pluggy": ["duplicate"] * 3}
    assert contradictions(*documents) == {}


def test_of_an_open_bill_the_later_day_counts_and_on_one_day_the_export() -> None:
    older = bill_by_hand("export", CSV, june(20), LINES[:1], OPEN)
    newer = bill_by_hand("pluggy", PLUGGY, june(21), WORDED, OPEN)
    assert judged(older, newer) == {"export": ["superseded"], "pluggy": ["current"] * 3}
    morning = bill_by_hand("export", CSV, june(21, hour=9), LINES, OPEN)
    assert judged(morning, newer) == {"export": ["current"] * 3, "pluggy": ["duplicate"] * 3}


def test_an_api_corrects_its_closed_bill_without_contradicting_itself() -> None:
    documents = [
        bill_by_hand("first", PLUGGY, june(34), WORDED[:2], CLOSED),
        bill_by_hand("second", PLUGGY, june(50), WORDED, CLOSED),
    ]
    assert judged(*documents) == {"first": ["superseded"] * 2, "second": ["current"] * 3}
    assert contradictions(*documents) == {}


def test_a_day_that_is_over_is_the_statements() -> None:
    documents = [
        statement_by_hand("export", STATEMENT, june(10), [(5, "Pix - ANA", -100, "a"), (9, "Pix - BIA", -200, "b")]),
        statement_by_hand("pluggy", OPEN_FINANCE, june(20), [(5, "Ana", -100, "x"), (12, "Bia", -300, "y")]),
    ]
    assert judged(*documents) == {"export": ["current"] * 2, "pluggy": ["duplicate", "current"]}
    assert contradictions(*documents) == {}


def test_a_movement_dated_a_day_off_the_statement_is_not_counted_beside_it() -> None:
    documents = [
        statement_by_hand("export", STATEMENT, june(30), [(1, "A", -1), (5, "Pix - ANA", -100, "a"), (28, "B", -2)]),
        statement_by_hand("pluggy", OPEN_FINANCE, june(40), [(6, "Ana", -100, "x"), (10, "Nova", -700, "z")]),
    ]
    assert judged(*documents)["pluggy"] == ["duplicate", "superseded"]
    assert contradictions(*documents) == {"pluggy": "export"}


def test_the_day_a_statement_was_made_is_not_over() -> None:
    documents = [
        statement_by_hand("export", STATEMENT, june(10), [(1, "A", -1), (10, "Pix - ANA", -100, "a")]),
        statement_by_hand("feed", FEED, june(11), [(10, "Pix - ANA", -100, "a"), (10, "Pix - BIA", -5, "b")]),
    ]
    assert judged(*documents) == {"export": ["current", "duplicate"], "feed": ["current"] * 2}


def test_lines_that_are_no_money_neither_count_nor_compete() -> None:
    documents = [
        statement_by_hand("export", STATEMENT, june(10), [(5, "Pix - ANA", -100, "a")]),
        statement_by_hand("feed", FEED, june(20), [(4, "Loja", -7, "c")], void=[(5, "Falhou", -100, "a")]),
    ]
    assert judged(*documents) == {"export": ["current"], "feed": ["current", "void"]}


def test_a_movement_that_an_api_moved_to_another_day_counts_once() -> None:
    documents = [
        statement_by_hand("first", OPEN_FINANCE, june(15), [(5, "Ana", -100, "x"), (9, "Bia", -7, "y")]),
        statement_by_hand("second", OPEN_FINANCE, june(20), [(8, "Ana", -100, "x"), (9, "Bia", -7, "y")]),
    ]
    assert judged(*documents) == {"first": ["superseded", "duplicate"], "second": ["current"] * 2}
    assert contradictions(*documents) == {}


def test_a_movement_at_the_end_of_an_exports_days_that_an_api_dates_later_counts_once() -> None:
    export = statement_by_hand("export", STATEMENT, june(40), [(14, "A", -1), (15, "Pix - ANA", -100, "a")])
    pluggy = statement_by_hand("pluggy", OPEN_FINANCE, june(40), [(16, "Ana", -100, "x"), (18, "Nova", -7, "y")])
    assert judged(export, pluggy) == {"export": ["current"] * 2, "pluggy": ["duplicate", "current"]}
    assert contradictions(export, pluggy) == {}


def test_equal_movements_of_days_in_a_row_stay_as_many_as_they_are() -> None:
    coffee: list[Line] = [(day, "Compra no débito - Café", -500, f"c{day}") for day in (13, 14, 15)]
    export = statement_by_hand("export", STATEMENT, june(16), coffee)
    more: list[Line] = [(day, "Café", -500, f"x{day}") for day in (13, 14, 15, 16, 17)]
    pluggy = statement_by_hand("pluggy", OPEN_FINANCE, june(20), more)
    assert judged(export, pluggy)["pluggy"] == ["duplicate"] * 3 + ["current"] * 2


def test_the_first_of_a_months_lines_a_day_earlier_at_another_api_counts_once() -> None:
    nubank = statement_by_hand("nubank", FEED, june(20), [(5, "Pix - ANA", -100, "a"), (9, "B", -2, "b")])
    pluggy = statement_by_hand("pluggy", OPEN_FINANCE, june(20), [(4, "Ana", -100, "x"), (9, "B", -2, "y")])
    assert judged(nubank, pluggy) == {"nubank": ["current"] * 2, "pluggy": ["duplicate"] * 2}


def test_an_answer_that_was_replaced_contradicts_nobody() -> None:
    documents = [
        statement_by_hand("export", STATEMENT, june(40), [(5, "A", -1, "a"), (9, "B", -2, "b")]),
        statement_by_hand("old", OPEN_FINANCE, june(10), [(5, "A", -1, "x"), (7, "Withdrawn", -9, "z")]),
        statement_by_hand("new", OPEN_FINANCE, june(20), [(5, "A", -1, "x"), (9, "B", -2, "y")]),
    ]
    assert judged(*documents)["new"] == ["duplicate"] * 2
    assert contradictions(*documents) == {}


_STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from([STATEMENT, FEED, OPEN_FINANCE]),
        st.integers(1, 20),
        st.lists(st.tuples(st.integers(1, 15), st.sampled_from(["a", "b"]), st.integers(-3, -1)), max_size=6),
    ),
    max_size=5,
)


@given(_STATEMENTS)
def test_each_day_is_one_documents_and_nothing_of_it_is_lost(
    given_: list[tuple[DocumentFormat, int, Sequence[Line]]],
) -> None:
    documents = [
        statement_by_hand(f"d{number}", format_, june(as_of), lines)
        for number, (format_, as_of, lines) in enumerate(given_)
    ]
    judge(documents)
    states: dict[object, dict[str, set[str]]] = {}
    for document in documents:
        for day, state in zip(document.parsed.lines["date"].to_pylist(), document.line_states.to_pylist(), strict=True):
            states.setdefault(day, {}).setdefault(document.name, set()).add(state)
    for of_day in states.values():
        counting = [name for name, found in of_day.items() if "current" in found]
        assert len(counting) <= 1
        # Beside a line that counts, a line of the same document may only be another document's, told once more.
        assert all(of_day[name] <= {"current", "duplicate"} for name in counting)
    kept = Counter(
        centavos
        for document in documents
        for centavos, state in zip(
            document.parsed.lines["centavos"].to_pylist(), document.line_states.to_pylist(), strict=True
        )
        if state == "current"
    )
    for document in documents:
        if [d for d in documents if d.receipt.format is STATEMENT] == [document]:
            lines = document.parsed.lines
            pairs = zip(lines["date"].to_pylist(), lines["centavos"].to_pylist(), strict=True)
            assert not Counter(centavos for day, centavos in pairs if document.facts.knows(day)) - kept
