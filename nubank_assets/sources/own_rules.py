"""Rules of the person's own: each a document of the inbox, and the table of those that count.

What a rule means for a name is in ``merchants/own_rules.py``, what it counts before in ``transforms``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa

from nubank_assets.domain.catalog import RULES
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import content_hash, document_id
from nubank_assets.domain.teaching import AppliesTo, RuleMatch
from nubank_assets.domain.vocabulary import Category, DocumentFormat
from nubank_assets.lake.inbox import Inbox, Receipt
from nubank_assets.merchants.normalising import tidy
from nubank_assets.merchants.own_rules import OwnRule
from nubank_assets.messages import message
from nubank_assets.sources.base import LINES_SCHEMA, ParsedDocument
from nubank_assets.sources.json_documents import read_json, write_json

SOURCE: Final = "stated"
#: What stands for an account in the receipt of what is of none.
NO_ACCOUNT: Final = "rules"


@dataclass(frozen=True)
class StatedRule:
    """What a person says: names that compare so with the pattern get the category.

    `transaction_id` and `bill` are of the line on which it was said, if it was on one.
    """

    match: RuleMatch
    pattern: str
    category: Category
    transaction_id: str | None = None
    bill: str | None = None


def check_pattern(pattern: str) -> str:
    """The pattern with single spaces; raises InputError where no letter or digit of a name is in it."""
    text = " ".join(pattern.split())
    if not tidy(text).words:
        raise InputError(message("rule_pattern_empty", pattern=pattern))
    return text


def rule_receipt(rule: StatedRule, months: Sequence[str], now: datetime) -> tuple[Receipt, bytes]:
    """The document of a rule, to be stored: made again, the same rule is the same document, seen later."""
    data = write_json(
        {
            "match": rule.match.value,
            "pattern": rule.pattern,
            "category": rule.category.value,
            "transaction_id": rule.transaction_id,
            "bill": rule.bill,
        }
    )
    sha256 = content_hash(data)
    receipt = Receipt(
        document=document_id(sha256, None),
        sha256=sha256,
        name=message("rule_name", pattern=rule.pattern, category=rule.category.value),
        source=SOURCE,
        format=DocumentFormat.STATED_RULE,
        account=NO_ACCOUNT,
        as_of=now,
        collected_at=now,
        lines=1,
        months=tuple(months),
    )
    return receipt, data


def read_document(data: bytes, format: DocumentFormat, latest: date) -> ParsedDocument:  # noqa: A002, ARG001
    """A rule as every reader gives a document: no lines of money are in it."""
    return ParsedDocument(format, LINES_SCHEMA.empty_table())


def read_rules(inbox: Inbox, corrections: pa.Table) -> pa.Table:
    """The table `rules`: those of commands, and of these corrections the usable ones that apply to a merchant."""
    receipts = [receipt for receipt in inbox.receipts() if receipt.format is DocumentFormat.STATED_RULE]
    return rules_table([(receipt, inbox.read(receipt)) for receipt in receipts], corrections)


def rules_table(documents: Iterable[tuple[Receipt, bytes]], corrections: pa.Table) -> pa.Table:
    """The table `rules` of these documents and corrections, numbered by time."""
    rows = [_of_document(receipt, data) for receipt, data in documents]
    rows += [_of_correction(row) for row in corrections.to_pylist() if _is_rule(row)]
    rows.sort(key=lambda row: (row["as_of"], row["rule"]))
    return pa.Table.from_pylist([{**row, "number": number} for number, row in enumerate(rows, 1)], RULES.arrow_schema)


def _of_document(receipt: Receipt, data: bytes) -> dict[str, Any]:
    said = read_json(data, SOURCE)
    return {
        "rule": receipt.document,
        "document": receipt.document,
        "source": receipt.source,
        "as_of": receipt.as_of,
        "match_type": said["match"],
        "raw_pattern": said["pattern"],
        "transaction_id": said["transaction_id"],
        "bill": said["bill"],
        "category": said["category"],
    }


def _is_rule(correction: dict[str, Any]) -> bool:
    return correction["applies_to"] == AppliesTo.MERCHANT and correction["reason"] is None


def _of_correction(correction: dict[str, Any]) -> dict[str, Any]:
    names = ("document", "source", "as_of", "transaction_id", "bill", "category")
    return {
        "rule": correction["correction"],
        "match_type": RuleMatch.MERCHANT.value,
        "raw_pattern": correction["raw_title"],
        **{name: correction[name] for name in names},
    }


def rules_in(table: pa.Table) -> list[OwnRule]:
    """The rules of a table `rules` as names are compared with them, by what is written of each."""
    return [
        OwnRule(
            row["rule"],
            RuleMatch(row["match_type"]),
            row["raw_pattern"] or "",
            Category(row["category"]),
            row["number"],
            row["rule"] == row["document"],
        )
        for row in table.to_pylist()
    ]
