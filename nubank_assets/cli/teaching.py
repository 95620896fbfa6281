"""What `nubank correct` and `nubank rules` have in common: show what would change, ask, and only then store.

What would change is found by ``compute/replay.py``. Nothing is run: the months to run again are named.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from nubank_assets.cli.printing import console, format_money, print_table
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import SAO_PAULO, contiguous_blocks, month_of
from nubank_assets.domain.vocabulary import Category
from nubank_assets.messages import locale, message

if TYPE_CHECKING:
    import pyarrow as pa

    from nubank_assets.compute.replay import Change, Said
    from nubank_assets.lake.inbox import Inbox, Receipt
    from nubank_assets.settings import Settings

_YES: Final = frozenset({"s", "sim", "y", "yes"})
#: A document that is not stored yet: what it would be, of the months that it would be of.
Document = Callable[[Sequence[str]], "tuple[Receipt, bytes]"]


@dataclass(frozen=True)
class Preview:
    """What would change, and every line as it would be."""

    changes: "list[Change]"
    lines: "pa.Table"

    @property
    def months(self) -> set[str]:
        """The months that have to be run again."""
        return {change.month for change in self.changes}


def read_category_word(word: str) -> Category:
    """A category in either language; raises InputError that names them all."""
    from nubank_assets.domain.teaching import CATEGORY_WORDS
    from nubank_assets.sources.sheets.cells import read_category

    category = read_category(word)
    if category is None:
        names = ", ".join(words[locale() == "en"] for words in CATEGORY_WORDS.values())
        raise InputError(message("category_unknown", category=word, known=names))
    return category


def category_word(category: str) -> str:
    """A category in the person's language; of what has none a dash."""
    from nubank_assets.domain.teaching import CATEGORY_WORDS

    return CATEGORY_WORDS[Category(category)][locale() == "en"] if category else "–"


def said_in(inbox: "Inbox", new: "tuple[Receipt, bytes] | None" = None, without: str = "") -> "Said":
    """All that a person said, with a document that is not stored yet, or without one that is."""
    import pyarrow as pa

    from nubank_assets.compute.replay import Said
    from nubank_assets.domain.catalog import CORRECTIONS
    from nubank_assets.domain.vocabulary import DocumentFormat
    from nubank_assets.sources.own_rules import rules_table
    from nubank_assets.sources.sheets.correction_rows import table_of_document
    from nubank_assets.sources.standing import documents_that_count

    receipts = [r for r in documents_that_count(inbox.receipts()) if r.format.is_of_categories]
    hidden = {without, new[0].document if new else ""}
    documents = [(receipt, inbox.read(receipt)) for receipt in receipts if receipt.document not in hidden]
    documents += [new] if new else []
    is_rule = DocumentFormat.STATED_RULE
    tables = [table_of_document(*one) for one in documents if one[0].format is not is_rule]
    corrections = pa.concat_tables([CORRECTIONS.arrow_schema.empty_table(), *tables])
    return Said(corrections, rules_table([one for one in documents if one[0].format is is_rule], corrections))


def preview(settings: "Settings", before: "Said", after: "Said") -> Preview:
    """What would change if the one was said instead of the other; nothing, where no month was run yet."""
    from nubank_assets.compute.replay import compare

    lines = recompute(settings, after)
    return Preview(compare(recompute(settings, before), lines), lines)


def recompute(settings: "Settings", said: "Said") -> "pa.Table":
    """Every stored line as it would be by the present rules, on an engine in this process."""
    from nubank_assets.compute.replay import categorize_again
    from nubank_assets.compute.sessions import open_session
    from nubank_assets.lake.publish import Lake
    from nubank_assets.transforms.steps import Parameters

    session = open_session("spark" if settings.engine == "spark" else "sail")
    return categorize_again(session, Lake(settings.lake_root), said, Parameters(settings.holder_names))


