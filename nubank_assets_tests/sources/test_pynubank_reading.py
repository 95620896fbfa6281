"""Stored answers of Nubank against hand-written expectations, and amounts of the feed's text whatever they are."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.domain.failures import SourceAnswerError
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.json_documents import read_json, write_json
from nubank_assets.sources.pynubank.reading import read_answer

FOLDER = Path(__file__).parent.parent / "data" / "pynubank"
DOCUMENTS = sorted(path for path in FOLDER.glob("*.json") if not path.name.endswith(".expected.json"))
LATEST = date(2027, 12, 31)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return value if value is None or isinstance(value, int | str) else value.isoformat()  # type: ignore[attr-defined]


def _facts(parsed: ParsedDocument) -> dict[str, Any]:
    rows = [
        {n: _plain(v) for n, v in row.items() if v is not None and n not in {"line_number", "raw_text"}}
        for row in parsed.lines.to_pylist()
    ]
    seen = [[one.reading.value, one.observed_on.isoformat(), str(one.value)] for one in parsed.observations]
    return {"bill_state": parsed.bill_state, "observations": seen, "rows": rows}


def _read(path: Path) -> ParsedDocument:
    return read_answer(path.read_bytes(), DocumentFormat(path.name.split(".")[0]), LATEST)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_reads_as_a_person_read_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    assert _facts(_read(path)) == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_item_is_one_line_of_the_schema_and_rejects_alone_keep_their_json(path: Path) -> None:
    parsed, content = _read(path), read_json(path.read_bytes(), path.name)
    items = content.get("nodes") or content.get("events") or content.get("bill", {}).get("line_items") or []
    assert parsed.lines.schema == LINES_SCHEMA
    assert parsed.lines["line_number"].to_pylist() == list(range(1, len(items) + 1))
    for item, line in zip(items, parsed.lines.to_pylist(), strict=True):
        assert (line["raw_text"] is not None) == (line["reason"] is not None)
        assert line["raw_text"] is None or read_json(line["raw_text"], "item") == item
        assert line["reason"] is None or (line["date"] is None and line["centavos"] is None)
        assert line["centavos"] is not None or line["reason"] is not None or line["void_reason"] is not None


def test_every_format_has_a_document() -> None:
    formats = {path.name.split(".")[0] for path in DOCUMENTS}
    assert formats == {f.value for f in DocumentFormat if "pynubank" in f.value}


@pytest.mark.parametrize(
    ("format_", "content"),
    [
        ("card_pynubank_bill", {"bill": {}}),
        ("card_pynubank_bill", {"bill": {"line_items": ["text"]}}),
        ("card_pynubank_feed", {}),
        ("account_pynubank_feed", {"nodes": None}),
        ("account_pynubank_balance", {"balance": 1}),
        ("card_pynubank_limit", {"observed_on": "today"}),
        ("card_pynubank_limit", []),
    ],
)
def test_what_surrounds_the_items_must_be_there(format_: str, content: object) -> None:
    with pytest.raises(SourceAnswerError, match="Nubank"):
        read_answer(write_json(content), DocumentFormat(format_), LATEST)


def test_a_deposit_that_says_nothing_leaves_the_sum_unknown() -> None:
    content = {"observed_on": "2026-11-23", "balance": 1, "deposits": [{"principal": 10}, {"principal": None}]}
    parsed = read_answer(write_json(content), DocumentFormat.ACCOUNT_PYNUBANK_BALANCE, LATEST)
    assert [one.reading.value for one in parsed.observations] == ["account_balance"]


def _node(**fields: object) -> dict[str, object]:
    return {"id": "n", "title": "Transferência enviada", "postDate": "2026-10-05", "tags": ["money-out"], **fields}


def _centavos(node: dict[str, object]) -> list[object]:
    data = write_json({"nodes": [node]})
    return list(read_answer(data, DocumentFormat.ACCOUNT_PYNUBANK_FEED, LATEST).lines["centavos"].to_pylist())


@given(
    st.integers(min_value=0, max_value=10**14),
    st.sampled_from(["", " ", "\u00a0", "\u202f"]),
    st.sampled_from(["detail", "footer"]),
    st.text(alphabet=st.characters(blacklist_characters="R$", blacklist_categories=["Cs", "Cc"]), max_size=20),
)
def test_every_amount_is_read_to_the_centavo(centavos: int, space: str, field: str, name: str) -> None:
    amount = f"{centavos // 100:,}".replace(",", ".") + f",{centavos % 100:02d}"
    node = _node(**{"detail": name, field: f"{name}\nR${space}{amount}"})
    assert _centavos(node) == [-centavos]


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=12), st.lists(st.text(max_size=9), max_size=2))
def test_no_text_breaks_the_reading(detail: str, footer: str, day: str, tags: list[str]) -> None:
    node = _node(detail=f"R$ {detail}", footer=footer, postDate=day, tags=tags)
    assert len(_centavos(node)) == 1


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=3))
def test_no_value_in_the_place_of_another_breaks_the_reading(value: object) -> None:
    for name in ("title", "detail", "footer", "postDate", "tags", "iconKey", "strikethrough", "id"):
        assert len(_centavos(_node(**{"detail": "R$ 1,00", name: value}))) == 1


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=3))
def test_no_value_in_an_item_or_event_breaks_the_reading(value: object) -> None:
    item = {"amount": 1, "title": "t", "post_date": "2026-10-05", "charges": 2, "index": 0, "href": "x", "id": "i"}
    event = {"category": "transaction", "amount": 1, "time": "2026-10-05T10:00:00Z", "details": {"fx": {}}, "id": "i"}
    for name in (*item, "status", "category"):
        data = write_json({"bill": {"line_items": [{**item, name: value}]}})
        assert read_answer(data, DocumentFormat.CARD_PYNUBANK_BILL, LATEST).lines.num_rows == 1
    for name in (*event, "mcc", "title"):
        data = write_json({"events": [{**event, name: value}]})
        assert read_answer(data, DocumentFormat.CARD_PYNUBANK_FEED, LATEST).lines.num_rows == 1
