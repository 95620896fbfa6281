"""Bill after bill a person corrects what is wrong: by what was learnt there is less to correct on the next."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from nubank_assets.compute.replay import Said, categorize_again
from nubank_assets.compute.sessions import open_session
from nubank_assets.domain.catalog import CORRECTIONS, TABLES
from nubank_assets.domain.teaching import RuleMatch
from nubank_assets.domain.vocabulary import Category
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets.sources.demo.truth import TruthLine
from nubank_assets.sources.own_rules import StatedRule, rule_receipt, rules_table
from nubank_assets.transforms.steps import Parameters
from nubank_assets_tests.fakes.homes import DemoHome
from nubank_assets_tests.pipeline.truth_rows import Row, paired

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def _categories(demo: DemoHome, rules: list[StatedRule]) -> dict[str, str]:
    """Every line as it would be with these rules, as `nubank rules` finds out."""
    table = rules_table(
        [rule_receipt(rule, ["2026-11"], NOW) for rule in rules], CORRECTIONS.arrow_schema.empty_table()
    )
    said = Said(CORRECTIONS.arrow_schema.empty_table(), table)
    made = categorize_again(open_session("sail"), demo.lake, said, Parameters((HOLDER_NAME,)))
    return dict(zip(made["transaction_id"].to_pylist(), made["category"].to_pylist(), strict=True))


@pytest.fixture(scope="module")
def months(demo: DemoHome) -> dict[str, list[tuple[TruthLine, Row]]]:
    """The lines that spend, by month."""
    found: dict[str, list[tuple[TruthLine, Row]]] = defaultdict(list)
    for line, row in paired(demo):
        if line.category:
            found[line.month].append((line, row))
    return dict(sorted(found.items()))


def test_each_merchant_that_is_corrected_once_is_right_from_then_on(
    demo: DemoHome, months: dict[str, list[tuple[TruthLine, Row]]]
) -> None:
    known = {str(row["transaction_id"]): row["category"] for rows in months.values() for _, row in rows}
    untaught = [sum(row["category"] != line.category for line, row in rows) for rows in months.values()]
    rules: list[StatedRule] = []
    asked = []
    for rows in months.values():
        wrong = {
            str(row["merchant"]): StatedRule(
                RuleMatch.MERCHANT, str(row["merchant"]), line.category, str(row["transaction_id"]), str(row["month"])
            )
            for line, row in rows
            if line.category and known[str(row["transaction_id"])] != line.category
        }
        asked.append(len(wrong))
        if wrong:
            rules += wrong.values()
            known |= _categories(demo, rules)
    print(f"wrong lines by month: {untaught}, {sum(untaught)}; corrections: {asked}, {sum(asked)}")
    half = len(asked) // 2
    assert sum(untaught) > 3 * sum(asked)
    assert sum(asked[half:]) * 3 < sum(asked[:half])
    assert sum(untaught[half:]) * 2 > sum(untaught[:half])
    wrong_now = sum(
        known[str(row["transaction_id"])] != line.category for rows in months.values() for line, row in rows
    )
    assert wrong_now * 10 < sum(untaught)


def test_the_replay_of_what_is_stored_changes_nothing(demo: DemoHome) -> None:
    stored = demo.lake.read(TABLES["categorized_transactions"])
    found = dict(zip(stored["transaction_id"].to_pylist(), stored["category"].to_pylist(), strict=True))
    assert _categories(demo, []) == found


def test_the_progress_of_every_month_is_what_its_lines_say(demo: DemoHome) -> None:
    lines = demo.lake.read(TABLES["categorized_transactions"]).to_pylist()
    counted = [line for line in lines if line["category"] and line["bill_state"] != "future"]
    for month in demo.lake.read(TABLES["learning_progress"]).to_pylist():
        its_own = [line for line in counted if line["month"] == month["month"]]
        assert month["lines"] == len(its_own)
        for method in ("correction", "own_rule", "memory", "source", "kind", "rule", "fallback"):
            assert month[f"{method}_lines"] == sum(line["category_method"] == method for line in its_own)
        assert month["uncertain_lines"] == sum(line["category_confidence"] < 90 for line in its_own)
    assert sum(month["lines"] for month in demo.lake.read(TABLES["learning_progress"]).to_pylist()) == len(counted)
    assert {Category(line["category"]) for line in counted} == set(Category)