def print_changes(changes: "Sequence[Change]") -> None:
    """A row for each month and pair of categories, then what they come to."""
    if not changes:
        console().print(message("teach_no_change"))
        return
    columns = ["month", "category_before", "category_after", "rows", "amount"]
    rows = [
        [one.month, category_word(one.before), category_word(one.after), str(one.lines), format_money(-one.amount)]
        for one in changes
    ]
    print_table(columns, rows, right=["rows", "amount"])
    months, lines = len({change.month for change in changes}), sum(change.lines for change in changes)
    console().print(message("teach_changes", lines=lines, months=months))


def teach(settings: "Settings", document: Document, *, yes: bool) -> None:
    """Show what a document would change, and store it if the person agrees. The caller holds the home's lock."""
    from nubank_assets.compute.replay import decided_by
    from nubank_assets.lake.inbox import Inbox

    inbox, new = Inbox(settings.inbox_root), document([])
    after = said_in(inbox, new)
    seen = preview(settings, said_in(inbox), after)
    print_changes(seen.changes)
    decided = decided_by(seen.lines, new[0].document)
    for sentence in _remarks(seen.lines.to_pylist(), after, new[0].document, is_counted=bool(decided)):
        console().print(sentence)
    if agreed(yes=yes):
        store(settings, inbox, document, seen.months | {line["month"] for line in decided})


def _remarks(lines: Sequence[dict[str, Any]], said: "Said", document: str, *, is_counted: bool) -> Iterator[str]:
    """What else there is to know: what stays as it was corrected, and what contradicts a row of the worksheet."""
    from nubank_assets.domain.vocabulary import CategoryMethod
    from nubank_assets.merchants.own_rules import OwnRules
    from nubank_assets.sources.own_rules import rules_in

    rules = {rule.name: rule for rule in rules_in(said.rules)}
    if (own := rules.get(document)) is None:
        if not is_counted:
            yield message("correct_contradicted")
        return
    alone, corrected = OwnRules([own]), CategoryMethod.CORRECTION.value
    stay = [line for line in lines if line["category_method"] == corrected and alone.find(line["merchant"])]
    if stay:
        yield message("teach_corrected_stay", lines=len(stay))
    if OwnRules(rules.values()).contradictions().get(document):
        yield message("rule_contradicted")


def agreed(*, yes: bool) -> bool:
    """Whether the person agrees. Raises UsageError where nobody can be asked, so that nothing is stored unseen."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise click.UsageError(message("teach_needs_yes"))
    if confirms(message("teach_confirm")):
        return True
    console().print(message("teach_nothing_stored"))
    return False


def confirms(question: str) -> bool:
    """Whether the person says yes, in their language or in English; nothing is no."""
    said = click.prompt(f"{question} [{message('teach_yes_or_no')}]", default="", show_default=False)
    return str(said).strip().lower() in _YES


def store(settings: "Settings", inbox: "Inbox", document: Document, months: Iterable[str]) -> "Receipt":
    """Store a document with the months that it touches, and name them; of none, the newest, so that it is told of."""
    from nubank_assets.domain.catalog import TRANSACTIONS
    from nubank_assets.lake.publish import Lake

    known = Lake(settings.lake_root).months(TRANSACTIONS)
    touched = sorted(set(months)) or known[-1:] or [month_of(datetime.now(SAO_PAULO).date())]
    receipt, data = document(touched)
    inbox.add(receipt, data)
    console().print(message("teach_stored", name=receipt.name, document=receipt.document))
    print_months(touched)
    return receipt


def print_months(months: Sequence[str]) -> None:
    """The months to run again, as commands."""
    for first, last in contiguous_blocks(months):
        asked = f"--month {first}" if first == last else f"--from {first} --to {last}"
        console().print(message("teach_run", command=f"nubank run {asked}"))


def lines_of(settings: "Settings") -> list[dict[str, Any]]:
    """Every stored line by what names it; raises InputError before the first run."""
    from nubank_assets.domain.catalog import CATEGORIZED_TRANSACTIONS
    from nubank_assets.lake.publish import Lake

    names = ["transaction_id", "month", "account", "bill", "title", "merchant", "amount_brl", "category"]
    lines: list[dict[str, Any]] = Lake(settings.lake_root).read(CATEGORIZED_TRANSACTIONS, columns=names).to_pylist()
    if not lines:
        raise InputError(message("teach_not_run"))
    return lines
