"""`nubank rules`: rules of the person's own, and what changes by them or by a new release."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from nubank_assets.cli.printing import console, format_day, print_table
from nubank_assets.cli.teaching import (
    agreed,
    category_word,
    preview,
    print_changes,
    print_months,
    read_category_word,
    recompute,
    said_in,
    teach,
)
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.teaching import RuleMatch
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.lake.inbox import Inbox, Receipt
    from nubank_assets.settings import Settings


@click.group("rules", help=message("rules_help"), short_help=message("rules_short"))
def rules() -> None:
    """Rules of one's own."""


def _open() -> "tuple[Settings, Inbox]":
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.settings import load_settings

    settings = load_settings()
    return settings, Inbox(settings.inbox_root)


@rules.command("list", help=message("rules_list_help"), short_help=message("rules_list_help"))
def list_rules() -> None:
    """Print a row for each rule, the newest last."""
    from nubank_assets.domain.months import day_of

    _, inbox = _open()
    columns = ["rule_id", "match", "pattern", "category", "source", "as_of"]
    rows = [
        [
            row["rule"],
            message(f"rule_match_{row['match_type']}"),
            row["raw_pattern"] or row["transaction_id"] or "",
            category_word(row["category"]),
            message("rule_from_command" if row["rule"] == row["document"] else "rule_from_worksheet"),
            format_day(day_of(row["as_of"])),
        ]
        for row in said_in(inbox).rules.to_pylist()
    ]
    if rows:
        print_table(columns, rows)
    else:
        console().print(message("rules_none"))


@rules.command("add", help=message("rules_add_help"), short_help=message("rules_add_short"))
@click.argument("pattern")
@click.argument("category")
@click.option(
    "--match",
    type=click.Choice([match.value for match in RuleMatch]),
    default=RuleMatch.MERCHANT.value,
    show_default=True,
    help=message("rules_match_help"),
)
@click.option("--yes", is_flag=True, help=message("teach_yes_help"))
def add(pattern: str, category: str, match: str, yes: bool) -> None:
    """Show what changes, ask, and store; exit 2 for what is no category or names nothing."""
    from nubank_assets.local_home import lock_home
    from nubank_assets.sources.own_rules import StatedRule, check_pattern, rule_receipt

    rule = StatedRule(RuleMatch(match), check_pattern(pattern), read_category_word(category))
    settings, _ = _open()
    with lock_home(settings):
        teach(settings, partial(rule_receipt, rule, now=datetime.now(UTC)), yes=yes)


@rules.command("remove", help=message("rules_remove_help"), short_help=message("rules_remove_short"))
@click.argument("rule")
@click.option("--yes", is_flag=True, help=message("teach_yes_help"))
def remove(rule: str, yes: bool) -> None:
    """Show what changes without a rule, ask, and erase it."""
    from nubank_assets.local_home import lock_home

    settings, inbox = _open()
    with lock_home(settings):
        receipt = _find(inbox, rule)
        seen = preview(settings, said_in(inbox), said_in(inbox, without=receipt.document))
        print_changes(seen.changes)
        if agreed(yes=yes):
            inbox.forget(receipt)
            console().print(message("rule_removed", name=receipt.name))
            print_months(sorted(seen.months))


def _find(inbox: "Inbox", rule: str) -> "Receipt":
    """The document of a rule, by its id or by its pattern; raises InputError where none, or several, are meant."""
    rows = said_in(inbox).rules.to_pylist()
    found = [row for row in rows if row["rule"].startswith(rule) or row["raw_pattern"] == rule]
    if not found:
        raise InputError(message("rule_unknown", rule=rule))
    if len(found) > 1:
        raise InputError(message("rule_ambiguous", rule=rule, found=", ".join(row["rule"] for row in found)))
    if found[0]["rule"] != found[0]["document"]:
        raise InputError(message("rule_of_worksheet", rule=rule))
    receipt = inbox.find(found[0]["document"])
    if receipt is None:
        raise InputError(message("rule_unknown", rule=rule))
    return receipt


@rules.command("test", help=message("rules_test_help"), short_help=message("rules_test_help"))
@click.argument("title")
def test(title: str) -> None:
    """Print what the person's rules, else the shipped knowledge, say of a title."""
    from nubank_assets.merchants.deciding import SAID
    from nubank_assets.merchants.normalising import tidy
    from nubank_assets.merchants.own_rules import OwnRules
    from nubank_assets.sources.own_rules import rules_in
    from nubank_assets.transforms.titles import categorize_title

    _, inbox = _open()
    own, shipped = OwnRules(rules_in(said_in(inbox).rules)).find(title), categorize_title(title)
    console().print(message("rule_compared", name=tidy(title).key))
    rows = []
    if own:
        match = message(f"rule_match_{own.match.value}")
        rows.append([category_word(own.category), message("rule_yours"), f"{match}: {own.pattern}", f"{SAID}"])
    if shipped:
        rows.append([category_word(shipped.category), shipped.method.value, shipped.rule, f"{shipped.confidence}"])
    print_table(["category", "method", "rule", "confidence"], rows[:1], right=["confidence"])


@rules.command("diff", help=message("rules_diff_help"), short_help=message("rules_diff_short"))
def diff() -> None:
    """Print what a run of all months would change: by this release, and by what was said and not run since."""
    from nubank_assets.compute.replay import compare, stored_categories
    from nubank_assets.lake.publish import Lake

    settings, inbox = _open()
    stored = stored_categories(Lake(settings.lake_root))
    changes = compare(stored, recompute(settings, said_in(inbox)))
    print_changes(changes)
    print_months(sorted({change.month for change in changes}))
