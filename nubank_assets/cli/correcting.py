"""`nubank correct`: another category for a line, or for all lines of its merchant."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from nubank_assets.cli.teaching import Document, confirms, lines_of, read_category_word, teach
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.vocabulary import Category
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.sources.sheets.correction_rows import CorrectionRow

_Line = dict[str, Any]


@click.command("correct", help=message("correct_help"), short_help=message("correct_short"))
@click.argument("words", nargs=-1, required=True, metavar="[TRANSACTION_ID] CATEGORY")
@click.option("--title", help=message("correct_title_help"))
@click.option("--amount", help=message("correct_amount_help"))
@click.option("--bill", help=message("correct_bill_help"))
@click.option("--account", default="card", show_default=True, help=message("correct_account_help"))
@click.option("--merchant/--line", "of_merchant", default=None, help=message("correct_merchant_help"))
@click.option("--yes", is_flag=True, help=message("teach_yes_help"))
def correct(words: Sequence[str], of_merchant: bool | None, yes: bool, **named: str | None) -> None:
    """Show what changes, ask, and store; exit 2 if no line, or no category, is meant."""
    from nubank_assets.local_home import lock_home
    from nubank_assets.settings import load_settings

    row: CorrectionRow = {name: value for name, value in named.items() if value}
    if len(words) != (1 if "title" in row else 2):
        raise click.UsageError(message("correct_words"))
    category, settings = read_category_word(words[-1]), load_settings()
    with lock_home(settings):
        lines = lines_of(settings)
        meant = _named(row, lines) if "title" in row else [_by_id(words[0].strip().lower(), lines)]
        if meant[0]["category"] is None:
            raise InputError(message("correct_no_expense", title=meant[0]["title"]))
        if _is_of_merchant(of_merchant, meant[0]["merchant"], yes=yes):
            teach(settings, _rule_of(meant[0], category), yes=yes)
        else:
            row = row if "title" in row else _row_of(meant[0])
            teach(settings, _correction_of({**row, "category": category.value}), yes=yes)


def _by_id(identity: str, lines: Sequence[_Line]) -> _Line:
    found = next((line for line in lines if line["transaction_id"] == identity), None)
    if found is None:
        raise InputError(message("correct_id_unknown", identity=identity))
    return found


def _named(row: "CorrectionRow", lines: Sequence[_Line]) -> list[_Line]:
    """The lines that words name, as the worksheet's do; raises InputError if there are none."""
    from nubank_assets.domain.identity import title_key
    from nubank_assets.sources.sheets.correction_rows import meanings

    (meaning,) = meanings([{**row, "category": "outros"}])
    if meaning["reason"]:
        raise InputError(message("correct_not_understood", reason=_reason(meaning["reason"], row)))
    key, size, bill = title_key(str(row["title"])), meaning["amount_brl"], meaning["bill"]
    found = [
        line
        for line in lines
        if (line["account"], title_key(line["title"]), abs(line["amount_brl"])) == (meaning["account"], key, size)
        and (line["month"] == bill[:7] if bill else line["bill"] is None)
    ]
    if not found:
        raise InputError(message("correct_words_unknown", title=row["title"]))
    return found


def _reason(problem: str, row: "CorrectionRow") -> str:
    from nubank_assets.export.person_sentences import say
    from nubank_assets.messages import locale

    values = {name: str(row.get(name, "")) for name in ("amount", "bill", "account")}
    return say(f"row_{problem}", locale(), category="", applies_to="", **values)


def _row_of(line: _Line) -> "CorrectionRow":
    """A line by its id, and by its words for when another source gives it another id."""
    bill = {"bill": line["bill"]} if line["bill"] else {}
    named = {"id": line["transaction_id"], "account": line["account"], "title": line["title"], **bill}
    return {**named, "amount": f"{abs(line['amount_brl']):.2f}"}


def _is_of_merchant(wanted: bool | None, merchant: str, *, yes: bool) -> bool:
    """Whether all lines of the merchant are meant: as was said, else as the person says now."""
    if wanted is not None or yes or not sys.stdin.isatty():
        return bool(wanted)
    return confirms(message("correct_ask_merchant", merchant=merchant))


def _correction_of(row: "CorrectionRow") -> Document:
    from nubank_assets.sources.stated_corrections import correction_receipt

    return partial(correction_receipt, row, now=datetime.now(UTC))


def _rule_of(line: _Line, category: Category) -> Document:
    from nubank_assets.domain.teaching import RuleMatch
    from nubank_assets.sources.own_rules import StatedRule, check_pattern, rule_receipt

    pattern = check_pattern(line["merchant"])
    rule = StatedRule(RuleMatch.MERCHANT, pattern, category, line["transaction_id"], line["bill"] or line["month"])
    return partial(rule_receipt, rule, now=datetime.now(UTC))
