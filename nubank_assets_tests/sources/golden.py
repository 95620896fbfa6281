"""The golden pairs of exports: a synthetic document, and beside it what reading it must give."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from nubank_assets.sources.exports.recognition import recognize
from nubank_assets.sources.reader import read_document

EXPORTS: Final = Path(__file__).parent.parent / "data" / "exports"
LATEST: Final = date(2027, 12, 31)
DOCUMENTS: Final = sorted(path for path in EXPORTS.iterdir() if path.suffix in {".csv", ".ofx"})
_FACTS: Final = ("external_account", "cycle_end", "as_of", "ledger_brl", "ledger_on")
_ROW: Final = {
    "line_number": "line_number",
    "date": "date",
    "title": "raw_title",
    "centavos": "centavos",
    "category": "raw_category",
    "identifier": "raw_identifier",
    "reason": "reason",
}


def expected_path(document: Path) -> Path:
    """Where the expectation of a document is."""
    return document.with_suffix(".expected.json")


def actual(document: Path) -> dict[str, Any]:
    """What reading a document gives, in the words of its expectation."""
    data = document.read_bytes()
    parsed = read_document(data, recognize(data, document.name), LATEST)
    facts = {name: _plain(getattr(parsed, name)) for name in _FACTS}
    rows = [{name: _plain(line[column]) for name, column in _ROW.items()} for line in parsed.lines.to_pylist()]
    return {"format": parsed.format.value, "lines": len(rows), **facts, "rows": rows}


def write(document: Path, content: dict[str, Any]) -> None:
    """Write an expectation, one line of the document on each line."""
    head = [f"  {json.dumps(key)}: {_json(value)}" for key, value in content.items() if key != "rows"]
    rows = ",\n".join(f"    {_json(row)}" for row in content["rows"])
    head.append('  "rows": [' + (f"\n{rows}\n  ]" if rows else "]"))
    expected_path(document).write_text("{\n" + ",\n".join(head) + "\n}\n", encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
