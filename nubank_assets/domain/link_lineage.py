"""Which columns the tables about lines that belong together are made from, where the names differ."""

from typing import Final

_LINE: Final = "categorized_transactions"
_MATCHED: Final = [
    (_LINE, name) for name in ("kind", "account", "account_type", "merchant", "amount_brl", "date", "identifier")
]
_LINKED: Final = [("transaction_links", "linked_brl")]
_PART: Final = [(_LINE, name) for name in ("flow", "kind", "bill_state")]
_PART_SUM: Final = [(_LINE, "amount_brl"), *_LINKED]

LINK_LINEAGE: Final[dict[str, dict[str, list[tuple[str, str]]]]] = {
    "transaction_links": {
        **{
            f"{side}_{name}": [(_LINE, name)]
            for side in ("first", "second")
            for name in ("transaction_id", "account", "date", "title", "amount_brl")
        },
        "link_id": [(_LINE, "transaction_id")],
        **dict.fromkeys(("reason", "found_by"), _MATCHED),
        "linked_brl": [(_LINE, "amount_brl"), (_LINE, "merchant")],
        "days_apart": [(_LINE, "date")],
    },
    "unlinked_transactions": {
        "expects": [(_LINE, "kind"), (_LINE, "title")],
        "reason": [(_LINE, "kind"), (_LINE, "date"), ("daily_totals", "date"), ("daily_totals", "seen")],
        "unlinked_brl": _PART_SUM,
    },
    "counting_proof": {
        **dict.fromkeys(("part", "counts_as"), _PART),
        "state": [*_PART, *_LINKED],
        **dict.fromkeys(("in_brl", "out_brl", "amount_brl"), _PART_SUM),
        "transactions": [(_LINE, "transaction_id")],
        "basis": [(_LINE, "date"), (_LINE, "month")],
    },
}
